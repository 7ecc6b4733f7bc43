"""`python -m bench reads`: the reads of our schema, on this server, by hand, and on Node's."""

import asyncio
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict
from math import exp, log
from typing import Any

import uvloop

from bench import postgraphile
from bench.compare import compare
from bench.district import FULL, SMALL
from bench.machine import OTHERS_CORE, demand_two_cores, on_core, resident_bytes
from bench.measure import FULL_EFFORT, QUICK_EFFORT, Payloads, Samples, rounds
from bench.operations import DOCUMENTS
from bench.peers import Peer, install_node, node_peers, python_peers, write_labels
from bench.processes import Running, started
from bench.stage import Stage, staged
from bench.statements import count_statements
from models.database import parse_url

Say = Callable[[str], None]

_SAMPLES, _QUICK_SAMPLES = 40, 10


def measure(say: Say, *, quick: bool) -> dict[str, Any]:
    """Everything about reads, as JSON can hold it."""
    demand_two_cores()
    busy = os.getloadavg()[0]
    with on_core(OTHERS_CORE), staged(os.environ, SMALL if quick else FULL, say) as stage:
        peers = _peers(stage, say)
        with started(peers, stage.environment(), stage.folder) as servers:
            with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
                found = runner.run(_measure(stage, servers, say, quick=quick))
            found["rss"] = {each.peer.name: resident_bytes(each.pid) for each in servers}
        say("Counting the statements of lists of 1, 10 and 100 rows.")
        found["statements"] = asyncio.run(count_statements(stage))
    return {
        **found,
        "busy": busy,
        "titles": {each.name: each.title for each in peers},
    }


def _peers(stage: Stage, say: Say) -> list[Peer]:
    if not install_node(say):
        return python_peers()
    role = parse_url(stage.database_url).user
    asyncio.run(postgraphile.prepare(stage.owner_url, role))
    return [*python_peers(), *node_peers(write_labels(stage.folder))]


async def _measure(
    stage: Stage, servers: Sequence[Running], say: Say, *, quick: bool
) -> dict[str, Any]:
    compared = await compare(servers, stage.district, _QUICK_SAMPLES if quick else _SAMPLES)
    say(f"{compared} answers of {len(servers)} servers are equal.")
    effort = QUICK_EFFORT if quick else FULL_EFFORT
    say("Measuring processor time per request, every server and every read in turn:")
    samples = await rounds(stage, servers, Payloads(servers, stage.district), effort, say)
    return as_json(samples, [each.peer.name for each in servers], effort.rate_connections)


def as_json(samples: Samples, names: Sequence[str], connections: Sequence[int]) -> dict[str, Any]:
    """The figures of the rounds as JSON can hold them."""
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}",
        "costs": {
            name: {
                read: {
                    "server": samples.cost(name, read).server,
                    "postgres": samples.cost(name, read).postgres,
                    "spread": samples.spread(name, read),
                }
                for read in DOCUMENTS
            }
            for name in names
        },
        "means": {name: _means(samples, name) for name in names},
        "rates": {
            name: {str(number): asdict(samples.rate(name, number)) for number in connections}
            for name in names
        },
    }


def _means(samples: Samples, name: str) -> dict[str, float]:
    costs = [samples.cost(name, read) for read in DOCUMENTS]
    return {
        "server": _geometric([each.server for each in costs]),
        "postgres": _geometric([each.postgres for each in costs]),
        "total": _geometric([each.total for each in costs]),
    }


def _geometric(values: Sequence[float]) -> float:
    return exp(sum(log(max(value, 1e-9)) for value in values) / len(values))
