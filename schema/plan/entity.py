"""Types with rows behind them: what `entity` demands of one, and where all of them stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from strawberry.types.base import StrawberryOptional, get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case
from tortoise.models import Model
from typing_extensions import dataclass_transform

from domain.disclosure import OPEN, Stage, Undeclared
from domain.errors import IdMalformed, NotMyDistrict
from domain.ids import split
from schema.disclosed import UndeclaredField, stage_in_table
from schema.plan.declare import Column, Computed, Connected, Declared, Relation, Scalar
from schema.plan.field import Planned, declaration_of
from schema.plan.orm import key_of

T = TypeVar("T")


class UndeclaredPolicy(Undeclared):
    """A model does not say which of its rows a viewer may see, or how far."""


@dataclass(frozen=True, slots=True)
class Member:
    """One field of an entity: its names, what it is, and the stage from which on it is shown."""

    name: str
    python_name: str
    declared: Declared
    stage: Stage


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A type of the graph whose objects are rows; without a model there is one row, the viewer."""

    name: str
    cls: type[Any]
    model: type[Model] | None
    is_node: bool
    members: Mapping[str, Member]
    hidden: Mapping[str, Scalar | Computed]

    @property
    def key(self) -> str:
        """The name of the primary key."""
        return "id" if self.model is None else key_of(self.model)

    @property
    def prefix(self) -> str:
        """What this type's ids begin with."""
        return self.name.lower()

    def member(self, python_name: str) -> Member:
        """A field by the name it has in Python."""
        return next(each for each in self.members.values() if each.python_name == python_name)

    def need(self, name: str, asking: Computed) -> Scalar | Computed | Column:
        """What a name means that a function asks for: something of the type, else a column.

        A field may be computed from the column of its own name.
        """
        if name in self.hidden:
            return self.hidden[name]
        for member in self.members.values():
            declared = member.declared
            if member.python_name == name and isinstance(declared, Computed):
                return Column(name) if declared is asking else declared
        return Column(name)


ENTITIES: dict[str, Entity] = {}
_NODES: dict[str, Entity] = {}


def located(text: str, district: str, expected: Entity | None = None) -> tuple[Entity, str]:
    """The type and the primary key behind an id; by default any type that is a Node.

    Raises:
        IdMalformed: not an id, or one of another kind.
        NotMyDistrict: the id of another district's portal.
    """
    kind, home, key = split(text)
    if home != district:
        raise NotMyDistrict(field="id", district=home)
    found = _NODES.get(kind)
    if found is None or expected not in {None, found}:
        raise IdMalformed(field="id")
    return found, key


def reference_of(representation: Any) -> tuple[Entity, str] | None:
    """The type and the id that a gateway's representation names, if it can be read."""
    given: dict[str, Any] = representation if isinstance(representation, dict) else {}
    found, text = ENTITIES.get(str(given.get("__typename"))), given.get("id")
    if found is None or not found.is_node or not isinstance(text, str):
        return None
    return found, text


@dataclass_transform(kw_only_default=True, field_specifiers=())
def entity(model: type[Model] | None, description: str) -> Callable[[type[T]], type[T]]:
    """Make a class a type of the graph that is read from the rows of a model.

    Raises:
        UndeclaredPolicy: the model lacks `visible_to` or `stage_to`.
        UndeclaredField: a field is not declared, has no stage, or cannot keep what it promises.
    """

    def decorate(cls: type[T]) -> type[T]:
        _demand_policy(model)
        made = _as_type(cls, description)
        definition = get_object_definition(made, strict=True)
        members = [_member(definition.name, field) for field in definition.fields]
        known = Entity(
            name=definition.name,
            cls=made,
            model=model,
            is_node=_is_node(cls),
            members={member.name: member for member in members},
            hidden={
                name: each
                for name, each in vars(made).items()
                if isinstance(each, Scalar | Computed)
            },
        )
        ENTITIES[definition.name] = known
        if known.is_node:
            _NODES[known.prefix] = known
        return made

    return decorate


def _demand_policy(model: type[Model] | None) -> None:
    for policy in ("visible_to", "stage_to"):
        if model is not None and not callable(getattr(model, policy, None)):
            raise UndeclaredPolicy(f"{model.__name__}.{policy} is missing: who may see its rows?")


def _as_type(cls: type[T], description: str) -> type[T]:
    if _is_node(cls):
        return strawberry.federation.type(cls, keys=["id"], description=description)
    return strawberry.type(cls, description=description)


def _member(type_name: str, field: StrawberryField) -> Member:
    name = field.graphql_name or to_camel_case(field.python_name)
    if not isinstance(field, Planned):
        raise UndeclaredField(f"{type_name}.{name} is neither column, relation nor computed")
    stage, nullable = stage_in_table(type_name, name), isinstance(field.type, StrawberryOptional)
    declared = declaration_of(field)
    if stage > OPEN and not nullable:
        raise UndeclaredField(f"{type_name}.{name} is shown from {stage.name} on: make it nullable")
    if isinstance(declared, Relation) and not nullable and not _is_list(field):
        raise UndeclaredField(f"{type_name}.{name} may be hidden: make it nullable")
    if isinstance(declared, Connected) and (declared.rows or declared.where or declared.sortable):
        raise UndeclaredField(f"{type_name}.{name}: only a root has rows, where or sortable")
    return Member(name, field.python_name, declared, stage)


def _is_node(cls: type[Any]) -> bool:
    """By name: the module of Node declares its own id, so it imports this one's neighbours."""
    return any(base.__name__ == "Node" for base in cls.__mro__)


def _is_list(field: StrawberryField) -> bool:
    return hasattr(field.type, "of_type") and not isinstance(field.type, StrawberryOptional)
