"""Orders (Such-Aufträge) as the graph shows them to their owner, to acceptors and to staff."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from domain import order as rules
from domain.match import AcceptorKind
from domain.matching.band import banded
from domain.order import Interval, OrderAction, OrderDraft, OrderKind
from domain.policy import Policy
from domain.release import release_problems
from domain.states import AGREED_MATCH, ORDER, MatchState, OrderState
from domain.viewer import Role, Viewer
from models import match as match_models
from models import order as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.connection import Connection
from schema.district import Activity, Municipality, TimeWindow, activity, codes, time_windows
from schema.history import TimelineEntry
from schema.match import Match
from schema.node import Node
from schema.person import Seeker
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, counted, relation
from schema.progress import (
    contract_of,
    contract_sentence,
    meeting_of,
    meeting_sentence,
    named_of,
    named_step,
    read_contract,
    read_meeting,
)
from schema.quality import (
    AskedQuality,
    QualityWarning,
    asked_code,
    asked_codes,
    asked_quality,
    quality_warnings,
)
from schema.refusal import Problem, problem_of
from schema.text_warning import TextWarning, description_warnings

_ACTIONS = 4_096
_USUAL = Policy()
_MEETING = (OrderState.REQUESTED, OrderState.AWARDED, OrderState.MEETING_SET)


def matches_in(*states: MatchState, kinds: Iterable[AcceptorKind] = AcceptorKind) -> Scalar:
    """How many matches in these states an order has, whoever asks: a number says no name."""
    names = ", ".join(f"'{each.value}'" for each in sorted(states))
    whose = ", ".join(f"'{each.value}'" for each in kinds)
    counting = f"SELECT count(*) FROM {{rows}} AND state IN ({names}) AND kind IN ({whose})"  # noqa: S608  our own words
    return Scalar("matches", counting)


def _asked_for(quality_codes: str, *, must: bool) -> frozenset[str]:
    asked = (asked_code(each) for each in quality_codes.split())
    return frozenset(code for code, needed in asked if needed is must)


def draft_problems(  # noqa: PLR0913, PLR0917  all that a draft is
    state: OrderState,
    kind: OrderKind,
    description: str,
    activity_codes: str,
    week: bytes,
    duration_minutes: int,
    needs_driving: bool,
    starts_at: datetime | None,
    start_date: date | None,
    interval: Interval | None,
    count: int | None,
    max_distance_km: int | None,
    quality_codes: str,
    personal_reason: bool,
    now: datetime,
    language: Language,
) -> list[Problem]:
    """What keeps it from being released, in words; nothing once it was."""
    if state is not OrderState.DRAFT:
        return []
    draft = OrderDraft(
        kind=kind,
        description=description,
        activities=frozenset(activity_codes.split()),
        week=week,
        duration_minutes=duration_minutes,
        needs_driving=needs_driving,
        starts_at=starts_at,
        start_date=start_date,
        interval=interval,
        count=count,
        max_distance_km=max_distance_km,
        must=_asked_for(quality_codes, must=True),
        wishes=_asked_for(quality_codes, must=False),
        personal_reason=personal_reason,
    )
    return [problem_of(each, language) for each in release_problems(draft, now)]


def draft_issues(draft_problems: list[Problem]) -> list[str]:
    """The client's names of the fields, each once."""
    return list(dict.fromkeys(each.field for each in draft_problems if each.field))


def available_actions(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: OrderState,
    draft_issues: list[str],
    starts_at: datetime | None,
    expires_at: datetime | None,
    viewer: Viewer,
    language: Language,
) -> list[Action]:
    """For the owner; an acceptor's are on `myMatch`."""
    lasting = not rules.renewable(starts_at, expires_at)
    return _actions(state, tuple(draft_issues), lasting, viewer.role, language)


@lru_cache(_ACTIONS)
def _actions(
    state: OrderState, missing: tuple[str, ...], lasting: bool, role: Role, language: Language
) -> list[Action]:
    if role is not Role.SEEKER:
        return []
    return [
        action(
            each.value,
            ORDER.roles(each.value) or {Role.SEEKER},
            rules.blocked_reason(each, state, role, missing, lasting=lasting),
            language,
        )
        for each in OrderAction
    ]


