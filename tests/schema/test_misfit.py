"""Values that do not fit: where and of what kind they are told, and in which words."""

import json
from typing import Any

import pytest
from graphql import (
    GraphQLInputType,
    GraphQLNamedInputType,
    GraphQLScalarType,
    ValuesOfCorrectTypeRule,
    build_schema,
    get_named_type,
    get_variable_values,
    is_input_object_type,
    parse,
    validate,
)
from hypothesis import given
from hypothesis import strategies as st

from notifications.language import Language, labels
from notifications.refusal import explain_value
from portal.graphql import schema
from schema.limits import operations_of
from schema.misfit import ENUM, MISSING, OBJECT, UNKNOWN, VALUE, Misfit, ValuesFit, misfits

GRAPH = schema._schema
SECRET = "Pflegegrad 4"
SMALL = build_schema(
    """
    input I { a: Int! e: E s: String b: Boolean f: Float i: ID l: [[Int]] m: [I!] o: Int! = 1 }
    enum E { A }
    type Query { x(i: I, n: Int, ns: [Int!], r: I!): Int }
    """
)


def taken_by_people() -> dict[str, GraphQLNamedInputType]:
    """Every type that an argument or a field of an input takes, by name."""
    found: dict[str, GraphQLNamedInputType] = {}

    def look(type_: GraphQLInputType) -> None:
        named: Any = get_named_type(type_)
        if named.name not in found:
            found[named.name] = named
            if is_input_object_type(named):
                for field in named.fields.values():
                    look(field.type)

    outputs: list[Any] = [each for each in GRAPH.type_map.values() if hasattr(each, "fields")]
    for each in outputs:
        for field in each.fields.values():
            for argument in getattr(field, "args", {}).values():
                look(argument.type)
    return found


# Each scalar refuses one of these, or takes anything and leaves refusing to the domain.
WRONG = (SECRET, "2026-02-31", "12,50 EUR", 10**12, 1.5, True, [[SECRET]], {"a": SECRET})


def kinds_of(name: str) -> set[str]:
    """What is said of wrong values of a type."""
    document = parse(f"query($v: {name}) {{ __typename }}")
    operation = operations_of(document)[0]
    kinds: set[str] = set()
    for wrong in WRONG:
        found = misfits(GRAPH, document, operation, {"v": wrong})
        kinds |= {each.kind for each in found if isinstance(each, Misfit)} - {VALUE}
        assert not any(str(wrong) in each.message for each in found)
    return kinds


SCALARS = sorted(
    name
    for name, each in taken_by_people().items()
    if isinstance(each, GraphQLScalarType) and kinds_of(name)
)


def told(value: Any, type_: str = "I", at: str = "i: $v") -> list[tuple[str, str]]:
    """Kind and field of what is wrong with the value of a variable."""
    document = parse(f"query($v: {type_}) {{ x({at}) }}")
    found = misfits(SMALL, document, operations_of(document)[0], {"v": value})
    assert SECRET not in repr(found)
    return [
        (each.kind, (each.extensions or {})["field"]) for each in found if isinstance(each, Misfit)
    ]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", [*SCALARS, ENUM, OBJECT, UNKNOWN, MISSING])
def test_every_kind_of_value_has_a_sentence_of_its_own(kind: str, language: Language) -> None:
    said = explain_value(kind, language)
    assert said != explain_value("nobody knows it", language)
    assert said.message.endswith((".", "!"))
    assert said.remedy


