"""The open data: every file has its form, says what it takes to quote it, and changes only when it must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from careguide.exports import open_data
from careguide.guide import drafts
from conftest import EXAMPLE, Project, changed, load
from openapi_spec_validator import validate
from referencing import Registry
from sites import page

URL = "https://guide.example/"
FOLDER = "api/v1/"


def files(root: Path, url: str = URL) -> dict[str, bytes]:
    """The files of a project."""
    return open_data.files({"": drafts.published(load(root))}, url)


@pytest.fixture(scope="module")
def example() -> dict[str, bytes]:
    """The example's files."""
    return files(EXAMPLE)


@pytest.fixture(scope="module")
def records(example: dict[str, bytes]) -> list[dict[str, Any]]:
    """All records, as the file has them that holds everything."""
    return list(map(json.loads, example[f"{FOLDER}guide.jsonl"].splitlines()))


def read(made: dict[str, bytes], path: str) -> Any:
    """One file's value."""
    return json.loads(made[FOLDER + path])


def test_there_is_a_file_for_each_thing_and_the_index_names_it(
    example: dict[str, bytes], records: list[dict[str, Any]]
) -> None:
    """Each symptom, cause, remedy, treatment, investigation, sign, context, check, country and source."""
    guide, index = drafts.published(load(EXAMPLE)), read(example, "index.json")
    ids = {
        "symptoms": guide.symptoms,
        "causes": guide.causes,
        "remedies": guide.remedies,
        "treatments": guide.treatments,
        "investigations": guide.investigations,
        "signs": guide.criteria,
        "contexts": guide.contexts,
        "services": guide.services,
        "sources": guide.sources,
        "flows": guide.vignettes,
    }
    of_their_own = {json.dumps(record) for record in records if record["file"]}

    for collection, things in ids.items():
        assert list(things) == [entry["id"] for entry in index[collection]]
        for entry in index[collection]:
            record = read(example, f"{collection}/{entry['id']}.json")
            assert entry["file"] == record["file"] == f"{URL}{FOLDER}{collection}/{entry['id']}.json"
            assert (entry["title"], entry["version"]) == (record["title"], record["version"])
            assert json.dumps(record) in of_their_own
    assert len(of_their_own) == sum(map(len, ids.values()))
    assert [*guide.urgency] == [level["id"] for level in index["levels"]]


def test_every_record_has_the_form_that_its_schema_says(
    example: dict[str, bytes], records: list[dict[str, Any]]
) -> None:
    """Also those that stand only in the file that holds everything; and not everything fits a schema."""
    checks = {}
    for record in records:
        type_ = record["type"]
        if type_ not in checks:
            schema = read(example, f"schema/{type_}.json")
            jsonschema.Draft202012Validator.check_schema(schema)
            fields = schema["properties"]["data"]["properties"]
            assert [] == [name for name, field in fields.items() if "description" not in field]
            checks[type_] = jsonschema.Draft202012Validator(schema, registry=Registry())
        assert [] == [error.message for error in checks[type_].iter_errors(record)]
        assert not checks[type_].is_valid({**record, "dates": None})
    assert len(checks) > 12
    sign = next(record for record in records if record["type"] == "sign")
    without_level = {name: value for name, value in sign["data"].items() if name != "level"}
    assert not checks["sign"].is_valid({**sign, "data": without_level})


def test_a_form_may_grow(example: dict[str, bytes], records: list[dict[str, Any]]) -> None:
    """What a later version adds is no error to a program of today."""
    record = next(record for record in records if record["type"] == "cause")
    later = {**record, "news": 1, "data": {**record["data"], "news": 2}}

    jsonschema.validate(later, read(example, "schema/cause.json"), jsonschema.Draft202012Validator)


def test_the_addresses_are_described(example: dict[str, bytes], tmp_path: Path) -> None:
    """In OpenAPI 3.1, with the schemas beside it; each address with an id is one that there is."""
    for path, content in example.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    described = read(example, "openapi.json")

    validate(described, base_uri=(tmp_path / FOLDER / "openapi.json").as_uri())
    assert "3.1.0" == described["openapi"]
    assert [f"{URL}api/v1"] == [server["url"] for server in described["servers"]]
    assert len(described["paths"]) == 12
    for address, item in described["paths"].items():
        for parameter in item.get("parameters", [{"schema": {"examples": [""]}}]):
            for id_ in parameter["schema"]["examples"]:
                assert FOLDER + address[1:].replace("{id}", id_) in example
        for content in item["get"]["responses"]["200"]["content"].values():
            if form := content["schema"].get("$ref"):
                assert FOLDER + form in example


def test_a_record_says_what_it_takes_to_quote_it(records: list[dict[str, Any]]) -> None:
    """Its page, its licence, whom to name, the day, the review; and a sign its level, which no page has."""
    assert len(records) > 40
    for record in records:
        assert record["licence"]
        assert URL in record["attribution"]
        assert "1.0" == record["api"]
        assert "unreviewed" == record["review"]["state"] or record["review"]["by"]
        assert (record["level"] is not None) == (record["type"] in ("sign", "urgency"))
    for type_ in (
        "symptom",
        "cause",
        "remedy",
        "treatment",
        "investigation",
        "sign",
        "context",
        "flow",
        "service",
    ):
        mine = [record for record in records if record["type"] == type_]
        assert mine
        assert all(record["dates"]["checked"] for record in mine)


