"""The catalogues: complete in every language, and plain where they promise to be."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity import CATALOGUE, GROUPS
from domain.appointment_state import NEW_PLAN
from domain.contract_state import FIRST_CONSENT, LAST_DAY_SAID
from domain.errors import (
    DomainError,
    FieldRequired,
    GroupRequired,
    NumberOutOfRange,
    StateRefused,
    refusal_classes,
)
from domain.funding_step import FundingStep
from domain.match import AcceptorKind, MatchAction
from domain.meeting import MeetingNote
from domain.order import Interval, OrderAction, OrderKind
from domain.states import ACCOUNT, MACHINES, MatchState, OrderState
from domain.timeline import Subject
from domain.user import (
    ActingFor,
    DocumentKind,
    Employment,
    Payer,
    TalkChannel,
    TalkOutcome,
    Verdict,
)
from domain.viewer import Role
from notifications.language import (
    FOLDER,
    Language,
    MissingText,
    labels,
    negotiate,
    placeholders,
    text,
)
from notifications.message import MailKind
from notifications.refusal import explain

LANGUAGES = list(Language)

ENUMS = {
    "role": Role,
    "employment": Employment,
    "acceptor_kind": AcceptorKind,
    "order_kind": OrderKind,
    "interval": Interval,
    "acting_for": ActingFor,
    "talk_channel": TalkChannel,
    "talk_outcome": TalkOutcome,
    "document": DocumentKind,
    "verdict": Verdict,
    "payer": Payer,
    "language": Language,
}


def test_every_language_has_a_folder_and_every_folder_is_a_language() -> None:
    folders = {path.name for path in FOLDER.iterdir()}
    assert folders == {language.value for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys_and_placeholders(language: Language) -> None:
    german = labels(Language.DE)
    assert labels(language).keys() == german.keys()
    for key, template in labels(language).items():
        assert placeholders(template) == placeholders(german[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_holds_a_brace_that_is_no_placeholder(language: Language) -> None:
    for key, template in labels(language).items():
        assert template.strip(), key
        names = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        assert names == placeholders(template), key


@pytest.mark.parametrize("refusal", refusal_classes(), ids=lambda cls: cls.code)
def test_every_refusal_has_a_message_and_a_remedy_in_every_language(
    refusal: type[DomainError],
) -> None:
    for language in LANGUAGES:
        for part in ("message", "remedy"):
            assert labels(language)[f"refusals.{refusal.code}.{part}"].strip()


def test_no_refusal_is_explained_that_does_not_exist() -> None:
    codes = {key.split(".")[1] for key in labels(Language.DE) if key.startswith("refusals.")}
    assert codes == {cls.code for cls in refusal_classes()}


@pytest.mark.parametrize("refusal", refusal_classes(), ids=lambda cls: cls.code)
def test_texts_of_a_refusal_want_only_values_that_its_description_names(
    refusal: type[DomainError],
) -> None:
    named = set(re.findall(r"`([a-z]+)`", refusal.__doc__ or ""))
    for part in ("message", "remedy"):
        wanted = placeholders(labels(Language.DE)[f"refusals.{refusal.code}.{part}"])
        assert wanted <= named | ({"district"} if refusal.code == "NOT_MY_DISTRICT" else set())


def test_every_activity_and_group_has_a_label_and_nothing_else_has() -> None:
    keys = labels(Language.DE)
    assert {key for key in keys if key.startswith("activities.activities.")} == {
        f"activities.activities.{code}" for code in CATALOGUE
    }
    assert {key for key in keys if key.startswith("activities.groups.")} == {
        f"activities.groups.{group}" for group in GROUPS
    }


def test_every_state_has_a_label_and_every_side_a_next_step() -> None:
    keys = labels(Language.DE).keys()
    assert {f"states.{m.name}.{state.value}" for m in MACHINES for state in m.states} <= keys
    assert {f"next_steps.ORDER.{s}.{side}" for s in OrderState for side in _OWNER_SIDES} <= keys
    before = set(MatchState) - {MatchState.CONTRACTED}  # from then on the contract says it
    assert {f"next_steps.MATCH.{s}.{side}" for s in before for side in _SEEKER_SIDES} <= keys
    steps = {f"next_steps.ACCOUNT.{s}" for s in ACCOUNT.states if s.value != "REGISTERED"}
    waiting = ("EMAIL_NOT_CONFIRMED", "TALK_OPEN", "IDENTITY_OPEN", "WAITING_FOR_RELEASE")
    assert steps | {f"next_steps.ACCOUNT.{step}" for step in waiting} <= keys
    assert {f"next_steps.FUNDING.{step}" for step in FundingStep} <= keys


_OWNER_SIDES = ("owner", "acceptor")
_SEEKER_SIDES = ("seeker", "acceptor")


def test_every_action_every_choice_and_every_mail_has_its_text() -> None:
    keys = labels(Language.DE).keys()
    assert {f"actions.{action}.label" for action in [*OrderAction, *MatchAction]} <= keys
    for section, enum in ENUMS.items():
        assert {f"enums.{section}.{each.value}" for each in enum} <= keys
    assert {f"enums.weekday.{day}" for day in range(1, 8)} <= keys
    for kind in MailKind:
        assert {f"mails.{kind.value}.subject", f"mails.{kind.value}.body"} <= keys


def test_every_step_of_an_order_is_told_in_a_sentence() -> None:
    keys = labels(Language.DE).keys()
    told = {key for key in keys if key.startswith("timeline.")}
    known = {m.name: {f"timeline.{m.name}.{action}" for action in m.actions} for m in MACHINES}
    more = {"timeline.MATCH.SUGGEST", "timeline.OTHER", "timeline.FOR_SEEKER"}
    more |= {f"timeline.CONTRACT.{each}" for each in (FIRST_CONSENT, LAST_DAY_SAID)}
    more |= {f"timeline.PLAN.{NEW_PLAN}"}
    more |= {f"timeline.MEETING.{each}" for each in MeetingNote}
    whole = ("ORDER", "MATCH", "NOMINATION", "MEETING", "PLAN")
    assert set().union(more, *(known[name] for name in whole)) <= told
    assert told <= set().union(more, *known.values())
    assert {f"enums.subject.{each.value}" for each in Subject} <= keys


def test_a_text_is_filled_and_surplus_values_are_ignored() -> None:
    found = text("refusals.TEXT_TOO_LONG.message", Language.EN, limit=500, other=1)
    assert found == "The text is too long. At most 500 characters are allowed."


def test_a_value_is_never_read_as_a_template() -> None:
    assert "{seconds}" in text(
        "mails.confirm_email.body", Language.EN, first_name="{seconds}", link="", minutes=1
    )


def test_a_missing_text_or_value_is_an_error() -> None:
    with pytest.raises(MissingText):
        text("refusals.NO_SUCH_CODE.message", Language.DE)
    with pytest.raises(MissingText, match="limit"):
        text("refusals.TEXT_TOO_LONG.message", Language.DE)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, Language.DE),
        ("", Language.DE),
        ("de-AT", Language.DE),
        ("en-GB,en;q=0.9,de;q=0.8", Language.EN),
        ("de-x-leicht, de;q=0.9", Language.LEICHT),
        ("DE-X-LEICHT", Language.LEICHT),
        ("en;q=0.5, de-x-leicht;q=0.7", Language.LEICHT),
        ("fr, en;q=0.1", Language.EN),
        ("fr, *;q=0.5", Language.DE),
        ("en;q=0, de", Language.DE),
        ("en;q=0", Language.DE),
        ("uk", Language.DE),
        ("en;q=7, de;q=0.1", Language.DE),
        (";;,=,en", Language.EN),
        ("eng", Language.DE),
    ],
)
def test_the_language_follows_the_header(header: str | None, language: Language) -> None:
    assert negotiate(header) is language


@given(st.text(max_size=600))
def test_any_header_gives_a_language(header: str) -> None:
    assert negotiate(header) in LANGUAGES


def test_a_refusal_names_states_and_fields_in_the_readers_words() -> None:
    refused = StateRefused(state="RELEASED", action="RELEASE_ORDER")
    assert explain(refused, Language.DE).message.endswith("Freigegeben.")
    refused = StateRefused(state="RELEASED", action="RELEASE_ACCOUNT")
    assert explain(refused, Language.DE).message.endswith("Freigeschaltet.")
    refused = StateRefused(state="ON_HOLD")
    assert explain(refused, Language.EN).message.endswith("On hold.")
    group = GroupRequired(field="phone", fields="phone, mobile")
    assert "Telefon zu Hause, Handy" in explain(group, Language.LEICHT).message


def test_a_refusal_without_values_and_one_with_numbers_are_explained() -> None:
    assert explain(FieldRequired(field="email"), Language.EN).remedy.startswith("Please fill in")
    assert "between 1 and 28" in explain(NumberOutOfRange(low=1, high=28), Language.EN).message


@pytest.mark.parametrize("language", list(Language))
def test_no_text_for_people_says_a_name_of_the_graph(language: Language) -> None:
    """No camel case at all, and nothing in quotation marks that only a program knows."""
    name = re.compile(r"(?<![\w{{/.@#-])[a-z]+[A-Z]\w*|[„“][a-z]\w*[“”]")
    said = {
        key: found
        for key, template in labels(language).items()
        if (found := name.findall(re.sub(r"\{\w+\}", "", template)))
    }
    assert said == {}
