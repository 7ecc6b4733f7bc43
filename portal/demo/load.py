"""Loading the demo district: a few statements per table, all of them in one transaction."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from domain.user import DocumentKind, TalkChannel
from domain.viewer import Role
from models.database import execute, fetch, transaction
from models.event import append
from portal import advice_centres, district
from portal.demo import personas, proofs
from portal.demo.codes import second_factors
from portal.demo.consents import consents, renew
from portal.demo.delegations import delegations
from portal.demo.members import applications, coordinators
from portal.demo.population import generate
from portal.demo.records import Account, DemoProvider, DemoSeeker, Population, Stage
from portal.failure import CommandError
from portal.municipalities import ids_by_name, keep, read
from services.password import hash_password

DISTRICT = "03155"
MUNICIPALITIES = Path(__file__).with_name("municipalities.csv")
DECISIONS = Path(__file__).with_name("district.toml")
ADVICE = Path(__file__).with_name("advice_centres.csv")

_LOCK = 7_155_032
_TALK_AFTER, _CHECK_AFTER, _RELEASE_AFTER = (timedelta(days=days) for days in (3, 5, 6))

Say = Callable[[str], None]
Row = Sequence[object]
NOTHING: Mapping[str, str] = MappingProxyType({})


async def is_loaded() -> bool:
    """Whether the demo's people are in the connected database."""
    return bool(await fetch("SELECT 1 FROM users WHERE email = $1", personas.ADMINISTRATION.email))


async def load(say: Say) -> bool:
    """Load the demo district; False if it is there already, and then only agree to newer texts.

    Raises:
        CommandError: the database holds other people.
    """
    if await is_loaded():
        async with transaction():
            await renew()
        return False
    places = read(MUNICIPALITIES, DISTRICT)
    population = generate(places)
    password_hash = await hash_password(personas.PASSWORD)
    async with transaction():
        await execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        if await is_loaded():
            return False
        if await fetch("SELECT 1 FROM users LIMIT 1"):
            raise CommandError("The demo district is loaded into an empty database only")
        await keep(places)
        await district.keep(district.read(DECISIONS))
        await advice_centres.keep(DISTRICT, advice_centres.read(ADVICE))
        await _fill(population, await ids_by_name(DISTRICT), password_hash, say)
    return True


async def _fill(
    population: Population, municipalities: Mapping[str, str], password_hash: str, say: Say
) -> None:
    say(f"The demo district: {len(municipalities)} municipalities")
    await _providers(population.providers, municipalities)
    say(f"  {len(population.providers)} providers")
    await _accounts(population.accounts, municipalities, password_hash)
    await _assistants(population)
    say(f"  {len(population.assistants):,} assistants")
    await _seekers(population.seekers)
    say(f"  {len(population.seekers):,} seekers")
    await coordinators(population.coordinators)
    await _release(population)
    await applications()
    await delegations()
    await second_factors()
    await consents(population.accounts)
    say(f"  {len(population.coordinators)} coordinators, {len(population.staff)} of the staff")


async def _insert(table: str, columns: str, rows: Iterable[Row]) -> None:
    """Insert all rows at once; `columns` reads "name type, …" with PostgreSQL's types."""
    parted = [column.split() for column in columns.split(", ")]
    names = ", ".join(name for name, _ in parted)
    arrays = ", ".join(f"${number}::{kind}[]" for number, (_, kind) in enumerate(parted, 1))
    values = list(zip(*rows, strict=True))
    if values:
        await execute(
            f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})",  # noqa: S608  our own words
            *(list(column) for column in values),
        )


async def _insert_parts(
    table: str, whole: str, part: str, rows: Iterable[Row], more: Mapping[str, str] = NOTHING
) -> None:
    """Insert rows that name a whole and one of its parts ("name type"); ids are made here.

    `more` gives columns that are the same in each row, as SQL.
    """
    name, kind = part.split()
    names, same = ", ".join([whole, name, *more]), "".join(f", {each}" for each in more.values())
    await execute(
        f"INSERT INTO {table} (id, {names}) "  # noqa: S608  our own words
        f"SELECT portal_uuid7(), part.*{same} FROM unnest($1::uuid[], $2::{kind}[]) AS part",
        *(list(column) for column in zip(*rows, strict=True)),
    )


async def _providers(providers: Sequence[DemoProvider], municipalities: Mapping[str, str]) -> None:
    await _insert(
        "providers",
        "id uuid, name text, introduction text, email text, phone text, version int, "
        "created_at timestamptz",
        [
            (one.id, one.name, one.introduction, one.email, one.phone, 1, _born(one.id))
            for one in providers
        ],
    )
    await _insert_parts(
        "provider_areas",
        "provider_id",
        "municipality_id uuid",
        [(one.id, municipalities[name]) for one in providers for name in one.municipalities],
    )
    await _insert_parts(
        "provider_activities",
        "provider_id",
        "activity_id text",
        [(one.id, code) for one in providers for code in one.activities],
    )
    await _insert_parts(
        "provider_recognitions",
        "provider_id",
        "kind text",
        [(one.id, kind.value) for one in providers for kind in one.recognitions],
        more={"valid_from": "date '2025-01-01'"},
    )


