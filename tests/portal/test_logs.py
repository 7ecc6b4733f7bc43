"""Logs: one line per event, and nothing that somebody entered."""

import logging
import warnings
from collections.abc import Iterator

import pytest

from portal.logs import configure


@pytest.fixture(autouse=True)
def levels_and_handlers() -> Iterator[None]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    with warnings.catch_warnings():
        yield
    root.handlers[:], root.level = handlers, level


def logged(capsys: pytest.CaptureFixture[str]) -> str:
    try:
        int("Erika Muster, Pflegegrad 3")
    except ValueError:
        logging.getLogger("asyncpg.pool").warning("floor is\nlost", exc_info=True)
    return capsys.readouterr().err


def test_an_exception_is_one_line_and_its_text_stays_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("INFO")
    assert logged(capsys) == "WARNING asyncpg.pool: floor is lost (ValueError)\n"


def test_whoever_tries_things_out_sees_where_it_came_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure("DEBUG")
    assert "Traceback" in logged(capsys)


def test_what_graphql_core_forgets_is_not_warned_of_and_anything_else_is() -> None:
    warnings.simplefilter("error")
    configure("INFO")
    warnings.warn("coroutine 'Reader.connected' was never awaited", RuntimeWarning, stacklevel=1)
    with pytest.raises(RuntimeWarning):
        warnings.warn("coroutine 'release_order' was never awaited", RuntimeWarning, stacklevel=1)
