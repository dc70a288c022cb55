"""Folders become one linked guide, and what is wrong with a file is said in a contributor's words."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping

import pytest
from careguide.source.problems import report
from conftest import EXAMPLE, Project, article, changed, load, loaded

PLACES = (EXAMPLE / "data/places.yml").read_text(encoding="utf-8")
PICKING, DRY, PRESS, CRITERIA = (
    "data/causes/picking.yml",
    "data/causes/dry-air.yml",
    "data/remedies/press-the-nose.yml",
    "data/criteria.yml",
)
PICKED = (EXAMPLE / PICKING).read_text(encoding="utf-8")
SYMPTOM = "data/symptoms/nosebleed.yml"
SOURCES = "data/sources.yml"
TREATMENT, SERVICES = "data/treatments/closing-the-vessel.yml", "data/services.yml"


def told(project: Project, *changes: Mapping[str, str | bytes | None]) -> str:
    """What loading a changed example has to say."""
    return report(loaded(project(*changes))[1])


# ------------------------------------------------------------------------------------------------------------
# Loading


def test_every_thing_is_found_by_its_kind_and_id() -> None:
    """A file's name is its id, in the order of the names.

    A list keeps its own order, which for urgency is worst first.
    """
    example = load(EXAMPLE)

    assert {
        "urgency": ["emergency", "same-day", "appointment", "self-care"],
        "criteria": ["heavy", "long", "bead", "often-thinned", "often", "lasting", "once"],
        "sources": ["leaflet", "study", "handbook", "rules", "review", "survey"],
        "causes": ["dry-air", "hay-fever", "picking", "weak-vessels"],
        "symptoms": ["blocked-nose", "loss-of-smell", "nosebleed"],
        "investigations": ["looking-inside"],
    } == {
        kind: list(example.of(kind))
        for kind in ("urgency", "criteria", "sources", "causes", "symptoms", "investigations")
    }


def test_every_thing_knows_where_it_is_written() -> None:
    """The file and line of a thing, and of any value inside it."""
    origins = load(EXAMPLE).origins
    picking, long = origins["causes", "picking"], origins["criteria", "long"]

    assert (PICKING, 1, 9) == (picking.path, picking.line(), picking.line(("sections", 0, "text")))
    assert (CRITERIA, 14, 21) == (long.path, long.line(), long.line(("why",)))


@pytest.mark.parametrize("folder", ["data/causes", "content/symptoms"])
def test_a_folder_that_cannot_be_read_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """A folder of another user's looks empty: its articles would be missing, and nobody would know."""
    root, scandir = project(), os.scandir

    def refuse(place: str) -> object:
        if os.fspath(place).endswith(folder):
            raise PermissionError(errno.EACCES, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)

    found = report(loaded(root)[1])
    assert f"{folder}:1: the folder must be one that can be read, but: permission denied\n" in found


def test_hand_written_pages_are_found_by_their_path() -> None:
    """A page in content/ is known by where it will stand."""
    assert ["about.md", "index.md", "symptoms/loss-of-smell.md", "symptoms/nosebleed.md"] == list(
        load(EXAMPLE).articles
    )


def test_every_relation_is_known_from_both_ends() -> None:
    """A relation is written once.

    The other end knows who names it, each once: in a field, or as a source that a text cites.
    """
    guide = load(EXAMPLE)

    expected = {
        ("remedies", "press-the-nose", "symptoms"): ["nosebleed"],
        ("criteria", "heavy", "causes"): ["weak-vessels"],
        ("treatments", "closing-the-vessel", "symptoms"): ["nosebleed"],
        ("causes", "dry-air", "symptoms"): ["blocked-nose", "nosebleed"],
        ("places", "nose", "symptoms"): ["blocked-nose", "loss-of-smell", "nosebleed"],
        ("sources", "study", "causes"): ["dry-air", "weak-vessels"],
        ("sources", "study", "glossary"): [],
        ("causes", "nothing", "symptoms"): [],
    }

    assert expected == {each: [thing.id for thing in guide.linked(*each)] for each in expected}