def test_a_review_is_told_with_its_days(project: Project) -> None:
    """Who reviewed it and when it is due; once the words change, that they have."""
    review = "reviewed:\n  by: A. Person, nurse\n  on: 2026-11-01\n  due: 2027-11-01\n"
    path = "data/causes/dry-air.yml"
    root = project({path: (EXAMPLE / path).read_text(encoding="utf-8") + review})
    record = read(files(root), "causes/dry-air.json")

    assert {"state": "changed", "by": "A. Person, nurse"} == record["review"]
    assert ("2026-11-01", "2027-11-01") == (record["dates"]["reviewed"], record["dates"]["review_due"])


def test_pages_are_those_of_the_site(site: Path, records: list[dict[str, Any]]) -> None:
    """Every address leads to a page that is there, and to the entry in it; the files are there too."""
    named = {record["page"] for record in records if record["page"]}
    assert len(named) > 30
    for address in sorted(named):
        path, _, anchor = address.removeprefix(URL).partition("#")
        assert not anchor or page(site / path / "index.html").find(id=anchor), address
    assert (site / "llms.txt").is_file()
    cause = page(site / "causes/dry-air/index.html").select_one("link[type='application/json']")
    assert "../../api/v1/causes/dry-air.json" == cause["href"]
    assert not page(site / "causes/index.html").select("link[type='application/json']")
    for record in records:
        if record["file"]:
            assert (site / record["file"].removeprefix(URL)).is_file()


def test_texts_are_bare_words(records: list[dict[str, Any]]) -> None:
    """No link by id is left in them; what a number stands for is told, so that another country's can."""
    text = json.dumps(records)
    assert "](" not in text
    assert "{call:" not in text
    told = [record for record in records if record["calls"]]
    assert told
    for record in told:
        assert record["country"]
        for words in record["calls"].values():
            said = json.dumps(record["data"], ensure_ascii=False).replace("\N{NO-BREAK SPACE}", " ")
            assert words in said


def test_statements_keep_their_sources(records: list[dict[str, Any]]) -> None:
    """What a text cites stands after the statement, and among the record's sources."""
    known = {record["id"] for record in records if record["type"] == "source"}
    cause = next(record for record in records if record["type"] == "cause" and "[@" in record["data"]["lead"])

    assert cause["sources"]
    for record in records:
        assert known.issuperset(record["sources"])


def test_a_check_is_told_as_it_is_run(records: list[dict[str, Any]]) -> None:
    """Its screens with their lines: each sign with the level it leads to, in doubt too."""
    flow = next(record for record in records if record["type"] == "flow")
    signs = {record["id"]: record for record in records if record["type"] == "sign"}
    lines = [line for screen in flow["data"]["plan"]["screens"] for line in screen["lines"]]

    assert len(lines) > 3
    for line in lines:
        assert signs[line["id"]]["level"]["id"] == line["level"]


def test_files_are_the_same_until_something_changes(project: Project, example: dict[str, bytes]) -> None:
    """Byte for byte; and a change shows in the version of what changed, and in no other record."""
    assert files(EXAMPLE) == example
    root = project(changed("data/causes/dry-air.yml", ("short: ", "short: Now. ")))
    now = files(root)
    different = {path for path, content in now.items() if content != example[path]}

    assert {f"{FOLDER}{name}" for name in ("causes/dry-air.json", "index.json", "guide.jsonl")} == different
    old, new = (read(each, "causes/dry-air.json") for each in (example, now))
    assert old["version"] != new["version"]


def test_without_an_address_all_is_told_from_the_sites_root() -> None:
    """A site that does not know where it stands names no other."""
    made = files(EXAMPLE, "")
    record = read(made, "causes/dry-air.json")

    assert ("causes/dry-air/", "api/v1/causes/dry-air.json") == (record["page"], record["file"])
    assert not any(URL.encode() in content for content in made.values())


def test_a_draft_is_not_given_away(project: Project) -> None:
    """What is still being written is in no file."""
    root = project(changed("data/causes/dry-air.yml", ("short: ", "draft: true\nshort: ")))
    made = files(root)

    assert f"{FOLDER}causes/dry-air.json" not in made
    assert not any(b'"draft"' in content for content in made.values())


def test_machines_are_told_how_to_quote(example: dict[str, bytes]) -> None:
    """The one file for language models names all records, the levels, the dates and the limits."""
    told = example["llms.txt"].decode()

    assert told.startswith(f"# {load(EXAMPLE).site.name}\n")
    for words in (
        f"{URL}{FOLDER}guide.jsonl",
        "level",
        "checked",
        "no clinician",
        f"{URL}symptoms/nosebleed/",
    ):
        assert words in told
