"""Every page of this guide under the content policy, in both browsers, with all that can be pressed on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import NAMES
from conftest import Start
from playwright.sync_api import Page
from sites import served
from test_policy import NOTED, Strict, forbidden

PRESSED = """() => {
    window.print = () => {};
    document.addEventListener("click", (event) => { // a link would lead away
        if (event.target.closest("a[href]")) event.preventDefault();
    });
    for (const each of document.querySelectorAll("details")) each.open = true;
    const buttons = `[data-does]:not([data-does=search]), [popovertarget], [data-remember],
        main input, main button`;
    for (const each of document.querySelectorAll(buttons)) if (each.checkVisibility()) each.click();
    document.querySelector("[data-does=search]")?.click();
    const words = document.querySelector("#search input");
    if (!words) return;
    words.value = "neck";
    words.dispatchEvent(new Event("input", { bubbles: true }));
}"""
"""Presses everything in sight but links, and asks the search."""


def _used(tab: Page) -> None:
    """Use a page, and wait until the search has answered."""
    tab.evaluate(PRESSED)
    if tab.locator("#search").count():
        tab.locator(".search__pages > li").first.wait_for(state="attached")


@pytest.mark.every_view
@pytest.mark.parametrize("name", NAMES)
def test_every_page_keeps_to_the_policy_and_to_its_host(name: str, site: Path, start: Start) -> None:
    """Nothing is forbidden and no other host is asked, in any language, on sheets and look-ups too."""
    pages = sorted(file.relative_to(site).as_posix() for file in site.rglob("*.html"))
    asked: set[str] = set()
    broken: dict[str, list[str]] = {}
    with start(name).new_page() as tab, served(site, Strict) as address:
        tab.add_init_script(NOTED)
        tab.on("request", lambda request: asked.add(request.url))
        tab.on("pageerror", lambda error: broken.setdefault(tab.url, []).append(str(error)))
        for page in pages:
            tab.goto(address + page)
            _used(tab)
            if found := forbidden(tab):
                broken.setdefault(page, []).extend(found)

    assert len(pages) > 100
    assert {} == broken
    assert [] == [each for each in asked if not each.startswith((address, "data:", "blob:"))]
