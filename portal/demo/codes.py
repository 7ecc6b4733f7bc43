"""The demo's people as they can sign in right now: with a code where one is asked for."""

from collections.abc import Mapping
from datetime import UTC, datetime

from domain.keys import Keys
from domain.second_factor import NEEDED
from models.database import execute
from portal.demo.personas import ALL, PERSONAS
from services.second_factor import shared_codes


async def second_factors() -> None:
    """An authenticator app for each persona that needs one; everybody may see its codes."""
    needing = [one.email for one in ALL if one.role in NEEDED]
    await execute(
        "INSERT INTO second_factors (id, user_id, version, last_step, codes_version, used_codes, "
        "shared, confirmed_at) SELECT id, id, 1, 0, 1, '{}', true, now() FROM users "
        "WHERE email = ANY ($1::text[])",
        needing,
    )


async def personas_now(keys: Keys) -> list[Mapping[str, str]]:
    """Key, name, role, address, password and, for half a minute, code of each; "" for none."""
    codes = await shared_codes(keys, datetime.now(UTC))
    return [{**persona, "code": codes.get(persona["email"], "")} for persona in PERSONAS]
