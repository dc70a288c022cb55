"""Rules about days: those that cannot be, and those on which something must be checked again."""

import calendar
import datetime
import re
from collections.abc import Callable, Iterator

from careguide.checks.safety import AUTHORITY
from careguide.guide import due
from careguide.guide.due import ELSEWHERE, Dated, State
from careguide.guide.guide import Guide
from careguide.guide.reviews import NOBODY_SIGNS, reviewed
from careguide.model.fields import WRITE_ID
from careguide.model.kinds import PLURALS
from careguide.model.site import UNNAMED
from careguide.source.problems import Problem, blocked, nearest, one_of, quoted

_SLOW_CLOCK = datetime.timedelta(days=31)
"""A clock may be slow by this much, and a date that is no further ahead will soon be true."""
_FEW = 5
"""So many things of one sort are each named at their line; more are told at once."""
_YEAR = re.compile(r"(?<![\d/-])(1\d{3}|2\d{3})(?!\d)")
OLDEST = 1900
"""The first year of which a source is believed."""
LONGEST_VALID, LONGEST_CHECKED, LONGEST_DUE = 50, 20, 10
"""The most years since an authority said something and since it was checked, and until a next review."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"\b(?P<day>\d{1,2}) (?P<month>[^\W\d_]+) (?P<year>\d{4})\b")


def is_a_day(said: re.Match[str]) -> bool:
    """Whether a date in words, '2 May 2025', was ever in the calendar."""
    month, year = said["month"].lower(), int(said["year"])
    known = month in (*_MONTHS, "sept") or month in map(str.lower, calendar.month_name)
    return known and 0 < int(said["day"]) <= calendar.monthrange(year, _MONTHS.index(month[:3]) + 1)[1]


def dates_of_sources_are_days(guide: Guide, _today: datetime.date) -> Iterator[Problem]:
    """What is said of a source's date must have a number, and each day in it must be in the calendar."""
    tip = "Write the date as the page shows it, such as '2 May 2025'."
    for name, source in guide.sources.items() if guide.site.locale.base == "en" else ():
        days = _DAY.finditer(source.date or "")
        wrong = next((said.group() for said in days if not is_a_day(said)), "")
        years = re.findall(
            r"(?:published|updated|reviewed)\D{0,4}(?:\d{1,2} )?[^\W\d]* ?(\d{4})", source.date or ""
        )
        if source.date and (not re.search(r"\d", source.date) or years != sorted(years)):
            wrong = source.date
        if wrong:
            message = f"must be a day or a year that can be, not {quoted(wrong)}"
            yield guide.origins["sources", name].problem(("date",), message, tip)


