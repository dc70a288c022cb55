"""When what a page says must be checked again, and what follows where nobody does."""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.model.fields import Entry

NOTICE = datetime.timedelta(days=30)
"""How long before it is due editors are told."""
WITHDRAWN = datetime.timedelta(days=180)
"""How long after it was due a printed sheet is withdrawn: paper lasts, and nobody can mend it."""
ELSEWHERE = datetime.timedelta(days=1)
"""By how much a writer's day can be ahead of UTC: in Auckland it is tomorrow already."""
State = Literal["current", "soon", "late", "withdrawn"]
"""current; soon (due within 30 days); late (on the day and after); withdrawn (180 days late and more)."""


@dataclass(frozen=True)
class Dated:
    """A thing that must be checked again."""

    kind: str
    thing: Any
    origin: Origin
    due: datetime.date


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return datetime.date(day.year + years, month + 1, min(day.day, last))


def due(guide: Guide, thing: Entry) -> datetime.date | None:
    """The day on which a thing must be checked again; None where no day is known on which it was checked.

    A review is a check too. Its reviewer may ask for an earlier day than the guide's own interval.
    """
    checked, review = getattr(thing, "checked", None), getattr(thing, "reviewed", None)
    days = list(filter(None, (checked, review and review.on)))
    if not days:
        return None
    own = months_after(max(days), interval(guide, thing))
    return min(own, review.due) if review else own


def interval(guide: Guide, thing: Entry) -> int:
    """After how many months a thing must be checked again: by what a mistake in it would do."""
    each = guide.site.check_again
    if thing.singular in ("criterion", "flow", "symptom"):
        return each.signs
    if thing.singular == "service":
        return each.numbers
    return each.medicines if getattr(thing, "medicines", ()) else each.prose


def state(guide: Guide, thing: Entry, today: datetime.date) -> State:
    """How a thing stands on a day."""
    day = due(guide, thing)
    if not day or today < day - NOTICE:
        return "current"
    if today < day:
        return "soon"
    return "late" if today < day + WITHDRAWN else "withdrawn"


def dated(guide: Guide) -> Iterator[Dated]:
    """Everything that must be checked again, with its day, in the order of the guide."""
    for kind, thing, origin in guide.all():
        day = due(guide, thing)
        if day and not thing.draft:
            yield Dated(kind, thing, origin, day)
