"""Misspelt ids of this guide: the tip names the one that was meant."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from careguide.guide import loader
from careguide.model.kinds import KINDS
from conftest import load
from sites import GUIDE

NEVER_LINKED = {"flows", "vignettes", "hazards", "services", "urgency"}


def misspelt(name: str) -> set[str]:
    """An id with one letter dropped, two swapped, one doubled, and one wrong; never the hyphen."""
    places = [place for place, letter in enumerate(name) if letter != "-"]
    drop, swap, double, wrong = (places[len(places) * part // 5] for part in (1, 2, 3, 4))
    wrongly = "x" if name[wrong] != "x" else "y"
    found = {
        name[:drop] + name[drop + 1 :],
        name[:swap] + name[swap + 1 : swap + 2] + name[swap] + name[swap + 2 :],
        name[:double] + name[double] + name[double:],
        name[:wrong] + wrongly + name[wrong + 1 :],
    }
    return {each for each in found if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)}


AT_ONCE = 150
"""Links on a page: of more than 200 problems in a file, only the first are told."""


def test_misspelt_ids_are_recognised(tmp_path: Path) -> None:
    """Of all ids, misspelt in four ways each, at least 95 % get the right 'Did you mean'."""
    guide = load(GUIDE)
    wrong = [
        (kind, name, each)
        for kind in KINDS
        if kind not in NEVER_LINKED
        for name in guide.of(kind)
        for each in sorted(misspelt(name))
        if each not in guide.of(kind)
    ]
    for folder in ("data", "content"):
        shutil.copytree(GUIDE / folder, tmp_path / folder)
    for start in range(0, len(wrong), AT_ONCE):
        some = wrong[start : start + AT_ONCE]
        links = "\n\n".join(f"[its page]({KINDS[kind].singular}:{each})" for kind, _, each in some)
        page = tmp_path / f"content/misspelt-{start}.md"
        page.write_text(
            f"---\ntitle: Misspelt {start}\ndescription: All.\n---\n\n# Misspelt\n\n{links}\n",
            encoding="utf-8",
        )

    _, problems = loader.load(tmp_path)
    tips = {}
    for each in problems:
        if file := re.fullmatch(r"content/misspelt-(\d+)\.md", each.path):
            tips[int(file[1]) + (each.line - 8) // 2] = each.tip
    lost = [each for place, each in enumerate(wrong) if tips.get(place) != f"Did you mean '{each[1]}'?"]

    assert len(wrong) > 1000
    assert len(lost) <= 0.05 * len(wrong), lost
