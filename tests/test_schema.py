"""Help for editors: what it says is what the model says, it is there for every data file, and it agrees with the real data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from careguide.contribute import schema
from careguide.contribute.skeletons import schema_line
from careguide.model.kinds import KINDS, LISTS
from conftest import TESTS, load
from referencing import Registry, Resource

ROOT = TESTS.parent
RENEW = "type 'careguide schema' and commit what it writes"
DATA = [
    (kind, file)
    for kind in KINDS
    for file in (
        [ROOT / "data" / f"{kind}.yml"] if kind in LISTS else sorted((ROOT / "data" / kind).glob("*.yml"))
    )
    if file.is_file()
]
NAMES = [f"{kind}-{file.stem}" for kind, file in DATA]


class Yaml12(yaml.SafeLoader):
    """Reads as an editor does: a day, and words such as 'no', are text."""


Yaml12.yaml_implicit_resolvers = {
    first: [each for each in found if not each[0].endswith((":bool", ":timestamp", ":int"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9]\d*)$"), list("-0123456789"))


def validator(kind: str) -> jsonschema.Draft7Validator:
    """What an editor checks a kind with."""
    folder = ROOT / schema.FOLDER
    registry: Registry[Any] = Registry().with_resource(
        "ids.json", Resource.from_contents(json.loads((ROOT / schema.IDS).read_text(encoding="utf-8")))
    )
    return jsonschema.Draft7Validator(
        json.loads((folder / f"{KINDS[kind].singular}.json").read_text(encoding="utf-8")), registry=registry
    )


def complaints(kind: str, text: str) -> list[str]:
    """What an editor underlines in a file."""
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in validator(kind).iter_errors(yaml.load(text, Yaml12))
    ]


@pytest.mark.parametrize(
    "path", [path for path in schema.files(load(TESTS / "example")) if path != schema.IDS]
)
def test_what_is_made_from_the_model_is_current(path: str) -> None:
    """A field that was added, or a sentence that was changed, reaches the editor."""
    assert schema.files(load(TESTS / "example"))[path] == (ROOT / path).read_text(encoding="utf-8"), RENEW


def test_no_schema_is_left_over() -> None:
    """A kind that is gone takes its schema with it."""
    made = {path for path in schema.files(load(TESTS / "example")) if path.startswith(schema.FOLDER)}

    assert made == {file.relative_to(ROOT).as_posix() for file in (ROOT / schema.FOLDER).iterdir()}


def test_every_id_that_an_editor_offers_exists() -> None:
    """It offers none that is gone. Of one that it does not know yet, `careguide check` says so: a new source alone must not stop a pull request."""
    offered = json.loads((ROOT / schema.IDS).read_text(encoding="utf-8"))["definitions"]
    guide = load(ROOT)

    assert [] == [
        f"{kind}: {id}" for kind, found in offered.items() for id in found["enum"] if id not in guide.of(kind)
    ], RENEW


@pytest.mark.parametrize(("kind", "file"), DATA, ids=NAMES)
def test_a_data_file_names_its_schema_first(kind: str, file: Path) -> None:
    """Any editor with YAML help then explains its fields, whatever its settings."""
    assert file.read_text(encoding="utf-8").startswith(schema_line(kind)), (
        f"the first line must be {schema_line(kind)}"
    )
    assert (file.parent / schema_line(kind).strip().partition("$schema=")[2]).is_file()


@pytest.mark.parametrize(("kind", "file"), DATA, ids=NAMES)
def test_an_editor_finds_nothing_wrong_with_the_real_data(kind: str, file: Path) -> None:
    """What passes the check is not underlined."""
    assert [] == complaints(kind, file.read_text(encoding="utf-8"))


CAUSE = (ROOT / "data" / "causes" / "caffeine.yml").read_text(encoding="utf-8")
REMEDY = (ROOT / "data" / "remedies" / "rest.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("causes", CAUSE.replace("likelihood:", "likelyhood:"), "'likelyhood' was unexpected"),
        ("causes", CAUSE.replace("likelihood: very-common\n", ""), "'likelihood' is a required property"),
        ("causes", CAUSE.replace("group: everyday", "group: every-day"), "'every-day' is not one of"),
        (
            "causes",
            CAUSE.replace("group: everyday", "group: serious"),
            "'how_unusual' is a required property",
        ),
        (
            "causes",
            CAUSE.replace("remedies: [less-caffeine,", "remedies: [les-caffeine,"),
            "'les-caffeine' is not one of",
        ),
        ("causes", CAUSE.replace("checked: 2026-11-21", "checked: 21.11.2026"), "does not match"),
        ("causes", CAUSE.replace("ask:\n", "ask: a text\nask_not:\n"), "is not of type 'array'"),
        (
            "remedies",
            re.sub(r"^stop_if:\n(?:  .*\n)*", "", REMEDY, flags=re.MULTILINE),
            "'stop_if' is a required property",
        ),
    ],
)
def test_an_editor_underlines_a_mistake(kind: str, text: str, expected: str) -> None:
    """A misspelt field, choice or id, a missing field, and a value of the wrong shape."""
    assert any(expected in each for each in complaints(kind, text)), complaints(kind, text)


def _fields(value: Any) -> list[dict[str, Any]]:
    """Every field a schema declares, at any depth."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    own = (
        list(value["properties"].values())
        if isinstance(value, dict) and "additionalProperties" in value
        else []
    )
    return own + [field for each in inner for field in _fields(each)]


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_explains_every_field(kind: str) -> None:
    """Resting on a name shows what it means, and what may stand there."""
    fields = _fields(validator(kind).schema)

    assert fields
    assert [] == [
        field
        for field in fields
        if not re.match(r"\S.*\n\nHere: \S.*\.$", field.get("description", ""), re.DOTALL)
    ]


def test_an_editor_says_what_each_id_stands_for() -> None:
    """A list of ids to choose from shows the words beside each."""
    for kind, found in json.loads((ROOT / schema.IDS).read_text(encoding="utf-8"))["definitions"].items():
        assert len(found["enum"]) == len(found["enumDescriptions"]) > 0, kind
        assert all(found["enumDescriptions"]), kind
