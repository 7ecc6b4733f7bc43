"""Registrations that are not finished: kept for who has the token, and for nobody else."""

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import (
    DomainError,
    DraftFieldRefused,
    DraftFieldUnknown,
    InputRefused,
    LinkInvalid,
    TextTooLong,
)
from domain.form import FormName
from domain.keys import Keys
from domain.viewer import ANONYMOUS
from models.database import fetch
from models.form_draft import FormDraft
from services import clock
from services.form_draft import (
    KEPT,
    LIMIT,
    Filled,
    discard_draft,
    forget_drafts,
    read_draft,
    save_draft,
    token_of,
)
from tests.services.scenes import KEYS, gate

pytestmark = pytest.mark.usefixtures("database")

VALUES: dict[str, Any] = {
    "firstName": "Erika",
    "introduction": "Ich habe Pflegegrad drei.",
    "needs": ["HAU_EINKAUFEN"],
    "windows": [{"weekday": 1, "start": "08:00", "end": "12:00"}],
}
FILLED = Filled(FormName.SEEKER, VALUES)


async def save(filled: Filled = FILLED, token: str | None = None, key: str | None = None) -> str:
    draft = await save_draft(ANONYMOUS, key, filled, token, gate())
    return token_of(draft.id, KEYS)


async def test_what_is_kept_comes_back_for_its_token(database: object) -> None:
    token = await save()
    draft, values = await read_draft(token, KEYS)
    assert (draft.form, values) == (FormName.SEEKER, VALUES)
    later = Filled(FormName.SEEKER, {"firstName": "Frida"})
    assert await save(later, token) == token
    assert (await read_draft(token, KEYS))[1] == {"firstName": "Frida"}
    assert await FormDraft.all().count() == 1


async def test_nothing_that_was_filled_in_can_be_read_in_the_database(database: object) -> None:
    await save(key="a-key")
    rows = await fetch(
        "SELECT row_to_json(d)::text AS text FROM form_drafts d UNION ALL "
        "SELECT row_to_json(k)::text FROM idempotency_keys k"
    )
    assert len(rows) == 2
    for row in rows:
        assert "Erika" not in row["text"]
        assert "Pflegegrad" not in row["text"]
    (sealed,) = await FormDraft.all()
    assert b"Erika" not in sealed.sealed


async def test_another_portals_secret_opens_nothing(database: object) -> None:
    token = await save()
    with pytest.raises(LinkInvalid):
        await read_draft(token, Keys(b"another secret, long enough as well"))


@pytest.mark.parametrize("token", ["", "x", "A" * 64, "é" * 64])
async def test_a_token_that_is_none_opens_nothing_and_keeps_nothing(
    database: object, token: str
) -> None:
    with pytest.raises(LinkInvalid):
        await read_draft(token, KEYS)
    with pytest.raises(LinkInvalid):
        await save(token=token)
    await discard_draft(ANONYMOUS, None, token, gate())
    assert not await FormDraft.all().exists()


@pytest.mark.parametrize(
    ("filled", "refusal"),
    [
        (Filled(FormName.SEEKER, {"password": "geheim"}), DraftFieldRefused),
        (Filled(FormName.SEEKER, {"providerId": "x"}), DraftFieldUnknown),
        (Filled(FormName.SEEKER_BY_PHONE, {"firstName": "x"}), InputRefused),
        (Filled(FormName.SEEKER_PROFILE, {"mobile": "1"}), InputRefused),
        (Filled(FormName.SEEKER, {"introduction": "x" * LIMIT}), TextTooLong),
    ],
)
async def test_passwords_foreign_fields_and_books_are_not_kept(
    database: object, filled: Filled, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        await save(filled)
    assert not await FormDraft.all().exists()


async def test_the_largest_draft_fits(database: object) -> None:
    room = LIMIT - len('{"introduction": ""}')
    token = await save(Filled(FormName.SEEKER, {"introduction": "ü" * room}))
    assert len((await read_draft(token, KEYS))[1]["introduction"]) == room


async def test_it_is_gone_after_a_fortnight_and_when_it_is_discarded(database: object) -> None:
    first, second = await save(), await save()
    await discard_draft(ANONYMOUS, None, first, gate())
    with pytest.raises(LinkInvalid):
        await read_draft(first, KEYS)
    assert await forget_drafts(clock.now() + KEPT - timedelta(minutes=1)) == 0
    assert await forget_drafts(clock.now() + KEPT + timedelta(minutes=1)) == 1
    with pytest.raises(LinkInvalid):
        await read_draft(second, KEYS)


async def test_one_that_is_over_opens_nothing_before_it_is_deleted(database: object) -> None:
    token = await save()
    await FormDraft.all().update(expires_at=clock.now() - timedelta(seconds=1))
    with pytest.raises(LinkInvalid):
        await read_draft(token, KEYS)


async def test_a_repeat_with_the_same_key_keeps_one_draft(database: object) -> None:
    assert await save(key="once") == await save(key="once")
    assert await FormDraft.all().count() == 1
