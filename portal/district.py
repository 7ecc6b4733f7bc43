"""What a district decides for itself: reading it from a TOML file and keeping it on its row."""

import dataclasses
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from domain.errors import DomainError
from domain.policy import BOUNDS, MOST_REMINDERS, Policy, problems
from domain.text import clean, email_address
from domain.window import Window, week_of
from models.database import execute, fetch
from notifications.language import Language
from portal.failure import CommandError

WELCOME_LIMIT = 2_000
_KEY = re.compile(r"(0[1-9]|1[0-6])[0-9]{3}")
_WINDOW = re.compile(r"([1-7]) ([0-9:]{5})-([0-9:]{5})")
_URL = re.compile(r"https://[\w.-]+(:[0-9]+)?(/[\w./?=&%~-]*)?")
_ROOM_URL = re.compile(r"https://[\w.-]+(:[0-9]+)?/[\w./?=&%~#-]*\{room\}[\w./?=&%~#-]*")
_PARTS = {"contact": {"email", "phone"}, "welcome": {each.value for each in Language}}
_KEEP = """
UPDATE districts SET email = $2, phone = $3, welcome = $4::jsonb, talk_minutes = $5, hours = $6,
  horizon_days = $7, notice_minutes = $8, missed_talks = $9, reminder_hours = $10::int[],
  video_url = $11, certificate_months = $12, coordinator_at_meetings = $13, travel_minutes = $14,
  room_url = $15, answer_days = $16, decision_days = $17,
  suggestions_at_once = $18, order_days = $19, smallest_told = $20
WHERE key = $1 AND (email, phone, welcome, talk_minutes, hours, horizon_days, notice_minutes,
  missed_talks, reminder_hours, video_url, certificate_months, coordinator_at_meetings,
  travel_minutes, room_url, answer_days, decision_days, suggestions_at_once, order_days,
  smallest_told)
  IS DISTINCT FROM ($2::text, $3::text, $4::jsonb, $5::int, $6::bytea, $7::int, $8::int, $9::int,
  $10::int[], $11::text, $12::int, $13::bool, $14::int, $15::text,
  $16::int, $17::int, $18::int, $19::int, $20::int)
"""


@dataclass(frozen=True, slots=True)
class Decisions:
    """A district's file, checked."""

    key: str
    email: str | None
    phone: str | None
    welcome: Mapping[str, str]
    policy: Policy


