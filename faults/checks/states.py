"""States: every history is a path, nothing acknowledged is missing, nobody wins twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.ids import encode
from domain.machine import Machine
from domain.states import MATCH, MEETING, ORDER
from faults.cast import DISTRICT
from faults.history import Call
from models.database import fetch

_ACTIONS = {
    "awardOrder": "AWARD_ORDER",
    "acceptOrder": "ACCEPT_ORDER",
    "withdrawAcceptance": "WITHDRAW_ACCEPTANCE",
}
_ALL = "SELECT machine, aggregate, action, source, target, version FROM transitions"
_NOW = """
SELECT 'MATCH' AS machine, id AS aggregate, state, version FROM matches
UNION ALL SELECT 'ORDER', id, state, version FROM orders
UNION ALL SELECT 'MEETING', id, state, NULL FROM meetings
"""
_RIVALS = """
SELECT order_id, count(*) AS number FROM matches
WHERE state IN ('AWARDED', 'REQUESTED', 'MEETING', 'CONTRACTED') GROUP BY 1 HAVING count(*) > 1
"""
Row = Mapping[str, Any]


async def histories(calls: Iterable[Call]) -> list[str]:
    """All three, over the whole database."""
    rows = await fetch(_ALL)
    rivals = [f"the order {row['order_id']} has two winners" for row in await fetch(_RIVALS)]
    return [*paths_broken(rows, await fetch(_NOW)), *acknowledged_missing(calls, rows), *rivals]


def paths_broken(
    rows: Iterable[Row],
    present: Iterable[Row],
    machines: Sequence[Machine] = (MATCH, ORDER, MEETING),
) -> list[str]:
    """The steps of each row are legal, begin where the last one ended, and end where it stands."""
    legal = {machine.name: machine for machine in machines}
    steps = defaultdict[tuple[str, object], list[Row]](list)
    for row in rows:
        if row["machine"] in legal:
            steps[row["machine"], row["aggregate"]].append(row)
    now = {(row["machine"], row["aggregate"]): row["state"] for row in present}
    return [
        f"the history of {name} {aggregate} is no path"
        for (name, aggregate), mine in steps.items()
        if not _is_path(legal[name], sorted(mine, key=_version), now.get((name, aggregate)))
    ]


def _version(row: Row) -> int:
    return int(row["version"])


def _is_path(machine: Machine, steps: Sequence[Row], present: object) -> bool:
    state = steps[0]["source"]
    if not state and steps[0]["target"] in machine.initial:  # it was made, by matching
        state, steps = steps[0]["target"], steps[1:]
    for number, row in enumerate(steps):
        step = machine.step(row["action"], row["source"])
        same = number and row["version"] == steps[number - 1]["version"]
        if row["source"] != state or step is None or step.target != row["target"] or same:
            return False
        state = row["target"]
    return bool(state == present)


def acknowledged_missing(calls: Iterable[Call], rows: Iterable[Row]) -> list[str]:
    """Whatever was acknowledged happened exactly once, however often it was asked for."""
    happened = Counter(
        (row["action"], encode("match", DISTRICT, row["aggregate"]))
        for row in rows
        if row["machine"] == MATCH.name
    )
    told = {
        (_ACTIONS[call.name], str(call.result["id"]))
        for call in calls
        if call.is_done and call.name in _ACTIONS
    }
    return [
        f"{action} of {match} was acknowledged and happened {happened[action, match]} times"
        for action, match in sorted(told)
        if happened[action, match] != 1
    ]
