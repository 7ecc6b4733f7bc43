"""Providers (Leistungs-Anbieter) as the graph shows them: public organisations."""

from datetime import date

import strawberry

from domain import provider as rules
from domain.provider import CoordinatorRole
from domain.recognition import Recognition
from domain.user import Payer
from domain.viewer import STAFF, Role, Viewer
from models import provider as models
from notifications.language import Language
from schema import words
from schema.action import Action, action
from schema.disclosed import disclosed
from schema.district import Activity, Municipality, activity, codes
from schema.node import Node
from schema.plan.declare import Scalar
from schema.plan.entity import entity
from schema.plan.field import column, computed, identifier, relation

_LINES = (
    "SELECT coalesce(string_agg(concat_ws('|', {columns}), E'\\n' ORDER BY id), '') FROM {{rows}}"
)
_LEADING = (Role.COORDINATOR,)


@disclosed
@strawberry.type(description="What an hour costs whom, in euro cents.")
class Price:
    """From a day on until the next price of the same payer."""

    payer: Payer = strawberry.field(description="Who pays.")
    payer_label: str = strawberry.field(description="The same in the reader's language.")
    hourly_cents: int = strawberry.field(description="Euro cents for an hour.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_until: date | None = strawberry.field(description="The last day; null is for good.")


@disclosed
@strawberry.type(description="What a provider is recognised for; seen by customer service.")
class ProviderRecognition:
    """An agreement with a payer, or a recognition."""

    kind: Recognition = strawberry.field(description="Which.")
    kind_label: str = strawberry.field(description="The same in the reader's language.")
    valid_from: date = strawberry.field(description="The first day.")
    valid_until: date | None = strawberry.field(description="The last day; null is for good.")


def _records(lines: str) -> list[list[str]]:
    return [line.split("|") for line in lines.splitlines()]


def prices(price_lines: str, language: Language, today: date) -> list[Price]:
    """Those that hold today or later."""
    known = [
        rules.Price(Payer(payer), int(cents), date.fromisoformat(first))
        for payer, cents, first in _records(price_lines)
    ]
    return [
        Price(
            payer=each.price.payer,
            payer_label=words.enum("payer", each.price.payer, language),
            hourly_cents=each.price.cents,
            valid_from=each.price.valid_from,
            valid_until=each.valid_until,
        )
        for each in rules.price_list(known, today)
    ]


def recognitions(
    recognition_lines: str, language: Language, today: date
) -> list[ProviderRecognition]:
    """Those that hold today or later, by kind and day."""
    known = [
        ProviderRecognition(
            kind=Recognition(kind),
            kind_label=words.enum("recognition", kind, language),
            valid_from=date.fromisoformat(first),
            valid_until=None if last == "-" else date.fromisoformat(last),
        )
        for kind, first, last in _records(recognition_lines)
    ]
    holding = [each for each in known if each.valid_until is None or each.valid_until >= today]
    return sorted(holding, key=lambda each: (each.kind, each.valid_from))


def accepted_payers(accepted_payers: list[str] | None) -> list[Payer]:
    """Who may pay."""
    return [Payer(each) for each in accepted_payers or ()]


def available_actions(id: str, viewer: Viewer, language: Language) -> list[Action]:
    """For those who lead what they decide; for staff what they have seen."""
    if viewer.is_staff:
        return [action("RECORD_RECOGNITION", STAFF, None, language)]
    if str(viewer.speaks_for) != id:
        return []
    reason = None if viewer.leads else "NOT_LEADING"
    return [
        action(code, _LEADING, reason, language)
        for code in ("UPDATE_PROVIDER", "SET_PRICE", "INVITE_COORDINATOR")
    ]


def coordinator_actions(
    id: str, provider_id: str, viewer: Viewer, language: Language
) -> list[Action]:
    """People may leave; the rest is for those who lead, and for staff."""
    leads = viewer.is_staff or str(viewer.decides_for) == provider_id
    codes = ["SET_COORDINATOR_ROLE"] if leads else []
    if leads or str(viewer.id) == id:
        codes.append("REMOVE_COORDINATOR")
    return [action(code, (Role.COORDINATOR, *STAFF), None, language) for code in codes]


@entity(models.Coordinator, "Somebody who speaks for a provider.")
class Coordinator:
    """For colleagues and for staff."""

    id: strawberry.ID | None = identifier("Pass it to `removeCoordinator`.")
    role: CoordinatorRole | None = column("Whether the person decides for it too.")
    first_name: str | None = column("First name.", "user__first_name")
    last_name: str | None = column("Last name.", "user__last_name")
    email: str | None = column("Where to write.", "user__email")
    available_actions: list[Action] | None = computed(
        coordinator_actions, "What can be done about it."
    )


@entity(models.Provider, "An organisation that employs assistants and answers orders.")
class Provider(Node):
    """Public organisations: open to everybody who has the id."""

    activity_codes = codes("activities")
    price_lines = Scalar("prices", _LINES.format(columns="payer, cents, valid_from"))
    recognition_lines = Scalar(
        "recognitions",
        _LINES.format(columns="kind, valid_from, coalesce(valid_until::text, '-')"),
    )

    version: int = column("Pass it as `ifVersion`.")
    name: str = column("Its name.")
    introduction: str = column("How it introduces itself.")
    email: str = column("Where to write.")
    phone: str = column("Where to call.")
    activities: list[Activity] = computed(activity, "What it offers.", each="activity_codes")
    municipalities: list[Municipality] = relation(
        "Where it serves.", link="areas", through="municipality", order=("name", "id")
    )
    accepted_payers: list[Payer] = computed(accepted_payers, "Who may pay for it.")
    prices: list[Price] = computed(prices, "What an hour costs, today and as far as decided.")
    recognitions: list[ProviderRecognition] = computed(
        recognitions, "What it is recognised for, today and as far as known."
    )
    coordinators: list[Coordinator] = relation(
        "Who speaks for it: for colleagues and for staff; nobody for anybody else."
    )
    available_actions: list[Action] = computed(available_actions, "What can be done with it.")
