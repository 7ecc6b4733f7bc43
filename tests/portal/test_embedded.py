import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from redis import Redis
from redis.exceptions import AuthenticationError

from portal import embedded
from portal.embedded import Embedded, environment_of
from portal.embedded_postgres import EmbeddedPostgres
from portal.embedded_redis import program
from portal.failure import CommandError

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that the embedded servers may take for themselves; pytest's own are root's."""
    made = Path(tempfile.gettempdir()) / f"assistenz-portal-test-{os.getpid()}-{time.time_ns()}"
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def servers() -> Iterator[Embedded]:
    with embedded.throwaway() as running:
        yield running


def ask(url: str, sql: str) -> object:
    return asyncio.run(_ask(url, sql))


async def _ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


def postgres_of(servers: Embedded) -> EmbeddedPostgres:
    assert servers.postgres is not None
    return servers.postgres


def folder_of(servers: Embedded) -> Path:
    return Path(postgres_of(servers)._sockets).parent


def ask_redis(url: str) -> object:
    with Redis.from_url(url) as client:
        return client.ping()


def test_each_address_leads_to_its_role(servers: Embedded) -> None:
    asked = "SELECT current_user::text || ' in ' || current_database()"
    assert ask(servers.database_url, asked) == "portal_app in portal"
    assert ask(servers.database_owner_url, asked) == "portal_owner in portal"
    assert ask(servers.admin_url, asked) == "postgres in postgres"


def test_only_the_superuser_has_power_over_the_server(servers: Embedded) -> None:
    powerful = (
        "SELECT array_agg(rolname::text) FROM pg_roles WHERE rolcanlogin AND "
        "(rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls)"
    )
    assert ask(servers.admin_url, powerful) == ["postgres"]


def test_the_run_time_role_owns_nothing_and_is_limited(servers: Embedded) -> None:
    assert ask(servers.database_url, "SHOW statement_timeout") == "5s"
    assert ask(servers.database_url, "SHOW lock_timeout") == "2s"
    assert ask(servers.database_url, "SHOW idle_in_transaction_session_timeout") == "10s"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(servers.database_url, "CREATE TABLE mine ()")


def test_a_wrong_password_opens_no_database(servers: Embedded) -> None:
    url = servers.database_url.replace("portal_app:", "portal_app:not")
    with pytest.raises(asyncpg.InvalidPasswordError):
        ask(url, "SELECT 1")


def test_a_wrong_password_opens_no_redis(servers: Embedded) -> None:
    with pytest.raises(AuthenticationError):
        ask_redis(servers.redis_url.replace("://:", "://:not"))


def test_nothing_listens_on_the_network(servers: Embedded) -> None:
    assert ask(servers.admin_url, "SHOW listen_addresses") == ""
    with Redis.from_url(servers.redis_url) as client:
        assert client.config_get("port") == {"port": "0"}


def test_redis_never_forgets_single_keys(servers: Embedded) -> None:
    with Redis.from_url(servers.redis_url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_nobody_else_can_enter_or_read(servers: Embedded) -> None:
    folder = folder_of(servers)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "run").stat().st_mode) == 0o700
    for name in ("secrets", "environment", "redis.conf"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_the_server_is_not_run_by_root(servers: Embedded) -> None:
    pid = ask(servers.admin_url, "SELECT pg_backend_pid()")
    assert isinstance(pid, int)
    owner = folder_of(servers).stat().st_uid
    assert owner != 0
    assert (folder_of(servers) / "postgres" / "postmaster.pid").stat().st_uid == owner


def test_the_database_sorts_and_counts_in_unicode(servers: Embedded) -> None:
    assert ask(servers.database_url, "SELECT upper('größe')") == "GRÖßE"
    assert ask(servers.database_url, "SHOW server_encoding") == "UTF8"


def test_what_a_log_line_could_repeat_is_left_out(servers: Embedded) -> None:
    with pytest.raises(asyncpg.UndefinedColumnError):
        ask(servers.admin_url, "SELECT 'secret diagnosis' FROM pg_class WHERE nothing = 1")
    assert "secret diagnosis" not in (folder_of(servers) / "postgres.log").read_text()


def test_a_process_finds_the_running_servers_through_their_folder(servers: Embedded) -> None:
    assert environment_of(folder_of(servers)) == servers.environment()


@pytest.mark.slow
def test_what_was_written_is_there_after_a_stop(folder: Path) -> None:
    with embedded.running(folder) as servers:
        ask(servers.database_owner_url, "CREATE TABLE kept AS SELECT 7 AS number")
        before = servers.environment()
    assert environment_of(folder) == {}
    with embedded.running(folder) as servers:
        assert ask(servers.database_owner_url, "SELECT number FROM kept") == 7
        assert servers.environment() == before


@pytest.mark.slow
def test_a_crash_of_the_servers_is_survived(folder: Path) -> None:
    with embedded.running(folder) as servers:
        assert servers.redis is not None
        ask(servers.database_owner_url, "CREATE TABLE kept AS SELECT 7 AS number")
        postgres_of(servers).kill()
        servers.redis.kill()
        # What was connecting at that moment is cut off in the middle.
        with pytest.raises((OSError, asyncpg.PostgresConnectionError), match=r"."):
            ask(servers.database_owner_url, "SELECT 1")
        postgres_of(servers).start()
        servers.redis.start()
        assert ask(servers.database_owner_url, "SELECT number FROM kept") == 7
        assert ask_redis(servers.redis_url) is True


def test_a_folder_serves_one_portal_at_a_time(folder: Path) -> None:
    with (
        embedded.running(folder, postgres=False),
        pytest.raises(CommandError, match="is in use by a running portal"),
        embedded.running(folder, postgres=False),
    ):
        pass


def test_a_folder_of_any_length_is_good_enough(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    long = folder / ("long" * 30)
    with embedded.running(long) as servers:
        assert ask(servers.database_url, "SELECT 1") == 1
        assert ask_redis(servers.redis_url) is True


@pytest.mark.slow
def test_a_start_that_was_broken_off_is_repeated(folder: Path) -> None:
    with embedded.running(folder, postgres=False):
        pass
    (folder / "postgres.draft").mkdir()
    (folder / "postgres.draft" / "PG_VERSION").write_text("half")
    with embedded.running(folder, redis=False) as servers:
        assert postgres_of(servers).running


def test_data_of_another_version_are_left_alone(folder: Path) -> None:
    with embedded.running(folder, postgres=False):
        (folder / "postgres").mkdir()
        (folder / "postgres" / "PG_VERSION").write_text("12\n")
    with (
        pytest.raises(CommandError, match="was written by PostgreSQL 12 and this is 18"),
        embedded.running(folder, redis=False),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make somebody else's folder")
def test_a_folder_of_somebody_else_is_not_taken(folder: Path) -> None:
    folder.mkdir()
    with (
        pytest.raises(CommandError, match="belongs to someone else"),
        embedded.running(folder, postgres=False),
    ):
        pass


def test_the_machines_own_redis_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    folder.chmod(0o755)
    own = folder / "valkey-server"
    own.write_text("")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    assert program() == own


def test_without_any_redis_a_sentence_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(CommandError, match="install the system's redis-server or valkey-server"):
        program()


STARTER = """
import sys, time
from pathlib import Path
from portal import embedded
with embedded.running(Path(sys.argv[1])) as servers:
    print(servers.database_url, flush=True)
    time.sleep(600)
"""


@pytest.mark.slow
def test_the_servers_end_with_a_killed_process_and_their_data_are_whole(
    folder: Path,
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as starter:
        assert starter.stdout is not None
        url = starter.stdout.readline().strip()
        assert ask(url, "SELECT 1") == 1
        starter.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while (folder / "postgres" / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    with pytest.raises(OSError, match=r"."):
        ask(url, "SELECT 1")
    with embedded.running(folder) as servers:
        assert ask(servers.database_url, "SELECT 1") == 1


@pytest.mark.slow
def test_servers_that_outlived_everything_are_taken_over(folder: Path) -> None:
    with embedded.running(folder) as servers:
        assert servers.redis is not None
        # As after `kill -9` of the process and of the guards: nobody knows the servers any more.
        guards = [postgres_of(servers)._server, servers.redis._server]
        for guard in guards:
            assert guard is not None
            os.kill(guard._process.pid, signal.SIGKILL)
            guard._process.wait()
        assert ask(servers.database_url, "SELECT 1") == 1
        postgres_of(servers).start()
        servers.redis.start()
        assert ask(servers.database_url, "SELECT 1") == 1
        assert ask_redis(servers.redis_url) is True
        for guard in guards:
            assert guard is not None
            guard.stop()
