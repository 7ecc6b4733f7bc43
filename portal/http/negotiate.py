"""Which media types an `Accept` header allows, by its q-values."""

from dataclasses import dataclass
from functools import lru_cache

from portal.http.refusal import EVENT_STREAM, GRAPHQL_JSON, JSON

_HTML = "text/html"
_HEADERS = 256  # few are in use; a hostile one only pushes others out


@dataclass(frozen=True, slots=True)
class Acceptable:
    """What the client takes.

    `json` is the JSON media type for an answer, or none. `legacy` says that the client named
    `application/json` itself and that this is what it gets. `stream` says that event streams are
    taken, `stream_first` that they are preferred to JSON; `page` that a person looks.
    """

    json: str | None
    legacy: bool
    stream: bool
    stream_first: bool
    page: bool


@dataclass(frozen=True, slots=True)
class _Range:
    media: str
    quality: float


@lru_cache(_HEADERS)
def negotiate(header: str | None) -> Acceptable:
    """What an `Accept` header allows; without one, `application/json` and event streams."""
    if header is None:
        return Acceptable(json=JSON, legacy=False, stream=True, stream_first=False, page=False)
    ranges = _ranges_of(header)
    json, quality = _json_of(ranges)
    stream, html = _quality(EVENT_STREAM, ranges), _quality(_HTML, ranges)
    named = {each.media for each in ranges}
    return Acceptable(
        json=json,
        legacy=json == JSON and JSON in named,
        stream=stream > 0,
        stream_first=EVENT_STREAM in named and stream > quality,
        page=_HTML in named and html > quality,
    )


def _json_of(ranges: list[_Range]) -> tuple[str | None, float]:
    """The JSON type with the highest quality; among equals a named one, and the newer one.

    Whoever names neither (`*/*`) gets `application/json`.
    """
    named = {each.media for each in ranges}
    preferred = GRAPHQL_JSON if GRAPHQL_JSON in named else JSON
    quality, _, _, media = max(
        (_quality(media, ranges), media in named, media == preferred, media)
        for media in (JSON, GRAPHQL_JSON)
    )
    return (media, quality) if quality > 0 else (None, 0.0)


def _quality(media: str, ranges: list[_Range]) -> float:
    """The q-value of the most specific range that matches."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [each.quality for each in ranges if each.media == wanted]
        if found:
            return max(found)
    return 0.0


def _ranges_of(header: str) -> list[_Range]:
    return [
        _Range(media, quality)
        for part in header.split(",")
        for media, *parameters in [[each.strip().lower() for each in part.split(";")]]
        if media and (quality := _quality_of(parameters)) is not None
    ]


def _quality_of(parameters: list[str]) -> float | None:
    """The q-value among the parameters; none if the range asks for what nobody can send."""
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = _number(value.strip())
        elif name.strip() == "charset" and value.strip().strip('"') not in ("utf-8", "utf8"):
            return None
    return quality


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0