def test_a_thing_never_changes() -> None:
    """What was read stays as it was read, so that every page says the same."""
    with pytest.raises(Exception, match="frozen"):
        load(EXAMPLE).causes["picking"].title = "Other"


def test_two_values_of_a_choice_stay_text(project: Project) -> None:
    """`no`, `10:15` and `1.10` are words like any other."""
    changes = changed(
        TREATMENT,
        ("generic: silver nitrate", "generic: no"),
        ("brands: [Examplestick]", "brands: [10:15, 1.10, 007, on]"),
    )

    medicine = load(project(changes)).treatments["closing-the-vessel"].medicines[0]

    assert ("no", ("10:15", "1.10", "007", "on")) == (medicine.generic, medicine.brands)


# ------------------------------------------------------------------------------------------------------------
# Files


LOOK = "See a neighbouring file for its shape."
NAMES = "Put single hyphens between words, such as 'warm-compress.yml'."
LETTERS = "Put single hyphens between words, such as 'warm-compress'."
MOVE = "Rename it, or move it out of data/."
START = "Start it with '- id: ' and a name in small letters."


def test_a_file_that_does_not_fit_is_named(project: Project) -> None:
    """Wrong names, places and shapes are one problem each; nothing else is blamed for them."""
    for changes, expected in (
        # Names
        (
            {"data/causes/Dry_Air.yml": "title: x\n"},
            (
                "data/causes/Dry_Air.yml:1: a file's name must be made of small letters, digits and "
                f"hyphens, not 'Dry_Air'\n  Tip: {NAMES}"
            ),
        ),
        (
            {"data/causes/a--b.yml": "title: x\n"},
            (
                "data/causes/a--b.yml:1: a file's name must be made of small letters, digits and hyphens, "
                f"not 'a--b'\n  Tip: {NAMES}"
            ),
        ),
        (
            {"data/causes/café.yml": "title: x\n"},
            (
                "data/causes/café.yml:1: a file's name must be made of small letters, digits and hyphens, "
                f"not 'café'\n  Tip: {NAMES}"
            ),
        ),
        (
            {"data/causes/a.yaml": "title: x\n"},
            f"data/causes/a.yaml:1: a data file's name must end in .yml, not 'a.yaml'\n  Tip: {MOVE}",
        ),
        (
            {"data/causes/notes": "x"},
            f"data/causes/notes:1: a data file's name must end in .yml, not 'notes'\n  Tip: {MOVE}",
        ),
        (
            {"data/causes/old/a.yml": "title: x\n"},
            f"data/causes/old:1: a data file's name must end in .yml, not 'old'\n  Tip: {MOVE}",
        ),
        (
            {"data/cause/a.yml": "title: x\n"},
            (
                "data/cause:1: a folder in data/ must be one of symptoms, causes, remedies, treatments, "
                "investigations, flows or vignettes\n  Tip: Did you mean 'causes'?"
            ),
        ),
        (
            {"data/criterias.yml": "[]"},
            (
                "data/criterias.yml:1: a file in data/ must be a known list, not 'criterias.yml'\n"
                "  Tip: Did you mean 'criteria.yml'?"
            ),
        ),
        (
            {"data/caffeine.yml": "title: x\n"},
            (
                "data/caffeine.yml:1: a file in data/ must be a known list, not 'caffeine.yml'\n"
                "  Tip: Things with a page of their own go into a folder, such as data/causes/."
            ),
        ),
        (
            {"data/.DS_Store": "x", "data/causes/.a.yml.swp": "x"},
            "",
        ),  # what a computer leaves behind is nobody's mistake
        # Shapes
        (
            {PICKING: ""},
            (
                f"{PICKING}:1: the file must not be empty\n"
                "  Tip: Delete it, or see a neighbouring file for its shape."
            ),
        ),
        (
            {PICKING: "# later\n"},
            (
                f"{PICKING}:1: the file must not be empty\n"
                "  Tip: Delete it, or see a neighbouring file for its shape."
            ),
        ),
        (
            {PICKING: "- x\n"},
            f"{PICKING}:1: the file must be a list of fields, each on a line 'name: value'\n  Tip: {LOOK}",
        ),
        (
            {PICKING: "no\n"},
            f"{PICKING}:1: the file must be a list of fields, each on a line 'name: value'\n  Tip: {LOOK}",
        ),
        (
            {CRITERIA: "a: x\n"},
            f"{CRITERIA}:1: the file must be a list of entries, each starting with '- id:'\n  Tip: {LOOK}",
        ),
        (
            {CRITERIA: ""},
            (
                f"{CRITERIA}:1: the file must not be empty\n"
                "  Tip: Delete it, or see a neighbouring file for its shape."
            ),
        ),
        ({"data/words.yml": "- x\n"}, f"data/words.yml:1: the file must be a list of fields\n  Tip: {LOOK}"),
        # Ids
        (
            changed(PICKING, ("title:", "id: picking\ntitle:")),
            f"{PICKING}:1: id must not be given: the file's name is the id\n  Tip: Delete the line.",
        ),
        (
            {"data/questions.yml": "- id: When\n"},
            (
                "data/questions.yml:1: id must be made of small letters, digits and hyphens, not 'When'\n"
                f"  Tip: {LETTERS}"
            ),
        ),
        (
            {"data/questions.yml": "- id: [when]\n"},
            (
                "data/questions.yml:1: id must be made of small letters, digits and hyphens, not "
                f"'['when']'\n  Tip: {LETTERS}"
            ),
        ),
        (
            {"data/places.yml": PLACES + PLACES.partition("- id: forehead")[0]},
            (
                "data/places.yml:7: id must be new, but 'nose' stands on line 1 too\n"
                "  Tip: Ids are never used twice. Choose another, or merge the two."
            ),
        ),
        (
            {"data/questions.yml": "- question: When?\n"},
            f"data/questions.yml:1: an entry must have an id\n  Tip: {START}",
        ),
        (
            {"data/questions.yml": "- When?\n"},
            f"data/questions.yml:1: an entry must have an id\n  Tip: {START}",
        ),
        (
            {"data/questions.yml": "- id:\n"},
            f"data/questions.yml:1: an entry must have an id\n  Tip: {START}",
        ),
    ):
        assert expected == told(project, changes)


