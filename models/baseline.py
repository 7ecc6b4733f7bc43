"""The tables as all migrations make them, in one script for an empty database.

Tortoise builds every model anew for each operation of a migration: seconds of work that end in
statements which are always the same. `python -m tests.tools.baseline` writes them down, and a test
sees that both ways make the same.
"""

from pathlib import Path

from tortoise.connection import get_connection

from models.database import CONNECTION, execute, fetch

FILE = Path(__file__).parent / "baseline.sql"
_FOLDER = Path(__file__).parent / "migrations"
_HOLDS = "-- Holds the migrations up to "


def text(statements: list[str]) -> str:
    """What the file says once the present migrations have said these statements."""
    ended = (f"{statement.strip().rstrip(';')};" for statement in statements)
    return "\n".join([f"{_HOLDS}{names()[-1]}", *ended, ""])


async def lay() -> None:
    """Make the baseline's tables and note its migrations, unless some were applied before."""
    if await fetch("SELECT FROM tortoise_migrations LIMIT 1"):
        return
    script = FILE.read_text(encoding="utf-8")
    await get_connection(CONNECTION).execute_script(script)
    await execute(
        "INSERT INTO tortoise_migrations (app, name, applied_at) "
        "SELECT 'models', name, now() FROM unnest($1::text[]) AS name",
        [name for name in names() if name <= newest(script)],
    )


def newest(script: str) -> str:
    """The last migration that a baseline holds."""
    return script.partition("\n")[0].removeprefix(_HOLDS)


def names() -> list[str]:
    """The migrations, oldest first."""
    return sorted(path.stem for path in _FOLDER.glob("0*.py"))
