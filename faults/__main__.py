"""`python -m faults`: breaks what the portal stands on, and says whether its promises held."""

import argparse
import asyncio
import json
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from faults.report import ending, table
from faults.run import SCENARIOS, run
from faults.sizes import QUICK, WHOLE
from portal.failure import CommandError, run_tool

SEED = 3155
_BROKEN = 1


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; 1 if a promise was broken."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.CRITICAL)  # what the crashes do to this very process
    return run_tool("suite", lambda: _run(options), debug=options.debug)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m faults",
        description="Runs the whole portal, kills and floods it, and checks what it promised.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="scenarios:\n" + "\n".join(f"  {each.name}: {each.sentence}" for each in SCENARIOS),
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"of all dice ({SEED})")
    parser.add_argument("--quick", action="store_true", help="a trial of about a minute")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--only", action="append", metavar="SCENARIO", help="may be repeated")
    parser.add_argument("--debug", action="store_true", help="show where something failed")
    parser.add_argument("--history", type=Path, help="keep every call and answer in this file")
    return parser


def _run(options: argparse.Namespace) -> int:
    begun = time.monotonic()

    def say(sentence: str) -> None:
        print(f"[{time.monotonic() - begun:5.0f} s] {sentence}", file=sys.stderr, flush=True)

    known = {each.name for each in SCENARIOS}
    if strange := set(options.only or ()) - known:
        raise CommandError(f"There is no scenario {min(strange)!r}; --help lists them")
    chosen = [each for each in SCENARIOS if not options.only or each.name in options.only]
    sizes = QUICK if options.quick else WHOLE
    report = asyncio.run(run(options.seed, sizes, chosen, say, options.history))
    print(json.dumps(report.as_json()) if options.json else "\n".join(["", *table(report)]))
    print("\n".join(["", *ending(report)]), file=sys.stderr if options.json else sys.stdout)
    return _BROKEN if report.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