# ------------------------------------------------------------------------------------------------------------
# Fields


PARTS = "The fields here are heading, text, steps and signs."
DATE = "Write year-month-day, such as 2026-11-21."
YEAR = "Write the year first, and two digits for month and day."
SAFE = "Write the words alone; **bold** and [links by id](cause:dry-air) are allowed."
ONE = "Write one text; if it has a colon or a bracket, put it in quotes."
ITEM = "Put each item on a line of its own that starts with '- '."
WRITE = "Write something, or delete the field."
OWN = "Use the publisher's own page, copied from the browser."
UNDER = "Write what stands under the heading, or delete it."
GROUP = (
    "Everyday is part of ordinary life, underlying a condition that a doctor can check for, and serious is "
    "unusual and must not be missed."
)
ALLOWED = "everyday, underlying or serious"


def cause(old: str, new: str) -> dict[str, str]:
    """The example's second cause with one thing changed."""
    return changed(PICKING, (old, new))


def test_a_field_that_does_not_fit_is_named(project: Project) -> None:
    """Each wrong field is one problem on its own line: what must be, what was found, and what to do.

    Nothing else is blamed for it.
    """
    for changes, expected in (
        # Names of fields
        (
            cause("title:", "titel: x\ntitle:"),
            (
                # 'title' is there already, so it is not what was meant.
                f"{PICKING}:1: titel must be a field that exists\n"
                "  Tip: The fields here are title, also_called, covers, common_misspellings, search_words, "
                "short, formerly, checked, reviewed, codes, lead, red, red_says, sections, group and "
                "medicines."
            ),
        ),
        (cause("group: everyday\n", ""), f"{PICKING}:1: group must be given\n  Tip: {GROUP}"),
        (
            cause("- heading: What helps", "- xyz: x\n    heading: What helps"),
            f"{PICKING}:8: sections[1].xyz must be a field that exists\n  Tip: {PARTS}",
        ),
        (
            cause("  - heading: What helps\n    text: |", "  - text: |"),
            f"{PICKING}:8: sections[1].heading must be given\n  Tip: What is under it: 'How long it lasts'.",
        ),
        # Choices
        (
            cause("group: everyday", "group: evryday"),
            f"{PICKING}:4: group must be one of {ALLOWED}, not 'evryday'\n  Tip: Did you mean 'everyday'?",
        ),
        (
            cause("group: everyday", "group: no"),
            f"{PICKING}:4: group must be one of {ALLOWED}, not 'no'\n  Tip: {GROUP}",
        ),
        (
            cause("group: everyday", "group: [everyday]"),
            f"{PICKING}:4: group must be one of {ALLOWED}, not a list\n  Tip: Did you mean 'everyday'?",
        ),
        (
            cause("group: everyday", "group:"),
            f"{PICKING}:4: group must not be empty\n  Tip: {WRITE}",
        ),
        (
            changed("data/contexts.yml", ("- id: adult\n  asked: who", "- id: adult\n  asked: when")),
            (
                "data/contexts.yml:7: asked must be one of who or boxes, not 'when'\n"
                "  Tip: who (an answer to the one question about who it is for; the general one stands last) "
                "or boxes (a box to tick)."
            ),
        ),
        # Shapes
        (
            cause("title: Picking your nose", "title: [Picking, your, nose]"),
            f"{PICKING}:1: title must be a text, not a list\n  Tip: {ONE}",
        ),
        (
            cause("title: Picking your nose", "title:\n  en: Picking"),
            f"{PICKING}:1: title must be a text, not fields of its own\n  Tip: {ONE}",
        ),
        (
            cause("title: Picking your nose", "title:"),
            f"{PICKING}:1: title must not be empty\n  Tip: {WRITE}",
        ),
        (
            cause("title: Picking your nose", 'title: ""'),
            f"{PICKING}:1: title must not be empty\n  Tip: {WRITE}",
        ),
        (
            changed(DRY, ("covers: [Heated rooms]", "covers: Heated rooms")),
            f"{DRY}:2: covers must be a list, not 'Heated rooms'\n  Tip: {ITEM}",
        ),
        (
            changed(DRY, ("covers: [Heated rooms]", "covers:")),
            f"{DRY}:2: covers must not be empty\n  Tip: {WRITE}",
        ),
        (
            cause("group: everyday", "group: everyday\ncodes: J30"),
            (
                f"{PICKING}:5: codes must have fields of its own, not 'J30'\n"
                "  Tip: The fields here are icd_10_cm, icd_10_gm, mesh and snomed_ct."
            ),
        ),
        (
            cause("sections:\n", "sections:\n  - A text alone.\n"),
            f"{PICKING}:8: sections[1] must have fields of its own, not 'A text alone.'\n  Tip: {PARTS}",
        ),
        (
            cause("sections:\n", "sections:\n  -\n"),
            f"{PICKING}:8: sections[1] must not be empty\n  Tip: {WRITE}",
        ),
        (
            {PICKING: PICKED.partition("sections:")[0] + "sections: []\n"},
            f"{PICKING}:7: sections must have at least one item\n  Tip: The rest of the page.",
        ),
        # Dates
        (
            cause("2026-11-01", "1 November 2026"),
            (
                f"{PICKING}:3: checked must be a date written as year-month-day, such as 2026-11-21, not '1 "
                f"November 2026'\n  Tip: {YEAR}"
            ),
        ),
        (
            cause("2026-11-01", "2026-1-1"),
            (
                f"{PICKING}:3: checked must be a date written as year-month-day, such as 2026-11-21, not "
                f"'2026-1-1'\n  Tip: {YEAR}"
            ),
        ),
        (
            cause("2026-11-01", "2026-11-01 10:15"),
            (
                f"{PICKING}:3: checked must be a date written as year-month-day, such as 2026-11-21, not "
                f"'2026-11-01 10:15'\n  Tip: {YEAR}"
            ),
        ),
        (
            cause("2026-11-01", "10:15"),
            (
                f"{PICKING}:3: checked must be a date written as year-month-day, such as 2026-11-21, not "
                f"'10:15'\n  Tip: {YEAR}"
            ),
        ),
        (
            cause("2026-11-01", "1.10"),
            (
                f"{PICKING}:3: checked must be a date written as year-month-day, such as 2026-11-21, not "
                f"'1.10'\n  Tip: {YEAR}"
            ),
        ),
        (
            cause("2026-11-01", "2026-02-30"),
            f"{PICKING}:3: checked must be a real date, not '2026-02-30'\n  Tip: {DATE}",
        ),
        (
            cause("2026-11-01", "[2026-11-01]"),
            f"{PICKING}:3: checked must be a real date, not a list\n  Tip: {DATE}",
        ),
        (cause("checked: 2026-11-01", "checked:"), f"{PICKING}:3: checked must not be empty\n  Tip: {WRITE}"),
        # Addresses
        (
            changed("data/sources.yml", ("https://health.example/nose", "http://health.example/nose")),
            (
                "data/sources.yml:4: url must be an address that starts with https://, not "
                f"'http://health.example/nose'\n  Tip: {OWN}"
            ),
        ),
        (
            changed("data/sources.yml", ("https://health.example/nose", "https://health.example/a b")),
            (
                "data/sources.yml:4: url must be an address that starts with https://, not "
                f"'https://health.example/a b'\n  Tip: {OWN}"
            ),
        ),
        (
            changed("data/sources.yml", ("https://health.example/nose", "javascript:alert(1)")),
            (
                "data/sources.yml:4: url must be an address that starts with https://, not "
                f"'javascript:alert(1)'\n  Tip: {OWN}"
            ),
        ),
        # What is no plain text
        (
            cause("The skin", "<b>The</b> skin"),
            (f"{PICKING}:5: lead must be plain Markdown without HTML or script, but has '<b'\n  Tip: {SAFE}"),
        ),
        (
            cause("The skin", "<!-- The --> skin"),
            (f"{PICKING}:5: lead must be plain Markdown without HTML or script, but has '<!'\n  Tip: {SAFE}"),
        ),
        (
            cause("[dry air](cause:dry-air)", "[dry air](javascript:alert(1))"),
            (
                f"{PICKING}:9: sections[1].text must be plain Markdown without HTML or script, but has "
                f"'javascript:'\n  Tip: {SAFE}"
            ),
        ),
        (
            cause("[dry air](cause:dry-air)", "[dry air](java&#115;cript:alert(1))"),
            (
                f"{PICKING}:9: sections[1].text must be plain Markdown without HTML or script, but has "
                f"'&#115;'\n  Tip: {SAFE}"
            ),
        ),
        (
            cause("[dry air](cause:dry-air)", "[dry air](javascript&colon;alert)"),
            (
                f"{PICKING}:9: sections[1].text must be plain Markdown without HTML or script, but has "
                f"'&colon;'\n  Tip: {SAFE}"
            ),
        ),
        (
            cause("title: Picking your nose", "title: Picking your nose { onclick=x }"),
            (
                f"{PICKING}:1: title must be plain Markdown without HTML or script, but has 'onclick='\n"
                f"  Tip: {SAFE}"
            ),
        ),
        (
            changed(TREATMENT, ("brands: [Examplestick]", "brands: [<i>]")),
            (
                f"{TREATMENT}:6: medicines[1].brands[1] must be plain Markdown without HTML or script, but "
                f"has '<i'\n  Tip: {SAFE}"
            ),
        ),
        # Names of drawings
        (
            changed(
                PRESS,
                (
                    "      - text: Sit down and lean forward,",
                    "      - picture: Sit Down\n        text: Sit down and lean forward,",
                ),
            ),
            (
                f"{PRESS}:12: sections[1].steps[1].picture must be made of small letters, digits and "
                f"hyphens, not 'Sit Down'\n  Tip: {LETTERS}"
            ),
        ),
        # What must go together
        (
            {PICKING: PICKED.partition("    text: |")[0]},
            (
                f"{PICKING}:8: sections[1] must have text, steps or signs, because a heading "
                "without words of "
                f"its own is left out\n  Tip: {UNDER}"
            ),
        ),
        (
            changed(
                "data/remedies/head-back.yml",
                (
                    "  - heading: What to do instead\n",
                    "  - heading: How to\n    steps: [{text: Look up.}]\n  - heading: What to do instead\n",
                ),
            ),
            (
                "data/remedies/head-back.yml:1: must not have steps, because its verdict is 'avoid'\n"
                "  Tip: Delete the steps: nobody should follow them."
            ),
        ),
        # Numbers
        (
            {
                "data/hazards.yml": (
                    "- id: late\n  hazard: Help comes late.\n  cause: A sign is missing.\n  effect: Harm.\n"
                    "  severity: high\n  likelihood: 6\n  controls: [x]\n  residual: 0\n  rules: [x]\n"
                )
            },
            (
                "data/hazards.yml:5: severity must be a whole number, not 'high'\n"
                "  Tip: How bad that would be, from 1 (minor) to 5 (death), before the controls.\n"
                "data/hazards.yml:6: likelihood must be a whole number from 1 to 5, not '6'\n"
                "  Tip: How likely it would be, from 1 (very low) to 5 (very high), before the controls.\n"
                "data/hazards.yml:8: residual must be a whole number from 1 to 5, not '0'\n"
                "  Tip: The risk that stays, from 1 (acceptable) to 5 (unacceptable)."
            ),
        ),
    ):
        assert expected == told(project, changes)


