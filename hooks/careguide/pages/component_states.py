"""Things in every state that a page can show, made from one thing of the guide: what the page of all parts shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from careguide.guide.guide import Guide
from careguide.guide.reviews import fingerprint
from careguide.model.fields import Grade
from careguide.model.topics import Cause, Review, Topic, Verdict


def fullest(guide: Guide, kind: str) -> Any:
    """The thing of a kind that says most, and so shows most parts; None where there is none."""
    return max(guide.of(kind).values(), key=_fields, default=None)


def _fields(thing: Any) -> tuple[int, str]:
    return sum(bool(value) for _, value in thing), thing.id


def in_grades(thing: Topic) -> Iterator[Topic]:
    """A thing with each grade of support."""
    return (
        thing.model_copy(update={"support": thing.support.model_copy(update={"grade": grade})})
        for grade in get_args(Grade)
    )


def in_verdicts(remedy: Topic) -> Iterator[Topic]:
    """A remedy with each verdict."""
    return _with_each(remedy, "verdict", get_args(Verdict))


def in_likelihoods(cause: Topic) -> Iterator[Topic]:
    """A cause with each likelihood."""
    return _with_each(cause, "likelihood", get_args(Cause.model_fields["likelihood"].annotation))


def in_reviews(guide: Guide, thing: Topic, by: str, today: datetime.date) -> Iterator[Topic]:
    """A thing that nobody reviewed, then with a review that holds, one that is over, and one since which it has changed. `by` stands for the reviewer: there is none."""
    year, now = datetime.timedelta(days=365), fingerprint(guide, thing)
    made = ((today, today + year, now), (today - 2 * year, today - year, now), (today, today + year, None))
    return _with_each(
        thing,
        "reviewed",
        [None, *(Review.model_construct(by=by, on=on, due=due, fingerprint=seen) for on, due, seen in made)],
    )


def _with_each(thing: Topic, field: str, values: Iterable[Any]) -> Iterator[Topic]:
    return (thing.model_copy(update={field: value}) for value in values)


MADE = (fullest, in_grades, in_verdicts, in_likelihoods, in_reviews)
"""What the template may call."""