def suggested_count(
    asked: int, municipality__district__smallest_told: int | None, viewer: Viewer
) -> int:
    """As the live number is told: where few people live, a small number may say who."""
    if viewer.role is not Role.SEEKER:
        return asked
    return banded(asked, municipality__district__smallest_told or _USUAL.smallest_told).count


def next_step(  # noqa: PLR0913, PLR0917  a parameter per value of the row
    state: OrderState,
    meeting: str | None,
    contract: str | None,
    named: str,
    viewer: Viewer,
    language: Language,
) -> str:
    """The owner reads whose turn it is; for everybody else that stands with the own match."""
    if viewer.role is Role.SEEKER:
        if meeting is not None and state in _MEETING:
            return meeting_sentence(read_meeting(meeting), viewer, language)
        if contract is not None:
            return contract_sentence(read_contract(contract), viewer, language)
        if code := named_step(state, named):
            return words.match_step(code, "seeker", language)
    return words.order_step(state, viewer, language)


@entity(models.Order, "What a seeker looks for (Such-Auftrag).")
class Order(Node):
    """The owner and staff see all of it, acceptors what the ladder shows."""

    activity_codes = codes("activities")
    quality_codes = asked_codes("qualities")
    meeting = meeting_of("matches", "SELECT id FROM {rows}")
    named = named_of("matches", "SELECT id FROM {rows}")
    contract = contract_of("contracts", "SELECT id FROM {rows}")

    version: int = column("Pass it as `ifVersion`.")
    state: OrderState | None = column("Where it stands.")
    kind: OrderKind | None = column("One-off or recurring.")
    description: str | None = column("What people who fit will read.")
    duration_minutes: int | None = column("How long one appointment takes.")
    needs_driving: bool | None = column("Fahrdienst is needed.")
    starts_at: datetime | None = column("One-off: when it begins.")
    start_date: date | None = column("Recurring: the first day.")
    interval: Interval | None = column("Recurring: counted in what.")
    count: int | None = column("Recurring: appointments per interval.")
    max_distance_km: int | None = column("How far away people may live.")
    created_at: datetime | None = column("When it was begun.")
    released_at: datetime | None = column("When it was released.")
    state_label: str | None = computed(words.order_state, "The state in the reader's language.")
    windows: list[TimeWindow] | None = computed(time_windows, "When it is wanted.")
    activities: list[Activity] | None = computed(
        activity, "What is to be done.", each="activity_codes"
    )
    qualities: list[AskedQuality] | None = computed(
        asked_quality, "What people should be like, for the owner.", each="quality_codes"
    )
    quality_warnings: list[QualityWarning] | None = computed(
        quality_warnings, "Musts that hardly anybody has together, whether or not it is released."
    )
    personal_reason: bool | None = column("There is a personal reason for asking for a gender.")
    expires_at: datetime | None = column("When it stops being open, unless it is renewed.")
    description_warnings: list[TextWarning] | None = computed(
        description_warnings, "Contact data that the description seems to hold."
    )
    municipality: Municipality | None = relation("Where, no closer than the municipality.")
    seeker: Seeker | None = relation("Whose order it is, from a match on.")
    matches: Connection[Match] | None = connection("Who accepted (for the owner), oldest first.")
    timeline: Connection[TimelineEntry] | None = connection(
        "What has happened so far, the newest last."
    )
    suggested_count: int | None = computed(
        suggested_count,
        "How many people are asked; the owner reads small numbers as the greatest.",
    )
    asked = matches_in(MatchState.SUGGESTED, kinds=(AcceptorKind.ASSISTANT,))
    suggested_provider_count: int | None = counted(
        "How many providers are asked.",
        matches_in(MatchState.SUGGESTED, kinds=(AcceptorKind.PROVIDER,)),
    )
    accepted_count: int | None = counted("How many have accepted.", matches_in(*AGREED_MATCH))
    my_match: Match | None = relation(
        "The viewer's own match with it.", link="matches", rows=match_models.Match.answerable_by
    )
    draft_issues: list[str] | None = computed(
        draft_issues,
        "The fields for which a draft cannot be released yet: `releaseOrder` would refuse them.",
    )
    draft_problems: list[Problem] | None = computed(
        draft_problems, "The same with reason and remedy, in the reader's language."
    )
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done with it: draw buttons from these."
    )
    next_step: str | None = computed(next_step, "What happens next, in one sentence.")
