"""Accounts and what customer service records about them, as the graph shows them."""

from datetime import date, datetime

import strawberry

from domain.disclosure import Stage
from domain.states import ACCOUNT
from domain.user import DocumentKind, Payer, TalkChannel, TalkOutcome, Verdict
from domain.viewer import AccountState, Role
from models import user as models
from schema import words
from schema.action import Action, action
from schema.context import Info
from schema.disclosed import disclosed
from schema.district import Municipality
from schema.node import Node
from schema.person import Assistant, Seeker
from schema.provider import Provider

_OPEN_STEPS = {
    "EMAIL_NOT_CONFIRMED": "EMAIL_NOT_CONFIRMED",
    "TALK_MISSING": "TALK_OPEN",
    "IDENTITY_CHECK_MISSING": "IDENTITY_OPEN",
}
_RELEASED_STEPS = {
    Role.ASSISTANT: "RELEASED_ASSISTANT",
    Role.COORDINATOR: "RELEASED_COORDINATOR",
    Role.CUSTOMER_SERVICE: "RELEASED_STAFF",
    Role.ADMINISTRATION: "RELEASED_STAFF",
}


@disclosed
@strawberry.type(description="What was said in a talk: health data, for the person and staff.")
class TalkAnswers:
    """Minimal on purpose."""

    stage: strawberry.Private[Stage]
    care_grade: int | None = strawberry.field(description="Pflegegrad, 0 is none.")
    payer: Payer | None = strawberry.field(description="Who may pay.")
    uses_relief_amount: bool | None = strawberry.field(description="Entlastungsbetrag is used.")
    has_integration_assistance: bool | None = strawberry.field(
        description="Eingliederungshilfe is granted."
    )


@disclosed
@strawberry.type(description="An introductory talk.")
class Talk:
    """Recorded by customer service."""

    stage: strawberry.Private[Stage]
    row: strawberry.Private[models.Talk]
    id: strawberry.ID | None = strawberry.field(description="The talk's id.")
    channel: TalkChannel | None = strawberry.field(description="How it was held.")
    outcome: TalkOutcome | None = strawberry.field(description="How it ended.")
    held_at: datetime | None = strawberry.field(description="When.")

    @strawberry.field(description="What was said.")
    async def answers(self, info: Info) -> TalkAnswers | None:
        """For the person and staff."""
        row = await info.context.loaders.answers_by_talk_id.load(self.row.id)
        if row is None:
            return None
        return TalkAnswers(
            stage=self.stage,
            care_grade=row.care_grade,
            payer=row.payer,
            uses_relief_amount=row.uses_relief_amount,
            has_integration_assistance=row.has_integration_assistance,
        )


@disclosed
@strawberry.type(description="That an identity was checked.")
class IdentityCheck:
    """Kind, day and verdict."""

    stage: strawberry.Private[Stage]
    id: strawberry.ID | None = strawberry.field(description="The check's id.")
    document: DocumentKind | None = strawberry.field(description="What was presented.")
    verdict: Verdict | None = strawberry.field(description="How it ended.")
    checked_on: date | None = strawberry.field(description="On which day.")


