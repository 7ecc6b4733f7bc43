"""The figures of the reads as tables, and whether the targets are reached."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.operations import TITLES
from bench.peers import LIMIT, OURS
from bench.statements import LENGTHS

Json = Mapping[str, Any]

OF_BEST_NODE, OF_HANDWRITTEN, RSS_MIB = 0.6, 1.6, 120
_MIB = 1024 * 1024


def tables(found: Json) -> Iterator[str]:
    """Lines of Markdown."""
    quick = ", with --quick" if found["quick"] else ""
    yield f"Measured on {found['machine']}{quick}; load average before: {found['busy']:.1f}."
    yield ""
    yield from _overview(found)
    for read, title in TITLES.items():
        yield ""
        yield f"**{title[0].upper()}{title[1:]}**"
        yield ""
        yield from _table(found, _costs(found, read))
    yield ""
    yield from _statements(found)
    yield ""
    yield from _targets(found)


def best_node(found: Json) -> str | None:
    """The Node server with the lowest mean, None if none was measured."""
    means = {name: each["total"] for name, each in found["means"].items()}
    node = [name for name in means if name not in (OURS, LIMIT)]
    return min(node, key=lambda name: means[name]) if node else None


def _overview(found: Json) -> Iterator[str]:
    yield "**Geometric mean of all reads**"
    yield ""
    yield from _table(found, found["means"])
    yield ""
    counts = list(next(iter(found["rates"].values())))
    headers = [f"list page, req/s at {count}" for count in counts]
    yield _row("server", *headers, "RSS MiB")
    yield _row("---", *("---:" for _ in headers), "---:")
    for name, title in found["titles"].items():
        rates = [_rate(found["rates"][name][count]) for count in counts]
        yield _row(title, *rates, f"{found['rss'][name] / _MIB:.0f}")


def _rate(rate: Json) -> str:
    refused = f" ({rate['refused']:.0%} refused)" if rate["refused"] else ""
    return f"{rate['per_second']:,.0f}{refused}"


def _costs(found: Json, read: str) -> dict[str, dict[str, float]]:
    return {
        name: {**costs[read], "total": costs[read]["server"] + costs[read]["postgres"]}
        for name, costs in found["costs"].items()
    }


def _table(found: Json, costs: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    node = best_node(found)
    yield _row(
        "server", "server µs", "PostgreSQL µs", "sum µs", "of handwritten", "of the best Node peer"
    )
    yield _row("---", *["---:"] * 5)
    for name, title in found["titles"].items():
        cost = costs[name]
        yield _row(
            title,
            f"{cost['server']:,.0f}",
            f"{cost['postgres']:,.0f}",
            f"{cost['total']:,.0f}",
            f"{cost['total'] / costs[LIMIT]['total']:.2f}",
            f"{cost['total'] / costs[node]['total']:.2f}" if node else "",
        )


def _statements(found: Json) -> Iterator[str]:
    yield "**SQL statements of a list on this portal, by its length** (session included)"
    yield ""
    yield _row("list", *(str(length) for length in LENGTHS), "grows")
    yield _row("---", *("---:" for _ in LENGTHS), "---")
    for name, counts in found["statements"].items():
        yield _row(name, *map(str, counts), "yes" if counts[-1] > counts[1] else "no")


def _targets(found: Json) -> Iterator[str]:
    own = found["means"][OURS]["total"]
    node = best_node(found)
    yield "**Targets**"
    yield ""
    if node is None:
        yield "- The Node servers were not measured (Node or npm is missing)."
    else:
        title, share = found["titles"][node], own / found["means"][node]["total"]
        yield _target(f"of the best Node peer ({title})", share, OF_BEST_NODE)
    share = own / found["means"][LIMIT]["total"]
    yield _target("of the endpoint written by hand", share, OF_HANDWRITTEN)
    yield _target("MiB resident", found["rss"][OURS] / _MIB, RSS_MIB)
    grows = any(counts[-1] > counts[1] for counts in found["statements"].values())
    yield f"- statements constant in the list's length: {'NOT reached' if grows else 'reached'}"


def _target(what: str, value: float, most: float) -> str:
    said = "reached" if value <= most else "NOT reached"
    shown = f"{value:.2f}" if most < 10 else f"{value:.0f}"  # noqa: PLR2004  shares and MiB
    return f"- {shown} {what}, at most {most:g} wanted: {said}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
