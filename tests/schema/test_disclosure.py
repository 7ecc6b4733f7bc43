"""Default deny: every field has a policy, and the ladder holds for each role, field and stage."""

from typing import Any

import pytest
import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType

from domain.disclosure import DISCLOSURE, OPEN, STAGE_OF_MATCH, Stage
from domain.states import MatchState
from models.user import User
from portal.graphql import schema
from schema.disclosed import UndeclaredField, disclosed
from schema.plan.entity import entity
from schema.plan.field import column

ROOTS = {"Query", "Mutation", "Subscription"}


def _object_types() -> dict[str, GraphQLObjectType]:
    return {
        name: named
        for name, named in schema._schema.type_map.items()
        if isinstance(named, GraphQLObjectType)
        and name not in ROOTS
        and not name.startswith(("_", "link__"))
    }


def test_every_field_of_every_type_has_a_policy() -> None:
    undeclared = [
        f"{name}.{field}"
        for name, named in _object_types().items()
        for field in named.fields
        if field not in DISCLOSURE.get(name, {})
    ]
    assert undeclared == []


def test_no_policy_stands_for_a_field_that_does_not_exist() -> None:
    types = _object_types()
    stray = [
        f"{name}.{field}"
        for name, fields in DISCLOSURE.items()
        for field in fields
        if name not in types or field not in types[name].fields
    ]
    assert stray == []


def test_every_field_above_open_can_be_null() -> None:
    for name, named in _object_types().items():
        for field, stage in DISCLOSURE[name].items():
            if stage > OPEN:
                assert not str(named.fields[field].type).endswith("!"), f"{name}.{field}"


def test_a_type_with_a_field_without_policy_is_refused() -> None:
    with pytest.raises(UndeclaredField, match=r"Secret\.diagnosis"):

        @disclosed
        @strawberry.type
        class Secret:
            diagnosis: str | None


def test_a_ladder_field_that_cannot_be_null_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DISCLOSURE, "Strict", {"lastName": Stage.CONTRACT})
    with pytest.raises(UndeclaredField, match="nullable"):

        @entity(User, "Somebody.")
        class Strict:
            last_name: str = column("Last name.")


def test_a_type_without_rows_has_nothing_on_the_ladder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DISCLOSURE, "Loose", {"lastName": Stage.CONTRACT})
    with pytest.raises(UndeclaredField, match="needs an entity"):

        @disclosed
        @strawberry.type
        class Loose:
            last_name: str | None


def test_types_with_persons_behind_them_are_on_the_ladder() -> None:
    for name in ("Order", "Seeker", "Assistant", "User", "Talk", "TalkAnswers", "IdentityCheck"):
        fields = DISCLOSURE[name]
        assert any(stage > OPEN for stage in fields.values()), name


# The ladder of the disclosure rules, written out a second time, field by field.
FROM_RELEASE_ON = {
    "Order": {"description", "activities", "windows", "needsDriving", "municipality"},
    "Seeker": set(),
    "Assistant": set(),
}
NEVER_BEFORE_MATCH = {
    "Order": {"seeker"},
    "Seeker": {"firstName", "introduction", "municipality"},
    "Assistant": {"firstName", "introduction", "activities", "languages", "provider"},
}
NEVER_BEFORE_COMMISSION = {"Seeker": {"phone", "mobile"}, "Assistant": {"phone", "mobile"}}
NEVER_BEFORE_CONTRACT = {
    "Seeker": {"lastName", "street", "postcode", "email"},
    "Assistant": {"lastName", "email"},
}
NEVER_TO_THE_OTHER_SIDE = {
    "Seeker": {"needs", "windows", "actingFor", "introductionWarnings"},
    "Assistant": {"windows", "radiusKm", "introductionWarnings"},
    "Order": {"matches", "suggestedCount", "acceptedCount", "draftIssues", "draftProblems"},
    "TalkAnswers": {"careGrade", "payer", "usesReliefAmount", "hasIntegrationAssistance"},
}


@pytest.mark.parametrize(
    ("table", "first"),
    [
        (FROM_RELEASE_ON, Stage.RELEASED),
        (NEVER_BEFORE_MATCH, Stage.MATCH),
        (NEVER_BEFORE_COMMISSION, Stage.COMMISSION),
        (NEVER_BEFORE_CONTRACT, Stage.CONTRACT),
    ],
)
def test_a_field_appears_at_its_stage_and_not_before(
    table: dict[str, set[str]], first: Stage
) -> None:
    for name, fields in table.items():
        for field in fields:
            assert DISCLOSURE[name][field] is first, f"{name}.{field}"


def test_what_is_only_for_the_person_and_staff_is_shown_at_no_stage_of_a_match() -> None:
    for name, fields in NEVER_TO_THE_OTHER_SIDE.items():
        for field in fields:
            assert DISCLOSURE[name][field] in {Stage.STAFF, Stage.OWN}, f"{name}.{field}"


STAGES = {
    MatchState.SUGGESTED: Stage.RELEASED,
    MatchState.ACCEPTED: Stage.MATCH,
    MatchState.ON_HOLD: Stage.MATCH,
    MatchState.REQUESTED: Stage.COMMISSION,
    MatchState.AWARDED: Stage.COMMISSION,
    MatchState.MEETING: Stage.COMMISSION,
    MatchState.CONTRACTED: Stage.CONTRACT,
    MatchState.DECLINED: Stage.COUNTING,
    MatchState.WITHDRAWN: Stage.COUNTING,
    MatchState.LAPSED: Stage.COUNTING,
}


@pytest.mark.parametrize("state", list(MatchState))
def test_each_state_of_a_match_gives_its_stage(state: MatchState) -> None:
    assert STAGE_OF_MATCH.get(state, Stage.COUNTING) is STAGES[state]


def test_interfaces_promise_no_more_than_their_types() -> None:
    person: Any = schema._schema.type_map["Person"]
    assert isinstance(person, GraphQLInterfaceType)
    for field in set(person.fields) - {"id"}:
        assert not str(person.fields[field].type).endswith("!"), field
