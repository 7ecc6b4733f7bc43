"""Printouts over HTTP: `/printouts/<kind>/<key>.html` and `.pdf`, for whoever may see them.

A statement's key is that of its contract and a month; it is there as comma separated values too.
Beside the header `Acting-For` there is the parameter `actingFor`, because a link carries no header.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import DomainError, Kind, SignInRequired
from domain.viewer import Viewer
from notifications.language import Language, negotiate
from notifications.pdf import pdf
from notifications.printout import POLICY, Printout, html
from notifications.refusal import explain
from portal.http.caller import Door, caller_of
from portal.http.refusal import Refusal
from portal.http.security import check_site
from portal.http.values import FaceValues
from services.contract_printout import contract_printout
from services.statement_printout import statement_printout, statement_table

Build = Callable[[Viewer, str, Language], Awaitable[Printout]]
Tabulate = Callable[[Viewer, str, Language], Awaitable[str]]


async def _contract(viewer: Viewer, key: str, language: Language) -> Printout:
    return await contract_printout(viewer, UUID(key), language)


async def _statement(viewer: Viewer, key: str, language: Language) -> Printout:
    contract, _, month = key.partition("-")
    return await statement_printout(viewer, UUID(contract), month, language)


async def _statement_table(viewer: Viewer, key: str, language: Language) -> str:
    contract, _, month = key.partition("-")
    return await statement_table(viewer, UUID(contract), month, language)


# What can be printed, and what is a table, by kind.
PRINTOUTS: Mapping[str, Build] = {"contract": _contract, "statement": _statement}
TABLES: Mapping[str, Tabulate] = {"statement": _statement_table}
_AT_ONCE = 2  # a PDF takes a core for a moment: the others wait instead of slowing each other
FORMS = ("html", "pdf", "csv")
_MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8; header=present",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_STATUS = {Kind.NOT_FOUND: 404, Kind.INPUT: 404, Kind.NOT_ALLOWED: 403}


class PrintoutEndpoint:
    """Answers the parties with a page or a file made at this moment; nothing is kept."""

    def __init__(self, door: Door, values: FaceValues) -> None:
        self._door = door
        self._values = values
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def answer(self, request: Request) -> Response:
        """The printout; 404 for what is not there or not the caller's, as everywhere."""
        check_site(request)
        caller = caller_of(request, self._values, "http")
        acting_for = caller.acting_for or request.query_params.get("actingFor")
        context = await self._door.context(replace(caller, acting_for=acting_for))
        language = _language(request, context.language)
        kind, key = request.path_params["kind"], request.path_params["key"]
        form = request.scope["path"].rpartition(".")[2]
        try:
            content = await self._content(context.viewer, kind, key, form, language)
        except (KeyError, ValueError):
            raise Refusal(404, "NOT_FOUND", "GET 404") from None
        except DomainError as refused:
            said = explain(refused, language)
            status = 401 if isinstance(refused, SignInRequired) else _STATUS[refused.kind]
            raise Refusal(status, refused.code, f"{said.message} {said.remedy}") from None
        name = f'inline; filename="{kind}.{form}"'
        headers = {**_HEADERS, "Content-Disposition": name}
        return Response(content, media_type=_MEDIA[form], headers=headers)

    async def _content(
        self, viewer: Viewer, kind: str, key: str, form: str, language: Language
    ) -> bytes:
        if form == "csv":
            return (await TABLES[kind](viewer, key, language)).encode()
        printout = await PRINTOUTS[kind](viewer, key, language)
        return html(printout).encode() if form == "html" else await self._pdf(printout)

    async def _pdf(self, printout: Printout) -> bytes:
        async with self._turn:
            return await asyncio.to_thread(pdf, printout)


def _language(request: Request, otherwise: Language) -> Language:
    given = request.query_params.get("lang")
    return otherwise if given is None else negotiate(given)
