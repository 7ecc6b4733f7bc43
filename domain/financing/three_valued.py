"""Conditions on facts that may not have been said: yes, no, or unknown for want of named facts."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Finding(NamedTuple):
    """Whether a condition holds; None as long as one of `missing` is not said."""

    holds: bool | None
    missing: tuple[str, ...] = ()


YES, NO = Finding(holds=True), Finding(holds=False)


def told(code: str, value: T | None, test: Callable[[T], bool]) -> Finding:
    """A test of one fact; unknown if it was not said."""
    return Finding(None, (code,)) if value is None else Finding(test(value))


def every(*findings: Finding) -> Finding:
    """A single no decides, whatever is missing elsewhere."""
    if any(each.holds is False for each in findings):
        return NO
    return _of(findings, otherwise=True)


def either(*findings: Finding) -> Finding:
    """A single yes decides, whatever is missing elsewhere."""
    if any(each.holds for each in findings):
        return YES
    return _of(findings, otherwise=False)


def negated(finding: Finding) -> Finding:
    """The opposite; what is unknown stays so."""
    return Finding(None if finding.holds is None else not finding.holds, finding.missing)


def _of(findings: tuple[Finding, ...], *, otherwise: bool) -> Finding:
    missing = tuple(dict.fromkeys(code for each in findings for code in each.missing))
    return Finding(None, missing) if missing else Finding(otherwise)
