"""`check-figures`: reads a folder of figures of the law, and names the row that is wrong."""

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from domain.financing.load import FOLDER, load
from domain.financing.parameter import LegalStatus, version_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the folder and `--json`."""
    text = "TOML files as in domain/financing/parameters, which is what is read without it"
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help=text)
    parser.add_argument("--json", action="store_true", help="print what was read as JSON")


def execute(options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Read all of it; whatever is wrong is one sentence on standard error."""
    rows = load(options.folder)
    series = {each.name for each in rows}
    drafts = sum(each.status is LegalStatus.DRAFT for each in rows)
    version = version_of(rows)
    if options.json:
        counts = {"figures": len(rows), "series": len(series), "drafts": drafts}
        print(json.dumps({**counts, "version": version}))
    else:
        counted = f"{len(rows)} figures in {len(series)} series, {drafts} of them drafts"
        print(f"{counted}, version {version}. No gap, no overlap.")
    return 0
