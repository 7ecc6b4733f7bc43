"""What news says inside the portal: the mail's subject, and of its text what holds for everybody.

It ends before the first sentence with a placeholder, or that leads up to one. So nothing personal,
no link and no code can stand in it, whatever a mail says. `in_app` beside `subject` and `body` in
the catalogue says it in other words.
"""

import re
from functools import lru_cache
from itertools import takewhile

from notifications.language import Language, labels

_KINDS = 1_024
_HERE = ("Hier ", "Here ")  # the link follows


def title(kind: str, language: Language) -> str:
    """The headline: the mail's subject, which never holds anything personal."""
    known = labels(language)
    return known.get(f"mails.{kind.lower()}.subject") or known["answers.news.title"]


@lru_cache(_KINDS)
def notice(kind: str, language: Language) -> str:
    """The text, the same for everybody."""
    known = labels(language)
    key = f"mails.{kind.lower()}"
    own = known.get(f"{key}.in_app")
    return own or _general(known.get(f"{key}.body", "")) or known["answers.news.text"]


def _general(body: str) -> str:
    """What the text says to everybody before it says something to somebody."""
    _greeting, *paragraphs = body.strip().split("\n\n")
    kept: list[str] = []
    for paragraph in paragraphs[:-1]:
        sentences = re.split(r"(?<=[.!?:])\s+", paragraph)
        general = list(takewhile(_is_general, sentences))
        while len(general) < len(sentences) and general and general[-1].endswith("?"):
            general.pop()  # a question without its answer
        kept.append(" ".join(general))
        if len(general) < len(sentences):
            break
    text = "\n\n".join(filter(None, kept))
    return text[:1].upper() + text[1:]


def _is_general(sentence: str) -> bool:
    return "{" not in sentence and not sentence.endswith(":") and not sentence.startswith(_HERE)