def test_no_sentence_is_about_a_scalar_that_nothing_takes() -> None:
    known = {each.split(".")[1] for each in labels(Language.DE) if each.startswith("values.")}
    assert known == {*SCALARS, ENUM, OBJECT, UNKNOWN}


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": SECRET}, [("Int", "i.a")]),
        ({"a": 2**31}, [("Int", "i.a")]),
        ({"a": 1.5, "b": "ja"}, [("Int", "i.a"), ("Boolean", "i.b")]),
        ({"s": SECRET}, [(MISSING, "i.a")]),
        ({"a": None}, [(MISSING, "i.a")]),
        ({"a": 1, "o": None}, [(MISSING, "i.o")]),
        (SECRET, [(OBJECT, "i")]),
        ({"a": 1, "e": SECRET}, [(ENUM, "i.e")]),
        ({"a": 1, "s": {SECRET: SECRET}}, [("String", "i.s")]),
        ({"a": 1, "l": [[1], [2, SECRET]]}, [("Int", "i.l.1.1")]),
        ({"a": 1, "m": [{"a": 1}, {"a": []}]}, [("Int", "i.m.1.a")]),
        ({"a": 1, "m": [None]}, [(MISSING, "i.m.0")]),
        ({"a": 1, "zz": SECRET}, [(UNKNOWN, "i.zz")]),
        ({"a": 1, SECRET: 1}, [(UNKNOWN, "i")]),
        ({"a": 1, "z" * 65: 1}, [(UNKNOWN, "i")]),
    ],
)
def test_each_misfit_is_told_at_its_field_and_never_with_its_value(
    value: object, found: list[tuple[str, str]]
) -> None:
    assert told(value) == found


def test_a_variable_is_told_of_where_the_document_uses_it() -> None:
    assert told(SECRET, "Int!", "i: {a: 1, m: [{a: $v}]}") == [("Int", "i.m.0.a")]
    assert told(SECRET, "Int", "n: 1) @include(if: true) y: x(ns: [1, $v]") == [("Int", "ns.1")]


def test_several_wrong_variables_are_several_errors() -> None:
    document = parse(
        "query($a: Int!, $b: Int!) { x(n: $a) ...F } fragment F on Query { x(ns: [$b]) }"
    )
    found = misfits(SMALL, document, operations_of(document)[0], {"a": SECRET})
    assert [each.extensions["field"] for each in found if each.extensions] == ["n", "ns.0"]


def test_a_document_with_many_mistakes_is_told_of_a_few() -> None:
    assert len(told([SECRET] * 100, "[Int!]", "ns: $v")) == 20


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ('{ x(n: "geheim") }', ["n"]),
        ("{ x(i: {a: 1.5, e: geheim, l: [[1, geheim]]}) }", ["i.a", "i.e", "i.l.0.1"]),
        ('{ x(i: {a: 1, e: "A"}) }', ["i.e"]),
        ("{ x(i: {s: $s, a: null, geheim: 1}) }", ["i.a", "i.geheim"]),
        ('query($v: Int = "geheim") { x(n: $v) }', ["v"]),
        ('{ x @include(if: "geheim") }', ["if"]),
    ],
)
def test_literals_are_told_like_variables(text: str, fields: list[str]) -> None:
    found = validate(SMALL, parse(text), [ValuesFit])
    assert [each.extensions["field"] for each in found if each.extensions] == fields
    assert not any("geheim" in each.message for each in found)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**33), 2**33)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "A", "2026-02-31", "12,50 EUR", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*"aesbfilmoz"]), inner, max_size=6)
    ),
    max_leaves=12,
)
TYPES = st.sampled_from(["I", "I!", "[I]", "[Int!]!", "E", "[[Boolean!]]", "ID", "Float", "String"])


@given(VALUES, TYPES)
def test_what_the_library_refuses_in_a_variable_is_told_and_nothing_else(
    value: object, type_: str
) -> None:
    document = parse(f"query($v: {type_}) {{ x }}")
    operation = operations_of(document)[0]
    refused = isinstance(
        get_variable_values(SMALL, operation.variable_definitions or (), {"v": value}), list
    )
    found = misfits(SMALL, document, operation, {"v": value})
    assert any(isinstance(each, Misfit) and each.kind != VALUE for each in found) is refused


@given(VALUES)
def test_what_the_library_refuses_in_a_literal_is_told_and_nothing_else(value: object) -> None:
    document = parse(f"{{ x(i: {literal(value)}, r: {literal(value)}) }}")
    refused = validate(SMALL, document, [ValuesOfCorrectTypeRule])
    assert bool(validate(SMALL, document, [ValuesFit])) is bool(refused)


def literal(value: Any) -> str:
    """A value as a document writes it; what looks like a code is one."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return value if value == "A" else json.dumps(value)


@pytest.mark.parametrize("name", SCALARS)
def test_what_a_scalar_of_the_graph_refuses_is_told_as_its_own(name: str) -> None:
    assert kinds_of(name) == {name}
