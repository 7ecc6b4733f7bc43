"""Arguments of one operation: as literals, as variables in every form, or with variables inside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import GraphQLBoolean, GraphQLInputType, GraphQLNonNull

from tests.schema.plan.values import Chooser, literal

Make = Callable[[], Any]
_FLAG = GraphQLNonNull(GraphQLBoolean)
_MISFITS: list[Any] = ["3", 3.0, True, {}, [], 1.5, [None]]


class Form(NamedTuple):
    """How a variable is declared, what is sent for it, and what execution sees."""

    type: str
    given: str = "value"
    seen: str = "value"


_FORMS = {
    "given": Form("{type}"),
    "strict": Form("{bare}!"),
    "loose": Form("{bare}"),
    "default": Form("{type} = {other}"),
    "default left out": Form("{type} = {value}", "nothing"),
    "loose default left out": Form("{bare} = {value}", "nothing"),
    "default null": Form("{bare} = null", "nothing", "null"),
    "left out": Form("{bare}", "nothing", "null"),
    "null": Form("{bare}", "null", "null"),
    "null anyway": Form("{bare} = {value}", "null", "null"),
    "missing": Form("{type}", "nothing", "null"),
    "misfit": Form("{type}", "misfit"),
}


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
        return self.argument(_FLAG, lambda: stays is not self.choose.chance(20), f"flag {stays}")

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
        form = _FORMS[self.choose.weighted(_weights(of, default=default))]
        name, value, nothing = f"{self.prefix}{len(self.definitions)}", make(), object()
        meant = {"value": value, "null": None, "misfit": self.choose.one(_MISFITS)}
        self.definitions[name] = form.type.format(
            type=of, bare=str(of).rstrip("!"), value=literal(value, of), other=literal(make(), of)
        )
        given = meant.get(form.given, nothing)
        if given is not nothing:
            self.values[name] = given
        return Given(f"${name}", meant.get(form.seen))


def _weights(of: GraphQLInputType, *, default: bool) -> dict[str, int]:
    """How often each form is taken that is valid for an argument of this type."""
    forms = {"given": 240, "default": 48, "default left out": 32, "misfit": 1, "null anyway": 1}
    if not isinstance(of, GraphQLNonNull):
        return forms | {"strict": 40, "left out": 24, "null": 24, "default null": 12}
    if default:
        return forms | {"loose": 48, "loose default left out": 16, "left out": 40, "null": 3}
    return forms | {"loose default left out": 16, "missing": 1}
