"""Whether sessions still stand: everybody who asks at the same moment shares one statement.

Before an event is delivered each subscriber's session is looked at again. The database answers for
all of them at once, and only about those that are not as they were.
"""

from domain.errors import SignInRequired
from domain.viewer import ANONYMOUS, Viewer
from services import clock
from services.session import changed_viewers, is_token
from services.shared import Shared


class Recognition:
    """Asks about the sessions of this process."""

    def __init__(self) -> None:
        self._gathering: _Question | None = None

    async def viewer(self, token: str | None, known: Viewer) -> Viewer:
        """Who holds the token now, ANONYMOUS if nobody; `known` held it the last time."""
        if token is None or not is_token(token):
            return ANONYMOUS
        question = self._gathering
        if question is None or question.answer.abandoned:
            question = self._gathering = _Question(self)
        place = question.add(token, known)
        changed = await question.answer.result()
        return changed.get(place, known)

    def close(self, question: "_Question") -> None:
        """Let nobody join a question any more: it is put to the database now."""
        if self._gathering is question:
            self._gathering = None


class _Question:
    """The sessions of one statement; open until its task has its turn."""

    __slots__ = ("_known", "_recognition", "_tokens", "answer")

    def __init__(self, recognition: Recognition) -> None:
        self._recognition = recognition
        self._tokens: list[str] = []
        self._known: list[Viewer] = []
        self.answer = Shared(self._ask())

    def add(self, token: str, known: Viewer) -> int:
        self._tokens.append(token)
        self._known.append(known)
        return len(self._tokens) - 1

    async def _ask(self) -> dict[int, Viewer]:
        self._recognition.close(self)
        return await changed_viewers(self._tokens, self._known, clock.now())


def demand_same_rights(viewer: Viewer, known: Viewer) -> None:
    """Refuse a viewer who is not who opened the subscription, or is something else now.

    Another state of the account is no reason: `visible_to` looks at it.

    Raises:
        SignInRequired: the session has ended, or the role or provider is another.
    """
    if _rights(viewer) != _rights(known):
        raise SignInRequired


def _rights(viewer: Viewer) -> tuple[object, ...]:
    return viewer.id, viewer.role, viewer.provider_id
