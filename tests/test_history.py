"""What the guide says otherwise than before: its page, its feed, the calendar, and who is reminded of it."""

from __future__ import annotations

import datetime
from xml.etree import ElementTree as ET

import pytest
from careguide.cli import main
from careguide.exports import feed, reviews_calendar
from careguide.guide import due, history
from conftest import EXAMPLE, Project, changed, load, page, problems
from icalendar import Calendar

pytestmark = pytest.mark.usefixtures("today")

SITE = "https://nose.example/"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
CHANGES, PICKING = "data/changes.yml", "data/causes/picking.yml"


def test_readers_see_what_changed_newest_first_with_the_way_to_it() -> None:
    """Each change has its day, its words and links; each page names the last change of what it is about."""
    text = page(EXAMPLE, "changes.md")

    assert text.index("10 November 2026") < text.index("3 November 2026")
    assert "We now ask about heavy bleeding first." in text
    assert "[Weak blood vessels](causes/weak-vessels.md)" in text
    told = "Last change, on 10 November 2026: We now ask about heavy bleeding first."
    assert told in page(EXAMPLE, "causes/weak-vessels.md")
    assert "Last change" not in page(EXAMPLE, "causes/picking.md")


def test_a_feed_has_all_that_a_reader_of_feeds_needs() -> None:
    """What RFC 4287 requires of a feed and of each entry; ids that last; the days of what it is about."""
    guide = load(EXAMPLE)
    made = feed.feed(guide, SITE)
    root = ET.fromstring(made)
    entries = root.findall("a:entry", ATOM)

    assert made == feed.feed(guide, SITE)
    assert len(guide.changes) == len(entries)
    for each in (root, *entries):
        assert all(each.findtext(f"a:{name}", "", ATOM).strip() for name in ("id", "title", "updated"))
    assert root.findtext("a:author/a:name", "", ATOM) == guide.site.owner
    assert [f"{SITE}changes/feed.xml", f"{SITE}changes/"] == [
        e.get("href") for e in root.findall("a:link", ATOM)
    ]
    assert len({each.findtext("a:id", "", ATOM) for each in entries}) == len(entries)
    assert root.findtext("a:updated", "", ATOM) == entries[0].findtext("a:updated", "", ATOM)
    assert "tag:nose.example,2026-11-10:changes/heavy-first" == entries[0].findtext("a:id", "", ATOM)
    content = entries[0].findtext("a:content", "", ATOM)
    assert content.startswith("We now ask about heavy bleeding first. It is what matters most.")
    assert "must be checked again by 2 November 2027" in content


def test_a_calendar_has_a_day_for_each_thing_that_is_due() -> None:
    """Whole days that do not block anybody's time; the same bytes whenever it is made."""
    guide = load(EXAMPLE)
    made = reviews_calendar.calendar(guide, SITE)
    events = Calendar.from_ical(made).walk("VEVENT")
    expected = {f"{each.thing.singular}-{each.thing.id}@nose.example": each.due for each in due.dated(guide)}

    assert made == reviews_calendar.calendar(guide, SITE)
    assert expected
    assert expected == {str(event["uid"]): event.decoded("dtstart") for event in events}
    assert all(isinstance(event.decoded("dtstart"), datetime.date) for event in events)
    assert {"TRANSPARENT"} == {str(event["transp"]) for event in events}


def test_a_change_of_what_is_not_there_is_named(project: Project) -> None:
    """With what may have been meant."""
    found = problems(project(changed(CHANGES, ("criterion:heavy, cause", "criterion:heavi, cause"))))

    assert f"{CHANGES}:9: about[1] must name a thing, not 'criterion:heavi'" in found
    assert "Did you mean 'criterion:heavy'?" in found


@pytest.mark.parametrize("told", [False, True])
def test_a_medical_change_that_readers_are_not_told_of_is_named(
    project: Project, capsys: pytest.CaptureFixture[str], told: bool
) -> None:
    """An entry that is new tells of it; search words need none."""
    entry = (EXAMPLE / CHANGES).read_text(encoding="utf-8") + (
        "- id: a-nail\n  on: 2026-11-20\n  about: [cause:picking]\n  text: We now say that a nail can cut.\n"
    )
    root = project(
        changed(PICKING, ("A nail can scratch", "A nail can cut")),
        changed("data/causes/dry-air.yml", ("title:", "search_words: [arid]\ntitle:")),
        {CHANGES: entry} if told else {},
    )

    assert 0 == main(["--root", str(root), "report", str(EXAMPLE)])
    said = capsys.readouterr().out
    assert told == ("Changes that readers are not told of" not in said)
    assert told == ("* Picking your nose (`cause:picking`)" not in said)
    assert "cause:dry-air" not in said


def test_a_thing_knows_its_last_change() -> None:
    """The newest of those that name it; none where none does."""
    guide = load(EXAMPLE)
    last = history.last(guide, guide.criteria["heavy"])
    assert last
    assert "heavy-first" == last.id
    assert history.last(guide, guide.causes["picking"]) is None
