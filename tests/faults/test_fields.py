"""Every field that takes an id is asked with a document that the graph understands."""

from graphql import build_schema, parse, validate

from domain.ids import uuid7
from faults.fields import fields_with_ids
from faults.scenarios.strangers import without
from faults.scenarios.writers import losses
from portal.graphql import schema
from tests.faults.telling import call
from tests.models.event_race import Run


def test_the_documents_of_all_fields_with_ids_are_valid() -> None:
    graph = build_schema(schema.as_str(), assume_valid=True)
    fields = {each.name: each for each in fields_with_ids(graph)}
    wrong = {name: validate(graph, parse(each.document)) for name, each in fields.items()}
    assert {name: errors for name, errors in wrong.items() if errors} == {}
    assert {"order", "node", "matches", "awardOrder"} <= fields.keys()
    assert not {"viewer", "signOut"} & fields.keys()
    assert fields["awardOrder"].variables({"matchId": "x"}) == {"input": {"matchId": "x"}}
    assert fields["chooseMeeting"].leaves == ["meetingId", "dateId"]


def test_two_answers_are_compared_without_the_id_and_the_reference() -> None:
    one = call(said={"errors": [{"extensions": {"reference": "12ab"}}], "id": "match_1"})
    other = call(said={"errors": [{"extensions": {"reference": "34cd"}}], "id": "match_2"})
    assert without(one, ["match_1"]) == without(other, ["match_2"])
    assert without(one, ["match_2"]) != without(other, ["match_1"])


def test_a_cursor_that_loses_repeats_or_turns_back_is_found() -> None:
    one, two = (uuid7(), 1), (uuid7(), 1)
    assert losses(Run({one, two}, [one, two])) == []
    assert len(losses(Run({one, two}, [one]))) == 1
    assert len(losses(Run({one}, [one, one]))) == 2
    later = (one[0], 2)
    assert losses(Run({one, later}, [later, one])) == [
        "the cursor gave versions in the wrong order"
    ]
