"""Reports over the graph: told by those concerned, read by staff, shown to nobody else."""

from models.match import Match
from services.match import accept_order
from tests.graph import As
from tests.orders import ask, make_order
from tests.people import Place, make_assistant, make_seeker, viewer_for

REPORTS = """{ reports { totalCount nodes { id reason note handledAt
  reporter { id } subject { id lastName } provider { id } } } }"""


async def test_a_report_reaches_the_desk_and_nobody_else(as_: As, place: Place) -> None:
    seeker, helper = await make_seeker(place), await make_assistant(place)
    await ask(await make_order(seeker))
    match = await Match.get(assistant_id=helper.id)
    await accept_order(await viewer_for(helper), None, match.id)
    mine = await as_(seeker)
    said = {"matchId": f"match_03155_{match.id.hex}", "reason": "SAFETY", "note": "Bitte anrufen."}
    done = await mine.do("reportUser", said, "... on ReportReceived { message nextStep }")
    assert "Kundenservice" in done["message"]
    for user in (seeker, helper):
        assert (await (await as_(user)).data(REPORTS))["reports"]["totalCount"] == 0
    desk = await as_(place.officer)
    (report,) = (await desk.data(REPORTS))["reports"]["nodes"]
    assert report["note"] == "Bitte anrufen."
    assert report["reporter"] == {"id": f"user_03155_{seeker.id.hex}"}
    assert report["subject"]["lastName"] == helper.last_name
    assert report["provider"] is None
    handled = "... on ReportHandled { message }"
    done = await desk.do("handleReport", {"reportId": report["id"]}, handled)
    assert done["message"]
    assert (await desk.data(REPORTS))["reports"]["totalCount"] == 0
