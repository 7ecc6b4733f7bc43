"""Printouts as tagged PDF (PDF/UA-1), so that a screen reader can read them aloud in order.

The template knows the kinds of blocks; the texts come to it as data and are never markup.
"""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from notifications.printout import Block, Printout

_TEMPLATE = (Path(__file__).parent / "printout.typ").read_bytes()
# Plain language is set larger.
_SIZE = {"de-x-leicht": 14}
_ORDINARY = 11


def pdf(printout: Printout) -> bytes:
    """The finished file. Takes a few hundredths of a second of one core."""
    language = printout.language.value
    data = {
        "title": printout.title,
        "lang": language.partition("-")[0],
        "size": _SIZE.get(language, _ORDINARY),
        "blocks": [_block(each) for each in printout.blocks],
    }
    made = typst.compile(
        _TEMPLATE, sys_inputs={"printout": json.dumps(data)}, pdf_standards=["ua-1"]
    )
    if not isinstance(made, bytes):
        raise TypeError("a printout is one file")
    return made


def _block(block: Block) -> dict[str, object]:
    return {"kind": type(block).__name__, **asdict(block)}
