"""The arithmetic of many weeks at once: a table of 21 rows of 32 bits, one column per offer.

Three rows are one day, which keeps every question about days free of shifts. Weeks repeat: what
leaves Sunday enters Monday.
"""

import numpy as np
import numpy.typing as npt

from domain.window import DAY_QUARTERS, WEEK_BYTES

Words = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
Quarters = npt.NDArray[np.int64]

DAYS = 7
WORDS = 21
_WORD_BITS = 32
_DAY_WORDS = 3
_NONE = 2 * DAY_QUARTERS  # later than any start of the day


def words_of(weeks: npt.NDArray[np.uint8]) -> Words:
    """Weeks of shape (n, 84) as words of shape (21, n), columns side by side in memory."""
    words = np.ascontiguousarray(weeks).view(">u4").astype(np.uint32)
    return np.ascontiguousarray(words.T)


def words_of_one(week: bytes) -> Words:
    """One week as a column of shape (21, 1)."""
    return words_of(np.frombuffer(week, dtype=np.uint8).reshape(1, WEEK_BYTES))


def starts(week: Words, weeks: Words, columns: npt.NDArray[np.intp], length: int) -> Words:
    """Where a stretch of `length` quarter hours begins that `week` and the columns have in common.

    Only the words in which `week` has anything are read: a fifth of the table for mornings from
    Monday to Friday.
    """
    used = np.flatnonzero(week)
    common = weeks[np.ix_(used, columns)] & week[used]
    found, covered = common, 1
    while covered < length:
        step = min(covered, length - covered)
        found = found & _earlier(found, used, step)
        covered += step
    begin = np.zeros((WORDS, columns.size), dtype=np.uint32)
    begin[used] = found
    return begin


def holds(begin: Words, length: int, days: int) -> Mask:
    """Which columns hold stretches on `days` different weekdays without any overlap.

    `begin` comes from `starts`. A stretch belongs to the weekday on which it begins and may run
    across midnight; it is never longer than a day.
    """
    inside: Mask = _any_per_day(begin & _not_crossing(length)).sum(axis=0) >= days
    possible: Mask = _any_per_day(begin).sum(axis=0) >= days
    if days == 1:
        return possible
    unclear = np.flatnonzero(possible & ~inside)
    if unclear.size:
        rest = begin[:, unclear]
        exact = _every_day(rest, length) if days == DAYS else _some_days(rest, length, days)
        inside[unclear] = exact
    return inside


def _earlier(words: Words, used: npt.NDArray[np.intp], quarters: int) -> Words:
    """Every bit moved `quarters` towards Monday 00:00, round the week; unused words are empty."""
    whole, rest = divmod(quarters, _WORD_BITS)
    near = _shifted(words, used, whole)
    if not rest:
        return near
    far = _shifted(words, used, whole + 1)
    moved: Words = (near << np.uint32(rest)) | (far >> np.uint32(_WORD_BITS - rest))
    return moved


def _shifted(words: Words, used: npt.NDArray[np.intp], by: int) -> Words:
    shifted = np.zeros_like(words)
    position = {int(word): row for row, word in enumerate(used)}
    for row, word in enumerate(used):
        source = position.get((int(word) + by) % WORDS)
        if source is not None:
            shifted[row] = words[source]
    return shifted


def _any_per_day(begin: Words) -> Mask:
    by_day = begin.reshape(DAYS, _DAY_WORDS, -1)
    found: Mask = (by_day[:, 0] | by_day[:, 1] | by_day[:, 2]) != 0
    return found


def _day_masks() -> Words:
    """Row t: the quarter hours of a day from t on, as three words (t from 0 to 96)."""
    bits = np.arange(DAY_QUARTERS)[None, :] >= np.arange(DAY_QUARTERS + 1)[:, None]
    masks: Words = np.packbits(bits, axis=1).view(">u4").astype(np.uint32)
    return masks


_FROM = _day_masks()


def _not_crossing(length: int) -> Words:
    day = ~_FROM[DAY_QUARTERS - length + 1]
    return np.tile(day, DAYS).reshape(WORDS, 1)


def _first_from(day: Words, free_from: Quarters) -> Quarters:
    """Per column the first start of a day (three words) not before `free_from`, else `_NONE`."""
    left = day & _FROM[free_from].T
    # frexp's exponent is the position of the highest bit: exact, as a double holds 32 bits
    leading = _WORD_BITS - np.frexp(left.astype(np.float64))[1].astype(np.int64)
    first, second, third = leading
    found: Quarters = np.select(
        [left[0] != 0, left[1] != 0, left[2] != 0],
        [first, second + _WORD_BITS, third + 2 * _WORD_BITS],
        _NONE,
    )
    return found


def _some_days(begin: Words, length: int, days: int) -> Mask:
    """Exact for up to six days: six stretches leave at least one midnight uncrossed.

    So it is enough to try each midnight as the cut, and on a line the earliest start of each day
    is never worse than a later one.
    """
    found = np.zeros(begin.shape[1], dtype=np.bool_)
    by_day = begin.reshape(DAYS, _DAY_WORDS, -1)
    last = by_day & _not_crossing(length).reshape(DAYS, _DAY_WORDS, 1)
    for cut in range(DAYS):
        left = np.flatnonzero(~found)
        if not left.size:
            break
        order = [by_day[(cut + step) % DAYS][:, left] for step in range(DAYS - 1)]
        order.append(last[(cut - 1) % DAYS][:, left])
        found[left] = _count_on_a_line(order, length) >= days
    return found


def _count_on_a_line(order: list[Words], length: int) -> Quarters:
    columns = order[0].shape[1]
    count = np.zeros(columns, dtype=np.int64)
    free_from = np.zeros(columns, dtype=np.int64)
    for day in order:
        start = _first_from(day, free_from)
        served = start < _NONE
        count += served
        free_from = np.where(served, np.maximum(start + length - DAY_QUARTERS, 0), 0)
    return count


def _every_day(begin: Words, length: int) -> Mask:
    """Exact for all seven days, every midnight crossed included.

    The earliest starts are pushed on round the week until nothing moves: the least solution if
    there is one. Each round moves a start by at least one quarter, so it ends.
    """
    by_day = begin.reshape(DAYS, _DAY_WORDS, -1)
    possible = np.ones(begin.shape[1], dtype=np.bool_)
    free_on_monday = np.zeros(begin.shape[1], dtype=np.int64)
    while True:
        free_from = free_on_monday
        for day in by_day:
            start = _first_from(day, free_from)
            possible &= start < _NONE
            free_from = np.where(possible, np.maximum(start + length - DAY_QUARTERS, 0), 0)
        if (free_from <= free_on_monday).all():
            return possible
        free_on_monday = np.maximum(free_from, free_on_monday)
