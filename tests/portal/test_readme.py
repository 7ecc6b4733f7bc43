"""The documents are true: the walk-through answers as shown, links and lists are whole."""

import dataclasses
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from portal.cli import COMMANDS
from portal.settings import Settings
from tests.servers import Session, own_redis
from tests.stage import ROOT, Stage, running_portal, stage_database

BLOCK = re.compile(r"^```(sh|json|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
END = "~~~ end of the block\n"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PATIENCE = 120


def walk_through() -> list[tuple[str, str]]:
    """Kind and text of every block of the walk-through, in order."""
    readme = (ROOT / "README.md").read_text("utf-8")
    _before, rest = readme.split("<!-- walk-through:", 1)
    return BLOCK.findall(rest.split("<!-- end of the walk-through", 1)[0])


def outputs(commands: list[str], stage: Stage, folder: Path) -> list[str]:
    """What each block of commands prints, all of them run in one shell."""
    script = "".join(f"{each}echo '{END.strip()}'\n" for each in commands)
    mails = f"http://127.0.0.1:{stage.environ['MAIL_SINK_PORT']}"
    done = subprocess.run(
        ["sh", "-euc", script],
        env={**os.environ, "PORTAL": stage.address, "MAILS": mails, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.split(END)


def without_what_differs(text: str) -> str:
    """Ids, tokens and the port are other ones in every run."""
    text = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1", text)
    return re.sub(r"[\w-]{32,}", "...", text).strip()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed on this machine")
async def test_the_walk_through_answers_as_it_is_shown(
    server_session: Session, worker_name: str, tmp_path: Path
) -> None:
    blocks = walk_through()
    commands = [text for kind, text in blocks if kind == "sh"]
    urls = await stage_database(server_session, worker_name, "readme")
    with own_redis() as redis, running_portal(*urls, redis.url) as stage:
        said = iter(outputs(commands, stage, tmp_path))
    printed = ""
    for kind, text in blocks:
        if kind == "sh":
            printed = next(said)
        else:
            assert without_what_differs(printed) == without_what_differs(text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text("utf-8"))
    assert [each for each in targets if not (document.parent / each).exists()] == []


def test_the_operations_page_names_every_setting_and_every_command() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    settings = [field.name.upper() for field in dataclasses.fields(Settings)]
    assert [name for name in settings if f"`{name}`" not in page] == []
    commands = [f"`python -m portal {command.name}" for command in COMMANDS]
    assert [name for name in commands if name not in page] == []


def test_every_direct_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "decisions" / "0019-dependencies.md").read_text("utf-8")
    listed = "".join((ROOT / f"requirements{kind}.in").read_text("utf-8") for kind in ("", "-dev"))
    names = re.findall(r"^[a-z][a-z0-9-]*", listed, re.MULTILINE)
    assert names
    assert [name for name in names if f"`{name}`" not in page] == []


def test_every_decision_is_listed_and_has_all_its_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    pages = sorted(folder.glob("0*.md"))
    index = (folder / "README.md").read_text("utf-8")
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == sorted(set(numbers))
    for page in pages:
        headings = re.findall(r"^## (.*)$", page.read_text("utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Alternatives", "Enforced by"], page.name
        assert f"({page.name})" in index, page.name
