"""What a contract has to say, from the columns alone."""

from datetime import date

from domain.ids import encode
from tests.schema.plan.facts_base import SOMETHING, Facts, columns, seen
from tests.schema.plan.oracle import Eyes
from tests.schema.plan.scene import HOME
from tests.schema.plan.world import Row

_BOUND_UNTIL = date(2026, 7, 31)  # six months after the day on which all of the scene begin

_WAGE_OF_2027 = 1460  # that of 2026 is below all rates of the scene


def _warnings(row: Row) -> list[Facts]:
    """All of the scene end with the year 2026, or have no end."""
    if row["ends_on"] or row["hourly_cents"] >= _WAGE_OF_2027:
        return []
    what = "WAGE" if row["model"] == "EMPLOYER" else "RATE"
    return [{"code": f"{what}_BELOW_MINIMUM", "message": SOMETHING}]


def contract(eyes: Eyes, row: Row) -> Facts:
    """Terms, yeses and people."""
    codes = sorted(
        each["activity_id"]
        for each in eyes.world.those("contract_activities", "contract_id", row["id"])
    )
    said = eyes.world.those("contract_consents", "contract_id", row["id"])
    path = f"/printouts/contract/{row['id'].hex}"
    return {
        **columns(
            row,
            "version state model draftedBy startsOn endsOn interval minutes hourlyCents payer"
            " endReason createdAt agreedAt endedAt",
        ),
        **dict.fromkeys(
            ("stateLabel", "modelLabel", "duties", "availableActions", "nextStep"), SOMETHING
        ),
        "printouts": [
            {"form": form.upper(), "address": f"{path}.{form}?lang=de"} for form in ("html", "pdf")
        ],
        "warnings": _warnings(row),
        "endLabel": row["end_reason"] and SOMETHING,
        "boundUntil": _BOUND_UNTIL.isoformat() if row["model"] == "EMPLOYER" else None,
        "activities": [{"code": code, "label": SOMETHING} for code in codes],
        "consents": [
            {
                "id": encode("contractconsent", HOME, each["id"]),
                **columns(each, "side version at"),
                "onBehalf": each["principal_id"] is not None,
                "counts": each["version"] == _present(row, said),
            }
            for each in said
        ],
        "funding": [
            {"__typename": "ContractFunding", "place": each["place"], "source": source}
            for each in eyes.world.those("contract_funding", "contract_id", row["id"])
            if (source := seen(eyes, "FundingSource", each["source_id"]))
        ],
        "seeker": seen(eyes, "Seeker", row["seeker_id"]),
        "assistant": seen(eyes, "Assistant", row["assistant_id"]),
        "provider": seen(eyes, "Provider", row["provider_id"]),
        "order": seen(eyes, "Order", row["order_id"]),
        "match": seen(eyes, "Match", row["match_id"]),
    }


def _present(row: Row, said: list[Row]) -> int | None:
    """The version that a yes has to be to."""
    latest = max((each["version"] for each in said), default=None)
    return {"DRAFT": row["version"], "WITHDRAWN": None}.get(row["state"], latest)
