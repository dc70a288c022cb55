"""The web pages of printed sheets, and the ways that lead to them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import careguide
import pytest
from bs4 import BeautifulSoup
from careguide.guide.guide import Guide
from careguide.handouts import layout, web
from careguide.handouts.handout import Handout, plain
from conftest import EXAMPLE, TODAY, Project, changed, published
from sites import page, sheet_files

TEMPLATES = Path(web.__file__).parent / "templates"
ADDRESS = "https://guide.example/"
LARGEST = 25 * 1024
"""Bytes of a bare sheet with all it loads."""


@pytest.fixture(scope="module")
def made(guide_root: Path) -> careguide.Site:
    """All that comes of the guide."""
    return published(guide_root)


def _words(text: str) -> str:
    return " ".join(text.split())


def _path(address: object) -> str:
    """Where something stands on the site, from its address on a page below."""
    return re.sub(r"^(\.\./)+", "", str(address))


def _pages(made: careguide.Site) -> dict[str, BeautifulSoup]:
    """The bare pages of all sheets, by path."""
    pages = {path: file for path, file in made.web_sheets.items() if path.endswith(".html")}
    assert pages
    return {path: BeautifulSoup(html, "html.parser") for path, html in pages.items()}


def _of(made: careguide.Site, sheet: str) -> BeautifulSoup:
    return BeautifulSoup(made.web_sheets[f"handouts/{sheet}/index.html"], "html.parser")


# ------------------------------------------------------------------------------------------------------------
# The page


def _must_say(sheet: Handout, guide: Guide) -> list[str]:
    """What a reader of a sheet must find on it."""
    box = layout.content(sheet, layout.EDITIONS[1], guide, {})["levels"]
    signs = [text for level in box for text in (level["title"], level["do"], *level["signs"])]
    told = [each.text for each in (*sheet.remedies, *sheet.avoid)]
    for section in sheet.sections:
        told += [text for block in section.blocks for text in block.texts]
        told += section.steps
    return [
        sheet.title,
        plain(sheet.summary),
        *signs,
        *map(plain, (*told, *sheet.causes)),
        *(each.title for each in (*sheet.remedies, *sheet.avoid)),
        *(section.heading for section in sheet.sections),
        *sheet.asked,
        *sheet.scale,
        *sheet.ask,
        sheet.review,
        sheet.code,
        sheet.address,
    ]


def test_the_page_of_a_sheet_says_what_its_pdf_says(made: careguide.Site) -> None:
    """Every sign, step, time, question and the review state stand on the bare page too, for every sheet."""
    lacking = {}
    for sheet in made.handouts:
        text = _words(_of(made, sheet.id).select_one("main").get_text())
        if missing := [words for words in _must_say(sheet, made.guide) if _words(words) not in text]:
            lacking[sheet.id] = missing

    assert {} == lacking
    assert len(made.handouts) > 5


def test_the_emergency_comes_before_everything_else(made: careguide.Site) -> None:
    """On a symptom's sheet the first box is the emergency, with its level in words as its heading."""
    for sheet in made.handouts:
        if sheet.kind == "symptom":
            heads = _of(made, sheet.id).select("main h2, main h3")
            boxes = [f"{level.number}. {level.title}" for level in sheet.levels]
            assert ["When to get help", *boxes] == [each.get_text() for each in heads][: len(boxes) + 1]
            assert boxes[0].startswith("1. ")


def test_the_page_of_a_sheet_is_bare_and_small(made: careguide.Site, guide_root: Path) -> None:
    """It has no script, loads nothing but its styles and drawings, and all in all is at most 25 KB."""
    for path, shown in _pages(made).items():
        drawings = {guide_root / "overrides" / _path(each["src"]) for each in shown.select("img")}
        styles = [_path(each["href"]) for each in shown.select("link[rel=stylesheet]")]
        loaded = [file.stat().st_size for file in drawings] + [len(made.web_sheets[each]) for each in styles]
        assert len(made.web_sheets[path]) + sum(loaded) <= LARGEST, path
        assert styles
        assert [] == shown.select("iframe, [onclick]")
        assert ("tailor" in path) == bool(shown.select("script")), path


