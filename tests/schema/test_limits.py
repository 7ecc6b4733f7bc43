"""Each limit at its border."""

from typing import Any

import pytest

from portal.graphql import schema as portal_schema
from schema.limits import (
    LIMITS,
    Cost,
    LimitExceeded,
    Limits,
    check_cost,
    check_lists,
)
from tests.schema.limiting import cost, nested, refused, shape

NESTED_PAGES = """
{ orders(first: 2) { edges { node { orders(first: 3) { edges { node { id } } } } } } }
"""
SPREAD_PAGES = """
{ orders(first: 2) { ...C } }
fragment C on Connection { edges { node { ...N } } }
fragment N on Node { id }
"""


@pytest.mark.parametrize(
    ("allowed", "too_much", "name"),
    [
        pytest.param(nested(10), nested(11), "depth", id="depth"),
        pytest.param(
            "{ viewer { " + " ".join(f"a{i}: id" for i in range(30)) + " } }",
            "{ viewer { " + " ".join(f"a{i}: id" for i in range(31)) + " } }",
            "aliases",
            id="aliases",
        ),
        pytest.param(
            "query @a { viewer { id " + "@b " * 49 + "} }",
            "query @a { viewer { id " + "@b " * 50 + "} }",
            "directives",
            id="directives",
        ),
        pytest.param(
            "{ " + "viewer { id } " * 20 + "}",
            "{ " + "viewer { id } " * 19 + "...on Query { viewer { id } nodes(ids: []) { id } } }",
            "root fields",
            id="root fields",
        ),
        pytest.param(
            "mutation { " + "touch " * 5 + "}",
            "mutation { " + "touch " * 6 + "}",
            "mutations",
            id="mutations",
        ),
        pytest.param("mutation { signIn }", "mutation { signIn touch }", "mutations", id="lone"),
        pytest.param(
            "{ viewer { " + "id " * 20 + "} }",
            "{ viewer { " + "id " * 21 + "} }",
            "repeats",
            id="repeats",
        ),
        pytest.param(
            "{ viewer { " + "...{ " * 38 + "id" + " }" * 38 + " } }",
            "{ viewer { " + "...{ " * 39 + "id" + " }" * 39 + " } }",
            "nesting",
            id="nesting",
        ),
        pytest.param(
            '{ __type(name: "Node") ' + "{ ofType " * 18 + "{ name }" + "}" * 19,
            '{ __type(name: "Node") ' + "{ ofType " * 19 + "{ name }" + "}" * 20,
            "introspection depth",
            id="introspection depth",
        ),
        pytest.param(
            "{ viewer { id } #" + "x" * (16_384 - 19) + "\n}",
            "{ viewer { id } #" + "x" * (16_384 - 18) + "\n}",
            "bytes",
            id="bytes",
        ),
        pytest.param(
            "{ viewer { x y id(" + "a: 1 " * 330 + ") } }",
            "{ viewer { x y z id(" + "a: 1 " * 330 + ") } }",
            "tokens",
            id="tokens",
        ),
        pytest.param(
            "{ nodes(ids: [" + "1 " * 200 + "]) { id } }",
            "{ nodes(ids: [" + "1 " * 201 + "]) { id } }",
            "list entries",
            id="list entries",
        ),
        pytest.param(
            "query ($a: [[Int]] = [[" + "1 " * 200 + "]]) { viewer { id } }",
            "query ($a: [[Int]] = [[" + "1 " * 201 + "]]) { viewer { id } }",
            "list entries",
            id="list entries of a default",
        ),
    ],
)
def test_a_limit_allows_its_number_and_refuses_one_more(
    allowed: str, too_much: str, name: str
) -> None:
    shape(allowed)
    assert refused(too_much) == name


@pytest.mark.parametrize(
    "field", ["signIn", "registerSeeker", "confirmEmail", "requestEmailConfirmation"]
)
@pytest.mark.parametrize(
    "document",
    [
        "mutation {{ {0} {0} }}",
        "mutation {{ a: {0} b: {0} }}",
        "mutation {{ ...F }} fragment F on Mutation {{ {0} touch }}",
        "mutation {{ {0} ...F }} fragment F on Mutation {{ ...G }} fragment G on Mutation {{ a }}",
        "query A {{ viewer {{ id }} }} mutation B {{ touch ...on Mutation {{ {0} }} }}",
    ],
)
def test_what_concerns_signing_in_stands_alone(field: str, document: str) -> None:
    assert refused(document.format(field)) == "mutations"


def test_reused_fragments_count_as_often_as_they_are_spread() -> None:
    fragment = "fragment F on Node { " + " ".join(f"a{i}: id" for i in range(10)) + " }"
    shape("{ viewer { ...F ...F ...F } }" + fragment)
    assert refused("{ viewer { ...F ...F ...F ...F } }" + fragment) == "aliases"


