"""Debian's Chromium and Firefox, driven alike."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Locator, Page, Playwright, expect
from pypdf import PageObject, PdfReader

NAMES = ("chromium", "firefox")
PATIENCE = 120_000
"""Milliseconds after which what a test waits for counts as lost: a machine may be slow, and busy."""
QUIET = (
    "--no-sandbox --disable-gpu --in-process-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def launch(playwright: Playwright, name: str, *, script: bool = True) -> Browser:
    """A browser without a window, for which every wait is a patient one.

    Firefox is spoken to in WebDriver BiDi, which needs no driver; Playwright calls that 'moz-firefox'.
    """
    browser = _started(playwright, name, script=script)
    browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
    expect.set_options(timeout=PATIENCE)
    return browser


def _started(playwright: Playwright, name: str, *, script: bool) -> Browser:
    if name == "chromium":
        flags = [*QUIET.split(), "--disable-ipc-flooding-protection"]
        return playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags, timeout=PATIENCE)
    # Over BiDi, scripts can only be switched off for the whole browser.
    settings = {"dom.navigation.navigationRateLimit.count": 0, "javascript.enabled": script}
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path="/usr/bin/firefox-esr",
        firefox_user_prefs=settings,
        timeout=PATIENCE,
    )


def until(tab: Page, true: Callable[[], object]) -> None:
    """Wait until something is so that no `expect` can look at."""
    end = time.monotonic() + PATIENCE / 1000
    while not true():
        assert time.monotonic() < end, "what the test waits for has not happened"
        tab.wait_for_timeout(50)


def becomes(tab: Page, read: Callable[[], object], wanted: object) -> None:
    """Wait until something is read as it should be."""
    end = time.monotonic() + PATIENCE / 1000
    while (found := read()) != wanted and time.monotonic() < end:
        tab.wait_for_timeout(50)
    assert found == wanted


AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def violations(tab: Page, **options: object) -> list[str]:
    """The rules of accessibility that a page breaks, and where, as axe finds them."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    return list(tab.evaluate(FOUND, {"resultTypes": ["violations"], **options}))


CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What alone is looked at again in other colours."""
FOUND = """options => axe.run(document, options).then(({violations}) => violations.map(({id, nodes}) =>
  `${id}: ${nodes.map(({target}) => target.join(" ")).join(", ")}`))"""


def click_twice(place: Locator) -> None:
    """Two clicks of a hand that shakes, where the first one was.

    Over BiDi each is sent by itself, and on a busy machine the second comes too late to be one of two.
    """
    browser = place.page.context.browser
    if browser and browser.browser_type.name == "chromium":
        place.dblclick()
    else:
        place.evaluate(TWICE)


TWICE = """(place) => {
    const { left, top, width, height } = place.getBoundingClientRect();
    const [clientX, clientY] = [left + width / 2, top + height / 2];
    for (const detail of [1, 2]) {
        const hit = document.elementFromPoint(clientX, clientY);
        const click = { bubbles: true, cancelable: true, view: window, detail, clientX, clientY };
        hit.dispatchEvent(new MouseEvent("click", click));
    }
}"""


def printed(page: Page) -> list[str]:
    """The words of each A4 page that a print has.

    Firefox draws its heavier letters as outlines, so only words in the usual weight are found there.
    """
    return [" ".join(each.extract_text().split()) for each in paper(page)]


def paper(page: Page) -> list[PageObject]:
    """What a browser prints on A4, page by page."""
    # Playwright hands Firefox inches where WebDriver BiDi wants centimetres.
    unit = 2.54 if page.context.browser and page.context.browser.browser_type.name == "firefox" else 1
    return list(PdfReader(io.BytesIO(page.pdf(width=f"{210 * unit}mm", height=f"{297 * unit}mm"))).pages)
