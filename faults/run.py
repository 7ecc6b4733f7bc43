"""One run: the scenarios one after the other, then the checker."""

import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from faults.checks import jobs as job_checks
from faults.checks.calls import server_errors
from faults.checks.mails import excuses_of, j7_sends
from faults.checks.states import histories
from faults.history import Call
from faults.report import Line, Report
from faults.scenario import Found, Scenario, scenario
from faults.scenarios.abuse import broken_bodies, hostile_documents
from faults.scenarios.cancellations import operations_cancelled
from faults.scenarios.jobs import senders_killed, workers_killed
from faults.scenarios.outages import postgres_crashes, redis_away, redis_forgets
from faults.scenarios.races import two_at_the_same_instant
from faults.scenarios.reminders import reminders
from faults.scenarios.repeats import (
    dies_after_the_commit,
    double_click,
    hangs_up_and_repeats,
    requests_repeated,
    same_key_other_input,
)
from faults.scenarios.strangers import ids_of_strangers
from faults.scenarios.writers import commit_order
from faults.sizes import Sizes
from faults.stage import Say, Stage, staged
from models.database import retrying

SCENARIOS = (
    scenario(two_at_the_same_instant),
    scenario(double_click),
    scenario(requests_repeated),
    scenario(same_key_other_input),
    scenario(hangs_up_and_repeats),
    scenario(dies_after_the_commit),
    scenario(operations_cancelled),
    scenario(commit_order),
    scenario(broken_bodies),
    scenario(hostile_documents),
    scenario(ids_of_strangers),
    scenario(workers_killed, strands_jobs=True),
    scenario(senders_killed, strands_jobs=True),
    scenario(reminders),
    scenario(redis_forgets),
    scenario(redis_away, strands_jobs=True),
    scenario(postgres_crashes, strands_jobs=True),
)
"""In the order in which they run."""


async def run(
    seed: int, sizes: Sizes, chosen: Sequence[Scenario], say: Say, history: Path | None
) -> Report:
    """Act out the scenarios, read everything afterwards."""
    report = Report(seed, quick=not sizes.settles)
    begun = time.monotonic()
    async with staged(seed, sizes, say) as stage:
        eavesdropper = job_checks.Eavesdropper(stage.servers.redis_url)
        async with eavesdropper.listening():
            for each in chosen:
                report.lines.append(await _act(stage, each))
                stage.say(_said(report.lines[-1]))
            report.lines += await _checked(stage, eavesdropper)
        if history is not None:
            stage.history.save(history)
        report.kills = stage.fleet.kills
        report.falls = sum(each.falls for each in stage.fleet.ships.values())
    report.seconds = time.monotonic() - begun
    return report


async def _act(stage: Stage, each: Scenario) -> Line:
    stage.say(f"{each.name}: {each.sentence}")
    waits = stage.sizes.settles and each.strands_jobs
    if waits:
        await job_checks.at_rest()
    begun = time.monotonic()
    found = await each.act(stage)
    if waits:
        broken, seconds = await job_checks.j2_everything_ends(time.monotonic())
        found.broken += broken
        found.figures["drained after s"] = round(seconds, 1)
    calls = stage.history.of(each.name)
    seconds = time.monotonic() - begun
    return Line(each.name, each.sentence, found, seconds, worst_delay(calls), len(calls))


def worst_delay(calls: Sequence[Call]) -> float:
    """The longest that somebody waited for an answer that stays, all tries of a key together."""
    begun: dict[tuple[str, str], float] = {}
    waits = defaultdict[tuple[str, str], float](float)
    for number, each in enumerate(calls):
        place = (each.who, each.key or str(number))
        first = begun.setdefault(place, each.began)
        if each.is_settled:
            waits[place] = max(waits[place], each.ended - first)
            del begun[place]
    return max(waits.values(), default=0.0)


def _said(line: Line) -> str:
    figures = ", ".join(f"{value} {name}" for name, value in line.found.figures.items())
    verdict = f"{len(line.found.broken)} BROKEN" if line.found.broken else "held"
    return f"{line.name}: {verdict} ({figures}) in {line.seconds:.0f} s."


async def _checked(stage: Stage, eavesdropper: job_checks.Eavesdropper) -> list[Line]:
    """The invariants over the history and the database, after everything has come to rest."""
    stage.say("Waiting for the jobs, then reading the history and the database.")
    broken, seconds = await job_checks.j2_everything_ends(time.monotonic())
    lines = [
        Line(
            "J2",
            _SENTENCES["J2"],
            Found({"seconds": round(seconds, 1)}, broken=broken),
        )
    ]
    kills = sum(len(each.killed) for each in stage.fleet.named("worker"))
    calls = stage.history.calls
    by_message = stage.post.by_message()
    checks: tuple[tuple[str, Callable[[], Awaitable[list[str]]]], ...] = (
        ("J4", job_checks.j4_fencing),
        ("J1", job_checks.j1_no_promise_without_a_row),
        ("J3", lambda: job_checks.j3_once(kills)),
        ("J5", lambda: job_checks.j5_nothing_vanishes(stage.logs())),
        ("J7", lambda: j7_sends(by_message, excuses_of(stage.fleet, stage.servers.crashes))),
        ("states", lambda: histories(calls)),
    )
    for name, check in checks:
        lines.append(Line(name, _SENTENCES[name], Found(broken=await retrying(check))))
    lines.append(Line("J8", _SENTENCES["J8"], _overheard(eavesdropper, stage.logs())))
    lines.append(
        Line("500", _SENTENCES["500"], Found({"answers": len(calls)}, broken=server_errors(calls)))
    )
    return lines


def _overheard(eavesdropper: job_checks.Eavesdropper, logs: str) -> Found:
    figures = {"looks": eavesdropper.looks, "keys": eavesdropper.keys}
    return Found(dict(figures), broken=eavesdropper.j8_nothing_personal(logs))


_SENTENCES = {
    "J1": "No promise without its row: jobs, messages and reminders.",
    "J2": "Everything that is due ends within lease and 15 seconds after the last fault.",
    "J3": "Each effect once; outside the database at most once more per kill.",
    "J4": "A late run with an old number changes nothing.",
    "J5": "Nothing vanishes; what was given up raised an alarm and can be queued again.",
    "J7": "Sends per message at most one and the kills of its sender, under the same Message-ID.",
    "J8": "Nothing personal in Redis, and not in any log.",
    "states": "Every history is a path, nothing acknowledged is missing, nobody wins twice.",
    "500": "No HTTP 500, and no error that nobody expected, in the whole run.",
}
