"""Nothing of the three articles the guide grew from is lost: every fact and feature of the inventory stands on the built site, or what the guide says in its place."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, html_files, page

Entry = dict[str, Any]

ENTRIES: list[Entry] = yaml.safe_load((ROOT / "tests" / "inventory.yml").read_text(encoding="utf-8"))


def test_the_inventory_is_whole() -> None:
    """The articles held 198 facts and features; each is listed once, and none may drop out of the list."""
    assert (198, 198) == (len(ENTRIES), len({entry["id"] for entry in ENTRIES}))


def test_every_page_the_inventory_names_is_there(real_site: Path) -> None:
    """A fact is looked for on a page that the site has."""
    assert [] == [entry["id"] for entry in ENTRIES if not _files(real_site, entry["page"])]


def test_every_entry_says_what_to_look_for() -> None:
    """A phrase is long enough to carry its fact and short enough to survive an edit beside it; only a named part of a page may hold fewer words, or none."""
    unclear = [
        entry["id"]
        for entry in ENTRIES
        if not (entry.get("select") or _phrases(entry))
        or any(
            len(phrase.split()) not in range(1 if "select" in entry else 3, 11) for phrase in _phrases(entry)
        )
    ]

    assert [] == unclear


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_every_fact_of_the_inventory_is_on_the_site(entry: Entry, real_site: Path) -> None:
    """A reader who opens the page finds the fact there, or what corrects it; a feature that every page should have is on each."""
    missing = [
        (file.relative_to(real_site).as_posix(), what)
        for file in _files(real_site, entry["page"])
        for what in _missing(entry, file)
    ]

    assert [] == missing


def _missing(entry: Entry, file: Path) -> list[str]:
    """What of an entry a page does not show: the part of the page, or phrases in it."""
    place = entry.get("select") or ("body" if entry["page"] == "*" else "main")
    parts = page(file).select(place)
    text = " ".join(_readable(part) for part in parts)
    is_there = len(parts) == entry["times"] if "times" in entry else bool(parts)
    return [place] * (not is_there) + [phrase for phrase in _phrases(entry) if _plain(phrase) not in text]


def _files(site: Path, name: str) -> list[Path]:
    """The files a page name stands for; a star stands for every page, or for every page of a section."""
    return (
        html_files(site)
        if name == "*"
        else sorted(site.glob("index.html" if name == "index" else f"{name}/index.html"))
    )


def _phrases(entry: Entry) -> list[str]:
    words = entry.get("words", [])
    return [words] if isinstance(words, str) else words


def _readable(part: Any) -> str:
    """The words of a part of a page as they are read, without the list of its sections, the numbers of sources, and their titles, which are not ours."""
    own = copy.copy(part)
    for other in own.select("nav, a.cite, .sources"):
        other.decompose()
    return _plain(own.get_text())


def _plain(text: str) -> str:
    """One space between words, straight quotes."""
    return " ".join(text.translate(str.maketrans("‘’“”", "''\"\"")).split())
