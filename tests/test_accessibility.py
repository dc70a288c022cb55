"""Every built page, held against axe: levels A and AA and best practice, with text at 7:1 and large targets.

A run looks at one page of each kind, in whichever language: half of the kinds narrow and light, and half wide
and dark; what is narrow in the example is wide in this guide. Contrast, which takes longest, is that of the
look, so it is measured on the example. `--every-view` looks at each page in all four views, and at all of it.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from zlib import crc32

import pytest
from browsers import violations
from playwright.sync_api import Browser
from sites import EXAMPLE, html_files, served

RULES = {
    "color-contrast": {"enabled": False},  # the enhanced rule asks for more, so the usual one need not look
    "color-contrast-enhanced": {"enabled": True},
    "target-size": {"enabled": True},
}
WITHOUT_CONTRAST = {**RULES, "color-contrast-enhanced": {"enabled": False}}
VIEWS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


def _dealt(site: Path, place: int, every: bool, example: bool) -> list[Path]:
    """The pages for one view: one of each kind whose turn it is in this view."""
    pages = [*html_files(site), site / "404.html"]
    if every:
        return pages
    dealt: list[Path] = []
    for kind, alike in groupby(sorted(pages, key=_kind), key=_kind):
        own, number = list(alike), crc32(kind.encode())
        if (number // 32 + example) % 2 == place % 2:
            dealt.append(own[number % len(own)])
    return dealt


def _kind(file: Path) -> str:
    """What the look calls a page: the classes of its main part."""
    found = re.search('<main[^>]* class="([^"]*)"', file.read_text(encoding="utf-8"))
    return found[1] if found else ""


@pytest.mark.parametrize(
    "place",
    [0, 3, *(pytest.param(place, marks=pytest.mark.every_view) for place in (1, 2))],
    ids=["320-light", "1280-dark", "320-dark", "1280-light"],
)
def test_no_page_breaks_a_rule(
    place: int, browser: Browser, site: Path, guide_root: Path, request: pytest.FixtureRequest
) -> None:
    """Nothing stands in the way of a screen reader, a keyboard, poor sight or unsteady hands."""
    width, scheme = VIEWS[place]
    every, example = request.config.getoption("--every-view"), guide_root == EXAMPLE
    files = _dealt(site, place, every, example)
    rules = RULES if every or example else WITHOUT_CONTRAST
    broken = {}
    with (
        served(site) as address,
        browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context,
    ):
        tab = context.new_page()
        for file in files:
            tab.goto(address + file.relative_to(site).as_posix())
            if found := violations(tab, rules=rules):
                broken[file.parent.name] = found
    assert len(files) > 4
    assert {} == broken
