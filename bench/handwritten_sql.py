"""The statements of the hand-written endpoint, out of `bench/sql/`: one per read, its answer JSON.

The words in capitals are expanded here, the texts of activities into a constant that the planner
has at hand. The predicates are those of `visible_to`, the levels those of `domain.disclosure`, for
the one kind of viewer that a read has.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from domain.activity import CATALOGUE
from domain.disclosure import Stage
from domain.states import AGREED_MATCH, ENDED_MATCH, MatchState
from notifications.language import Language, text
from portal.demo.load import DISTRICT

_FOLDER = Path(__file__).with_name("sql")
_LABELS = json.dumps(
    {
        code: {"code": code, "label": text(f"activities.activities.{code}", Language.DE)}
        for code in CATALOGUE
    },
    ensure_ascii=False,
).replace("'", "''")
_COMMISSIONED = "'REQUESTED', 'AWARDED', 'MEETING'"


def _words(states: frozenset[MatchState]) -> str:
    return ", ".join(f"'{state.value}'" for state in sorted(states))


def _id(found: re.Match[str]) -> str:
    return f"'{found[1]}_{DISTRICT}_' || replace({found[2]}::text, '-', '')"


def _activities(found: re.Match[str]) -> str:
    table = f"{found[1]}_activities"
    return (
        f"ARRAY(SELECT '{_LABELS}'::jsonb -> activity_id FROM {table} "  # noqa: S608  our own words
        f"WHERE {found[1]}_id = {found[2]} ORDER BY activity_id) AS activities"
    )


def _shown(found: re.Match[str]) -> str:
    return f'CASE WHEN l.level >= {Stage[found[1]].value} THEN {found[2]} END AS "{found[3]}"'


def _level(found: re.Match[str]) -> str:
    return (
        f"max(CASE WHEN {found[1]}.state = 'CONTRACTED' THEN {Stage.CONTRACT.value} "
        f"WHEN {found[1]}.state IN ({_COMMISSIONED}) THEN {Stage.COMMISSION.value} "
        f"ELSE {Stage.MATCH.value} END)"
    )


def _cursor(found: re.Match[str]) -> str:
    return f"rtrim(translate(encode(uuid_send({found[1]}), 'base64'), '+/', '-_'), '=')"


_MACROS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (r"ID\((\w+), ([\w.]+)\)", _id),
    (r"ACTIVITIES\((\w+), ([\w.]+)\)", _activities),
    (r"SHOWN\((\w+), ([\w.]+), (\w+)\)", _shown),
    (r"LEVEL\((\w+)\)", _level),
    (r"CURSOR\((.*\])\)", _cursor),
    (r"\bAGREED\b", lambda _: _words(AGREED_MATCH)),
    (r"\bENDED\b", lambda _: _words(ENDED_MATCH)),
)


def _expanded(sql: str) -> str:
    for pattern, expansion in _MACROS:
        sql = re.sub(pattern, expansion, sql)
    return sql


STATEMENTS: Mapping[str, str] = {
    path.stem: _expanded(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.sql"))
}
"""The statements by the short names of the reads."""
