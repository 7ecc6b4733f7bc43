"""Workers that are killed: in the middle of a job, and between sending a mail and marking it."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import repeat

from faults.cast import keys_of
from faults.jobs import KIND
from faults.scenario import Found
from faults.stage import Stage
from tests.workers.fleet import promise

_OTHERS = ("test.effect", "test.flaky", "test.cancelled", "test.outside")
_DEAD = 2  # jobs that can only fail
_KEPT = 0.85  # the rest is promised by transactions that are undone
_ONE_IN = 3  # jobs whose worker is killed
_PAUSE = 0.06
_SHARES = 5  # of the time: most of it goes by while a killed worker comes again


async def workers_killed(stage: Stage) -> Found:
    """Workers are killed in the middle of jobs while jobs are promised without a break."""
    chance = stage.chance("workers killed")
    kills = 0

    def strike(pid: int) -> None:
        nonlocal kills
        ship = stage.fleet.of(pid)
        if ship is not None and kills < stage.sizes.job_kills and stage.fleet.kill(ship):
            kills += 1

    def hear(pid: int, _key: str) -> None:
        if chance.randrange(_ONE_IN) == 0:
            asyncio.get_running_loop().call_later(chance.uniform(0, 0.03), strike, pid)

    stage.notices.hear = hear
    promised = 0
    for _ in range(_DEAD):
        await promise("test.poison")
    for _ in _until(stage, lambda: kills >= stage.sizes.job_kills):
        kind = KIND if chance.random() < 0.8 else chance.choice(_OTHERS)  # noqa: PLR2004  a mix
        await promise(kind, keep=chance.random() < _KEPT)
        promised += 1
        await asyncio.sleep(chance.uniform(0, 2 * _PAUSE))
    stage.notices.deaf()
    return Found({"promised": promised, "kills in mid-job": kills}, faults=kills)


async def senders_killed(stage: Stage) -> Found:
    """Workers are killed right after the mail server has taken a mail from them."""
    post, begun = stage.post, len(stage.post.sent)
    before = post.kills
    post.kills_left = stage.sizes.mail_kills
    (client,) = stage.clients("senders killed", 1)
    keys = keys_of(stage.seed, "mail")
    for _ in _until(stage, lambda: not post.kills_left):
        for ground in await stage.stock.suggested(10):
            token = ground.acceptors[0].token
            await client.change("acceptOrder", token, ground.ids[0], next(keys))
        await asyncio.sleep(_PAUSE)
    post.kills_left = 0
    kills = post.kills - before
    figures = {"mails arrived": len(post.sent) - begun, "kills before the mark": kills}
    return Found(dict(figures), faults=kills)


def _until(stage: Stage, done: Callable[[], bool]) -> Iterator[None]:
    """Again and again, until it is done or the time is over."""
    for _ in stage.in_time(repeat(None), _SHARES):
        if done():
            return
        yield
