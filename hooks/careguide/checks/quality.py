"""What can be counted about a guide, for the page that tells how good it is: nothing is judged here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from careguide.checks import budgets
from careguide.flow.safety_figures import Figures
from careguide.guide import due, readability, reviews
from careguide.guide.due import Dated
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.readability import Score
from careguide.model.lists import Source
from careguide.source.cache import Cache

_LINK = re.compile(r"\]\((?P<target>[^()\s]+)\)")


@dataclass(frozen=True)
class Reviewed:
    """How many things of one kind a clinician has reviewed, in the form that they have now."""

    kind: str
    holds: int
    all: int


@dataclass(frozen=True)
class Quality:
    """The figures of a guide. None depends on the day, so the page changes only with what it counts."""

    reviewed: list[Reviewed]
    pages: list[tuple[Page, int, float | None]]
    """Each page that has a budget of words, with its words and its reading grade, the hardest first."""
    words: int
    grade: float | None
    """The mean reading grade of a word; None in a language that has no formula."""
    repeated: float
    """The share of words in sentences that stand on two pages or more, from 0 to 100."""
    inside: int
    """Links to other pages of the guide."""
    outside: int
    """Addresses on other sites, each counted once."""
    sources: list[tuple[str, list[Source]]]
    due: list[Dated]
    """What must be checked again, the earliest first."""
    undated: int
    """Warning signs of which no day is known on which they were checked."""
    stories: int
    """Made-up patients that are followed through the questions."""
    faults: int
    """Faults that were put into the questions on purpose."""
    found: int
    """How many of them the checks found."""


def quality(
    guide: Guide,
    pages: Iterable[Page],
    scores: Sequence[tuple[Page, Score]],
    figures: Iterable[Figures],
    kept: Cache | None = None,
) -> Quality:
    """All figures of a guide, its pages and its checks; `kept` are the pages that were counted before."""
    faults, missed = 0, 0
    for each in figures:
        if each.mutants:
            faults += sum(each.mutants.made.values())
            missed += len(each.mutants.missed)
    made = list(pages)
    counted = budgets.counts(made, guide.reading, kept)
    grades = {page.path: score.grade for page, score in scores}
    listed = [(count.page, count.whole, grades.get(count.page.path)) for count in counted]
    listed.sort(key=lambda each: (-(each[2] or 0), each[0].path))
    repeated = 0
    for sentence, on in budgets.told_again(guide, counted).items():
        repeated += readability.length(sentence) * len(on)
    words = sum(count.whole for count in counted)
    targets = [target for page in made for target in _LINK.findall(page.text)]
    away = {target for target in targets if target.startswith("https://")}
    return Quality(
        reviewed=[_reviewed(guide, kind) for kind in reviews.SIGNED if guide.of(kind)],
        pages=listed,
        words=words,
        grade=_mean(scores),
        repeated=100 * repeated / max(words, 1),
        inside=sum(".md" in target for target in targets if target not in away),
        outside=len(away),
        sources=_by_kind(guide.sources.values()),
        due=sorted(due.dated(guide), key=lambda each: (each.due, each.kind, each.thing.id)),
        undated=sum(due.due(guide, sign) is None for sign in guide.criteria.values()),
        stories=sum(len(each.stories) for each in guide.vignettes.values()),
        faults=faults,
        found=faults - missed,
    )


def _reviewed(guide: Guide, kind: str) -> Reviewed:
    things: list[Any] = list(guide.of(kind).values())
    holds = 0
    for thing in things:
        if thing.reviewed and thing.reviewed.fingerprint == reviews.fingerprint(guide, thing):
            holds += 1
    return Reviewed(kind, holds, len(things))


def _mean(scores: Iterable[tuple[Page, Score]]) -> float | None:
    total, words = 0.0, 0
    for _, score in scores:
        if score.grade is not None:
            total += score.grade * score.words
            words += score.words
    return total / words if words else None


def _by_kind(sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(source.kind, []).append(source)
    return sorted(groups.items(), key=lambda each: -len(each[1]))
