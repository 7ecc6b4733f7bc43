"""The HTTP side of `/graphql`: from a request to one answer or to a stream of them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from graphql import OperationType
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from portal.http.caller import Caller, FaceContext, caller_of
from portal.http.connections import Connections
from portal.http.documents import DocumentRefused
from portal.http.execute import Answer, Engine, Plan, refusal_of
from portal.http.follow import Followers
from portal.http.guard import Params, read_body, read_query
from portal.http.negotiate import Acceptable, negotiate
from portal.http.refusal import JSON, Refusal, bad_request, json_response, method_not_allowed
from portal.http.security import METHODS, check_origin, check_site, preflight, session_cookie
from portal.http.sse import EventStream, one_event
from portal.http.values import FaceValues

Page = Callable[[Request], Awaitable[Response]]

_UNREAD = ("GET", "HEAD")
_RETRY_AFTER = {429: "1", 503: "5"}


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """The ASGI application behind the GraphQL path for plain HTTP and event streams."""

    engine: Engine
    followers: Followers
    connections: Connections
    values: FaceValues
    page: Page | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._respond(Request(scope, receive))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return preflight(request, self.values)
        if request.method not in (*_UNREAD, "POST"):
            raise method_not_allowed(request.method, METHODS)
        acceptable = negotiate(", ".join(request.headers.getlist("accept")) or None)
        if request.method != "POST" and self.page is not None and acceptable.page:
            return await self.page(request)
        if acceptable.json is None and not acceptable.stream:
            raise _not_acceptable()
        return await self._answer(request, acceptable, await self._params(request))

    async def _params(self, request: Request) -> Params:
        if request.method == "POST":
            check_origin(request, self.values)
            return await read_body(request, self.values)
        check_site(request)
        return read_query(request.scope["query_string"])

    async def _answer(self, request: Request, acceptable: Acceptable, params: Params) -> Response:
        try:
            plan = self.engine.plan(params)
        except DocumentRefused as refused:
            language = request.headers.get("accept-language")
            return self._respond_with(refusal_of(refused, language), acceptable)
        _require_method(request.method, plan)
        if plan.kind is OperationType.SUBSCRIPTION:
            return self._stream(request, acceptable, plan)
        caller = caller_of(request, self.values, "http")
        _require_one_mutation(plan, caller)
        answer = await self.engine.execute(plan, caller)
        return self._with_session(self._respond_with(answer, acceptable), answer.context)

    def _stream(self, request: Request, acceptable: Acceptable, plan: Plan) -> Response:
        if not acceptable.stream:
            raise _not_acceptable("Subscriptions are answered as 'text/event-stream'.")
        caller = caller_of(request, self.values, "sse")
        return EventStream(self.engine, self.followers, self.connections, self.values, plan, caller)

    def _respond_with(self, answer: Answer, acceptable: Acceptable) -> Response:
        if acceptable.json is None or acceptable.stream_first:
            return one_event(answer.body)
        retry = _RETRY_AFTER.get(answer.status)
        return json_response(
            answer.body,
            _status_of(answer, acceptable),
            media=acceptable.json,
            headers={"Retry-After": retry} if retry else None,
        )

    def _with_session(self, response: Response, context: FaceContext | None) -> Response:
        if context is None:
            return response
        if context.session_ended and context.viewer.session_id is not None:
            self.connections.revoke(context.viewer.session_id)
        if context.new_session_token is not None or context.session_ended:
            cookie = session_cookie(context.new_session_token, self.values)
            response.headers.append("Set-Cookie", cookie)
        return response


def _status_of(answer: Answer, acceptable: Acceptable) -> int:
    """The status of an answer.

    Who asks for `application/json` by name and gets it cannot tell a GraphQL answer with status
    400 from one of an intermediary, so refused documents come with 200 there, as the audits of
    GraphQL over HTTP expect.
    """
    refused_as_text = answer.status == 400 and acceptable.legacy and acceptable.json == JSON  # noqa: PLR2004  the status
    return 200 if refused_as_text else answer.status


def _require_method(method: str, plan: Plan) -> None:
    if method in _UNREAD and plan.kind is OperationType.MUTATION:
        raise method_not_allowed(method, "POST", "Mutations need POST.")
    if method == "HEAD" and plan.kind is OperationType.SUBSCRIPTION:
        raise method_not_allowed(method, "GET, POST")


def _require_one_mutation(plan: Plan, caller: Caller) -> None:
    if (
        caller.idempotency_key is not None
        and plan.kind is OperationType.MUTATION
        and len(plan.fields) > 1
    ):
        raise bad_request(
            "'Idempotency-Key' stands for one mutation: send one, or give each its own"
            " 'idempotencyKey' in its input."
        )


def _not_acceptable(message: str | None = None) -> Refusal:
    kinds = "'application/graphql-response+json', 'application/json' or 'text/event-stream'"
    return Refusal(406, "NOT_ACCEPTABLE", message or f"Answers come as {kinds}.")
