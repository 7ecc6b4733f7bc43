"""The ASGI application: the GraphQL path, the routes it is given, and the gate before both."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Lifespan

from portal.http.caller import Door
from portal.http.connections import Connections
from portal.http.documents import PortalSchema
from portal.http.endpoint import GraphQLEndpoint, Page
from portal.http.errors import Render
from portal.http.execute import Engine
from portal.http.follow import Followers
from portal.http.refusal import Refusal
from portal.http.security import Gate
from portal.http.socket import SocketEndpoint
from portal.http.values import FaceValues
from portal.http.watch import Watch
from schema.plan.cache import ReadPlan

_CODES = {404: "NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}


@dataclass(frozen=True, slots=True)
class Face:
    """What the rest of the process may ask of the face; found as `app.state.face`."""

    engine: Engine
    followers: Followers
    connections: Connections
    values: FaceValues


def create_app(  # noqa: PLR0913  wiring by name, in one place
    schema: PortalSchema,
    door: Door,
    values: FaceValues,
    *,
    render: Render,
    lifespan: Lifespan[Starlette] | None = None,
    routes: Sequence[BaseRoute] = (),
    page: Page | None = None,
    reads: ReadPlan | None = None,
) -> Starlette:
    """The application.

    The `door` says who asks and makes a fresh context per operation. `render` gives the text of a
    refusal in a context's language. `reads` answers the queries that it knows. `page` answers a
    browser that opens the GraphQL path. Other `routes` come behind the GraphQL path.
    """
    schema.documents_limits, schema.documents_size = values.limits, values.documents
    engine = Engine(schema, door.context, render, values, reads)
    followers = Followers(schema, door, render, reads)
    connections = Connections(values, Watch(door, values.reauthenticate_seconds))
    sockets = SocketEndpoint(engine, followers, connections, values)
    app = Starlette(
        routes=[
            Route(values.path, GraphQLEndpoint(engine, followers, connections, values, page)),
            *routes,
        ],
        middleware=[Middleware(Gate, values=values, sockets=sockets)],
        exception_handlers={HTTPException: _refuse},
        lifespan=lifespan,
    )
    app.state.face = Face(engine, followers, connections, values)
    return app


async def _refuse(request: Request, error: Exception) -> Response:
    """Refusals of the router as JSON."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    message = f"{request.method} {status}"
    return Refusal(status, _CODES.get(status, "REFUSED"), message, headers).response()