def test_signs_that_only_look_like_html_are_words(project: Project) -> None:
    """Plain text may hold signs."""
    for text in ("Less than 3 < 4 is fine.", "5 > 4", "R&D; no, R&D", "Press on = push.", "A; B & C"):
        assert "" == told(project, cause("A nail can scratch the inside of your nose.", f'"{text}"'))


def test_all_that_is_wrong_with_a_thing_comes_at_once(project: Project) -> None:
    """Nobody mends a file one mistake per run. A misspelt field is not missed too."""
    told_ = told(project, {"data/causes/new.yml": "title: New\nshrot: x\n"})

    assert [
        "checked must be given",
        "group must be given",
        "lead must be given",
        "sections must be given",
        "shrot must be a field that exists",
    ] == sorted(line.split(": ", 1)[1] for line in told_.split("\n") if not line.startswith("  "))


# ------------------------------------------------------------------------------------------------------------
# References


KINDS = (
    "Before the colon stands one of urgency, context, criterion, meanwhile, source, term, place, movement, "
    "question, amount, service, hazard, change, symptom, cause, remedy, treatment, investigation, flow or "
    "vignettes."
)


def test_an_id_that_names_nothing_is_named_with_the_nearest(project: Project) -> None:
    """A misspelt id is found wherever it stands, with its line and the id it was meant to be."""
    for changes, expected in (
        # In a field
        (
            changed(SYMPTOM, ("remedy: press-the-nose", "remedy: press-the-noses")),
            (
                f"{SYMPTOM}:15: remedies[1].remedy must be an id from data/remedies/, not 'press-the-noses'\n"
                "  Tip: Did you mean 'press-the-nose'?"
            ),
        ),
        (
            changed(SYMPTOM, ("remedy: press-the-nose", "remedy: xyz")),
            (
                f"{SYMPTOM}:15: remedies[1].remedy must be an id from data/remedies/, not 'xyz'\n"
                "  Tip: Add it to data/remedies/ first."
            ),
        ),
        (
            changed(SYMPTOM, ("remedy: press-the-nose", 'remedy: ""')),
            (
                f"{SYMPTOM}:15: remedies[1].remedy must be an id from data/remedies/, not ''\n"
                "  Tip: Add it to data/remedies/ first."
            ),
        ),
        (
            changed(DRY, ("signs: [often]", "signs: [oftn]")),
            (
                f"{DRY}:13: sections[2].signs[1] must be an id from data/criteria.yml, not 'oftn'\n"
                "  Tip: Did you mean 'often'?"
            ),
        ),
        (
            changed(CRITERIA, ("meanwhile: keep-pressing", "meanwhile: keep-presing")),
            (
                f"{CRITERIA}:24: meanwhile must be an id from data/meanwhile.yml, not 'keep-presing'\n"
                "  Tip: Did you mean 'keep-pressing'?"
            ),
        ),
        (
            changed(CRITERIA, ("level: self-care", "level: Self-care")),
            (
                f"{CRITERIA}:61: level must be an id from data/urgency.yml, not 'Self-care'\n"
                "  Tip: Did you mean 'self-care'?"
            ),
        ),
        # A source that a text cites
        (
            cause("by itself.[@leaflet]", "by itself.[@leaflets]"),
            (
                f"{PICKING}:6: lead must be an id from data/sources.yml, not 'leaflets'\n"
                "  Tip: Did you mean 'leaflet'?"
            ),
        ),
        # In a text
        (
            cause("(cause:dry-air)", "(cause:dry-aire)"),
            (
                f"{PICKING}:10: sections[1].text must link to an id from data/causes/, not 'dry-aire'\n"
                "  Tip: Did you mean 'dry-air'?"
            ),
        ),
        (
            cause("(cause:dry-air)", "(cause:)"),
            (
                f"{PICKING}:9: sections[1].text must link to an id from data/causes/, not ''\n"
                "  Tip: Add it to data/causes/ first."
            ),
        ),
        (
            cause("(cause:dry-air)", "(causes:dry-air)"),
            (
                f"{PICKING}:10: sections[1].text must link to a kind of thing that exists, not 'causes'\n"
                "  Tip: Did you mean 'cause'?"
            ),
        ),
        (
            cause("(cause:dry-air)", "(xx:dry-air)"),
            (
                f"{PICKING}:10: sections[1].text must link to a kind of thing that exists, not 'xx'\n"
                f"  Tip: {KINDS}"
            ),
        ),
        # In a hand-written page
        (
            {"content/a.md": article("# A\n\nTwo\nlines.[@leaflets]\n")},
            (
                "content/a.md:9: the text must link to an id from data/sources.yml, not 'leaflets'\n"
                "  Tip: Did you mean 'leaflet'?"
            ),
        ),
        (
            {"content/a.md": article("# A\n\n[x](remedy:head-bakc)\n")},
            (
                "content/a.md:8: the text must link to an id from data/remedies/, not 'head-bakc'\n"
                "  Tip: Did you mean 'head-back'?"
            ),
        ),
        ({"content/a.md": article("# A\n\n`[x](remedy:nothing)` `[@nothing]`\n")}, ""),  # an example
    ):
        assert expected == told(project, changes)


