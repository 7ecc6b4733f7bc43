"""`python -m bench financing`: how many own contributions a second one core calculates."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bench.rows import Seeded
from domain.financing.income_limit import IncomeKind, Incomes
from domain.financing.own_contribution import OwnContribution, own_contribution
from notifications.language import Language
from schema.calculation import calculation_of

Say = Callable[[str], None]
Calculate = Callable[[OwnContribution], object]

PEOPLE, QUICK_PEOPLE = 20_000, 2_000
_SEED, _RUNS = 31, 3
_PARTNER, _MINOR, _BENEFIT, _MIXED = 0.5, 0.1, 0.5, 1 / 3
_DAY = date(2026, 3, 1)
_BRIEF, _SHOWN, _SAID = "brief", "shown", "said"
_ROWS = {
    _BRIEF: ("without steps", 20_000),
    _SHOWN: ("with steps", 5_000),
    _SAID: ("with steps in words, as the graph answers", None),
}
"""What is measured, and how many a second are wanted."""


def measure(say: Say, *, quick: bool) -> dict[str, Any]:
    """Calculations per second of processor time, on one core: the best of some runs.

    The processor's time leaves out what others do on the machine meanwhile.
    """
    count = QUICK_PEOPLE if quick else PEOPLE
    seeded = Seeded(_SEED)
    people = [_person(seeded) for _ in range(count)]
    say(f"Own contributions of {count:,} people.")
    found = {
        _BRIEF: _best(lambda each: own_contribution(each, _DAY, shown=False), people),
        _SHOWN: _best(lambda each: own_contribution(each, _DAY), people),
        _SAID: _best(_in_words, people[: count // 10]),
    }
    steps = sum(len(own_contribution(each, _DAY).steps) for each in people)
    return {**found, "people": count, "steps": steps / count, "quick": quick}


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """Lines of Markdown."""
    yield f"| own contributions of {found['people']:,} people | a second and core | wanted | |"
    yield "| --- | ---: | ---: | --- |"
    for name, (label, wanted) in _ROWS.items():
        target = "" if wanted is None else f"{wanted:,}"
        yield f"| {label} | {found[name]:,.0f} | {target} | {_verdict(found[name], wanted)} |"
    yield ""
    yield f"A calculation has {found['steps']:.1f} steps."


def _verdict(value: float, wanted: int | None) -> str:
    if wanted is None:
        return ""
    return "reached" if value >= wanted else "NOT reached"


def _best(calculate: Calculate, people: Sequence[OwnContribution]) -> float:
    best = 0.0
    for _ in range(_RUNS):
        begin = time.process_time()
        for each in people:
            calculate(each)
        best = max(best, len(people) / (time.process_time() - begin))
    return best


def _in_words(said: OwnContribution) -> object:
    return calculation_of(own_contribution(said, _DAY), said, Language.DE)


def _person(seeded: Seeded) -> OwnContribution:
    """Half live with a partner, some have children; few benefits are for minors."""
    chance = seeded.chance
    partner = _incomes(seeded) if chance.random() < _PARTNER else None
    return OwnContribution(
        incomes=_incomes(seeded),
        partner=partner,
        children=chance.choice((0, 0, 0, 1, 1, 2, 3)),
        minors=int(chance.random() < _MINOR),
        benefit=Decimal(chance.randint(100, 900)) if chance.random() < _BENEFIT else None,
    )


def _incomes(seeded: Seeded) -> Incomes:
    chance = seeded.chance
    kinds = chance.sample(list(IncomeKind), 2 if chance.random() < _MIXED else 1)
    return {kind: Decimal(chance.randint(0, 8_000_000)) / 100 for kind in kinds}
