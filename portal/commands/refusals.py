"""`refusals`: the catalogue of every refusal, with its words."""

import argparse
import json
from collections.abc import Mapping

from domain.errors import refusal_classes
from notifications.language import Language, labels

_FAMILY = "a whole request"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the language and `--json`."""
    parser.add_argument(
        "--language",
        choices=[each.value for each in Language],
        default=Language.EN.value,
        help="of messages and remedies (en)",
    )
    parser.add_argument("--json", action="store_true", help="every code, as one line of JSON")


def execute(options: argparse.Namespace, _environ: Mapping[str, str]) -> int:
    """Print codes, families, messages and remedies; {braces} stand for what is filled in."""
    found = catalogue(Language(options.language))
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    for each in found:
        print(f"{each['code']} ({each['kind'] or _FAMILY})")
        print(f"  {each['message']}\n  {each['remedy']}")
    return 0


def catalogue(language: Language) -> list[dict[str, str | None]]:
    """Refusals of what somebody wants to do, then of a whole request, which have no family."""
    words = labels(language)
    kinds = {each.code: each.kind.value for each in refusal_classes()}
    ends = ".message"
    whole = [key for key in words if key.startswith("errors.") and key.endswith(ends)]
    sections = [*(f"refusals.{code}" for code in kinds), *(key.removesuffix(ends) for key in whole)]
    return [
        {
            "code": (code := section.partition(".")[2]),
            "kind": kinds.get(code),
            "message": words[f"{section}.message"],
            "remedy": words[f"{section}.remedy"],
        }
        for section in sections
    ]
