"""What readers will see: two versions of a guide side by side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from careguide.checks import advice
from careguide.flow import changes
from careguide.flow.changes import Changes
from careguide.guide import reviews
from careguide.guide.readability import length, page_sentences
from careguide.guide.selection import day
from careguide.handouts.handout import Handout
from careguide.model.topics import Review, Topic
from careguide.pages.writer import Page
from careguide.pipeline import Site
from careguide.source.problems import Problem

Hunk = tuple[tuple[str, ...], tuple[str, ...]]
"""Sentences that are gone, and those that stand in their place."""


@dataclass(frozen=True)
class Changed:
    """A page that reads differently."""

    page: Page
    """The page as it is now."""
    grades: tuple[float | None, float | None]
    """Its reading grade before and now; None where it has no sentences."""
    hunks: tuple[Hunk, ...]
    """What was said before and is said now."""
    sources_new: tuple[str, ...]
    """Ids of sources it did not cite before."""
    sources_lost: tuple[str, ...]
    """Ids of sources it no longer cites."""

    @property
    def words(self) -> tuple[int, int]:
        """Words that are new, and words that are gone."""
        gone, new = Counter[str](), Counter[str]()
        for before, now in self.hunks:
            gone.update(before)
            new.update(now)
        return _words(new - gone), _words(gone - new)


def _words(sentences: Counter[str]) -> int:
    return sum(map(length, sentences.elements()))


@dataclass(frozen=True)
class Difference:
    """All that differs between two versions, as far as readers see it."""

    added: tuple[Page, ...]
    """Pages that are new."""
    removed: tuple[Page, ...]
    """Pages that are gone."""
    changed: tuple[Changed, ...]
    """Pages that read differently."""
    flows: tuple[Changes, ...]
    """Flows in which a result went up or down."""
    urgency: tuple[tuple[str, str, str], ...]
    """Signs whose own urgency changed: id, level before, level now."""
    sheets: tuple[tuple[str, str], ...]
    """Printed sheets that say something else than before: the title, and 'new', 'gone' or 'changed'."""
    unsigned: tuple[Problem, ...]
    """Lowerings that nobody signed, and flows that cannot be compared."""
    sources_new: tuple[str, ...]
    """Ids of sources that are new in the list."""
    sources_lost: tuple[str, ...]
    """Ids of sources that are no longer in the list."""
    lapsed: tuple[str, ...]
    """Reviews that held before and no longer do, a sentence each."""
    signed: tuple[str, ...]
    """Reviews that are new, a sentence each."""
    advice: tuple[Problem, ...]
    """New sentences that could be plainer."""


def compare(old: Site, new: Site, *, today: datetime.date) -> Difference:
    """What readers of the new version see that readers of the old one did not."""
    before, now = ({page.path: page for page in site.pages} for site in (old, new))
    flows, unsigned = changes.compare(old.guide, new.guide)
    return Difference(
        added=tuple(page for path, page in now.items() if path not in before),
        removed=tuple(page for path, page in before.items() if path not in now),
        changed=tuple(_changed(old, new)),
        flows=tuple(each for each in flows if each.raised or each.lowered),
        urgency=tuple(_urgency(old, new)),
        sheets=tuple(sheets(old.handouts, new.handouts)),
        unsigned=tuple(unsigned),
        sources_new=_missing(new.guide.sources, old.guide.sources),
        sources_lost=_missing(old.guide.sources, new.guide.sources),
        lapsed=tuple(_lapsed(old, new, today)),
        signed=tuple(_signed(old, new)),
        advice=tuple(advice.fresh(old.guide, new.guide)),
    )


# ------------------------------------------------------------------------------------------------------------
# Pages


def _changed(old: Site, new: Site) -> Iterator[Changed]:
    """The pages that stand in both versions and read differently."""
    before = {page.path: page for page in old.pages}
    old_grades, grades = ({page.path: score.grade for page, score in site.scores} for site in (old, new))
    for page in new.pages:
        was = before.get(page.path)
        if was and was.text != page.text:
            yield Changed(
                page,
                (old_grades.get(page.path), grades.get(page.path)),
                tuple(_hunks(was, page)),
                _missing(page.cited, was.cited),
                _missing(was.cited, page.cited),
            )


def _hunks(before: Page, now: Page) -> Iterator[Hunk]:
    old, new = list(page_sentences(before.text)), list(page_sentences(now.text))
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield tuple(old[i:j]), tuple(new[k:m])


def _missing(these: Iterable[str], those: Iterable[str]) -> tuple[str, ...]:
    """What is in these and not in those."""
    known = set(those)
    return tuple(each for each in these if each not in known)


# ------------------------------------------------------------------------------------------------------------
# Sheets, signs and reviews


def sheets(old: Iterable[Handout], new: Iterable[Handout]) -> Iterator[tuple[str, str]]:
    """The printed sheets that are new, gone or say something else.

    Their content codes tell: dates and addresses do not count.
    """
    before, now = ({sheet.id: sheet for sheet in each} for each in (old, new))
    for id_ in sorted({*before, *now}):
        if id_ not in before:
            yield now[id_].title, "new"
        elif id_ not in now:
            yield before[id_].title, "gone"
        elif before[id_].code != now[id_].code:
            yield now[id_].title, "changed"


def _urgency(old: Site, new: Site) -> Iterator[tuple[str, str, str]]:
    """Signs that stand in both versions with another urgency."""
    signs = new.guide.criteria
    for id_, was in old.guide.criteria.items():
        if id_ in signs and signs[id_].level != was.level:
            yield id_, was.level, signs[id_].level


def _lapsed(old: Site, new: Site, today: datetime.date) -> Iterator[str]:
    """Reviews that held in the old version and do not hold in the new one."""
    for (kind, id_), (was, review) in _reviewed(old).items():
        thing = new.guide.of(kind).get(id_)
        held = reviews.standing(old.guide, was, today) in ("reviewed", "overdue")
        if held and thing and reviews.standing(new.guide, thing, today) in ("changed", "unreviewed"):
            yield f"{was.title}: the review by {review.by} of {day(review.on)}"


def _signed(old: Site, new: Site) -> Iterator[str]:
    """Reviews of the new version that the old one did not have."""
    before = _reviewed(old)
    for key, (thing, review) in _reviewed(new).items():
        if key not in before or before[key][1] != review:
            yield f"{thing.title}: by {review.by} on {day(review.on)}, due again on {day(review.due)}"


def _reviewed(site: Site) -> dict[tuple[str, str], tuple[Topic, Review]]:
    """Each thing that a clinician has reviewed, by kind and id, with the review."""
    found = {}
    for kind, thing, _ in site.guide.all():
        if isinstance(thing, Topic) and thing.reviewed:
            found[kind, thing.id] = thing, thing.reviewed
    return found
