"""What readers will see: two versions of a guide side by side."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from careguide.checks import advice
from careguide.flow import changes
from careguide.flow.changes import Changes
from careguide.guide import reviews
from careguide.guide.readability import Score, length, page_sentences
from careguide.guide.selection import day
from careguide.pages.writer import Page
from careguide.pipeline import Site
from careguide.source.problems import Problem

Hunk = tuple[tuple[str, ...], tuple[str, ...]]
"""Sentences that are gone, and those that stand in their place."""


class Sheet(Protocol):
    """A printed sheet, as far as it is compared."""

    id: str
    title: str
    code: str


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
        new, gone = (Counter(each for hunk in self.hunks for each in hunk[side]) for side in (1, 0))
        return sum(length(each) for each in (new - gone).elements()), sum(
            length(each) for each in (gone - new).elements()
        )


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
    """Printed sheets that say something else than before, by title, each with what became of it: new, gone or changed."""
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
    before, now = ({page.path: page for page in made.pages} for made in (old, new))
    flows, unsigned = changes.compare(old.guide, new.guide)
    sources = [made.guide.sources for made in (old, new)]
    return Difference(
        added=tuple(now[path] for path in now if path not in before),
        removed=tuple(before[path] for path in before if path not in now),
        changed=tuple(
            _changed(before[path], now[path], _scores(old), _scores(new))
            for path in now
            if path in before and _differ(before, now, path)
        ),
        flows=tuple(each for each in flows if each.raised or each.lowered),
        urgency=tuple(_urgency(old, new)),
        sheets=tuple(sheets(old.handouts, new.handouts)),
        unsigned=tuple(unsigned),
        sources_new=_missing(sources[1], sources[0]),
        sources_lost=_missing(sources[0], sources[1]),
        lapsed=tuple(_lapsed(old, new, today)),
        signed=tuple(_signed(old, new)),
        advice=tuple(advice.fresh(old.guide, new.guide)),
    )


def _differ(before: Mapping[str, Page], now: Mapping[str, Page], path: str) -> bool:
    return before[path].text != now[path].text


def _scores(made: Site) -> dict[str, Score]:
    return {page.path: score for page, score in made.scores}


def _changed(before: Page, now: Page, then: Mapping[str, Score], scores: Mapping[str, Score]) -> Changed:
    grades = tuple(score and score.grade for score in (then.get(now.path), scores.get(now.path)))
    return Changed(
        now,
        grades,
        tuple(_hunks(before, now)),
        _missing(now.cited, before.cited),
        _missing(before.cited, now.cited),
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


def sheets(old: Iterable[Sheet], new: Iterable[Sheet]) -> Iterator[tuple[str, str]]:
    """The printed sheets that are new, gone or say something else. Their content codes tell: dates and addresses do not count."""
    before, now = ({sheet.id: sheet for sheet in each} for each in (old, new))
    for id in sorted({*before, *now}):
        was, sheet = before.get(id), now.get(id)
        if not (was and sheet):
            yield (sheet or was).title, "new" if sheet else "gone"
        elif was.code != sheet.code:
            yield sheet.title, "changed"


def _urgency(old: Site, new: Site) -> Iterator[tuple[str, str, str]]:
    signs = new.guide.criteria
    for id, was in old.guide.criteria.items():
        if id in signs and signs[id].level != was.level:
            yield id, was.level, signs[id].level


def _lapsed(old: Site, new: Site, today: datetime.date) -> Iterator[str]:
    for (kind, id), was in _reviewed(old).items():
        held = reviews.standing(old.guide, was, today) in ("reviewed", "overdue")
        thing = new.guide.of(kind).get(id)
        if held and thing and reviews.standing(new.guide, thing, today) in ("changed", "unreviewed"):
            yield f"{was.title}: the review by {was.reviewed.by} of {day(was.reviewed.on)}"


def _signed(old: Site, new: Site) -> Iterator[str]:
    before = _reviewed(old)
    for key, thing in _reviewed(new).items():
        if key not in before or before[key].reviewed != thing.reviewed:
            yield f"{thing.title}: by {thing.reviewed.by} on {day(thing.reviewed.on)}, due again on {day(thing.reviewed.due)}"


def _reviewed(made: Site) -> dict[tuple[str, str], reviews.Topic]:
    return {
        (kind, thing.id): thing for kind, thing, _ in made.guide.all() if getattr(thing, "reviewed", None)
    }
