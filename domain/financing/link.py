"""A calculation as the token of a link: what was said, what came out, and with which figures.

It is signed, so that nobody can say that the portal showed another amount, and stored nowhere. It
holds numbers and codes only. Whoever has it can read it: it belongs into the fragment of an
address, which browsers do not send.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hmac import compare_digest
from typing import Any

from domain.errors.financing import CalculationLinkInvalid
from domain.financing.calculation import Calculation
from domain.financing.calculators import CALCULATORS, run
from domain.financing.parameter import Parameter, Unit
from domain.financing.plain import NotPlain, plain, unplain
from domain.financing.reading import AmountReading
from domain.keys import Keys

_PURPOSE = "calculation-link"
_SIGNATURE_BYTES = 16
_DIGITS = 12
_LONGEST = 16_000


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link holds. `least` is there where a span was shown; old links hold no `reading`."""

    kind: str
    said: Any
    as_of: date
    version: str
    amount: Decimal
    unit: Unit
    figures: str
    least: Decimal | None
    reading: AmountReading


def token_of(found: Calculation, said: Any, keys: Keys) -> str:
    """The token of what was found for what was said."""
    body = json.dumps(
        [
            found.kind,
            plain(said),
            found.as_of.isoformat(),
            found.version,
            str(found.amount.value),
            found.amount.unit.value,
            figures_in_short(found.figures),
            None if found.least is None else str(found.least.value),
            found.reading.value,
        ],
        separators=(",", ":"),
    ).encode()
    return urlsafe_b64encode(body + _signature(body, keys)).decode("ascii").rstrip("=")


def shared(token: str, keys: Keys, *, field: str = "token") -> Shared:
    """What a link holds.

    Raises:
        CalculationLinkInvalid: not such a token, not signed by this portal, or of inputs that
            there are no longer.
    """
    try:
        body = _body(token, keys)
        kind, said, as_of, version, amount, unit, figures, least, *more = json.loads(body)
        return Shared(
            kind=kind,
            said=unplain(CALCULATORS[kind].inputs, said),
            as_of=date.fromisoformat(as_of),
            version=version,
            amount=Decimal(amount),
            unit=Unit(unit),
            figures=figures,
            least=None if least is None else Decimal(least),
            reading=AmountReading(*more) if more else AmountReading.EXACT,
        )
    except (ValueError, KeyError, NotPlain):
        raise CalculationLinkInvalid(field=field) from None


def anew(then: Shared, day: date) -> Calculation:
    """What was said then, with the law of a day.

    Raises:
        InputRefused: something of what was said.
        FigureNotKnown: the law of this day is not known.
    """
    found = run(then.kind, then.said, day)
    if day.year == then.as_of.year:
        return found
    return replace(found, warnings=("FACTS_OF_ANOTHER_YEAR", *found.warnings))


def figures_in_short(figures: Iterable[Parameter]) -> str:
    """A few characters that differ where a figure or its value does."""
    said = ";".join(f"{each.name}={each.value}" for each in figures)
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGITS]


def _body(token: str, keys: Keys) -> bytes:
    if len(token) > _LONGEST:
        raise ValueError(len(token))
    raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    body, signature = raw[:-_SIGNATURE_BYTES], raw[-_SIGNATURE_BYTES:]
    if not compare_digest(signature, _signature(body, keys)):
        raise ValueError
    return body


def _signature(body: bytes, keys: Keys) -> bytes:
    return keys.sign(_PURPOSE, body)[:_SIGNATURE_BYTES]
