"""The picture that shows when a page is shared: its name, set by Typst, made once and then kept by its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from careguide import typesetting
from careguide.guide.page_paths import LIST_PAGES
from careguide.pages.writer import Page
from careguide.source.cache import write

SIZE = (1200, 630)
"""Width and height in pixels, as the networks that show such pictures ask for them."""
_TEMPLATE = typesetting.ROOT / "card.typ"
_KEPT = ".cache/cards"


def path(page: str) -> str:
    """Where the card of a page stands in the site: `causes/caffeine.md` → `assets/cards/causes/caffeine.png`."""
    return f"assets/cards/{page.removesuffix('.md')}.png"


def cards(pages: Iterable[Page], words: Mapping[str, Any], root: Path) -> dict[str, bytes]:
    """The card of each page, as PNG, by its path in the site."""
    site = {name: str(words["site"][name]) for name in ("language", "direction", "tagline")} | {
        "site": str(words["site"]["name"])
    }
    site["language"] = site["language"].partition("-")[0]
    urgent = LIST_PAGES["urgency"]
    return {
        path(page.path): _made(
            {**site, "title": page.title, "calm": "no" if page.path == urgent else "yes"}, root / _KEPT
        )
        for page in pages
    }


def _made(data: Mapping[str, str], kept: Path) -> bytes:
    text = json.dumps(data)
    key = hashlib.sha256(b"\0".join([text.encode(), _tools()])).hexdigest()[:32]
    file = kept / f"{key}.png"
    if not file.is_file():
        write(file, _compiler().compile(format="png", ppi=72, sys_inputs={"data": text}))
    return file.read_bytes()


@cache
def _tools() -> bytes:
    """What every card depends on besides its words."""
    return typesetting.made_with(__file__)


@cache
def _compiler() -> typst.Compiler:
    """The engine, with our fonts only; kept, because it remembers them."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.ROOT]
    )
    return typst.Compiler(_TEMPLATE, root=typesetting.ROOT, font_paths=fonts)
