"""What must be checked again, and when, as a calendar that editors subscribe to: iCalendar (RFC 5545)."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vText

from careguide.guide import due
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of
from careguide.guide.selection import name_of

FILE = "changes/reviews.ics"
"""Where it stands on the site."""


class _Day(NamedTuple):
    """A day on which something must be looked at."""

    due: datetime.date
    since: datetime.date
    """The day from which it is counted."""
    thing: Any
    page: str


def calendar(guide: Guide, site_url: str = "") -> bytes:
    """One day for each thing and each source that has one, the same on whatever day it is made."""
    words = guide.words
    host = urlsplit(site_url).hostname or "careguide.invalid"
    made = Calendar()
    made.add("prodid", f"-//{guide.site.name}//Careguide//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", vText(words.text("changes.calendar", name=guide.site.name)))
    for day in sorted(_days(guide), key=lambda each: (each.due, each.thing.singular, each.thing.id)):
        event = Event()
        event.add("uid", f"{day.thing.singular}-{day.thing.id}@{host}")
        # The standard wants a moment; this one is the same whenever the calendar is made.
        event.add("dtstamp", datetime.datetime.combine(day.since, datetime.time(), datetime.UTC))
        event.add("dtstart", day.due)
        event.add("summary", words.text("changes.again", name=name_of(day.thing)))
        event.add("transp", "TRANSPARENT")
        if day.page and site_url:
            event.add("url", address(day.page, site_url))
        made.add_component(event)
    text: bytes = made.to_ical()
    return text


def _days(guide: Guide) -> Iterator[_Day]:
    for each in due.dated(guide):
        review = getattr(each.thing, "reviewed", None)
        days = filter(None, (getattr(each.thing, "checked", None), review and review.on))
        yield _Day(each.due, max(days), each.thing, path_of(each.kind, each.thing.id))
    for source in guide.sources.values():
        if source.next_review and not source.draft:
            since = source.last_checked or source.next_review
            yield _Day(source.next_review, since, source, path_of("sources", source.id))
