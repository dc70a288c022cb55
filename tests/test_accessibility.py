"""Every built page, held against axe: levels A and AA and best practice, with text at 7:1 and large targets.

A run looks at one page of each kind and language, half of them narrow and light, and half wide and dark;
what is narrow in one language, or in the example, is wide in another, or in this guide. Contrast, which takes
longest, is that of the look: it is measured in the guide's first language. `--every-view` looks at each page
in all four views, and at all of it.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from zlib import crc32

import pytest
from browsers import violations
from playwright.sync_api import Browser
from sites import EXAMPLE, html_files, page, served

RULES = {
    "color-contrast": {"enabled": False},  # the enhanced rule asks for more, so the usual one need not look
    "color-contrast-enhanced": {"enabled": True},
    "target-size": {"enabled": True},
}
WITHOUT_CONTRAST = {**RULES, "color-contrast-enhanced": {"enabled": False}}
VIEWS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]


def _dealt(site: Path, place: int, every: bool, example: bool) -> list[Path]:
    """The pages for one view: one of each kind in each language, where it is the turn of this view."""
    pages = sorted([*html_files(site), site / "404.html"], key=_kind)
    if every:
        return pages
    dealt: list[Path] = []
    for (language, kind), alike in groupby(pages, key=_kind):
        own = list(alike)
        turn = crc32(kind.encode()) + example + language.startswith("en")
        if turn % 2 == place % 2:
            dealt.append(own[place % len(own)])
    return dealt


def _kind(file: Path) -> tuple[str, str]:
    found = page(file)
    main = found.find("main")
    return str(found.html["lang"]), " ".join(main["class"]) if main else ""


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
    every = request.config.getoption("--every-view")
    files = _dealt(site, place, every, guide_root == EXAMPLE)
    broken = {}
    with (
        served(site) as address,
        browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context,
    ):
        tab = context.new_page()
        for file in files:
            tab.goto(address + file.relative_to(site).as_posix())
            rules = RULES if every or _kind(file)[0] == _kind(site / "index.html")[0] else WITHOUT_CONTRAST
            if found := violations(tab, rules=rules):
                broken[file.parent.name] = found
    assert len(files) > 4
    assert {} == broken
