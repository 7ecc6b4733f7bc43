import pytest

from domain.keys import Keys

KEYS = Keys(b"a secret of the portal, long enough")


def test_a_signature_for_one_purpose_is_none_for_another() -> None:
    signature = KEYS.sign("session", b"1")
    assert KEYS.verify("session", signature, b"1")
    assert not KEYS.verify("mail-link", signature, b"1")


def test_parts_cannot_flow_into_each_other() -> None:
    assert KEYS.sign("x", b"ab", b"c") != KEYS.sign("x", b"a", b"bc")
    assert KEYS.sign("x", b"ab") != KEYS.sign("x", b"ab", b"")


def test_another_secret_gives_other_signatures() -> None:
    assert not Keys(b"another").verify("session", KEYS.sign("session", b"1"), b"1")


@pytest.mark.parametrize("text", ["maria@example.org", "\ud800", ""])
def test_a_pseudonym_hides_the_text_and_is_stable(text: str) -> None:
    pseudonym = KEYS.pseudonym("limit", text)
    assert pseudonym == KEYS.pseudonym("limit", text)
    assert len(pseudonym) == 32
    assert int(pseudonym, 16) >= 0


def test_the_representation_hides_the_secret() -> None:
    assert "secret of the portal" not in repr(KEYS)
