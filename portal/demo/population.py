"""Making the people of the demo: the same seed gives the same people, down to the last digit."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from domain.activity import CATALOGUE
from domain.user import Employment, Payer
from domain.viewer import Role
from portal.demo import people, personas, texts
from portal.demo.habits import (
    OFFICE_HOURS,
    assistant_week,
    body_near,
    offered,
    qualities,
    seeker_week,
)
from portal.demo.organisations import ORGANISATIONS
from portal.demo.personas import DOMAIN, Persona
from portal.demo.records import (
    Account,
    DemoAssistant,
    DemoCoordinator,
    DemoProvider,
    DemoSeeker,
    Population,
    Stage,
)
from portal.municipalities import Place

SEED = 3155
ASSISTANTS = 2_000
SEEKERS = 300
WAITING = (Stage.REGISTERED, Stage.CONFIRMED, Stage.TALKED, Stage.CHECKED)
WAITING_EACH = 3
UNPROVEN = 3  # assistants whose proofs nobody has recorded yet

_BEGIN = datetime(2025, 3, 3, 8, tzinfo=UTC)
_APART = timedelta(minutes=97)
_KM_PER_DEGREE = 111.2
_COSINE = 0.62  # of the district's latitude: a degree of longitude is so much shorter
_DEFAULT_GROUPS = ("HAU", "BEG", "FAH", "FRE", "SOZ")
_NEEDS = tuple(
    code
    for code, entry in CATALOGUE.items()
    if entry.group in ("HAU", "BEG", "FAH", "FRE", "SOZ", "KOM", "SCH")
)


def generate(places: Sequence[Place], seed: int = SEED) -> Population:
    """The whole demo district for the given municipalities."""
    return _Maker(tuple(places), Random(seed)).population()  # noqa: S311  repeatable, not secret


@dataclass(slots=True)
class _Maker:
    places: tuple[Place, ...]
    random: Random
    made: int = field(default=0)

    def population(self) -> Population:
        staff = tuple(
            self._persona(persona)
            for persona in (personas.ADMINISTRATION, personas.CUSTOMER_SERVICE)
        )
        providers = tuple(self._providers())
        return Population(
            providers=providers,
            coordinators=self._coordinators(providers),
            assistants=(
                self._assistant_persona(personas.ASSISTANT, providers[0].id),
                self._assistant_persona(personas.SELF_EMPLOYED, None),
                *(self._assistant(providers) for _ in range(ASSISTANTS - 2 - UNPROVEN)),
                *(self._assistant(providers, Stage.CHECKED) for _ in range(UNPROVEN)),
            ),
            seekers=(
                self._seeker_persona(),
                *(self._seeker(stage) for stage in WAITING for _ in range(WAITING_EACH)),
                *(
                    self._seeker(Stage.RELEASED)
                    for _ in range(SEEKERS - 1 - len(WAITING) * WAITING_EACH)
                ),
            ),
            staff=staff,
            representatives=(self._persona(personas.REPRESENTATIVE, Stage.CONFIRMED),),
        )

    def _instant(self) -> datetime:
        return _BEGIN + self.made * _APART

    def _id(self) -> UUID:
        """A UUIDv7 whose time is the person's own, so that ids sort by it."""
        milliseconds = int(self._instant().timestamp() * 1000)
        low = (0b10 << 62) | self.random.getrandbits(62)
        self.made += 1
        return UUID(
            int=(milliseconds << 80) | (0x7 << 76) | (self.random.getrandbits(12) << 64) | low
        )

    def _place(self) -> Place:
        """A municipality, more often a big one."""
        return self.random.choices(self.places, [place.population for place in self.places])[0]

    def _named_place(self, name: str) -> Place:
        return next((place for place in self.places if place.name == name), self.places[0])

    def _account(self, role: Role, place: Place, stage: Stage = Stage.RELEASED) -> Account:
        name = people.name(self.random)
        number = str(self.made)
        return self._filled(role, place, stage, name, people.mail_name((*name.parts, number)))

    def _persona(self, persona: Persona, stage: Stage = Stage.RELEASED) -> Account:
        name = people.Name(persona.first_name, persona.last_name)
        local = persona.email.partition("@")[0]
        place = self._named_place(persona.municipality)
        return self._filled(persona.role, place, stage, name, local)

    def _filled(
        self, role: Role, place: Place, stage: Stage, name: people.Name, local: str
    ) -> Account:
        registered_at = self._instant()
        return Account(
            id=self._id(),
            email=f"{local}@{DOMAIN}",
            role=role,
            stage=stage,
            registered_at=registered_at,
            first_name=name.first,
            last_name=name.last,
            phone=people.phone(self.random) if self.random.random() < 0.4 else None,  # noqa: PLR2004  some have one
            mobile=people.mobile(self.random),
            street=people.address(self.random),
            postcode=self.random.choice(place.postcodes),
            municipality=place.name,
        )

    def _providers(self) -> list[DemoProvider]:
        known = {place.name for place in self.places}
        return [
            DemoProvider(
                id=self._id(),
                name=organisation.name,
                introduction=organisation.introduction,
                email=f"{organisation.mail_name}@{DOMAIN}",
                phone=people.phone(self.random),
                municipalities=tuple(m for m in organisation.municipalities if m in known),
                activities=organisation.activities,
                recognitions=organisation.recognitions,
            )
            for organisation in ORGANISATIONS
        ]

    def _coordinators(self, providers: Sequence[DemoProvider]) -> tuple[DemoCoordinator, ...]:
        first = DemoCoordinator(self._persona(personas.COORDINATOR), providers[0].id)
        others = (
            DemoCoordinator(self._account(Role.COORDINATOR, self._place()), provider.id)
            for provider in providers
        )
        return (first, *others)

    def _near(self, place: Place) -> tuple[float, float]:
        """Somewhere around the municipality's centre, nobody's real address."""
        north, east = (max(-6.0, min(6.0, self.random.gauss(0, 2))) for _ in range(2))
        return (
            round(place.latitude + north / _KM_PER_DEGREE, 5),
            round(place.longitude + east / (_KM_PER_DEGREE * _COSINE), 5),
        )

    def _assistant(
        self, providers: Sequence[DemoProvider], stage: Stage = Stage.RELEASED
    ) -> DemoAssistant:
        place = self._place()
        employment = self.random.choices(list(Employment), [35, 50, 15])[0]
        activities, has_car = self._offer(employment)
        groups = {CATALOGUE[code].group for code in activities}
        latitude, longitude = self._near(place)
        account = self._account(Role.ASSISTANT, place, stage)
        return DemoAssistant(
            account=account,
            introduction=texts.assistant_introduction(self.random, employment, groups),
            employment=employment,
            provider_id=self._provider_of(employment, place, providers),
            languages=people.languages(self.random),
            week=assistant_week(self.random, employment),
            latitude=latitude,
            longitude=longitude,
            radius_km=self.random.choice((5, 10, 10, 15, 15, 20, 25, 30)),
            has_car=has_car,
            activities=activities,
            qualities=qualities(account.id),
        )

    def _offer(self, employment: Employment) -> tuple[tuple[str, ...], bool]:
        has_car = self.random.random() < 0.65  # noqa: PLR2004  in the country most have one
        trained = employment is not Employment.VOLUNTEER
        return offered(self.random, trained=trained, has_car=has_car), has_car

    def _provider_of(
        self, employment: Employment, place: Place, providers: Sequence[DemoProvider]
    ) -> UUID | None:
        if employment is Employment.SELF_EMPLOYED:
            return None
        near = [
            (provider, organisation.share)
            for provider, organisation in zip(providers, ORGANISATIONS, strict=True)
            if place.name in provider.municipalities
        ] or [(providers[0], 1)]
        chosen = self.random.choices([one for one, _ in near], [share for _, share in near])
        return chosen[0].id

    def _assistant_persona(self, persona: Persona, provider_id: UUID | None) -> DemoAssistant:
        """Free in office hours, with a car, for everything that is asked for most."""
        place = self._named_place(persona.municipality)
        employment = persona.employment or Employment.EMPLOYED
        account = self._persona(persona)
        return DemoAssistant(
            account=account,
            introduction=texts.assistant_introduction(self.random, employment, ("HAU", "BEG")),
            employment=employment,
            provider_id=provider_id,
            languages="de en tr" if persona is personas.SELF_EMPLOYED else "de en",
            week=OFFICE_HOURS,
            latitude=place.latitude,
            longitude=place.longitude,
            radius_km=40,
            has_car=True,
            activities=tuple(
                code for code, entry in CATALOGUE.items() if entry.group in _DEFAULT_GROUPS
            ),
            qualities=qualities(account.id),
        )

    def _seeker(self, stage: Stage) -> DemoSeeker:
        place = self._place()
        needs = set(self.random.sample(_NEEDS, self.random.randint(2, 6)))
        needs.update(body_near(self.random))
        return DemoSeeker(
            account=self._account(Role.SEEKER, place, stage),
            introduction=texts.seeker_introduction(self.random, place.name),
            week=seeker_week(self.random),
            needs=tuple(code for code in CATALOGUE if code in needs),
            care_grade=self.random.choices(range(6), [15, 20, 30, 20, 10, 5])[0],
            payer=self.random.choice(list(Payer)),
        )

    def _seeker_persona(self) -> DemoSeeker:
        return DemoSeeker(
            account=self._persona(personas.SEEKER),
            introduction=(
                "Ich wohne allein in Northeim und bin gern unter Menschen. Seit meiner Operation "
                "fallen mir lange Wege und schwere Taschen schwer. Ich suche jemanden, der mit mir "
                "einkaufen geht und mich begleitet."
            ),
            week=OFFICE_HOURS,
            needs=("HAU_EINKAUFEN", "BEG_ARZT_UND_THERAPIE", "BEG_SPAZIERGANG"),
            care_grade=2,
            payer=Payer.CARE_INSURANCE,
        )
