"""Which rules look at a guide once its pages are written, and at the files beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from careguide.checks import (
    article_shape,
    budgets,
    content_files,
    drawings,
    editorial,
    links,
    mkdocs_settings,
    project_files,
    site,
    translations,
)
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.page_paths import path_of
from careguide.guide.readability import Score
from careguide.guide.translation import Texts
from careguide.handouts import versions
from careguide.handouts.handout import Handout
from careguide.model.kinds import TOPICS
from careguide.source.cache import Cache
from careguide.source.problems import Problem, named

Scores = Sequence[tuple[Page, Score]]


def pages(guide: Guide, written: Sequence[Page], scores: Scores, known: Cache, root: Path) -> list[Problem]:
    """What is wrong with a guide once its pages are written. What was found out before is `known`."""
    found = list(named(editorial.pages_are_easy(guide, scores)))
    found += budgets.check(guide, budgets.counts(written, guide.reading, known))
    found += article_shape.check(guide, written, mkdocs_settings.text(root))
    return found + links.check(guide, written, mkdocs_settings.extensions(root), root)


def translated_pages(
    guide: Guide, texts: Texts, written: Iterable[Page], scores: Scores, original: Iterable[Page], root: Path
) -> list[Problem]:
    """What is wrong with a translation once its pages are written beside those of the original."""
    found = [*translations.check(guide, texts), *named(editorial.pages_are_easy(guide, scores))]
    # A link leads to a page of the translation, or where that has none to the original's.
    there = {page.path: page for page in original}
    for page in written:
        path = page.path.removeprefix(f"{texts.language}/")
        there[path] = replace(page, path=path)
    return found + links.check(guide, list(there.values()), mkdocs_settings.extensions(root), root)


def files(
    guide: Guide, written: Iterable[Page], sheets: Iterable[Handout], root: Path, cache: Path | None
) -> list[Problem]:
    """What is wrong with the files beside the guide's texts, once pages and sheets are made."""
    found = list(versions.check(sheets, versions.load(root)[0]))
    found += mkdocs_settings.check(root, {page.path for page in written} | _unread(guide), guide.site)
    found += site.check(guide, root)
    found += drawings.check(guide, root)
    found += project_files.check(guide, root, cache)
    own, settings = mkdocs_settings.own_files(root), mkdocs_settings.text(root)
    return [*found, *content_files.check(root, own, settings)]


def _unread(guide: Guide) -> set[str]:
    """The pages there would be if all that is written could be read: a link to one is not what is wrong."""
    found: set[str] = set()
    for kind, name in guide.origins:
        if kind in TOPICS:
            found |= {path_of(kind, name), f"{kind}/index.md"}
        elif page := path_of(kind, name):
            found.add(page.partition("#")[0])
    return found
