"""The catalogue of activities: complete, stable, and the only source of codes."""

import pytest

from domain.activity import CATALOGUE, GROUPS, Flag, known
from domain.errors import ActivityUnknown


def test_the_groups_stand_in_the_order_of_the_catalogue() -> None:
    order = "HAU BEG FAH FRE SOZ KOM SCH TAG BET GRU MED ELT ARB BIL EHR KRH NOT"
    assert " ".join(GROUPS) == order
    assert list(dict.fromkeys(entry.group for entry in CATALOGUE.values())) == list(GROUPS)


def test_codes_are_ascii_fit_their_column_and_begin_with_their_group() -> None:
    for code, entry in CATALOGUE.items():
        assert entry.code == code
        assert code.isascii()
        assert code.isupper()
        assert len(code) <= 40
        assert code.startswith(entry.group + "_")


def test_codes_that_orders_already_carry_stay_in_the_catalogue() -> None:
    assert {"HAU_EINKAUFEN", "BEG_ARZT_UND_THERAPIE", "FAH_EIGENES_AUTO"} <= CATALOGUE.keys()
    assert len(CATALOGUE) == 71


def test_body_near_help_is_sensitive_and_only_the_training_of_ways_is_qualified() -> None:
    body_near = {entry.group for entry in CATALOGUE.values() if Flag.BODY_NEAR in entry.flags}
    assert body_near == {"GRU"}
    assert Flag.SENSITIVE in CATALOGUE["GRU_WASCHEN"].flags
    assert Flag.QUALIFIED in CATALOGUE["FAH_WEG_TRAINING"].flags
    assert Flag.QUALIFIED not in CATALOGUE["FAH_ROLLSTUHL"].flags


def test_unknown_codes_are_refused_and_doubles_count_once() -> None:
    assert known(["HAU_KOCHEN", "HAU_KOCHEN"]) == {"HAU_KOCHEN"}
    with pytest.raises(ActivityUnknown) as refused:
        known(["HAU_KOCHEN", "HAU_ZAUBERN"], field="needs")
    assert refused.value.field == "needs"
