"""The history of the scene as rows: told and untold, by everybody, before and after a yes."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.schema.plan.scene_cast import DAWN, PEOPLE, PERSON, PROVIDER, Row, key_of
from tests.schema.plan.scene_delegations import ACTING, delegations
from tests.schema.plan.scene_orders import ORDER, WISHES, matches, nominations

_TOLD = ("in_progress", "requested", "awarded", "meeting_set", "contracted", "released")
_TOLD_OF_BRUNO = ("bruno_accepted", "bruno_meeting", "dora_accepted", "emil_withdrawn")
_AGREED = {"ACCEPTED", "ON_HOLD", "REQUESTED", "AWARDED", "MEETING", "CONTRACTED"}
_NOBODY: Row = dict.fromkeys(
    ("actor_id", "principal_id", "person_id", "other_id", "order_id", "match_id")
)
_SEEKER = {wish.label: wish.seeker for wish in WISHES}
_LABEL = {key: label for label, key in ORDER.items()}


def _coordinator(provider: UUID) -> UUID:
    return next(
        PERSON[each.label]
        for each in PEOPLE
        if each.role == "COORDINATOR" and each.speaks_for and PROVIDER[each.speaks_for] == provider
    )


def _step(machine: str, aggregate: UUID, way: str, at: datetime, **more: object) -> Row:
    action, source, target = way.split(":")
    return {
        **_NOBODY,
        "machine": machine,
        "aggregate": aggregate,
        "action": action,
        "source": source,
        "target": target,
        "role": "SYSTEM",
        "on_behalf": False,
        "at": at,
        **more,
    }


def _of_match(match: Row) -> list[Row]:
    """Found, answered, and what became of the answer."""
    order, state = match["order_id"], match["state"]
    told = {"order_id": order, "match_id": match["id"]}
    other = match["assistant_id"] or match["provider_id"]
    both = told | {"person_id": PERSON[_SEEKER[_LABEL[order]]], "other_id": other}
    in_person = match["assistant_id"] is not None
    by = {
        "actor_id": other if in_person else _coordinator(other),
        "role": "ASSISTANT" if in_person else "COORDINATOR",
    }
    at = match["created_at"]
    if state in {"SUGGESTED", "LAPSED", "DECLINED"}:
        way, who = {
            "SUGGESTED": ("SUGGEST::SUGGESTED", {}),
            "LAPSED": ("LAPSE:SUGGESTED:LAPSED", {}),
            "DECLINED": ("DECLINE_ORDER:SUGGESTED:DECLINED", by),
        }[state]
        return [_step("MATCH", match["id"], way, at, **told, **who)]
    steps = [_step("MATCH", match["id"], "ACCEPT_ORDER:SUGGESTED:ACCEPTED", at, **both, **by)]
    if state != "ACCEPTED":
        way = f"{'HOLD' if state in _AGREED else 'END'}:ACCEPTED:{state}"
        later = at + timedelta(days=1)
        steps.append(_step("MATCH", match["id"], way, later, **both, role="SEEKER"))
    return steps


def _of_order(label: str, number: int) -> list[Row]:
    """Released before anybody has said yes, then moved while some have."""
    order, seeker = ORDER[label], PERSON[_SEEKER[label]]
    own = {"order_id": order, "person_id": seeker}
    acting = next((each for each in ACTING.values() if each.principal == _SEEKER[label]), None)
    by: Row = {"actor_id": seeker, "role": "SEEKER"}
    if acting and number % 2:
        by |= {"actor_id": PERSON[acting.delegate], "principal_id": seeker, "on_behalf": True}
    found = [row["created_at"] for row in matches() if row["order_id"] == order]
    middle = sorted(found)[len(found) // 2]
    return [
        _step("ORDER", order, "RELEASE_ORDER:DRAFT:RELEASED", DAWN, **own, **by),
        _step(
            "ORDER",
            order,
            "FIRST_ACCEPTANCE:RELEASED:IN_PROGRESS",
            middle,
            **own,
            role="ASSISTANT" if number % 2 else "COORDINATOR",
        ),
        _step(
            "ORDER", order, "FALL_THROUGH:AWARDED:IN_PROGRESS", middle + timedelta(days=3), **own
        ),
    ]


def _of_people() -> list[Row]:
    """Accounts and delegations; by an officer, by nobody who is known now, by those who act."""
    steps = [
        _step(
            "ACCOUNT",
            PERSON[label],
            "RELEASE_ACCOUNT:REGISTERED:RELEASED",
            DAWN + timedelta(hours=number),
            person_id=PERSON[label],
            actor_id=PERSON["officer"] if number % 3 else None,
            role="CUSTOMER_SERVICE",
        )
        for number, label in enumerate(("anna", "bruno", "paula", "kai", "waiting", "dora", "vera"))
    ]
    steps.append(
        _step(
            "ACCOUNT",
            PERSON["tina"],
            "REGISTER:DRAFT:REGISTERED",
            DAWN,
            person_id=PERSON["tina"],
            role="ANONYMOUS",
        )
    )
    steps += [
        _step(
            "DELEGATION",
            row["id"],
            "ACCEPT_DELEGATION:INVITED:ACTIVE",
            row["created_at"],
            person_id=row["principal_id"],
            other_id=row["delegate_id"],
            actor_id=row["delegate_id"],
            role="REPRESENTATIVE",
        )
        for row in delegations()
    ]
    return steps


def _of_nominations() -> list[Row]:
    known = {row["id"]: row for row in matches()}
    return [
        _step(
            "NOMINATION",
            row["id"],
            "CHOOSE_NOMINEE:NOMINATED:CHOSEN",
            row["created_at"],
            order_id=known[row["match_id"]]["order_id"],
            match_id=row["match_id"],
            person_id=PERSON[_SEEKER[_LABEL[known[row["match_id"]]["order_id"]]]],
            other_id=row["assistant_id"],
            role="SEEKER",
        )
        for row in nominations()
    ]


def transitions() -> list[Row]:
    labels = (*_TOLD, *_TOLD_OF_BRUNO)
    steps = _of_people()
    for number, label in enumerate(labels):
        steps += _of_order(label, number)
        for match in matches():
            if match["order_id"] == ORDER[label]:
                steps += _of_match(match)
    steps += _of_nominations()
    versions: dict[UUID, int] = {}
    rows = []
    for number, step in enumerate(steps):
        versions[step["aggregate"]] = versions.get(step["aggregate"], 0) + 1
        rows.append({"id": key_of(2000 + number), **step, "version": versions[step["aggregate"]]})
    return rows


def audit_seals() -> list[Row]:
    """Of all but a few."""
    return [
        {
            "sequence": number,
            "transition_id": row["id"],
            "actor_code": "a" * 32 if row["actor_id"] else None,
            "principal_code": "b" * 32 if row["principal_id"] else None,
            "hash": f"{number:064x}",
            "sealed_at": row["at"] + timedelta(seconds=50),
        }
        for number, row in enumerate(transitions()[:-7], 1)
    ]
