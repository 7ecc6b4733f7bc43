"""Whether declarations keep what they promise: every path leads somewhere, every type fits.

The plan writes what a column holds and what a function gives, without asking whether it is of the
declared type; the ordinary executor would refuse. So a declaration that does not fit is refused
when the graph is built, and both ways answer alike.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, get_type_hints

from strawberry.annotation import StrawberryAnnotation
from strawberry.types.base import (
    StrawberryContainer,
    StrawberryList,
    StrawberryObjectDefinition,
    StrawberryOptional,
    get_object_definition,
)
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType
from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.models import Model

from domain.disclosure import Undeclared
from schema.plan.declare import (
    RESERVED,
    Column,
    Computed,
    Connected,
    Counted,
    Declared,
    Relation,
    Scalar,
)
from schema.plan.entity import ENTITIES, Entity
from schema.plan.orm import field_of, is_relation, leads_to_many, link_of

_COLUMNS: Mapping[type[Any], tuple[type[fields.Field[Any]], ...]] = {
    str: (fields.CharField, fields.TextField),
    int: (fields.IntField, fields.SmallIntField),
    bool: (fields.BooleanField,),
    float: (fields.FloatField,),
    date: (fields.DateField,),
    datetime: (fields.DatetimeField,),
}
_ELEMENTS = {"TEXT": str, "INT": int}


class Misfit(Undeclared):
    """A declaration promises what its column, relation or function does not keep."""


def refuse_misfits(entities: Iterable[Entity] | None = None) -> None:
    """Look at every field of every type; the ORM's relations must be known.

    Raises:
        Misfit: with the field's name and what does not fit.
    """
    for entity in list(ENTITIES.values()) if entities is None else entities:
        for name, field in _fields(entity).items():
            member = entity.member(name)
            try:
                _refuse_misfit(entity, member.declared, field)
            except _Reason as reason:
                raise Misfit(f"{entity.name}.{member.name} {reason}") from None


def _fields(entity: Entity) -> dict[str, StrawberryField]:
    definition = get_object_definition(entity.cls, strict=True)
    return {field.python_name: field for field in definition.fields}


class _Reason(Exception):
    """What does not fit."""


def _refuse_misfit(entity: Entity, declared: Declared, field: StrawberryField) -> None:
    match declared:
        case Column(path):
            _column_fits(_model_of(entity), path or field.python_name, field.type)
        case Counted(scalar):
            _leads(_model_of(entity), scalar.link)
        case Computed():
            _function_fits(entity, declared, field.type)
        case Relation() | Connected():
            _relation_fits(entity, declared, field)


def _model_of(entity: Entity) -> type[Model]:
    if entity.model is None:
        raise _Reason("has no rows to be read from: its type has no model")
    return entity.model


def _column_fits(model: type[Model], path: str, type_: Any) -> None:
    column, wanted = _existing(model, path), _bare(type_)
    if is_relation(column):
        raise _Reason(f"means {model.__name__}.{path}, which is a relation and not a column")
    if not _holds(column, wanted):
        held = type(column).__name__.removesuffix("Instance")
        raise _Reason(f"is declared as {_name(wanted)}, but {model.__name__}.{path} is a {held}")


def _holds(column: "fields.Field[Any]", wanted: Any) -> bool:
    """Whether JSON writes what the column holds as the executor would write the type.

    An enumeration is text in the column, and the executor writes its name.
    """
    match wanted:
        case StrawberryList():
            element = getattr(column, "element_type", "")
            return isinstance(column, ArrayField) and _ELEMENTS.get(element) is wanted.of_type
        case StrawberryEnumDefinition():
            members: Iterable[Enum] = wanted.wrapped_cls
            named = all(each.name == each.value for each in members)
            return named and getattr(column, "enum_type", None) is wanted.wrapped_cls
    return isinstance(column, _COLUMNS.get(wanted, ())) and not hasattr(column, "enum_type")


def _existing(model: type[Model], path: str) -> "fields.Field[Any]":
    try:
        return field_of(model, path)
    except (KeyError, AttributeError):
        raise _Reason(f"means {model.__name__}.{path}, which there is not") from None


def _function_fits(entity: Entity, computed: Computed, type_: Any) -> None:
    source = entity if computed.of is None else _target(entity, computed.of)
    for name in computed.needs:
        _known(source, name, computed)
    _gives(computed.function, type_, each=computed.each is not None)


def _target(entity: Entity, of: str) -> Entity:
    field = _fields(entity).get(of)
    if field is None or not isinstance(entity.member(of).declared, Relation):
        raise _Reason(f"is computed of {of}, which is no relation of {entity.name}")
    return _entity_of(field)


def _known(source: Entity, name: str, computed: Computed) -> None:
    if name in RESERVED:
        return
    need = source.need(name, computed)
    if isinstance(need, Scalar):
        _leads(_model_of(source), need.link)
    elif isinstance(need, Computed):
        for each in need.needs:
            _known(source, each, need)
    else:
        _existing(_model_of(source), name)


def _gives(function: Callable[..., Any], type_: Any, *, each: bool) -> None:
    """Whether what a function says it returns is what the field says it is."""
    hint = get_type_hints(function).get("return")
    if hint is None:
        raise _Reason(f"is computed by {function.__name__}, which does not say what it returns")
    given = StrawberryAnnotation(hint).resolve()
    if each:
        given = StrawberryList(given)
    optional = isinstance(given, StrawberryOptional)
    if _shape(given) != _shape(type_) or (optional and not isinstance(type_, StrawberryOptional)):
        raise _Reason(
            f"is declared as {_name(type_)}, but {function.__name__} returns {_name(given)}"
        )


def _relation_fits(entity: Entity, declared: Relation | Connected, field: StrawberryField) -> None:
    target = _entity_of(field)
    if isinstance(declared, Connected):
        declared = Relation()
    if declared.key is not None:
        if entity.model is not None:
            _existing(entity.model, declared.key)
        return
    model, name = _model_of(entity), declared.link or field.python_name
    reached, many = _leads(model, name), leads_to_many(model, name)
    if declared.through is not None:
        reached = _leads(reached, declared.through)
    if reached is not target.model:
        raise _Reason(f"is declared as {target.name}, but leads to rows of {reached.__name__}")
    if many and _is_one(field) and declared.rows is None:
        raise _Reason(f"is one object, but {model.__name__}.{name} leads to many")


def _is_one(field: StrawberryField) -> bool:
    return ENTITIES.get(getattr(_definition(_bare(field.type)), "name", "")) is not None


def _leads(model: type[Model], name: str) -> type[Model]:
    try:
        return link_of(model, name).model
    except (KeyError, AttributeError):
        raise _Reason(f"means the relation {model.__name__}.{name}, which there is not") from None


def _entity_of(field: StrawberryField) -> Entity:
    definition = _definition(_innermost(field.type))
    if definition is not None and definition.concrete_of is not None:
        (node,) = definition.type_var_map.values()
        definition = _definition(node)
    known = ENTITIES.get(definition.name) if definition is not None else None
    if known is None:
        raise _Reason("leads to a type that is not read from rows")
    return known


def _definition(type_: Any) -> StrawberryObjectDefinition | None:
    meant = type_.resolve_type() if isinstance(type_, LazyType) else type_
    return get_object_definition(meant)


def _bare(type_: Any) -> Any:
    return type_.of_type if isinstance(type_, StrawberryOptional) else type_


def _innermost(type_: Any) -> Any:
    return _innermost(type_.of_type) if isinstance(type_, StrawberryContainer) else type_


def _shape(type_: Any) -> Any:
    """What two types must have in common: the same lists of the same things."""
    bare = _bare(type_)
    return ["list", _shape(bare.of_type)] if isinstance(bare, StrawberryList) else bare


def _name(type_: Any) -> str:
    match type_:
        case StrawberryOptional():
            return f"{_name(type_.of_type)} | None"
        case StrawberryList():
            return f"list[{_name(type_.of_type)}]"
        case StrawberryEnumDefinition():
            return type_.wrapped_cls.__name__
    return getattr(type_, "__name__", str(type_))
