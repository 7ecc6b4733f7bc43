"""An order on which something has happened, and what its seeker is told of it."""

from typing import Any

from models.match import Match
from models.user import User
from services.commission import award_order
from services.match import accept_order, decline_order
from tests.people import Place, make_assistant, make_seeker, viewer_for
from tests.services.scenes import asked, released


class Scene:
    """An order with two acceptors one after the other, one who declined, and one who was asked."""

    def __init__(self, people: dict[str, User], order: Any, matches: dict[str, Match]) -> None:
        self.people = people
        self.order = order
        self.matches = matches


async def make_scene(place: Place) -> Scene:
    """Two say yes one after the other, one says no, one says nothing; the second is chosen."""
    people = {"seeker": await make_seeker(place)}
    for label in ("first", "second", "no", "silent"):
        people[label] = await make_assistant(place)
    seeker = await viewer_for(people["seeker"])
    order = await released(seeker)
    matches = {
        label: (await asked(order.id, people[label]))[0]
        for label in ("first", "second", "no", "silent")
    }
    for label in ("first", "second"):
        await accept_order(await viewer_for(people[label]), None, matches[label].id)
    await decline_order(await viewer_for(people["no"]), None, matches["no"].id)
    await award_order(seeker, None, matches["second"].id)
    return Scene(people, order, matches)


OWN = [
    "ORDER RELEASE_ORDER SEEKER",
    "MATCH ACCEPT_ORDER ACCEPTOR",
    "ORDER FIRST_ACCEPTANCE ACCEPTOR",
    "MATCH ACCEPT_ORDER ACCEPTOR",
    "MATCH AWARD_ORDER SEEKER",
    "MATCH HOLD SEEKER",
    "ORDER AWARD_ORDER SEEKER",
]
