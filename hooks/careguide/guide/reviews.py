"""Whether a clinician's review still holds: what was reviewed has a fingerprint, and the review lapses when it changes."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import PurePath
from typing import Literal

from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.model.fields import Ref
from careguide.model.kinds import PLURALS
from careguide.model.topics import Review, Topic
from careguide.source.cache import digest
from careguide.source.problems import nearest, quoted

NOT_MEDICAL = {"id", "draft", "checked", "reviewed", "common_misspellings"}
"""Fields that may change without a new review: they say nothing about the illness or what to do."""

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Letters alone, because digits look like a number to some editors."""

Standing = Literal["unreviewed", "changed", "overdue", "reviewed"]
"""How a page stands: each has its sentence in the interface words."""


def fingerprint(guide: Guide, thing: Topic) -> str:
    """Twelve letters that change with what a reviewer answers for: its medical fields, what it names, how urgent its signs are, and its hand-written page.

    Line ends, comments and the order of fields do not count. The words of a sign do not either: they are reviewed with the signs, and stand on many pages.
    """
    signs = [guide.criteria.get(leaf.text) for leaf in thing.leaves if leaf.mark == Ref("criteria")]
    article = guide.articles.get(path_of(*key(thing)))
    form = {
        "fields": thing.model_dump(mode="json", exclude=NOT_MEDICAL, exclude_defaults=True),
        "urgency": [(sign.id, sign.level, sign.context) for sign in signs if sign],
        "page": article.body.split() if article else [],
    }
    return digest(form)[:12].translate(_LETTERS)


def standing(guide: Guide, thing: Topic, today: datetime.date) -> Standing:
    """How far a page has been reviewed. That it has changed since matters more than that a new review is due."""
    if not thing.reviewed:
        return "unreviewed"
    if thing.reviewed.fingerprint != fingerprint(guide, thing):
        return "changed"
    return "overdue" if thing.reviewed.due < today else "reviewed"


def key(thing: Topic) -> tuple[str, str]:
    """Its kind and id."""
    return PLURALS[thing.singular], thing.id


def reviewable(guide: Guide, name: str) -> tuple[Topic | None, str]:
    """The thing with a page that is called `cause:caffeine` or `data/causes/caffeine.yml`, or what is wrong with the name."""
    named = {f"{thing.singular}:{thing.id}": thing for _, thing, _ in guide.all() if isinstance(thing, Topic)}
    files = {guide.origins[key(thing)].path: thing for thing in named.values()}
    thing = named.get(name) or files.get(PurePath(name).as_posix())
    tip = (
        nearest(name, [*named, *files]) or "Write its kind and its id, such as 'cause:caffeine', or its file."
    )
    return (
        thing,
        "" if thing else f"a review must be of a thing with a page, not {quoted(name)}\n  Tip: {tip}",
    )


def complaint(by: str, on: datetime.date, due: datetime.date | None, *, today: datetime.date) -> str:
    """What is wrong with a signature; empty where nothing is."""
    if not re.fullmatch(r"[^\s<>][^<>]*, *[^\s<>][^<>]*", by):
        return f"--by must be a name and a profession, not {quoted(by)}\n  Tip: Write both, with a comma between them: 'A. Person, nurse'."
    if on > today:
        return f"--on must not be in the future, but is {quoted(on)}\n  Tip: Write the day on which it really happened."
    if due and due <= on:
        return f"--due must be after the day of the review, not {quoted(due)}\n  Tip: Leave it out: the next review is due after a year."
    return ""


def sign(guide: Guide, thing: Topic, *, by: str, on: datetime.date, due: datetime.date | None) -> Review:
    """A review of the thing as it is now. The next one is due after a year, unless another day is given."""
    return Review(by=by, on=on, due=due or _a_year_after(on), fingerprint=fingerprint(guide, thing))


def _a_year_after(day: datetime.date) -> datetime.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


def signed(text: str, review: Review) -> str:
    """A thing's file with this review in it, in the place of an older one. Nothing else changes; comments in the older one stay."""
    text = text if text.endswith("\n") else f"{text}\n"
    old = _REVIEWED.search(text) or _CHECKED.search(text)
    if not old:
        return f"{text}{_written(review)}"
    kept = old.group() if old.re is _CHECKED else ""
    comments = "" if kept else "".join(_COMMENT.findall(old.group()))
    return f"{text[: old.start()]}{kept}{_written(review, comments)}{text[old.end() :]}"


def _written(review: Review, comments: str = "") -> str:
    by = json.dumps(review.by, ensure_ascii=False)
    return f"reviewed:\n{comments}  by: {by}\n  on: {review.on}\n  due: {review.due}\n  fingerprint: {review.fingerprint}\n"


_CHECKED = re.compile(r"^checked:.*\n", re.MULTILINE)
_REVIEWED = re.compile(r"^reviewed:.*\n(?: +.*\n| *\n(?= +\S))*", re.MULTILINE)
"""The field with all lines that belong to it."""
_COMMENT = re.compile(r"^ +#.*\n", re.MULTILINE)
