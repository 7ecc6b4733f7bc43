"""The pages as files: what is vendored, what they may load, and their words in every language."""

import hashlib
import json
import re
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import GraphQLError, parse
from starlette.applications import Starlette
from starlette.routing import Route

from domain.evidence import Exemption
from domain.evidence_rules import RULES
from domain.funding import PAYERS, FundingInstrument, FundingPeriod
from notifications.language import Language, text
from portal.pages import examples
from portal.pages.routes import HOME, STATIC, VENDOR, graphiql_response, routes

PERSONA = {"key": "seeker", "name": "A", "role": "SEEKER", "email": "a@b.c", "password": "p"}
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
LONGEST_MODULE = 300
TEXTS = {path.stem: json.loads(path.read_text("utf-8")) for path in STATIC.glob("texts/*.json")}
PREFIXES = {
    "role", "kind", "interval", "summary.every", "acceptor", "register.as", "channel", "talk",
    "document", "verdict", "payer", "proof", "exemption", "field", "live", "wish", "failure",
    "quality", "coordinator", "delegation", "confirm", "contract.agreed", "contract.model",
    "contract.end", "contract.per", "contribution.free", "contribution.income", "meetings",
    "cancel", "funding.per", "instrument", "period", "plan.every", "print", "recognition",
    "report", "consents.ends", "side",
    "desk.count", "desk.which",
}  # fmt: skip


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with _client_of([PERSONA]) as client:
        yield client


