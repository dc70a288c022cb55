"""How this guide looks in a browser: what depends on how much it says, and on its figure."""

from __future__ import annotations

from pathlib import Path

from browsers import becomes, printed
from playwright.sync_api import Browser, Page, expect
from sites import page
from test_look import test_drawings_are_small_and_say_what_their_step_says  # noqa: F401 - run again, with this guide

ARTICLE = "symptoms/neck-twitching/"


def test_an_article_is_short_enough_for_a_phone(tab: Page, address: str) -> None:
    """It was 33,000 px long; what was folded away is still there to be opened."""
    tab.goto(address + ARTICLE)

    assert tab.evaluate("document.documentElement.scrollHeight") <= 8_000


def test_a_place_can_be_pressed_in_the_drawing(browser: Browser, address: str) -> None:
    """Without script; pointing at the drawing marks the place there and in the list."""
    context = browser.new_context(java_script_enabled=False)
    with context.new_page() as tab:
        tab.goto(address)
        place = tab.locator('.body-map svg a[data-place="calf"] circle')
        place.hover()
        chosen = "(all) => all.map((each) => document.querySelector(each))"
        chosen += ".map((each) => getComputedStyle(each).getPropertyValue('--chosen'))"
        becomes(tab, lambda: tab.evaluate(chosen, CALF), ["#f6c453", "#f6c453", ""])
        place.click()
        expect(tab).to_have_url(f"{address}symptoms/muscle-twitching/#calf")


CALF = [
    '.body-map svg a[data-place="calf"]',
    '.body-map li a[data-place="calf"]',
    '.body-map li a[data-place="neck"]',
]


def test_what_is_folded_away_on_phones_stands_open_on_wide_screens_and_on_paper(
    tab: Page, address: str, site: Path
) -> None:
    """A source is hidden on a phone, otherwise in sight."""
    tab.goto(address + ARTICLE)
    source = tab.locator("li:has(#source-3)")
    title = source.locator("a").first.text_content()
    assert title
    expect(source).not_to_be_visible()

    assert "".join(title.split()) in "".join("".join(printed(tab)).split())

    tab.set_viewport_size({"width": 1280, "height": 800})
    expect(source).to_be_visible()


def test_symptoms_have_one_order_of_sections(site: Path) -> None:
    """Whoever has read one article finds their way in the next."""
    order = [
        "help",
        "what-can-cause-it",
        "what-you-can-do",
        "how-long-it-lasts",
        "what-happens-at-your-appointment",
        "print",
        "places",
        "sources",
    ]

    files = list((site / "symptoms").glob("*/index.html"))
    assert len(files) > 1
    for file in files:
        found = [
            str(heading["id"])
            for heading in page(file).select("main :is(h2, h3)[id]")
            if heading["id"] in order
        ]
        assert len(found) >= len(order) - 1  # The body is on one page alone.
        assert [each for each in order if each in found] == found


def test_the_body_and_its_list_say_the_same(site: Path) -> None:
    """Each numbered place in the drawing is a link to what the same number of the list leads to.

    Who cannot see it has the list.
    """
    found = page(site / "index.html").select_one(".body-map")
    listed = {
        str(link["data-place"]): (str(number), link["href"])
        for number, link in enumerate(found.select("li a[data-place]"), 1)
    }
    drawn = {
        str(link["data-place"]): (link.select_one("text").get_text(), link["href"])
        for link in found.select("svg a:has(text)")
    }

    assert len(listed) == 15
    assert listed == drawn
    assert {"symptoms/neck-twitching/", "symptoms/eyelid-twitching/", "symptoms/muscle-twitching/#calf"} <= {
        href for _, href in listed.values()
    }
    assert found.select_one("svg")["aria-hidden"] == "true"
    assert {"-1"} == {link.get("tabindex") for link in found.select("svg a")}


def test_the_page_of_all_parts_can_be_found(site: Path) -> None:
    """The page about the guide leads to it."""
    assert page(site / "about" / "index.html").select('main a[href="design/"]')
