"""Names, streets and telephone numbers of people who do not exist."""

import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

_NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))

# Beside German; the share of people who speak them stands behind.
LANGUAGES = (("en", 0.45), ("tr", 0.06), ("pl", 0.04), ("ru", 0.07), ("uk", 0.03), ("ar", 0.04))


@dataclass(frozen=True, slots=True)
class Name:
    """First and last name."""

    first: str
    last: str

    @property
    def parts(self) -> tuple[str, str]:
        """Both, in the order in which they are written."""
        return self.first, self.last


def name(random: Random) -> Name:
    """Any name."""
    return Name(random.choice(_NAMES["female"] + _NAMES["male"]), random.choice(_NAMES["last"]))


def address(random: Random) -> str:
    """Street and house number."""
    return f"{random.choice(_NAMES['streets'])} {random.randint(1, 98)}"


def mobile(random: Random) -> str:
    """A number out of those that the Bundesnetzagentur keeps free for stories."""
    return f"0171 39200 {random.randint(0, 99):02}"


def phone(random: Random) -> str:
    """A landline number out of those kept free for stories."""
    return f"030 23125 {random.randint(0, 999):03}"


def mail_name(parts: Sequence[str]) -> str:
    """The parts as the local part of a mail address: small ASCII letters, digits, dots."""
    text = ".".join(parts).lower()
    for letter, spelled in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("ı", "i")):
        text = text.replace(letter, spelled)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def languages(random: Random) -> str:
    """German and what else somebody speaks, as codes parted by spaces."""
    return " ".join(["de", *(code for code, share in LANGUAGES if random.random() < share)])
