"""Things in every state that a page can show, each made from one thing of the guide.

The page of all parts shows them: what no guide has today can be looked at there too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from careguide.guide.guide import Guide
from careguide.guide.reviews import fingerprint
from careguide.model.fields import Grade
from careguide.model.topics import Cause, Remedy, Review, Topic, Treatment, Verdict


def fullest(guide: Guide, kind: str) -> Any:
    """The thing of a kind that says most, and so shows most parts; None where there is none."""
    return max(guide.of(kind).values(), key=_fields, default=None)


def _fields(thing: Any) -> tuple[int, str]:
    return sum(bool(value) for _, value in thing), thing.id


def in_grades(thing: Cause | Remedy | Treatment) -> Iterator[Topic]:
    """A thing with each grade of support."""
    for grade in get_args(Grade):
        support = thing.support.model_copy(update={"grade": grade})
        yield thing.model_copy(update={"support": support})


def in_verdicts(remedy: Topic) -> Iterator[Topic]:
    """A remedy with each verdict."""
    return _with_each(remedy, "verdict", get_args(Verdict))


def in_likelihoods(cause: Topic) -> Iterator[Topic]:
    """A cause with each likelihood."""
    return _with_each(cause, "likelihood", get_args(Cause.model_fields["likelihood"].annotation))


def in_reviews(guide: Guide, thing: Topic, by: str, today: datetime.date) -> Iterator[Topic]:
    """A thing that nobody reviewed; then one reviewed, one long ago, and one that has changed since.

    `by` stands for the reviewer: there is none.
    """
    year, now = datetime.timedelta(days=365), fingerprint(guide, thing)
    yield thing.model_copy(update={"reviewed": None})
    for on, seen in ((today, now), (today - 2 * year, now), (today, None)):
        review = Review.model_construct(by=by, on=on, due=on + year, fingerprint=seen)
        yield thing.model_copy(update={"reviewed": review})


def _with_each(thing: Topic, field: str, values: Iterable[Any]) -> Iterator[Topic]:
    for value in values:
        yield thing.model_copy(update={field: value})
