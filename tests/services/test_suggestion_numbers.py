"""The live numbers and the set that is shown the order, people and providers apart."""

from random import Random

import pytest

from domain.match import AcceptorKind
from models.match import Match
from services.match import available
from services.order import release_order
from tests.people import SHOPPING, Place, make_assistant, make_coordinator, make_provider
from tests.services.scenes import draft, seeker_of, suggest

COOKING = "HAU_KOCHEN"


@pytest.mark.parametrize("seed", range(4))
async def test_the_live_numbers_are_those_of_who_is_shown_the_order(
    place: Place, seed: int
) -> None:
    random = Random(seed)
    both = [SHOPPING, COOKING]
    for _ in range(random.randint(0, 7)):
        await make_assistant(place, *random.sample(both, random.choice([1, 2])))
    for _ in range(random.randint(1, 3)):
        house = await make_provider(place, *random.sample(both, random.choice([1, 2])))
        await make_coordinator(place, house)
    seeker = await seeker_of(place)
    order = await draft(seeker, activities=(random.choice(both),))
    found = await available(seeker, order.id)
    await release_order(seeker, None, order.id)
    await suggest(order.id)
    kinds = [match.kind for match in await Match.filter(order_id=order.id)]
    assert kinds.count(AcceptorKind.ASSISTANT) == found.count
    assert kinds.count(AcceptorKind.PROVIDER) == found.providers
    again = await available(seeker, order.id)
    assert (again.count, again.providers) == (found.count, found.providers)
