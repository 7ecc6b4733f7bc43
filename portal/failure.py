"""The failures a command reports in one sentence; anything else is a fault of the program."""

import signal
import sys
from collections.abc import Callable
from typing import ClassVar

INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot do what was asked; its text is the one sentence a person reads."""

    exit_code: ClassVar[int] = 1


class SettingError(CommandError):
    """A setting is missing or wrong: its name, what is wrong with it, and an example."""

    exit_code: ClassVar[int] = 2

    def __init__(self, name: str, problem: str, example: str) -> None:
        super().__init__(f"{name} {problem}, for example: {name}={example}")
        self.name = name


def run_tool(name: str, work: Callable[[], int], *, debug: bool) -> int:
    """The exit code of what works beside the portal; a failure is one sentence, not a traceback."""
    # Whoever ends the tool ends the servers that it started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return work()
    except CommandError as error:
        print(f"The {name} failed: {error}.", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if debug:
            raise
        sentence = f"The {name} failed unexpectedly ({type(error).__name__}: {error})"
        print(f"{sentence}; --debug shows where.", file=sys.stderr)
        return 1
