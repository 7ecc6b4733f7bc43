"""Every transition says whom it concerns and what it belongs to, and in which role it was done."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.states import ACCOUNT, APPLICATION, MACHINES, TALK
from models.concern import CONCERNS, of_match
from models.database import fetch
from models.match import Match
from services import clock
from services.match import accept_order, decline_order, withdraw_acceptance
from services.order import create_order, release_order
from services.session import viewer_acting
from services.transition import transition
from tests.people import Place, make_coordinator, make_provider, make_seeker, viewer_for
from tests.services.delegating import acting
from tests.services.scenes import answering, released, seeker_of, weekly
from tests.staging import staged

pytestmark = pytest.mark.usefixtures("database")

COLUMNS = "action, role, on_behalf, person_id, other_id, order_id, match_id"


async def told(aggregate: UUID) -> list[tuple[Any, ...]]:
    rows = await fetch(
        f"SELECT {COLUMNS} FROM transitions WHERE aggregate = $1 ORDER BY version",  # noqa: S608  our own names
        aggregate,
    )
    return [tuple(row.values()) for row in rows]


async def test_every_machine_says_whom_its_entries_concern() -> None:
    missing = {machine.name for machine in MACHINES} - set(CONCERNS)
    assert not missing, f"add a line for each to CONCERNS in models/concern.py: {missing}"


async def test_a_match_concerns_both_sides_from_acceptance_on_and_nobody_before(
    place: Place,
) -> None:
    seeker, order, (first, second), (taken, declined) = await answering(place, 2)
    await accept_order(first, None, taken.id)
    await withdraw_acceptance(first, None, taken.id)
    await decline_order(second, None, declined.id)
    both, of = (seeker.id, first.id), (order.id, taken.id)
    assert await told(taken.id) == [
        ("SUGGEST", "SYSTEM", False, None, None, *of),
        ("ACCEPT_ORDER", "ASSISTANT", False, *both, *of),
        ("WITHDRAW_ACCEPTANCE", "ASSISTANT", False, *both, *of),
    ]
    assert await told(declined.id) == [
        ("SUGGEST", "SYSTEM", False, None, None, order.id, declined.id),
        ("DECLINE_ORDER", "ASSISTANT", False, None, None, order.id, declined.id),
    ]
    assert await told(order.id) == [
        (action, role, False, seeker.id, None, order.id, None)
        for action, role in (
            ("RELEASE_ORDER", "SEEKER"),
            ("FIRST_ACCEPTANCE", "ASSISTANT"),
            ("LAST_ACCEPTANCE_GONE", "ASSISTANT"),
        )
    ]


async def test_the_other_side_of_a_provider_s_match_is_the_provider(place: Place) -> None:
    seeker, house = await seeker_of(place), await make_provider(place)
    coordinator = await viewer_for(await make_coordinator(place, house))
    order = await released(seeker)
    match = await Match.get(order_id=order.id)
    await accept_order(coordinator, None, match.id)
    (_, accepted) = await told(match.id)
    assert accepted == (
        "ACCEPT_ORDER",
        "COORDINATOR",
        False,
        seeker.id,
        house.id,
        order.id,
        match.id,
    )


async def test_what_is_done_for_somebody_is_told_as_theirs(place: Place) -> None:
    seeker = await make_seeker(place)
    _helper, delegation, secret = await acting(place, seeker)
    viewer = await viewer_acting(secret, delegation.id, clock.now())
    order = await create_order(viewer, None, weekly())
    await release_order(viewer, None, order.id)
    assert await told(order.id) == [
        ("RELEASE_ORDER", "SEEKER", True, seeker.id, None, order.id, None)
    ]
    assert await told(delegation.id) == [
        (
            "ACCEPT_DELEGATION",
            "REPRESENTATIVE",
            False,
            seeker.id,
            delegation.delegate_id,
            None,
            None,
        )
    ]


async def test_what_is_not_about_an_order_concerns_its_person(owner_url: str, place: Place) -> None:
    steps = ((TALK, "BOOKED", "HOLD_TALK"), (APPLICATION, "WAITING", "APPROVE_APPLICATION"))
    for machine, state, action in steps:
        row = await staged(owner_url, machine, state, place)
        role = min(machine.roles(action))
        viewer = replace(await viewer_for(place.officer), role=role)
        await transition(machine, row, action, viewer)
        (person,) = await fetch(f"SELECT user_id FROM {machine.table} WHERE id = $1", row)  # noqa: S608  our own name
        assert await told(row) == [(action, role, False, person["user_id"], None, None, None)]


async def test_an_account_concerns_itself(place: Place) -> None:
    seeker = (await make_seeker(place)).id
    officer = await viewer_for(place.officer)
    await transition(ACCOUNT, seeker, "SUSPEND_ACCOUNT", officer)
    assert await told(seeker) == [
        ("SUSPEND_ACCOUNT", officer.role.value, False, seeker, None, None, None)
    ]


async def test_what_belongs_to_a_match_finds_both_sides_by_it(place: Place) -> None:
    seeker, order, (helper,), (match,) = await answering(place, 1)
    found = of_match("moved.match_id")
    (row,) = await fetch(
        f"SELECT {found.person} AS person, {found.other} AS other, {found.order} AS ordered, "  # noqa: S608  our own words
        f"{found.match} AS match FROM (SELECT $1::uuid AS match_id) AS moved",
        match.id,
    )
    assert row == {
        "person": seeker.id,
        "other": helper.id,
        "ordered": order.id,
        "match": match.id,
    }
