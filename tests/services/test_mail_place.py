"""Where mails lead: to the view of what their news is about, as long as there is one."""

from domain.ids import uuid7
from models.user import User
from services.mail_place import place_of
from services.match import accept_order, withdraw_acceptance
from tests.people import Place
from tests.services.funding import approved
from tests.services.scenes import answering, seeker_of

HERE = "03155"


async def test_a_mail_leads_to_what_it_is_about_while_that_can_be_seen(place: Place) -> None:
    seeker, order, helpers, matches = await answering(place, 1)
    owner, helper = await User.get(id=seeker.id), await User.get(id=helpers[0].id)
    match = matches[0]
    assert await place_of(match.id, helper, HERE) == ""  # a suggestion stands in the list
    await accept_order(helpers[0], None, match.id)
    for reader in (owner, helper):
        assert await place_of(match.id, reader, HERE) == f"#match=match_{HERE}_{match.id.hex}"
    assert await place_of(order.id, owner, HERE) == f"#order=order_{HERE}_{order.id.hex}"
    assert await place_of(order.id, helper, HERE) == ""
    await withdraw_acceptance(helpers[0], None, match.id)
    assert await place_of(match.id, owner, HERE) == ""


async def test_a_mail_about_funding_leads_the_person_to_the_own_sources(place: Place) -> None:
    seeker, other = [await seeker_of(place) for _ in range(2)]
    row = await approved(seeker)
    owner, stranger = await User.get(id=seeker.id), await User.get(id=other.id)
    assert await place_of(row.id, owner, HERE) == f"#funding=fundingsource_{HERE}_{row.id.hex}"
    assert await place_of(row.id, stranger, HERE) == ""


async def test_other_mails_lead_to_the_start(place: Place) -> None:
    seeker, _order, _helpers, matches = await answering(place, 1)
    owner = await User.get(id=seeker.id)
    assert await place_of(None, owner, HERE) == ""
    assert await place_of(uuid7(), owner, HERE) == ""
    officer = await User.get(id=place.officer.id)
    assert await place_of(matches[0].id, officer, HERE) == ""
