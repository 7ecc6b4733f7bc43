"""The committed schema is the real one, and everything in it explains itself."""

from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLEnumType, GraphQLInterfaceType, GraphQLNamedType

from portal.graphql import schema

COMMITTED = Path(__file__).parents[2] / "schema" / "schema.graphql"
# What the federation library adds has no descriptions of ours.
_ADDED = ("_", "link__")


def _types() -> Iterator[tuple[str, GraphQLNamedType]]:
    for name, named in schema._schema.type_map.items():
        if not name.startswith(_ADDED):
            yield name, named


def test_the_committed_sdl_is_the_schema() -> None:
    assert COMMITTED.read_text("utf-8") == schema.as_str() + "\n", (
        "run `make sdl` and review the diff"
    )


def _undescribed() -> Iterator[str]:
    for name, named in _types():
        if not named.description:
            yield name
        for field_name, field in getattr(named, "fields", {}).items():
            if field_name.startswith("_"):
                continue
            if not field.description:
                yield f"{name}.{field_name}"
            for argument_name, argument in getattr(field, "args", {}).items():
                if not argument.description:
                    yield f"{name}.{field_name}({argument_name})"
        if isinstance(named, GraphQLEnumType):
            yield from (f"{name}.{value}" for value, v in named.values.items() if not v.description)


def test_everything_in_the_schema_has_a_description() -> None:
    assert list(_undescribed()) == []


def test_every_mutation_takes_one_input_with_an_idempotency_key() -> None:
    mutation = schema._schema.mutation_type
    assert mutation is not None
    for name, field in mutation.fields.items():
        assert list(field.args) == ["input"], name
        given = field.args["input"].type.of_type
        assert "idempotencyKey" in given.fields, name


def test_every_mutation_answers_with_a_union_that_holds_every_family_of_refusals() -> None:
    refusal = schema._schema.type_map["Refusal"]
    assert isinstance(refusal, GraphQLInterfaceType)
    families = {each.name for each in schema._schema.get_implementations(refusal).objects}
    mutation = schema._schema.mutation_type
    assert mutation is not None
    for name, field in mutation.fields.items():
        members = {each.name for each in field.type.of_type.types}
        assert families < members, name


def test_every_entity_has_the_key_id_and_federation_is_the_version_both_composers_take() -> None:
    sdl = schema.as_str()
    assert "https://specs.apollo.dev/federation/v2.9" in sdl
    for name in ("Assistant", "Match", "Order", "Provider", "Seeker", "User"):
        head = (
            sdl.split(f"\ntype {name} implements")[1].split("{")[0]
            + sdl.split(f"\ntype {name} implements")[1][:60]
        )
        assert '@key(fields: "id")' in head, name
