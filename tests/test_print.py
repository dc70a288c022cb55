"""Any page printed from a browser.

It is large enough to read, without the bars and buttons of the screen, and with every word that stood closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsers import paper
from conftest import Start
from playwright.sync_api import Browser
from pypdf import PageObject
from sites import page as parsed
from sites import served

KINDS = (
    "",
    "symptoms/nosebleed/",
    "symptoms/blocked-nose/",
    "causes/picking/",
    "causes/",
    "remedies/head-back/",
    "check/nosebleed/",
    "find-care/",
    "when-to-get-help/",
)
"""One page of each kind."""
HEAVY = {"a", "strong"}
"""What Firefox draws as outlines, which cannot be read back."""
CASES = [*(("chromium", path) for path in KINDS), ("firefox", "symptoms/blocked-nose/")]
"""Firefox draws heavy letters as outlines, and outlines take long to read back: one page tells whether it
follows the same styles."""
SMALLEST = 12
"""pt."""


@dataclass
class Print:
    """What stands on paper."""

    words: str = ""
    """All words, without spaces: paper breaks lines where it likes."""
    sizes: dict[float, str] = field(default_factory=dict)
    """Sizes of letters in pt, each with some words set in it."""
    left: float = 1000
    """Where the leftmost line starts, in pt from the edge."""
    right: float = 0
    """Where the rightmost line starts."""
    pages: int = 0

    def read(self, sheet: PageObject) -> None:
        """Add a page."""
        self.words += letters(sheet.extract_text(visitor_text=self._note))
        self.pages += 1

    def _note(self, words: str, page: list[float], line: list[float], _: object, size: float) -> None:
        if words.strip():
            start = line[4] * page[0] + page[4]
            self.sizes[round(abs(size * line[3] * page[3]), 1)] = words.strip()
            self.left, self.right = min(self.left, start), max(self.right, start)


def letters(text: str) -> str:
    """A text without spaces."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def prints(site: Path, start: Start) -> dict[tuple[str, str], Print]:
    """Every case printed from a dark screen with script off: the worst for paper."""
    found = {}
    with served(site) as address:
        for name in ("chromium", "firefox"):
            looks = {"color_scheme": "dark", "java_script_enabled": False} if name == "chromium" else {}
            tab = start(name, script=name == "chromium").new_page(**looks)
            for path in (path for each, path in CASES if each == name):
                found[name, path] = Print()
                tab.goto(address + path)
                for sheet in paper(tab):
                    found[name, path].read(sheet)
            tab.close()
    return found


def test_a_printed_page_can_be_read(prints: dict) -> None:
    """Nothing is smaller than 12 pt, and lines begin near the edge of the paper."""
    for case in CASES:
        assert {} == {size: words for size, words in prints[case].sizes.items() if size < SMALLEST}, case
        assert prints[case].left < 60, case


def test_the_screens_furniture_is_not_printed(prints: dict, site: Path) -> None:
    """No menu, search, skip link, list of sections or way to improve the page is on paper."""
    for case in CASES:
        furniture = parsed(site / case[1] / "index.html").select(
            ".skip, .to-top, .tool, .brand__tagline, .on-this-page summary, .footer__improve p"
        )

        assert len(furniture) > 6
        assert [] == [
            words
            for each in furniture
            if len(words := letters(each.get_text())) > 12 and words in prints[case].words
        ], case


def test_what_stands_closed_is_printed(prints: dict, site: Path) -> None:
    """What is folded away on a screen is on paper, though no script opened it.

    Only lists that are links to other pages are not, which lead nowhere from paper.
    """
    closed = parsed(site / "when-to-get-help/index.html").select("details.closed p")
    links = parsed(site / "symptoms/nosebleed/index.html").select(".closed--screen li")
    words = [word for each in closed for word in each.get_text().split() if word.isalpha()]

    assert words
    assert [] == [word for word in words if word not in prints["chromium", "when-to-get-help/"].words]
    assert links
    for each in links:
        assert letters(each.get_text()) not in prints["chromium", "symptoms/nosebleed/"].words


def test_levels_are_told_apart_in_words(prints: dict) -> None:
    """Each care card says its level on paper."""
    words = prints["chromium", "when-to-get-help/"].words

    assert [] == [
        level
        for level in ("Level:emergency", "Level:today", "Level:soon", "Level:athome")
        if level not in words
    ]


def test_links_are_footnotes(prints: dict) -> None:
    """Every address that a reader of the paper needs is on it.

    A link in the text has its address at the end, a source has it beside it, and the page says where it
    stands itself. None is written out in full.
    """
    for name in ("chromium", "firefox"):
        words = prints[name, "symptoms/blocked-nose/"].words

        assert "guide.example/when-to-get-help" in words
        assert "(health.example/nose)" in words
        assert "https://" not in words
    assert "Thispageontheweb:guide.example/causes/picking" in prints["chromium", "causes/picking/"].words


def test_paper_is_white_and_cards_differ_in_their_edges(site: Path, browser: Browser) -> None:
    """From a dark screen ink is dark and the paper bare, and no two levels have the same edge."""
    with served(site) as address, browser.new_page(color_scheme="dark") as tab:
        tab.goto(f"{address}when-to-get-help/")
        tab.emulate_media(media="print")
        style = "(all, name) => all.map((each) => getComputedStyle(each)[name])"
        paper, ink = (
            tab.locator(place).evaluate_all(style, name)
            for place, name in (("body, main", "backgroundColor"), ("main p", "color"))
        )
        edges = tab.locator(".care-card").evaluate_all(
            "(all) => all.map((each) => getComputedStyle(each).borderTop.replace(/ rgb.*/, '') + "
            "getComputedStyle(each).borderRadius)"
        )

    assert {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"} >= set(paper)
    assert "rgb(32, 39, 45)" == max(set(ink), key=ink.count)
    assert 4 == len(set(edges)) <= len(edges)
