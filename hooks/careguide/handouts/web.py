"""A sheet as bare web pages, without the site's frame.

One says what the PDF says. A symptom's sheet has another, on which a clinician chooses what to print.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from careguide import styling, templating
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.handouts import qr
from careguide.handouts import versions as sheet_versions
from careguide.handouts.handout import FOLDER, Handout
from careguide.handouts.layout import EDITIONS, content, files
from careguide.model.site import Site

PARTS = ("causes", "now", "avoid", "ask", "teach", "about")
"""What a clinician may leave out, in order. When to get help, sources and the review state always stay."""
_TEMPLATES = Path(__file__).parent / "templates"
MOST_CHANGES = 12
"""How many changes since one old version a page tells, so that it stays small."""


@dataclass(frozen=True)
class WebSheet:
    """A page that stands outside the site's frame."""

    path: str
    """Where it stands on the site: `handouts/rest/index.html`."""
    html: str


@dataclass(frozen=True)
class SheetLook:
    """The styles and the script of bare pages."""

    paths: dict[str, str]
    """Where each stands on the site, by the name that templates have for it."""
    files: dict[str, bytes]
    """What it holds, by path."""


def look(site: Site) -> SheetLook:
    """The look of bare pages, as it is now: under `serve` a change shows at once."""
    style, form, script = (
        (_TEMPLATES / name).read_text(encoding="utf-8") for name in ("web.css", "tailor.css", "tailor.js")
    )
    files = styling.Look(colours=site.colours.given())
    paths = {
        "sheet": files.bare_style("sheet", style),
        "tailor": files.add("tailor.css", form),
        "tailor_script": files.add("tailor.js", script),
    }
    return SheetLook(paths, files.files)


def web_sheets(
    sheets: Iterable[Handout],
    guide: Guide,
    versions: Collection[sheet_versions.Version] = (),
    cache: Path | None = None,
) -> list[WebSheet]:
    """The bare pages of all sheets, which know the `versions` before. Compiled templates go to `cache`."""
    paths = look(guide.site).paths
    return [page for sheet in sheets for page in _of(sheet, guide, paths, versions, cache)]


def _of(
    sheet: Handout,
    guide: Guide,
    look: dict[str, str],
    versions: Collection[sheet_versions.Version],
    cache: Path | None,
) -> Iterator[WebSheet]:
    shown = {
        "sheet": sheet,
        "about": guide.of("remedies" if sheet.kind == "remedy" else "symptoms")[sheet.about].title,
        # As in large print: a page has room for every word. Its drawings are files of the site.
        "data": content(sheet, EDITIONS[-1], guide, {}),
        "words": guide.words,
        "publisher": guide.site,
        "files": list(files(sheet)),
        "qr": qr.svg(sheet.link, inline=True),
        "checked": selection.day(datetime.date.fromisoformat(sheet.checked)),
        "old": [
            (version, selection.day(version.on), sheet_versions.changes(version, sheet, guide))
            for version in sheet_versions.of(sheet, versions)
        ],
        "drawings": [section.pictures for section in sheet.sections],
        "choices": PARTS,
        "most": MOST_CHANGES,
        "look": look,
    }

    def html(template: str, root: str) -> str:
        return templating.html(_TEMPLATES, template, {**shown, "root": root}, cache)

    yield WebSheet(f"{FOLDER}/{sheet.id}/index.html", html("web", root="../../"))
    if sheet.kind == "symptom":
        yield WebSheet(f"{FOLDER}/{sheet.id}/tailor/index.html", html("tailor", root="../../../"))
