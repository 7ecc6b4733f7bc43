"""Staff finds people by what they say on the telephone; nobody else does, and it is logged."""

import logging
from typing import Any

import pytest

from domain.keys import Keys
from domain.viewer import Role
from models.database import execute, fetch
from models.user import User
from schema.connection import Sorting
from schema.plan.declare import Connected
from schema.plan.entity import ENTITIES
from schema.plan.page import Asked, page
from schema.plan.sql import Statement
from schema.plan.visible import Rights
from schema.user_input import AccountFilter
from services import clock
from services.session import open_session
from tests.conftest import Statements
from tests.graph import As, Client
from tests.people import Place, make_coordinator, make_provider, make_seeker, make_user, viewer_for

FOUND = """query Found($where: AccountFilter, $first: Int, $after: String) {
  accounts(where: $where, first: $first, after: $after, orderBy: OLDEST_FIRST) {
    totalCount nodes { firstName } pageInfo { hasNextPage endCursor } } }"""


async def found(client: Client, search: str, **more: Any) -> list[str]:
    """The first names of everybody who is found, page by page."""
    names: list[str] = []
    after, more_to_come = None, True
    while more_to_come:
        where = {"search": search, **more}
        data = (await client.data(FOUND, where=where, first=2, after=after))["accounts"]
        names += [each["firstName"] for each in data["nodes"]]
        more_to_come, after = data["pageInfo"]["hasNextPage"], data["pageInfo"]["endCursor"]
        total = data["totalCount"]
    assert total == len(names)
    return names


async def three_people(place: Place) -> None:
    for first, last, email, postcode in (
        ("Anna", "Özdemir", "a.oezdemir@post.example", "37186"),
        ("Änne", "Anders-Groß", None, "37189"),
        ("Ole", "O'Neill_%", "ole@anders.example", "37574"),
    ):
        await make_user(
            Role.SEEKER, place, first_name=first, last_name=last, email=email, postcode=postcode
        )


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("An", ["Anna", "Änne"]),
        ("aNNa", ["Anna"]),
        ("änne", ["Änne"]),
        ("ÖZ", ["Anna"]),
        ("anders-groß", ["Änne"]),
        ("o'neill_%", ["Ole"]),
        ("_%", []),
        ("%%", []),
        ("eill", []),
        ("A.Oez", ["Anna"]),
        ("ole@anders.example", ["Ole"]),
        ("3718", ["Anna", "Änne"]),
        ("  Anna   Özdemir ", ["Anna"]),
        ("özdemir anna", ["Anna"]),
        ("a öz", ["Anna"]),
        ("anna anders", []),
        ("an 37189", ["Änne"]),
    ],
)
async def test_each_word_begins_a_name_an_address_or_a_postcode(
    as_: As, place: Place, search: str, names: list[str]
) -> None:
    await three_people(place)
    assert await found(await as_(place.officer), search) == names


async def test_a_search_goes_together_with_other_conditions(as_: As, place: Place) -> None:
    await three_people(place)
    await execute("UPDATE users SET state = 'SUSPENDED' WHERE first_name = 'Anna'")
    staff = await as_(place.officer)
    assert await found(staff, "an", state=["SUSPENDED"]) == ["Anna"]
    assert await found(staff, "37", role=["SEEKER"], **{"not": {"search": "an"}}) == ["Ole"]
    either = {"or": [{"search": "öz"}, {"search": "ole"}]}
    names = (await staff.data(FOUND, where=either))["accounts"]["nodes"]
    assert [each["firstName"] for each in names] == ["Anna", "Ole"]


@pytest.mark.parametrize(
    "where",
    [
        {"search": "Renate"},
        {"search": "R"},
        {"not": {"search": "Renate"}},
        {"or": [{"state": ["RELEASED"]}, {"and": [{"search": "Renate"}]}]},
    ],
)
async def test_nobody_but_staff_searches(
    as_: As, anonymous: Client, place: Place, where: dict[str, Any]
) -> None:
    coordinator = await make_coordinator(place, await make_provider(place))
    others = [await as_(user) for user in (await make_seeker(place), coordinator)]
    for client in (anonymous, *others):
        code = "SIGN_IN_REQUIRED" if client is anonymous else "ROLE_NOT_ALLOWED"
        body = await client.send(FOUND, where=where)
        assert [each["extensions"]["code"] for each in body["errors"]] == [code]
        assert body["data"] is None
    for role in (Role.CUSTOMER_SERVICE, Role.ADMINISTRATION):
        staff = await as_(await make_user(role, place))
        codes = [
            e["extensions"]["code"]
            for e in (await staff.send(FOUND, where=where)).get("errors", [])
        ]
        assert codes == (["SEARCH_TOO_SHORT"] if where == {"search": "R"} else [])


