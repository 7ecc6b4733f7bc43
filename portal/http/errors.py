"""How an error reaches the client and the log: with a code, and without what nobody should read.

Refusals and errors about the request say in the reader's language what is wrong and what to do;
what the library says of it stands beside, without values, as `detail` for whoever writes clients.
Anything else becomes a sentence, what to do and a reference; the log
gets the reference, the operation's name, the digest of the document and the place in the code,
never a query, a variable or the text of an exception, because they may hold health data.
"""

import logging
import re
import secrets
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from graphql import GraphQLError

from domain.errors import DomainError
from models.database import CommitUncertain, DatabaseBusy, is_connection_loss
from notifications.language import Language
from notifications.refusal import Explanation, explain_failure, explain_request, explain_value
from schema.misfit import CODE, Misfit

Render = Callable[[DomainError, Any], Explanation]

INTERNAL = "INTERNAL"
UNAVAILABLE = "UNAVAILABLE"
PASSING = frozenset({INTERNAL, UNAVAILABLE})
# What goes by when the request is sent again.
_AWAY = (
    TimeoutError,
    ConnectionError,
    DatabaseBusy,
    CommitUncertain,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
    asyncpg.CannotConnectNowError,
)
_SUGGESTION = " Did you mean"
# How the library names values in its messages, and what is left of it.
_VALUES = (
    (re.compile(r"(has invalid value(?: at [\w.\[\]]+)?): .*", re.DOTALL), r"\1."),
    (re.compile(r"((?:found|Unexpected) \w+) '.*", re.DOTALL), r"\1."),
    (re.compile(r"(cannot represent [^:]*): .*", re.DOTALL), r"\1."),
)
_FRAMES = 3

logger = logging.getLogger("portal.http")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a log may know of an operation."""

    name: str | None
    digest: str


class Presenter:
    """Turns errors of one operation into what the client may see."""

    def __init__(self, render: Render, facts: Facts, language: Any) -> None:
        self._render = render
        self._facts = facts
        self._language = language

    def present(self, errors: Sequence[GraphQLError]) -> list[dict[str, Any]]:
        """The errors of an answer."""
        return [self._present(each) for each in errors]

    def mask(self, error: BaseException) -> dict[str, Any]:
        """An error outside every field."""
        return self._masked(error)

    def _present(self, error: GraphQLError) -> dict[str, Any]:
        shown: dict[str, Any] = dict(error.formatted)
        cause = _cause_of(error)
        if isinstance(cause, DomainError):
            shown |= refused(cause, self._render(cause, self._language))
        elif _is_expected(error, cause):
            extensions = {**(error.extensions or {}), **_extensions_of(cause)}
            shown |= _about_the_request(error, {"code": CODE, **extensions}, self._language)
        else:
            shown |= self._masked(cause or error)
        return shown

    def _masked(self, error: BaseException) -> dict[str, Any]:
        code, reference = _code_of(error), secrets.token_hex(6)
        logger.error(
            "operation failed: code=%s reference=%s operation=%s document=%s error=%s at=%s",
            code,
            reference,
            self._facts.name,
            self._facts.digest,
            type(error).__qualname__,
            _place_of(error),
        )
        return _masked(code, reference, self._language)


def plain(errors: Sequence[GraphQLError], language: Language) -> list[dict[str, Any]]:
    """Errors found before execution; each has its code already."""
    return [
        dict(each.formatted) | _about_the_request(each, each.extensions or {}, language)
        for each in errors
    ]


def without_values(message: str) -> str:
    """A message of the library without the value that it complains about: that may be anything."""
    message = message.split(_SUGGESTION, maxsplit=1)[0]
    for found, put in _VALUES:
        message, times = found.subn(put, message)
        if times:
            break
    return message


def codes_of(body: Mapping[str, Any]) -> set[str]:
    """The codes of the errors in an answer."""
    return {each["extensions"]["code"] for each in body.get("errors", ())}


def log_unexpected(error: BaseException, where: str) -> tuple[int, dict[str, Any]]:
    """Log an error outside every operation; gives status and body of the answer to it."""
    code, reference = _code_of(error), secrets.token_hex(6)
    logger.error(
        "request failed: code=%s reference=%s where=%s error=%s at=%s",
        code,
        reference,
        where,
        type(error).__qualname__,
        _place_of(error),
    )
    shown = _masked(code, reference, Language.DE)
    return (503 if code == UNAVAILABLE else 500), {"errors": [shown]}


def unavailable_body() -> dict[str, Any]:
    """The answer to an operation that took too long, perhaps before its language was known."""
    said = explain_failure(UNAVAILABLE, Language.DE)
    extensions = {"code": UNAVAILABLE, "remedy": said.remedy}
    return {"errors": [{"message": said.message, "extensions": extensions}]}


def refused(error: DomainError, explanation: Explanation) -> dict[str, Any]:
    """An expected refusal among the errors of an answer."""
    extensions: dict[str, Any] = {"code": error.code, "remedy": explanation.remedy}
    if error.field is not None:
        extensions["field"] = error.field
    return {"message": explanation.message, "extensions": extensions}


def _about_the_request(
    error: GraphQLError, extensions: Mapping[str, Any], language: Any
) -> dict[str, Any]:
    """Words for people; what the library says is for whoever writes clients."""
    spoken, detail = _spoken(language), without_values(error.message)
    if isinstance(error, Misfit):
        said = explain_value(error.kind, spoken, extensions.get("field"))
    else:
        found = explain_request(extensions["code"], spoken)
        if found is None:  # our own code raised it with words of its own
            return {"message": detail, "extensions": dict(extensions)}
        said = found
    more = {"remedy": said.remedy, "detail": detail}
    return {"message": said.message, "extensions": {**extensions, **more}}


def _spoken(language: Any) -> Language:
    return language if isinstance(language, Language) else Language.DE


def _masked(code: str, reference: str, language: Any) -> dict[str, Any]:
    said = explain_failure(code, _spoken(language), reference=reference)
    extensions = {"code": code, "reference": reference, "remedy": said.remedy}
    return {"message": said.message, "extensions": extensions}


def _cause_of(error: GraphQLError) -> BaseException | None:
    """The innermost error that is behind a GraphQL error."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_expected(error: GraphQLError, cause: BaseException | None) -> bool:
    """Errors about the request itself, and those that our code raised with a code.

    The library raises errors about arguments with the node they are about; a value that could not
    be serialised comes without one and may hold anything.
    """
    if cause is not None and not isinstance(cause, GraphQLError):
        return False
    origin = cause or error
    about_the_request = error.path is None or (cause is not None and bool(cause.nodes))
    return about_the_request or "code" in (origin.extensions or {})


def _extensions_of(cause: BaseException | None) -> dict[str, Any]:
    return dict(cause.extensions or {}) if isinstance(cause, GraphQLError) else {}


def _code_of(error: BaseException) -> str:
    """Any other OSError may be a file that is missing, which does not go by."""
    is_lost = is_connection_loss(error) and not isinstance(error, OSError)
    return UNAVAILABLE if is_lost or isinstance(error, _AWAY) else INTERNAL


def _place_of(error: BaseException) -> str:
    """The innermost frames, file and line only."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " < ".join(f"{each.filename}:{each.lineno}" for each in reversed(frames))
