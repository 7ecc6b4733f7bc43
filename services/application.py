"""Use cases of who belongs to a provider: applying, deciding about it, leaving."""

from collections.abc import Sequence
from uuid import UUID

from domain.errors import (
    AdminRequired,
    MemberAlready,
    NotFound,
    ProviderUnknown,
    SelfEmployed,
    StateRefused,
)
from domain.ids import uuid7
from domain.permissions import demand_role
from domain.states import APPLICATION, OPEN_APPLICATION, ApplicationState
from domain.user import Employment
from domain.viewer import STAYING, SYSTEM, Role, Viewer
from models.application import Application
from models.provider import Coordinator, Provider
from models.user import Assistant, User
from notifications.message import MailKind, announce_again
from services.coordinator_mail import tell_coordinators
from services.match_end import end_nominations_of
from services.offer import offer_changed
from services.transition import transition, transition_many
from services.use_case import unasked, use_case
from services.user import touched

_UNSENT = (ApplicationState.PREPARED, ApplicationState.INVITED)


async def prepare(user_id: UUID, role: Role, provider_id: UUID | None) -> None:
    """Keep which provider a registration names, in the caller's transaction.

    It is nobody's business before the address is confirmed. A provider's invitation stays.
    """
    earlier = Application.filter(user_id=user_id, state__in=sorted(OPEN_APPLICATION))
    invited = earlier.filter(provider_id=provider_id, state=ApplicationState.INVITED)
    if role is Role.COORDINATOR and await invited.exists():
        return
    await earlier.delete()
    if provider_id is not None:
        await Application.create(
            user_id=user_id, provider_id=provider_id, state=ApplicationState.PREPARED
        )


async def submit(user: User) -> None:
    """Hand in what was prepared, once the address is confirmed; the invited are in at once."""
    application = await Application.filter(user_id=user.id, state__in=_UNSENT).first()
    if application is None:
        return
    if application.state is ApplicationState.INVITED:
        await transition(APPLICATION, application.id, "JOIN_PROVIDER", SYSTEM)
        await _join(user, application)
        return
    await transition(APPLICATION, application.id, "SUBMIT_APPLICATION", SYSTEM)
    await _tell_provider(application.provider_id)


@use_case
async def attach_to_provider(viewer: Viewer, provider_id: UUID) -> Application:
    """Apply to a provider; an application elsewhere is withdrawn, the present provider stays.

    An invitation is accepted by this. Applying twice changes nothing.

    Raises:
        ProviderUnknown: nobody speaks for it.
        SelfEmployed, MemberAlready: nothing to apply for.
    """
    person = demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR, released=False)
    user = await User.select_for_update(no_key=True).get(id=person)
    if not await Provider.reachable(viewer).filter(id=provider_id).exists():
        raise ProviderUnknown(field="providerId")
    await _demand_place(user, provider_id)
    earlier = await Application.filter(user_id=person, state__in=sorted(OPEN_APPLICATION)).first()
    if earlier is not None and earlier.provider_id == provider_id:
        return await _accepted(viewer, user, earlier)
    if earlier is not None:
        await transition(APPLICATION, earlier.id, "WITHDRAW_APPLICATION", viewer)
    application = await Application.create(
        id=uuid7(), user_id=person, provider_id=provider_id, state=ApplicationState.WAITING
    )
    await _tell_provider(provider_id)
    await touched(user)
    return application


async def _demand_place(user: User, provider_id: UUID) -> None:
    if user.role is Role.COORDINATOR:
        belongs = await Coordinator.filter(id=user.id).exists()
    else:
        assistant = await Assistant.get(id=user.id)
        belongs = assistant.provider_id == provider_id
        if assistant.employment is Employment.SELF_EMPLOYED:
            raise SelfEmployed(state=user.state.value)
    if belongs:
        raise MemberAlready(field="providerId", state=user.state.value)


async def _accepted(viewer: Viewer, user: User, application: Application) -> Application:
    if application.state is ApplicationState.INVITED:
        await transition(APPLICATION, application.id, "JOIN_PROVIDER", viewer)
        await _join(user, application)
    return await Application.get(id=application.id)


@use_case
async def approve_application(
    viewer: Viewer, application_id: UUID, if_version: int | None = None
) -> Application:
    """Take somebody in: coordinators decide about assistants, those who lead about coordinators.

    Raises:
        NotFound: not an application to the viewer's provider.
        AdminRequired: somebody wants to speak for the provider.
        StateRefused, Stale: see `transition`; or the account is being erased.
    """
    user, application = await _to_decide(viewer, application_id, "APPROVE_APPLICATION")
    await end_membership(viewer, user.id)  # who is taken in leaves where they were
    await transition(
        APPLICATION, application_id, "APPROVE_APPLICATION", viewer, if_version=if_version
    )
    await _join(user, application)
    await _answer(MailKind.APPLICATION_APPROVED, application)
    return await Application.get(id=application_id)


