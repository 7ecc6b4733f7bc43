"""Buttons: what can be done with an object, decided by the server."""

from collections.abc import Iterable

import strawberry

from domain.viewer import Role
from notifications.language import Language
from schema import words
from schema.disclosed import disclosed


@disclosed
@strawberry.type(description="Something that can be done with an object: draw a button from it.")
class Action:
    """Built by `action`."""

    code: str = strawberry.field(description="The mutation's name in capitals, stable.")
    label: str = strawberry.field(description="The text on the button.")
    roles: list[Role] = strawberry.field(description="Who may do it.")
    available: bool = strawberry.field(description="Whether it can be done right now.")
    blocked_reason: str | None = strawberry.field(description="Why not, if not.")


def action(code: str, roles: Iterable[Role], reason: str | None, language: Language) -> Action:
    """An action; `reason` is the code of what blocks it."""
    return Action(
        code=code,
        label=words.action(code, language),
        roles=sorted(roles),
        available=reason is None,
        blocked_reason=None if reason is None else words.blocked(reason, language),
    )
