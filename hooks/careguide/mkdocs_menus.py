"""Menus: where the frame of each language leads, as MkDocs has the pages."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

from careguide import pipeline
from careguide.guide import history
from careguide.guide.guide import CONTENT, Guide
from careguide.pages.feedback import Feedback
from careguide.pages.footnotes import Footnotes
from careguide.pages.frame import Way, title_in


@dataclass
class Edition:
    """The guide in one language, as the theme shows it."""

    guide: Guide
    frame: Mapping[str, Any]
    footnotes: Footnotes
    index: Mapping[str, Any]
    search: str = ""
    ways: dict[str, Way] = field(default_factory=dict)
    """The pages that the frame links to, by the paths of their originals."""
    menu: list[Way] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    """The addresses of its pages, by the paths of their originals."""


def without(menu: Any, missing: Collection[str]) -> Any:
    """A menu without its entries for pages that have nothing on them yet."""
    kept = []
    for entry in menu or ():
        name, target = next(iter(entry.items())) if isinstance(entry, dict) else ("", entry)
        if isinstance(target, list):
            kept.append({name: without(target, missing)})
        elif target not in missing:
            kept.append(entry)
    return kept if menu else menu


def lead(edition: Edition, nav: Navigation, files: Files) -> None:
    """Find where the frame of a language leads: to its own pages, else to those of the original."""
    for item in nav.items:
        if isinstance(item, Page) and not item.is_homepage:
            if way := _way(edition.guide, item.file.src_uri, files, str(item.title)):
                edition.menu.append(way)
        elif isinstance(item, Link):
            edition.menu.append(Way("", item.url, item.title))
    for file in files.documentation_pages():
        path = file.src_uri
        is_original = file.page and "language" not in file.page.meta
        if is_original and (way := _way(edition.guide, path, files)):
            edition.ways[path] = way
            if not way.language:
                edition.own[path] = way.url


def _way(guide: Guide, path: str, files: Files, title: str = "") -> Way | None:
    """The link of a language to a page, which the original calls by a title; None where there is no page."""
    mine, place = guide.translation, guide.place(path)
    file = files.get_file_from_path(place)
    if not file or not file.page:
        return None
    title = title if title and not mine else str(file.page.title)
    if not mine or place != path:
        return Way(path, file.url, title)
    own = title_in(guide, path)
    return Way(path, file.url, own or title, mine.original.site.locale.base, named=bool(own))


def date(files: Iterable[File], guide: Guide) -> None:
    """Let the sitemap say when a page was last checked or changed, where the engine would say today.

    So a site is the same on whatever day it is built. Pages of several things have the day of the newest.
    """
    days = history.days(guide)
    newest = max(days.values(), default=datetime.date(2000, 1, 1))
    for file in files:
        if file.page:
            original = file.page.meta.get("original", file.src_uri)
            file.page.update_date = days.get(original, newest).isoformat()


def feedback(site: pipeline.Site, config: MkDocsConfig) -> dict[str, Feedback]:
    """How readers say that something is wrong, and where it is put right, by language."""
    root = Path(config.config_file_path).parent
    files = set[str]()
    for page in site.pages:
        files.update(path for path, _ in page.files if (root / path).is_file())
    edit = (config.edit_uri or "").removesuffix(f"{CONTENT}/")
    found: dict[str, Feedback] = {}
    for language, guide in site.editions.items():
        pages = site.pages_in(language)
        found[language] = Feedback(guide, pages, files, repository=config.repo_url or "", edit=edit)
    return found
