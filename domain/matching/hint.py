"""Relaxation hints: how many more would fit if the order asked for a little less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

import numpy as np

from domain.matching.demand import Demand
from domain.matching.fit import distances_km, drives, in_time, providers, without_barred
from domain.matching.mask import ACTIVITY, QUALITY, Alphabet, Masks, lacking, size
from domain.matching.offer import Columns, Flags, Offers
from domain.order import OrderKind
from domain.quality import refusals
from domain.window import DAY_QUARTERS, Window, week_of, windows_of

WIDER_QUARTERS = 4  # a window is widened by an hour on both sides
MOST_WINDOWS = 42  # six a day; who cuts the week into more pieces gets no hint for the rest


class HintKind(StrEnum):
    """What is asked for less of."""

    QUALITY = "QUALITY"
    ACTIVITY = "ACTIVITY"
    WINDOW = "WINDOW"
    DISTANCE = "DISTANCE"


@dataclass(frozen=True, slots=True)
class Hint:
    """One relaxation: `relaxed` is the demand after it, `count` how many assistants fit then."""

    kind: HintKind
    count: int
    more: int
    relaxed: Demand
    code: str | None = None  # of the quality or activity that is left out
    window: Window | None = None  # the one that is widened, as it is now


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many assistants and providers fit, and what would help, the greatest help first.

    Hints are about assistants alone.
    """

    count: int
    hints: tuple[Hint, ...]
    providers: int = 0


@dataclass(frozen=True, slots=True)
class _Near:
    """The assistants who fail in one relaxable point at most, beside what each lacks."""

    columns: Columns
    activities: Masks
    qualities: Masks
    too_far: Flags
    failures: "np.typing.NDArray[np.int64]"


def numbers(demand: Demand, offers: Offers) -> Numbers:
    """The number of fitting assistants and every hint that would raise it and not be refused.

    Everybody is looked at once: whoever lacks exactly one thing is gained by its relaxation.
    """
    near = _near(demand, offers)
    timely = in_time(demand, offers, near.columns)
    count = int((timely & (near.failures == 0)).sum())
    found = [
        replace(hint, count=count + hint.more)
        for hint in (*_leaving_out(demand, near, timely), *_wider(demand, offers, near, timely))
        if hint.more and _may_be_asked(hint.relaxed)
    ]
    found.sort(key=lambda hint: (-hint.more, hint.kind, hint.code or "", hint.window is not None))
    return Numbers(count, tuple(found), providers(demand, offers))


def _may_be_asked(relaxed: Demand) -> bool:
    """Whether the order could be saved so: without its reason nobody asks for a gender."""
    asked, reason = relaxed.must | relaxed.wishes, relaxed.personal_reason
    return not any(refusals(asked, relaxed.activities, personal_reason=reason))


def _near(demand: Demand, offers: Offers) -> _Near:
    able = ~offers.is_provider & drives(offers) if demand.needs_driving else ~offers.is_provider
    activities = lacking(ACTIVITY.mask(demand.activities), offers.activities)
    qualities = lacking(QUALITY.mask(demand.must), offers.qualities)
    failures = size(activities) + size(qualities)
    columns = without_barred(demand, offers, np.flatnonzero(able & (failures <= 1)))
    distances = distances_km(demand, offers, columns)
    limit = np.inf if demand.max_distance_km is None else demand.max_distance_km
    too_far = distances > limit
    total = failures[columns] + too_far
    kept = (distances <= offers.radius_km[columns]) & (total <= 1)
    columns = columns[kept]
    return _Near(columns, activities[:, columns], qualities[:, columns], too_far[kept], total[kept])


def _leaving_out(demand: Demand, near: _Near, timely: Flags) -> Iterator[Hint]:
    for code in sorted(demand.must):
        more = _lack(QUALITY, code, near.qualities, timely)
        relaxed = replace(demand, must=demand.must - {code})
        yield Hint(HintKind.QUALITY, 0, more, relaxed, code=code)
    if len(demand.activities) > 1:  # an order without any could not be released
        for code in sorted(demand.activities):
            more = _lack(ACTIVITY, code, near.activities, timely)
            relaxed = replace(demand, activities=demand.activities - {code})
            yield Hint(HintKind.ACTIVITY, 0, more, relaxed, code=code)
    if demand.max_distance_km is not None:
        more = int((timely & near.too_far).sum())
        yield Hint(HintKind.DISTANCE, 0, more, replace(demand, max_distance_km=None))


def _lack(alphabet: Alphabet, code: str, lacks: Masks, timely: Flags) -> int:
    word, bit = alphabet.column_of(code)
    return int((timely & ((lacks[word] & bit) != 0)).sum())


def _wider(demand: Demand, offers: Offers, near: _Near, timely: Flags) -> Iterator[Hint]:
    """A one-off order's windows are its own matter: its date decides."""
    if demand.kind is OrderKind.ONE_OFF:
        return
    columns = near.columns[(near.failures == 0) & ~timely]
    for window, week in islice(widened(demand.week), MOST_WINDOWS):
        relaxed = replace(demand, week=week)
        more = int(in_time(relaxed, offers, columns).sum())
        yield Hint(HintKind.WINDOW, 0, more, relaxed, window=window)


def widened(week: bytes) -> Iterable[tuple[Window, bytes]]:
    """Each window of a week, and the week in which it is an hour longer on both sides."""
    windows = windows_of(week)
    for window in windows:
        wide = _wide(window)
        if wide != window:
            yield window, week_of([*windows, wide])


def _wide(window: Window) -> Window:
    begin = max(_quarter(window.start) - WIDER_QUARTERS, 0)
    end = min(_quarter(window.end) + WIDER_QUARTERS, DAY_QUARTERS)
    return Window(window.weekday, _clock(begin), _clock(end))


def _quarter(clock: str) -> int:
    return int(clock[:2]) * 4 + int(clock[3:]) // 15


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"
