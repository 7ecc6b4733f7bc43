"""Whether all servers give equal answers: without that no figure means anything."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from bench.client import body_of, connect, post
from bench.district import District
from bench.operations import DOCUMENTS
from bench.processes import Running
from bench.requests import Request, Stream
from portal.failure import CommandError

_SEED, _SHOWN = 77, 5


def wire(running: Running, request: Request) -> bytes:
    """The bytes by which this server is asked."""
    peer = running.peer
    body = json.dumps(peer.body(request), separators=(",", ":")).encode()
    return post(peer.path(request.read), request.token, body)


async def compare(servers: Sequence[Running], district: District, samples: int) -> int:
    """Ask every server the same; how many answers were compared.

    Raises:
        CommandError: two answers differ, with the places where they do.
    """
    compared = 0
    for read in DOCUMENTS:
        stream = Stream(district, read, _SEED)
        for _ in range(samples):
            await _compare_one(servers, stream.next())
            compared += len(servers)
    return compared


async def _compare_one(servers: Sequence[Running], request: Request) -> None:
    first, *others = [(each, await _data(each, request)) for each in servers]
    for other, data in others:
        found = list(_differences(first[1], data))
        if found:
            shown = "; ".join(found[:_SHOWN])
            raise CommandError(
                f"{first[0].peer.name} and {other.peer.name} answer the read {request.read!r} "
                f"with {json.dumps(request.variables)[:200]} differently: {shown}"
            )


async def _data(running: Running, request: Request) -> Any:
    connection = await connect(running.port)
    try:
        said = body_of(await connection.ask(wire(running, request)))
    finally:
        connection.close()
    answer = json.loads(said)
    if answer.get("errors") or "data" not in answer:
        shown = said[:400].decode(errors="replace")
        raise CommandError(f"{running.peer.name} refuses the read {request.read!r}: {shown}")
    return running.peer.answer(request, answer["data"])


def _differences(one: Any, other: Any, path: str = "data") -> Iterator[str]:
    """Where two JSON values differ, in words."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in sorted({*one, *other}):
            yield from _differences(
                one.get(name, "(missing)"), other.get(name, "(missing)"), f"{path}.{name}"
            )
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences(*pair, f"{path}[{index}]")
    elif one != other or type(one) is not type(other):
        yield f"{path} is {_short(one)} and {_short(other)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004  a line's part
