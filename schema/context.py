"""What every resolver gets: who asks, in which language, and the doors to what it may use."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from strawberry.types import Info as StrawberryInfo

from domain.ids import decode, encode
from domain.keys import Keys
from domain.viewer import Viewer
from models.advice_centre import Advice
from models.read_pool import ReadPool
from notifications.language import Language
from schema.plan.ordinary import Reader


@dataclass(slots=True)
class Context:
    """One operation's context; what it has read lives exactly as long as it."""

    viewer: Viewer
    language: Language
    district: str
    keys: Keys
    pool: ReadPool
    client_address: str = ""
    public_url: str = ""
    rings: bool = False  # whether the workers have a way to push services
    idempotency_key: str | None = None
    last_event_id: str | None = None
    hub: Any = None  # services.live.Hub: schema and services are siblings
    limiter: Any = None  # services.limiter.Limiter, as above
    new_session_token: str | None = None
    session_ended: bool = False
    _reader: Reader | None = None
    _advice: Advice | None = None

    @property
    def reader(self) -> Reader:
        """Reads as the viewer."""
        if self._reader is None:
            self._reader = Reader(self.viewer, self.pool, self.district)
        return self._reader

    @property
    def advice(self) -> Advice:
        """Who advises in the district."""
        if self._advice is None:
            self._advice = Advice(self.district)
        return self._advice

    def renew(self) -> None:
        """Forget what has been read: the next mutation of a document reads anew."""
        self._reader = None

    def become(self, viewer: Viewer) -> None:
        """Go on as somebody else after signing in, and see as much as they may."""
        self.viewer = viewer
        self.renew()

    def id_of(self, kind: str, value: UUID) -> str:
        """The id a client sees."""
        return encode(kind, self.district, value)

    def uuid_of(self, text: str, kind: str, field: str = "id") -> UUID:
        """The UUID behind a client's id; raises as `domain.ids.decode`."""
        return decode(text, kind, self.district, field=field)


Info = StrawberryInfo[Context, None]
