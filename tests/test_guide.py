"""Folders become one linked guide, and what is wrong with a file is said in a contributor's words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from careguide import guide as guides
from careguide.problems import report
from conftest import EXAMPLE, Project, article, changed, load

PICKING, DRY, PRESS, CRITERIA = "data/causes/picking.yml", "data/causes/dry-air.yml", "data/remedies/press-the-nose.yml", "data/criteria.yml"
TREATMENT, SERVICES = "data/treatments/closing-the-vessel.yml", "data/services.yml"


def told(project: Project, *changes: Mapping[str, str | bytes | None]) -> str:
    """What loading a changed example has to say."""
    return report(guides.load(project(*changes))[1])


# ---------------------------------------------------------------------------------------------------------------------
# Loading


def test_every_thing_is_found_by_its_kind_and_id() -> None:
    """A file's name is its id, in the order of the names; a list keeps its own order, which for urgency is worst first."""
    things = load(EXAMPLE).things

    assert {
        "urgency": ["emergency", "same-day", "appointment", "self-care"],
        "criteria": ["heavy", "long", "often", "once"],
        "sources": ["leaflet", "study"],
        "causes": ["dry-air", "picking", "weak-vessels"],
        "symptoms": ["nosebleed"],
        "investigations": [],
    } == {kind: list(things[kind]) for kind in ("urgency", "criteria", "sources", "causes", "symptoms", "investigations")}


def test_every_thing_knows_where_it_is_written() -> None:
    """The file and line of a thing, and of any value inside it."""
    origins = load(EXAMPLE).origins
    picking, long = origins["causes", "picking"], origins["criteria", "long"]

    assert (PICKING, 1, 7) == (picking.path, picking.line(), picking.line(("what_it_is", 0, "text")))
    assert (CRITERIA, 9, 15) == (long.path, long.line(), long.line(("why", "text")))


def test_hand_written_pages_are_found_by_their_path() -> None:
    """A page in content/ is known by where it will stand."""
    assert ["index.md", "symptoms/nosebleed.md"] == list(load(EXAMPLE).articles)


def test_every_relation_is_known_from_both_ends() -> None:
    """A relation is written once; the other end knows who names it, each once, whether in a field or in a text."""
    guide = load(EXAMPLE)

    assert {
        ("remedies", "press-the-nose", "causes"): ["dry-air", "picking"],
        ("remedies", "press-the-nose", "symptoms"): ["nosebleed"],
        ("remedies", "press-the-nose", "remedies"): ["head-back"],
        ("criteria", "heavy", "causes"): ["weak-vessels"],
        ("treatments", "closing-the-vessel", "causes"): ["weak-vessels"],
        ("causes", "dry-air", "symptoms"): ["nosebleed"],
        ("places", "nose", "causes"): ["dry-air"],
        ("sources", "study", "glossary"): [],
        ("causes", "nothing", "symptoms"): [],
    } == {
        each: [thing.id for thing in guide.linked(*each)]
        for each in (
            ("remedies", "press-the-nose", "causes"),
            ("remedies", "press-the-nose", "symptoms"),
            ("remedies", "press-the-nose", "remedies"),
            ("criteria", "heavy", "causes"),
            ("treatments", "closing-the-vessel", "causes"),
            ("causes", "dry-air", "symptoms"),
            ("places", "nose", "causes"),
            ("sources", "study", "glossary"),
            ("causes", "nothing", "symptoms"),
        )
    }


def test_a_thing_never_changes() -> None:
    """What was read stays as it was read, so that every page says the same."""
    with pytest.raises(Exception, match="frozen"):
        load(EXAMPLE).things["causes"]["picking"].title = "Other"


def test_two_values_of_a_choice_stay_text(project: Project) -> None:
    """`no`, `10:15` and `1.10` are words like any other."""
    changes = changed(TREATMENT, ("generic: silver nitrate", "generic: no"), ("brands: [Examplestick]", "brands: [10:15, 1.10, 007, on]"))

    medicine = load(project(changes)).things["treatments"]["closing-the-vessel"].medicines[0]

    assert ("no", ("10:15", "1.10", "007", "on")) == (medicine.generic, medicine.brands)


# ---------------------------------------------------------------------------------------------------------------------
# Files


