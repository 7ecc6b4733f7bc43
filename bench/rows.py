"""What the rows of the generated district are made of: ids, instants, weeks, names, all seeded."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from domain.activity import CATALOGUE
from domain.window import Window, week_of
from portal.demo.load import MUNICIPALITIES

Row = tuple[object, ...]

_BEGIN = datetime(2025, 3, 1, 8, tzinfo=UTC)
_CODES = tuple(CATALOGUE)
_SENTENCES = (
    "Ich suche jemanden für den Alltag.",
    "Wichtig ist mir ein freundlicher Umgang.",
    "Ein Auto ist nicht nötig, der Bus hält vor der Tür.",
    "Bitte melden Sie sich am liebsten nachmittags.",
    "Ich nutze unterwegs einen Rollstuhl.",
    "Wir kochen gern zusammen, danach gibt es Kaffee.",
)


class Seeded:
    """One stream of chance; two with the same seed give the same district."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self._milliseconds = int(_BEGIN.timestamp() * 1000)
        self._weeks = [self._week() for _ in range(60)]
        names = tomllib.loads(MUNICIPALITIES.with_name("names.toml").read_text("utf-8"))
        self._first, self._last = [*names["female"], *names["male"]], names["last"]

    def id(self) -> UUID:
        """The next id: version 7, each a little later than the one before."""
        self._milliseconds += 1
        bits = self.chance.getrandbits(74)
        low = (0b10 << 62) | (bits & ((1 << 62) - 1))
        return UUID(int=(self._milliseconds << 80) | (0x7 << 76) | (bits >> 62 << 64) | low)

    def instant(self) -> datetime:
        """An instant whose last digit is not 0: then all programs write it with the same digits."""
        microseconds = self.chance.randrange(10**5) * 10 + self.chance.randrange(1, 10)
        seconds = self.chance.randrange(200 * 86_400)
        return _BEGIN + timedelta(seconds=seconds, microseconds=microseconds)

    def week(self) -> bytes:
        """A week out of a few typical ones."""
        return self.chance.choice(self._weeks)

    def codes(self, least: int, most: int) -> list[str]:
        """Some activities of the catalogue, each once."""
        return self.chance.sample(_CODES, self.chance.randint(least, most))

    def name(self) -> tuple[str, str]:
        """First and last name."""
        return self.chance.choice(self._first), self.chance.choice(self._last)

    def text(self) -> str:
        """Two or three sentences."""
        return " ".join(self.chance.sample(_SENTENCES, self.chance.randint(2, 3)))

    def phone(self) -> str:
        """A number of the range that is kept free for films."""
        return f"+49 30 23125 {self.chance.randrange(1000):03}"

    def parts(self, whole: UUID, codes: list[str]) -> Iterator[Row]:
        """Rows of a table that says which activities belong to a row."""
        return ((self.id(), whole, code) for code in codes)

    def _week(self) -> bytes:
        days = self.chance.sample(range(1, 8), self.chance.randint(3, 6))
        begins = [self.chance.randrange(7, 15) for _ in days]
        return week_of(
            Window(day, f"{begin:02}:{self.chance.choice(('00', '30'))}", f"{begin + 5:02}:15")
            for day, begin in zip(days, begins, strict=True)
        )