@disclosed
@strawberry.federation.type(
    keys=["id"], description="An account: seen by its owner and by staff only."
)
class User(Node):
    """How somebody signs in, and how they can be reached."""

    row: strawberry.Private[models.User]
    stage: strawberry.Private[Stage]
    version: int = strawberry.field(description="Pass it as `ifVersion`.")
    role: Role | None = strawberry.field(description="What the person is.")
    state: AccountState | None = strawberry.field(description="Where the account stands.")
    first_name: str | None = strawberry.field(description="First name.")
    last_name: str | None = strawberry.field(description="Last name.")
    email: str | None = strawberry.field(description="The address for signing in.")
    email_confirmed: bool | None = strawberry.field(description="Whether it was confirmed.")
    phone: str | None = strawberry.field(description="Landline.")
    mobile: str | None = strawberry.field(description="Mobile.")
    street: str | None = strawberry.field(description="Street and number.")
    postcode: str | None = strawberry.field(description="Postcode.")
    created_at: datetime | None = strawberry.field(description="When it was made.")

    @classmethod
    def of(cls, row: models.User, info: Info) -> "User":
        """The row as a type, as the viewer may see it."""
        viewer = info.context.viewer
        stage = Stage.OWN if row.id == viewer.id else Stage.COUNTING
        return cls(
            id=strawberry.ID(info.context.id_of("user", row.id)),
            row=row,
            stage=Stage.STAFF if viewer.is_staff and stage < Stage.STAFF else stage,
            version=row.version,
            role=row.role,
            state=row.state,
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            email_confirmed=row.email_confirmed_at is not None,
            phone=row.phone,
            mobile=row.mobile,
            street=row.street,
            postcode=row.postcode,
            created_at=row.created_at,
        )

    @classmethod
    async def resolve_reference(cls, info: Info, id: strawberry.ID) -> "User | None":
        """For gateways: the account, or null where the viewer may not see it."""
        row = await info.context.loaders.user_by_id.load(info.context.uuid_of(id, "user"))
        return None if row is None else cls.of(row, info)

    @strawberry.field(description="The role in the reader's language.")
    def role_label(self, info: Info) -> str | None:
        """For people."""
        return words.enum("role", self.row.role, info.context.language)

    @strawberry.field(description="The state in the reader's language.")
    def state_label(self, info: Info) -> str | None:
        """For people."""
        return words.state("ACCOUNT", self.row.state, info.context.language)

    @strawberry.field(description="Where the person lives.")
    async def municipality(self, info: Info) -> Municipality | None:
        """The municipality of the postcode."""
        if self.row.municipality_id is None:
            return None
        row = await info.context.loaders.municipality_by_id.load(self.row.municipality_id)
        return None if row is None else Municipality.of(row, info)

    @strawberry.field(description="The profile of somebody who looks for assistance.")
    async def seeker(self, info: Info) -> Seeker | None:
        """Null for everybody else."""
        row = await info.context.loaders.seeker_by_id.load(self.row.id)
        return None if row is None else await Seeker.of(row, info)

    @strawberry.field(description="The profile of somebody who offers assistance.")
    async def assistant(self, info: Info) -> Assistant | None:
        """Null for everybody else."""
        row = await info.context.loaders.assistant_by_id.load(self.row.id)
        return None if row is None else await Assistant.of(row, info)

    @strawberry.field(description="The provider a coordinator speaks for.")
    async def provider(self, info: Info) -> Provider | None:
        """Null for everybody else."""
        loaders = info.context.loaders
        coordinator = await loaders.coordinator_by_id.load(self.row.id)
        if coordinator is None:
            return None
        row = await loaders.provider_by_id.load(coordinator.provider_id)
        return None if row is None else Provider.of(row, info)

    @strawberry.field(description="The introductory talks, oldest first.")
    async def talks(self, info: Info) -> list[Talk] | None:
        """Held and missed ones."""
        return [
            Talk(
                stage=self.stage,
                row=row,
                id=strawberry.ID(info.context.id_of("talk", row.id)),
                channel=row.channel,
                outcome=row.outcome,
                held_at=row.held_at,
            )
            for row in await info.context.loaders.talks_by_user_id.load(self.row.id)
        ]

    @strawberry.field(description="The identity checks, oldest first.")
    async def identity_checks(self, info: Info) -> list[IdentityCheck] | None:
        """The latest counts."""
        return [
            IdentityCheck(
                stage=self.stage,
                id=strawberry.ID(info.context.id_of("identitycheck", row.id)),
                document=row.document,
                verdict=row.verdict,
                checked_on=row.checked_on,
            )
            for row in await info.context.loaders.identity_checks_by_user_id.load(self.row.id)
        ]

    @strawberry.field(description="What can be done with the account.")
    async def available_actions(self, info: Info) -> list[Action] | None:
        """For staff; the owner has none here yet."""
        viewer = info.context.viewer
        if not viewer.is_staff or self.row.role not in (Role.SEEKER, Role.ASSISTANT):
            return []
        missing = await self._missing(info)
        registered = self.row.state is AccountState.REGISTERED
        record = None if registered else "STATE"
        release = record or (missing[0] if missing else None)
        roles = ACCOUNT.roles("RELEASE_ACCOUNT")
        return [
            action("RECORD_TALK", roles, record, info.context.language),
            action("RECORD_IDENTITY_CHECK", roles, record, info.context.language),
            action("RELEASE_ACCOUNT", roles, release, info.context.language),
        ]

    @strawberry.field(description="What happens next, in one sentence.")
    async def next_step(self, info: Info) -> str | None:
        """In the reader's language."""
        viewer, step = info.context.viewer, await self._step(info)
        if viewer.is_staff and viewer.id != self.row.id:
            return words.desk_step(step, info.context.language)
        return words.account_step(step, info.context.language)

    async def _step(self, info: Info) -> str:
        if self.row.state is AccountState.REGISTERED:
            missing = await self._missing(info)
            return _OPEN_STEPS[missing[0]] if missing else "WAITING_FOR_RELEASE"
        if self.row.state is AccountState.RELEASED and self.row.role is not Role.SEEKER:
            return _RELEASED_STEPS[self.row.role]
        return self.row.state.value

    async def _missing(self, info: Info) -> list[str]:
        loaders = info.context.loaders
        talks = await loaders.talks_by_user_id.load(self.row.id)
        checks = await loaders.identity_checks_by_user_id.load(self.row.id)
        lacking = {
            "EMAIL_NOT_CONFIRMED": self.row.email_confirmed_at is None,
            "TALK_MISSING": all(talk.outcome is not TalkOutcome.DONE for talk in talks),
            "IDENTITY_CHECK_MISSING": not checks or checks[-1].verdict is not Verdict.CONFIRMED,
        }
        return [code for code, missing in lacking.items() if missing]


@disclosed
@strawberry.type(description="Who is signed in, and what the portal expects next.")
class Viewer:
    """Anonymous without a session."""

    role: Role = strawberry.field(description="What you are.")

    @strawberry.field(description="The role in the reader's language.")
    def role_label(self, info: Info) -> str:
        """For people."""
        return words.enum("role", self.role, info.context.language)

    @strawberry.field(description="Your account.")
    async def user(self, info: Info) -> User | None:
        """Null when nobody is signed in."""
        viewer = info.context.viewer
        row = await info.context.loaders.user_by_id.load(viewer.id) if viewer.id else None
        return None if row is None else User.of(row, info)

    @strawberry.field(description="What happens next, in one sentence.")
    async def next_step(self, info: Info) -> str:
        """In the reader's language."""
        viewer = info.context.viewer
        row = await info.context.loaders.user_by_id.load(viewer.id) if viewer.id else None
        if row is None:
            return words.account_step("ANONYMOUS", info.context.language)
        return await User.of(row, info).next_step(info) or ""
