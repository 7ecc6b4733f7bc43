"""Keys that are derived from the one secret of a portal, one per purpose.

A value signed for one purpose never passes for another, and the secret itself is used for nothing
but deriving (HKDF-Expand, RFC 5869 2.3, one block).
"""

import hashlib
import hmac
from dataclasses import dataclass, field

_PSEUDONYM_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """Everything that needs the portal's secret. The representation does not show it."""

    secret: bytes = field(repr=False)

    def key(self, purpose: str) -> bytes:
        """The 32 byte key of one purpose."""
        return hmac.digest(self.secret, b"portal|" + purpose.encode() + b"\x01", "sha256")

    def sign(self, purpose: str, *parts: bytes) -> bytes:
        """32 bytes over the parts; each part's length is signed too, so none can flow over."""
        code = hmac.new(self.key(purpose), digestmod=hashlib.sha256)
        for part in parts:
            code.update(len(part).to_bytes(8, "big") + part)
        return code.digest()

    def verify(self, purpose: str, signature: bytes, *parts: bytes) -> bool:
        """Whether the signature is ours, compared in constant time."""
        return hmac.compare_digest(signature, self.sign(purpose, *parts))

    def pseudonym(self, purpose: str, text: str) -> str:
        """32 hex digits that stand for a text where the text itself must not stand."""
        return self.sign(purpose, text.encode("utf-8", "surrogatepass")).hex()[:_PSEUDONYM_DIGITS]
