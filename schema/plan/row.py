"""Expressions for rows: each selected field of an entity, as far as the ladder shows it."""

from typing import Any

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from domain.disclosure import OPEN, Stage
from schema.plan import declare
from schema.plan.arguments import arguments, printed
from schema.plan.entity import ENTITIES, Entity, Member
from schema.plan.level import Child, Level
from schema.plan.listing import page_of, rows_of
from schema.plan.orm import enum_of, may_be_null
from schema.plan.page import total_of
from schema.plan.selection import (
    Details,
    Selection,
    Unplannable,
    constant,
    entity_of,
    name_of,
    object_type,
    written,
)
from schema.plan.sql import Source, named, subquery
from schema.plan.value import output
from schema.plan.way import Way, way_of


class RowShape:
    """Shapes the rows of one level; what hangs below them gets levels of its own."""

    def __init__(self, selection: Selection, level: Level) -> None:
        self.selection = selection
        self.level = level

    def object(
        self, type_: GraphQLObjectType, details: Details, source: Source | None = None
    ) -> str:
        """The expression for a row, of the level itself or of a type that is joined to it."""
        source = source or self.level.statement.root
        fields = self.selection.fields(type_, details)
        return written({key: self._field(source, type_, each) for key, each in fields.items()})

    def key(self, source: Source | None = None) -> str:
        """The expression for a row's primary key; null where no row is joined."""
        source = source or self.level.statement.root
        return self._value(source, source.entity.key)

    def below(self, child: Child) -> "RowShape":
        """The same for the rows of a list that hangs below these."""
        return RowShape(self.selection, child.level)

    def _value(self, source: Source, name: str) -> str:
        return f"r[{self.level.statement.column(named(source, name))}]"

    def _field(self, source: Source, type_: GraphQLObjectType, details: Details) -> str:
        name = name_of(details)
        if name == "__typename":
            return constant(type_.name)
        member, stage = source.entity.members[name], self.level.stage(source)
        if isinstance(stage, Stage) and stage < member.stage:
            return constant(None)
        value = self._declared(source, member, type_, details)
        if isinstance(stage, Stage) or member.stage == OPEN:
            return value
        return f"({value} if {stage} >= {member.stage:d} else None)"

    def _declared(
        self, source: Source, member: Member, type_: GraphQLObjectType, details: Details
    ) -> str:
        field = type_.fields[member.name]
        match member.declared:
            case declare.Column(path):
                return self._column(source, path or member.python_name, field)
            case declare.Identifier():
                prefix = f"{source.entity.prefix}_{self.selection.district}_"
                return f'({prefix!r} + {self.key(source)}.replace("-", ""))'
            case declare.Counted(scalar):
                return f"r[{self.level.statement.column(subquery(scalar, source))}]"
            case declare.Computed() as computed:
                return self._computed(source, type_, field, computed, details)
            case declare.Relation() as relation:
                return self._related(source, member, relation, field, details)
            case declare.Connected() as connected:
                return self._connected(source, member, connected, type_, details)
        raise Unplannable("root field on a type")

    def _column(self, source: Source, path: str, field: GraphQLField) -> str:
        value, model = self._value(source, path), source.entity.model
        if is_non_null_type(field.type) and (model is None or may_be_null(model, path)):
            return f"need({value})"
        return value

    def _computed(
        self,
        source: Source,
        type_: GraphQLObjectType,
        field: GraphQLField,
        computed: declare.Computed,
        details: Details,
    ) -> str:
        if computed.of is not None:
            source = self._of(source, type_, computed.of)
        if computed.each is not None:
            return self._each(source, field, computed, details)
        call = self._call(source, computed)
        return output(self.selection, call, field.type, details)

    def _each(
        self, source: Source, field: GraphQLField, computed: declare.Computed, details: Details
    ) -> str:
        """Words mean the same in every row: what is made of one is made once."""
        words, *others = computed.needs
        if set(others) - {"language"}:
            raise Unplannable("function of words and more")
        call = f"[{self.level.bind(computed.function)}({', '.join(['word', *others])})]"
        type_: Any = get_nullable_type(field.type)
        made = output(self.selection, call, type_, details)
        memo = self.level.memo(f"{made}[0]")
        return f"[{memo}[word] for word in {self._value(source, words)}.split()]"

    def _call(self, source: Source, computed: declare.Computed) -> str:
        """A function's call; what it needs comes from the row, from others, or from who asks."""
        needs = [
            self._reserved(name) if name in declare.RESERVED else self._need(source, computed, name)
            for name in computed.needs
        ]
        return f"{self.level.bind(computed.function)}({', '.join(needs)})"

    def _reserved(self, name: str) -> str:
        """Who asks and in which language, or the day: a plan outlives the one it was made on."""
        clock = declare.CLOCKS.get(name)
        return name if clock is None else f"{self.level.bind(clock)}()"

    def _need(self, source: Source, asking: declare.Computed, name: str) -> str:
        needed, model = source.entity.need(name, asking), source.entity.model
        if isinstance(needed, declare.Computed):
            return self._call(source, needed)
        value = self._value(source, name)
        found = None if isinstance(needed, declare.Scalar) or not model else enum_of(model, name)
        if found is None:
            return value
        members = {None: None, **{each.value: each for each in found}}
        return f"{self.level.bind(members)}[{value}]"

    def _of(self, source: Source, type_: GraphQLObjectType, name: str) -> Source:
        member = source.entity.member(name)
        if not isinstance(member.declared, declare.Relation):
            raise Unplannable("function of no relation")
        target = ENTITIES[get_named_type(type_.fields[member.name].type).name]
        return self._join(source, member, member.declared, target)

    def _related(
        self,
        source: Source,
        member: Member,
        relation: declare.Relation,
        field: GraphQLField,
        details: Details,
    ) -> str:
        type_ = object_type(field)
        entity = entity_of(type_)
        if is_list_type(get_nullable_type(field.type)):
            way = way_of(source.entity, member.python_name, relation, entity)
            child = self._child(source, (source.alias, member.name), entity, relation.rows, way)
            return rows_of(self.level, child, self.below(child).object(type_, details))
        joined = self._join(source, member, relation, entity)
        shown = self.object(type_, details, joined)
        return f"({shown} if {self.key(joined)} is not None else None)"

    def _join(
        self, source: Source, member: Member, relation: declare.Relation, entity: Entity
    ) -> Source:
        key = (source.alias, member.name)
        if key not in self.level.joined:
            way = way_of(source.entity, member.python_name, relation, entity)
            if way.own_column is None:
                raise Unplannable("one row through a table")
            self.level.joined[key] = self.level.statement.join(
                entity, relation.rows, way.own_column, source.value(way.here)
            )
        return self.level.joined[key]

    def _connected(
        self,
        source: Source,
        member: Member,
        connected: declare.Connected,
        type_: GraphQLObjectType,
        details: Details,
    ) -> str:
        page = object_type(type_.fields[member.name])
        entity = entity_of(page)
        way = way_of(source.entity, member.python_name, connected, entity)
        key = (source.alias, member.name, printed(details))
        child = self._child(source, key, entity, connected.rows, way)
        child.arguments = arguments(self.selection, type_, details, entity)

        def total() -> str:
            number = total_of(self.level.statement, entity, way, source.value(way.here))
            return f"r[{self.level.statement.column(number)}]"

        return page_of(self.selection, self.level, child, self.below(child), (page, details), total)

    def _child(
        self,
        source: Source,
        key: tuple[str, ...],
        entity: Entity,
        rows: declare.Rows | None,
        way: Way,
    ) -> Child:
        children = self.level.children
        if key not in children:
            column = self.level.statement.column(named(source, way.here))
            children[key] = Child(Level(self.selection.statement(entity, rows), way), column)
        return children[key]
