"""Text messages by way of a gateway that takes JSON over https."""

import httpx

from notifications.channel import Delayed, Refused, TextMessage

SEND_SECONDS = 15
LONGEST = 160
_DONE = range(200, 300)
_REFUSED = (400, 404, 422)


class SmsGateway:
    """Posts `{"id", "to", "text"}` with a bearer token; the id stays the same on every repeat."""

    def __init__(
        self, url: str, token: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}"}
        self._transport = transport

    async def send(self, item: TextMessage, /) -> None:
        """See `Carrier`."""
        body = {"id": str(item.id), "to": item.number, "text": item.text[:LONGEST]}
        headers = self._headers | {"Idempotency-Key": str(item.id)}
        try:
            async with httpx.AsyncClient(timeout=SEND_SECONDS, transport=self._transport) as client:
                answer = await client.post(self._url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Delayed(f"no gateway: {type(error).__name__}") from None
        if answer.status_code in _REFUSED:
            raise Refused(f"the gateway answered {answer.status_code}")
        if answer.status_code not in _DONE:
            raise Delayed(f"the gateway answered {answer.status_code}")
