"""The refusal of what others do, with the others that it has to name."""

import pytest

from domain.errors import RoleNotAllowed
from domain.permissions import Doer, left_to
from domain.viewer import Role


def refused_for(*doers: Role | Doer) -> pytest.RaisesExc[RoleNotAllowed]:
    """Whatever happens inside is refused, and these are named instead."""
    named = left_to(*doers).params
    return pytest.raises(RoleNotAllowed, check=lambda refused: refused.params == named)
