"""Gateways and push services: what they are told, and what their answers mean."""

import base64
import json
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from domain.ids import uuid7
from domain.keys import Keys
from domain.push import decoded, encoded
from notifications.channel import Delayed, Gone, Recording, Refused, Ring, TextMessage
from notifications.push import WebPush, private_key, public_key, sealed, signed
from notifications.sms import LONGEST, SmsGateway

KEYS = Keys(b"a secret of the portal, long enough")
# RFC 8291, appendix A.
BROWSER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
OWN = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6"
    "TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy"
    "4a-fN"
)


def answering(status: int, seen: list[httpx.Request]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(status, text="personal words")

    return httpx.MockTransport(answer)


def failing() -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("secret.example", request=request)

    return httpx.MockTransport(answer)


def test_a_text_is_sealed_as_the_standard_shows() -> None:
    own = derive_private_key(int.from_bytes(decoded(OWN), "big"), SECP256R1())
    text = b"When I grow up, I want to be a watermelon"
    assert encoded(sealed(text, BROWSER, AUTH, own=own, salt=decoded(SALT))) == SEALED


def test_no_two_seals_are_alike() -> None:
    assert sealed(b"x", BROWSER, AUTH) != sealed(b"x", BROWSER, AUTH)


def test_the_signature_is_that_of_the_key_browsers_subscribe_with() -> None:
    header = signed("https://web.push.apple.com/abc", "mailto:a@b.example", private_key(KEYS), 1000)
    token, key = header.removeprefix("vapid t=").split(", k=")
    assert key == public_key(KEYS)
    head, claims, signature = (decoded(part) for part in token.split("."))
    assert json.loads(head)["alg"] == "ES256"
    assert json.loads(claims) == {
        "aud": "https://web.push.apple.com",
        "exp": 1000 + 12 * 3600,
        "sub": "mailto:a@b.example",
    }
    number = encode_dss_signature(
        *(int.from_bytes(p, "big") for p in (signature[:32], signature[32:]))
    )
    point = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), decoded(key))
    point.verify(number, token.rpartition(".")[0].encode(), ECDSA(hashes.SHA256()))


def test_another_secret_is_another_key() -> None:
    assert public_key(KEYS) == public_key(Keys(KEYS.secret)) != public_key(Keys(b"another" * 5))


def ring() -> Ring:
    return Ring(uuid7(), "https://web.push.apple.com/abc", BROWSER, AUTH, "Es gibt etwas Neues.")


async def test_a_ring_holds_no_word_that_can_be_read_on_the_way() -> None:
    seen: list[httpx.Request] = []
    item = ring()
    push = WebPush(KEYS, "mailto:a@b.example", transport=answering(201, seen))
    await push.send(item)
    (request,) = seen
    assert str(request.url) == item.endpoint
    assert request.headers["content-encoding"] == "aes128gcm"
    assert request.headers["topic"] == item.id.hex
    assert len(request.headers["topic"]) <= 32
    assert b"Neues" not in request.content


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, Gone),
        (410, Gone),
        (400, Refused),
        (413, Refused),
        (429, Delayed),
        (302, Delayed),
        (503, Delayed),
    ],
)
async def test_the_answers_of_a_push_service(status: int, error: type[Exception]) -> None:
    push = WebPush(KEYS, "mailto:a@b.example", transport=answering(status, []))
    with pytest.raises(error) as caught:
        await push.send(ring())
    assert type(caught.value) is error
    assert "personal" not in str(caught.value)


async def test_a_push_service_that_is_away_means_later_and_keys_that_are_none_never() -> None:
    with pytest.raises(Delayed) as caught:
        await WebPush(KEYS, "mailto:a@b.example", transport=failing()).send(ring())
    assert "secret.example" not in str(caught.value)
    off_the_curve = base64.urlsafe_b64encode(b"\x04" + bytes(64)).decode()
    item = Ring(uuid7(), "https://web.push.apple.com/abc", off_the_curve, AUTH, "x")
    with pytest.raises(Refused):
        await WebPush(KEYS, "mailto:a@b.example", transport=answering(201, [])).send(item)


async def test_a_gateway_is_told_number_text_and_the_same_id_again() -> None:
    seen: list[httpx.Request] = []
    gateway = SmsGateway("https://sms.example/m", "word", transport=answering(202, seen))
    item = TextMessage(uuid7(), "+491701234567", "a" * 200)
    for _ in range(2):
        await gateway.send(item)
    first, second = seen
    assert first.headers["authorization"] == "Bearer word"
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == str(item.id)
    body: dict[str, Any] = json.loads(first.content)
    assert (body["id"], body["to"], len(body["text"])) == (str(item.id), item.number, LONGEST)
    assert item.number not in repr(item)


@pytest.mark.parametrize(
    ("status", "error"),
    [(400, Refused), (404, Refused), (422, Refused), (401, Delayed), (500, Delayed)],
)
async def test_the_answers_of_a_gateway(status: int, error: type[Exception]) -> None:
    gateway = SmsGateway("https://sms.example/m", "word", transport=answering(status, []))
    with pytest.raises(error) as caught:
        await gateway.send(TextMessage(uuid7(), "+491701234567", "x"))
    assert "word" not in str(caught.value)


async def test_a_gateway_that_is_away_means_later() -> None:
    gateway = SmsGateway("https://sms.example/m", "word", transport=failing())
    with pytest.raises(Delayed, match="ConnectError"):
        await gateway.send(TextMessage(uuid7(), "+491701234567", "x"))


async def test_the_null_twin_keeps_what_it_is_given() -> None:
    twin = Recording[TextMessage]()
    item = TextMessage(uuid7(), "+491701234567", "x")
    await twin.send(item)
    assert twin.sent == [item]
