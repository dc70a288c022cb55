"""Careguide: checked data in, a linked health site out. What adapters and tests need is named here."""

from careguide.guide.guide import Guide
from careguide.guide.selection import emergency_numbers
from careguide.handouts.handout import Handout
from careguide.pages.footnotes import Footnotes
from careguide.pages.writer import Page
from careguide.pipeline import Site, build, cards, pdfs
from careguide.source.problems import FORMATS, Problem, report

__all__ = [
    "FORMATS",
    "Footnotes",
    "Guide",
    "Handout",
    "Page",
    "Problem",
    "Site",
    "build",
    "cards",
    "emergency_numbers",
    "pdfs",
    "report",
]
