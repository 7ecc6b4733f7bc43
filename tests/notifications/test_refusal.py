"""Refusals in words."""

import re
from collections.abc import Sequence
from itertools import product

import pytest

from domain.consent import ConsentKind
from domain.contract_state import CONTRACT
from domain.errors import (
    DomainError,
    FieldRequired,
    GroupRequired,
    RateLimited,
    StateRefused,
    refusal_classes,
)
from domain.form import FORMS
from domain.machine import Machine
from domain.match import MatchAction
from domain.order import OrderAction
from domain.permissions import Doer, left_to
from domain.states import ACCOUNT, MACHINES, MATCH, ORDER
from domain.viewer import Role
from notifications.language import Language, labels, placeholders
from notifications.refusal import explain, explain_value
from schema.misfit import MISSING


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "1 second "),
        (2, "2 seconds "),
        (90, "90 seconds "),
        (91, "2 minutes "),
        (3550, "60 minutes "),
    ],
)
def test_a_wait_is_told_in_seconds_or_minutes_one_of_them_in_the_singular(
    seconds: int, said: str
) -> None:
    assert said in explain(RateLimited(seconds=seconds, what="MAIL"), Language.EN).remedy


@pytest.mark.parametrize("language", Language)
def test_a_state_is_told_in_words_and_not_as_a_code(language: Language) -> None:
    explained = explain(StateRefused(state="RELEASED", action="UPDATE_ORDER"), language)
    assert "RELEASED" not in explained.message + explained.remedy


PLACEHOLDER = re.compile(r"\{\w+\}")
# A code of the programs, or a field's name among them: nothing that a person knows.
CODE = re.compile(r"\b(?!DSGVO\b|GDPR\b|JSON\b|EUTB\b)[A-Z_]{4,}\b|\b[a-z]+[A-Z]\w*")
# What a refusal's placeholders are filled with; states and actions are told with each other.
SAMPLES: dict[str, Sequence[str | int]] = {
    "fields": [", ".join(group) for each in FORMS.values() for group in each.groups],
    "kind": [each.value for each in ConsentKind],
    "action": [each.value for each in MatchAction],
    "seconds": [1, 90, 3550],
    "what": [
        "SIGN_IN",
        "REGISTRATION",
        "DRAFT",
        "CALENDAR",
        "MAIL",
        "REPORT",
        "MESSAGE",
        "NUMBER",
        "ORDER",
        "REQUEST",
    ],
    "district": ["03155"],
    "figure": ["bezugsgroesse"],
    "day": ["2026-03-01"],
    "doers": [", ".join([*Role, *Doer])],
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("refused", refusal_classes(), ids=lambda cls: cls.code)
def test_no_refusal_says_a_code(refused: type[DomainError], language: Language) -> None:
    wanted = placeholders(
        "".join(
            labels(language)[f"refusals.{refused.code}.{part}"] for part in ("message", "remedy")
        )
    )
    several = [[(name, each) for each in SAMPLES.get(name, [7])] for name in sorted(wanted)]
    for values in product(*several):
        refusal = refused()
        refusal.params = dict(values)
        explained = explain(refusal, language)
        assert not CODE.findall(f"{explained.message} {explained.remedy}")


ACTIONS: dict[str, Machine] = {
    **{action: machine for machine in MACHINES for action in machine.actions},
    **dict.fromkeys(OrderAction, ORDER),
    **dict.fromkeys((each for each in MatchAction if each not in MATCH.actions), MATCH),
    **dict.fromkeys(("UPDATE_PROFILE", "RECORD_EVIDENCE", "BOOK_TALK", "SEND_PHONE_CODE"), ACCOUNT),
    **dict.fromkeys(("PROPOSE_MEETINGS", "SEND_MESSAGE"), MATCH),
    **dict.fromkeys(("PLAN_APPOINTMENTS", "PROPOSE_APPOINTMENT"), CONTRACT),
}


@pytest.mark.parametrize("language", Language)
def test_every_state_is_told_in_the_words_of_what_was_to_be_done(language: Language) -> None:
    known = labels(language)
    for action, machine in ACTIONS.items():
        for state in machine.states:
            said = explain(StateRefused(state=state.value, action=str(action)), language).message
            assert known[f"states.{machine.name}.{state.value}"] in said, (action, state)
    for action in ("CONFIRM_SECOND_FACTOR", "RENEW_RECOVERY_CODES"):
        assert "NONE" not in explain(StateRefused(state="NONE", action=action), language).message


@pytest.mark.parametrize("language", Language)
def test_no_text_for_people_says_a_code(language: Language) -> None:
    spoken = ("next_steps", "answers", "actions", "states", "enums", "timeline", "errors")
    for key, said in labels(language).items():
        if key.split(".")[0] in spoken:
            assert not CODE.findall(PLACEHOLDER.sub("7", said)), key


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("doer", [*Role, *Doer])
def test_whoever_may_not_is_told_who_does(doer: Role | Doer, language: Language) -> None:
    assert labels(language)[f"enums.doer.{doer}"] in explain(left_to(doer), language).remedy


ASKING = {
    Language.DE: re.compile(r"\b([Bb]itte|Sie)\b"),
    Language.LEICHT: re.compile(r"\b([Bb]itte|Sie)\b"),
    Language.EN: re.compile(r"\b([Pp]lease|[Yy]ou)\b"),
}


@pytest.mark.parametrize("language", Language)
def test_every_remedy_speaks_to_whoever_reads_it(language: Language) -> None:
    remedies = {key: said for key, said in labels(language).items() if key.endswith(".remedy")}
    assert {key.split(".")[0] for key in remedies} >= {"refusals", "values", "errors"}
    for key, said in remedies.items():
        assert ASKING[language].search(said), key


def test_fields_are_called_as_the_form_calls_them() -> None:
    names = "phone, mobile"
    for language in Language:
        said = explain(GroupRequired(field="phone", fields=names), language).message
        assert all(labels(language)[f"forms.label.{each}"] in said for each in names.split(", "))


@pytest.mark.parametrize("language", Language)
def test_what_is_missing_is_called_as_the_form_calls_it(language: Language) -> None:
    known = labels(language)
    for name in {field.name for form in FORMS.values() for field in form.fields}:
        label = known[f"forms.label.{name}"]
        assert label in explain(FieldRequired(field=name), language).remedy
        for place in (name, f"input.{name}", f"input.{name}.0"):
            assert label in explain_value(MISSING, language, place).remedy
    for name in ("text", "payer", "datedOn", "validUntil", "quality"):  # asked for by no form
        assert known[f"fields.{name}"] in explain(FieldRequired(field=name), language).remedy


@pytest.mark.parametrize("language", Language)
def test_what_is_missing_and_has_no_label_is_called_a_field(language: Language) -> None:
    plain = labels(language)["refusals.FIELD_REQUIRED.remedy"]
    for name in (None, "nobodyKnowsIt"):
        assert explain(FieldRequired(field=name), language).remedy == plain
        assert explain_value(MISSING, language, name).remedy == plain
    elsewhere = GroupRequired(field="phone", fields="phone")
    assert explain(elsewhere, language).remedy == labels(language)["refusals.GROUP_REQUIRED.remedy"]
