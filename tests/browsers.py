"""Debian's Chromium and Firefox, driven alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "firefox")
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
OFTEN = {"chromium": ["--disable-ipc-flooding-protection"], "firefox": {"dom.navigation.navigationRateLimit.count": 0}}
"""Browsers slow down a page that moves through its history hundreds of times in a second, as only a test does."""


@contextmanager
def browser(name: str, *, script: bool = True) -> Iterator[Browser]:
    """A browser without a window. Firefox is spoken to in WebDriver BiDi, which needs no driver of its own (Playwright calls it 'moz-firefox')."""
    with sync_playwright() as playwright:
        if name == "chromium":
            found = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*QUIET.split(), *OFTEN["chromium"]])
        else:
            # Over BiDi, a page's scripts are switched off for the whole browser.
            settings = {**OFTEN["firefox"], "javascript.enabled": script}
            found = playwright.firefox.launch(channel="moz-firefox", executable_path="/usr/bin/firefox-esr", firefox_user_prefs=settings)
        try:
            yield found
        finally:
            found.close()
