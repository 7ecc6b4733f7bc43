"""The demo district: always the same, believable in its numbers, and fit for trying out."""

from pathlib import Path
from uuid import UUID

import pytest

from domain.activity import CATALOGUE
from domain.match import AcceptorKind
from domain.matching.demand import Demand
from domain.matching.fit import availability, fitting
from domain.matching.offer import OfferRow, Offers
from domain.order import Interval, OrderKind
from domain.password import check
from domain.quality import of_profile
from domain.user import Employment
from domain.viewer import Role
from domain.window import EMPTY_WEEK, Window, week_of
from portal.demo import personas
from portal.demo.load import DISTRICT, MUNICIPALITIES
from portal.demo.personas import PASSWORD, PERSONAS
from portal.demo.population import generate
from portal.demo.records import Population, Stage
from portal.failure import CommandError
from portal.municipalities import read

PLACES = read(MUNICIPALITIES, DISTRICT)
POPULATION = generate(PLACES)
PLACE_IDS = {place.name: UUID(int=number) for number, place in enumerate(PLACES)}


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert generate(PLACES) == POPULATION
    assert generate(PLACES, seed=1) != POPULATION


def test_the_district_has_the_promised_numbers() -> None:
    assert len(PLACES) == 11
    assert len(POPULATION.providers) == 3
    assert len(POPULATION.assistants) == 2_000
    assert len(POPULATION.seekers) == 300
    assert {one.provider_id for one in POPULATION.coordinators} == {
        one.id for one in POPULATION.providers
    }


def test_everybody_has_an_id_and_an_address_of_their_own() -> None:
    accounts = POPULATION.accounts
    assert len({one.id for one in accounts}) == len(accounts)
    assert len({one.email.lower() for one in accounts}) == len(accounts)
    for one in accounts:
        assert one.email.isascii()
        assert one.email.endswith("@assistenz-portal.example")
        assert one.id.version == 7


def test_only_the_self_employed_have_no_provider() -> None:
    for one in POPULATION.assistants:
        assert (one.provider_id is None) == (one.employment is Employment.SELF_EMPLOYED)
    kinds = {one.employment for one in POPULATION.assistants}
    assert kinds == set(Employment)


def test_everybody_has_times_and_known_activities() -> None:
    for one in POPULATION.assistants:
        assert one.week != EMPTY_WEEK
        assert one.activities
        assert set(one.activities) <= CATALOGUE.keys()
        assert one.has_car or "FAH_EIGENES_AUTO" not in one.activities
    for seeker in POPULATION.seekers:
        assert seeker.week != EMPTY_WEEK
        assert len(seeker.needs) >= 2
        assert set(seeker.needs) <= CATALOGUE.keys()


def test_volunteers_offer_nothing_that_needs_training() -> None:
    for one in POPULATION.assistants:
        if one.employment is Employment.VOLUNTEER:
            assert not {CATALOGUE[code].group for code in one.activities} & {"GRU", "MED", "TAG"}


def test_more_people_live_in_the_towns_than_in_the_villages() -> None:
    homes = [one.account.municipality for one in POPULATION.assistants]
    assert homes.count("Northeim") > 2 * homes.count("Bodenfelde") > 0


def test_some_seekers_wait_at_every_step_for_customer_service() -> None:
    stages = [one.account.stage for one in POPULATION.seekers]
    assert [stages.count(stage) for stage in Stage] == [3, 3, 3, 3, 288]


def test_some_assistants_have_not_shown_their_proofs_yet() -> None:
    stages = [one.account.stage for one in POPULATION.assistants]
    assert [stages.count(stage) for stage in Stage] == [0, 0, 0, 3, 1997]


def test_there_is_a_persona_for_every_role_and_one_password_that_the_rules_allow() -> None:
    assert {persona["role"] for persona in PERSONAS} == {
        role.value for role in Role if role not in (Role.ANONYMOUS, Role.SYSTEM)
    }
    known = {one.email: one for one in POPULATION.accounts}
    for persona in PERSONAS:
        assert known[persona["email"]].role.value == persona["role"]
        assert persona["name"].startswith(known[persona["email"]].first_name)
    for persona in PERSONAS:
        check(PASSWORD, email=persona["email"])


