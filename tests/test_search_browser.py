"""Search as a reader uses it: the dialog, its keys, what it says while it works, and the page A to Z."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsers import CONTRAST, until, violations
from playwright.sync_api import Browser, Page, Route, expect
from sites import html_files, page

CAUSE = "causes/hay-fever/"


def ask(tab: Page, words: str) -> None:
    """Type into the open dialog, and wait for what is found."""
    tab.locator("#search-words").fill(words)
    expect(tab.locator("#search")).to_have_attribute("data-state", "ready")


@pytest.fixture
def opened(tab: Page, address: str) -> Page:
    """A cause's page with the dialog open."""
    tab.goto(address + CAUSE)
    tab.keyboard.press("/")
    return tab


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_it_from_anywhere(key: str, tab: Page, address: str) -> None:
    """And the field is ready to type in, empty."""
    tab.goto(address + CAUSE)
    tab.keyboard.press(key)

    expect(tab.locator("#search")).to_be_visible()
    expect(tab.locator("#search-words")).to_be_focused()
    expect(tab.locator("#search-words")).to_have_value("")


@pytest.mark.parametrize("key", ["/", ""])
def test_a_browser_without_dialogs_goes_to_the_page_of_search(key: str, tab: Page, address: str) -> None:
    """Safari 15.3 has none: by a key or by the button, words can be typed and are found."""
    tab.goto(address + CAUSE)
    tab.evaluate("delete HTMLDialogElement.prototype.showModal")
    if key:
        tab.keyboard.press(key)
    else:
        tab.locator("a[data-does=search]").first.click()
    tab.wait_for_url("**/search/")
    ask(tab, "epistaxis")

    expect(tab.locator(".search__pages > li").first).to_be_visible()


def test_a_slash_can_be_typed(opened: Page) -> None:
    """The key opens nothing where somebody writes."""
    opened.keyboard.type("a/b")

    expect(opened.locator("#search-words")).to_have_value("a/b")


def test_pages_are_found_with_their_kind_their_name_and_what_they_say(opened: Page) -> None:
    """The name by which a page was found stands beside its title."""
    ask(opened, "epistaxis")
    first = opened.locator(".search__pages > li").first

    assert "Nosebleed: Epistaxis" == first.locator("a").inner_text()
    assert "Most nosebleeds stop by themselves." in first.inner_text()
    assert "1 page found." == opened.locator(".search__said").inner_text()


def test_a_danger_comes_first_with_its_level_and_whom_to_call(browser: Browser, address: str) -> None:
    """In the reader's country; then the pages, the first of them still on a phone's screen."""
    with browser.new_page(viewport={"width": 360, "height": 780}, locale="en-ZZ") as tab:
        tab.goto(address + CAUSE)
        tab.keyboard.press("/")
        ask(tab, "nose won't stop bleeding")
        card = tab.locator(".search__found li").first

        assert "Level: emergency Get emergency help now" == " ".join(
            card.locator(".care-card__head").inner_text().split()
        )
        assert "Call 777" == card.locator(".search__call").inner_text()
        assert "tel:777" == card.locator(".search__call a").get_attribute("href")
        assert card.locator(".search__link").get_attribute("href").endswith("when-to-get-help/#heavy")
        assert "First: Get emergency help now." in tab.locator(".search__said").inner_text()
        box = tab.locator(".search__pages .search__link").first.bounding_box()
        assert box["y"] + box["height"] <= 780


def test_arrows_enter_and_escape(opened: Page) -> None:
    """Down into the results and back, Enter to the first, Escape to the page."""
    ask(opened, "nose")
    opened.keyboard.press("ArrowDown")
    expect(opened.locator(".search__link").first).to_be_focused()
    opened.keyboard.press("ArrowDown")
    expect(opened.locator(".search__link").nth(1)).to_be_focused()
    opened.keyboard.press("ArrowUp")
    opened.keyboard.press("ArrowUp")
    expect(opened.locator("#search-words")).to_be_focused()
    first = opened.locator(".search__link").first.get_attribute("href")
    opened.keyboard.press("Enter")
    opened.wait_for_url(first)


def test_escape_closes_it_and_leaves_the_address_as_it_was(opened: Page, address: str) -> None:
    """The browser empties the field first; focus goes back to where it was."""
    ask(opened, "nose")
    opened.wait_for_url("**/#search=nose")
    opened.locator("#search [data-does=close]").click()

    expect(opened.locator("#search")).not_to_be_visible()
    expect(opened).to_have_url(address + CAUSE)


def test_the_way_back_leads_to_what_was_found(opened: Page) -> None:
    """The query stands behind # in the address, which is never sent."""
    ask(opened, "dry air")
    opened.locator(".search__link").first.click()
    opened.wait_for_url("**/dry-air/")
    opened.go_back()

    expect(opened.locator("#search-words")).to_have_value("dry air")
    expect(opened.locator(".search__link").first).to_contain_text("Dry air")


def test_a_query_is_not_sent(tab: Page, address: str) -> None:
    """One request after the page, for a file that is the same for all."""
    tab.goto(address + CAUSE)
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(request.url) if "favicon" not in request.url else None)
    tab.keyboard.press("/")
    ask(tab, "nosebleed")

    assert 1 == len(sent)
    assert "/assets/look/search." in sent[0]


def test_a_result_on_the_same_page_closes_it(tab: Page, address: str) -> None:
    """Otherwise it would hide where it leads."""
    tab.goto(address + "when-to-get-help/")
    tab.keyboard.press("/")
    ask(tab, "blood everywhere")
    tab.locator(".search__dangers .search__link").first.click()

    expect(tab.locator("#search")).not_to_be_visible()
    expect(tab).to_have_url(re.compile("when-to-get-help/#heavy$"))


