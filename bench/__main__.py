"""`python -m bench`: runs the parts, keeps their figures, writes the tables."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bench import document
from portal.failure import CommandError, run_tool


@dataclass(frozen=True, slots=True)
class Part:
    """A part: `measure(say, quick=…)` in one module, `tables(found)` in another."""

    name: str
    purpose: str
    module: str
    report: str

    def measure(self, say: Callable[[str], None], *, quick: bool) -> dict[str, Any]:
        """Its figures."""
        found: dict[str, Any] = import_module(self.module).measure(say, quick=quick)
        return found

    def tables(self, found: Mapping[str, Any]) -> Iterator[str]:
        """Its figures as lines of Markdown."""
        lines: Iterator[str] = import_module(self.report).tables(found)
        return lines


PARTS = (
    Part(
        "reads", "reads beside hand-written and Node servers", "bench.reads", "bench.reads_report"
    ),
    Part(
        "subscriptions",
        "live updates beside graphql-ws",
        "bench.subscriptions",
        "bench.subscriptions",
    ),
    Part("matching", "matching in numpy and in SQL", "bench.matching", "bench.matching"),
    Part(
        "everybody",
        "a whole district matched, from the arithmetic to the open page",
        "bench.everybody",
        "bench.everybody",
    ),
    Part(
        "financing",
        "own contributions per second, without and with steps",
        "bench.financing",
        "bench.financing",
    ),
    Part("jobs", "jobs per second and their delay", "bench.jobs", "bench.jobs"),
)
"""In the order in which they run; a further part is a further line."""


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; every failure is one sentence and an exit code."""
    options = _parser().parse_args(arguments)
    return run_tool("bench", lambda: _chosen(options), debug=options.debug)


def _chosen(options: argparse.Namespace) -> int:
    if options.what == "report":
        return _report()
    parts = [part for part in PARTS if options.what in (None, part.name)]
    return _run(parts, quick=options.quick, as_json=options.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the portal.")
    names = [part.name for part in PARTS]
    purposes = "; ".join(f"{part.name}: {part.purpose}" for part in PARTS)
    parser.add_argument(
        "what",
        nargs="?",
        choices=[*names, "report"],
        help=f"{purposes}; report: write the kept figures into {document.PAGE}; all parts if "
        "nothing is named",
    )
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the district and short rounds, to try out"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--debug", action="store_true", help="show where something failed")
    return parser


def _run(parts: Sequence[Part], *, quick: bool, as_json: bool) -> int:
    begin = time.monotonic()

    def say(sentence: str) -> None:
        print(f"[{time.monotonic() - begin:5.0f} s] {sentence}", file=sys.stderr, flush=True)

    for part in parts:
        say(f"{part.name}: {part.purpose}.")
        found = {**part.measure(say, quick=quick), "quick": quick}
        document.keep(part.name, found)
        print(json.dumps({part.name: found}) if as_json else "\n".join(["", *part.tables(found)]))
    say(f"The figures are in {document.RESULTS}; python -m bench report writes {document.PAGE}.")
    return 0


def _report() -> int:
    known = document.kept()
    if tried := [part.name for part in PARTS if known.get(part.name, {}).get("quick")]:
        message = f"The kept figures of {', '.join(tried)} are a quick trial's: measure them again"
        raise CommandError(message)
    tables = {
        part.name: list(part.tables(known[part.name])) for part in PARTS if part.name in known
    }
    document.write(tables)
    print(f"Wrote {document.PAGE}: {', '.join(tables)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
