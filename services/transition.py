"""The only way to change a state: one guarded statement with its history and its events."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.appointment_state import APPOINTMENT, PLAN
from domain.contract_state import CONTRACT
from domain.errors import NotFound, Stale, StateRefused
from domain.machine import Machine
from domain.permissions import left_to
from domain.states import (
    ACCOUNT,
    MATCH,
    MEETING,
    NOMINATION,
    ORDER,
)
from domain.viewer import Viewer
from models.concern import COLUMNS, CONCERNS
from models.database import execute, fetch
from models.match import lists_of


def _lists_show_anew(rows: str) -> str:
    """The events that let both sides' lists show the match `m` of these rows anew."""
    return (
        "SELECT 'order' AS topic, m.order_id AS key, m.id, m.version, 'MATCH' AS kind "  # noqa: S608  our own words
        f"FROM {rows} UNION ALL SELECT 'suggested', {lists_of('m', 'm.state')}, m.id, m.version, "
        f"'MATCH' FROM {rows}"
    )


# Who is told of a moved row: (topic, key) pairs in the words of `services.live`. The other machines
# have no followers: news tell of an account and of what belongs to it.
_EVENTS = {
    ACCOUNT.name: (
        "SELECT 'offers' AS topic, '00000000-0000-0000-0000-000000000000'::uuid AS key, id, "
        "version, 'OFFER' AS kind FROM moved WHERE role = 'ASSISTANT'"
    ),
    ORDER.name: "SELECT 'order' AS topic, id AS key, id, version, 'ORDER' AS kind FROM moved",
    MATCH.name: (
        "SELECT 'order' AS topic, order_id AS key, id, version, 'MATCH' AS kind FROM moved "  # noqa: S608  our own words
        "WHERE state <> 'SUGGESTED' AND (source <> 'SUGGESTED' OR state = 'ACCEPTED') "
        f"UNION ALL SELECT 'suggested', {lists_of('moved', 'state', 'source')}, id, version, "
        "'MATCH' FROM moved"
    ),
    NOMINATION.name: (
        "SELECT 'order' AS topic, m.order_id AS key, m.id, m.version, 'MATCH' AS kind "
        "FROM moved JOIN matches m ON m.id = moved.match_id "
        "UNION ALL SELECT 'suggested', unnest(array_remove(ARRAY[m.provider_id, "
        "CASE WHEN 'CHOSEN' IN (moved.source, moved.state) THEN moved.assistant_id END], NULL)), "
        "m.id, m.version, 'MATCH' FROM moved JOIN matches m ON m.id = moved.match_id"
    ),
    CONTRACT.name: _lists_show_anew("moved JOIN matches m ON m.id = moved.match_id"),
    MEETING.name: (
        "SELECT 'order' AS topic, m.order_id AS key, moved.id, moved.version, 'MEETING' AS kind "  # noqa: S608  our own words
        "FROM moved JOIN matches m ON m.id = match_id "
        f"UNION ALL SELECT 'suggested', {lists_of('m', 'm.state')}, m.id, "
        "moved.version, 'MATCH' FROM moved JOIN matches m ON m.id = match_id"
    ),
    APPOINTMENT.name: (
        "SELECT 'order' AS topic, c.order_id AS key, moved.id, moved.version, "
        "'APPOINTMENT' AS kind FROM moved JOIN contracts c ON c.id = moved.contract_id "
        "UNION ALL SELECT 'appointments', unnest(array_remove(ARRAY[seeker_id, assistant_id, "
        "provider_id], NULL)), id, version, 'APPOINTMENT' FROM moved"
    ),
    PLAN.name: _lists_show_anew(
        "moved JOIN contracts c ON c.id = moved.contract_id JOIN matches m ON m.id = c.match_id"
    ),
}

_MOVE = """
WITH old AS (
  SELECT id, state AS source FROM {table} WHERE {where} AND state = ANY($3) FOR NO KEY UPDATE
), moved AS (
  UPDATE {table} t SET state = $2, version = t.version + 1{values} FROM old
  WHERE t.id = old.id RETURNING t.*, old.source
), history AS (
  INSERT INTO transitions
    (id, machine, aggregate, action, source, target, version, actor_id, principal_id, role,
     on_behalf, at, {columns})
  SELECT portal_uuid7(), $4, id, $5, source, state, version, $6, $7, $8, $7::uuid IS NOT NULL,
    now(), {concern}
  FROM moved
){told}
SELECT id, source, version FROM moved
"""

