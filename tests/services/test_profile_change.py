"""What people say of themselves later: what changes, what stays, and what it means for matching."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from domain.errors import (
    DomainError,
    FieldRequired,
    GroupRequired,
    NumberOutOfRange,
    PostcodeUnknown,
    ProfileFieldForeign,
    RoleNotAllowed,
    Stale,
    StateRefused,
)
from domain.states import ApplicationState
from domain.user import Employment
from domain.viewer import AccountState, Role
from domain.window import Window, windows_of
from models.application import Application
from models.district import Municipality
from models.match import Match
from models.quality import AssistantQuality
from models.user import Assistant, AssistantActivity, Need, Seeker, User
from notifications.language import Language
from services.application import attach_to_provider
from services.profile_change import Change, update_profile
from tests.people import (
    SHOPPING,
    Place,
    make_assistant,
    make_coordinator,
    make_provider,
    make_seeker,
    make_user,
    viewer_for,
)
from tests.services.scenes import released, seeker_of, suggest
from tests.services.test_application import a_house
from tests.staging import everything

OTHER, STATED = "BEG_SPAZIERGANG", "ALL_NICHTRAUCHER"
MORNINGS = (Window(1, "08:00", "12:00"),)


def saying(**said: Any) -> Change:
    return Change(said, "03155")


@pytest.mark.parametrize("make", [make_seeker, make_assistant])
async def test_the_language_of_mails_changes_and_stays_when_nothing_is_said_of_it(
    place: Place, make: Callable[[Place], Awaitable[User]]
) -> None:
    viewer = await viewer_for(await make(place))
    changed = await update_profile(viewer, None, Change({}, "03155", Language.EN))
    assert changed.language == "en"
    assert (await update_profile(viewer, None, saying(mobile="0170 55"))).language == "en"


async def test_a_seeker_changes_everything_but_the_name(place: Place) -> None:
    user = await make_seeker(place)
    there = await Municipality.create(
        district_id="03155",
        name="Uslar",
        postcodes=["37170"],
        latitude=51.66,
        longitude=9.63,
        population=1,
    )
    change = saying(
        introduction="Neu.",
        street="Anderswo 1",
        postcode="37170",
        phone="",
        mobile="0170 99",
        needs=[OTHER],
        windows=MORNINGS,
    )
    found = await update_profile(await viewer_for(user), None, change)
    assert (found.street, found.postcode, found.phone, found.mobile) == (
        "Anderswo 1",
        "37170",
        None,
        "0170 99",
    )
    assert (found.municipality_id, found.version) == (there.id, user.version + 1)
    seeker = await Seeker.get(id=user.id)
    assert (seeker.introduction, tuple(windows_of(seeker.week))) == ("Neu.", MORNINGS)
    assert [each.activity_id for each in await Need.filter(seeker_id=user.id)] == [OTHER]


async def test_what_is_left_out_stays_as_it_is(place: Place) -> None:
    user = await make_seeker(place)
    before = await Seeker.get(id=user.id)
    await update_profile(await viewer_for(user), None, saying(introduction="Neu."))
    after, account = await Seeker.get(id=user.id), await User.get(id=user.id)
    assert (after.week, after.acting_for) == (before.week, before.acting_for)
    assert (account.phone, account.street, account.first_name) == (
        user.phone,
        user.street,
        user.first_name,
    )
    assert await Need.filter(seeker_id=user.id).count() == 1


async def test_an_assistant_who_goes_less_far_is_not_asked_any_more(place: Place) -> None:
    order = await released(await seeker_of(place))
    user = await make_assistant(place)
    await suggest(order.id)
    assert await Match.filter(assistant_id=user.id, state="SUGGESTED").exists()
    change = saying(activities=[OTHER], qualities=[STATED], languages=["de", "tr"])
    await update_profile(await viewer_for(user), None, change)
    await suggest(order.id)
    assert not await Match.filter(assistant_id=user.id, state="SUGGESTED").exists()
    activities = await AssistantActivity.filter(assistant_id=user.id)
    assert [each.activity_id for each in activities] == [OTHER]
    stated = await AssistantQuality.filter(assistant_id=user.id)
    assert [each.quality_id for each in stated] == [STATED]
    assert (await Assistant.get(id=user.id)).languages == "de tr"


async def test_whoever_works_self_employed_from_now_on_leaves_the_provider(place: Place) -> None:
    house, _lead = await a_house(place)
    other = await make_provider(place)
    await make_coordinator(place, other)
    user = await make_assistant(place, provider=house)
    await Application.create(user_id=user.id, provider_id=house.id, state="APPROVED")
    viewer = await viewer_for(user)
    await attach_to_provider(viewer, None, other.id)
    await update_profile(viewer, None, saying(employment=Employment.SELF_EMPLOYED))
    assistant = await Assistant.get(id=user.id)
    assert (assistant.provider_id, assistant.proofs_until) == (None, None)
    applied = await Application.filter(user_id=user.id).order_by("id")
    ended = [ApplicationState.ENDED, ApplicationState.WITHDRAWN]
    assert [each.state for each in applied] == ended


async def test_whoever_works_self_employed_no_longer_may_apply_to_a_provider(place: Place) -> None:
    house, _lead = await a_house(place)
    user = await make_assistant(place)
    viewer = await viewer_for(user)
    await update_profile(viewer, None, saying(employment=Employment.EMPLOYED))
    application = await attach_to_provider(viewer, None, house.id)
    assert application.state is ApplicationState.WAITING


async def test_the_same_employment_changes_nothing_about_the_provider(place: Place) -> None:
    house, _lead = await a_house(place)
    user = await make_assistant(place, provider=house)
    employment = (await Assistant.get(id=user.id)).employment
    await update_profile(await viewer_for(user), None, saying(employment=employment))
    assert (await Assistant.get(id=user.id)).provider_id == house.id


async def test_coordinators_and_representatives_change_how_they_are_reached(place: Place) -> None:
    people = [
        await make_coordinator(place, await make_provider(place)),
        await make_user(Role.REPRESENTATIVE, place, released=False),
    ]
    for user in people:
        found = await update_profile(await viewer_for(user), None, saying(mobile="0170 5"))
        assert found.mobile == "0170 5"
        with pytest.raises(ProfileFieldForeign):
            await update_profile(await viewer_for(user), None, saying(introduction="Neu."))


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"postcode": "99999"}, PostcodeUnknown),
        ({"postcode": ""}, FieldRequired),
        ({"phone": "", "mobile": ""}, GroupRequired),
        ({"phone": ""}, GroupRequired),
        ({"radiusKm": 5}, ProfileFieldForeign),
        ({"firstName": "Neu"}, ProfileFieldForeign),
        ({"email": "neu@anderswo.example"}, ProfileFieldForeign),
    ],
)
async def test_what_is_refused_changes_nothing(
    place: Place, said: dict[str, Any], refusal: type[DomainError]
) -> None:
    viewer = await viewer_for(await make_seeker(place))
    before = await everything()
    with pytest.raises(refusal):
        await update_profile(viewer, None, saying(introduction="Neu.", **said))
    assert await everything() == before


async def test_an_assistant_offers_something_and_goes_somewhere(place: Place) -> None:
    viewer = await viewer_for(await make_assistant(place))
    for said, refusal in (
        ({"activities": []}, FieldRequired),
        ({"languages": []}, FieldRequired),
        ({"radiusKm": 0}, NumberOutOfRange),
    ):
        with pytest.raises(refusal):
            await update_profile(viewer, None, saying(**said))


async def test_a_second_window_is_told_that_the_first_was_faster(place: Place) -> None:
    user = await make_seeker(place)
    viewer = await viewer_for(user)
    await update_profile(viewer, None, saying(introduction="Erst."), user.version)
    with pytest.raises(Stale):
        await update_profile(viewer, None, saying(introduction="Zu spät."), user.version)


async def test_staff_and_accounts_that_are_about_to_go_change_nothing(place: Place) -> None:
    with pytest.raises(RoleNotAllowed):
        await update_profile(await viewer_for(place.officer), None, saying(phone="1"))
    user = await make_seeker(place)
    viewer = await viewer_for(user)
    await User.filter(id=user.id).update(state=AccountState.DELETION_REQUESTED)
    with pytest.raises(StateRefused):
        await update_profile(viewer, None, saying(needs=[SHOPPING]))
