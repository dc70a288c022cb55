"""Guides in other languages, from files to what readers see: one in German, and one from right to left."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import careguide
import pytest
import yaml
from careguide.checks import editorial
from careguide.checks.sentences import texts
from careguide.cli import main
from careguide.guide import words
from careguide.handouts.layout import EDITIONS, content
from conftest import EXAMPLE, TODAY, Project, changed, load
from playwright.sync_api import Page
from sites import built

GERMAN: dict[str, Any] = yaml.safe_load((words.FOLDER / "de.yml").read_text(encoding="utf-8"))
DRY = "data/causes/dry-air.yml"
THREE = (
    "Öffnen Sie jeden Morgen ein Fenster, damit die Luft im Zimmer feucht bleibt. Über Nacht hilft eine "
    "Schale Wasser auf der Heizung. Ärzte raten am 3. Tag bzw. bei Dr. Ähre zu Salbe."
)
"""Three sentences of 29 words in all, more than one sentence may have."""


def german(changed_text: str) -> dict[str, str]:
    """The example in German, with a text of its own."""
    old = "We suggest that you open a window each morning."
    return {
        **changed("data/site.yml", ("countries:", "language: de\ncountries:")),
        **changed(DRY, (old, changed_text)),
    }


# ------------------------------------------------------------------------------------------------------------
# German


def test_a_german_guide_passes_and_is_german(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Sentences that begin with an umlaut are sentences; headings, dates and sheets are of the language."""
    root = project(german(THREE))

    assert 0 == main(["--root", str(root), "check"])
    told = capsys.readouterr().out
    in_english = "a sentence must be in German, but this looks English"  # what the example leaves as it is
    assert [] == [line for line in told.splitlines() if " must " in line and in_english not in line]
    assert "Wiener Sachtextformel " in told
    assert "Rules on wording know English alone" not in told

    made = careguide.build(root, today=TODAY, try_mutants=False)
    [text] = [each.text for each in made.pages if each.path == "causes/dry-air.md"]
    assert GERMAN["headings"]["sources"] in text
    assert "1. November 2026" in text
    sheet = content(made.handouts[0], EDITIONS[0], made.guide, {})
    assert ("de", "", "ltr") == (sheet["language"], sheet["region"], sheet["direction"])


def test_a_german_sentence_that_is_too_long_is_named(project: Project) -> None:
    """Its words are whole words: an umlaut cuts none to pieces."""
    doors = " ".join(["Türen für größere Räume"] * 6)
    root = project(german(f"Öffnen Sie {doors} und Fenster überall. Öffnen Sie {doors} und Türen."))
    guide = load(root)
    [found] = editorial.sentences_are_short(guide, texts(guide))

    assert found.message.startswith("a sentence must have at most 28 words, but this has 29: 'Öffnen Sie ")


# ------------------------------------------------------------------------------------------------------------
# From right to left

HEBREW = """
site:
  skip: דלג לדף
  menu: תפריט
  search: חיפוש
pages:
  causes: {title: סיבות}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example in Hebrew, as far as a few words go; its menu takes its words from the pages."""
    root = tmp_path_factory.mktemp("hebrew") / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".cache", "site"))
    changes = {
        **changed("data/site.yml", ("countries:", "language: he\ncountries:")),
        **changed("mkdocs.yml", ("- Causes: causes", "- causes")),
        "data/words.yml": HEBREW,
    }
    for path, text in changes.items():
        (root / path).write_text(text, encoding="utf-8")
    return built(root, "hebrew-site", tmp_path_factory, CAREGUIDE_SITE_URL="https://guide.example/")


def test_a_page_from_right_to_left_is_mirrored_on_a_phone(address: str, tab: Page) -> None:
    """What stands at the start of a line stands at the right, and nothing is cut off."""
    tab.goto(f"{address}/when-to-get-help/")

    assert ("he", "rtl") == tuple(tab.evaluate("[document.documentElement.lang, document.dir]"))
    head, level = (tab.locator(f".care-card__{part}").first.bounding_box() for part in ("head", "level"))
    assert head
    assert level
    # The mark of the level is drawn before its words.
    assert level["x"] + level["width"] < head["x"] + head["width"] - 32
    assert level["x"] < head["x"] + 32


def test_the_line_of_dangers_is_at_the_right(address: str, tab: Page) -> None:
    """It stands where a reader's eye begins."""
    tab.goto(f"{address}/remedies/press-the-nose/")
    sides = tab.locator(".red-line").first.evaluate(
        "each => [getComputedStyle(each).borderRightWidth, getComputedStyle(each).borderLeftWidth]"
    )

    assert ["6px", "0px"] == sides


def test_nothing_reaches_over_the_edge(address: str, tab: Page) -> None:
    """No page can be pushed sideways on a phone."""
    for path in ("", "symptoms/nosebleed/", "check/nosebleed/", "when-to-get-help/", "search/"):
        tab.goto(f"{address}/{path}")

        assert tab.locator("main").is_visible(), path
        assert 360 == tab.evaluate("document.scrollingElement.scrollWidth"), path


def test_the_menu_has_the_words_of_the_language(address: str, tab: Page) -> None:
    """An entry without a name of its own has that of its page."""
    tab.goto(f"{address}/")

    assert tab.locator("nav a", has_text="סיבות").count() > 0


def test_a_sheet_whose_letters_no_font_has_is_on_the_web(site: Path) -> None:
    """It is a page that mirrors too, with no link to a PDF that is not there."""
    text = (site / "handouts/nosebleed/index.html").read_text(encoding="utf-8")

    assert '<html lang="he" dir="rtl">' in text
    assert ".pdf" not in text
    assert [] == list(site.rglob("*.pdf"))
    assert "og:image" not in (site / "index.html").read_text(encoding="utf-8")