async def _accounts(
    accounts: Sequence[Account], municipalities: Mapping[str, str], password_hash: str
) -> None:
    """Everybody as registered: the database lets nobody begin as released."""
    await _insert(
        "users",
        "id uuid, email text, email_version int, email_confirmed_at timestamptz, "
        "password_hash text, role text, state text, version int, language text, first_name text, "
        "last_name text, phone text, mobile text, street text, postcode text, "
        "municipality_id uuid, created_at timestamptz",
        [
            (
                one.id,
                one.email,
                1,
                one.registered_at if one.stage >= Stage.CONFIRMED else None,
                password_hash,
                one.role.value,
                "REGISTERED",
                _version(one),
                "de",
                one.first_name,
                one.last_name,
                one.phone,
                one.mobile,
                one.street,
                one.postcode,
                municipalities[one.municipality],
                one.registered_at,
            )
            for one in accounts
        ],
    )


async def _assistants(population: Population) -> None:
    await _insert(
        "assistants",
        "id uuid, user_id uuid, introduction text, employment text, provider_id uuid, "
        "languages text, week bytea, latitude float8, longitude float8, radius_km int, "
        "has_car bool",
        [
            (
                one.account.id,
                one.account.id,
                one.introduction,
                one.employment.value,
                one.provider_id,
                one.languages,
                one.week,
                one.latitude,
                one.longitude,
                one.radius_km,
                one.has_car,
            )
            for one in population.assistants
        ],
    )
    await _insert_parts(
        "assistant_activities",
        "assistant_id",
        "activity_id text",
        [(one.account.id, code) for one in population.assistants for code in one.activities],
    )
    await _insert_parts(
        "assistant_qualities",
        "assistant_id",
        "quality_id text",
        [(one.account.id, code) for one in population.assistants for code in one.qualities],
    )


async def _seekers(seekers: Sequence[DemoSeeker]) -> None:
    await _insert(
        "seekers",
        "id uuid, user_id uuid, introduction text, acting_for text, week bytea",
        [(one.account.id, one.account.id, one.introduction, "SELF", one.week) for one in seekers],
    )
    await _insert_parts(
        "needs",
        "seeker_id",
        "activity_id text",
        [(one.account.id, code) for one in seekers for code in one.needs],
    )


async def _release(population: Population) -> None:
    """Talks, identity checks, proofs and releases, with their history."""
    officer = next(one.id for one in population.staff if one.role is Role.CUSTOMER_SERVICE)
    await _record(population, officer)
    released = [one.account for one in population.assistants if one.account.stage is Stage.RELEASED]
    await proofs.record([account.id for account in released], officer)
    await execute(
        "WITH moved AS (UPDATE users SET state = 'RELEASED', version = version + 1 "
        "FROM unnest($1::uuid[], $2::timestamptz[]) AS released (who, at) WHERE users.id = who "
        "RETURNING users.id, version, at) "
        "INSERT INTO transitions "
        "(id, machine, aggregate, action, source, target, version, actor_id, role, person_id, at) "
        "SELECT portal_uuid7(), 'ACCOUNT', id, 'RELEASE_ACCOUNT', 'REGISTERED', 'RELEASED', "
        "version, $3, 'CUSTOMER_SERVICE', id, at FROM moved",
        *_moments(population.accounts, Stage.RELEASED, _RELEASE_AFTER),
        officer,
    )
    await append("offers", UUID(int=0), officer, 1, "OFFER")


async def _record(population: Population, officer: UUID) -> None:
    """What customer service recorded of everybody who has come so far."""
    people = [one for one in population.accounts if one.role in (Role.SEEKER, Role.ASSISTANT)]
    await execute(
        "INSERT INTO talks (id, user_id, officer_id, channel, outcome, held_at, created_at) "
        "SELECT portal_uuid7(), who, $3, $4, 'DONE', at, at "
        "FROM unnest($1::uuid[], $2::timestamptz[]) AS talk (who, at)",
        *_moments(people, Stage.TALKED, _TALK_AFTER),
        officer,
        TalkChannel.PHONE.value,
    )
    await execute(
        "INSERT INTO talk_answers (id, talk_id, care_grade, payer) "
        "SELECT portal_uuid7(), t.id, grade, payer FROM unnest($1::uuid[], $2::int[], $3::text[]) "
        "AS answer (who, grade, payer) JOIN talks t ON t.user_id = who",
        [one.account.id for one in population.seekers],
        [one.care_grade for one in population.seekers],
        [one.payer.value for one in population.seekers],
    )
    await execute(
        "INSERT INTO identity_checks "
        "(id, user_id, officer_id, document, verdict, checked_on, created_at) "
        "SELECT portal_uuid7(), who, $3, $4, 'CONFIRMED', at::date, at "
        "FROM unnest($1::uuid[], $2::timestamptz[]) AS checked (who, at)",
        *_moments(people, Stage.CHECKED, _CHECK_AFTER),
        officer,
        DocumentKind.IDENTITY_CARD.value,
    )


def _moments(
    accounts: Sequence[Account], stage: Stage, after: timedelta
) -> tuple[list[UUID], list[datetime]]:
    reached = [one for one in accounts if one.stage >= stage]
    return [one.id for one in reached], [one.registered_at + after for one in reached]


def _version(account: Account) -> int:
    """Confirming, talk and check each counted one up; the release follows."""
    return 1 + min(account.stage, Stage.CHECKED)


def _born(identity: UUID) -> datetime:
    """The instant inside a UUIDv7."""
    return datetime.fromtimestamp((identity.int >> 80) / 1000, UTC)