def test_directives_of_variables_and_fragments_count() -> None:
    text = (
        "query ($a: Int @x @x) { viewer @x { ...F @x ...@x { id } } } "
        "fragment F on Node @x { id @x }"
    )
    shape(text, Limits(directives=7))
    with pytest.raises(LimitExceeded):
        shape(text, Limits(directives=6))


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        ("{ viewer { id } }", {}, 2),
        ("{ orders { totalCount } }", {}, 2),
        ("{ orders { edges { node { id } } } }", {}, 1 + 1 + 20 * 2),
        ("{ orders(first: 3) { totalCount edges { node { id } } } }", {}, 3 + 3 * 2),
        ("{ suggestions(first: 3) { id } }", {}, 1 + 3),
        ("{ suggestions { id } }", {}, 1 + 20),
        ("{ catalogue { id list { id } } }", {}, 4),
        ("query ($n: Int) { suggestions(first: $n) { id } }", {"n": 7}, 8),
        ("query ($n: Int = 5) { suggestions(first: $n) { id } }", {}, 6),
        ("query ($n: Int = 5) { suggestions(first: $n) { id } }", {"n": 2}, 3),
        ("query ($n: Int) { suggestions(first: $n) { id } }", {}, 21),
        ("query ($n: Int) { suggestions(first: $n) { id } }", {"n": "x"}, 21),
        ("query ($n: Int) { suggestions(first: $n) { id } }", {"n": 100.0}, 101),
        ("query ($n: Int = 5) { suggestions(first: $n) { id } }", {"n": None}, 21),
        ('query ($i: [ID!]! = ["a", "b", "c"]) { nodes(ids: $i) { id } }', {}, 4),
        ('query ($i: [ID!]! = ["a", "b", "c"]) { nodes(ids: $i) { id } }', {"i": "a"}, 2),
        ('query ($r: [String!]! = ["a", "b"]) { _entities(representations: $r) { id } }', {}, 3),
        ("{ suggestions(first: -5) { id } }", {}, 2),
        ('{ nodes(ids: ["a", "b"]) { id } }', {}, 3),
        ("query ($r: [String!]!) { _entities(representations: $r) { id } }", {"r": ["a"] * 9}, 10),
        (NESTED_PAGES, {}, 2 + 2 * (2 + 1 + 3 * 2)),
        (SPREAD_PAGES, {}, 6),
        ("{ orders(first: 2) { edges { ...on Edge { node { id } } } } }", {}, 6),
        ("{ __schema { types { name } } }", {}, 1),
        ("{ unknown { a b } }", {}, 3),
    ],
)
def test_cost_is_fields_times_page_sizes(
    text: str, variables: dict[str, Any], expected: int
) -> None:
    assert cost(text, **variables) == expected


def test_cost_is_refused_above_the_budget_with_both_numbers() -> None:
    check_cost(Cost(5_000, 5_000))
    with pytest.raises(LimitExceeded) as caught:
        check_cost(Cost(5_001, 5_000))
    limit = (caught.value.extensions or {})["limit"]
    assert limit == {"name": "cost", "requested": 5_001, "limit": 5_000}


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("query ($n: Int) { orders(first: $n) { totalCount } }", lambda n: {"n": n}),
        ("query ($n: [ID!]!) { nodes(ids: $n) { id } }", lambda n: {"n": ["x"] * n}),
        (
            "query ($n: [String!]!) { _entities(representations: $n) { id } }",
            lambda n: {"n": ["x"] * n},
        ),
    ],
)
def test_pages_and_references_end_at_a_hundred(text: str, variables: Any) -> None:
    cost(text, **variables(100))
    with pytest.raises(LimitExceeded):
        cost(text, **variables(101))


@pytest.mark.parametrize(
    "text",
    [
        "query ($i: [ID!]! = [{0}]) {{ nodes(ids: $i) {{ id }} }}",
        "query ($i: [String!]! = [{0}]) {{ _entities(representations: $i) {{ id }} }}",
    ],
)
def test_references_in_a_default_end_at_a_hundred_too(text: str) -> None:
    cost(text.format('"x" ' * 100))
    with pytest.raises(LimitExceeded):
        cost(text.format('"x" ' * 101))


@pytest.mark.parametrize("wrap", [lambda n: {"a": [1] * n}, lambda n: {"a": [{"b": [1] * n}]}])
def test_lists_in_variables_are_bounded_at_every_depth(wrap: Any) -> None:
    check_lists(wrap(200))
    with pytest.raises(LimitExceeded, match="list entries"):
        check_lists(wrap(201))


def test_what_stands_alone_exists() -> None:
    mutations = portal_schema._schema.mutation_type
    assert mutations is not None
    assert set(mutations.fields) >= LIMITS.lone_mutations
    assert len(LIMITS.lone_mutations) == 4


def test_a_literal_page_ends_at_a_hundred() -> None:
    cost("{ viewer { orders(first: 100) { totalCount } } }")
    with pytest.raises(LimitExceeded):
        cost("{ viewer { orders(first: 101) { totalCount } } }")
