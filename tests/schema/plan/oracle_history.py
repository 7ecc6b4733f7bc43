"""Who may read which entry of the history, naively and from the rules alone."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from tests.schema.plan.world import Row, World


class Reader(Protocol):
    """What the rules have to know of who asks."""

    @property
    def world(self) -> World: ...
    @property
    def key(self) -> UUID | None: ...
    @property
    def role(self) -> str: ...
    @property
    def released(self) -> bool: ...
    @property
    def provider(self) -> UUID | None: ...
    @property
    def delegation(self) -> UUID | None: ...


def concerns(reader: Reader, row: Row) -> bool:
    """One's own account, orders and matches, and what one did for nobody else."""
    if reader.key is None:
        return False
    if row["match_id"] is not None and not reader.released:
        return False
    acts = reader.delegation is not None
    if acts and row["machine"] == "DELEGATION" and row["aggregate"] != reader.delegation:
        return False
    own_deed = row["actor_id"] == reader.key and row["principal_id"] is None
    sides = {row["person_id"], row["other_id"]} - {None}
    return own_deed or bool(sides & {reader.key}) or row["other_id"] in {reader.provider} - {None}


def came_after_yes(reader: Reader, row: Row, agreed: Callable[[Row], bool]) -> bool:
    """What an acceptor sees of an order: the own match's entries, and what came after its yes."""
    if not reader.released or reader.role not in {"ASSISTANT", "COORDINATOR"}:
        return False
    found = reader.world.those("matches", "order_id", row["order_id"]) if row["order_id"] else []
    standing = [match for match in found if agreed(match)]
    if row["match_id"] is not None:
        others = row["machine"] == "NOMINATION" and reader.role == "ASSISTANT"
        mine = row["match_id"] in {match["id"] for match in standing}
        return mine and row["other_id"] is not None and not others
    yes = [
        entry["at"]
        for match in standing
        for entry in reader.world.those("transitions", "match_id", match["id"])
        if entry["machine"] == "MATCH" and entry["target"] == "ACCEPTED"
    ]
    return row["machine"] == "ORDER" and any(row["at"] >= at for at in yes)
