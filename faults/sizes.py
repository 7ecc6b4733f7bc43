"""How much of everything a run does: the whole one, and a trial of a minute."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Counts, and seconds where it is said."""

    seconds: float  # the most for a loop: a slow machine does less, and the figures say so
    rounds: int  # of each of the three races
    clicks: int  # double clicks on an award
    repeats: int  # requests that are sent up to five times, a third of them at once
    misuses: int  # keys that come again with another input
    deaths: int  # API processes killed right after a commit
    hang_ups: int  # connections that are dropped after the request was sent
    job_kills: int
    mail_kills: int
    meetings: int
    reminder_seconds: float  # from the confirmation to the instant of the reminder
    flushes: int
    redis_seconds: float  # how long Redis is away
    crashes: int  # of PostgreSQL
    cancellations: int
    writer_seeds: int  # of the race of eight writers
    writer_rounds: int
    bodies: int  # broken bodies
    documents: int  # of each hostile kind
    strangers: int  # fields that get ids of strangers; all of them if there are fewer
    settles: bool  # whether jobs are waited for after kills and outages, and not only at the end


WHOLE = Sizes(
    seconds=20,
    rounds=700,
    clicks=300,
    repeats=600,
    misuses=300,
    deaths=50,
    hang_ups=200,
    job_kills=200,
    mail_kills=40,
    meetings=30,
    reminder_seconds=30,
    flushes=40,
    redis_seconds=60,
    crashes=5,
    cancellations=1_000,
    writer_seeds=5,
    writer_rounds=60,
    bodies=30_000,
    documents=200,
    strangers=1_000,
    settles=True,
)
QUICK = Sizes(
    seconds=10,
    rounds=15,
    clicks=10,
    repeats=20,
    misuses=10,
    deaths=3,
    hang_ups=10,
    job_kills=6,
    mail_kills=3,
    meetings=4,
    reminder_seconds=12,
    flushes=4,
    redis_seconds=3,
    crashes=1,
    cancellations=60,
    writer_seeds=1,
    writer_rounds=30,
    bodies=300,
    documents=2,
    strangers=15,
    settles=False,
)
