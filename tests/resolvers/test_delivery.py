"""Who may get the same answer: no type below a subscription may speak of the officer who looks."""

from graphql import GraphQLObjectType, GraphQLUnionType, get_named_type

from portal.graphql import schema
from resolvers.delivery import Event, Following, Opened, Snapshot
from schema.context import Context

# Types that say something else to the officer they are about, or about who is signed in.
PERSONAL = {"User", "Viewer", "SignedIn"}


def _below(root: str) -> set[str]:
    """The names of all types that can be reached from a type."""
    known, waiting = set[str](), [schema._schema.get_type(root)]
    while waiting:
        found = waiting.pop()
        if found is None or found.name in known:
            continue
        known.add(found.name)
        if isinstance(found, GraphQLUnionType):
            waiting += found.types
        elif isinstance(found, GraphQLObjectType):
            waiting += [get_named_type(field.type) for field in found.fields.values()]
    return known


def test_no_type_below_a_subscription_speaks_of_who_looks() -> None:
    below = _below("Subscription")
    assert {"Order", "Match", "Assistant", "Seeker", "Provider"} <= below
    assert not below & PERSONAL
    assert _below("Query") > PERSONAL - {"SignedIn"}


class _Feed:
    """Nothing comes."""

    async def begin(self, _wake: object) -> None:
        return None


async def test_what_is_about_the_reader_is_nobody_else_s_answer() -> None:
    async def payload(_event: Event, _context: Context) -> object:
        return None

    async def key(reader: str | None) -> object:
        async def opening() -> Opened:
            return Opened(_Feed(), payload, reader=reader)  # type: ignore[arg-type]  # stands in

        source = Following(opening)
        await source.begin(lambda: None)
        return source.key(Snapshot("here"))

    assert await key("one") != await key("other")
    assert await key(None) == await key(None)
