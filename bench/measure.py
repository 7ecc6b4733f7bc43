"""The rounds: every server with every read in shuffled order, each for a short while."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from statistics import median

from bench.client import body_of, load
from bench.compare import wire
from bench.district import District
from bench.machine import processor_ns
from bench.operations import DOCUMENTS
from bench.processes import Running
from bench.requests import Stream
from bench.stage import Stage
from portal.failure import CommandError

Say = Callable[[str], None]

_REQUESTS, _SEED = 1_500, 4_711
_WARM_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Effort:
    """How long it is measured, and with how many connections processor time is."""

    rounds: int = 4
    seconds: float = 1.5
    warm_rounds: int = 1
    connections: int = 8
    rate_rounds: int = 3
    rate_connections: tuple[int, ...] = (1, 32)


FULL_EFFORT = Effort()
QUICK_EFFORT = Effort(rounds=2, seconds=0.8, rate_rounds=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """Microseconds per request."""

    server: float
    postgres: float

    @property
    def total(self) -> float:
        """Both."""
        return self.server + self.postgres


@dataclass(frozen=True, slots=True)
class Rate:
    """Good answers per second, and the share of requests that were refused."""

    per_second: float
    refused: float


@dataclass(slots=True)
class Samples:
    """What the rounds gave, by (server, read) and by (server, connections)."""

    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=lambda: defaultdict(list))
    rates: dict[tuple[str, int], list[Rate]] = field(default_factory=lambda: defaultdict(list))

    def cost(self, server: str, read: str) -> Cost:
        """The medians of the rounds."""
        found = self.costs[server, read]
        return Cost(median(c.server for c in found), median(c.postgres for c in found))

    def spread(self, server: str, read: str) -> float:
        """How far the rounds lie apart, as a share of their median."""
        totals = [each.total for each in self.costs[server, read]]
        return (max(totals) - min(totals)) / median(totals)

    def rate(self, server: str, connections: int) -> Rate:
        """The medians of the rounds."""
        found = self.rates[server, connections]
        return Rate(median(r.per_second for r in found), median(r.refused for r in found))


class Payloads:
    """The same requests for every server, in its own words; made once."""

    def __init__(self, servers: Sequence[Running], district: District) -> None:
        requests = {read: Stream(district, read, _SEED) for read in DOCUMENTS}
        made = {
            read: [stream.next() for _ in range(_REQUESTS)] for read, stream in requests.items()
        }
        self._wires = {
            (server.peer.name, read): [wire(server, each) for each in found]
            for server in servers
            for read, found in made.items()
        }

    def of(self, server: Running, read: str, number: int) -> Iterator[bytes]:
        """Requests without end; equal numbers begin at the same place for every server."""
        begin = number * 311 % _REQUESTS
        return islice(cycle(self._wires[server.peer.name, read]), begin, None)


async def rounds(
    stage: Stage, servers: Sequence[Running], payloads: Payloads, effort: Effort, say: Say
) -> Samples:
    """Processor time per request for each server and read, then the rates of the list page."""
    samples, chance = Samples(), Random(_SEED)
    for number in range(-effort.warm_rounds, effort.rounds):
        say(_name_of(number, effort))
        for server, read in _shuffled(servers, DOCUMENTS, chance):
            requests = payloads.of(server, read, number)
            cost = await _cost(stage, server, requests, effort)
            if number >= 0:
                samples.costs[server.peer.name, read].append(cost)
    for number in range(effort.rate_rounds):
        say(f"  rates, round {number + 1} of {effort.rate_rounds}")
        for connections in effort.rate_connections:
            for server in chance.sample(list(servers), len(servers)):
                rate = await _rate(server, payloads.of(server, "page", number), effort, connections)
                samples.rates[server.peer.name, connections].append(rate)
    return samples


def _name_of(number: int, effort: Effort) -> str:
    return "  warming up" if number < 0 else f"  round {number + 1} of {effort.rounds}"


def _shuffled(
    servers: Sequence[Running], reads: Mapping[str, str], chance: Random
) -> list[tuple[Running, str]]:
    pairs = [(server, read) for server in servers for read in reads]
    return chance.sample(pairs, len(pairs))


async def _cost(stage: Stage, server: Running, requests: Iterator[bytes], effort: Effort) -> Cost:
    await load(server.port, requests, _WARM_SECONDS, effort.connections)
    before = processor_ns(server.pid), stage.postgres_ns()
    given = await load(server.port, requests, effort.seconds, effort.connections)
    after = processor_ns(server.pid), stage.postgres_ns()
    if given.refused:
        shown = body_of(given.refusal)[:300].decode(errors="replace")
        raise CommandError(f"{server.peer.name} refused a request of the load: {shown}")
    own, postgres = (
        (end - begin) / given.good / 1000 for begin, end in zip(before, after, strict=True)
    )
    return Cost(own, postgres)


async def _rate(
    server: Running, requests: Iterator[bytes], effort: Effort, connections: int
) -> Rate:
    await load(server.port, requests, _WARM_SECONDS, connections)
    begin = time.perf_counter()
    given = await load(server.port, requests, effort.seconds, connections)
    seconds = time.perf_counter() - begin
    return Rate(given.good / seconds, given.refused / (given.good + given.refused))
