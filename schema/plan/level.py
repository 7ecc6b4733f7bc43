"""What a plan runs: levels of rows, the lists that hang below them, and the code that shapes them.

A level reads all its rows with one statement, whatever their number. Shapes are Python expressions
over a row `r` with the number `i`; each is compiled once, into one comprehension over all rows.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from graphql.execution.values import VariableValues

from domain.disclosure import Stage
from domain.viewer import Viewer
from models.read_pool import Reading
from schema.connection import cursor_of
from schema.plan.page import Asked, Pages, by_key
from schema.plan.sql import Source, Statement
from schema.plan.visible import own_ids
from schema.plan.way import Way

Text = tuple[str, tuple[str, ...]]
Records = list[Any]


class NullRefused(Exception):
    """Something is null that the schema promises never is."""


@dataclass(slots=True)
class Run:
    """One execution of a plan."""

    reading: Reading
    context: Any  # schema.context.Context, which knows the reader, which knows this
    variables: VariableValues
    payload: object = None

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        viewer: Viewer = self.context.viewer
        return viewer

    @property
    def language(self) -> Any:
        """The language of texts for people."""
        return self.context.language

    async def fetch(self, text: Text, values: dict[str, Any]) -> Records:
        """The rows of a statement; values that it does not name are left out."""
        known = {**own_ids(self.viewer), **values}
        return await self.reading.fetch(text[0], *[known[name] for name in text[1]])


@dataclass(slots=True)
class Loaded:
    """The rows of a level and their shapes, flat; `starts` says where each parent's rows begin."""

    rows: Records
    starts: list[int]
    more: list[bool]
    shaped: list[list[Any]]

    def of_parents(self, shape: int) -> list[list[Any]]:
        """The shaped rows of each parent."""
        shaped, starts = self.shaped[shape], self.starts
        return [shaped[starts[n] : starts[n + 1]] for n in range(len(self.more))]


class Lists:
    """The places of the lists that hang below the rows of a level, or below a root."""

    def __init__(self) -> None:
        self.lists = 0

    def list_number(self) -> int:
        """The place of one more list."""
        self.lists += 1
        return self.lists - 1


class Level(Lists):
    """One statement, the shapes its rows are wanted in, and what hangs below them."""

    def __init__(self, statement: Statement, way: Way | None = None) -> None:
        super().__init__()
        self.statement = statement
        self.children: dict[Hashable, Child] = {}
        self.joined: dict[tuple[str, str], Source] = {}
        self._way = way
        self._pages = Pages(statement, way)
        self._by_key: Text | None = None
        self._stages: dict[str, Stage | str] = {}
        self._names: dict[str, Any] = dict(NAMES)
        self._memos: dict[str, str] = {}
        self._expressions: dict[str, int] = {}
        self._shapes: list[Callable[..., list[Any]]] = []
        if way is not None:
            statement.column("k.n::int")

    def bind(self, value: Any) -> str:
        """A name for a value in the expressions of this level."""
        name = f"x{len(self._names)}"
        self._names[name] = value
        return name

    def memo(self, expression: str) -> str:
        """A name for what is made of each `word` in a language, once."""
        if expression not in self._memos:
            function = evaluated(f"lambda word, language: {expression}", self._names)
            self._memos[expression] = self.bind(Memos(function))
        return self._memos[expression]

    def stage(self, source: Source) -> Stage | str:
        """How far the viewer sees into a row of a source, for all rows or as an expression."""
        if source.alias not in self._stages:
            stage = self.statement.stage(source)
            if not isinstance(stage, Stage):
                stage = f"r[{self.statement.column(stage)}]"
            self._stages[source.alias] = stage
        return self._stages[source.alias]

    def shape(self, expression: str) -> int:
        """The number of a shape that rows of this level are wanted in."""
        return self._expressions.setdefault(expression, len(self._expressions))

    async def read(
        self, run: Run, keys: list[Any] | None, asked: Asked | None, *, more: bool = False
    ) -> Loaded:
        """The rows behind the keys (or of the root's list), with everything below them, shaped."""
        values = {} if keys is None else {"keys": keys}
        if asked is None:
            rows = await run.fetch(self._text_by_key(), values)
            return await self._loaded(run, *grouped(rows, len(keys or ()), None))
        rows = await run.fetch(self._pages.text(asked), values | asked.values_by_name(more=more))
        if keys is None:
            page = rows[: asked.first]
            return await self._loaded(run, page, [0, len(page)], [len(page) < len(rows)])
        return await self._loaded(run, *grouped(rows, len(keys), asked.first))

    async def _loaded(self, run: Run, rows: Records, starts: list[int], more: list[bool]) -> Loaded:
        lists: list[Any] = [None] * self.lists
        for child in self.children.values():
            await child.fill(run, rows, lists)
        shaped = [shape(rows, run.viewer, run.language, lists) for shape in self._compiled()]
        return Loaded(rows, starts, more, shaped)

    def _compiled(self) -> list[Callable[..., list[Any]]]:
        if len(self._shapes) < len(self._expressions):
            memos = self._memos.values()
            self._shapes = [compiled(each, self._names, memos) for each in self._expressions]
        return self._shapes

    def _text_by_key(self) -> Text:
        if self._by_key is None:
            if self._way is None:
                raise TypeError("a list without a way has no keys")
            statement = self.statement.variant()
            self._by_key = by_key(statement, self._way), statement.parameters.names
        return self._by_key


