"""A sheet as bare web pages, without the site's frame: its twin, which says what the PDF says, and for a symptom's sheet a page on which a clinician chooses what to print."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from careguide import templating
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.handouts import qr
from careguide.handouts import versions as sheet_versions
from careguide.handouts.build import FOLDER
from careguide.handouts.handout import Handout
from careguide.handouts.layout import EDITIONS, content, files

PARTS = ("now", "avoid", "ask", "teach", "about")
"""What a clinician may leave out, in order. When to get help, the sources and the review state always stay."""
MOST_CHANGES = 12
"""How many changes since one old version a page tells, so that it stays small."""


@dataclass(frozen=True)
class Twin:
    """A page that stands outside the site's frame."""

    path: str
    """Where it stands on the site: `handouts/rest/index.html`."""
    html: str


def twins(
    sheets: Iterable[Handout], guide: Guide, versions: Collection[sheet_versions.Version] = ()
) -> list[Twin]:
    """The bare pages of all sheets, which know the `versions` before."""
    return [twin for sheet in sheets for twin in _twins(sheet, guide, versions)]


def _twins(sheet: Handout, guide: Guide, versions: Collection[sheet_versions.Version]) -> Iterator[Twin]:
    shown = {
        "sheet": sheet,
        "about": guide.of("remedies" if sheet.kind == "remedy" else "symptoms")[sheet.about].title,
        "data": content(
            sheet, EDITIONS[-1], guide.words, {}
        ),  # as in large print: a page has room for every word
        "words": guide.words,
        "files": files(sheet),
        "qr": qr.svg(sheet.link, inline=True),
        "checked": selection.day(datetime.date.fromisoformat(sheet.checked)),
        "old": [
            (old, selection.day(old.on), sheet_versions.changes(old, sheet, guide))
            for old in sheet_versions.of(sheet, versions)
        ],
        "drawings": [step.picture for remedy in sheet.remedies for step in remedy.steps if step.picture],
        "choices": PARTS,
        "most": MOST_CHANGES,
    }
    yield Twin(f"{FOLDER}/{sheet.id}/index.html", templating.html("web", **shown, root="../../"))
    if sheet.kind == "symptom":
        yield Twin(
            f"{FOLDER}/{sheet.id}/tailor/index.html", templating.html("tailor", **shown, root="../../../")
        )
