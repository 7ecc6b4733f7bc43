"""Addresses of browsers that take web push: https, of a push service, with the browser's keys."""

import base64
import binascii
from urllib.parse import urlsplit

# A portal that posted to any address would be a way into the network around it.
SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "notify.windows.com",
    "push.apple.com",
)
LONGEST = 1_000
_POINT, _SECRET = 65, 16
_UNCOMPRESSED = 4


def is_endpoint(address: str) -> bool:
    """Whether an address is one of a push service."""
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    known = any(host == each or host.endswith(f".{each}") for each in SERVICES)
    plain = parts.username is None and port in (None, 443)
    return parts.scheme == "https" and known and plain


def are_keys(p256dh: str, auth: str) -> bool:
    """Whether a browser could have made them: a point of the curve, and a secret."""
    point, secret = decoded(p256dh), decoded(auth)
    is_point = len(point) == _POINT and point[0] == _UNCOMPRESSED
    return is_point and len(secret) == _SECRET


def decoded(text: str) -> bytes:
    """The bytes behind a base64url text; none for what is no such text."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
