"""The command line: finds the command, and turns every failure into a sentence and an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from domain.disclosure import Undeclared
from domain.financing.load import ParametersWrong
from portal.embedded import environment_of
from portal.failure import INTERRUPTED, CommandError
from portal.leash import SUPERVISED, hold_on_to_parent
from portal.step_down import data_folders

_log = logging.getLogger("portal")
_FIGURES_WRONG = "The figures of the law are wrong"


class CommandModule(Protocol):
    """What a module of `portal.commands` offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the command takes."""

    def execute(self, options: argparse.Namespace, environ: Mapping[str, str]) -> int:
        """Do the work and return the exit code."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its module (loaded only when it is called) and what it is for."""

    name: str
    purpose: str

    def load(self) -> CommandModule:
        """Import the module that does the work."""
        module = import_module(f"portal.commands.{self.name.replace('-', '_')}")
        return cast("CommandModule", module)


COMMANDS = (
    Command("run", "start everything on this machine, embedded servers included, until Ctrl-C"),
    Command("serve", "answer GraphQL over HTTP and WebSocket"),
    Command("relay", "dispatch waiting outbox rows as jobs and wake the subscriptions"),
    Command("worker", "carry out jobs"),
    Command("migrate", "bring the database to the schema of this version"),
    Command("seed-demo", "load the demo district into an empty database"),
    Command("import-municipalities", "import a district's municipalities from a CSV file"),
    Command("import-district", "take over from a TOML file what a district decides for itself"),
    Command("import-advice-centres", "replace the advice centres by those of a CSV file"),
    Command("create-staff", "make an account for customer service or administration"),
    Command("reset-second-factor", "help an account whose app and codes are lost"),
    Command("codes", "show how the demo's people can sign in right now"),
    Command("jobs", "list dead letters and put them back into the queue"),
    Command("replay", "compare an order with everybody again, as in a run that was kept"),
    Command("matching-report", "say how often who was found in a year, and how evenly"),
    Command("match-all", "let every open order be compared with everybody again"),
    Command("check-figures", "read a folder of figures of the law, and name the row that is wrong"),
    Command("missing-figures", "say which figures of the law are missing for a year"),
    Command("audit", "verify the chain over the history, or tell where it ends"),
    Command("new-epoch", "after a restore from backup: make every live reader read anew"),
    Command("mail-sink", "catch all mails and show them on a page, for trying things out"),
    Command("sdl", "print the GraphQL schema"),
    Command("refusals", "print the catalogue of refusals: code, family, message and remedy"),
)


def main(arguments: Sequence[str]) -> int:
    """Run one command; the failure of any is one sentence on standard error."""
    try:
        return _run(arguments)
    except CommandError as error:
        print(_sentence(str(error)), file=sys.stderr)
        return error.exit_code
    except (Undeclared, ParametersWrong) as error:
        what = "The graph cannot be built" if isinstance(error, Undeclared) else _FIGURES_WRONG
        print(_sentence(f"{what}: {error}"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:  # noqa: BLE001  the last resort: a sentence, not a traceback
        kind, name = type(error).__name__, " ".join(["portal", *arguments[:1]])
        print(f"{name} failed unexpectedly ({kind}); LOG_LEVEL=DEBUG shows where.", file=sys.stderr)
        if os.environ.get("LOG_LEVEL", "").upper() == "DEBUG":
            _log.exception("%s failed", name)
        return 1


def _run(arguments: Sequence[str]) -> int:
    called = next((command for command in COMMANDS if [command.name] == [*arguments[:1]]), None)
    module = called.load() if called else None
    options = _parser(called, module).parse_args(arguments)
    if called is None or module is None:
        _parser(None, None).print_help()
        return 2
    if os.environ.get(SUPERVISED) == "1":
        hold_on_to_parent()
    return module.execute(options, _environ(called))


def _parser(called: Command | None, module: CommandModule | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m portal", description="The Assistenz-Portal.", allow_abbrev=False
    )
    commands = parser.add_subparsers(metavar="command", dest="command")
    for command in COMMANDS:
        below = commands.add_parser(
            command.name,
            help=command.purpose,
            description=f"{command.purpose[0].upper()}{command.purpose[1:]}.",
        )
        if module and command is called:
            module.add_arguments(below)
    return parser


def _environ(called: Command) -> Mapping[str, str]:
    """Return the environment, completed by the embedded servers if they run."""
    if called.name == "run":
        return os.environ
    found: dict[str, str] = {}
    for folder in data_folders(os.environ, Path.cwd()):
        found = found or dict(environment_of(folder))
    return found | dict(os.environ)


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?")) else f"{text}."