def test_a_renamed_thing_is_told_once_and_there(project: Project) -> None:
    """Nobody reads the same of every place that names it."""
    names = (EXAMPLE / SOURCES).read_text(encoding="utf-8")
    said = told(project, {SOURCES: names.replace("- id: leaflet\n", "- id: leaflets\n")})

    assert 1 == said.count("'leaflet'")
    assert re.search(r"data/sources.yml:\d+: .* must have the id 'leaflet', because \d+ places name it", said)
    assert "If 'leaflets' is its new name, change all of them, or give it its old name back." in said


def test_an_id_of_another_kind_is_told_as_such(project: Project) -> None:
    """The tip says what it is, and what is meant."""
    said = told(project, changed(SYMPTOM, ("remedy: press-the-nose", "remedy: dry-air")))

    assert f"{SYMPTOM}:15: remedies[1].remedy must be an id from data/remedies/, not 'dry-air'" in said
    assert "'dry-air' stands in data/causes/. Choose one of data/remedies/." in said


def test_what_is_written_but_wrong_still_exists(project: Project) -> None:
    """One mistake is one problem: those who name the thing are not blamed."""
    assert f"{PRESS}:1: titel must be a field that exists\n  Tip: Did you mean 'title'?" == told(
        project, changed(PRESS, ("title:", "titel:"))
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            PRESS,
            'title: "Press\n',
            "quotes are opened here and never closed\n  Tip: Close the quotes.",
        ),  # a thing of its own
        (
            "data/sources.yml",
            '- id: "leaflet\n',
            "quotes are opened here and never closed\n  Tip: Close the quotes.",
        ),  # a list that everything names
    ],
)
def test_what_cannot_be_read_still_exists(project: Project, path: str, text: str, expected: str) -> None:
    """A quote that is never closed is one problem, not a thousand."""
    assert f"{path}:1: the file must be valid YAML, but {expected}" == told(project, {path: text})


