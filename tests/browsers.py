"""Debian's Chromium and Firefox, driven alike."""

from __future__ import annotations

import io

from playwright.sync_api import Browser, Page, Playwright
from pypdf import PageObject, PdfReader

NAMES = ("chromium", "firefox")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def launch(playwright: Playwright, name: str, *, script: bool = True) -> Browser:
    """A browser without a window.

    Firefox is spoken to in WebDriver BiDi, which needs no driver; Playwright calls that 'moz-firefox'.
    """
    if name == "chromium":
        return playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=[*QUIET.split(), "--disable-ipc-flooding-protection"]
        )
    # Over BiDi, scripts can only be switched off for the whole browser.
    settings = {"dom.navigation.navigationRateLimit.count": 0, "javascript.enabled": script}
    return playwright.firefox.launch(
        channel="moz-firefox", executable_path="/usr/bin/firefox-esr", firefox_user_prefs=settings
    )


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