@dataclass(slots=True)
class Child:
    """A list below the rows of a level: how it is found, and in which forms it is wanted."""

    level: Level
    key: int | None = None
    arguments: Callable[[VariableValues], Asked] | None = None
    more: bool = False
    wanted: list[tuple[int, int]] = field(default_factory=list)
    infos: list[tuple[int, Callable[..., Any], int]] = field(default_factory=list)

    async def fill(self, run: Run, rows: Records, lists: list[Any]) -> None:
        """Put the lists of all rows in their places; one entry per row."""
        if not rows:
            return
        # Even where no row is wanted: wrong arguments are refused.
        asked = self.arguments(run.variables) if self.arguments else None
        if not self.wanted and not self.infos:
            return
        keys = None if self.key is None else [row[self.key] for row in rows]
        loaded = await self.level.read(run, keys, asked, more=self.more)
        for place, shape in self.wanted:
            lists[place] = loaded.of_parents(shape)
        for place, info, keys_shape in self.infos:
            lists[place] = _infos(loaded, asked, info, keys_shape)


def _infos(loaded: Loaded, asked: Asked | None, info: Callable[..., Any], keys: int) -> list[Any]:
    """The page info of each parent's page."""
    before = asked is not None and asked.after is not None
    return [
        info(more, before, cursor_of(page[0]), cursor_of(page[-1]))
        if page
        else info(more, before, None, None)
        for more, page in zip(loaded.more, loaded.of_parents(keys), strict=True)
    ]


def grouped(
    rows: Records, parents: int, first: int | None
) -> tuple[Records, list[int], list[bool]]:
    """Rows by the number of their parent, which stands first in each, cut to `first` of each.

    Returns: the rows that are kept, where each parent's begin (and the end), and whether there
    were more.
    """
    kept: Records = []
    starts, more = [0], []
    at, end = 0, len(rows)
    for number in range(1, parents + 1):
        begin = at
        while at < end and rows[at][0] == number:
            at += 1
        last = at if first is None else min(at, begin + first)
        kept += rows[begin:last]
        starts.append(len(kept))
        more.append(last < at)
    return kept, starts, more


class Memos(dict[Any, "_Memo"]):
    """What a function makes of words, by language; both are few."""

    def __init__(self, function: Callable[[str, Any], Any]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, language: Any) -> "_Memo":
        """The words of a language that was not asked for before."""
        made = self[language] = _Memo(self._function, language)
        return made


class _Memo(dict[str, Any]):
    def __init__(self, function: Callable[[str, Any], Any], language: Any) -> None:
        super().__init__()
        self._function = function
        self._language = language

    def __missing__(self, word: str) -> Any:
        made = self[word] = self._function(word, self._language)
        return made


def compiled(
    expression: str, names: dict[str, Any], memos: Iterable[str] = ()
) -> Callable[..., list[Any]]:
    """A function of all rows of a level, from the expression for one."""
    rows = "i, r in enumerate(rows)" if "lists[" in expression else "r in rows"
    text = f"[{expression} for {rows}]"
    for memo in memos:
        if f"{memo}[" in expression:
            text = f"(lambda {memo}: {text})({memo}[language])"
    made: Callable[..., list[Any]] = evaluated(
        f"lambda rows, viewer, language, lists: {text}", names
    )
    return made


def evaluated(text: str, names: dict[str, Any]) -> Any:
    """The value of an expression that the plan has written.

    It is written from names of our schema and of GraphQL, never from a client's text or values.
    """
    return eval(text, names)  # noqa: S307  as above


def need(value: Any) -> Any:
    """A value that may not be null."""
    if value is None:
        raise NullRefused
    return value


def code_of(value: Any) -> str | None:
    """An enum's value as JSON has it."""
    return None if value is None else value.value


def text_of(value: Any) -> str | None:
    """An exact number as JSON has it."""
    return None if value is None else str(value)


def null() -> NoReturn:
    """What stands where a null may not."""
    raise NullRefused


NAMES = {"need": need, "code_of": code_of, "text_of": text_of, "null": null, "cursor_of": cursor_of}
