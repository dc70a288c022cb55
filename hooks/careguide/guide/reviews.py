"""Whether a clinician's review still holds.

What was reviewed has a fingerprint, and the review lapses when it changes.
"""

import datetime
import json
import re
from collections.abc import Iterator
from operator import attrgetter
from pathlib import PurePath
from typing import Any, Literal

from careguide.guide import due
from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.guide.validation import Origin
from careguide.model.fields import Entry, Ref
from careguide.model.kinds import LISTS, PLURALS, TOPICS
from careguide.model.review import Review
from careguide.source.digests import digest
from careguide.source.problems import WrongCallError, nearest, one_of, quoted

NOT_MEDICAL = {"id", "draft", "checked", "reviewed", "common_misspellings", "search_words", "lowered"}
"""Fields that may change without a new review: they say nothing about the illness or what to do."""
SIGNED = (*TOPICS, "criteria", "flows", "services")
"""Kinds that a clinician can sign."""
_LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""Letters alone, because digits look like a number to some editors."""
_WRAP = re.compile(r"(?<!\\n)(?<!\\)((?:\\\\)*)\\n(?=[^\\\s\"*\-#|\d])")
"""A line end inside a paragraph, as JSON writes it, with the backslashes before it, which are two each."""
Standing = Literal["unreviewed", "unreviewed_late", "changed", "changed_late", "overdue", "reviewed"]
"""How a thing stands: each has its sentence in the interface words."""


def fingerprint(guide: Guide, thing: Entry) -> str:
    """Twelve letters that change with what a reviewer answers for.

    That is a thing's medical fields, what it names, how urgent its signs are, and its hand-written page. Line
    ends, comments and the order of fields do not count. The words of a sign do not either: they are reviewed
    with the signs, and stand on many pages.
    """
    named = [leaf.text for leaf in thing.leaves if leaf.mark == Ref("criteria")]
    article = guide.articles.get(path_of(*key(thing)))
    fields = thing.model_dump(mode="json", exclude=NOT_MEDICAL, exclude_defaults=True)
    form = {
        "fields": json.loads(_WRAP.sub(r"\1 ", json.dumps(fields))),
        "urgency": list(map(attrgetter("id", "level", "context"), guide.pick("criteria", named))),
        "page": article.body.split() if article else [],
    }
    return digest(form)[:12].translate(_LETTERS)


def standing(guide: Guide, thing: Any, today: datetime.date) -> Standing:
    """How far a thing has been reviewed. A change since matters more than that a new review is due."""
    late = is_late(guide, thing, today)
    if not thing.reviewed:
        return "unreviewed_late" if late else "unreviewed"
    if thing.reviewed.fingerprint != fingerprint(guide, thing):
        return "changed_late" if late else "changed"
    return "overdue" if late else "reviewed"


def is_late(guide: Guide, thing: Any, today: datetime.date) -> bool:
    """Whether it was due to be checked again on this day or before."""
    return due.state(guide, thing, today) in ("late", "withdrawn")


def sentence(guide: Guide, thing: Any, today: datetime.date) -> str:
    """How far a thing has been reviewed, and when it will be again, in words.

    Nothing for a sign of which neither is known.
    """
    again = due.due(guide, thing)
    if not again:
        return ""
    review = thing.reviewed
    on = review.on if review else thing.checked
    stands = standing(guide, thing, today)
    day = guide.site.locale.day
    by = review.by if review else ""
    return guide.words.text(f"review.{stands}", by=by, on=day(on), due=day(again))


def key(thing: Entry) -> tuple[str, str]:
    """Its kind and id."""
    return PLURALS[thing.singular], thing.id


def reviewed(guide: Guide) -> Iterator[tuple[Entry, Review, Origin]]:
    """What somebody has reviewed, and where it is written."""
    for _, thing, origin in guide.all():
        if review := getattr(thing, "reviewed", None):
            yield thing, review, origin


def reviewable(guide: Guide, name: str) -> Any:
    """The page, sign, flow or service called `cause:dry-air` or by its file. Raises `WrongCallError`."""
    named: dict[str, Entry] = {}
    for kind, thing, origin in guide.all(SIGNED):
        named[f"{thing.singular}:{thing.id}"] = thing
        if kind not in LISTS:
            named[origin.path] = thing
    found = named.get(name) or named.get(PurePath(name).as_posix())
    if not found:
        tip = "Write its kind and its id, such as 'cause:dry-air', or its file."
        message = f"a review must be of a page, a sign, a flow or a service, not {quoted(name)}"
        raise WrongCallError(message, nearest(name, named) or tip)
    return found


def signer(guide: Guide, by: str) -> str:
    """Who signs, as a review names them: called by name, or by name and role. Raises `WrongCallError`."""
    known = guide.site.reviewers
    for each in known:
        if by in (each.name, each.signature):
            return each.signature
    names = list(map(attrgetter("signature"), known))
    listed = f"They are {one_of(map(quoted, names), last='and')}." if names else NOBODY_SIGNS
    message = f"--by must be one of the reviewers in {guide.site_origin.path}, not {quoted(by)}"
    raise WrongCallError(message, nearest(by, names) or listed)


NOBODY_SIGNS = "Add name and role under 'reviewers' there, with their consent; until then nobody can sign."
"""The tip where a guide names no reviewer."""


def check_days(on: datetime.date, again: datetime.date | None, *, today: datetime.date) -> None:
    """A review is on a day that has been, wherever the reviewer lives. Raises `WrongCallError`."""
    if on > today + due.ELSEWHERE:
        tip = "Write the day on which it really happened."
        raise WrongCallError(f"--on must not be in the future, but is {quoted(on)}", tip)
    if again and again <= on:
        tip = "Leave it out: the next review is due after a year."
        raise WrongCallError(f"--due must be after the day of the review, not {quoted(again)}", tip)


def sign(guide: Guide, thing: Entry, *, by: str, on: datetime.date, again: datetime.date | None) -> Review:
    """A review of the thing as it is now. The next one is due after a year, unless another day is given."""
    year = due.months_after(on, 12)
    return Review(by=by, on=on, due=again or year, fingerprint=fingerprint(guide, thing))


# In the file


def signed(text: str, review: Review, *, line: int = 0) -> str:
    """A file with this review in place of an older one, whose comments stay. Nothing else changes.

    The review is that of the file's thing, or, in a list, of the entry that starts on `line`.
    Raises `WrongCallError` for an entry whose fields do not stand on lines of their own.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    start, end, margin = _entry(text, line) if line else (0, len(text), "")
    before, entry, after = text[:start], text[start:end], text[end:]
    reviewed = re.compile(rf"^{margin}reviewed:.*\n(?:{margin} +.*\n| *\n(?={margin} +\S))*", re.MULTILINE)
    if old := reviewed.search(entry):
        comments = re.findall(rf"^{margin} +#.*\n", old.group(), re.MULTILINE)
        new = _written(review, margin, "".join(comments))
        entry = f"{entry[: old.start()]}{new}{entry[old.end() :]}"
    else:
        checked = re.search(rf"^{margin}checked:.*\n", entry, re.MULTILINE)
        place = checked.end() if checked else len(entry)
        entry = f"{entry[:place]}{_written(review, margin)}{entry[place:]}"
    return f"{before}{entry}{after}"


def _entry(text: str, line: int) -> tuple[int, int, str]:
    """Where an entry of a list starts and ends in a file, and the blanks before each of its fields."""
    start = sum(map(len, text.splitlines(keepends=True)[: line - 1]))
    head = re.match(r"( *)- +(?=[\w\"'])", text[start:])
    if not head:
        message = "a review must stand in an entry whose fields stand on lines of their own"
        raise WrongCallError(message, "Write '- id: …', and each other field below it, as in other entries.")
    following = re.compile(rf"^(?! {{{len(head.group())}}}|\s*$)", re.MULTILINE).search(text, start + 1)
    whole = text[start : following.start() if following else len(text)]
    return start, start + len(whole.rstrip()) + 1, " " * len(head.group())


def _written(review: Review, margin: str, comments: str = "") -> str:
    by = json.dumps(review.by, ensure_ascii=False)  # which is YAML too
    return (
        f"{margin}reviewed:\n{comments}{margin}  by: {by}\n{margin}  on: {review.on}\n"
        f"{margin}  due: {review.due}\n{margin}  fingerprint: {review.fingerprint}\n"
    )