async def test_staff_without_a_second_factor_does_not_search(
    anonymous: Client, place: Place, keys: Keys
) -> None:
    _session, token = await open_session(place.officer.id, keys, clock.now(), strong=False)
    weak = Client(anonymous.http, {"Authorization": f"Bearer {token}"})
    body = await weak.send(FOUND, where={"search": "Vorname"})
    assert body["errors"][0]["extensions"]["code"] == "SECOND_FACTOR_MISSING"


@pytest.mark.parametrize("search", ["", " ", "a", "ä", "a b c", " 3 "])
async def test_a_search_that_would_find_everybody_is_refused_in_words(
    as_: As, place: Place, search: str
) -> None:
    staff = await as_(place.officer)
    literal = "{ accounts(where: {search: %s}) { totalCount } }"
    for language, words in (
        ("de", "mindestens 2 Zeichen"),
        ("de-x-leicht", "mindestens 2 Zeichen"),
        ("en", "at least 2 characters"),
    ):
        client = Client(staff.http, staff.headers | {"Accept-Language": language})
        for body in (
            await client.send(FOUND, where={"search": search}),
            await client.send(literal % f'"{search}"'),
        ):
            (error,) = body["errors"]
            assert error["extensions"]["code"] == "SEARCH_TOO_SHORT"
            assert error["extensions"]["field"] == "search"
            assert words in error["extensions"]["remedy"]


async def test_what_nobody_types_is_refused(as_: As, place: Place) -> None:
    staff = await as_(place.officer)
    for search, code in (("a" * 101, "TEXT_TOO_LONG"), ("an\u0007na", "TEXT_REFUSED")):
        body = await staff.send(FOUND, where={"search": search})
        assert body["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("planned", [True, False])
async def test_who_searches_is_logged_and_never_for_what(
    as_: As, place: Place, caplog: pytest.LogCaptureFixture, planned: bool
) -> None:
    await three_people(place)
    staff = await as_(place.officer)
    caplog.set_level(logging.INFO)
    document = FOUND if planned else f"{FOUND[:-1]} __schema {{ queryType {{ name }} }} }}"
    for _ in range(2):
        await staff.data(document, where={"search": "özdemir"})
    await staff.data(FOUND, where={"state": ["RELEASED"]})
    told = [each.getMessage() for each in caplog.records if "search" in each.getMessage()]
    assert told == [f"people searched by {place.officer.id}"] * 2
    assert "zdemir" not in caplog.text


async def test_a_search_costs_the_same_for_one_ten_and_many(
    as_: As, place: Place, statements: Statements
) -> None:
    client, counts = await as_(place.officer), []
    query = """query($where: AccountFilter) { accounts(first: 100, where: $where) {
      totalCount nodes { id nextStep talks { outcome } identityChecks { verdict } } } }"""
    for more in (1, 9, 25):
        for _ in range(more):
            await make_seeker(place)
        await client.data(query, where={"search": "vorname"})
        statements.clear()
        data = await client.data(query, where={"search": "vorname"})
        counts.append(sum("events" not in text for text in statements.texts))
    assert len(data["accounts"]["nodes"]) > 30
    assert len(set(counts)) == 1
    assert counts[0] <= 5


async def test_indexes_carry_a_search(place: Place) -> None:
    await execute(
        "INSERT INTO users (id, email, email_version, role, state, version, language, first_name,"
        " last_name, postcode, created_at) SELECT portal_uuid7(), 'e' || n || '@post.example', 1,"
        " 'SEEKER', 'REGISTERED', 1, 'de', 'Vor' || n, 'Nach' || n, '37154', now()"
        " FROM generate_series(1, 20000) AS n"
    )
    await execute("ANALYZE users")
    entity = ENTITIES["User"]
    rights = Rights.of(await viewer_for(place.officer))
    where = AccountFilter(search="nach123 vor123")
    given = {"first": 20, "after": None, "where": where, "order_by": Sorting.NEWEST_FIRST}
    asked = Asked.of(Connected(where=AccountFilter, sortable=True), given, entity, "03155")
    statement = Statement(entity, rights, User.visible_to)
    statement.column(statement.root.value("first_name"))
    text = page(statement, asked)
    values = asked.values_by_name()
    rows = await fetch(f"EXPLAIN {text}", *(values[name] for name in statement.parameters.names))
    plan = "\n".join(str(next(iter(row.values()))) for row in rows)
    assert "users_found_by_last_name" in plan, plan
    assert "Seq Scan" not in plan, plan
