"""`refusals` on the command line."""

import json

import pytest

from domain.errors import refusal_classes
from portal.cli import main

Caught = pytest.CaptureFixture[str]
LANGUAGES = ["de", "de-x-leicht", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_stands_in_the_catalogue_once_with_its_words(
    language: str, capsys: Caught
) -> None:
    assert main(["refusals", "--language", language, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    codes = [each["code"] for each in found]
    assert len(codes) == len(set(codes))
    assert {cls.code for cls in refusal_classes()} < set(codes)
    assert all(each["message"] and each["remedy"] for each in found)


def test_the_catalogue_names_what_is_said_of_a_whole_request(capsys: Caught) -> None:
    assert main(["refusals"]) == 0
    said = capsys.readouterr().out
    assert "NOT_FOUND (NOT_FOUND)\n" in said
    assert "INTERNAL (a whole request)\n  Something went wrong on our side.\n" in said
    assert "UNAVAILABLE (a whole request)\n" in said
    assert "LIMIT_EXCEEDED (a whole request)\n  This request is too big.\n" in said
