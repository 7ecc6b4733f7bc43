"""Refusals: stable codes, objects instead of sentences, several problems in one."""

import pytest

from domain import errors
from domain.errors import DomainError, Kind, OrderIncomplete, refusal_classes


def test_every_refusal_has_a_code_and_a_kind_of_its_own_or_its_family_s() -> None:
    for refusal in refusal_classes():
        assert isinstance(refusal.code, str)
        assert isinstance(refusal.kind, Kind)
        assert "code" in vars(refusal), refusal


def test_no_code_is_used_twice() -> None:
    codes = [refusal.code for refusal in refusal_classes()]
    assert len(set(codes)) == len(codes)


def test_every_class_of_the_module_is_in_the_catalogue() -> None:
    defined = {
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, DomainError) and each is not DomainError
    }
    assert set(refusal_classes()) == defined


def test_every_kind_has_a_refusal() -> None:
    assert {refusal.kind for refusal in refusal_classes()} == set(Kind)


@pytest.mark.parametrize("refusal", refusal_classes(), ids=lambda refusal: refusal.code)
def test_a_refusal_says_its_code_and_nothing_of_its_values(refusal: type[DomainError]) -> None:
    error = refusal(field="email", secret="erika@example.org")
    assert str(error) == refusal.code
    assert "erika" not in repr(error)
    assert (error.field, error.params, error.problems) == (
        "email",
        {"secret": "erika@example.org"},
        (),
    )


def test_several_problems_are_one_refusal_that_lists_them_all() -> None:
    problems: list[DomainError] = [OrderIncomplete(field=name) for name in "abc"]
    refusal = DomainError.of(problems)
    assert refusal is problems[0]
    assert refusal.problems == tuple(problems)
    assert [each.problems for each in problems[1:]] == [(), ()]
