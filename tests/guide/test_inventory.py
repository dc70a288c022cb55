"""Nothing of the three articles the guide grew from is lost.

Each fact and feature of `inventory.yml` stands on the built site, or what the guide says in its place.
A fact may be worded anew: it counts as there while one paragraph, row or heading has most of its words.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from sites import html_files, page

Entry = dict[str, Any]

ENTRIES: list[Entry] = yaml.safe_load(Path(__file__).with_name("inventory.yml").read_text(encoding="utf-8"))
PAGES = {
    name: list(entries)
    for name, entries in groupby(
        sorted(ENTRIES, key=lambda entry: entry["page"]), lambda entry: entry["page"]
    )
}

BLOCKS = "p, li, td, tr, dt, dd, h1, h2, h3, h4, summary"
"""What holds one thought."""

SMALL = """
a an and are as at be been but by can could do does for from had has have if in into is it its may might
more most no not of off on or our so some such than that the their them then there these they
this to too up was what when where which who will with you your
"""
"""Words that carry no fact."""


def test_the_inventory_is_whole() -> None:
    """The articles held 198 facts and features; each is listed once, and none may drop out of the list."""
    assert (198, 198) == (len(ENTRIES), len({entry["id"] for entry in ENTRIES}))


def test_every_entry_says_what_to_look_for() -> None:
    """A phrase has enough words to carry its fact; only a named part of a page may hold fewer, or none."""
    unclear = [
        entry["id"]
        for entry in ENTRIES
        if not (entry.get("select") or _phrases(entry))
        or ("select" not in entry and any(len(_words(phrase)) < 2 for phrase in _phrases(entry)))
    ]

    assert [] == unclear


@pytest.mark.parametrize("name", PAGES)
def test_every_fact_of_the_inventory_is_on_its_page(name: str, real_site: Path) -> None:
    """A reader who opens the page finds each fact there, or what corrects it."""
    files = _files(real_site, name)

    assert files
    assert [] == [
        (file.relative_to(real_site).as_posix(), entry["id"], what)
        for file in files
        for entry in PAGES[name]
        for what in _missing(entry, page(file))
    ]


def test_a_fact_that_is_gone_is_missed() -> None:
    """A sentence may be worded anew; where it is gone, or its words stand apart, the fact is missing."""
    entry = {"page": "x", "words": "A twitch starts when a nerve fires by itself"}

    def missing(html: str) -> list[str]:
        return _missing(entry, BeautifulSoup(f"<main>{html}</main>", "html.parser"))

    assert [] == missing("<p>Twitches start because one nerve fires by itself.</p>")
    assert [entry["words"]] == missing("<p>A twitch is short.</p><p>A nerve may start it.</p>")
    assert [entry["words"]] == missing("")


def _missing(entry: Entry, shown: BeautifulSoup) -> list[str]:
    """What of an entry a page does not show: a named part of the page, or phrases."""
    place = entry.get("select") or ("body" if entry["page"] == "*" else "main")
    parts = shown.select(place)
    whole = parts if "select" in entry else [block for part in parts for block in part.select(BLOCKS)]
    blocks = [_words(_readable(block)) for block in whole]

    is_there = len(parts) == entry["times"] if "times" in entry else bool(parts)
    missing = [] if is_there else [place]
    for phrase in _phrases(entry):
        wanted = _words(phrase)
        most = len(wanted) - len(wanted) // 4
        if not any(len(wanted & block) >= most for block in blocks):
            missing.append(phrase)
    return missing


def _files(site: Path, name: str) -> list[Path]:
    """The files a page name stands for; a star stands for every page, or for every page of a section.

    The facts are in English, so pages in another language are not among them.
    """
    if name == "*":
        language = page(site / "index.html").html["lang"]
        return [file for file in html_files(site) if page(file).html["lang"] == language]
    return sorted(site.glob("index.html" if name == "index" else f"{name}/index.html"))


def _phrases(entry: Entry) -> list[str]:
    words = entry.get("words", [])
    return [words] if isinstance(words, str) else words


def _readable(part: Tag) -> str:
    """The words of a part of a page, without the numbers of sources, their list, and the list of sections."""
    hidden = {id(each) for each in part.select(":scope nav, :scope a.cite, :scope .sources")}
    return " ".join(
        text for text in part.find_all(string=True) if not hidden & {id(above) for above in text.parents}
    )


def _words(text: str) -> frozenset[str]:
    """The words of a text that carry a fact, cut so that 'twitch' and 'twitches' are one."""
    plain = text.translate(str.maketrans("‘’“”", "''\"\"")).lower()
    return frozenset(
        word.rstrip("s")[:6]
        for word in re.findall(r"[a-z0-9][a-z0-9'-]*", plain)
        if word not in SMALL.split()
    )
