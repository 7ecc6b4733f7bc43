"""Two act at the same instant: one wins, the other is told so."""

import asyncio
from collections.abc import Sequence

from faults.cast import Ground
from faults.checks.calls import losers_of_rounds
from faults.clients import Client
from faults.history import Call
from faults.scenario import Found
from faults.stage import Stage

_SHARES = 3  # of the time, for each kind
AT_ONCE = 3  # rounds under way at the same time
ACCEPT, AWARD, LEAVE = "two coordinators accept", "a seeker awards twice", "award and withdrawal"


async def two_at_the_same_instant(stage: Stage) -> Found:
    """Two coordinators accept, two awards compete, an award meets a withdrawal: one winner."""
    rounds = stage.sizes.rounds
    found = Found()
    grounds = {
        ACCEPT: await stage.stock.inquired(rounds),
        AWARD: await stage.stock.accepted(rounds),
        LEAVE: await stage.stock.accepted(rounds, 1),
    }
    for kind, stock in grounds.items():
        played = await _play(stage, kind, stock)
        found.broken += losers_of_rounds(kind, played)
        found.figures[kind] = len(played)
    return found


async def _play(stage: Stage, kind: str, stock: Sequence[Ground]) -> list[list[Call]]:
    """All rounds of a kind, several at once; what both were told in each."""
    waiting = stage.in_time(stock, _SHARES)
    played: list[list[Call]] = []

    async def table(number: int) -> None:
        one, other = stage.clients("two at the same instant", 2)
        one.who, other.who = f"table {number}, one", f"table {number}, other"
        for ground in waiting:
            told = await _round(stage, kind, ground, one, other)
            played.append(told)
        one.close()
        other.close()

    await asyncio.gather(*(table(number) for number in range(AT_ONCE)))
    return played


async def _round(stage: Stage, kind: str, ground: Ground, one: Client, other: Client) -> list[Call]:
    seeker, ids = ground.seeker.token, ground.ids
    if kind == ACCEPT:
        first, second = ground.acceptors
        moves = [("acceptOrder", first.token, ids[0]), ("acceptOrder", second.token, ids[0])]
    elif kind == AWARD:
        moves = [("awardOrder", seeker, ids[0]), ("awardOrder", seeker, ids[1])]
    else:
        helper = ground.acceptors[0].token
        moves = [("awardOrder", seeker, ids[0]), ("withdrawAcceptance", helper, ids[0])]
    stage.chance(str(ground.order)).shuffle(moves)
    return list(
        await asyncio.gather(
            *(client.change(*move) for client, move in zip((one, other), moves, strict=True))
        )
    )
