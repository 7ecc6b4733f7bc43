"""Plain German is plain, in every text there is: mails, answers, the page, the district's welcome.

Long sentences and long words fail. The passive voice is only pointed out: it is found by the look
of the words, and sometimes there is nobody to name.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.language import Language, labels

PORTAL = Path(__file__).parents[2] / "portal"
LONGEST_SENTENCE = 14  # words
MOST_COMMAS = 2
LONGEST_WORD = 17  # letters between hyphens
_END = re.compile(r"[.!?:]\s|[.!?:]$|\n")
_BECOMES = re.compile(r"\b(wird|werden|wurden?|worden)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(\w*ge\w{2,}(t|en)|\w{3,}iert|(be|ver|ent|er|zer)\w{3,}(t|en))\b", re.IGNORECASE
)


def _texts() -> dict[str, str]:
    """Every plain text, by where it stands."""
    page = json.loads((PORTAL / "pages/static/texts/de-x-leicht.json").read_text("utf-8"))
    district = tomllib.loads((PORTAL / "demo/district.toml").read_text("utf-8"))
    return {
        **labels(Language.LEICHT),
        **{f"page.{key}": said for key, said in page.items()},
        "district.welcome": district["welcome"]["de-x-leicht"],
    }


TEXTS = _texts()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; links and addresses are none of them."""
    without_links = re.sub(r"\S+@\S+|\{link\}", "", text)
    yield from filter(str.strip, _END.split(without_links))


def is_long(sentence: str) -> bool:
    """Whether it has too many words or too many parts."""
    return len(sentence.split()) > LONGEST_SENTENCE or sentence.count(",") > MOST_COMMAS


def long_words(text: str) -> list[str]:
    """The words that want a hyphen."""
    words = re.findall(r"[A-Za-zÄÖÜäöüß]+", re.sub(r"\{\w+\}|https?://\S+", "", text))
    return [word for word in words if len(word) > LONGEST_WORD]


def is_passive(sentence: str) -> bool:
    """Whether something seems to be done without anybody who does it."""
    becomes = _BECOMES.search(sentence)
    return becomes is not None and _DONE.search(sentence.replace(becomes[0], "", 1)) is not None


def test_every_text_keeps_its_sentences_short() -> None:
    found = [(key, each) for key, text in TEXTS.items() for each in sentences(text)]
    assert not [(key, each) for key, each in found if is_long(each)]


def test_every_text_takes_long_words_apart_with_hyphens() -> None:
    found = {key: long_words(text) for key, text in TEXTS.items()}
    assert not {key: words for key, words in found.items() if words}


def test_the_passive_voice_is_pointed_out(capsys: pytest.CaptureFixture[str]) -> None:
    found = [
        f"  {key}: {each.strip()}"
        for key, text in TEXTS.items()
        for each in sentences(text)
        if is_passive(each)
    ]
    if found:
        with capsys.disabled():
            print("\nPlain German in the passive voice:", *found, sep="\n")  # noqa: T201  to be read


def test_plain_german_uses_the_hyphens_of_the_guide() -> None:
    whole = " ".join(TEXTS.values())
    for word in ("Assistenz-Kraft", "Such-Auftrag", "Leistungs-Anbieter", "Kenn-Lern-Gespräch"):
        assert word in whole


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("Ihr Konto wurde gesperrt", True),
        ("Die Termine werden verschoben", True),
        ("Sie werden informiert", True),
        ("Wir sperren Ihr Konto", False),
        ("Sie werden Kundin", False),
        ("Jemand hat Ihr Konto gesperrt", False),
    ],
)
def test_the_passive_is_known_by_its_words(sentence: str, passive: bool) -> None:
    assert is_passive(sentence) is passive


def test_what_is_too_long_is_known() -> None:
    assert not is_long(" ".join("a" * 14))
    assert is_long(" ".join("a" * 15))
    assert is_long("a, b, c, d")
    assert long_words("Kundenservicezentrum Kunden-Service {firstandlastnames}") == [
        "Kundenservicezentrum"
    ]
    assert list(sentences("Eins. Zwei:\nDrei {link}!")) == ["Eins", "Zwei", "Drei "]
