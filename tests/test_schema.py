"""Help for editors: it says what the model says, and underlines what the check would find."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from careguide.cli import main
from careguide.contribute import schema
from careguide.model.kinds import KINDS
from conftest import EXAMPLE, Project, load
from editors import WRITTEN, complaints, data_files

CAUSE = (EXAMPLE / "data/causes/dry-air.yml").read_text(encoding="utf-8")
REMEDY = (EXAMPLE / "data/remedies/press-the-nose.yml").read_text(encoding="utf-8")
SITE = (EXAMPLE / "data/site.yml").read_text(encoding="utf-8")
HAZARD = (EXAMPLE / "data/hazards.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """The schemas of the example, by path."""
    return schema.files(load(EXAMPLE))


def test_an_editor_finds_nothing_wrong_with_data_that_passes_the_check(files: dict[str, str]) -> None:
    """Every file of every kind."""
    for kind in WRITTEN:
        found = data_files(EXAMPLE, kind)

        assert found, kind
        assert {} == {
            file.name: wrong
            for file in found
            if (wrong := complaints(files, kind, file.read_text(encoding="utf-8")))
        }


def test_an_editor_underlines_a_mistake(files: dict[str, str]) -> None:
    """A misspelt field, choice or id, a missing field, and a value of the wrong shape."""
    for kind, text, expected in (
        ("causes", CAUSE.replace("lead:", "leed:"), "'leed' was unexpected"),
        ("causes", CAUSE.replace("group: everyday\n", ""), "'group' is a required property"),
        ("causes", CAUSE.replace("group: everyday", "group: every-day"), "'every-day' is not one of"),
        ("causes", CAUSE.replace("signs: [often]", "signs: [oftn]"), "'oftn' is not one of"),
        ("causes", CAUSE.replace("checked: 2026-11-01", "checked: 1.11.2026"), "does not match"),
        ("causes", CAUSE.replace("covers: [Heated rooms]", "covers: a text"), "is not of type 'array'"),
        (
            "causes",
            re.sub(r"^sections:\n(?:  .*\n)*", "sections: []\n", CAUSE, flags=re.MULTILINE),
            "[] should be",
        ),
        ("remedies", REMEDY.replace("verdict: try\n", ""), "'verdict' is a required property"),
        (
            "remedies",
            REMEDY.replace("- heading: How to do it", "- heding: How to do it"),
            "'heding' was unexpected",
        ),
        ("site", SITE.replace("owner:", "onwer:"), "'onwer' was unexpected"),
        ("site", SITE.replace("[xx, yy]", "[xx, yx]"), "'yx' is not one of"),
        ("site", re.sub(r"ink: .*", "ink: green", SITE), "'green' does not match"),
        ("site", SITE.replace("mailto:", ""), "does not match"),
        ("hazards", re.sub(r"severity: \d", "severity: 6", HAZARD), "6 is greater than the maximum of 5"),
    ):
        found = complaints(files, kind, text)

        assert any(expected in each for each in found), found


def _fields(value: Any) -> list[dict[str, Any]]:
    """Every field a schema declares, at any depth."""
    if isinstance(value, list):
        return [field for each in value for field in _fields(each)]
    if not isinstance(value, dict):
        return []
    own = list(value["properties"].values()) if "additionalProperties" in value else []
    return own + _fields(list(value.values()))


def test_an_editor_explains_every_field(files: dict[str, str]) -> None:
    """Resting on a name shows what it means, and what may stand there."""
    for name in (*(model.singular for model in KINDS.values()), "site"):
        fields = _fields(json.loads(files[f"{schema.FOLDER}/{name}.json"]))
        said = [field.get("description", "") for field in fields]

        assert said, name
        assert [] == [each for each in said if not re.match(r"\S.*\n\nHere: \S.*\.$", each, re.DOTALL)], name


def test_an_editor_says_what_each_id_stands_for(files: dict[str, str]) -> None:
    """A list of ids to choose from shows the words beside each."""
    kinds = json.loads(files[schema.IDS])["definitions"]

    assert (
        "Dry air"
        == dict(zip(*(kinds["causes"][name] for name in ("enum", "enumDescriptions")), strict=True))[
            "dry-air"
        ]
    )
    for kind, found in kinds.items():
        assert len(found["enum"]) == len(found["enumDescriptions"]) > 0, kind
        assert all(found["enumDescriptions"]), kind


# ------------------------------------------------------------------------------------------------------------
# careguide schema


def test_settings_that_somebody_made_stay(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Only what helps with data files is set; and it is said that this file is written too."""
    root = project({schema.SETTINGS: '{"editor.fontSize": 18, "files.eol": "auto"}'})

    assert 0 == main(["--root", str(root), "schema"])
    settings = json.loads((root / schema.SETTINGS).read_text(encoding="utf-8"))
    assert (18, "\n") == (settings["editor.fontSize"], settings["files.eol"])
    assert "data/causes/*.yml" == settings["yaml.schemas"]["./data/schema/cause.json"]
    assert ".vscode" in capsys.readouterr().out


def test_settings_with_comments_are_left_alone(project: Project) -> None:
    """An editor allows what JSON does not, and nothing of it may be lost."""
    mine = '{\n  // larger\n  "editor.fontSize": 18\n}\n'
    root = project({schema.SETTINGS: mine})

    assert 0 == main(["--root", str(root), "schema"])
    assert mine == (root / schema.SETTINGS).read_text(encoding="utf-8")