_TOLD = """, told AS (
  INSERT INTO events (topic, key, aggregate, version, kind)
  SELECT topic, key, id, version, kind FROM ({events}) AS told
)"""

# An entry without a step: the row keeps its state and its version.
_NOTE = """
WITH moved AS (SELECT t.*, t.state AS source FROM {table} t WHERE id = $1)
INSERT INTO transitions
  (id, machine, aggregate, action, source, target, version, actor_id, principal_id, role,
   on_behalf, at, {columns})
SELECT portal_uuid7(), $2, id, $3, source, state, version, $4, $5, $6, $5::uuid IS NOT NULL,
  now(), {concern}
FROM moved
"""


async def note(machine: Machine, row_id: UUID, action: str, viewer: Viewer) -> None:
    """Write into the history what was done without a step; once per version of the row."""
    concern = CONCERNS[machine.name].values
    sql = _NOTE.format(table=machine.table, columns=COLUMNS, concern=concern)
    doer = (viewer.actor_id, viewer.principal_id, viewer.role.value)
    await execute(sql, row_id, machine.name, action, *doer)


async def transition(  # noqa: PLR0913  the guard needs every one of them
    machine: Machine,
    row_id: UUID,
    action: str,
    viewer: Viewer,
    *,
    if_version: int | None = None,
    values: Mapping[str, object] | None = None,
) -> int:
    """Move one row along the machine; its new version.

    Raises:
        RoleNotAllowed: the viewer's role may never do this.
        NotFound: no such row.
        Stale: the row is not at `if_version`.
        StateRefused: the action is not legal in the row's state.
    """
    where, wanted = "id = $1", None
    if if_version is not None:
        where, wanted = "id = $1 AND version = $9", if_version
    moved = await _move(machine, where, row_id, action, viewer, wanted, values or {})
    if not moved:
        raise await _reason(machine, row_id, action, if_version)
    return int(moved[0]["version"])


async def transition_all(machine: Machine, order_id: UUID, action: str, viewer: Viewer) -> int:
    """Move every match of an order for which the action is legal; how many there were."""
    return len(await _move(machine, "order_id = $1", order_id, action, viewer, None, {}))


async def transition_many(
    machine: Machine, row_ids: Sequence[UUID], action: str, viewer: Viewer
) -> int:
    """Move those of the rows for which the action is legal, in one statement; how many."""
    return len(await _move(machine, "id = ANY($1)", list(row_ids), action, viewer, None, {}))


async def _move(  # noqa: PLR0913, PLR0917  see transition
    machine: Machine,
    where: str,
    key: UUID | list[UUID],
    action: str,
    viewer: Viewer,
    if_version: int | None,
    values: Mapping[str, object],
) -> list[dict[str, Any]]:
    if viewer.role not in machine.roles(action):
        raise left_to(*machine.roles(action))
    arguments: list[object] = [
        key,
        machine.target(action),
        sorted(machine.sources(action)),
        machine.name,
        action,
        viewer.actor_id,
        viewer.principal_id,
        viewer.role.value,
    ]
    if if_version is not None:
        arguments.append(if_version)
    assignments = "".join(
        f", {column} = ${number}" for number, column in enumerate(values, len(arguments) + 1)
    )
    events = _EVENTS.get(machine.name)
    sql = _MOVE.format(
        table=machine.table,
        where=where,
        values=assignments,
        columns=COLUMNS,
        concern=CONCERNS[machine.name].values,
        told=_TOLD.format(events=events) if events else "",
    )
    return await fetch(sql, *arguments, *values.values())


async def _reason(
    machine: Machine, row_id: UUID, action: str, if_version: int | None
) -> NotFound | Stale | StateRefused:
    rows = await fetch(f"SELECT state, version FROM {machine.table} WHERE id = $1", row_id)  # noqa: S608  the table comes from domain.states
    if not rows:
        return NotFound(field="id")
    state, version = rows[0]["state"], rows[0]["version"]
    if if_version is not None and version != if_version:
        return Stale(field="ifVersion", version=version)
    return StateRefused(state=state, action=action)