def read(path: Path) -> Decisions:
    """What stands in a file.

    Raises:
        CommandError: no such file, or which field of it is wrong.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror or error}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CommandError(f"{path} is not TOML in UTF-8: {error}") from None
    try:
        return _decisions(content)
    except ValueError as error:
        raise CommandError(f"{path}, {error}") from None


async def keep(decisions: Decisions) -> bool:
    """Write them onto the district's row; whether anything was different before.

    Raises:
        CommandError: the district is not known yet.
    """
    if not await fetch("SELECT 1 FROM districts WHERE key = $1", decisions.key):
        raise CommandError(
            f"The district {decisions.key} is not known yet: import its municipalities first"
        )
    policy = decisions.policy
    return bool(
        await execute(
            _KEEP,
            decisions.key,
            decisions.email,
            decisions.phone,
            json.dumps(dict(decisions.welcome), ensure_ascii=False),
            policy.talk_minutes,
            policy.hours,
            policy.horizon_days,
            policy.notice_minutes,
            policy.missed_talks,
            list(policy.reminder_hours),
            policy.video_url,
            policy.certificate_months,
            policy.coordinator_at_meetings,
            policy.travel_minutes,
            policy.room_url,
            policy.answer_days,
            policy.decision_days,
            policy.suggestions_at_once,
            policy.order_days,
            policy.smallest_told,
        )
    )


def _decisions(content: Mapping[str, Any]) -> Decisions:
    _refuse_unknown("", content, {"key", "contact", "welcome", "policy"})
    contact, welcome = (_table(content, name) for name in ("contact", "welcome"))
    for name, known in _PARTS.items():
        _refuse_unknown(f"{name}.", _table(content, name), known)
    return Decisions(
        key=_key(content),
        email=_optional(contact, "contact.email", email_address),
        phone=_optional(contact, "contact.phone", lambda text: clean(text, field="", limit=40)),
        welcome={name: _welcome(name, text) for name, text in welcome.items()},
        policy=_policy(_table(content, "policy")),
    )


def _key(content: Mapping[str, Any]) -> str:
    if "key" not in content:
        raise ValueError('key: is missing; write key = "03155", with the key of your district')
    return _matching(_KEY, content["key"], "key", "a district key such as 03155")


def _welcome(name: str, given: object) -> str:
    field = f"welcome.{name}"
    text, limit = _text(given, field), WELCOME_LIMIT
    if not text.strip():
        raise ValueError(f"{field}: is empty; write a sentence, or leave the line out")
    said: str = _told(field, lambda: clean(text, field=field, limit=limit, lines=True))
    return said


def _policy(given: Mapping[str, Any]) -> Policy:
    _refuse_unknown("policy.", given, {each.name for each in dataclasses.fields(Policy)})
    said: dict[str, Any] = dict(given)
    for name in said.keys() & BOUNDS.keys():
        if name == "reminder_hours":
            said[name] = tuple(_numbers(said[name], f"policy.{name}"))
        else:
            _number(said[name], f"policy.{name}")
    if "hours" in said:
        windows = [_window(each) for each in _list(said["hours"], "policy.hours")]
        said["hours"] = _told("policy.hours", lambda: week_of(windows))
    if said.get("video_url"):
        url = said["video_url"]
        _matching(_URL, url, "policy.video_url", "an address that begins with https://")
    if not isinstance(said.get("coordinator_at_meetings", True), bool):
        raise ValueError("policy.coordinator_at_meetings: must be true or false")  # noqa: TRY004  the file is wrong, not the code
    if said.get("room_url"):
        wanted = "an address that begins with https:// and holds {room} once"
        _matching(_ROOM_URL, said["room_url"], "policy.room_url", wanted)
    policy = Policy(**said)
    for problem in problems(policy):
        raise ValueError(_why(problem))
    return policy


def _why(problem: DomainError) -> str:
    low, high = problem.params.get("low"), problem.params.get("high")
    if problem.field == "hours":
        return "policy.hours: there must be at least one window"
    what = f"must be {low} to {high}"
    if high == MOST_REMINDERS and low == 0:
        what = f"may have {high} entries at most"
    return f"policy.{problem.field}: {what}"


def _window(given: object) -> Window:
    parts = _WINDOW.fullmatch(given) if isinstance(given, str) else None
    if parts is None:
        raise ValueError(f'policy.hours: {given!r} is not a window such as "1 08:00-16:00"')
    return Window(int(parts[1]), parts[2], parts[3])


def _told(field: str, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except DomainError as refusal:
        what = refusal.code.lower().replace("_", " ")
        raise ValueError(f"{field}: {what}") from None


def _optional(table: Mapping[str, Any], field: str, make: Callable[[str], str]) -> str | None:
    text = _text(table.get(field.rpartition(".")[2], ""), field)
    return _told(field, lambda: make(text)) if text else None


def _table(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"{name}: must be a table")  # noqa: TRY004  the file is wrong, not the code
    return found


def _refuse_unknown(prefix: str, table: Mapping[str, Any], known: set[str]) -> None:
    for name in sorted(table.keys() - known):
        raise ValueError(f"{prefix}{name}: there is no such field")


def _text(given: object, field: str) -> str:
    if not isinstance(given, str):
        raise ValueError(f"{field}: must be a text")  # noqa: TRY004  as above
    return given


def _list(given: object, field: str) -> list[Any]:
    if not isinstance(given, list):
        raise ValueError(f"{field}: must be a list")  # noqa: TRY004  as above
    return given


def _number(given: object, field: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool):
        raise ValueError(f"{field}: must be a whole number")  # noqa: TRY004  as above
    return given


def _numbers(given: object, field: str) -> list[int]:
    return [_number(each, field) for each in _list(given, field)]


def _matching(pattern: re.Pattern[str], given: object, field: str, wanted: str) -> str:
    if not isinstance(given, str) or pattern.fullmatch(given) is None:
        raise ValueError(f"{field}: {given!r} is not {wanted}")
    return given
