"""What is named or said twice, and what points at itself; with what may well stand twice."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from careguide.checks import repeated
from conftest import EXAMPLE, Project, changed, load

PICKING, HAY, RINSE = (
    "data/causes/picking.yml",
    "data/causes/hay-fever.yml",
    "data/remedies/rinse-the-nose.yml",
)
BLEED, SIGNS, SOURCES, WORDS = (
    "data/symptoms/nosebleed.yml",
    "data/criteria.yml",
    "data/sources.yml",
    "data/glossary.yml",
)
LEAD = "Nearly everybody does it, and a scratch in the nose heals by itself.[@leaflet]"
ITEM = "      - Your eyes itch and water.[@handbook]"
MISSPELT = "common_misspellings: [nose bleed, nosebleeds]"
CALLED = "also_called: [Bleeding nose, Epistaxis]"

POURS, ABOUT = "Blood pours out and you feel weak or dizzy.", "Who made this guide, and how."
CRACKS = "Heated rooms dry the inside of your nose, and it cracks."
ARTICLE = "content/symptoms/nosebleed.md"

TWICE: list[tuple[str, str, str, str]] = [
    ("titles_are_told_apart", PICKING, "title: Picking your nose", "title: dry  AIR"),
    ("titles_are_told_apart", PICKING, "title: Picking your nose", "title: Blocked nose"),
    (
        "titles_are_told_apart",
        ARTICLE,
        '"Nosebleed: what to do"',
        '"About: this guide"',
    ),
    ("names_stand_once", BLEED, CALLED, "also_called: [Epistaxis, epistaxis]"),
    ("names_stand_once", BLEED, CALLED, "also_called: [Nosebleed]"),
    ("names_stand_once", BLEED, CALLED, "also_called: [Blocked nose]"),
    ("names_stand_once", BLEED, CALLED, "also_called: [Stuffy nose]"),
    ("names_stand_once", BLEED, MISSPELT, "common_misspellings: [nose bleed, nose bleed]"),
    ("names_stand_once", BLEED, MISSPELT, "common_misspellings: [blockt nose]"),
    ("names_stand_once", BLEED, MISSPELT, "common_misspellings: [nosebleed]"),
    ("former_ids_are_free", PICKING, "group:", "formerly: [dry-air]\ngroup:"),
    ("former_ids_are_free", PICKING, "group:", "formerly: [nails, nails]\ngroup:"),
    ("entries_differ", SOURCES, "https://journal.example/review", "https://journal.example/noses/"),
    ("entries_differ", SOURCES, "title: What helps a blocked nose", 'title: "Noses: a study"'),
    ("entries_differ", WORDS, "term: pollen", "term: nostril"),
    ("entries_differ", WORDS, "forms: [allergies]", "forms: [nostrils]"),
    ("entries_differ", "data/questions.yml", "question: Which side is it?", "question: Since when?"),
    ("entries_differ", SIGNS, "lead: It goes on", "lead: It bleeds often"),
    ("entries_differ", "data/contexts.yml", "label: Me, or any other adult", "label: A child"),
    ("entries_differ", SOURCES, "https://journal.example/review", "https://www.Journal.example/noses"),
    ("entries_differ", "data/urgency.yml", "style: 6", "style: 1"),
    ("items_differ", "data/site.yml", "countries: [", "countries: [xx, "),
    ("items_differ", "data/amounts.yml", "about: [press, pinch]", "about: [press, Press]"),
    ("items_differ", SIGNS, "why: Losing a lot of blood is dangerous.", f"why: {POURS}"),
    (
        "items_differ",
        SIGNS,
        "[still bleeding after pressing]",
        "[still bleeding, Still bleeding]",
    ),
    ("items_differ", "data/flows/nosebleed.yml", "label: Longer", "label: Less than 4 weeks"),
    (
        "items_differ",
        "data/vignettes/nosebleed.yml",
        "story: A woman bled once and is well.",
        "story: A boy bleeds each week.",
    ),
    ("titles_are_told_apart", ARTICLE, "What to do when your nose bleeds, and when to get help.", ABOUT),
    ("names_stand_once", BLEED, MISSPELT, "common_misspellings: [nose bleed, Epistaxis]"),
    ("pages_say_each_thing_once", BLEED, "A nail scratches the thin skin.", CRACKS),
    ("pages_say_each_thing_once", BLEED, 'back?"]', 'back?", "why does it come back"]'),
    ("articles_say_each_thing_once", ARTICLE, "## What you can do", "## What can cause it"),
    ("articles_say_each_thing_once", ARTICLE, "The rest follows.", "Lean forward while you press."),
    ("lists_name_each_once", BLEED, "signs: [heavy, bead,", "signs: [heavy, heavy, bead,"),
    ("lists_name_each_once", BLEED, "shown: [heavy, long,", "shown: [heavy, long, long,"),
    ("lists_name_each_once", SIGNS, "sources: [leaflet, study]", "sources: [leaflet, leaflet]"),
    ("lists_name_each_once", BLEED, "- cause: picking", "- cause: dry-air"),
    ("lists_name_each_once", BLEED, "- remedy: head-back", "- remedy: press-the-nose"),
    ("lists_name_each_once", PICKING, LEAD, LEAD.replace("leaflet", "leaflet; leaflet")),
    ("pages_say_each_thing_once", PICKING, LEAD, f"{LEAD} {LEAD}"),
    ("pages_say_each_thing_once", HAY, ITEM, f"{ITEM}\n{ITEM}"),
    ("pages_say_each_thing_once", HAY, "heading: What to do", "heading: What else you may notice"),
    ("pages_say_each_thing_once", RINSE, "Blow your nose softly.", "Fill a clean cup with warm salt water."),
    ("pages_say_each_thing_once", BLEED, '["Why does it come back?"]', "[Why this?, Why this?]"),
    ("things_do_not_name_themselves", PICKING, "[dry air](cause:dry-air)", "[picking](cause:picking)"),
    ("things_do_not_name_themselves", WORDS, "A fine dust from plants.", "A [dust](term:pollen)."),
    ("things_do_not_name_themselves", WORDS, "A fine dust from plants.", "Pollen."),
    ("things_do_not_name_themselves", WORDS, "A fine dust from plants.", "What is pollen."),
    ("entries_differ", WORDS, "A fine dust from plants.", "One of the two holes of your nose."),
    ("things_do_not_name_themselves", "content/about.md", "This guide is", "[This](about.md) is"),
    (
        "things_do_not_name_themselves",
        ARTICLE,
        "Lean forward",
        "See [it](symptom:nosebleed). Lean forward",
    ),
]


@pytest.mark.parametrize(("rule", "file", "old", "new"), TWICE)
def test_what_stands_twice_is_named_and_nothing_else(
    project: Project, rule: str, file: str, old: str, new: str
) -> None:
    """With the place of the first."""
    found = {
        (each.rule, each.path, bool(each.tip))
        for each in repeated.check(load(project(changed(file, (old, new)))))
    }

    assert {(rule, file, True)} == found


def test_both_places_are_told(project: Project) -> None:
    change = changed(SOURCES, ("https://journal.example/review", "https://journal.example/noses"))
    found = list(repeated.check(load(project(change))))

    assert [
        f"{SOURCES}:30: url must not be given twice, but {SOURCES}:11 has 'https://journal.example/noses' too"
    ] == [str(each).split("\n")[0] for each in found]


@pytest.mark.parametrize(
    "change",
    [
        {},
        changed(BLEED, (CALLED, "also_called: [Bleeding nose]\ncovers: [Bleeding nose]")),
        changed(HAY, ("also_called: [Pollen allergy]", "also_called: [Stuffy nose]")),  # of another kind
        changed(SOURCES, ("title: What helps a blocked nose", "title: Noses in winter")),  # another publisher
        changed(SOURCES, ("https://journal.example/review", "https://journal.example/noses?page=2")),
        changed(PICKING, (LEAD, f"{LEAD} It heals fast. It heals fast.")),  # too short to matter
        changed("content/about.md", ("This guide is", "[This guide](#about) is")),
    ],
)
def test_what_may_stand_twice(project: Project, change: Mapping[str, str]) -> None:
    assert [] == list(repeated.check(load(project(change) if change else EXAMPLE)))
