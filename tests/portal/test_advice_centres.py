"""Advice centres, from a file into the graph: all or nothing, and for everybody."""

from pathlib import Path

import pytest

from models.advice_centre import AdviceCentre
from models.district import District
from portal.advice_centres import COLUMNS, foreign, keep, read
from portal.demo.load import ADVICE
from portal.failure import CommandError
from tests.graph import Client
from tests.people import Place

CENTRES = """query($postcode: String) { adviceCentres(postcode: $postcode) {
  kind kindLabel name address phone email web hours postcodes } }"""
GOOD = 'TRAEGER,Amt,"Platz 1, 37154 Northeim",05551 1,,,,'


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "centres.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]), "utf-8")
    return path


async def names(client: Client, postcode: str | None) -> list[str]:
    found = (await client.data(CENTRES, postcode=postcode))["adviceCentres"]
    return [each["name"] for each in found]


async def test_the_demos_centres_are_found_by_postcode_and_say_that_they_are_invented(
    anonymous: Client, place: Place
) -> None:
    assert await keep("03155", read(ADVICE)) == 0
    every = (await anonymous.data(CENTRES, postcode=None))["adviceCentres"]
    assert [each["kind"] for each in every] == [
        "TEILHABEBERATUNG",
        "PFLEGESTUETZPUNKT",
        "PFLEGESTUETZPUNKT",
        "TRAEGER",
    ]
    assert all("(erfunden)" in each["name"] for each in every)
    assert every[0]["kindLabel"] == "Unabhängige Beratung (EUTB)"
    assert every[1]["address"] == "Beispielweg 2, 37574 Einbeck"
    assert every[1]["web"] is None
    here = place.municipality.postcodes[0]
    whole = [each["name"] for each in every if not each["postcodes"]]
    named = [each["name"] for each in every if here in each["postcodes"]]
    assert set(await names(anonymous, here)) == {*whole, *named}
    assert set(await names(anonymous, f" {here} ")) == {*whole, *named}
    assert await names(anonymous, "99999") == []


@pytest.mark.parametrize(
    "wrong", ["abc", "3715", "371540", "37154 Northeim", "３７１５４", "", "\0"]
)
async def test_what_is_no_postcode_is_refused_at_its_field(anonymous: Client, wrong: str) -> None:
    (error,) = (await anonymous.send(CENTRES, postcode=wrong))["errors"]
    assert error["extensions"]["code"] == "POSTCODE_REFUSED"
    assert error["extensions"]["field"] == "postcode"
    assert "37154" in error["extensions"]["remedy"]


async def test_a_file_replaces_what_was_there_in_its_own_district(
    anonymous: Client, place: Place, tmp_path: Path
) -> None:
    await District.create(key="03156", name="Osterode", land="NI")
    centres = read(written(tmp_path, "# theirs", "", GOOD, GOOD.replace("Amt", "Büro")))
    assert await keep("03156", centres) == 0
    assert await keep("03155", read(ADVICE)) == 0
    assert await keep("03155", centres) == 4
    assert await names(anonymous, None) == ["Amt", "Büro"]
    assert await AdviceCentre.all().count() == 4
    with pytest.raises(CommandError, match="03157 is not known yet"):
        await keep("03157", centres)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("EUTB,Amt,Ort,1,,,,", "line 3: kind: 'EUTB' is not one of TEILHABEBERATUNG, "),
        ("TRAEGER,,Ort,1,,,,", "line 3: name: field required"),
        ("TRAEGER,Amt,\u2028,1,,,,", "line 3"),
        (f"TRAEGER,Amt,{'x' * 201},1,,,,", "line 3: address: text too long"),
        ("TRAEGER,Amt,Ort,,,,,", "line 3: phone, email or web must say how it can be reached"),
        ("TRAEGER,Amt,Ort,abc,,,,", "line 3: phone: 'abc' is not a number such as"),
        ("TRAEGER,Amt,Ort,()-/,,,,", "line 3: phone: '()-/' is not a number"),
        (GOOD, "line 3: the same as line 2"),
        ("TRAEGER,Amt,Ort,,amt,,,", "line 3: email: email refused"),
        ("TRAEGER,Amt,Ort,,,javascript:alert(1),,", "line 3: web: 'javascript:alert"),
        ("TRAEGER,Amt,Ort,1,,,,3715", "line 3: postcodes: '3715' is not a postcode"),
        ("TRAEGER,Amt,Ort,1", "line 3: there must be 8 values"),
        ('TRAEGER,"Amt,Ort,1,,,,', "line 3: unexpected end of data"),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(CommandError) as refused:
        read(written(tmp_path, GOOD, line))
    assert complaint in str(refused.value)


@pytest.mark.parametrize("phone", ["05551 000-10", "+49 (0)5551/10", "115"])
def test_a_number_is_kept_as_it_is_written(tmp_path: Path, phone: str) -> None:
    (found,) = read(written(tmp_path, f"TRAEGER,Amt,Ort,{phone},,,,"))
    assert found.phone == phone


async def test_postcodes_of_no_municipality_are_named(place: Place, tmp_path: Path) -> None:
    here = place.municipality.postcodes[0]
    line = f"TRAEGER,Amt,Ort,1,,,,99999 {here} 10115"
    assert await foreign("03155", read(written(tmp_path, GOOD, line))) == ["10115", "99999"]
    assert await foreign("03155", read(written(tmp_path, GOOD))) == []


def test_a_file_without_centres_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no advice centre"):
        read(written(tmp_path))
    (tmp_path / "centres.csv").write_text("name\n", "utf-8")
    with pytest.raises(CommandError, match="the first line must read kind,name,"):
        read(tmp_path / "centres.csv")
    with pytest.raises(CommandError, match="cannot be read"):
        read(tmp_path / "missing.csv")