LOOK = "See a neighbouring file for its shape."
NAMES = "Use small letters, digits and single hyphens, such as 'warm-compress.yml'."
LETTERS = "Use small letters, digits and single hyphens, such as 'warm-compress'."
MOVE = "Rename it, or move it out of data/."
START = "Start it with '- id: ' and a name in small letters."
GIVEN = f"{PICKING}:1: title must be given\n  Tip: Its plain name. The page's heading."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # Names
        ({"data/causes/Dry_Air.yml": "title: x\n"}, f"data/causes/Dry_Air.yml:1: a file's name must be an id, not 'Dry_Air'\n  Tip: {NAMES}"),
        ({"data/causes/a--b.yml": "title: x\n"}, f"data/causes/a--b.yml:1: a file's name must be an id, not 'a--b'\n  Tip: {NAMES}"),
        ({"data/causes/café.yml": "title: x\n"}, f"data/causes/café.yml:1: a file's name must be an id, not 'café'\n  Tip: {NAMES}"),
        ({"data/causes/a.yaml": "title: x\n"}, f"data/causes/a.yaml:1: a data file's name must end in .yml, not 'a.yaml'\n  Tip: {MOVE}"),
        ({"data/causes/notes": "x"}, f"data/causes/notes:1: a data file's name must end in .yml, not 'notes'\n  Tip: {MOVE}"),
        ({"data/causes/old/a.yml": "title: x\n"}, f"data/causes/old:1: a data file's name must end in .yml, not 'old'\n  Tip: {MOVE}"),
        ({"data/cause/a.yml": "title: x\n"}, "data/cause:1: a folder in data/ must be one of symptoms, causes, remedies, treatments, investigations, flows or vignettes\n  Tip: Did you mean 'causes'?"),
        ({"data/criterias.yml": "[]"}, "data/criterias.yml:1: a file in data/ must be a known list, not 'criterias.yml'\n  Tip: Did you mean 'criteria.yml'?"),
        (
            {"data/caffeine.yml": "title: x\n"},
            "data/caffeine.yml:1: a file in data/ must be a known list, not 'caffeine.yml'\n  Tip: Things with a page of their own go into a folder, such as data/causes/.",
        ),
        ({"data/.DS_Store": "x", "data/causes/.a.yml.swp": "x"}, ""),  # what a computer leaves behind is nobody's mistake
        # Shapes
        ({PICKING: ""}, f"{PICKING}:1: the file must not be empty\n  Tip: Delete it, or see a neighbouring file for its shape."),
        ({PICKING: "# later\n"}, f"{PICKING}:1: the file must not be empty\n  Tip: Delete it, or see a neighbouring file for its shape."),
        ({PICKING: "- x\n"}, f"{PICKING}:1: the file must be a list of fields, each on a line 'name: value'\n  Tip: {LOOK}"),
        ({PICKING: "no\n"}, f"{PICKING}:1: the file must be a list of fields, each on a line 'name: value'\n  Tip: {LOOK}"),
        ({CRITERIA: "a: x\n"}, f"{CRITERIA}:1: the file must be a list of entries, each starting with '- id:'\n  Tip: {LOOK}"),
        ({CRITERIA: ""}, f"{CRITERIA}:1: the file must not be empty\n  Tip: Delete it, or see a neighbouring file for its shape."),
        ({"data/words.yml": "- x\n"}, f"data/words.yml:1: the file must be a list of fields\n  Tip: {LOOK}"),
        ({"data/words.yml": None}, "data/words.yml:1: the file must exist: it holds every heading, label and button\n  Tip: Copy it from another guide, and change its words."),
        # Ids
        (changed(PICKING, ("title:", "id: picking\ntitle:")), f"{PICKING}:1: id must not be given: the file's name is the id\n  Tip: Delete the line."),
        (changed("data/places.yml", ("- id: nose", "- id: Nose\n  id: nose")), "data/places.yml:2: id must be given once, but is given on line 1 too\n  Tip: Keep one of the two.\n" f"data/places.yml:1: id must be an id, not 'Nose'\n  Tip: {LETTERS}"),
        (changed("data/sources.yml", ("- id: study", "- id: leaflet")), "data/sources.yml:7: id must be new, but 'leaflet' stands on line 1 too\n  Tip: Ids are never used twice. Choose another, or merge the two."),
        ({"data/questions.yml": "- question: When?\n"}, f"data/questions.yml:1: an entry must have an id\n  Tip: {START}"),
        ({"data/questions.yml": "- When?\n"}, f"data/questions.yml:1: an entry must have an id\n  Tip: {START}"),
        ({"data/questions.yml": "- id:\n"}, f"data/questions.yml:1: id must be an id, not 'None'\n  Tip: {LETTERS}"),
    ],
)
def test_a_file_that_does_not_fit_is_named(project: Project, changes: Mapping[str, str | None], expected: str) -> None:
    """Wrong names, places and shapes are one problem each; nothing else is blamed for them."""
    assert expected == told(project, changes)