def dates_are_likely(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """A date must be one that can be: no source of next year, no check of long ago, no review due before it.

    What an authority says is newer than a study may be.
    """
    found: list[Problem] = []
    tip = "Write the date as the page shows it; advice that old needs a newer source."
    for name, source in guide.sources.items():
        oldest = today.year - LONGEST_VALID if source.kind in AUTHORITY else OLDEST
        for year in map(int, _YEAR.findall(re.split(r"\b(?:due|next|until)\b", source.date or "")[0])):
            if not oldest <= year <= (today + _SLOW_CLOCK).year:
                message = f"must be a date that can be, but has the year {year}"
                found.append(guide.origins["sources", name].problem(("date",), message, tip))
            elif (seen := source.last_checked) and year > seen.year:
                message = f"must not be before {year}, of which the source is, but is {quoted(seen)}"
                origin = guide.origins["sources", name]
                found.append(origin.problem(("last_checked",), message, "Look at the year."))
    for _, thing, origin in guide.all():
        for field in ("checked", "last_checked"):
            date = getattr(thing, field, None)
            if date and date.year < today.year - LONGEST_CHECKED:
                message = f"must be the day on which it was really checked, not {quoted(date)}"
                found.append(origin.problem((field,), message, "Look at the year."))
    yield from _few(guide, found, "must be days that can be", today)
    for _, review, origin in reviewed(guide):
        if not review.on < review.due or review.due.year > review.on.year + LONGEST_DUE:
            must = f"must be within {LONGEST_DUE} years after the review on {review.on}"
            tip = "Ask the reviewer; most say one to three years."
            yield origin.problem(("reviewed", "due"), f"{must}, not {quoted(review.due)}", tip)


def dates_are_past(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """What has been checked or reviewed was checked or reviewed in the past, wherever the writer lives.

    A date that is a little ahead is worth a notice.
    """
    ahead: list[Problem] = []
    for _, thing, origin in guide.all():
        review = getattr(thing, "reviewed", None)
        places = (("checked",), ("last_checked",), ("on",), ("reviewed", "on"))
        for loc in places:
            date = getattr(review if loc[0] == "reviewed" else thing, loc[-1], None)
            if date and date > today + ELSEWHERE:
                message = f"must not be in the future, but is {quoted(date)}"
                tip = "Write the day on which it really happened."
                blocks = date > today + _SLOW_CLOCK
                ahead.append(origin.problem(loc, message, tip, blocks=blocks))
    yield from _few(guide, ahead, "must not be in the future", today)


def _few(guide: Guide, found: list[Problem], must: str, today: datetime.date) -> Iterator[Problem]:
    """What is wrong with dates; where it is many, that is one problem, about the clock."""
    if len(found) <= _FEW:
        yield from found
        return
    first = found[0]
    where = f"{first.path}:{first.line}"
    message = f"dates {must}, but many are wrong, such as in {where}; today is {quoted(today)}"
    tip = "Set this computer's clock, or write the days on which it really happened."
    yield Problem(guide.site_origin.path, 1, message, tip, blocks=blocked(found))


PRINTED = ("symptoms", "remedies")
"""Kinds that have printed sheets."""
_AGAIN: dict[State, str] = {
    "soon": "must be checked again by",
    "late": "was to be checked again by",
    "withdrawn": "has its sheets withdrawn, because it was to be checked again by",
}


def things_are_checked_again(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """What must be checked again is worth a notice from 30 days before; its page says so from the day on."""
    found: dict[State, list[Dated]] = {"withdrawn": [], "late": [], "soon": []}
    for each in due.dated(guide):
        state = due.state(guide, each.thing, today)
        if state == "withdrawn" and each.kind not in PRINTED:
            state = "late"
        if state != "current":
            found[state].append(each)
    for state, things in found.items():
        if len(things) <= _FEW:
            yield from (_again(each, state) for each in things)
        else:
            things.sort(key=lambda each: each.due)
            names = [f"{each.thing.singular}:{each.thing.id}" for each in things]
            listed = f"{', '.join(names[:_FEW])} and {len(names) - _FEW} more"
            message = f"each of {len(names)} {_AGAIN[state]} {quoted(things[0].due)} or later: {listed}"
            tip = "Start with the first, and spread the rest over the year: the calendar on the site has all."
            yield Problem(guide.site_origin.path, 1, message, tip, blocks=False)


def _again(each: Dated, state: State) -> Problem:
    """The notice about one thing, at the day from which the next is counted."""
    if getattr(each.thing, "reviewed", None):
        line, tip = each.origin.line(("reviewed", "due")), "Ask for a new review."
    else:
        line = each.origin.line(("checked",))
        tip = "Compare its words to their sources, and write the day down. Never guess a day."
    message = f"{each.thing.singular} {quoted(each.thing.id)} {_AGAIN[state]} {quoted(each.due)}"
    return Problem(each.origin.path, line, message, tip, blocks=False)


def sources_are_current(guide: Guide, today: datetime.date) -> Iterator[Problem]:
    """A source past the day that its publisher set for looking at it again may say something else by now."""
    past = [each for each in guide.sources.values() if each.next_review and each.next_review < today]
    if past:
        past.sort(key=lambda each: (each.next_review, each.id))
        names = ", ".join(f"{each.id} ({each.next_review})" for each in past)
        message = f"is past, so the page may say something else by now: {names}"
        tip = "Open it, compare what is cited to it, and write down the days that it shows now."
        yield guide.origins["sources", past[0].id].problem(("next_review",), message, tip, blocks=False)


def reviewers_are_known(guide: Guide, _today: datetime.date) -> Iterator[Problem]:
    """Only those whom the guide names as reviewers can have signed anything."""
    if guide.site is UNNAMED:
        return  # a problem says so already
    names = [each.signature for each in guide.site.reviewers]
    for _, review, origin in reviewed(guide):
        if review.by not in names:
            listed = f"They are {one_of(map(quoted, names), last='and')}." if names else NOBODY_SIGNS
            message = f"must be one of the reviewers in {guide.site_origin.path}, not {quoted(review.by)}"
            yield origin.problem(("reviewed", "by"), message, nearest(review.by, names) or listed)


def changes_are_about_things(guide: Guide, _today: datetime.date) -> Iterator[Problem]:
    """What a change is about must be there, so that its page can name it."""
    known: dict[str, None] = {}
    for _, thing, _ in guide.all():
        known[f"{thing.singular}:{thing.id}"] = None
    for name, change in guide.changes.items():
        origin = guide.origins["changes", name]
        for index, about in enumerate(change.about):
            kind, _, id_ = about.partition(":")
            if change.draft and id_ == WRITE_ID:
                continue
            if about not in known and guide.whole(PLURALS.get(kind, "")):
                tip = nearest(about, known) or "Write its kind and its id, such as 'cause:dry-air'."
                yield origin.problem(("about", index), f"must name a thing, not {quoted(about)}", tip)


DATE_RULES: tuple[Callable[[Guide, datetime.date], Iterator[Problem]], ...] = (
    dates_are_past,
    dates_are_likely,
    dates_of_sources_are_days,
    things_are_checked_again,
    sources_are_current,
    reviewers_are_known,
    changes_are_about_things,
)
