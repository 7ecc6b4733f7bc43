"""Printouts: what can be printed, as a structure of headings, paragraphs, terms and tables.

The structure says nothing about looks. `html` writes it as an accessible page; the PDF is made of
the same structure by `notifications.pdf`. Texts are put in as texts: nothing in them is markup.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from notifications.language import Language

_STYLE = (Path(__file__).parent / "printout.css").read_text("utf-8")
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; base-uri 'none'; frame-ancestors 'none'"
)

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """The beginning of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Names with what they stand for."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a header; every row has as many cells as the header."""

    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = Heading | Paragraph | Terms | Table


@dataclass(frozen=True, slots=True)
class Printout:
    """A title and what stands below it, in one language."""

    title: str
    language: Language
    blocks: Sequence[Block]


def html(printout: Printout) -> str:
    """A whole page: one main part, one first heading, tables with headers of their columns."""
    title = escape(printout.title)
    body = "\n".join(_block(each) for each in printout.blocks)
    return _PAGE.format(language=printout.language.value, title=title, style=_STYLE, body=body)


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text):
            return f"<p>{escape(text)}</p>"
        case Terms(pairs):
            inner = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in pairs)
            return f"<dl>{inner}</dl>"
        case Table(caption, header, rows):
            head = _row(f'<th scope="col">{escape(each)}</th>' for each in header)
            body = "".join(_row(f"<td>{escape(each)}</td>" for each in row) for row in rows)
            return (
                f"<table><caption>{escape(caption)}</caption><thead>{head}</thead>"
                f"<tbody>{body}</tbody></table>"
            )


def _row(cells: Iterable[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>"
