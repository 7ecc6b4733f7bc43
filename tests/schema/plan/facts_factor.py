"""What an account's fields about the second factor have to say."""

from collections.abc import Mapping
from typing import Any


def second_factor(row: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of an account with this row, or with none."""
    holds = row is not None and row["version"] > 0
    left = 10 - len(row["used_codes"]) if row is not None and holds else None
    return {"secondFactor": holds, "recoveryCodesLeft": left}