@use_case
async def reject_application(
    viewer: Viewer, application_id: UUID, if_version: int | None = None
) -> Application:
    """Say no to somebody.

    Raises:
        NotFound, AdminRequired, StateRefused, Stale: as for approving.
    """
    user, application = await _to_decide(viewer, application_id, "REJECT_APPLICATION")
    await transition(
        APPLICATION, application_id, "REJECT_APPLICATION", viewer, if_version=if_version
    )
    await _answer(MailKind.APPLICATION_REJECTED, application)
    await touched(user)
    return await Application.get(id=application_id)


async def _to_decide(viewer: Viewer, application_id: UUID, action: str) -> tuple[User, Application]:
    """The applicant, locked, and the application, if the viewer may decide about it."""
    demand_role(viewer, Role.COORDINATOR)
    sent = Application.filter(provider_id=viewer.speaks_for, provider_id__isnull=False)
    application = await sent.exclude(state__in=_UNSENT).get_or_none(id=application_id)
    if application is None:
        raise NotFound(field="applicationId")
    user = await User.select_for_update(no_key=True).get(id=application.user_id)
    if user.role is Role.COORDINATOR and viewer.decides_for is None:
        raise AdminRequired
    if user.state not in STAYING:
        raise StateRefused(state=user.state.value, action=action)
    return user, application


@use_case
@unasked
async def withdraw_application(
    viewer: Viewer, application_id: UUID, if_version: int | None = None
) -> Application:
    """Take one's own application back, or turn an invitation down.

    Raises:
        NotFound: not the viewer's own.
        StateRefused, Stale: see `transition`.
    """
    demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR, released=False)
    if not await Application.filter(id=application_id, user_id=viewer.id).exists():
        raise NotFound(field="applicationId")
    await transition(
        APPLICATION, application_id, "WITHDRAW_APPLICATION", viewer, if_version=if_version
    )
    return await Application.get(id=application_id)


@use_case
async def remove_assistant(viewer: Viewer, assistant_id: UUID) -> Assistant:
    """Part an assistant from the provider; either side may. Matches and contracts stay.

    Who does not work self-employed is suggested to nobody before another provider says yes.

    Raises:
        NotFound: not one of the provider's people.
    """
    demand_role(viewer, Role.ASSISTANT, Role.COORDINATOR, released=False)
    user = await User.filter(id=assistant_id).select_for_update(no_key=True).first()
    assistant = await Assistant.filter(id=assistant_id, provider_id__isnull=False).first()
    mine = viewer.id == assistant_id
    if (
        user is None
        or assistant is None
        or not (mine or assistant.provider_id == viewer.speaks_for)
    ):
        raise NotFound(field="assistantId")
    await _part(viewer, user, assistant)
    if not mine:
        await announce_again(MailKind.MEMBERSHIP_ENDED, user.id, reference=assistant.provider_id)
    await touched(user)
    return await Assistant.get(id=assistant_id)


async def _part(viewer: Viewer, user: User, assistant: Assistant) -> None:
    await Assistant.filter(id=user.id).update(provider_id=None)
    await end_membership(viewer, user.id)
    await end_nominations_of(assistant.id)
    await offer_changed(assistant.id)


async def end_membership(viewer: Viewer, user_id: UUID) -> None:
    """Close the application by which somebody came in, in the caller's transaction."""
    approved = Application.filter(user_id=user_id, state=ApplicationState.APPROVED)
    ids: Sequence[UUID] = await approved.values_list("id", flat=True)  # type: ignore[assignment]  # of one column
    await transition_many(APPLICATION, ids, "END_MEMBERSHIP", viewer)


async def _join(user: User, application: Application) -> None:
    """Make somebody one of a provider's people, in the caller's transaction."""
    if user.role is Role.COORDINATOR:
        await Coordinator.create(
            id=user.id,
            user_id=user.id,
            provider_id=application.provider_id,
            role=application.coordinator_role,
        )
        await offer_changed(application.provider_id)
    else:
        await Assistant.filter(id=user.id).update(provider_id=application.provider_id)
        await offer_changed(user.id)
    await touched(user)


async def _answer(kind: MailKind, application: Application) -> None:
    await announce_again(kind, application.user_id, reference=application.provider_id)


async def _tell_provider(provider_id: UUID) -> None:
    await tell_coordinators(MailKind.TEAM_APPLICATION, provider_id, provider_id)
