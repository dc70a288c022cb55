"""Where the page of each thing stands, and the sheets that are printed of it."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from careguide.guide.guide import Guide
from careguide.model.kinds import TOPICS

LIST_PAGES = {
    "criteria": "when-to-get-help.md",
    "urgency": "when-to-get-help.md",
    "services": "find-care.md",
    "glossary": "glossary.md",
    "sources": "sources.md",
    "movements": "movements.md",
    "changes": "changes.md",
}
"""The page on which the entries of a list stand, each at an anchor that is its id."""
MADE_OF_THINGS = frozenset((*(f"{kind}/index.md" for kind in TOPICS), *LIST_PAGES.values(), "handouts.md"))
"""Pages that there are only once something stands on them. A menu may name them before that."""
COUNTRIES = "find-care"
"""The folder in which each country has a page of its own, besides its place in the list of all."""
PAGE_FOLDERS = {**{kind: kind for kind in TOPICS}, "flows": "check", "clinicians": "clinicians"}
"""The folder in which each thing of a kind has a page."""


def path_of(kind: str, id_: str) -> str:
    """Where a thing stands: `causes/dry-air.md`, `glossary.md#vein`. Empty for a kind without a page."""
    if kind in PAGE_FOLDERS:
        return f"{PAGE_FOLDERS[kind]}/{id_}.md"
    return f"{LIST_PAGES[kind]}#{id_}" if kind in LIST_PAGES else ""


def country_path(id_: str) -> str:
    """Where a country has a page of its own: `find-care/gb.md`."""
    return f"{COUNTRIES}/{id_}.md"


def page_file(name: str) -> str:
    """The file of a page that is linked by its name, `page:check`: a page, or the first of a folder."""
    return "check/index.md" if name == PAGE_FOLDERS["flows"] else f"{name}.md"


def topic_of(path: str) -> tuple[str, str]:
    """The kind and id of the thing whose page a path would be: `causes/dry-air.md` → causes, dry-air."""
    kind, _, id_ = path.removesuffix(".md").rpartition("/")
    return kind, id_


def breadcrumbs(guide: Guide, path: str) -> list[dict[str, str]]:
    """The pages above this one, outermost first, each with its address from the site's root."""
    if path == "index.md":
        return []
    section = PurePosixPath(path).parent.name
    above = [_crumb(guide, guide.words.text("pages.home.crumb"), "index.md")]
    if section == PAGE_FOLDERS["flows"] and (symptom := guide.symptoms.get(PurePosixPath(path).stem)):
        above.append(_crumb(guide, symptom.title, path_of("symptoms", symptom.id)))
    if section == COUNTRIES:
        above.append({"title": guide.words.text("pages.services.title"), "address": f"{section}/"})
    if section in TOPICS and not path.endswith("/index.md"):
        above.append(_crumb(guide, guide.words.text(f"pages.{section}.title"), f"{section}/index.md"))
    return above


def _crumb(guide: Guide, title: str, path: str) -> dict[str, str]:
    """A page above another. One in another language says in which."""
    place = guide.place(path)
    crumb = {"title": title, "address": address(place)}
    if guide.translation and place == path:
        crumb["language"] = guide.translation.original.site.locale.base
    return crumb


def address(path: str, site_url: str = "") -> str:
    """The address of a page, from the root of the site: `causes/dry-air.md#it` → causes/dry-air/#it."""
    file, mark, anchor = path.partition("#")
    name = file.removesuffix(".md")
    folder = name.removesuffix("index") if PurePosixPath(name).name == "index" else f"{name}/"
    return f"{site_url}{folder}{mark}{anchor}"


@dataclass(frozen=True)
class PdfFile:
    """One PDF of a sheet, as a link to it needs it."""

    path: str
    paper: str
    """'a4' or 'letter'."""
    size: int
    """Its letters, in points."""
    large: bool
    sides: int
    """The most sides it may have."""


@dataclass(frozen=True)
class SheetLink:
    """A printed sheet, as a page that links to it needs it."""

    id: str
    """Its folder under `handouts/`."""
    kind: str
    """'symptom', 'bilingual', 'diary', 'visit' or 'remedy'."""
    about: str
    """Id of the symptom or the remedy it is about."""
    title: str
    summary: str
    """What it is for, in one sentence without markup."""
    files: tuple[PdfFile, ...]
    withdrawn: str = ""
    """Why it is not offered, in words; empty for a sheet that is."""