def offer_rows(population: Population) -> list[OfferRow]:
    assistants = [
        OfferRow(
            id=one.account.id,
            kind=AcceptorKind.ASSISTANT,
            activities=one.activities,
            week=one.week,
            latitude=one.latitude,
            longitude=one.longitude,
            radius_km=one.radius_km,
            qualities=of_profile(one.languages, has_car=one.has_car) | frozenset(one.qualities),
            volunteer=one.employment is Employment.VOLUNTEER,
        )
        for one in population.assistants
    ]
    providers = [
        OfferRow(
            id=one.id,
            kind=AcceptorKind.PROVIDER,
            activities=one.activities,
            municipality_ids=[PLACE_IDS[name] for name in one.municipalities],
            recognitions=frozenset(one.recognitions),
        )
        for one in population.providers
    ]
    return assistants + providers


@pytest.mark.parametrize("town", ["Northeim", "Einbeck"])
@pytest.mark.parametrize("second", ["BEG_SPAZIERGANG", "BEG_ARZT_UND_THERAPIE"])
def test_the_personas_fit_the_first_order_that_a_visitor_will_try(town: str, second: str) -> None:
    place = next(place for place in PLACES if place.name == town)
    order = Demand(
        kind=OrderKind.RECURRING,
        activities=frozenset(["HAU_EINKAUFEN", second]),
        week=week_of(Window(day, "09:00", "12:00") for day in range(1, 6)),
        latitude=place.latitude,
        longitude=place.longitude,
        municipality_id=PLACE_IDS[town],
        interval=Interval.WEEK,
        count=2,
        duration_minutes=90,
    )
    rows = offer_rows(POPULATION)
    chosen = {rows[column].id for column in fitting(order, Offers.of(rows))}
    by_email = {one.email: one.id for one in POPULATION.accounts}
    coordinator = next(
        one for one in POPULATION.coordinators if one.account.email == personas.COORDINATOR.email
    )
    assert by_email[personas.ASSISTANT.email] in chosen
    assert by_email[personas.SELF_EMPLOYED.email] in chosen
    assert coordinator.provider_id in chosen
    assert 20 <= availability(order, Offers.of(rows)) <= 500


HEADER = "district_key,district,municipality,postcodes,latitude,longitude,population"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("3155,Northeim,Uslar,37170,51.6,9.6,1", "district key"),
        ("03155,Northeim,,37170,51.6,9.6,1", "municipality's name"),
        ("03155,Northeim,Uslar,,51.6,9.6,1", "postcode"),
        ("03155,Northeim,Uslar,3717,51.6,9.6,1", "postcode"),
        ("03155,Northeim,Uslar,37170,9.6,51.6,1", "outside Germany"),
        ("03155,Northeim,Uslar,37170,nan,9.6,1", "outside Germany"),
        ("03155,Northeim,Uslar,37170,x,9.6,1", "not a latitude"),
        ("03155,Northeim,Uslar,37170,51.6,9.6,many", "number of people"),
        ("03155,Northeim,Uslar,37170,51.6", "7 values"),
        ("03155,Northeim,Uslar,37170,51.6,9.6,1,2", "7 values"),
        ("03155,Northeim,Einbeck,37574,51.8,9.8,2", "more than once"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = tmp_path / "places.csv"
    path.write_text(f"# source\n{HEADER}\n03155,Northeim,Einbeck,37574,51.8,9.8,1\n{line}\n")
    with pytest.raises(CommandError, match=problem) as refused:
        read(path, "03155")
    assert "line 4" in str(refused.value) or problem == "more than once"


@pytest.mark.parametrize("content", [b"", b"name\nUslar\n", b"\xff\xfe", HEADER.encode()])
def test_a_file_that_is_no_list_of_municipalities_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"places\.csv"):
        read(path, "03155")
    with pytest.raises(CommandError, match=r"missing\.csv"):
        read(tmp_path / "missing.csv", "03155")


def test_another_district_of_the_same_file_can_be_read() -> None:
    places = read(MUNICIPALITIES, "03159")
    assert {place.district for place in places} == {"Göttingen"}
    assert {place.land for place in places} == {"NI"}
    assert [place.name for place in places if place.population == 0] == ["Osterode am Harz"]
