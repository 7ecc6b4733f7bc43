"""`audit`: whether the history is as it was sealed, and where its chain ends."""

import argparse
import asyncio
import json
import re
from collections.abc import Mapping
from datetime import timedelta

from domain.audit import SEALED_WITHIN, Head
from domain.keys import Keys
from models import audit as rows
from portal.database import connected, reachable
from portal.failure import CommandError
from portal.settings import Settings
from services.audit import Fault, Look, Verdict, verify
from services.clock import now

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_MINUTE = timedelta(minutes=1)
_SAID = {
    Fault.CHANGED: "is not as it was sealed",
    Fault.SEAL_MISSING: "has lost its seal",
    Fault.ENTRY_MISSING: "is missing: it was deleted after it was sealed",
    Fault.NOT_SEALED: "has no seal: it was written past the portal, or no worker runs",
    Fault.CUT_OFF: "is missing: the remembered head lies behind the end of the chain",
    Fault.OTHER_HEAD: "is not the one that was remembered: the chain was made anew",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `verify` and `head`."""
    actions = parser.add_subparsers(metavar="action", dest="action", required=True)
    check = actions.add_parser("verify", help="look whether anything was changed or is missing")
    check.add_argument("--head", metavar="NUMBER:HASH", help="a head that was remembered")
    check.add_argument(
        "--after", type=int, default=0, metavar="NUMBER", help="begin behind this seal (default: 0)"
    )
    check.add_argument("--until", type=int, metavar="NUMBER", help="end with this seal")
    check.add_argument(
        "--within",
        type=int,
        default=SEALED_WITHIN // _MINUTE,
        metavar="MINUTES",
        help="how soon a transition has to be sealed (default: %(default)s)",
    )
    tell = actions.add_parser("head", help="print the last seal, to be kept elsewhere")
    for action in (check, tell):
        action.add_argument("--json", action="store_true", help="answer as one line of JSON")


def execute(options: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Verify (1 if something is wrong), or print the head."""
    settings = Settings.from_environ(environ)
    if options.action == "head":
        with reachable(settings.database_url):
            head = asyncio.run(_head(settings))
        said = {"district": settings.district_key, "sequence": head.sequence, "hash": head.hash}
        print(json.dumps(said) if options.json else f"{head.sequence}:{head.hash}")
        return 0
    look = Look(
        after=max(options.after, 0),
        until=options.until,
        remembered=None if options.head is None else _remembered(options.head),
        within=options.within * _MINUTE,
    )
    with reachable(settings.database_url):
        verdict = asyncio.run(_verify(settings, look))
    print(json.dumps(_plain(verdict)) if options.json else _sentences(verdict))
    return 0 if verdict.broken is None else 1


async def _head(settings: Settings) -> Head:
    async with connected(settings, "portal audit"):
        head, _ = await rows.head()
    return head


async def _verify(settings: Settings, look: Look) -> Verdict:
    async with connected(settings, "portal audit"):
        return await verify(Keys(settings.secret_key.encode()), now(), look)


def _remembered(text: str) -> Head:
    parts = _HEAD.fullmatch(text)
    if parts is None:
        raise CommandError(f"{text!r} is not a head: it is written as `audit head` prints it")
    return Head(int(parts[1]), parts[2])


def _plain(verdict: Verdict) -> dict[str, object]:
    broken = verdict.broken
    return {
        "intact": broken is None,
        "checked": verdict.checked,
        "unsealed": verdict.unsealed,
        "late": verdict.late,
        "head": {"sequence": verdict.head.sequence, "hash": verdict.head.hash},
        "broken": broken
        and {
            "fault": broken.fault.value,
            "sequence": broken.sequence,
            "transition": broken.transition_id and str(broken.transition_id),
        },
    }


def _sentences(verdict: Verdict) -> str:
    counted = (
        f"{verdict.checked:,} seals are right ({verdict.late:,} of them late), "
        f"{verdict.unsealed:,} transitions wait for one."
    )
    if verdict.broken is None:
        head = verdict.head
        return f"Nothing was changed. {counted}\nThe chain ends at {head.sequence}:{head.hash}"
    broken = verdict.broken
    number = "" if broken.sequence is None else f" {broken.sequence}"
    which = "" if broken.transition_id is None else f" (transition {broken.transition_id})"
    return f"BROKEN: entry{number}{which} {_SAID[broken.fault]}.\n{counted}"
