"""A mutant put into the running process: the code of its functions in place of the original's.

Only what runs when a function runs is changed. What a module did when it was imported stays: its
constants, decorators and default values.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType, ModuleType
from typing import Any


@contextmanager
def transplanted(module: ModuleType, source: str) -> Iterator[int]:
    """The number of functions whose code the mutant changed; they get theirs back at the end."""
    mutated = _codes(compile(source, module.__file__ or module.__name__, "exec", dont_inherit=True))
    before: list[tuple[FunctionType, CodeType]] = []
    for function in _functions(module):
        code = mutated.get(function.__qualname__)
        old = function.__code__
        if code is not None and code.co_freevars == old.co_freevars and code != old:
            before.append((function, old))
            function.__code__ = code
    try:
        yield len(before)
    finally:
        for function, code in before:
            function.__code__ = code


def _codes(code: CodeType) -> dict[str, CodeType]:
    """The code objects of a module's functions and methods, by qualified name."""
    found: dict[str, CodeType] = {}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found[constant.co_qualname] = constant
            found.update(_codes(constant))
    return found


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for value in list(vars(module).values()):
        owners = vars(value).values() if isinstance(value, type) else (value,)
        for each in owners:
            function = _function(each)
            if function is not None and function.__module__ == module.__name__:
                yield function


def _function(value: Any) -> FunctionType | None:
    """The function within a method, property, context manager or cache."""
    if isinstance(value, property):
        value = value.fget
    value = getattr(value, "func", getattr(value, "__func__", value))
    value = getattr(value, "__wrapped__", value)
    return value if isinstance(value, FunctionType) else None
