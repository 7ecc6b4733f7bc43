"""What a browser gets: the pages, their files, the personas of the demo, and GraphiQL."""

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from os import PathLike, stat_result
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from portal.pages import examples

HOME = Path(__file__).resolve().parent
STATIC = HOME / "static"
VENDOR = HOME / "vendor"

Personas = Callable[[], Awaitable[Sequence[Mapping[str, str]]]]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# GraphiQL carries its fonts and two icons as data: addresses, and its dialogs write a style element
# with the page's nonce. It needs neither inline script nor eval.
_GRAPHIQL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {"Cache-Control": "no-cache", "Content-Security-Policy": _POLICY}
_PRIVATE = {"Cache-Control": "no-store"}


class _Files(StaticFiles):
    """Files below a folder, each with the headers that every page has."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers.update(_HEADERS)
        return response


def routes(*, personas: Personas) -> list[BaseRoute]:
    """Every route of the pages.

    Args:
        personas: gives who can be chosen on the start page right now, each with key, name, role,
            email, password and code; nobody outside the demo.
    """

    async def demo_personas(_request: Request) -> Response:
        return JSONResponse(list(await personas()), headers=_PRIVATE)

    return [
        Route("/", _index),
        Route("/eigenanteil", _contribution),
        Route("/favicon.ico", _icon),
        Route("/graphql/examples.json", _examples),
        Route("/demo/personas", demo_personas),
        Mount("/pages/vendor", _Files(directory=VENDOR)),
        Mount("/pages", _Files(directory=STATIC)),
    ]


async def graphiql_response(_request: Request) -> Response:
    """GraphiQL from our own files, for a GET of `/graphql` that prefers text/html."""
    nonce = secrets.token_urlsafe(16)
    policy = _GRAPHIQL_POLICY.format(nonce=nonce)
    page = _page("graphiql.html").replace("{nonce}", nonce)
    headers = {**_PRIVATE, "Content-Security-Policy": policy, "Vary": "Accept"}
    return HTMLResponse(page, headers=headers)


async def _index(_request: Request) -> Response:
    return HTMLResponse(_page("index.html"), headers=_HEADERS)


async def _contribution(_request: Request) -> Response:
    """The own contribution; what a link holds stands behind its # and never comes here."""
    return HTMLResponse(_page("eigenanteil.html"), headers=_HEADERS)


async def _icon(_request: Request) -> Response:
    """For what is no page and names no icon, such as JSON that somebody looks at."""
    return Response(
        (STATIC / "icon.svg").read_bytes(), media_type="image/svg+xml", headers=_HEADERS
    )


async def _examples(_request: Request) -> Response:
    return JSONResponse(examples.as_json(), headers=_HEADERS)


@cache
def _page(name: str) -> str:
    return (STATIC / name).read_text("utf-8")
