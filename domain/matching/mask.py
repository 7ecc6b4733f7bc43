"""Sets of codes as words of bits, one bit per entry of a catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.activity import CATALOGUE as ACTIVITIES
from domain.quality import CATALOGUE as QUALITIES

Masks = npt.NDArray[np.uint64]  # (words, n): one column per set

_WORD_BITS = 64


@dataclass(frozen=True, slots=True)
class Alphabet:
    """A catalogue's codes in their order: the bit of a code is its place."""

    codes: tuple[str, ...]
    bit: dict[str, int]

    @classmethod
    def of(cls, codes: Iterable[str]) -> "Alphabet":
        """The alphabet of these codes."""
        ordered = tuple(codes)
        return cls(ordered, {code: place for place, code in enumerate(ordered)})

    @property
    def words(self) -> int:
        """How many words of 64 bits hold a set."""
        return -(-len(self.codes) // _WORD_BITS)

    def mask(self, codes: Iterable[str]) -> Masks:
        """One set as a column of shape (words, 1).

        Raises:
            KeyError: a code that is not in the catalogue; input is checked by `known`.
        """
        return self.masks([codes])

    def masks(self, sets: Sequence[Iterable[str]]) -> Masks:
        """Many sets, one column each."""
        whole = [sum({1 << self.bit[code] for code in codes}) for codes in sets]
        parts = [
            [(bits >> _WORD_BITS * word) & (2**_WORD_BITS - 1) for bits in whole]
            for word in range(self.words)
        ]
        return np.array(parts, np.uint64).reshape(self.words, len(sets))

    def column_of(self, code: str) -> tuple[int, np.uint64]:
        """The word of a code and its bit in it."""
        word, bit = divmod(self.bit[code], _WORD_BITS)
        return word, np.uint64(1 << bit)


ACTIVITY = Alphabet.of(ACTIVITIES)
QUALITY = Alphabet.of(QUALITIES)


def lacking(wanted: Masks, held: Masks) -> Masks:
    """What of the wanted sets the held ones lack; columns broadcast."""
    missing: Masks = wanted & ~held
    return missing


def none(masks: Masks) -> npt.NDArray[np.bool_]:
    """Which columns are empty sets."""
    empty: npt.NDArray[np.bool_] = (masks == 0).all(axis=0)
    return empty


def size(masks: Masks) -> npt.NDArray[np.int64]:
    """How many codes each column holds."""
    number: npt.NDArray[np.int64] = np.bitwise_count(masks).sum(axis=0, dtype=np.int64)
    return number
