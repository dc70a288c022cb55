"""Careguide: checked data in, a linked health site out. What adapters and tests need is named here."""

from careguide.flow.view import bar
from careguide.guide.guide import Guide
from careguide.guide.services import countries
from careguide.handouts.handout import Handout
from careguide.pages.footnotes import Footnotes
from careguide.pages.writer import Page
from careguide.pipeline import Site, build, cards, exports, pdfs
from careguide.source.problems import FORMATS, Problem, report

__all__ = [
    "FORMATS",
    "Footnotes",
    "Guide",
    "Handout",
    "Page",
    "Problem",
    "Site",
    "bar",
    "build",
    "cards",
    "countries",
    "exports",
    "pdfs",
    "report",
]
