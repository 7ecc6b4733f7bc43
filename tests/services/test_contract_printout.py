"""Contracts on paper: both forms, three languages, and names no earlier than anywhere else."""

import re

import pytest

from domain.errors import NotFound, SignInRequired
from domain.viewer import ANONYMOUS
from models.database import execute
from notifications.language import Language
from notifications.pdf import pdf
from notifications.printout import Printout, Table, Terms, html
from services.contract import consent_to_contract, draft_contract
from services.contract_printout import contract_printout
from tests.people import Place
from tests.services.contracting import agreed, met, terms
from tests.services.scenes import seeker_of


def words(printout: Printout) -> str:
    return re.sub(r"<[^>]+>", " ", html(printout).partition("<body>")[2])


@pytest.mark.parametrize("language", list(Language))
async def test_a_contract_says_who_what_how_long_and_for_how_much(
    owner_url: str, place: Place, language: Language
) -> None:
    both, contract = await agreed(owner_url, place)
    await execute("UPDATE users SET street = 'Lange Gasse 5', last_name = 'Ernst'")
    printout = await contract_printout(both.seeker, contract.id, language)
    said = words(printout)
    point = "." if language is Language.EN else ","
    for wanted in ("Ernst", "Lange Gasse 5", f"25{point}00", "2 "):
        assert wanted in said
    assert pdf(printout).startswith(b"%PDF-1.7")
    (duties,) = [each for each in printout.blocks if isinstance(each, Table)]
    assert len(duties.rows) == 8


async def test_a_draft_names_nobody_in_full_and_says_who_has_agreed(
    owner_url: str, place: Place
) -> None:
    both = await met(owner_url, place)
    await execute("UPDATE users SET street = 'Lange Gasse 5', last_name = 'Ernst'")
    contract = await draft_contract(both.seeker, None, both.match, terms())
    await consent_to_contract(both.helper, None, contract.id, 1)
    printout = await contract_printout(both.helper, contract.id, Language.DE)
    said = words(printout)
    assert "Ernst" not in said
    assert "Lange Gasse" not in said
    consents = [each for each in printout.blocks if isinstance(each, Terms)][-1]
    assert [text.partition(":")[0] for _side, text in consents.pairs] == [
        "noch nicht",
        "zugestimmt",
    ]


async def test_it_is_for_those_who_see_the_contract(owner_url: str, place: Place) -> None:
    _both, contract = await agreed(owner_url, place)
    with pytest.raises(NotFound):
        await contract_printout(await seeker_of(place), contract.id, Language.DE)
    with pytest.raises(SignInRequired):
        await contract_printout(ANONYMOUS, contract.id, Language.DE)
