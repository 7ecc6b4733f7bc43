"""Sessions, forgotten passwords and suspended accounts through the graph."""

from domain.viewer import Role
from models.session import Session
from tests.graph import As, Client
from tests.people import Place, make_seeker, make_user

SESSIONS = "{ sessions { id current } }"


async def test_everybody_sees_and_ends_the_own_sessions_and_no_others(
    as_: As, place: Place
) -> None:
    user, other = await make_seeker(place), await make_seeker(place)
    phone, desktop, stranger = await as_(user), await as_(user), await as_(other)
    (newest, oldest) = (await phone.data(SESSIONS))["sessions"]
    assert (newest["current"], oldest["current"]) == (False, True)
    left = "... on SessionsChanged { sessions { current } }"
    refused = await stranger.do("revokeSession", {"sessionId": newest["id"]}, left)
    assert refused["code"] == "NOT_FOUND"
    done = await phone.do("revokeSession", {"sessionId": newest["id"]}, left)
    assert done["sessions"] == [{"current": True}]
    assert (await desktop.data("{ viewer { role } }"))["viewer"]["role"] == "ANONYMOUS"
    again = await phone.do("revokeSession", {"sessionId": newest["id"]}, left)
    assert again["__typename"] == "SessionsChanged"


async def test_all_other_sessions_end_together(as_: As, place: Place) -> None:
    user = await make_seeker(place)
    clients = [await as_(user) for _ in range(3)]
    done = await clients[1].do("revokeOtherSessions", {}, "... on SessionsChanged { message }")
    assert done["message"]
    assert await Session.filter(user_id=user.id, revoked_at__isnull=True).count() == 1
    found = [(await each.data("{ viewer { role } }"))["viewer"]["role"] for each in clients]
    assert found == ["ANONYMOUS", "SEEKER", "ANONYMOUS"]


async def test_who_is_not_signed_in_has_no_sessions(anonymous: Client) -> None:
    assert (await anonymous.data(SESSIONS))["sessions"] == []
    refused = await anonymous.do("revokeOtherSessions", {}, "")
    assert refused["code"] == "SIGN_IN_REQUIRED"


async def test_the_desk_stops_an_account_by_the_button_that_is_offered(
    as_: As, place: Place
) -> None:
    user = await make_seeker(place)
    desk, seeker = await as_(place.officer), await as_(user)
    fields = "... on User { state availableActions { code available } }"
    given = {"userId": f"user_03155_{user.id.hex}"}
    done = await desk.do("suspendAccount", given | {"reason": "REPORTED"}, fields)
    assert done["state"] == "SUSPENDED"
    assert {"code": "REINSTATE_ACCOUNT", "available": True} in done["availableActions"]
    assert (await seeker.data("{ viewer { role } }"))["viewer"]["role"] == "ANONYMOUS"
    done = await desk.do("reinstateAccount", given, fields)
    assert {"code": "SUSPEND_ACCOUNT", "available": True} in done["availableActions"]


async def test_an_officer_is_not_offered_to_stop_the_own_account(as_: As, place: Place) -> None:
    other = await make_user(Role.ADMINISTRATION, place)
    query = "query($id: ID!) { node(id: $id) { ... on User { availableActions { code } } } }"
    desk = await as_(place.officer)
    for user, offered in ((place.officer, False), (other, True)):
        node = (await desk.data(query, id=f"user_03155_{user.id.hex}"))["node"]
        codes = {each["code"] for each in node["availableActions"]}
        assert ("SUSPEND_ACCOUNT" in codes) is offered


async def test_asking_for_a_new_password_is_answered_alike_for_every_address(
    anonymous: Client, place: Place
) -> None:
    user = await make_seeker(place)
    fields = "... on LinkSent { message nextStep }"
    known = await anonymous.do("requestPasswordReset", {"email": user.email}, fields)
    unknown = await anonymous.do("requestPasswordReset", {"email": "a@b.example"}, fields)
    assert known == unknown
