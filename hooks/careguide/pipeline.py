"""A project folder → its pages, sheets, figures and problems: the one place that knows all rooms."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from careguide.checks import drawings as drawing_rules
from careguide.checks import editorial, links, mkdocs_settings
from careguide.checks import handouts as handout_rules
from careguide.flow import rules as flow_rules
from careguide.flow import safety_figures, view
from careguide.guide import drafts, loader, readability
from careguide.guide.guide import Guide
from careguide.guide.readability import Score
from careguide.handouts import build as sheets_of
from careguide.handouts import layout, web
from careguide.handouts import versions as sheet_versions
from careguide.handouts.handout import Handout
from careguide.handouts.web import Twin
from careguide.pages import writer
from careguide.pages.writer import Page
from careguide.source.problems import Problem


@dataclass(frozen=True)
class Site:
    """All that comes of one project folder."""

    guide: Guide
    """What the data says, linked."""
    pages: list[Page]
    """Every page, sorted by path. Only worth publishing where nothing blocks."""
    handouts: list[Handout]
    """Every printed sheet, sorted by id. Likewise."""
    twins: list[Twin]
    """The sheets as bare web pages."""
    scores: list[tuple[Page, Score]]
    """How hard each page is to read."""
    problems: list[Problem]
    """What is wrong, sorted by file and line."""

    @property
    def blocked(self) -> bool:
        """Whether anything is wrong that must not be published."""
        return any(problem.blocks for problem in self.problems)


def build(root: Path, *, today: datetime.date, with_drafts: bool = False, site_url: str = "") -> Site:
    """Read, check and write the guide under `root`. Everything that is wrong is found in one run, in drafts too; their pages come `with_drafts` alone.

    Sheets name `site_url`, the site's public address; without one they have no QR code.
    """
    cache = root / ".cache"
    guide, problems = loader.load(root, cache)
    wrong = [*flow_rules.check(guide, cache), *drafts.check(guide)]
    shown = guide if with_drafts else drafts.published(guide)
    # A guide that is wrong has no figures to publish.
    numbers = (
        {}
        if any(each.blocks for each in (*problems, *wrong))
        else {id: safety_figures.figures(id, shown, cache) for id, _ in view.checks(shown)}
    )
    sheets, bare, unprintable = _sheets(shown, root, today, site_url)
    links_to_sheets = [layout.link_to(sheet) for sheet in sheets]
    pages, more = writer.pages(shown, today=today, figures=numbers, sheets=links_to_sheets)
    extensions = mkdocs_settings.extensions(root)
    known = readability.known(guide.reading, cache)
    scores = readability.scores(pages, guide.reading, known)
    problems = [
        *problems,
        *wrong,
        *more,
        *editorial.check(shown, scores, today=today),
        *links.check(shown, pages, extensions),
    ]
    problems += [
        *mkdocs_settings.check(root, {page.path for page in pages}),
        *drawing_rules.check(guide, root),
    ]
    problems += unprintable
    if shown is not guide:  # drafts are checked among the pages they will stand with
        pages_too, more = writer.pages(guide, today=today, sheets=links_to_sheets)
        problems += [
            *more,
            *editorial.check(guide, readability.scores(pages_too, guide.reading, known), today=today),
            *links.check(guide, pages_too, extensions),
        ]
    known.close()
    return Site(shown, pages, sheets, bare, scores, sorted(set(problems)))


def _sheets(
    guide: Guide, root: Path, today: datetime.date, site_url: str
) -> tuple[list[Handout], list[Twin], list[Problem]]:
    """Every printed sheet, also as a bare web page, and what is wrong with them before one is printed."""
    sheets = sheets_of.handouts(guide, site_url=site_url, today=today)
    versions, unread = sheet_versions.load(root)
    bare = web.twins(sheets, guide, versions)
    found = [
        *handout_rules.check(guide, sheets, site_url=site_url, cache=root / ".cache"),
        *unread,
        *sheet_versions.check(sheets, versions),
    ]
    return sheets, bare, found


def cards(site: Site, root: Path) -> dict[str, bytes]:
    """The picture of each page that shows when it is shared, as PNG by its path in the site. They are kept in the project's `.cache`."""
    from careguide.pages import (
        social_cards,
    )  # not above, because a check sets nothing, and the typesetter takes long to load

    return social_cards.cards(site.pages, site.guide.words, root)


def pdfs(
    site: Site, root: Path, *, only: Collection[str] = (), only_kept: bool = False
) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of all sheets, or of those about `only` these things, by path; and what does not fit on its paper.

    They are kept in the project's `.cache`; with `only_kept` nothing is made that is not there already.
    """
    from careguide.handouts import pdf_files  # likewise

    chosen = [each for each in site.handouts if not only or each.id in only or each.about in only]
    return pdf_files.pdfs(chosen, site.guide, root, only_kept=only_kept)
