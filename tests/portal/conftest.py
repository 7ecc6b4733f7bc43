"""Fixtures for the tests of the portal's commands."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.portal.commanding import SECRET, Portal, Said

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def portal(clean_database: None, runtime_url: str, owner_url: str, redis_url: str) -> Portal:
    """The command line in a process of its own, connected to the test's servers."""
    environ = {
        **os.environ,
        "DATABASE_URL": runtime_url,
        "DATABASE_OWNER_URL": owner_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": SECRET,
    }

    async def call(*arguments: str, typed: str = "") -> Said:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "portal", *arguments),
            cwd=ROOT,
            env=environ,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate(typed.encode())
        assert process.returncode is not None
        return Said(process.returncode, out.decode(), err.decode())

    return call
