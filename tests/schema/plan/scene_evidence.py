"""The proofs of the scene as rows: every kind, every verdict, and what is missing."""

from datetime import date

from tests.schema.plan.scene_cast import DAWN, PEOPLE, PERSON, Row, key_of

_PAST, _FAR = date(2020, 2, 29), date(2199, 12, 31)
# kind, verdict, valid until, exemption, quality; what a person has shown is a part of it.
_RECORDS: tuple[tuple[str, str | None, date | None, str | None, str | None], ...] = (
    ("CERTIFICATE_OF_CONDUCT", "CONFIRMED", _FAR, None, None),
    ("MEASLES_PROTECTION", "CONFIRMED", None, "BORN_BEFORE_1971", None),
    ("INTERVIEW", None, None, None, None),
    ("TRAINING", "REJECTED", None, None, "QUA_SCHULUNG_45A"),
    ("QUALIFICATION", "CONFIRMED", _PAST, None, "QUA_FACHKRAFT"),
    ("INSURANCE", "CONFIRMED", _FAR, None, None),
    ("INTERVIEW", "CONFIRMED", None, None, None),
)


def evidence() -> list[Row]:
    """Each assistant has shown something else."""
    labels = [each.label for each in PEOPLE if each.role == "ASSISTANT" and each.profile]
    return [
        _record(at, number, label)
        for at, label in enumerate(labels)
        for number in range(len(_RECORDS))
        if number % (at + 1) == 0
    ]


def _record(person: int, number: int, label: str) -> Row:
    kind, verdict, until, exemption, quality = _RECORDS[number]
    return {
        "id": key_of(1_000 + person * 20 + number),
        "assistant_id": PERSON[label],
        "officer_id": PERSON["officer"],
        "kind": kind,
        "verdict": verdict,
        "seen_on": _PAST,
        "dated_on": _PAST if kind == "CERTIFICATE_OF_CONDUCT" else None,
        "valid_until": until,
        "exemption": exemption,
        "quality_id": quality,
        "hours": 12 if kind == "TRAINING" else None,
        "created_at": DAWN,
    }
