"""How a document is measured: one pass per fragment, counts multiplied by spreads.

Nothing here decides; `schema/limits.py` compares the numbers with the limits. A selection set is
measured without knowing where it is spread: what depends on the page size around it is kept apart
(`paged`), so that one measurement per fragment is enough however often it is used.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SchemaMetaFieldDef,
    SelectionNode,
    SelectionSetNode,
    TypeMetaFieldDef,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from schema.limits_walk import fragments_of, inner_first

PAGE_ARGUMENTS = ("first", "last")
LIST_ARGUMENTS = ("ids", "representations")
_INTROSPECTION = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}


class Measure(NamedTuple):
    """The counts of a selection set with everything below it.

    `fixed` + page size × `paged` is the cost below a field with that page size; below anything
    else the page size is one. Introspection is counted apart (`introspection`,
    `introspection_depth`). `width` is the number of fields of the set itself, `lone` how many of
    them must stand alone.
    """

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fixed: int = 0
    paged: int = 0
    introspection: int = 0
    introspection_depth: int = 0
    width: int = 0
    lone: int = 0
    largest_page: int = 0
    largest_list: int = 0

    @property
    def cost(self) -> int:
        """Fields times page sizes, at the root of an operation."""
        return self.fixed + self.paged

    def beside(self, other: "Measure") -> "Measure":
        """The counts of both in one selection set."""
        return Measure(
            depth=max(self.depth, other.depth),
            aliases=self.aliases + other.aliases,
            directives=self.directives + other.directives,
            fixed=self.fixed + other.fixed,
            paged=self.paged + other.paged,
            introspection=self.introspection + other.introspection,
            introspection_depth=max(self.introspection_depth, other.introspection_depth),
            width=self.width + other.width,
            lone=self.lone + other.lone,
            largest_page=max(self.largest_page, other.largest_page),
            largest_list=max(self.largest_list, other.largest_list),
        )


_NOTHING = Measure()


class Measurement:
    """One document measured against one schema, with the variables of one request."""

    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        variables: Mapping[str, Any],
        default_page: int,
    ) -> None:
        self._schema = schema
        self._variables = variables
        self._default_page = default_page
        self._fragments = fragments_of(document)
        self._order = list(inner_first(self._fragments))
        self._measured: dict[str, Measure] = {}
        self._lone: frozenset[str] = frozenset()

    def of(self, operation: OperationDefinitionNode, lone: frozenset[str]) -> Measure:
        """The counts of an operation; fields named in `lone` count as ones that stand alone."""
        self._measured.clear()
        self._lone = lone
        for name in self._order:
            self._measured[name] = self._measure_fragment(self._fragments[name])
        root = self._schema.get_root_type(OperationType(operation.operation))
        return self._measure_set(operation.selection_set, root)

    def _measure_fragment(self, fragment: FragmentDefinitionNode) -> Measure:
        condition = self._schema.get_type(fragment.type_condition.name.value)
        measure = self._measure_set(fragment.selection_set, condition)
        return measure.beside(Measure(directives=len(fragment.directives or ())))

    def _measure_set(self, selections: SelectionSetNode, of: GraphQLNamedType | None) -> Measure:
        total = _NOTHING
        for selection in selections.selections:
            total = total.beside(self._measure_selection(selection, of))
        return total

    def _measure_selection(self, node: SelectionNode, of: GraphQLNamedType | None) -> Measure:
        own = Measure(directives=len(node.directives or ()))
        if isinstance(node, FieldNode):
            return own.beside(self._measure_field(node, of))
        if isinstance(node, FragmentSpreadNode):
            return own.beside(self._measured.get(node.name.value, _NOTHING))
        if not isinstance(node, InlineFragmentNode):
            return own
        condition = node.type_condition
        inner = self._schema.get_type(condition.name.value) if condition else of
        return own.beside(self._measure_set(node.selection_set, inner))

    def _measure_field(self, node: FieldNode, of: GraphQLNamedType | None) -> Measure:
        field = _field_of(of, node.name.value)
        result = get_named_type(field.type) if field else None
        below = self._measure_set(node.selection_set, result) if node.selection_set else _NOTHING
        if of is not None and of.name.startswith("__"):
            return self._introspected(node, below)
        if node.name.value in _INTROSPECTION:
            return self._introspected(node, below, depth=1, fixed=1)
        return self._counted(node, field, below)

    def _introspected(
        self, node: FieldNode, below: Measure, *, depth: int = 0, fixed: int = 0
    ) -> Measure:
        return Measure(
            depth=depth,
            aliases=below.aliases + (node.alias is not None),
            directives=below.directives,
            fixed=fixed,
            introspection=below.introspection + 1,
            introspection_depth=below.introspection_depth + 1,
            width=1,
        )

    def _counted(self, node: FieldNode, field: GraphQLField | None, below: Measure) -> Measure:
        page = self._page_of(node, field)
        references = self._references_of(node)
        a_list = field is not None and is_list_type(get_nullable_type(field.type))
        fixed, paged = _costs(below, page, references, a_list=a_list)
        return Measure(
            depth=below.depth + 1,
            aliases=below.aliases + (node.alias is not None),
            directives=below.directives,
            fixed=fixed,
            paged=paged,
            introspection=below.introspection,
            introspection_depth=below.introspection_depth,
            width=1,
            lone=node.name.value in self._lone,
            largest_page=max(below.largest_page, page or 0),
            largest_list=max(below.largest_list, references or 0),
        )

    def _page_of(self, node: FieldNode, field: GraphQLField | None) -> int | None:
        asked = [
            size
            for each in node.arguments or ()
            if each.name.value in PAGE_ARGUMENTS and (size := self._number(each.value)) is not None
        ]
        if asked:
            return max(1, *asked)
        pages = field is not None and any(name in field.args for name in PAGE_ARGUMENTS)
        return self._default_page if pages else None

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value)
        found = self._variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return found if isinstance(found, int) else None

    def _references_of(self, node: FieldNode) -> int | None:
        for each in node.arguments or ():
            if each.name.value in LIST_ARGUMENTS:
                return max(1, self._length(each.value))
        return None

    def _length(self, value: ValueNode) -> int:
        if isinstance(value, ListValueNode):
            return len(value.values)
        found = self._variables.get(value.name.value) if isinstance(value, VariableNode) else None
        return len(found) if isinstance(found, list) else 1


def _costs(
    below: Measure, page: int | None, references: int | None, *, a_list: bool
) -> tuple[int, int]:
    """Cost of a field that the page around it does not multiply, and cost that it does."""
    inner = below.fixed + below.paged
    if references is not None:
        return 1 + references * inner, 0
    if page is not None:
        return 1 + (page * inner if a_list else below.fixed + page * below.paged), 0
    if a_list:
        return 1, inner
    return 1 + below.fixed, below.paged


def _field_of(of: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if name in _INTROSPECTION:
        return _INTROSPECTION[name]
    if isinstance(of, GraphQLObjectType | GraphQLInterfaceType):
        found: GraphQLField | None = of.fields.get(name)
        return found
    return None
