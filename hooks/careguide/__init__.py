"""Careguide's core: checked data in, linked pages out. It knows no engine; adapters need only what is named here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from . import drafts, drawings, figures, flow_rules, links, reading, rules, settings
from . import guide as _guide
from . import pages as _pages
from .footnotes import with_footnotes
from .guide import Guide
from .order import emergency_numbers
from .pages import Page
from .problems import FORMATS, Problem, report
from .reading import Score

__all__ = ["FORMATS", "Guide", "Made", "Page", "Problem", "emergency_numbers", "make", "report", "with_footnotes"]


@dataclass(frozen=True)
class Made:
    """All that comes of one project folder."""

    guide: Guide
    """What the data says, linked."""
    pages: list[Page]
    """Every page, sorted by path. Only worth publishing where nothing blocks."""
    scores: list[tuple[Page, Score]]
    """How hard each page is to read."""
    problems: list[Problem]
    """What is wrong, sorted by file and line."""

    @property
    def blocked(self) -> bool:
        """Whether anything is wrong that must not be published."""
        return any(problem.blocks for problem in self.problems)


def make(root: Path, *, today: datetime.date, with_drafts: bool = False) -> Made:
    """Read, check and write the guide under `root`. Everything that is wrong is found in one run, in drafts too; their pages come `with_drafts` alone."""
    cache = root / ".cache"
    guide, problems = _guide.load(root)
    wrong = [*flow_rules.check(guide, cache), *drafts.check(guide)]
    shown = guide if with_drafts else drafts.published(guide)
    # A guide that is wrong has no figures to publish.
    numbers = {} if problems or wrong else {id: figures.figures(id, shown, cache) for id in shown.things["flows"]}
    pages, more = _pages.pages(shown, today=today, figures=numbers)
    scores = reading.scores(pages, guide.reading)
    problems = [*problems, *wrong, *more, *rules.check(shown, scores, today=today), *links.check(shown, pages)]
    problems += [*settings.check(root, {page.path for page in pages}), *drawings.check(root)]
    if shown is not guide:  # drafts are checked among the pages they will stand with
        pages_too, more = _pages.pages(guide, today=today)
        problems += [*more, *rules.check(guide, reading.scores(pages_too, guide.reading), today=today), *links.check(guide, pages_too)]
    return Made(shown, pages, scores, sorted(set(problems)))
