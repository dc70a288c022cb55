"""Whether a clinician's review still holds.

What was reviewed has a fingerprint, and the review lapses when it changes.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import PurePath
from typing import Literal

from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.model.fields import Ref
from careguide.model.kinds import PLURALS, TOPICS
from careguide.model.lists import Criterion
from careguide.model.topics import Review, Topic
from careguide.source.digests import digest
from careguide.source.problems import WrongCallError, nearest, quoted

NOT_MEDICAL = {"id", "draft", "checked", "reviewed", "common_misspellings", "search_words"}
"""Fields that may change without a new review: they say nothing about the illness or what to do."""

_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Letters alone, because digits look like a number to some editors."""

_WRAP = re.compile(r"(?<!\\n)\\n(?=[^\\\s\"*\-#|\d])")
"""A line end inside a paragraph, as JSON writes it: where a line is broken does not count."""

Standing = Literal["unreviewed", "changed", "overdue", "reviewed"]
"""How a page stands: each has its sentence in the interface words."""


def fingerprint(guide: Guide, thing: Topic) -> str:
    """Twelve letters that change with what a reviewer answers for.

    That is a thing's medical fields, what it names, how urgent its signs are, and its hand-written page. Line
    ends, comments and the order of fields do not count. The words of a sign do not either: they are reviewed
    with the signs, and stand on many pages.
    """
    named = [leaf.text for leaf in thing.leaves if leaf.mark == Ref("criteria")]
    article = guide.articles.get(path_of(*key(thing)))
    fields = thing.model_dump(mode="json", exclude=NOT_MEDICAL, exclude_defaults=True)
    form = {
        "fields": json.loads(_WRAP.sub(" ", json.dumps(fields))),
        "urgency": [_level_of(sign) for sign in guide.pick("criteria", named)],
        "page": article.body.split() if article else [],
    }
    return digest(form)[:12].translate(_LETTERS)


def _level_of(sign: Criterion) -> tuple[str, str, tuple[str, ...]]:
    return sign.id, sign.level, sign.context


def standing(guide: Guide, thing: Topic, today: datetime.date) -> Standing:
    """How far a page has been reviewed. A change since matters more than that a new review is due."""
    if not thing.reviewed:
        return "unreviewed"
    if thing.reviewed.fingerprint != fingerprint(guide, thing):
        return "changed"
    return "overdue" if thing.reviewed.due < today else "reviewed"


def sentence(guide: Guide, thing: Topic, today: datetime.date) -> str:
    """How far a page has been reviewed, in words."""
    review = thing.reviewed
    if not review:
        return guide.words.text("review.unreviewed", on=guide.site.locale.day(thing.checked))
    stands = standing(guide, thing, today)
    day = guide.site.locale.day
    return guide.words.text(f"review.{stands}", by=review.by, on=day(review.on), due=day(review.due))


def key(thing: Topic) -> tuple[str, str]:
    """Its kind and id."""
    return PLURALS[thing.singular], thing.id


def reviewable(guide: Guide, name: str) -> Topic:
    """The thing with a page that is called so. Raises `WrongCallError`.

    It is called by its kind and id, `cause:dry-air`, or by its file, `data/causes/dry-air.yml`.
    """
    named: dict[str, Topic] = {}
    for kind in TOPICS:
        for thing in guide.of(kind).values():
            named[f"{thing.singular}:{thing.id}"] = thing
            named[guide.origins[kind, thing.id].path] = thing
    found = named.get(name) or named.get(PurePath(name).as_posix())
    if not found:
        tip = "Write its kind and its id, such as 'cause:dry-air', or its file."
        message = f"a review must be of a thing with a page, not {quoted(name)}"
        raise WrongCallError(message, nearest(name, named) or tip)
    return found


def check_signature(by: str, on: datetime.date, due: datetime.date | None, *, today: datetime.date) -> None:
    """A review is by somebody with a profession, on a day that has been. Raises `WrongCallError`."""
    if not re.fullmatch(r"[^\s<>][^<>]*, *[^\s<>][^<>]*", by):
        tip = "Write both, with a comma between them: 'A. Person, nurse'."
        raise WrongCallError(f"--by must be a name and a profession, not {quoted(by)}", tip)
    if on > today:
        tip = "Write the day on which it really happened."
        raise WrongCallError(f"--on must not be in the future, but is {quoted(on)}", tip)
    if due and due <= on:
        tip = "Leave it out: the next review is due after a year."
        raise WrongCallError(f"--due must be after the day of the review, not {quoted(due)}", tip)


def sign(guide: Guide, thing: Topic, *, by: str, on: datetime.date, due: datetime.date | None) -> Review:
    """A review of the thing as it is now. The next one is due after a year, unless another day is given."""
    return Review(by=by, on=on, due=due or _a_year_after(on), fingerprint=fingerprint(guide, thing))


def _a_year_after(day: datetime.date) -> datetime.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap_day else day.day)


# ------------------------------------------------------------------------------------------------------------
# In the file


def signed(text: str, review: Review) -> str:
    """A thing's file with this review in place of an older one, whose comments stay. Nothing else changes."""
    text = text if text.endswith("\n") else f"{text}\n"
    if old := _REVIEWED.search(text):
        new = _written(review, "".join(_COMMENT.findall(old.group())))
        return f"{text[: old.start()]}{new}{text[old.end() :]}"
    checked = _CHECKED.search(text)
    place = checked.end() if checked else len(text)
    return f"{text[:place]}{_written(review)}{text[place:]}"


def _written(review: Review, comments: str = "") -> str:
    by = json.dumps(review.by, ensure_ascii=False)  # which is YAML too
    return (
        f"reviewed:\n{comments}  by: {by}\n  on: {review.on}\n  due: {review.due}\n"
        f"  fingerprint: {review.fingerprint}\n"
    )


_CHECKED = re.compile(r"^checked:.*\n", re.MULTILINE)
_REVIEWED = re.compile(r"^reviewed:.*\n(?: +.*\n| *\n(?= +\S))*", re.MULTILINE)
"""The field with all lines that belong to it."""
_COMMENT = re.compile(r"^ +#.*\n", re.MULTILINE)
