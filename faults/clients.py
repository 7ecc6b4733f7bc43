"""Clients over HTTP: every call and every answer goes into the history."""

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from bench.client import Connection, body_of, connect
from faults.history import LOST, Call, History, digest
from portal.failure import CommandError

_PATIENCE = 20.0  # seconds for one answer
_LONGEST = 150.0  # seconds for all tries of one request
_HEAD = (
    "POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    "Accept: application/graphql-response+json\r\n"
)
_RESULT = (
    "__typename ... on Match { id version state nextStep availableActions { code available } }"
    " ... on Refusal { code message }"
)
MATCH_DOCUMENTS = {
    name: f"mutation Say($input: MatchInput!) {{ {name}(input: $input) {{ {_RESULT} }} }}"
    for name in ("acceptOrder", "withdrawAcceptance", "awardOrder")
}
READ = "query Read($id: ID!) { match(id: $id) { id version state } }"


def request(token: str, body: bytes, *headers: str) -> bytes:
    """The bytes of a POST."""
    lines = [f"Authorization: Bearer {token}"] if token else []
    lines += [*headers, f"Content-Length: {len(body)}"]
    return (_HEAD + "".join(f"{line}\r\n" for line in lines) + "\r\n").encode() + body


def request_of(token: str, document: str, variables: Mapping[str, Any]) -> bytes:
    """The bytes of an operation."""
    return request(token, json.dumps({"query": document, "variables": variables}).encode())


@dataclass(slots=True)
class Client:
    """Somebody who asks one thing after the other, of whichever API process is named."""

    history: History
    scenario: str
    who: str
    ports: tuple[int, ...]
    chance: Random
    _open: dict[int, Connection] = field(default_factory=dict)
    _turn: "count[int]" = field(default_factory=count)

    async def once(
        self,
        token: str,
        name: str,
        document: str,
        variables: Mapping[str, Any],
        port: int | None = None,
    ) -> Call:
        """Ask once; what comes of it is in the history, whatever it is."""
        wanted = variables.get("input", variables)
        key = str(wanted.get("idempotencyKey") or "")
        given = digest([name, {n: v for n, v in wanted.items() if n != "idempotencyKey"}])
        return await self.raw(
            request_of(token, document, variables), name, key=key, given=given, port=port
        )

    async def raw(
        self, sent: bytes, name: str, *, key: str = "", given: str = "", port: int | None = None
    ) -> Call:
        """Send these very bytes."""
        at = self.ports[next(self._turn) % len(self.ports)] if port is None else port
        began = time.monotonic()
        status, body = await self._exchange(at, sent)
        call = Call(
            *(self.scenario, self.who, name, key, given, at),
            *(began, time.monotonic(), status, body.decode(errors="replace")),
        )
        self.history.calls.append(call)
        return call

    async def insist(
        self, token: str, name: str, document: str, variables: Mapping[str, Any]
    ) -> Call:
        """Ask until there is an answer that stays; each try goes to the next process.

        Raises:
            CommandError: there is none for minutes.
        """
        deadline = time.monotonic() + _LONGEST
        while time.monotonic() < deadline:
            call = await self.once(token, name, document, variables)
            if call.is_settled:
                return call
            await asyncio.sleep(self.chance.uniform(0.02, 0.3))
        raise CommandError(f"{name} was not answered for {_LONGEST:.0f} seconds")

    async def change(self, name: str, token: str, match: str, key: str | None = None) -> Call:
        """Answer or award a match, and insist on it."""
        given = {"matchId": match, "idempotencyKey": key}
        return await self.insist(token, name, MATCH_DOCUMENTS[name], {"input": given})

    async def hang_up(self, sent: bytes, port: int, seconds: float) -> None:
        """Send a request and drop the connection after a while, whether it was answered or not."""
        with suppress(OSError):
            connection = await connect(port)
            task = asyncio.ensure_future(connection.ask(sent))
            await asyncio.wait([task], timeout=seconds)
            connection.close()
            task.cancel()
            await asyncio.wait([task])

    def close(self) -> None:
        """Hang up everywhere."""
        for each in self._open.values():
            each.close()
        self._open.clear()

    async def _exchange(self, port: int, sent: bytes) -> tuple[int, bytes]:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._ask(port, sent)
        except (OSError, TimeoutError):
            self._forget(port)
            return LOST, b""
        if b"connection: close" in answer[:2000].lower():
            self._forget(port)
        return int(answer[9:12]), body_of(answer)

    async def _ask(self, port: int, sent: bytes) -> bytes:
        """A connection that was at rest may have ended meanwhile: then one more, fresh."""
        known = self._open.pop(port, None)
        if known is None:
            known = await connect(port)
        self._open[port] = known
        return await known.ask(sent)

    def _forget(self, port: int) -> None:
        connection = self._open.pop(port, None)
        if connection is not None:
            connection.close()
