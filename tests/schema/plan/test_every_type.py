"""What only shows when a statement is written: every type, for every kind of viewer."""

from itertools import product

import pytest
from strawberry.types.base import StrawberryList, StrawberryOptional, get_object_definition

from domain.viewer import AccountState, Role
from portal.graphql import Query
from schema.plan.declare import Connected, Relation
from schema.plan.entity import ENTITIES, Entity
from schema.plan.field import Planned, declaration_of
from schema.plan.filters import check_ladder
from schema.plan.full import full
from schema.plan.orm import leads_to_many
from schema.plan.sql import Statement
from schema.plan.visible import Rights
from schema.plan.way import own_way

ONE_BY_A_WALL = (
    ("Order", "myMatch"),
    ("Talk", "answers"),
    ("TalkSlot", "booking"),
    ("User", "talkBooking"),
)
RIGHTS = [
    Rights(role, state, known=known, speaks_for_one=speaks)
    for role, state, known, speaks in product(
        set(Role) - {Role.SYSTEM}, [None, *AccountState], [False, True], [False, True]
    )
]


@pytest.mark.no_cover
@pytest.mark.slow
@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda each: str(each.name))
async def test_a_type_can_be_read_with_any_rights(pool: object, entity: Entity) -> None:
    for rights in RIGHTS:
        text, names = full(entity, rights, None, own_way(entity)).by_key
        assert text.count("SELECT")
        assert set(names) <= {"keys", "viewer", "provider"}


async def test_no_list_is_filtered_by_what_some_viewers_may_not_see(pool: object) -> None:
    root = get_object_definition(Query, strict=True)
    fields = [each for each in root.fields if isinstance(each, Planned)]
    filtered = [
        (each.python_name, declaration_of(each))
        for each in fields
        if isinstance(declaration_of(each), Connected)
    ]
    assert len(filtered) >= 4
    rows = {
        "orders": "Order",
        "matches": "Match",
        "accounts": "User",
        "talk_slots": "TalkSlot",
        "contracts": "Contract",
        "notifications": "Notification",
        "meetings": "Meeting",
        "audit_entries": "AuditEntry",
        "deeds": "AuditEntry",
        "appointments": "Appointment",
        "funding_sources": "FundingSource",
    }
    for name, declared in filtered:
        assert isinstance(declared, Connected)
        if declared.where is not None:
            for rights in RIGHTS:
                entity = ENTITIES[rows[name]]
                reached = Statement(entity, rights, declared.rows).least_stage()
                check_ladder(entity, declared.where, reached)


def _is_list(type_: object) -> bool:
    inner = type_.of_type if isinstance(type_, StrawberryOptional) else type_
    return isinstance(inner, StrawberryList)


async def test_a_relation_to_one_row_cannot_lead_to_several(pool: object) -> None:
    for entity in ENTITIES.values():
        fields = get_object_definition(entity.cls, strict=True).fields
        lists = {each.python_name for each in fields if _is_list(each.type)}
        for member in entity.members.values():
            declared = member.declared
            if not isinstance(declared, Relation) or declared.key or member.python_name in lists:
                continue
            assert entity.model is not None
            many = leads_to_many(entity.model, declared.link or member.python_name)
            # Several matches of an order are never one acceptor's: two UNIQUE constraints.
            # Of bookings and answers a partial UNIQUE index lets one through.
            assert not many or (entity.name, member.name) in ONE_BY_A_WALL
