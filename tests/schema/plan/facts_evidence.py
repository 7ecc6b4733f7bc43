"""What an assistant's fields about proofs have to say, from the columns alone."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from domain.dates import BERLIN
from domain.evidence import FOREVER, EvidenceKind, Proof, ends, required, state_of
from domain.ids import encode
from domain.user import Employment, Verdict
from tests.schema.plan.scene import HOME

Row = Mapping[str, Any]
_COLUMNS = {
    "kind": "kind",
    "verdict": "verdict",
    "seenOn": "seen_on",
    "datedOn": "dated_on",
    "validUntil": "valid_until",
    "exemption": "exemption",
    "quality": "quality_id",
    "hours": "hours",
    "createdAt": "created_at",
}


def hold(row: Row | None) -> bool:
    """Whether the proofs of an assistant hold today."""
    until = None if row is None else row["proofs_until"]
    return until is not None and until >= datetime.now(BERLIN).date()


def proofs(row: Row, evidence: Sequence[Row], something: object) -> dict[str, Any]:
    """The fields of an assistant with these records."""
    until = row["proofs_until"]
    return {
        "proofsChecked": hold(row),
        "proofsHoldUntil": None if until is None or until == FOREVER else until.isoformat(),
        "availableActions": something,
        "evidence": [_record(each, something) for each in evidence],
        "proofs": [
            _status([_proof(each) for each in evidence], kind, something)
            for kind in required(Employment(row["employment"]))
        ],
    }


def _record(row: Row, something: object) -> dict[str, Any]:
    said = {name: _plain(row[column]) for name, column in _COLUMNS.items()}
    return said | {
        "id": encode("evidence", HOME, row["id"]),
        "kindLabel": something,
        "qualityLabel": None if row["quality_id"] is None else something,
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _proof(row: Row) -> Proof:
    return Proof(
        EvidenceKind(row["kind"]),
        Verdict(row["verdict"]) if row["verdict"] else None,
        row["seen_on"],
        valid_until=row["valid_until"],
        quality=row["quality_id"],
    )


def _status(ledger: list[Proof], kind: EvidenceKind, something: object) -> dict[str, Any]:
    end = ends(ledger).get(kind)
    return {
        "kind": kind.value,
        "label": something,
        "state": state_of(ledger, kind, datetime.now(BERLIN).date()).value,
        "stateLabel": something,
        "validUntil": None if end is None or end == FOREVER else end.isoformat(),
    }
