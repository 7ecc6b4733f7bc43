"""The figures and addresses of the face, as one frozen value."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from schema.limits import LIMITS, Limits

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceValues:
    """What `create_app` needs to know; only `public_url` has no default.

    Times are seconds, sizes are bytes.
    """

    public_url: str
    allowed_origins: frozenset[str] = frozenset()
    extra_hosts: frozenset[str] = frozenset()
    path: str = "/graphql"
    limits: Limits = field(default=LIMITS)
    documents: int = 512
    body_bytes: int = 262_144
    body_seconds: float = 10.0
    operation_seconds: float = 10.0
    concurrency: int = 8
    waiting: int = 32
    waiting_seconds: float = 2.0
    keep_alive_seconds: float = 15.0
    reauthenticate_seconds: float = 900.0
    connections: int = 10_000
    connections_per_viewer: int = 16
    connections_per_address: int = 200
    operations_per_socket: int = 20
    init_seconds: float = 10.0
    message_bytes: int = 65_536
    messages_per_second: float = 20.0
    message_burst: int = 100

    @property
    def scheme(self) -> str:
        """`http` or `https`, as people reach the portal."""
        return urlsplit(self.public_url).scheme

    @property
    def secure(self) -> bool:
        """Whether people reach the portal through TLS."""
        return self.scheme == "https"

    @property
    def hosts(self) -> frozenset[str]:
        """Names under which the portal answers, without port."""
        public = urlsplit(self.public_url).hostname or ""
        return LOOPBACK_HOSTS | self.extra_hosts | {public}

    @property
    def cookie(self) -> str:
        """Name of the session cookie; the `__Host-` prefix needs TLS."""
        return "__Host-sid" if self.secure else "sid"
