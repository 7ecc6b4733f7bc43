"""When the people of the demo have time, and what they offer or need."""

from random import Random
from uuid import UUID

from domain.activity import CATALOGUE, Flag
from domain.quality import CATALOGUE as QUALITIES
from domain.quality import Source, at_odds
from domain.user import Employment
from domain.window import Window, week_of

_WORKDAYS, _WEEK = range(1, 6), range(1, 8)

OFFICE_HOURS = week_of(Window(day, "08:00", "18:00") for day in _WORKDAYS)

_COMMON_GROUPS = ("HAU", "BEG", "FRE", "SOZ", "KOM", "SCH")
_COMMON_WEIGHTS = (5, 5, 4, 4, 2, 3)
_TRAINED_GROUPS = ("TAG", "BET", "GRU", "MED", "ELT", "ARB", "BIL", "KRH")

_MORNINGS = (("07:00", "12:00"), ("08:00", "12:00"), ("08:00", "13:00"), ("09:00", "12:30"))
_AFTERNOONS = (("13:00", "17:00"), ("14:00", "18:00"), ("13:30", "16:30"), ("15:00", "19:00"))
_DAYS = (("07:00", "15:00"), ("08:00", "16:00"), ("09:00", "17:00"), ("10:00", "18:00"))
_EVENINGS = (("17:00", "21:00"), ("18:00", "22:00"))
_NIGHT = (("20:00", "07:00"),)


def assistant_week(random: Random, employment: Employment) -> bytes:
    """Volunteers have a few hours, the employed a part of the day, the self-employed most."""
    windows = {
        Employment.VOLUNTEER: lambda: _some(random, 3, _MORNINGS + _AFTERNOONS + _EVENINGS),
        Employment.EMPLOYED: lambda: _some(random, 4, random.choice((_MORNINGS, _DAYS, _DAYS))),
        Employment.SELF_EMPLOYED: lambda: _some(random, 5, _DAYS),
    }[employment]()
    if random.random() < 0.3:  # noqa: PLR2004  some have time at the weekend
        windows += [Window(day, "10:00", "16:00") for day in (6, 7)]
    if employment is not Employment.VOLUNTEER and random.random() < 0.05:  # noqa: PLR2004  a few
        windows += [Window(day, *_NIGHT[0]) for day in random.sample(_WEEK, 3)]
    return week_of(windows)


def seeker_week(random: Random) -> bytes:
    """Generous windows on some days: the larger, the better the chance."""
    return week_of(_some(random, 4, _DAYS + _MORNINGS + _AFTERNOONS))


def offered(random: Random, *, trained: bool, has_car: bool) -> tuple[str, ...]:
    """The activities of a few groups; what needs training only from the trained."""
    groups = set(random.choices(_COMMON_GROUPS, _COMMON_WEIGHTS, k=random.randint(2, 5)))
    if trained:
        groups.update(random.sample(_TRAINED_GROUPS, random.randint(0, 2)))
    chosen = [
        code
        for code, entry in CATALOGUE.items()
        if entry.group in groups and random.random() < 0.85  # noqa: PLR2004  not quite everything
    ]
    chosen += ["FAH_BUS_UND_BAHN", "FAH_ROLLSTUHL"] if random.random() < 0.5 else []  # noqa: PLR2004  half
    chosen += ["FAH_EIGENES_AUTO"] if has_car else []
    return tuple(code for code in CATALOGUE if code in chosen or code == "SOZ_GESELLSCHAFT")


def body_near(random: Random) -> tuple[str, ...]:
    """Body-near help, which some seekers need."""
    codes = [code for code, entry in CATALOGUE.items() if Flag.BODY_NEAR in entry.flags]
    return tuple(random.sample(codes, 2)) if random.random() < 0.2 else ()  # noqa: PLR2004  every fifth


def _some(random: Random, most: int, times: tuple[tuple[str, str], ...]) -> list[Window]:
    """Windows at one usual time on some workdays."""
    start, end = random.choice(times)
    days = random.sample(_WORKDAYS, random.randint(max(1, most - 2), most))
    return [Window(day, start, end) for day in days]


def qualities(identity: UUID) -> tuple[str, ...]:
    """What somebody states of the own person: a few things, the same for the same person."""
    random = Random(identity.int)  # noqa: S311  repeatable, not secret
    stated = [code for code, entry in QUALITIES.items() if entry.source is Source.STATED]
    chosen = set(random.sample(stated, random.randint(3, 8)))
    for pair in at_odds(chosen):
        chosen.remove(random.choice(pair))
    return tuple(code for code in stated if code in chosen)
