"""A sheet as bare web pages, without the site's frame.

One says what the PDF says. A symptom's sheet has another, on which a clinician chooses what to print.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from careguide import styling, templating
from careguide.guide import foreign, services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address
from careguide.handouts import qr
from careguide.handouts import versions as sheet_versions
from careguide.handouts.handout import FOLDER, Handout
from careguide.handouts.layout import EDITIONS, content, files
from careguide.handouts.versions import Version
from careguide.source.cache import Cache
from careguide.source.digests import code_digest

_TEMPLATES = Path(__file__).parent / "templates"


def web_sheets(
    sheets: Iterable[Handout],
    guide: Guide,
    versions: Collection[Version] = (),
    compiled: templating.Store | None = None,
    cache: Path | None = None,
) -> dict[str, bytes]:
    """The bare pages of all sheets with their styles and their script, by path on the site.

    They know the `versions` before. Templates are kept `compiled`, QR codes in `cache`. The look is read each
    time: under `serve` a change shows at once.
    """
    look = styling.Look(colours=guide.site.colours.given())
    paths = {
        "sheet": look.bare_style("sheet", _read("web.css")),
        "tailor": look.add("tailor.css", _read("tailor.css")),
        "tailor_script": look.add("tailor.js", _read("tailor.js")),
    }
    language = guide.translation.folder if guide.translation else ""
    codes = Cache(cache and cache / f"codes{language}.json", code_digest(qr.__name__))
    pages: dict[str, bytes] = {}
    for sheet in sheets:
        root = "../../" + "../" * sheet.id.count("/")
        names = {**_names(sheet, guide, versions, codes), "look": paths, "root": root}
        html = templating.html(_TEMPLATES, "bilingual" if sheet.beside else "web", names, compiled)
        pages[f"{FOLDER}/{sheet.id}/index.html"] = _told(html, guide)
        if sheet.kind == "symptom" and not sheet.withdrawn:
            html = templating.html(_TEMPLATES, "tailor", {**names, "root": f"../{root}"}, compiled)
            pages[f"{FOLDER}/{sheet.id}/tailor/index.html"] = _told(html, guide)
    codes.close()
    return pages | look.files


def _countries(sheet: Handout, guide: Guide) -> Iterator[tuple[str, str, dict[int, str]]]:
    """Each country by id and name, with what to do there at each level of a sheet, by its number."""
    for service in guide.services.values():
        told = {each.number: services.whom_to_call(guide.urgency[each.id], service) for each in sheet.levels}
        yield service.id, service.country, told


def _told(html: str, guide: Guide) -> bytes:
    """A page as it is sent: what is in another language than the page says so."""
    original = guide.translation.original if guide.translation else guide
    return foreign.in_html(html, original.site.locale.base).encode()


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _names(sheet: Handout, guide: Guide, versions: Collection[Version], codes: Cache) -> dict[str, Any]:
    """What the templates of a sheet can name."""
    original = guide.translation.original if guide.translation else guide
    return {
        "sheet": sheet,
        "about": guide.of("remedies" if sheet.kind == "remedy" else "symptoms")[sheet.about].title,
        # As in large print: a page has room for every word. Its drawings are files of the site.
        "data": content(sheet, EDITIONS[-1], guide, {}),
        "words": guide.words,
        "original": original,
        "beside": partial(zip, strict=True),
        "original_lists": address("handouts.md"),
        "publisher": guide.site,
        "lists": address(guide.place("handouts.md")),
        "files": list(files(sheet)),
        "countries": list(_countries(sheet, guide)),
        # Drawing one takes longer than the whole rest of a sheet.
        "qr": codes.made(sheet.link, partial(qr.svg, sheet.link, inline=True)),
        "checked": guide.site.locale.day(datetime.date.fromisoformat(sheet.checked)),
        "old": [
            (version, guide.site.locale.day(version.on), sheet_versions.changes(version, sheet, guide))
            for version in sheet_versions.of(sheet, versions)
        ],
        "drawings": [section.pictures for section in sheet.sections],
    }
