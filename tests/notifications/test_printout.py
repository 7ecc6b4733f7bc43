"""Printouts: accessible in both forms, and no text is ever markup."""

import re

import pytest

from notifications.language import Language
from notifications.pdf import pdf
from notifications.printout import Heading, Paragraph, Printout, Table, Terms, html

HOSTILE = '</p><script>alert(1)</script> & "x" #read("/etc/passwd") *b* $x$ \\ = \n\u202e'


def printout(text: str = "Text", language: Language = Language.DE) -> Printout:
    return Printout(
        text,
        language,
        [
            Heading(text),
            Paragraph(text),
            Terms([(text, text)]),
            Table(text, (text, "Zweite"), [(text, "1"), ("2", text)]),
        ],
    )


def test_a_page_has_a_language_a_title_one_main_part_and_headers_of_columns() -> None:
    page = html(printout(language=Language.LEICHT))
    assert '<html lang="de-x-leicht">' in page
    assert page.count("<h1>") == page.count("<main>") == page.count("<title>") == 1
    assert page.count('<th scope="col">') == 2
    assert "<caption>" in page


def test_a_text_is_never_markup_of_the_page() -> None:
    page = html(printout(HOSTILE))
    assert "<script" not in page
    tags = set(re.findall(r"</?(\w+)", page.partition("<body>")[2]))
    known = "main h1 h2 p dl dt dd table caption thead tbody tr th td body html"
    assert tags == set(known.split())


@pytest.mark.parametrize("language", list(Language))
def test_a_file_is_tagged_and_says_its_language_and_title(language: Language) -> None:
    made = pdf(printout("Vertrag", language))
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"/Marked true", b"/DisplayDocTitle true"):
        assert mark in made
    assert f"/Lang({language.value[:2]})".encode() in made
    assert b"pdfuaid:part" in made


def test_a_text_is_never_markup_of_the_file() -> None:
    """A text that was read as markup would fail, or read the file that it names."""
    assert pdf(printout(HOSTILE)).startswith(b"%PDF")
