"""What the history has to say, from the columns alone."""

from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.world import Row

_SIDES = {
    "SEEKER": "SEEKER",
    "ASSISTANT": "ACCEPTOR",
    "COORDINATOR": "COORDINATOR",
    "CUSTOMER_SERVICE": "STAFF",
    "ADMINISTRATION": "STAFF",
}


def timeline_entry(eyes: Eyes, row: Row) -> Facts:
    """Sides; to acceptors, one for all of those who answer the order."""
    side = _SIDES.get(row["role"], "SYSTEM")
    answers = {"ASSISTANT", "COORDINATOR"}
    if row["machine"] == "ORDER" and row["role"] in answers and eyes.role in answers:
        side = "ACCEPTOR"
    return {
        **columns(row, "at action"),
        **dict.fromkeys(("actionLabel", "sentence", "stateLabel"), SOMETHING),
        "actorSide": side,
        "actingForSeeker": row["on_behalf"],
        "subject": row["machine"],
        "match": seen(eyes, "Match", row["match_id"]),
        "state": row["target"],
    }


def audit_entry(eyes: Eyes, row: Row) -> Facts:
    """All of it; people only as far as the reader may open their accounts."""
    seal = eyes.world.first("audit_seals", "transition_id", row["id"])
    actor = eyes.world.row("User", row["actor_id"])
    mine = eyes.staff or (eyes.actor is None and row["principal_id"] == eyes.key)
    told = row["on_behalf"] and actor is not None and mine
    return {
        **columns(row, "machine version action source target at onBehalf"),
        "actionLabel": SOMETHING,
        "aggregate": row["aggregate"].hex,
        "actorRole": row["role"],
        "actor": seen(eyes, "User", row["actor_id"]),
        "principal": seen(eyes, "User", row["principal_id"]),
        "actedBy": f"{actor['first_name']} {actor['last_name']}" if told and actor else None,
        "person": seen(eyes, "User", row["person_id"]),
        "order": seen(eyes, "Order", row["order_id"]),
        "match": seen(eyes, "Match", row["match_id"]),
        "sealed": seal is not None,
        "hash": seal and seal["hash"],
    }
