"""Bare sheets in a browser: choosing what to print, asking how old a sheet is, and accessibility."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import CONTRAST, NAMES, paper, violations
from conftest import Start, Window
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sites import page as parsed

TAILOR = "handouts/nosebleed/tailor/"
PAGES = (
    "handouts/nosebleed/",
    TAILOR,
    "handouts/nosebleed-diary/",
    "handouts/nosebleed-visit/",
    "handouts/rinse-the-nose/",
)


@pytest.fixture(scope="module", params=NAMES)
def browser(request: pytest.FixtureRequest, start: Start) -> Browser:
    return start(request.param)


@pytest.fixture
def tab(browser: Browser, window: Window) -> Iterator[Page]:
    with window(browser).new_page() as tab:
        yield tab


def test_a_clinician_chooses_what_is_printed(tab: Page, address: str) -> None:
    """Parts that are cleared are gone from the paper; when to get help stays whatever is cleared."""
    tab.goto(address + TAILOR)
    for box in tab.locator("input[type=checkbox]:not(:disabled)").all():
        box.uncheck()

    expect(tab.locator("main h2:visible")).to_have_text(["When to get help"])
    expect(tab.locator("div.level--1")).to_be_visible()
    expect(tab.locator("main footer")).to_be_visible()


@pytest.mark.chromium_is_enough
def test_two_lines_are_printed_as_they_were_typed(tab: Page, address: str) -> None:
    """They stand on the sheet as text, even where they look like markup.

    Nothing is stored, and nothing is asked of the server.
    """
    tab.goto(address + TAILOR)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url) if "favicon" not in request.url else None)
    first, second = tab.locator("input[name=own]").all()
    first.fill("Come back on <b>Monday</b> & bring this")
    second.fill("<img src=x onerror=alert(1)>")

    typed = ["Come back on <b>Monday</b> & bring this", "<img src=x onerror=alert(1)>"]
    expect(tab.locator(".own p")).to_have_text(typed)
    assert 0 == tab.locator(".own b, .own img").count()
    assert [] == asked
    assert 0 == tab.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")
    assert "" == tab.evaluate("location.search + location.hash")

    tab.reload()
    for line in tab.locator("input[name=own]").all():
        expect(line).to_have_value("")


@pytest.mark.chromium_is_enough
def test_paper_and_letters_are_chosen(tab: Page, address: str) -> None:
    """Standard letters are 12 pt and large ones 18 pt, and the paper that was chosen is printed."""
    if tab.context.browser.browser_type.name == "firefox":
        pytest.skip("Over BiDi, the size of the paper is the test's own.")
    found = {}
    tab.goto(address + TAILOR)
    for size, words in (("A4", "Standard"), ("US Letter", "Large print")):
        tab.get_by_label(size).check()
        tab.get_by_label(words).check()
        tab.emulate_media(media="print")
        letters = tab.locator("main li:visible, main footer p").evaluate_all(
            "all => all.map(e => Math.round(parseFloat(getComputedStyle(e).fontSize) * 0.75))"
        )
        first = PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages[0].mediabox
        found[size] = ({*letters}, round(first.width), round(first.height))
        tab.emulate_media(media="screen")

    assert {"A4": ({12}, 595, 842), "US Letter": ({18}, 612, 792)} == found


@pytest.mark.chromium_is_enough
def test_paper_asks_how_old_it_is(tab: Page, address: str) -> None:
    """Today's code is told that it is current; for an unknown one the page says what that means."""
    tab.goto(address + "handouts/nosebleed/")
    code = tab.locator("main footer p").last.inner_text().split()[-1]
    answer = tab.locator(".age__answer:visible")
    expect(answer).to_have_count(0)

    tab.goto(f"{address}handouts/nosebleed/#{code}")
    expect(answer).to_have_text([f"Your sheet is current. Its code is {code}."])

    tab.goto(f"{address}handouts/nosebleed/#ZZZZZZZZ")
    expect(answer).to_have_count(0)
    expect(tab.locator(".age__codes")).to_contain_text("we do not know your sheet")


@pytest.mark.chromium_is_enough
@pytest.mark.parametrize("path", PAGES)
def test_sheets_are_accessible(browser: Browser, window: Window, address: str, path: str) -> None:
    """The checker finds nothing, on a light and on a dark screen, and nothing scrolls sideways at 320 px."""
    if browser.browser_type.name == "firefox" and path != TAILOR:
        pytest.skip("One page in Firefox is enough: the rules read the same page.")
    with window(browser, viewport={"width": 320, "height": 640}, bypass_csp=True).new_page() as tab:
        tab.goto(address + path)
        tab.emulate_media(color_scheme="light")
        assert [] == violations(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320

        tab.emulate_media(color_scheme="dark")
        assert [] == violations(tab, **CONTRAST)


def test_without_script_the_whole_sheet_is_there(browser: Browser, address: str, site: Path) -> None:
    """No form, and every part of the sheet: it prints as it is, at 12 pt or more."""
    if browser.browser_type.name == "firefox":
        pytest.skip("Over BiDi, scripts can only be switched off for the whole browser.")
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(address + TAILOR)
    form, parts = tab.locator("form").is_visible(), tab.locator("[data-part]:visible").count()
    sheets = paper(tab)
    context.close()
    sizes: set[float] = set()
    for sheet in sheets:
        sheet.extract_text(
            visitor_text=lambda words, page, line, _, size: (
                sizes.add(round(abs(size * line[3] * page[3]), 1)) if words.strip() else None
            )
        )

    assert (False, len(parsed(site / TAILOR / "index.html").select("[data-part]"))) == (form, parts)
    assert min(sizes) >= 12