def test_it_says_that_it_is_being_fetched_and_that_it_failed(tab: Page, address: str) -> None:
    """And it can be asked for again, without a reload; what was typed stays."""
    waiting: list[Route] = []
    tab.route("**/search.*.js", lambda route: waiting.append(route))  # noqa: PLW0108 - its own method takes no mark
    tab.goto(address + CAUSE)
    tab.keyboard.press("/")
    said = tab.locator(".search__said")
    expect(said).to_have_text("Getting the search …")
    tab.keyboard.type("dry air")
    until(tab, lambda: waiting)
    waiting[0].abort()
    expect(said).to_have_text("The search could not be fetched.")
    assert tab.locator(".search__ways a").count() == 3
    tab.unroute("**/search.*.js")
    tab.get_by_role("button", name="Try again").click()

    expect(tab.locator(".search__link").first).to_contain_text("Dry air")
    expect(tab.get_by_role("button", name="Try again")).not_to_be_visible()


def test_where_nothing_is_found_it_offers_other_ways(opened: Page) -> None:
    """The check, the emergency signs and the A to Z."""
    ask(opened, "xqzvwk")

    assert "Nothing found. Try fewer words, or other words." == opened.locator(".search__said").inner_text()
    ways = opened.locator(".search__ways a")
    assert ["Check your signs", "All emergency signs", "Search and A to Z"] == ways.all_inner_texts()
    assert [] == violations(opened)


def test_it_breaks_no_rule_of_accessibility(tab: Page, address: str) -> None:
    """With a danger, pages and signs in view; and the page of search."""
    for path, words in ((CAUSE, "nose won't stop bleeding"), ("search/", "nosebleed")):
        tab.goto(address + path)
        if path == CAUSE:
            tab.keyboard.press("/")
        tab.locator("#search-words").focus()
        ask(tab, words)
        expect(tab.locator(".search__link").first).to_be_visible()
        tab.emulate_media(color_scheme="light")
        assert [] == violations(tab), path
        tab.emulate_media(color_scheme="dark")
        assert [] == violations(tab, **CONTRAST), path


def test_nothing_is_wider_than_a_small_phone(tab: Page, address: str) -> None:
    """320 px: the dialog with a danger, and the page."""
    tab.set_viewport_size({"width": 320, "height": 700})
    tab.goto(address + CAUSE)
    tab.keyboard.press("/")
    ask(tab, "nose won't stop bleeding")
    wide = "[document.documentElement, document.getElementById('search')].map(e => e.scrollWidth > 320)"
    assert [False, False] == tab.evaluate(wide)
    tab.goto(address + "search/")
    assert [False, False] == tab.evaluate(wide)


# ------------------------------------------------------------------------------------------------------------
# The page


def test_the_page_searches_where_it_stands(tab: Page, address: str) -> None:
    """No dialog; the query is taken from the address too."""
    tab.goto(address + "search/#search=hay%20fever")

    expect(tab.locator("#search-words")).to_have_value("hay fever")
    expect(tab.locator(".search__link").first).to_contain_text("Hay fever")
    assert 0 == tab.locator("dialog#search").count()


def test_the_page_names_everything_once(site: Path) -> None:
    """Every title and every other name, under its letter; places and movements below."""
    found = page(site / "search/index.html")
    names = [each.get_text() for each in found.select(".names a")]

    assert {"Hay fever", "Pollen allergy: see Hay fever", "Epistaxis: see Nosebleed"} <= set(names)
    assert len(names) == len(set(names))
    assert ["A to Z", "By place in the body", "By what it feels like"] == [
        each.get_text() for each in found.select("main h2")
    ]


def test_every_page_leads_to_it_also_without_script(site: Path) -> None:
    """One link in the head; so everything is two clicks from home."""
    files = [*html_files(site), site / "404.html"]
    without = [
        file for file in files if not page(file).select('header a[href*="search/"], header a[href="./"]')
    ]

    assert len(files) > 20
    assert [] == without


def test_without_script_the_page_is_the_a_to_z(site: Path, address: str, browser: Browser) -> None:
    """The field, which could do nothing, is not shown."""
    with browser.new_page(java_script_enabled=False) as tab:
        tab.goto(address + CAUSE)
        tab.locator("header [data-does=search]").click()

        expect(tab).to_have_url(f"{address}search/")
        expect(tab.get_by_role("link", name="Hay fever", exact=True)).to_be_visible()
        expect(tab.locator("#search-words")).not_to_be_visible()


def test_it_works_from_a_disk(site: Path, tab: Page) -> None:
    """No host, no network: from a stick, say. Results name the file of a page."""
    tab.goto((site / CAUSE / "index.html").as_uri())
    tab.keyboard.press("/")
    ask(tab, "nosebleed")
    tab.locator(".search__link").first.click()

    expect(tab.locator("h1")).to_have_text("Nosebleed")


def test_every_result_leads_somewhere(site: Path, address: str, tab: Page) -> None:
    """Each address in the index is that of a page, and each anchor is on it."""
    tab.goto(address + "search/#search=nose")
    expect(tab.locator(".search__link").first).to_be_visible()
    links = set()
    read = "all => all.map((each) => each.pathname + each.hash)"
    for words in ("nose", "bleeding", "air", "doctor", "water", "pollen", "blood everywhere", "drip"):
        ask(tab, words)
        links |= set(tab.locator(".search__link").evaluate_all(read))

    assert len(links) > 10
    for link in links:
        path, _, anchor = link.partition("#")
        found = page(site / path.lstrip("/") / "index.html")
        assert not anchor or found.find(id=anchor), link
