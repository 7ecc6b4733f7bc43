"""What a delegation has to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, columns
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row


def delegation(eyes: Eyes, row: Row) -> Facts:
    """The other side's name is told by degrees."""
    desk = row["delegate_id"] is None
    acts = row["delegate_id"] == (eyes.actor or eyes.key)
    acts = (eyes.staff or eyes.actor is not None) if desk else acts
    first, whole = _name(eyes, row["principal_id"])
    principal = whole if not acts or eyes.staff or row["state"] == "ACTIVE" else None
    if acts and not eyes.staff and row["state"] == "INVITED":
        principal = first
    agreed = not desk and (acts or row["state"] == "ACTIVE")
    return {
        **columns(row, "version kind state email validUntil createdAt"),
        **dict.fromkeys(("kindLabel", "stateLabel", "availableActions"), SOMETHING),
        "yoursToAct": acts,
        "principalName": principal,
        "delegateName": _name(eyes, row["delegate_id"])[1] if agreed else None,
    }


def _name(eyes: Eyes, key: object) -> tuple[str, str]:
    user = eyes.world.first("users", "id", key)
    assert user is not None
    return user["first_name"], f"{user['first_name']} {user['last_name']}"
