"""The documents that broke the limiters of libraries."""

import time

import pytest
from graphql import get_introspection_query

from tests.schema.limiting import doubling, refused, shape

# Seconds. Work that doubles with each step would not end at all; this is no measurement.
NOT_EXPONENTIAL = 5.0


@pytest.mark.parametrize("fragments", [10, 18, 60])
@pytest.mark.parametrize("inner", ["...F{n} ...F{n}", "node { ...F{n} ...F{n} }"])
def test_doubling_fragments_are_refused_at_once(fragments: int, inner: str) -> None:
    started = time.perf_counter()
    assert refused(doubling(fragments, inner)) in ("aliases", "depth")
    assert time.perf_counter() - started < NOT_EXPONENTIAL


def test_a_thousand_equal_fields_are_refused_at_once() -> None:
    started = time.perf_counter()
    assert refused("{ viewer { " + "id " * 1_000 + "} }") == "tokens"
    assert refused("{ viewer { " + "id " * 990 + "} }") == "repeats"
    assert time.perf_counter() - started < NOT_EXPONENTIAL


def test_fragment_cycles_end() -> None:
    shape("{ viewer { ...A } } fragment A on Node { ...B } fragment B on Node { ...A id }")
    shape("{ viewer { ...A } } fragment A on Node { ...A }")


def test_long_chains_of_fragments_do_not_exhaust_the_stack() -> None:
    chain = "".join(f"fragment F{i} on Node {{ ...F{i + 1} }} " for i in range(105))
    shape("{ viewer { ...F0 } } " + chain + "fragment F105 on Node { id }")
    assert refused("{" + "viewer {" * 150 + "}" * 150 + "}") == "nesting"


def test_introspection_passes_and_is_bounded() -> None:
    shape(get_introspection_query(input_value_deprecation=True, directive_is_repeatable=True))
    heavy = "fields { type { ...T{n} } args { type { ...T{n} } } inputFields { type { ...T{n} } }"
    chain = "".join(
        f"fragment T{i} on __Type {{ {heavy.replace('{n}', str(i + 1))} }} }} " for i in range(8)
    )
    document = "{ __schema { types { ...T0 } } } " + chain + "fragment T8 on __Type { name }"
    assert refused(document).startswith("introspection")
