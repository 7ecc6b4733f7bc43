"""The graph, put together: root types by inheritance, one visible list."""

from typing import cast

import strawberry
from strawberry.federation.schema import FederationAny
from strawberry.schema.config import StrawberryConfig

from models.database import learn_relations
from portal.http.documents import PortalSchema
from resolvers.advice_centre import AdviceCentreQueries
from resolvers.application import ApplicationMutations, ApplicationQueries
from resolvers.appointment import (
    AppointmentMutations,
    AppointmentQueries,
    AppointmentSubscriptions,
)
from resolvers.appointment_plan import AppointmentPlanMutations
from resolvers.block import BlockMutations, BlockQueries
from resolvers.busy import BusyMutations
from resolvers.calendar_feed import CalendarMutations
from resolvers.care_insurance import CareInsuranceQueries
from resolvers.consent import ConsentMutations, ConsentQueries
from resolvers.contract import ContractMutations, ContractQueries
from resolvers.conversation import (
    ConversationMutations,
    ConversationQueries,
    ConversationSubscriptions,
)
from resolvers.costs import CostQueries
from resolvers.delegation import DelegationMutations, DelegationQueries
from resolvers.desk import DeskQueries
from resolvers.district import DistrictQueries
from resolvers.entity import entity
from resolvers.evidence import EvidenceMutations, EvidenceQueries
from resolvers.financing import FinancingQueries
from resolvers.form import FormMutations, FormQueries
from resolvers.form_draft import FormDraftMutations, FormDraftQueries
from resolvers.funding import FundingMutations, FundingQueries
from resolvers.help_to_care import HelpToCareQueries
from resolvers.history import HistoryQueries
from resolvers.legal_parameter import LegalParameterQueries
from resolvers.live import LiveSubscriptions
from resolvers.match import MatchMutations, MatchQueries
from resolvers.meeting import MeetingMutations, MeetingQueries
from resolvers.node import NodeQueries
from resolvers.nomination import NominationMutations, NominationQueries
from resolvers.notification import (
    NotificationMutations,
    NotificationQueries,
    NotificationSubscriptions,
)
from resolvers.notification_setting import PreferenceMutations, PreferenceQueries
from resolvers.order import OrderMutations, OrderQueries
from resolvers.payers import PayerQueries
from resolvers.phone import PhoneMutations, PhoneQueries
from resolvers.provider import ProviderMutations, TeamMutations
from resolvers.report import ReportMutations, ReportQueries
from resolvers.second_factor import SecondFactorMutations
from resolvers.session import SessionMutations, SessionQueries
from resolvers.statement import StatementQueries
from resolvers.talk import TalkMutations, TalkQueries
from resolvers.user import AccessMutations, DeskMutations, UserQueries
from schema.context import Info
from schema.person import Assistant, Seeker
from schema.plan.fit import refuse_misfits
from schema.provider import Provider
from schema.scalar import SCALARS
from schema.user import User


@strawberry.federation.type(description="Reading.")
class Query(
    NodeQueries,
    DistrictQueries,
    AdviceCentreQueries,
    UserQueries,
    TalkQueries,
    OrderQueries,
    MatchQueries,
    MeetingQueries,
    SessionQueries,
    BlockQueries,
    EvidenceQueries,
    FinancingQueries,
    CareInsuranceQueries,
    HelpToCareQueries,
    PayerQueries,
    CostQueries,
    LegalParameterQueries,
    FormQueries,
    ReportQueries,
    ConsentQueries,
    ApplicationQueries,
    AppointmentQueries,
    StatementQueries,
    ContractQueries,
    ConversationQueries,
    NominationQueries,
    NotificationQueries,
    PreferenceQueries,
    DelegationQueries,
    PhoneQueries,
    DeskQueries,
    FormDraftQueries,
    FundingQueries,
    HistoryQueries,
):
    """Every root field for reading."""


@strawberry.type(description="Changing. Each mutation is one transaction.")
class Mutation(
    AccessMutations,
    DeskMutations,
    TalkMutations,
    OrderMutations,
    MatchMutations,
    MeetingMutations,
    CalendarMutations,
    BusyMutations,
    SessionMutations,
    SecondFactorMutations,
    BlockMutations,
    EvidenceMutations,
    FormMutations,
    ReportMutations,
    ConsentMutations,
    ApplicationMutations,
    AppointmentMutations,
    AppointmentPlanMutations,
    ContractMutations,
    ConversationMutations,
    NominationMutations,
    NotificationMutations,
    PreferenceMutations,
    DelegationMutations,
    PhoneMutations,
    FormDraftMutations,
    FundingMutations,
    ProviderMutations,
    TeamMutations,
):
    """Every root field for changing."""


@strawberry.type(description="Live updates, over WebSocket or server-sent events.")
class Subscription(
    LiveSubscriptions,
    NotificationSubscriptions,
    ConversationSubscriptions,
    AppointmentSubscriptions,
):
    """Every root field for following."""


class Graph(PortalSchema):
    """The portal's schema, with references that fail one by one."""

    def entities_resolver(
        self, info: Info, representations: list[FederationAny]
    ) -> list[FederationAny]:
        """One awaitable per representation: the executor awaits them together."""
        return [cast("FederationAny", entity(info, each)) for each in representations]


# 2.9 is the newest version that both composers of partner districts take.
schema = Graph(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=[Assistant, Provider, Seeker, User],
    scalar_overrides=SCALARS,  # type: ignore[arg-type]  # strawberry names the key type `object`
    federation_version="2.9",
    config=StrawberryConfig(auto_camel_case=True),
)

learn_relations()
refuse_misfits()