def _client_of(personas: Sequence[dict[str, str]]) -> httpx.AsyncClient:
    async def given() -> Sequence[dict[str, str]]:
        return personas

    app = Starlette(routes=[Route("/graphql", graphiql_response), *routes(personas=given)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def _linked(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/pages/[^"]+)"', html)


def test_every_language_has_the_same_texts_with_the_same_placeholders() -> None:
    assert set(TEXTS) == {"de", "de-x-leicht", "en"}
    german = TEXTS["de"]
    for found in TEXTS.values():
        assert found.keys() == german.keys()
        assert {k: _placeholders(v) for k, v in found.items()} == {
            k: _placeholders(v) for k, v in german.items()
        }


def test_every_text_a_script_names_exists_and_every_text_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (*SCRIPTS, *STATIC.glob("*.html")))
    named = set(re.findall(r"""(?:\bt\(|data-text=)["']([\w.-]+)["']""", code))
    assert named <= TEXTS["de"].keys()
    loose = {key for key in TEXTS["de"] if key.rpartition(".")[0] not in PREFIXES}
    assert loose <= named


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_stays_short_and_says_what_lives_in_it(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert len(lines) < LONGEST_MODULE
    assert lines[0].startswith("// ")


def test_vendored_files_are_the_ones_that_are_listed() -> None:
    rows = [line.split() for line in (VENDOR / "VERSIONS").read_text().splitlines()[1:]]
    listed = {name: digest for name, _package, _version, digest in rows}
    there = {path.name for path in VENDOR.iterdir()} - {"VERSIONS", "LICENSES.txt"}
    assert set(listed) == there
    for name, digest in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest
    licences = (VENDOR / "LICENSES.txt").read_text()
    for _name, package, _version, _digest in rows:
        assert re.search(rf"(^|, ){re.escape(package)}(,| \()", licences, re.MULTILINE)


def test_no_file_of_the_pages_names_a_package_registry_or_a_source_map() -> None:
    for path in HOME.rglob("*"):
        if path.is_file() and path.suffix != ".pyc":
            text = path.read_text("utf-8")
            assert not re.search(r"npmjs|pypi\.org|pythonhosted|sourceMappingURL", text), path


async def test_the_page_loads_only_its_own_files_and_they_are_all_there(
    client: httpx.AsyncClient,
) -> None:
    for address in ("/", "/eigenanteil", "/graphql"):
        page = await client.get(address)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "<style" not in page.text
        assert not re.search(r"<script(?![^>]*\bsrc=)", page.text)
        assert not re.search(r'\s(on\w+|style)="', page.text)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)
        assert _linked(page.text)
        for link in _linked(page.text):
            assert (await client.get(link)).status_code == 200, link


def test_scripts_import_only_files_that_are_there() -> None:
    for path in SCRIPTS:
        for name in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8")):
            assert (path.parent / name).is_file(), f"{path.name} imports {name}"


async def test_the_policies_allow_nothing_foreign_and_no_inline_script(
    client: httpx.AsyncClient,
) -> None:
    for address in ("/", "/eigenanteil", "/graphql", "/pages/js/app.js"):
        policy = (await client.get(address)).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy


async def test_every_graphiql_page_has_a_nonce_of_its_own(client: httpx.AsyncClient) -> None:
    nonces = set()
    for _ in range(2):
        page = await client.get("/graphql")
        found = re.search(r"'nonce-([^']+)'", page.headers["content-security-policy"])
        assert found
        assert f'content="{found[1]}"' in page.text
        nonces.add(found[1])
    assert len(nonces) == 2
    assert page.headers["cache-control"] == "no-store"


async def test_personas_are_given_only_in_the_demo(client: httpx.AsyncClient) -> None:
    assert (await client.get("/demo/personas")).json() == [PERSONA]
    async with _client_of([]) as quiet:
        assert (await quiet.get("/demo/personas")).json() == []


async def test_files_outside_the_folder_are_not_served(client: httpx.AsyncClient) -> None:
    assert (await client.get("/pages/../routes.py")).status_code == 404
    assert (await client.get("/pages/%2e%2e/routes.py")).status_code == 404


async def test_examples_come_one_by_one_with_their_comment_and_variables(
    client: httpx.AsyncClient,
) -> None:
    found: dict[str, list[dict[str, Any]]] = (await client.get("/graphql/examples.json")).json()
    assert set(found) == {role.upper() for role in examples.ROLES}
    for entries in found.values():
        assert entries
        for entry in entries:
            assert entry["query"].startswith("# ")
            assert len(parse(entry["query"]).definitions) == 1
            assert set(entry) == {"name", "query", "variables"}
    assert found["SEEKER"][1]["variables"]["input"]["interval"] == "WEEK"


def test_an_example_without_a_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seeker.graphql").write_text("{ viewer { role } }")
    (tmp_path / "seeker.json").write_text("{}")
    with pytest.raises(ValueError, match="named operations"):
        examples.of_role("seeker", tmp_path)
    (tmp_path / "seeker.graphql").write_text("query {")
    with pytest.raises(GraphQLError):
        examples.of_role("seeker", tmp_path)


def test_every_variable_of_the_examples_belongs_to_one_of_them() -> None:
    for role in examples.ROLES:
        named = {example.name for example in examples.of_role(role)}
        given = json.loads((examples.FOLDER / f"{role}.json").read_text("utf-8"))
        assert given.keys() <= named


def test_the_page_asks_of_a_proof_what_a_record_of_its_kind_takes() -> None:
    """Its form is drawn before anything is sent, so it says once more what the rules say."""
    script = (STATIC / "js" / "proofs.js").read_text("utf-8")
    table = script[script.index("const FIELDS") : script.index("const EXEMPTIONS")]
    asked = {
        kind: set(re.findall(r'"(\w+)"', fields))
        for kind, fields in re.findall(r"([A-Z_]+): \[(.*?)\]", table)
    }
    assert asked == {
        kind.value: {
            name
            for name, taken in {
                "datedOn": rule.dated,
                "validUntil": rule.ends or Exemption.CONTRAINDICATION in rule.exemptions,
                "quality": rule.quality,
                "hours": rule.hours,
                "exemption": bool(rule.exemptions),
            }.items()
            if taken
        }
        for kind, rule in RULES.items()
    }


def test_the_page_offers_the_benefits_that_there_are_and_asks_for_a_payer_where_several_may() -> (
    None
):
    script = (STATIC / "js" / "funding_form.js").read_text("utf-8")
    lists = re.findall(r"(?:const |\{ )(\w+)(?: =|:) \[(.*?)\]", script, re.DOTALL)
    said = {name: re.findall(r'"(\w+)"', codes) for name, codes in lists}
    several = {kind.value: list(payers) for kind, payers in PAYERS.items() if len(payers) > 1}
    assert said == {
        "INSTRUMENTS": list(FundingInstrument),
        "PERIODS": list(FundingPeriod),
        **several,
    }
    for language, found in TEXTS.items():
        for code in FundingInstrument:
            label = text(f"enums.funding_instrument.{code.value}", Language(language))
            assert found[f"instrument.{code.value}"] == label
