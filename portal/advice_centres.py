"""Advice centres of a district: reading them from a CSV file and keeping them in the database."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.advice_centre import AdviceKind
from domain.errors import DomainError
from domain.text import POSTCODE, clean, email_address, required
from models.advice_centre import AdviceCentre as Row
from models.database import fetch, transaction
from portal.csv_rows import rows_of
from portal.failure import CommandError

COLUMNS = ("kind", "name", "address", "phone", "email", "web", "hours", "postcodes")

_WEB = re.compile(r"https?://[\w.-]+(:[0-9]+)?(/[\w./?=&%~#-]*)?")
_NUMBER = re.compile(r"[0-9+()/ -]*[0-9][0-9+()/ -]*")
_LONG, _PHONE, _ADDRESS = 200, 40, 500


@dataclass(frozen=True, slots=True)
class Centre:
    """An advice centre as the file names it."""

    kind: AdviceKind
    name: str
    address: str
    phone: str | None
    email: str | None
    web: str | None
    hours: str | None
    postcodes: tuple[str, ...]


def read(path: Path) -> list[Centre]:
    """The centres of a file, in its order.

    Raises:
        CommandError: no such file, no centre in it, or what is wrong in which line of it.
    """
    found = rows_of(path, COLUMNS, _centre)
    if not found:
        raise CommandError(f"{path} holds no advice centre")
    return found


async def keep(district: str, centres: Sequence[Centre]) -> int:
    """Put them in the place of those that were there; how many these were.

    Raises:
        CommandError: the district is not known yet.
    """
    async with transaction():
        if not await fetch("SELECT 1 FROM districts WHERE key = $1 FOR UPDATE", district):
            raise CommandError(
                f"The district {district} is not known yet: import its municipalities first"
            )
        gone = await Row.filter(district_id=district).delete()
        for position, centre in enumerate(centres):
            await Row.create(
                district_id=district,
                position=position,
                kind=centre.kind,
                name=centre.name,
                address=centre.address,
                phone=centre.phone,
                email=centre.email,
                web=centre.web,
                hours=centre.hours,
                postcodes=list(centre.postcodes),
            )
    return gone


async def foreign(district: str, centres: Sequence[Centre]) -> list[str]:
    """Postcodes that centres name and none of the district's municipalities has.

    They are no mistake by themselves: a neighbour's centre may be there for both districts.
    """
    rows = await fetch(
        "SELECT unnest(postcodes) AS postcode FROM municipalities WHERE district_id = $1", district
    )
    own = {row["postcode"] for row in rows}
    return sorted({code for centre in centres for code in centre.postcodes} - own)


def _centre(row: Mapping[str, str]) -> Centre:
    found = Centre(
        kind=_kind(row["kind"].strip()),
        name=_text(row, "name", _LONG, needed=True) or "",
        address=_text(row, "address", _LONG, needed=True) or "",
        phone=_phone(_text(row, "phone", _PHONE)),
        email=_email(row["email"]),
        web=_web(_text(row, "web", _ADDRESS)),
        hours=_text(row, "hours", _LONG),
        postcodes=tuple(_postcode(each) for each in row["postcodes"].split()),
    )
    if not (found.phone or found.email or found.web):
        raise ValueError("phone, email or web must say how it can be reached")
    return found


def _kind(text: str) -> AdviceKind:
    try:
        return AdviceKind(text)
    except ValueError:
        raise ValueError(f"kind: {text!r} is not one of {', '.join(AdviceKind)}") from None


def _text(row: Mapping[str, str], column: str, limit: int, *, needed: bool = False) -> str | None:
    try:
        take = required if needed else clean
        return take(row[column], field=column, limit=limit) or None
    except DomainError as error:
        raise ValueError(f"{column}: {_reason(error)}, 1 to {limit} characters fit") from None


def _phone(text: str | None) -> str | None:
    if text and not _NUMBER.fullmatch(text):
        raise ValueError(f"phone: {text!r} is not a number such as 05551 000-10")
    return text


def _email(text: str) -> str | None:
    try:
        return email_address(text) if text.strip() else None
    except DomainError as error:
        raise ValueError(f"email: {_reason(error)}") from None


def _web(text: str | None) -> str | None:
    if text and not _WEB.fullmatch(text):
        raise ValueError(f"web: {text!r} is not an address such as https://example.org/")
    return text


def _postcode(text: str) -> str:
    if not POSTCODE.fullmatch(text):
        raise ValueError(f"postcodes: {text!r} is not a postcode such as 37154")
    return text


def _reason(error: DomainError) -> str:
    return error.code.lower().replace("_", " ")
