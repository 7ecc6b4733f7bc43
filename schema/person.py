"""Seekers and assistants as the other side may see them: the ladder decides field by field."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain.user import ActingFor, Employment
from domain.viewer import STAFF, Role, Viewer
from models import user as models
from models.busy import Busy as BusyRow
from notifications.language import Language
from schema import evidence
from schema.action import Action, action
from schema.busy import Busy
from schema.connection import Connection
from schema.district import Activity, Municipality, TimeWindow, activity, codes, time_windows
from schema.evidence import Evidence, ProofStatus
from schema.node import Node
from schema.plan.entity import entity
from schema.plan.field import column, computed, connection, relation
from schema.provider import Provider
from schema.quality import Quality, held_codes, quality
from schema.text_warning import TextWarning, introduction_warnings

if TYPE_CHECKING:
    from schema.funding import FundingSource


@strawberry.interface(description="A person as the ladder shows them.")
class Person(Node):
    """What seekers and assistants have in common: their account, as far as the ladder shows it."""

    first_name: str | None = column("First name, from a match on.", "user__first_name")
    last_name: str | None = column("Last name, from the contract on.", "user__last_name")
    email: str | None = column("E-mail, from the contract on.", "user__email")
    phone: str | None = column("Landline, by stage.", "user__phone")
    mobile: str | None = column("Mobile, by stage.", "user__mobile")
    municipality: Municipality | None = relation(
        "Where the person lives, no closer than the municipality.", key="user__municipality_id"
    )


@entity(models.Seeker, "Somebody who looks for assistance.")
class Seeker(Person):
    """Hidden until the viewer has accepted one of the seeker's orders."""

    activity_codes = codes("needs")

    introduction: str | None = column("Kurzvorstellung.")
    introduction_warnings: list[TextWarning] | None = computed(
        introduction_warnings, "Contact data that it seems to hold, for the person."
    )
    street: str | None = column("Street, from the contract on.", "user__street")
    postcode: str | None = column("Postcode, from the contract on.", "user__postcode")
    acting_for: ActingFor | None = column("Who fills in.")
    needs: list[Activity] | None = computed(
        activity,
        "What support is needed: health data, for the person alone.",
        each="activity_codes",
    )
    windows: list[TimeWindow] | None = computed(time_windows, "When support is wanted in general.")
    funding_sources: (
        Connection[Annotated["FundingSource", strawberry.lazy("schema.funding")]] | None
    ) = connection("Who pays for assistance, oldest first: for the person and staff.")


def available_actions(viewer: Viewer, language: Language) -> list[Action]:
    """Recording proofs is for staff and for the own provider: whoever sees the field at all."""
    roles = (Role.COORDINATOR, *STAFF)
    if viewer.role not in roles:
        return []
    return [
        action(code, roles, None, language)
        for code in ("RECORD_EVIDENCE", "WRITE_CERTIFICATE_LETTER")
    ]


def spoken(languages: str) -> list[str]:
    """The languages of an assistant, as they are written down."""
    return languages.split()


@entity(models.Assistant, "Somebody who offers assistance.")
class Assistant(Person):
    """Hidden from seekers until the assistant has accepted an order of theirs."""

    activity_codes = codes("activities")
    quality_codes = held_codes("qualities")
    ledger = evidence.LEDGER

    introduction: str | None = column("Kurzvorstellung.")
    introduction_warnings: list[TextWarning] | None = computed(
        introduction_warnings, "Contact data that it seems to hold, for the person."
    )
    employment: Employment | None = column("How the assistant works.")
    languages: list[str] | None = computed(spoken, "Languages spoken.")
    has_car: bool | None = column("Can drive people.")
    radius_km: int | None = column("How far the assistant goes.")
    activities: list[Activity] | None = computed(
        activity, "What the assistant offers.", each="activity_codes"
    )
    qualities: list[Quality] | None = computed(
        quality, "What the assistant states of the own person.", each="quality_codes"
    )
    windows: list[TimeWindow] | None = computed(
        time_windows, "When the assistant is free in general."
    )
    busy: list[Busy] | None = relation(
        "When the assistant has no time from now on, by beginning.",
        rows=BusyRow.ahead,
        order=("begins_at", "id"),
    )
    provider: Provider | None = relation("The provider the assistant works for.")
    proofs_checked: bool | None = computed(
        evidence.checked, "Whether all required proofs have been seen and hold; no details."
    )
    proofs_hold_until: date | None = computed(
        evidence.until, "The last day on which all of them hold; null for good, or while one lacks."
    )
    proofs: list[ProofStatus] | None = computed(
        evidence.proofs, "How it stands with each kind of proof that is required."
    )
    evidence: list[Evidence] | None = relation("What was seen, oldest first.")
    available_actions: list[Action] | None = computed(
        available_actions, "What can be done about the proofs."
    )
