"""What stands between two tests: tables are emptied, whoever still holds one."""

import asyncpg
import pytest

from models.database import parse_url
from tests.databases import Cleaner
from tests.models.event_support import INSERT, KEY, kinds_after, write
from tests.servers import Session


@pytest.mark.slow
async def test_whoever_holds_a_table_between_two_tests_is_ended_and_told_of(
    database: object, server_session: Session, owner_url: str, runtime_url: str
) -> None:
    cleaner = await Cleaner.open(owner_url, server_session.admin_url)
    holder = await asyncpg.connect(**parse_url(runtime_url).arguments())
    await holder.execute("BEGIN")
    await holder.execute(INSERT, "order", KEY, KEY, 1, "held")
    await write("left behind")
    await cleaner.clean()
    await cleaner.close()
    assert await kinds_after() == []
    assert holder.is_closed()
    (told,) = cleaner.ended
    assert "state=idle in transaction" in told
