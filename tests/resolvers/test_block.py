"""Blocks through the graph: the own ones with the name that was seen, and nobody else's."""

from models.match import Match
from services.match import accept_order
from tests.graph import As
from tests.orders import ask, make_order
from tests.people import Place, make_assistant, make_seeker, viewer_for

BLOCKS = "... on BlocksChanged { blocks { id name } }"


async def test_who_blocks_sees_the_name_that_was_seen_and_the_other_side_nothing(
    as_: As, place: Place
) -> None:
    seeker, helper, shy = [
        await make_seeker(place),
        await make_assistant(place),
        await make_assistant(place),
    ]
    await ask(await make_order(seeker))
    match, other = [await Match.get(assistant_id=each.id) for each in (helper, shy)]
    await accept_order(await viewer_for(helper), None, match.id)
    mine = await as_(seeker)
    given = {"matchId": f"match_03155_{match.id.hex}"}
    done = await mine.do("blockUser", given, BLOCKS)
    assert [each["name"] for each in done["blocks"]] == [helper.first_name]
    assert (await (await as_(helper)).data("{ blocks { id } }"))["blocks"] == []
    assert (await (await as_(place.officer)).data("{ blocks { id } }"))["blocks"] == []
    theirs = await (await as_(shy)).do(
        "blockUser", {"matchId": f"match_03155_{other.id.hex}"}, BLOCKS
    )
    assert [each["name"] for each in theirs["blocks"]] == [None]
    left = await mine.do("unblockUser", {"blockId": done["blocks"][0]["id"]}, BLOCKS)
    assert left["blocks"] == []
