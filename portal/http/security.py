"""Hosts, origins, cookies and headers: what keeps other sites out."""

from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.http.errors import log_unexpected
from portal.http.refusal import Refusal, json_response
from portal.http.values import FaceValues

METHODS = "GET, HEAD, POST, OPTIONS"

_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
}
_TRANSPORT_SECURITY = "max-age=31536000"
_CORS_MAX_AGE = "600"
_CORS_HEADERS = (
    "Authorization, Content-Type, Accept, Accept-Language, Acting-For, Idempotency-Key,"
    " Last-Event-ID"
)


class Gate:
    """Before everything else: known hosts only, headers on every answer, no exception outside."""

    def __init__(self, app: ASGIApp, values: FaceValues, sockets: ASGIApp) -> None:
        self._app = app
        self._values = values
        self._sockets = sockets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        answer = _Answering(scope, send, self._values)
        try:
            check_host(Headers(scope=scope), self._values)
            # A socket stays for hours, and so would each layer between here and its endpoint.
            await self._route(scope)(scope, receive, answer.send)
        except Refusal as refusal:
            await answer.refuse(refusal.response(), receive)
        except Exception as error:  # noqa: BLE001  its text must reach neither client nor log
            status, body = log_unexpected(error, scope["type"])
            await answer.refuse(json_response(body, status), receive)

    def _route(self, scope: Scope) -> ASGIApp:
        graphql = scope["type"] == "websocket" and scope["path"] == self._values.path
        return self._sockets if graphql else self._app


class _Answering:
    """The sending side of one request: adds headers, and knows whether an answer has begun."""

    def __init__(self, scope: Scope, send: Send, values: FaceValues) -> None:
        self._scope = scope
        self._send = send
        self._values = values
        self._begun = False

    async def send(self, message: Message) -> None:
        self._begun = True
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            _complete(MutableHeaders(scope=message), Headers(scope=self._scope), self._values)
        await self._send(message)

    async def refuse(self, response: Response, receive: Receive) -> None:
        if self._begun:
            return
        if self._scope["type"] == "http" or _may_deny(self._scope):
            await response(self._scope, receive, self.send)
        else:
            await self.send({"type": "websocket.close", "code": 1008, "reason": "Refused"})


def check_host(headers: Headers, values: FaceValues) -> None:
    """Answer only under known names.

    Raises:
        Refusal: 400 for any other `Host`.
    """
    given = headers.getlist("host")
    if len(given) != 1 or _hostname(given[0]) not in values.hosts:
        raise Refusal(400, "HOST_UNKNOWN", "The portal does not answer under this host name.")


def check_origin(connection: HTTPConnection, values: FaceValues) -> None:
    """Refuse what a page of another site sends.

    Raises:
        Refusal: 403.
    """
    origins = connection.headers.getlist("origin")
    if not origins:
        check_site(connection)
    elif len(origins) > 1 or not is_allowed(origins[0], connection.headers, values):
        raise Refusal(403, "FORBIDDEN", "Requests from this origin are not allowed.")


def check_site(connection: HTTPConnection) -> None:
    """Refuse what a browser marks as coming from another site.

    Raises:
        Refusal: 403.
    """
    if connection.headers.get("sec-fetch-site", "").lower() == "cross-site":
        raise Refusal(403, "FORBIDDEN", "Requests from other sites are not allowed.")


def is_allowed(origin: str, headers: Headers, values: FaceValues) -> bool:
    """Whether an origin is the portal's own or one of the exact list."""
    return origin in values.allowed_origins or origin in _own_origins(headers, values)


def preflight(connection: HTTPConnection, values: FaceValues) -> Response:
    """The answer to OPTIONS; names the methods, and to a listed origin what it may send."""
    headers = {"Allow": METHODS, "Cache-Control": "no-store"}
    if connection.headers.get("origin") in values.allowed_origins:
        headers |= {
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": _CORS_HEADERS,
            "Access-Control-Max-Age": _CORS_MAX_AGE,
        }
    return Response(status_code=204, headers=headers)


def session_cookie(token: str | None, values: FaceValues) -> str:
    """The `Set-Cookie` value that begins a session, or ends it."""
    cookie: SimpleCookie = SimpleCookie()
    cookie[values.cookie] = token or ""
    morsel = cookie[values.cookie]
    morsel["path"] = "/"
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    if values.secure:
        morsel["secure"] = True
    if token is None:
        morsel["max-age"] = 0
    return morsel.OutputString()


def _complete(answer: MutableHeaders, request: Headers, values: FaceValues) -> None:
    for name, value in _HEADERS.items():
        answer.setdefault(name, value)
    if values.secure:
        answer.setdefault("Strict-Transport-Security", _TRANSPORT_SECURITY)
    if not values.allowed_origins:
        return
    answer.add_vary_header("Origin")
    origin = request.get("origin")
    if origin in values.allowed_origins:
        answer["Access-Control-Allow-Origin"] = origin
        answer["Access-Control-Allow-Credentials"] = "true"
        answer["Access-Control-Expose-Headers"] = "Retry-After"


def _own_origins(headers: Headers, values: FaceValues) -> set[str]:
    """The public origin, and the one under which this request reached the portal."""
    public = urlsplit(values.public_url)
    host = headers.get("host", "")
    scheme = values.scheme if _hostname(host) == public.hostname else "http"
    return {f"{public.scheme}://{public.netloc}", f"{scheme}://{host}"}


def _hostname(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


def _may_deny(scope: Scope) -> bool:
    return "websocket.http.response" in scope.get("extensions", {})
