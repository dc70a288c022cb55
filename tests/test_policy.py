"""The site under the content policy that its hosts send: nothing that it does is forbidden."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import NAMES, becomes
from careguide.hosting.headers import POLICY
from conftest import Start, Window
from playwright.sync_api import Browser, Page, expect
from sites import Handler, served

KINDS = {
    "home": "",
    "symptom": "symptoms/nosebleed/",
    "cause": "causes/dry-air/",
    "remedy": "remedies/press-the-nose/",
    "advice to avoid": "remedies/head-back/",
    "treatment": "treatments/closing-the-vessel/",
    "investigation": "investigations/looking-inside/",
    "list": "causes/",
    "movements": "movements/",
    "signs": "when-to-get-help/",
    "services": "find-care/",
    "article": "about/",
    "design": "about/design/",
    "flow": "check/nosebleed/",
    "search": "search/",
    "sheets": "handouts/",
    "sheet": "handouts/nosebleed/",
    "tailor": "handouts/nosebleed/tailor/",
    "code": "code/icd-10-cm/R04.0/",
    "infobutton": "infobutton/",
    "missing": "404.html",
}
"""One page of each kind."""


NOTED = (
    "window.forbidden = []; addEventListener('securitypolicyviolation',"
    " ({violatedDirective, blockedURI}) => forbidden.push(`${violatedDirective}: ${blockedURI}`))"
)
"""Notes what the policy forbids, from before the page begins."""


class Strict(Handler):
    """A host that sends the policy."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the example guide is served under the policy."""
    with served(site, Strict) as address:
        yield address


@pytest.fixture
def tab(browser: Browser, window: Window) -> Iterator[Page]:
    """A tab that notes what the policy forbids."""
    with window(browser).new_page() as tab:
        tab.add_init_script(NOTED)
        yield tab


def forbidden(tab: Page) -> list[str]:
    """What the policy has forbidden on the page."""
    return list(tab.evaluate("window.forbidden"))


def test_nothing_a_page_does_is_forbidden(tab: Page, address: str) -> None:
    """Its styles and its script come from files of the site, and they are there."""
    for kind, path in KINDS.items():
        tab.goto(address + path)

        assert [] == forbidden(tab), kind
        assert tab.evaluate("document.styleSheets.length") >= 1, kind
        assert all(tab.evaluate("[...document.styleSheets].map((each) => each.cssRules.length > 0)")), kind


def test_search_is_not_forbidden(tab: Page, address: str) -> None:
    """It asks for one more script of the site."""
    tab.goto(address + KINDS["cause"])
    tab.locator("header [data-does=search]").click()
    tab.keyboard.type("nose")
    tab.locator(".search__pages > li").first.wait_for()

    assert [] == forbidden(tab)
    assert "fixed" == tab.locator("#search").evaluate("each => getComputedStyle(each).position")


def test_the_switch_of_colours_is_not_forbidden(tab: Page, address: str) -> None:
    """Dark on the press of a button, without a style of its own."""
    tab.goto(address + KINDS["symptom"])
    body = tab.locator("body")
    before = body.evaluate("each => getComputedStyle(each).backgroundColor")
    tab.locator("[data-does=scheme]").click()

    expect(body).not_to_have_css("background-color", before)
    assert [] == forbidden(tab)


def test_the_choice_of_parts_of_a_sheet_is_not_forbidden(tab: Page, address: str) -> None:
    """A form that the policy would not let be sent, and paper that is chosen."""
    tab.goto(address + KINDS["tailor"])
    tab.locator("[name=paper][value=letter]").check()

    becomes(tab, lambda: tab.evaluate("getComputedStyle(document.body).page"), "letter")
    assert [] == forbidden(tab)


@pytest.mark.chromium_is_enough
@pytest.mark.parametrize("name", NAMES)
def test_every_feature_keeps_to_the_policy_and_to_its_host(name: str, site: Path, start: Start) -> None:
    """In both browsers: every kind of page, then the questions, a country, the search and a sheet's form."""
    asked: set[str] = set()
    broken: list[str] = []
    with start(name).new_page() as tab:
        tab.add_init_script(NOTED)
        tab.on("request", lambda request: asked.add(request.url))
        with served(site, Strict) as address:
            for path in KINDS.values() if name != "chromium" else ():  # which has looked at each above
                tab.goto(address + path)
                broken += forbidden(tab)
            tab.goto(address + KINDS["signs"])
            tab.locator("[data-does=country]").last.evaluate("each => each.click()")
            broken += forbidden(tab)
            tab.goto(address + KINDS["flow"])
            for _ in range(2):  # who it is for, and the first danger
                tab.locator(".is-now .flow-line__control").first.click()
            assert tab.locator(".flow--ended .is-now .result__name").inner_text()
            tab.locator("header [data-does=search]").first.click()
            tab.keyboard.type("nose")
            assert tab.locator(".search__pages > li").first.inner_text()
            broken += forbidden(tab)
            tab.goto(address + KINDS["tailor"])
            tab.locator("[name=paper][value=letter]").check()
            broken += forbidden(tab)

    assert [] == broken
    assert asked
    assert [] == [each for each in asked if not each.startswith((address, "data:"))]


def test_the_policy_is_in_force(tab: Page, address: str) -> None:
    """What it forbids is noticed: a style that stands in the page."""
    tab.goto(address)
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">red</p>')")

    becomes(tab, lambda: set(forbidden(tab)), {"style-src-attr: inline"})  # by host, and by the page itself
