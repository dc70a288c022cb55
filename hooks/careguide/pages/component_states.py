"""Things in every state that a page can show, each made from one thing of the guide.

The page of all parts shows them: what no guide has today can be looked at there too.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from careguide.guide.guide import Guide
from careguide.guide.reviews import fingerprint
from careguide.model.review import Review
from careguide.model.topics import Topic


def fullest(guide: Guide, kind: str) -> Any:
    """The thing of a kind that says most, and so shows most parts; None where there is none."""
    return max(guide.of(kind).values(), key=_fields, default=None)


def _fields(thing: Any) -> tuple[int, str]:
    return sum(bool(value) for _, value in thing), thing.id


def in_reviews(guide: Guide, thing: Topic, by: str, today: datetime.date) -> Iterator[Topic]:
    """A thing that nobody reviewed; then as reviewed by `by`, as long ago, and as changed since."""
    year, now = datetime.timedelta(days=365), fingerprint(guide, thing)
    yield thing.model_copy(update={"reviewed": None})
    for on, seen in ((today, now), (today - 2 * year, now), (today, None)):
        review = Review.model_construct(by=by, on=on, due=on + year, fingerprint=seen)
        yield thing.model_copy(update={"reviewed": review})
