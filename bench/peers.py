"""The servers that are measured beside each other: how each is started and asked."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import postgraphile
from bench.operations import DOCUMENTS
from bench.requests import Request
from domain.activity import CATALOGUE
from notifications.language import Language, text
from portal.failure import CommandError

ROOT = Path(__file__).parents[1]
NODE = Path(__file__).with_name("node")
OURS, LIMIT = "portal", "handwritten"
_INSTALL = ("npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
_INSTALL_SECONDS = 600


def _document(request: Request) -> dict[str, Any]:
    return {"query": DOCUMENTS[request.read], "variables": request.variables}


def _as_it_is(_request: Request, data: Any) -> Any:
    return data


@dataclass(frozen=True, slots=True)
class Peer:
    """A server; `body` is what it is sent, `answer` brings what it says into our shape."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    path: Callable[[str], str] = lambda _read: "/graphql"
    body: Callable[[Request], dict[str, Any]] = _document
    answer: Callable[[Request, Any], Any] = _as_it_is

    @property
    def is_node(self) -> bool:
        """Whether it needs Node."""
        return self.command[0] == "node"


def python_peers() -> list[Peer]:
    """The portal as the product starts it, and the endpoint written by hand."""
    return [
        Peer(OURS, "this portal", (sys.executable, "-m", "portal", "serve")),
        Peer(
            LIMIT,
            "written by hand (Starlette, one statement)",
            (sys.executable, "-m", "bench.handwritten"),
            path=lambda read: f"/{read}",
            body=lambda request: {"variables": request.variables},
        ),
    ]


def node_peers(labels: Path) -> list[Peer]:
    """The servers on Node; `labels` is the file that they read the activities' texts from."""
    known = {"NODE_ENV": "production", "BENCH_LABELS": str(labels)}
    return [
        Peer("yoga", "GraphQL Yoga + DataLoader + pg", ("node", str(NODE / "yoga.mjs")), known),
        Peer(
            "mercurius",
            "Mercurius (jit) + loaders + pg",
            ("node", str(NODE / "mercurius.mjs")),
            known,
        ),
        Peer(
            "postgraphile",
            "PostGraphile 5 on views of our tables",
            ("node", str(NODE / "postgraphile.mjs")),
            known,
            body=postgraphile.body,
            answer=postgraphile.answer,
        ),
    ]


def write_labels(folder: Path) -> Path:
    """The catalogue's German texts as JSON, for the servers that cannot read it themselves."""
    path = folder / "labels.json"
    labels = {code: text(f"activities.activities.{code}", Language.DE) for code in CATALOGUE}
    path.write_text(json.dumps(labels, ensure_ascii=False), "utf-8")
    return path


def install_node(say: Callable[[str], None]) -> bool:
    """Install the packages of `bench/node`; False, with a word, where there is no Node.

    Raises:
        CommandError: npm failed.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        say("Node or npm is missing: only the Python servers are measured.")
        return False
    wanted = (NODE / "package.json").read_text("utf-8")
    stamp = NODE / "node_modules" / ".installed"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return True
    say("Installing the packages of bench/node (about half a minute).")
    try:
        done = subprocess.run(  # noqa: S603  fixed words
            _INSTALL,
            cwd=NODE,
            capture_output=True,
            text=True,
            check=False,
            timeout=_INSTALL_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise CommandError("npm install did not end within ten minutes") from None
    if done.returncode:
        last = (done.stderr.strip() or "no reason given").splitlines()[-1]
        raise CommandError(f"npm install failed in bench/node: {last}")
    stamp.write_text(wanted, "utf-8")
    return True
