"""`python -m bench everybody`: a whole district matched, from the arithmetic to the open page."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median, quantiles
from typing import Any

from bench import everybody_live
from bench.population import demand, offer
from bench.rows import Seeded
from domain.matching.demands import Demands, fitting_demands
from domain.matching.hint import numbers
from domain.matching.offer import Offers
from domain.matching.pairing import suggestions
from portal.demo.load import DISTRICT, MUNICIPALITIES
from portal.municipalities import read

Say = Callable[[str], None]

OFFERS, ORDERS = 20_000, 10_000
QUICK_OFFERS, QUICK_ORDERS = 2_000, 500
DRAFTS, CHANGES = 1_000, 100
_SEED = 11
_KIB_PER_MIB = 1024
_TARGETS = {"hints": 10.0, "full": 15.0, "mib": 1024.0, "change": 1000.0, "shown": 1000.0}


def measure(say: Say, *, quick: bool) -> dict[str, Any]:
    """Milliseconds of matching, seconds of a whole district, and of a release until it is seen."""
    size = (QUICK_OFFERS, QUICK_ORDERS) if quick else (OFFERS, ORDERS)
    found = {**_alone(*size, say), "offers": size[0], "orders": size[1]}
    found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB
    return {**found, **everybody_live.measure(*size, say)}


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """Lines of Markdown."""
    offers, orders = found["offers"], found["orders"]
    yield f"| {offers:,} assistants, {orders:,} orders | measured | wanted | |"
    yield "| --- | ---: | ---: | --- |"
    rows = (
        ("number and hints of one draft, p99 ms", "hints", found["hints"]),
        ("all orders with all assistants, s of matching on one core", "full", found["full"]),
        ("memory meanwhile, MiB", "mib", found["mib"]),
        (
            "the job of one changed assistant, median ms",
            "change",
            found["to_p50"],
        ),
        ("the same, the slowest, ms", "change", found["to_max"]),
        ("its arithmetic alone, median ms", "change", found["change"]),
        (
            "a release until a follower has the number, median ms",
            "shown",
            found["count_ms"],
        ),
        ("the same, the slowest, ms", "shown", found["count_max"]),
        ("a release until the order is on a list, median ms", "shown", found["list_ms"]),
        ("the same, the slowest, ms", "shown", found["list_max"]),
    )
    for label, target, value in rows:
        reached = "reached" if value <= _TARGETS[target] else "NOT reached"
        yield f"| {label} | {value:,.1f} | {_TARGETS[target]:,.0f} | {reached} |"
    yield ""
    yield (
        f"Found per order: {found['per_order']:,.0f}. With the writes, a slice of "
        f"{found['slice']:,} orders takes {found['slice_s']:.1f} s of the 20 s that a job has "
        f"({found['slice_pairs']:,} suggestions written); drafts have {found['hints_each']:.1f} "
        f"hints each. Number and hints alone take {found['hints_p50']:.2f} ms in the middle. "
        f"The job compared {found['changes']} assistants with {found['open']:,} open orders, "
        f"reads, locks and writes included. The follower reads server-sent events."
    )


def _alone(offers: int, orders: int, say: Say) -> dict[str, float]:
    seeded, places = Seeded(_SEED), read(MUNICIPALITIES, DISTRICT)
    rows = [offer(seeded, places) for _ in range(offers)]
    demands = [demand(seeded, places) for _ in range(orders)]
    table = Offers.of(rows)
    say(f"Number and hints of {min(DRAFTS, orders):,} drafts with {offers:,} assistants.")
    found, times = [], []
    for each in demands[:DRAFTS]:
        begin = time.perf_counter()
        found.append(numbers(each, table))
        times.append((time.perf_counter() - begin) * 1000)
    say(f"All {orders:,} orders with all {offers:,} assistants.")
    begin = time.perf_counter()
    pairs = sum(len(suggestions(each, table)) for each in demands)
    full = time.perf_counter() - begin
    say(f"Changed assistants with all {orders:,} orders.")
    everything = Demands.of(demands)
    changes = [_milliseconds(Offers.of([row]), everything) for row in rows[:CHANGES]]
    return {
        "hints": quantiles(times, n=100)[98],
        "hints_p50": median(times),
        "hints_each": sum(len(each.hints) for each in found) / len(found),
        "full": full,
        "per_order": pairs / orders,
        "change": median(changes),
    }


def _milliseconds(one: Offers, everything: Demands) -> float:
    begin = time.perf_counter()
    fitting_demands(one, 0, everything)
    return (time.perf_counter() - begin) * 1000
