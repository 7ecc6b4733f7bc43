"""The failures a command reports in one sentence; anything else is a fault of the program."""

from typing import ClassVar


class CommandError(Exception):
    """A command cannot do what was asked; its text is the one sentence a person reads."""

    exit_code: ClassVar[int] = 1


class SettingError(CommandError):
    """A setting is missing or wrong: its name, what is wrong with it, and an example."""

    exit_code: ClassVar[int] = 2

    def __init__(self, name: str, problem: str, example: str) -> None:
        super().__init__(f"{name} {problem}, for example: {name}={example}")
        self.name = name
