"""Each limit at its border, and the documents that broke the limiters of libraries."""

import time
from typing import Any

import pytest
from graphql import build_schema, get_introspection_query

from portal.graphql import schema as portal_schema
from schema.limits import (
    LIMITS,
    Cost,
    LimitExceeded,
    Limits,
    check_cost,
    check_lists,
    check_shape,
    coerced,
    cost_of,
    operations_of,
    parse_within,
)

SCHEMA = build_schema(
    """
    type Query {
      viewer: Node
      orders(first: Int, after: String): Connection!
      suggestions(first: Int): [Node!]!
      catalogue: [Node!]!
      nodes(ids: [ID!]!): [Node]!
      _entities(representations: [String!]!): [Node]!
    }
    type Mutation {
      signIn: Int registerSeeker: Int confirmEmail: Int requestEmailConfirmation: Int
      touch(a: Int): Int
    }
    type Connection { totalCount: Int edges: [Edge!]! }
    type Edge { node: Node! }
    type Node { id: ID node: Node orders(first: Int): Connection! list: [Node!]! }
    """
)

NESTED_PAGES = """
{ orders(first: 2) { edges { node { orders(first: 3) { edges { node { id } } } } } } }
"""
SPREAD_PAGES = """
{ orders(first: 2) { ...C } }
fragment C on Connection { edges { node { ...N } } }
fragment N on Node { id }
"""

# Seconds. Work that doubles with each step would not end at all; this is no measurement.
NOT_EXPONENTIAL = 5.0


def shape(text: str, limits: Limits = LIMITS) -> None:
    check_shape(SCHEMA, parse_within(text, limits), limits)


def cost(text: str, **variables: Any) -> int:
    document = parse_within(text)
    operation = operations_of(document)[0]
    known = coerced(SCHEMA, operation, variables)
    values = variables if known is None else known.coerced
    return cost_of(SCHEMA, document, operation, values).requested


def refused(text: str) -> str:
    with pytest.raises(LimitExceeded) as caught:
        shape(text)
    extensions = caught.value.extensions or {}
    assert extensions["code"] == "LIMIT_EXCEEDED"
    return str(extensions["limit"]["name"])


def nested(depth: int) -> str:
    return "{ viewer " + "{ node " * (depth - 2) + "{ id }" + " }" * (depth - 2) + " }"


def doubling(fragments: int, inner: str = "...F{n} ...F{n}") -> str:
    chain = "".join(
        f"fragment F{i} on Node {{ {inner.replace('{n}', str(i + 1))} }} " for i in range(fragments)
    )
    return f"{{ viewer {{ ...F0 }} }} {chain} fragment F{fragments} on Node {{ a: id }}"


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
