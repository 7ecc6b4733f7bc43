"""The people of the generated district: accounts, profiles, providers, staff."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bench.rows import Row, Seeded
from domain.consent import ConsentKind, needed
from domain.evidence import FOREVER
from domain.user import ActingFor, Employment
from domain.viewer import Role
from notifications.language import Language
from portal.municipalities import Place
from services.consent import shown

STAFF, PROVIDERS, COORDINATORS_EACH = 16, 40, 2
_OWN = (Employment.SELF_EMPLOYED,)
_OF_A_PROVIDER = (Employment.EMPLOYED, Employment.VOLUNTEER)


@dataclass(slots=True)
class People:
    """Rows by table, and the ids by what somebody is."""

    municipalities: list[tuple[UUID, Place]]
    rows: dict[str, list[Row]] = field(default_factory=dict)
    staff: list[UUID] = field(default_factory=list)
    providers: list[UUID] = field(default_factory=list)
    coordinators: list[tuple[UUID, UUID]] = field(default_factory=list)
    seekers: list[UUID] = field(default_factory=list)
    assistants: list[UUID] = field(default_factory=list)

    def add(self, table: str, *rows: Row) -> None:
        """Rows for a table."""
        self.rows.setdefault(table, []).extend(rows)


def people_of(seeded: Seeded, places: Sequence[Place], seekers: int, assistants: int) -> People:
    """Everybody, in an order in which foreign keys hold."""
    people = People([(seeded.id(), place) for place in places])
    _district(people)
    for _ in range(STAFF):
        people.staff.append(_account(people, seeded, Role.CUSTOMER_SERVICE))
    for number in range(PROVIDERS):
        _provider(people, seeded, number)
    for _ in range(seekers):
        _seeker(people, seeded)
    for _ in range(assistants):
        _assistant(people, seeded)
    _consents(people, seeded)
    return people


def _consents(people: People, seeded: Seeded) -> None:
    """Everybody has agreed to the present texts: who owes one writes nothing."""
    texts = {kind: shown(kind, Language.DE) for kind in ConsentKind}
    for kind, each in texts.items():
        row = (each.digest, kind.value, each.version, "de", each.title, each.text)
        people.add("consent_texts", row)
    coordinators = [user for user, _provider in people.coordinators]
    for role, users in (
        (Role.SEEKER, people.seekers),
        (Role.ASSISTANT, people.assistants),
        (Role.COORDINATOR, coordinators),
    ):
        said = [texts[kind] for kind in needed(role)]
        for user in users:
            agreed = seeded.instant()
            people.add(
                "consents",
                *(
                    (seeded.id(), user, each.kind.value, each.version, each.digest, agreed)
                    for each in said
                ),
            )


def _district(people: People) -> None:
    first = people.municipalities[0][1]
    people.add("districts", (first.district_key, first.district, first.land))
    for identity, place in people.municipalities:
        people.add(
            "municipalities",
            (
                *(identity, place.district_key, place.name, list(place.postcodes)),
                *(place.latitude, place.longitude, place.population),
            ),
        )


def _account(people: People, seeded: Seeded, role: Role) -> UUID:
    identity, made = seeded.id(), seeded.instant()
    municipality, place = seeded.chance.choice(people.municipalities)
    first, last = seeded.name()
    street = f"Lange Straße {seeded.chance.randrange(1, 99)}"
    people.add(
        "users",
        (
            *(identity, f"{identity.hex}@bench.example", 1, made, None, role.value, "RELEASED"),
            *(1, "de", first, last, seeded.phone(), seeded.phone(), street, place.postcodes[0]),
            *(municipality, made),
        ),
    )
    return identity


def _provider(people: People, seeded: Seeded, number: int) -> None:
    identity = seeded.id()
    mail = f"dienst-{number}@bench.example"
    row = (identity, f"Assistenz-Dienst {number}", seeded.text(), mail, seeded.phone())
    people.add("providers", (*row, 1, seeded.instant()))
    people.add("provider_activities", *seeded.parts(identity, seeded.codes(6, 16)))
    areas = seeded.chance.sample(people.municipalities, 5)
    people.add("provider_areas", *((seeded.id(), identity, each) for each, _ in areas))
    people.providers.append(identity)
    for _ in range(COORDINATORS_EACH):
        user = _account(people, seeded, Role.COORDINATOR)
        people.add("coordinators", (user, user, identity))
        people.coordinators.append((user, identity))


def _seeker(people: People, seeded: Seeded) -> None:
    user = _account(people, seeded, Role.SEEKER)
    acting = seeded.chance.choice(list(ActingFor)).value
    people.add("seekers", (user, user, seeded.text(), acting, seeded.week()))
    people.seekers.append(user)


def _assistant(people: People, seeded: Seeded) -> None:
    user = _account(people, seeded, Role.ASSISTANT)
    place = seeded.chance.choice(people.municipalities)[1]
    alone = seeded.chance.random() < 0.3  # noqa: PLR2004  about a third
    employment = seeded.chance.choice(_OWN if alone else _OF_A_PROVIDER).value
    provider = None if alone else seeded.chance.choice(people.providers)
    languages = seeded.chance.choice(("de", "de en", "de tr", "de pl en"))
    people.add(
        "assistants",
        (
            *(user, user, seeded.text(), employment, provider, languages, seeded.week()),
            *(place.latitude + seeded.chance.uniform(-0.05, 0.05), place.longitude),
            *(seeded.chance.choice((5, 10, 20, 50)), seeded.chance.random() < 0.5, FOREVER),  # noqa: PLR2004  every other
        ),
    )
    people.add("assistant_activities", *seeded.parts(user, seeded.codes(2, 5)))
    people.assistants.append(user)
