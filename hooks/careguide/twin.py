"""A sheet as bare web pages, without the site's frame: its twin, which says what the PDF says, and for a symptom's sheet a page on which a clinician chooses what to print."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from . import age, order, qr, render
from .guide import Guide
from .handout import FOLDER
from .paper import EDITIONS, PAPERS, content, path, sides
from .sheet import Handout

PARTS = ("now", "avoid", "chart", "ask", "teach", "about")
"""What a clinician may leave out, in order. When to get help, the sources and the review state always stay."""
MOST_CHANGES = 12
"""How many changes since one old version a page tells, so that it stays small."""


@dataclass(frozen=True)
class Twin:
    """A page that stands outside the site's frame."""

    path: str
    """Where it stands on the site: `handouts/rest/index.html`."""
    html: str


@dataclass(frozen=True)
class PdfFile:
    """One PDF of a sheet, as a link to it needs it."""

    path: str
    """Where it stands on the site."""
    paper: str
    """'a4' or 'letter'."""
    size: int
    """Its letters, in points."""
    large: bool
    sides: int
    """The most sides it may have."""


def files(sheet: Handout) -> list[PdfFile]:
    """The PDFs of a sheet."""
    found = ((edition, paper) for edition in EDITIONS for paper in PAPERS)
    return [PdfFile(f"{FOLDER}/{path(sheet, edition, paper)}", paper, edition.size, edition.large, sides(sheet, edition)) for edition, paper in found]


def twins(sheets: Iterable[Handout], guide: Guide, versions: Collection[age.Version] = ()) -> list[Twin]:
    """The bare pages of all sheets, which know the `versions` before. `guide.words` should be `Words`, so that a word that is missing is noted."""
    return [twin for sheet in sheets for twin in _twins(sheet, guide, versions)]


def _twins(sheet: Handout, guide: Guide, versions: Collection[age.Version]) -> Iterator[Twin]:
    shown = {
        "sheet": sheet,
        "about": guide.things["remedies" if sheet.kind == "remedy" else "symptoms"][sheet.about].title,
        "data": content(sheet, EDITIONS[-1], guide.words, {}),  # as in large print: a page has room for every word
        "words": guide.words,
        "files": files(sheet),
        "qr": qr.svg(sheet.link, inline=True),
        "checked": order.day(datetime.date.fromisoformat(sheet.checked)),
        "old": [(old, order.day(old.on), age.changes(old, sheet, guide)) for old in age.of(sheet, versions)],
        "drawings": [step.picture for remedy in sheet.remedies for step in remedy.steps if step.picture],
        "choices": PARTS,
        "most": MOST_CHANGES,
    }
    yield Twin(f"{FOLDER}/{sheet.id}/index.html", render.html("web", **shown, root="../../"))
    if sheet.kind == "symptom":
        yield Twin(f"{FOLDER}/{sheet.id}/tailor/index.html", render.html("tailor", **shown, root="../../../"))
