"""What a district decides, from a file onto its row and into the graph."""

import dataclasses
from pathlib import Path

import pytest

from domain.policy import Policy
from models.database import execute, fetch
from models.district import District
from portal.asgi import Process
from portal.demo.load import DECISIONS
from portal.district import keep, read
from portal.failure import CommandError
from portal.settings import Settings
from tests.graph import Client
from tests.people import Place, make_place

DISTRICT = """{ district { name welcome contact { email phone } hours { weekday start end } } }"""


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "district.toml"
    path.write_text(content, "utf-8")
    return path


async def test_the_demos_file_holds_and_changes_nothing_the_second_time(place: Place) -> None:
    decisions = read(DECISIONS)
    assert await keep(decisions)
    assert not await keep(decisions)
    row = await District.get(key="03155")
    assert row.policy() == decisions.policy
    assert row.policy().reminder_hours == (24, 2)


async def test_what_is_left_out_stays_as_the_portal_has_it(place: Place, tmp_path: Path) -> None:
    await keep(read(written(tmp_path, 'key = "03155"\n[policy]\ntalk_minutes = 45\n')))
    policy = (await District.get(key="03155")).policy()
    assert policy == dataclasses.replace(Policy(), talk_minutes=45)
    assert (await District.create(key="03156", name="Osterode", land="NI")).policy() == Policy()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", 'key: is missing; write key = "03155"'),
        ('[contact]\nphone = "05551 708-0"', "key: is missing"),
        ("key = 1", "key: 1 is not a district key"),
        ("key = ", "not TOML"),
        ('key = "03155"\ncolour = 1', "colour: there is no such field"),
        ('key = "03155"\ncontact = 1', "contact: must be a table"),
        ('key = "03155"\n[contact]\nemail = "x"', "contact.email: email refused"),
        ('key = "03155"\n[contact]\nfax = "x"', "contact.fax: there is no such field"),
        ('key = "03155"\n[welcome]\nfr = "x"', "welcome.fr: there is no such field"),
        ('key = "03155"\n[welcome]\nde = 1', "welcome.de: must be a text"),
        ('key = "03155"\n[welcome]\nde = " "', "welcome.de: is empty; write a sentence"),
        ('key = "03155"\n[policy]\ntalk_minutes = 5', "policy.talk_minutes: must be 10 to 180"),
        ('key = "03155"\n[policy]\ntalk_minutes = true', "must be a whole number"),
        ('key = "03155"\n[policy]\nreminder_hours = 1', "policy.reminder_hours: must be a list"),
        ('key = "03155"\n[policy]\nreminder_hours = [1, 2, 3, 4]', "may have 3 entries at most"),
        ('key = "03155"\n[policy]\nhours = ["Monday"]', "policy.hours: 'Monday' is not a window"),
        ('key = "03155"\n[policy]\nhours = ["1 08:00-08:00"]', "policy.hours: window refused"),
        ('key = "03155"\n[policy]\nhours = []', "there must be at least one window"),
        ('key = "03155"\n[policy]\nvideo_url = "http://x"', "policy.video_url: 'http://x' is not"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_its_field(
    tmp_path: Path, content: str, complaint: str
) -> None:
    with pytest.raises(CommandError) as refused:
        read(written(tmp_path, content))
    assert complaint in str(refused.value)
    assert "district.toml" in str(refused.value)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        read(tmp_path / "nowhere.toml")


async def test_a_district_without_municipalities_is_not_known_yet(database: object) -> None:
    with pytest.raises(CommandError, match="municipalities first"):
        await keep(read(DECISIONS))


async def test_the_database_takes_no_decision_out_of_bounds(place: Place) -> None:
    for change in ("talk_minutes = 5", "hours = '\\x00'", 'welcome = \'{"fr": "x"}\''):
        with pytest.raises(Exception, match="districts_"):
            await fetch(f"UPDATE districts SET {change} RETURNING key")  # noqa: S608  our own words


async def test_everybody_reads_welcome_contact_and_hours_in_their_language(
    place: Place, anonymous: Client
) -> None:
    bare = (await anonymous.data(DISTRICT))["district"]
    assert bare["welcome"] is None
    assert bare["contact"] == {"email": None, "phone": None}
    assert bare["hours"][0] == {"weekday": 1, "start": "08:00", "end": "16:00"}
    await keep(read(DECISIONS))
    english = Client(anonymous.http, {"Accept-Language": "en"})
    told = (await english.data(DISTRICT))["district"]
    assert told["welcome"].startswith("Welcome to the district")
    assert told["contact"] == {"email": "kundenservice@northeim.example", "phone": "05551 708-0"}
    assert told["hours"][3] == {"weekday": 4, "start": "08:00", "end": "18:00"}


async def test_what_a_district_has_not_said_yet_is_a_sentence_for_the_start(
    database: object, portal_settings: Settings
) -> None:
    process = Process(portal_settings)
    sentence = await process.lacking()
    assert sentence.startswith("no municipality of the district 03155 is there")
    assert "`import-municipalities FILE`" in sentence
    await make_place()
    sentence = await process.lacking()
    assert sentence.startswith("the district 03155 names no way to reach its customer service")
    assert "`import-district FILE`" in sentence
    await keep(read(DECISIONS))
    assert not await process.lacking()
    await execute("UPDATE districts SET email = NULL")
    assert not await process.lacking()
