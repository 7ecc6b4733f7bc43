"""What nobody means well with: broken bodies, documents that double, and what they cost."""

import asyncio
import json
from collections.abc import Callable, Iterable, Iterator
from random import Random

from faults.checks.calls import server_errors, slow
from faults.clients import READ, Client, request, request_of
from faults.scenario import Found
from faults.stage import Stage
from tests.portal.http.hostile import MALFORMED
from tests.schema.limiting import doubling, nested

_CLIENTS = 2
_BYTES = 262_144  # the largest body that is read
_SCRAPS = (b"\xff", b"\xc3", b"\x00", b"[", b"{", b'"', b"\\", b"}", b"1" * 80, b"\\ud800", b",")
_REFUSED = 400


async def broken_bodies(stage: Stage) -> Found:
    """JSON bombs, bad UTF-8, huge numbers and bodies out of dice: no HTTP 500, none above 2 s."""
    chance = stage.chance("bodies")
    bodies = [*MALFORMED, *_bombs(), *(_spoilt(chance) for _ in range(stage.sizes.bodies))]
    token = stage.cast.seekers[0].token
    return await _sent(stage, "broken bodies", [request(token, each) for each in bodies])


async def hostile_documents(stage: Stage) -> Found:
    """Fragments that double, deep nesting, aliases, repeated fields: refused at once."""
    chance = stage.chance("documents")
    token = stage.cast.seekers[0].token
    documents = [kind(chance) for kind in _KINDS for _ in range(stage.sizes.documents)]
    sent = [request_of(token, each, {}) for each in documents]
    found = await _sent(stage, "hostile documents", sent)
    calls = stage.history.of("hostile documents")
    served = [c for c in calls if c.name == "abuse" and not c.answer.get("errors")]
    found.broken += [f"a hostile document was served: {each.body[:80]}" for each in served]
    return found


async def _sent(stage: Stage, scenario: str, sent: list[bytes]) -> Found:
    """Send all of it, a few at a time; afterwards an ordinary question is answered as before."""
    waiting = stage.in_time(sent)
    clients = stage.clients(scenario, _CLIENTS)
    await asyncio.gather(*(_send(client, waiting) for client in clients))
    calls = stage.history.of(scenario)
    ground = (await stage.stock.accepted(1, 1))[0]
    asked = {"id": ground.ids[0]}
    sane = await clients[0].once(ground.seeker.token, "match", READ, asked)
    broken = [*server_errors(calls), *slow(calls)]
    if not sane.is_done:
        broken.append("an ordinary question is not answered any more")
    refused = sum(each.status >= _REFUSED for each in calls)
    return Found({"sent": len(calls), "refused": refused}, faults=len(calls), broken=broken)


async def _send(client: Client, waiting: Iterable[bytes]) -> None:
    for each in waiting:
        await client.raw(each, "abuse")
    client.close()


def _bombs() -> Iterator[bytes]:
    """Bodies at and above the limits."""
    comment = json.dumps({"query": "{ __typename } #" + "x" * 5_000_000}).encode()
    yield comment
    yield comment[:_BYTES]
    for piece in (b'"', b'\\"', b"[]", b"{}", b"1", b'{"a":1},', b'"\\', b"[{"):
        yield b'{"query":"{ __typename }","variables":{"a":' + piece * (_BYTES // len(piece) - 50)
    yield b'{"query":"{ __typename }","variables":' + b'{"a":' * 60_000 + b"1" + b"}" * 60_000
    yield json.dumps(
        {"query": "{ __typename }", "variables": {f"k{n}": n for n in range(9_000)}}
    ).encode()


def _spoilt(chance: Random) -> bytes:
    """An ordinary body after a few accidents."""
    body = bytearray(json.dumps({"query": READ, "variables": {"id": "match_03155_0"}}).encode())
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(body) + 1)
        accident = chance.randrange(4)
        if accident == 0:
            body[place:place] = chance.choice(_SCRAPS) * chance.choice((1, 1, 2, 40))
        elif accident == 1:
            del body[place : place + chance.randint(1, 12)]
        elif accident == 2:  # noqa: PLR2004  one of four
            body[place : place + 1] = bytes([chance.randrange(256)])
        else:
            body[place:] = body[place : place + 9] * chance.choice((2, 50))
    return bytes(body)


def _doubling(chance: Random) -> str:
    inner = chance.choice(("...F{n} ...F{n}", "id ...F{n} ... on Viewer { ...F{n} }"))
    return doubling(chance.randint(10, 60), inner).replace(" on Node", " on Viewer")


def _aliases(chance: Random) -> str:
    return "{ " + " ".join(f"a{n}: __typename" for n in range(chance.randint(31, 200))) + " }"


def _deep(chance: Random) -> str:
    return nested(chance.randint(12, 300))


def _repeated(chance: Random) -> str:
    return "{ viewer { " + "id " * chance.randint(900, 2_000) + "} }"


def _directives(chance: Random) -> str:
    return "{ __typename " + "@include(if: true) " * chance.randint(51, 300) + "}"


def _pages(chance: Random) -> str:
    page = "matches(first: 100) { edges { node { id order { id } } } }"
    return "{ " + " ".join(f"a{n}: {page}" for n in range(chance.randint(15, 20))) + " }"


def _circular(_chance: Random) -> str:
    deep = "fields { type { " * 12 + "name" + " } }" * 12
    return "{ __schema { types { " + deep + " } } }"


def _cycle(_chance: Random) -> str:
    return "{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }"


def _giant(chance: Random) -> str:
    return "{ __typename } #" + "x" * chance.randint(16_400, 200_000)


_KINDS: tuple[Callable[[Random], str], ...] = (
    *(_doubling, _aliases, _deep, _repeated, _directives, _pages, _circular, _cycle, _giant),
)