def test_drawings_are_those_of_the_steps(made: careguide.Site) -> None:
    """A remedy's sheet has the drawings of its steps."""
    found = []
    for sheet in made.handouts:
        if sheet.kind == "remedy":
            steps = made.guide.remedies[sheet.about].steps
            pictures = [str(each["src"]) for each in _of(made, sheet.id).select("img:not(.logo)")]
            assert [f"../../assets/drawings/{each.picture}.svg" for each in steps if each.picture] == pictures
            found += pictures

    assert found


def test_without_a_public_address_there_is_no_code_to_scan(tmp_path: Path) -> None:
    """No QR code and no address are made up."""
    shown = _of(careguide.build(EXAMPLE, today=TODAY), "nosebleed")

    assert shown.select("h1")
    assert [] == shown.select(".qr")


def test_what_data_says_stays_text(project: Project) -> None:
    """Words of the data cannot become markup on a bare page."""
    made = careguide.build(
        project(changed("data/urgency.yml", ("title: Get emergency help now", "title: Get help & go < now"))),
        today=TODAY,
    )

    assert b"Get help &amp; go &lt; now" in made.web_sheets["handouts/nosebleed/index.html"]


# ------------------------------------------------------------------------------------------------------------
# The ways there


def test_every_sheet_is_listed_with_its_formats(site: Path, made: careguide.Site) -> None:
    """The page of all sheets leads to each as a web page and as four PDFs, and says how large they are."""
    shown = page(site / "handouts" / "index.html")
    links = [str(each["href"]) for each in shown.select(".sheet-files a")]
    expected = [
        f"{sheet.id}/{file}"
        for sheet in made.handouts
        for file in (
            "",
            *(f"{sheet.id}-{name}.pdf" for name in ("a4", "letter", "a4-large-print", "letter-large-print")),
        )
    ]

    assert sorted(
        [*expected, *(f"{sheet.id}/tailor/" for sheet in made.handouts if sheet.kind == "symptom")]
    ) == sorted(links)
    assert expected
    assert "Large print: letters of 18 points, at most 6 sides." in _words(shown.get_text())


def test_no_two_links_to_a_sheet_sound_alike(site: Path) -> None:
    """Read out without what stands around it, each link says which sheet and which format it is."""
    links = [
        _words(each.get_text()) for each in page(site / "handouts" / "index.html").select(".sheet-files a")
    ]

    assert links
    assert len(set(links)) == len(links)


def test_a_panel_leads_to_the_sheets_of_a_page(site: Path, made: careguide.Site) -> None:
    """A symptom has one with its three sheets, a remedy with steps one with its own; advice to avoid none."""
    wrong, without = {}, []
    for kind, ids in (("symptoms", made.guide.symptoms), ("remedies", made.guide.remedies)):
        for id_ in ids:
            shown = page(site / kind / id_ / "index.html")
            found = {
                str(each["href"])
                for each in shown.select(".print-panel a")
                if str(each["href"]).endswith("/")
            }
            own = [
                sheet
                for sheet in made.handouts
                if sheet.about == id_ and (sheet.kind == "remedy") == (kind == "remedies")
            ]
            if own and found != {f"../../handouts/{sheet.id}/" for sheet in own} | {"../../handouts/"}:
                wrong[id_] = found

            if not own:
                assert [] == shown.select(".print-panel")
                without.append(id_)

    assert {} == wrong
    assert without


def test_the_site_has_the_sheets_of_the_core(site: Path, made: careguide.Site) -> None:
    """The engine publishes each bare page as the core made it, and no other."""
    assert {path: _words(shown.main.get_text()) for path, shown in _pages(made).items()} == {
        file.relative_to(site).as_posix(): _words(page(file).main.get_text()) for file in sheet_files(site)
    }


def test_when_to_get_help_cannot_be_left_out(site: Path) -> None:
    """Its box is ticked, cannot be changed, and has no part of the sheet to hide; every other box has one."""
    shown = page(next(file for file in sheet_files(site) if file.parent.name == "tailor"))
    fixed, *others = shown.select("input[type=checkbox]")

    assert ("When to get help (always printed)", True, None) == (
        _words(fixed.parent.get_text()),
        fixed.has_attr("disabled"),
        fixed.get("name"),
    )
    assert [each["value"] for each in others] == [each["data-part"] for each in shown.select("[data-part]")]
    assert [] == [each for each in shown.select("[data-part]") if each.select(".level")]


def test_the_script_is_small() -> None:
    """At most 2 KB on its way to the browser."""
    assert len(gzip.compress((TEMPLATES / "tailor.js").read_bytes())) <= 2048
