"""Requests that come again: double clicks, repeats after a crash, keys with another input."""

import asyncio

import asyncpg

from faults.cast import Ground, keys_of
from faults.checks.calls import answers_differ, misuses_served, never_refused
from faults.clients import MATCH_DOCUMENTS, Client, request_of
from faults.history import LOST
from faults.scenario import Figure, Found
from faults.stage import Stage, connected

_MOST = 5  # times that a request is sent
_SHARES = 3  # of the time, to start the API again
_AT_ONCE = 3  # one request in so many comes at the same time as its repeats


async def double_click(stage: Stage) -> Found:
    """Two clicks on `awardOrder` at once: one effect, identical answers."""
    grounds = await stage.stock.accepted(stage.sizes.clicks, 1)
    one, other = stage.clients("double click", 2)
    keys = keys_of(stage.seed, "click")
    for ground in stage.in_time(grounds):
        key, token = next(keys), ground.seeker.token
        await asyncio.gather(
            *(each.change("awardOrder", token, ground.ids[0], key) for each in (one, other))
        )
    return _found(stage, "double click", "awards")


async def requests_repeated(stage: Stage) -> Found:
    """Each request is sent two to five times, a third of them at once: one effect, one answer."""
    grounds = await stage.stock.accepted(stage.sizes.repeats, 1)
    clients = stage.clients("requests repeated", _MOST)
    chance, keys = stage.chance("repeats"), keys_of(stage.seed, "repeat")
    for ground in stage.in_time(grounds):
        key, number = next(keys), chance.randint(2, _MOST)
        sending = [
            each.change("awardOrder", ground.seeker.token, ground.ids[0], key)
            for each in clients[:number]
        ]
        if chance.randrange(_AT_ONCE) == 0:
            await asyncio.gather(*sending)
        else:
            for each in sending:
                await each
    return _found(stage, "requests repeated", "requests")


async def same_key_other_input(stage: Stage) -> Found:
    """A key that comes again with another input, later or at the same instant: always refused."""
    grounds = await stage.stock.accepted(stage.sizes.misuses, 1)
    others = await stage.stock.beside(grounds)
    one, other = stage.clients("same key other input", 2)
    keys, chance = keys_of(stage.seed, "misuse"), stage.chance("misuse")
    refused = 0
    pairs = list(zip(grounds, others, strict=True))
    for ground, foreign in stage.in_time(pairs):
        key, token = next(keys), ground.seeker.token
        first = one.change("awardOrder", token, ground.ids[0], key)
        second = other.change("awardOrder", token, foreign.ids[0], key)
        if chance.random() < 0.5:  # noqa: PLR2004  half of them at once
            calls = list(await asyncio.gather(first, second))
        else:
            calls = [await first, await second]
        refused += sum("IDEMPOTENCY_CONFLICT" in each.codes for each in calls)
    found = _found(stage, "same key other input", "keys")
    found.figures["refused"] = refused
    found.broken += misuses_served(stage.history.of("same key other input"))
    found.broken += never_refused(stage.history.of("same key other input"))
    return found


async def dies_after_the_commit(stage: Stage) -> Found:
    """The API is killed at the instant of the commit, and the request comes three times more."""
    grounds = await stage.stock.accepted(stage.sizes.deaths, 1)
    (client,) = stage.clients("dies after the commit", 1)
    keys = keys_of(stage.seed, "death")
    listening = await connected(stage)
    for ground in stage.in_time(grounds, _SHARES):
        await _death(stage, client, ground, next(keys), listening)
    await listening.close()
    await stage.fleet.ready()
    found = _found(stage, "dies after the commit", "requests")
    calls = stage.history.of("dies after the commit")
    found.faults = len({each.key for each in calls})
    found.figures["without an answer"] = len({c.key for c in calls if c.status == LOST})
    return found


async def _death(
    stage: Stage, client: Client, ground: Ground, key: str, listening: asyncpg.Connection
) -> None:
    ship = stage.fleet.named("serve")[0]

    def commit(*_: object) -> None:
        stage.fleet.kill(ship)

    await stage.fleet.ready()
    await listening.add_listener("events", commit)
    variables = _award(ground, key)
    token, document = ground.seeker.token, MATCH_DOCUMENTS["awardOrder"]
    await client.once(token, "awardOrder", document, variables, port=ship.port)
    await listening.remove_listener("events", commit)
    for _ in range(3):
        await client.insist(token, "awardOrder", document, variables)


async def hangs_up_and_repeats(stage: Stage) -> Found:
    """The connection is dropped at a random instant, and the request comes again."""
    grounds = await stage.stock.accepted(stage.sizes.hang_ups, 1)
    (client,) = stage.clients("hangs up and repeats", 1)
    keys = keys_of(stage.seed, "hang-up")
    for ground in stage.in_time(grounds):
        key, token = next(keys), ground.seeker.token
        sent = request_of(token, MATCH_DOCUMENTS["awardOrder"], _award(ground, key))
        port = client.chance.choice(client.ports)
        await client.hang_up(sent, port, client.chance.uniform(0, 0.03))
        for _ in range(2):
            await client.change("awardOrder", token, ground.ids[0], key)
    found = _found(stage, "hangs up and repeats", "requests")
    found.faults = int(found.figures["requests"])
    return found


def _award(ground: Ground, key: str) -> dict[str, object]:
    return {"input": {"matchId": ground.ids[0], "idempotencyKey": key}}


def _found(stage: Stage, scenario: str, what: str) -> Found:
    """How many requests of how many keys, and every key that was not answered alike."""
    calls = stage.history.of(scenario)
    keys = {each.key for each in calls}
    undone = keys - {each.key for each in calls if each.is_done}
    figures: dict[str, Figure] = {what: len(keys), "sent": len(calls)}
    broken = [f"the key {key} was never acknowledged" for key in sorted(undone)]
    return Found(figures, broken=[*answers_differ(calls), *broken])
