"""The calendar feed over HTTP: a secret address, counted per network; all misses are alike."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from domain.errors import NotFound, RateLimited
from domain.keys import Keys
from notifications.calendar import calendar
from notifications.language import Language
from portal.http.caller import address_of
from portal.http.refusal import Refusal
from services import clock
from services.calendar_feed import entries_of, holder_of
from services.limiter import Limiter, count_calendar

_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": 'inline; filename="assistenz-portal.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class CalendarFeedEndpoint:
    """Answers whoever knows an address with the dates of whose it is."""

    def __init__(self, keys: Keys, limiter: Limiter, public_url: str) -> None:
        self._keys = keys
        self._limiter = limiter
        self._host = urlsplit(public_url).hostname or ""

    async def answer(self, request: Request) -> Response:
        """The calendar; 404 for an address that opens nothing, 429 for too many."""
        try:
            await count_calendar(self._limiter, address_of(request), clock.now())
            user = await holder_of(request.path_params["token"], self._keys)
        except NotFound:
            return Refusal(404, "NOT_FOUND", "GET 404").response()
        except RateLimited as limited:
            wait = {"Retry-After": str(limited.params["seconds"])}
            return Refusal(429, limited.code, "GET 429", wait).response()
        content = calendar(await entries_of(user), Language(user.language), self._host)
        return Response(content, media_type="text/calendar; charset=utf-8", headers=_HEADERS)