def test_what_is_not_there_is_missed(project: Project) -> None:
    """Where a list has no file at all, each id from it is a problem."""
    tip = "  Tip: Add it to data/amounts.yml first."
    must = "must link to an id from data/amounts.yml, not"

    assert [
        f"content/symptoms/nosebleed.md:8: the text {must} 'press-time'",
        tip,
        f"data/changes.yml:6: text {must} 'press-time'",
        tip,
        f"{PRESS}:13: sections[1].steps[2].text {must} 'press-time'",
        tip,
        f"data/remedies/rinse-the-nose.yml:22: sections[2].text {must} 'rinse-often'",
        tip,
    ] == told(project, {"data/amounts.yml": None}).split("\n")


# ------------------------------------------------------------------------------------------------------------
# Hand-written pages


TITLE = "title must be given\n  Tip: Its name, as the browser's tab and lists show it."
DESCRIPTION = (
    "description must be given\n"
    "  Tip: What it is about, in one sentence: shown by search engines and when the page is shared."
)


def test_a_page_must_say_what_it_is(project: Project) -> None:
    """Its front matter is checked like any other data."""
    for text, expected in (
        (article("# A\n"), ""),
        ("---\ntitle: A\n---\n", f"content/a.md:2: {DESCRIPTION}"),
        ("---\n---\n", f"content/a.md:1: {DESCRIPTION}\ncontent/a.md:1: {TITLE}"),
        (
            "---\ntitle: A\ndescripton: B\n---\n",
            "content/a.md:3: descripton must be a field that exists\n  Tip: Did you mean 'description'?",
        ),
        (article("", title="[a, b]"), f"content/a.md:2: title must be a text, not a list\n  Tip: {ONE}"),
        (
            article("", title="<b>A</b>"),
            (
                "content/a.md:2: title must be plain Markdown without HTML or script, but has '<b'\n"
                f"  Tip: {SAFE}"
            ),
        ),
        (
            "\ufeff" + article("", title="no"),
            "",
        ),
        (
            b"---\ntitle: caf\xe9\n---\n",
            (
                "content/a.md:2: the file must be UTF-8 text, but has the byte 0xe9\n"
                "  Tip: Open the file in your editor and save it with the encoding UTF-8."
            ),
        ),
    ):
        assert expected == told(project, {"content/a.md": text})


def test_a_sign_at_another_level_is_known_like_a_guide_that_is_written_so() -> None:
    """What is handed on from the guide before is what would be found anew."""
    guide = load(EXAMPLE)
    assert guide.criteria
    for sign, written in guide.criteria.items():
        for level in guide.ladder.ids:
            moved = guide.with_level(sign, level)
            again = guide.with_things(
                criteria={**guide.criteria, sign: written.model_copy(update={"level": level})}
            )

            assert moved.criteria == again.criteria
            assert (moved.doubts, moved.asked_contexts) == (again.doubts, again.asked_contexts)
