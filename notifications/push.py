"""Web push: a sentence sealed for one browser (RFC 8291), from this portal alone (RFC 8292).

The portal's key pair comes of its secret, so there is no further one to keep.
"""

import json
import secrets
import time
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from domain.keys import Keys
from domain.push import decoded, encoded
from notifications.channel import Delayed, Gone, Refused, Ring

SEND_SECONDS = 15
KEPT = 24 * 3600  # how long a push service keeps it for a browser that is off
_SIGNED = 12 * 3600
_RECORD = 4_096
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_GONE = (404, 410)
_REFUSED = (400, 413)
_DONE = range(200, 300)


def private_key(keys: Keys) -> EllipticCurvePrivateKey:
    """The portal's own key, the same in all processes."""
    number = int.from_bytes(keys.key("web push") + keys.key("web push, more bits"), "big")
    return derive_private_key(number % (_ORDER - 1) + 1, SECP256R1())


def public_key(keys: Keys) -> str:
    """What a browser subscribes with."""
    return encoded(_point(private_key(keys).public_key()))


def sealed(
    text: bytes,
    p256dh: str,
    auth: str,
    *,
    own: EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """A text that only the browser with these keys can read (aes128gcm, one record)."""
    own, salt = own or generate_private_key(SECP256R1()), salt or secrets.token_bytes(16)
    theirs = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decoded(p256dh))
    point = _point(own.public_key())
    shared = own.exchange(ECDH(), theirs)
    info = b"WebPush: info\0" + decoded(p256dh) + point
    secret = _stretched(shared, decoded(auth), info, 32)
    key = _stretched(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _stretched(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(point)]) + point
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def signed(endpoint: str, contact: str, key: EllipticCurvePrivateKey, now: int) -> str:
    """The header by which a push service knows who sends."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": now + _SIGNED, "sub": contact}
    head = {"typ": "JWT", "alg": "ES256"}
    body = ".".join(encoded(json.dumps(each).encode()) for each in (head, claims))
    r, s = decode_dss_signature(key.sign(body.encode(), ECDSA(hashes.SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={body}.{signature}, k={encoded(_point(key.public_key()))}"


class WebPush:
    """Rings browsers by way of their push services."""

    def __init__(
        self, keys: Keys, contact: str, *, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._key = private_key(keys)
        self._contact = contact
        self._transport = transport

    async def send(self, item: Ring, /) -> None:
        """See `Carrier`.

        Raises:
            Gone: the browser has unsubscribed.
        """
        try:
            body = sealed(item.text.encode(), item.p256dh, item.auth)
        except ValueError:
            raise Refused("the keys of a browser are none") from None
        headers = {
            "Authorization": signed(item.endpoint, self._contact, self._key, int(time.time())),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(KEPT),
            "Topic": item.id.hex,
        }
        try:
            async with httpx.AsyncClient(timeout=SEND_SECONDS, transport=self._transport) as client:
                answer = await client.post(item.endpoint, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise Delayed(f"no push service: {type(error).__name__}") from None
        _judge(answer.status_code)


def _judge(status: int) -> None:
    sentence = f"the push service answered {status}"
    if status in _GONE:
        raise Gone(sentence)
    if status in _REFUSED:
        raise Refused(sentence)
    if status not in _DONE:
        raise Delayed(sentence)


def _point(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _stretched(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
