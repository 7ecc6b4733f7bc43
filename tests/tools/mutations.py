"""Small changes of a Python source, one at a time, that a good test notices."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

N = TypeVar("N", bound=ast.AST)
Change = tuple[ast.AST, ast.AST]  # what is replaced, and by what

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_SQL = re.compile(r"\b(SELECT|FROM|WHERE|ORDER BY|JOIN|LIMIT|DESC|ASC|AND|OR|NULL|UNION|EXISTS)\b")
_IN_SQL = (
    (r"\bDESC\b", "ASC"),
    (r"\bASC\b", "DESC"),
    (r"\bAND\b", "OR"),
    (r"\bOR\b", "AND"),
    (r"\bIS NULL\b", "IS NOT NULL"),
    (r"\bIS NOT NULL\b", "IS NULL"),
    (r"\bLEFT JOIN\b", "JOIN"),
    (r"(?<= )<(?= )", "<="),
    (r"(?<= )>(?= )", ">="),
    (r"(?<= )<=(?= )", "<"),
    (r"(?<= )>=(?= )", ">"),
    (r"(?<= )=(?= )", "<>"),
)
_IN_LOOKUPS = ((r"__lt$", "__lte"), (r"__gt$", "__gte"), (r"^-(?=[a-z_]+$)", ""))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source with one change."""

    line: int
    original: str
    mutated: str
    source: str


def mutants_of(source: str) -> list[Mutant]:
    """Every mutant of a source that still compiles."""
    tree = ast.parse(source)
    lines = [0]
    for line in source.encode().splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    found: list[Mutant] = []
    for node in _nodes(tree):
        for place, changed in _changes(node):
            mutant = _written(source.encode(), lines, place, changed)
            if mutant is not None:
                found.append(mutant)
    return sorted(dict.fromkeys(found), key=lambda each: each.line)


def _nodes(node: ast.AST) -> Iterator[ast.AST]:
    """What may be changed: no annotations, docstrings, imports, or parts of a formatted text."""
    yield node
    if isinstance(node, ast.JoinedStr):
        return
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params"):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST) and not _is_left_alone(each):
                yield from _nodes(each)


def _is_left_alone(node: ast.AST) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    return docstring or types or isinstance(node, ast.Import | ast.ImportFrom)


def _changes(node: ast.AST) -> Iterator[Change]:
    yield from ((node, changed) for changed in (*_operators(node), *_constants(node), *_ends(node)))
    yield from ((test, ast.UnaryOp(ast.Not(), test)) for test in _conditions(node))


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            yield from _comparisons(node)
        case ast.BoolOp():
            yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp(op=ast.Add() | ast.Sub()) if not _is_text(node):
            yield _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())


def _ends(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Slice():
            given = [name for name in ("lower", "upper") if getattr(node, name)]
            yield from (_with(node, **{name: None}) for name in given)
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _with(node, value=ast.Constant(None))


def _conditions(node: ast.AST) -> list[ast.expr]:
    """The conditions that are turned round; some have that mutant already."""
    match node:
        case ast.If() | ast.IfExp() | ast.While():
            tests = [node.test]
        case ast.comprehension():
            tests = node.ifs
        case _:
            tests = []
    return [each for each in tests if not isinstance(each, ast.UnaryOp) and not _flips(each)]


def _flips(test: ast.expr) -> bool:
    """Whether the only mutant of a comparison is its opposite."""
    return (
        isinstance(test, ast.Compare)
        and len(test.ops) == 1
        and len(_COMPARISONS[type(test.ops[0])]) == 1
    )


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for at, operator in enumerate(node.ops):
        for other in _COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _constants(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool() as truth):
            yield ast.Constant(not truth)
        case ast.Constant(value=int() as number):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
        case ast.Constant(value=str() as text):
            yield from map(ast.Constant, _texts(text))
        case ast.JoinedStr():
            for at, part in enumerate(node.values):
                for changed in _constants(part):
                    yield _with(node, values=[*node.values[:at], changed, *node.values[at + 1 :]])


def _texts(text: str) -> Iterator[str]:
    rules = (*(_IN_SQL if _SQL.search(text) else ()), *_IN_LOOKUPS)
    for pattern, other in rules:
        for found in re.finditer(pattern, text):
            yield text[: found.start()] + other + text[found.end() :]


def _is_text(node: ast.BinOp) -> bool:
    texts = (ast.JoinedStr, ast.List, ast.Tuple)
    return any(
        isinstance(side, texts) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _with(node: N, **changes: Any) -> N:
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def _written(source: bytes, lines: list[int], place: Any, changed: ast.AST) -> Mutant | None:
    start = lines[place.lineno - 1] + place.col_offset
    end = lines[place.end_lineno - 1] + place.end_col_offset
    text = ast.unparse(ast.fix_missing_locations(changed))
    bare = isinstance(changed, ast.Return | ast.Slice)
    put = text if bare else f"({text})"
    whole = (source[:start] + put.encode() + source[end:]).decode()
    if not _compiles(whole):
        return None
    return Mutant(place.lineno, _short(source[start:end].decode()), _short(text), whole)


def _compiles(source: str) -> bool:
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def _short(text: str) -> str:
    return " ".join(text.split())
