"""Addresses that once led somewhere: each leads to where the same thing stands now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from careguide import templating
from careguide.guide.guide import Guide
from careguide.guide.page_paths import PAGE_FOLDERS, SheetLink, path_of
from careguide.model.kinds import TOPICS
from careguide.model.topics import Topic

_TEMPLATES = Path(__file__).parent / "templates"
_OF_SYMPTOMS = ("symptoms", "flows", "clinicians")
"""The kinds of page that a symptom has."""


def moved(
    guide: Guide, sheets: Iterable[SheetLink], pages: Collection[str], languages: Collection[str]
) -> dict[str, str]:
    """The new address of each old one, both from the site's root: '/causes/dry/' → '/causes/dry-air/'.

    `pages` has the paths that there are, and `languages` the folder of each language, the original's
    empty. Sheets are printed with their address, so those of an old id lead on too.
    """
    found: dict[str, str] = {}
    for kind, thing, _ in guide.all(TOPICS):
        for old in thing.formerly:
            found |= _pages(kind, thing, old, pages, languages)
            found |= _sheets(kind, thing, old, sheets)
    return dict(sorted(found.items()))


def _pages(
    kind: str, thing: Topic, old: str, pages: Collection[str], languages: Collection[str]
) -> Iterator[tuple[str, str]]:
    for language in languages:
        start = f"{language}/" if language else ""
        for of in _OF_SYMPTOMS if kind == "symptoms" else (kind,):
            new = start + path_of(of, thing.id)
            if new in pages:
                yield f"/{start}{PAGE_FOLDERS[of]}/{old}/", f"/{new.removesuffix('.md')}/"


def _sheets(kind: str, thing: Topic, old: str, sheets: Iterable[SheetLink]) -> Iterator[tuple[str, str]]:
    kinds = {"symptoms": ("symptom", "bilingual", "diary", "visit"), "remedies": ("remedy",)}.get(kind, ())
    for sheet in sheets:
        if sheet.about == thing.id and sheet.kind in kinds:
            language, _, name = f"/{sheet.id}".rpartition("/")
            yield f"/handouts{language}/{old}{name.removeprefix(thing.id)}/", f"/handouts/{sheet.id}/"


def pages(moved: Mapping[str, str], editions: Mapping[str, Guide]) -> dict[str, bytes]:
    """A page at each old address, for hosts that are told of no redirects, by path on the site."""
    found: dict[str, bytes] = {}
    for old, new in moved.items():
        root = "../" * old.strip("/").count("/") + "../"
        guide = editions[""]
        for language, edition in editions.items():
            if old.startswith((f"/{language}/", f"/handouts/{language}/")):
                guide = edition
        names = {"to": root + new.lstrip("/"), "words": guide.words, "publisher": guide.site}
        found[f"{old.lstrip('/')}index.html"] = templating.html(_TEMPLATES, "moved", names).encode()
    return found
