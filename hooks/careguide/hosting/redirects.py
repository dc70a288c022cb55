"""Addresses that once led somewhere: each leads to where the same thing stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from careguide import templating
from careguide.guide.guide import Guide
from careguide.guide.page_paths import PAGE_FOLDERS, SheetLink, path_of
from careguide.model.kinds import TOPICS
from careguide.model.topics import Topic

_TEMPLATES = Path(__file__).parent / "templates"
_OF_SYMPTOMS = ("symptoms", "flows", "clinicians")
"""The kinds of page that a symptom has."""


def moved(guide: Guide, sheets: Sequence[SheetLink]) -> dict[str, str]:
    """The new address of each old one, both from the site's root: '/causes/dry/' → '/causes/dry-air/'.

    Sheets are printed with their address, so those of an old id lead on too.
    """
    found: dict[str, str] = {}
    for kind in TOPICS:
        for thing in guide.of(kind).values():
            for old in thing.formerly:
                found |= _addresses(kind, thing, old, sheets)
    return dict(sorted(found.items()))


def _addresses(kind: str, thing: Topic, old: str, sheets: Sequence[SheetLink]) -> Iterator[tuple[str, str]]:
    for of in _OF_SYMPTOMS if kind == "symptoms" else (kind,):
        yield f"/{PAGE_FOLDERS[of]}/{old}/", f"/{path_of(of, thing.id).removesuffix('.md')}/"
    of_sheets = {"symptoms": ("symptom", "diary", "visit"), "remedies": ("remedy",)}.get(kind, ())
    for sheet in sheets:
        if sheet.about == thing.id and sheet.kind in of_sheets:
            yield f"/handouts/{old}{sheet.id.removeprefix(thing.id)}/", f"/handouts/{sheet.id}/"


def pages(moved: Mapping[str, str], guide: Guide) -> dict[str, bytes]:
    """A page at each old address, for hosts that are told of no redirects, by path on the site."""
    found: dict[str, bytes] = {}
    for old, new in moved.items():
        root = "../" * old.strip("/").count("/") + "../"
        names = {"to": root + new.lstrip("/"), "words": guide.words, "publisher": guide.site}
        found[f"{old.lstrip('/')}index.html"] = templating.html(_TEMPLATES, "moved", names).encode()
    return found
