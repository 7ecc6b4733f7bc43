"""Conditions on facts that may not have been said: yes, no, or unknown for want of named facts."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Finding(NamedTuple):
    """Whether a condition holds, and by which facts; None as long as one of them is not said."""

    holds: bool | None
    facts: tuple[str, ...]


def told(code: str, value: T | None, test: Callable[[T], bool]) -> Finding:
    """A test of one fact; unknown if it was not said."""
    return Finding(None if value is None else test(value), (code,))


def every(*findings: Finding) -> Finding:
    """A single no decides, whatever is missing elsewhere."""
    return _decided(findings, by=False)


def either(*findings: Finding) -> Finding:
    """A single yes decides, whatever is missing elsewhere."""
    return _decided(findings, by=True)


def negated(finding: Finding) -> Finding:
    """The opposite; what is unknown stays so."""
    return Finding(None if finding.holds is None else not finding.holds, finding.facts)


def _decided(findings: tuple[Finding, ...], *, by: bool) -> Finding:
    """One that is `by` decides; else what is unknown leaves it open; else all agree."""
    for holds in (by, None, not by):
        if those := [each for each in findings if each.holds is holds]:
            facts = dict.fromkeys(code for each in those for code in each.facts)
            return Finding(holds, tuple(facts))
    raise ValueError(findings)
