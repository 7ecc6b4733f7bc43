"""Where figures are kept and shown: `bench/results.json` and the tables of the benchmarks' page."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.failure import CommandError

_ROOT = Path(__file__).parents[1]
RESULTS = Path("bench/results.json")
PAGE = Path("docs/benchmarks.md")


def kept() -> dict[str, Any]:
    """The figures of the last run of each part.

    Raises:
        CommandError: there are none.
    """
    try:
        found: dict[str, Any] = json.loads((_ROOT / RESULTS).read_text("utf-8"))
    except (OSError, ValueError):
        raise CommandError(f"There are no figures in {RESULTS}: run python -m bench") from None
    return found


def keep(part: str, found: Mapping[str, Any]) -> None:
    """Keep a part's figures beside those of the others."""
    try:
        known = kept()
    except CommandError:
        known = {}
    content = json.dumps({**known, part: found}, indent=2, ensure_ascii=False)
    (_ROOT / RESULTS).write_text(f"{content}\n", "utf-8")


def write(tables: Mapping[str, Sequence[str]]) -> None:
    """Put each part's tables between its marks in the page.

    Raises:
        CommandError: the page has no marks for a part.
    """
    page = (_ROOT / PAGE).read_text("utf-8")
    for part, lines in tables.items():
        begin, end = f"<!-- {part}: begin -->", f"<!-- {part}: end -->"
        block = "\n".join([begin, "", *lines, "", end])
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        page, count = pattern.subn(block.replace("\\", r"\\"), page)
        if count != 1:
            raise CommandError(f"{PAGE} has no place for {part}: it needs {begin} and {end} once")
    (_ROOT / PAGE).write_text(page, "utf-8")
