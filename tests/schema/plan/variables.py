"""Arguments of one operation: as literals, as variables in every form, or with variables inside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import GraphQLBoolean, GraphQLInputType, GraphQLNonNull

from tests.schema.plan.values import Chooser, literal

Make = Callable[[], Any]
_FLAG = GraphQLNonNull(GraphQLBoolean)
_MISFITS: list[Any] = ["3", 3.0, True, {}, [], 1.5, [None]]


@dataclass(frozen=True, slots=True)
class Given:
    """An argument as it is written, and the value that execution will see."""

    text: str
    value: Any = None


@dataclass(slots=True)
class Variables:
    """The variables of one operation."""

    choose: Chooser
    prefix: str
    definitions: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    _known: dict[tuple[str, bool, str], list[Given]] = field(default_factory=dict)

    def argument(
        self, of: GraphQLInputType, make: Make, purpose: str, *, default: bool = False
    ) -> Given:
        """A value in one of the forms it may have."""
        form = self.choose.weighted({"literal": 10, "variable": 8, "inside": 2, "null": 1})
        if form == "variable":
            return self.variable(of, make, purpose, default=default)
        value = make()
        if form == "null" and not isinstance(of, GraphQLNonNull):
            return Given("null")
        if form == "inside":
            return Given(literal(value, of, self._inside), value)
        return Given(literal(value, of), value)

    def variable(
        self, of: GraphQLInputType, make: Make, purpose: str, *, default: bool = False
    ) -> Given:
        """A variable that may stand here: one that is known, or a new one."""
        known = self._known.setdefault((str(of), default, purpose), [])
        if known and self.choose.chance(30):
            return self.choose.one(known)
        known.append(self._declared(of, make, default=default))
        return known[-1]

    def flag(self, *, stays: bool) -> Given:
        """The condition of `@skip` and `@include`."""
        return self.argument(_FLAG, lambda: stays is not self.choose.chance(30), f"flag {stays}")

    def head(self) -> str:
        """The definitions as an operation begins with them."""
        parts = [f"${name}: {definition}" for name, definition in self.definitions.items()]
        return f"({', '.join(parts)})" if parts else ""

    def _inside(self, value: Any, of: GraphQLInputType) -> str | None:
        """A variable in the place of a part of a literal; not within free-form values."""
        if str(of).strip("!") == "_Any" and not self.choose.chance(50):
            return None
        if value is None or not self.choose.chance(25):
            return None
        return self._declared(of, lambda: value, default=False).text

    def _declared(self, of: GraphQLInputType, make: Make, *, default: bool) -> Given:
        strict = isinstance(of, GraphQLNonNull)
        bare = str(of).rstrip("!") if strict else str(of)
        forms = {"given": 60, "default": 12, "default left out": 8}
        if not strict:
            forms |= {"strict": 10, "left out": 6, "null": 6, "default null": 3}
        elif default:
            forms |= {"loose": 12, "left out": 10, "null": 2}
        else:
            forms |= {"missing": 1}
        forms |= {"misfit": 1, "loose default and null": 1}
        form, name, value = self.choose.weighted(forms), f"{self.prefix}{len(self.definitions)}", make()
        return self._said(form, name, of, bare, value, make)

    def _said(
        self, form: str, name: str, of: GraphQLInputType, bare: str, value: Any, make: Make
    ) -> Given:
        kind, seen = str(of), value
        match form:
            case "given":
                self.values[name] = value
            case "strict":
                kind, self.values[name] = f"{bare}!", value
            case "loose":
                kind, self.values[name] = bare, value
            case "default":
                kind, self.values[name] = f"{kind} = {literal(make(), of)}", value
            case "default left out":
                kind = f"{self.choose.one([kind, bare])} = {literal(value, of)}"
            case "default null":
                kind, seen = f"{bare} = null", None
            case "left out":
                kind, seen = bare, None
            case "null":
                kind, seen, self.values[name] = bare, None, None
            case "loose default and null":
                kind, seen, self.values[name] = f"{bare} = {literal(value, of)}", None, None
            case "misfit":
                self.values[name] = self.choose.one(_MISFITS)
            case _:
                seen = None
        self.definitions[name] = kind
        return Given(f"${name}", seen)
