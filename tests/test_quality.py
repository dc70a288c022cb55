"""The page on which a guide tells how good it is: what is not done first, then what can be counted."""

from __future__ import annotations

import html
import re

from careguide.guide import due
from conftest import EXAMPLE, TODAY, Project, changed, load, page

PAGE = "about/quality.md"
MEASURED = "on: 2026-11-20\ntool: axe-core 4.10.0\npages: 41\nviews: 4\nbroken: 2\n"


def test_what_is_not_done_comes_first_and_is_counted() -> None:
    """Each kind with its reviews that hold, of all; sources and signs without a day."""
    text, guide = page(EXAMPLE, PAGE), load(EXAMPLE)
    headings = re.findall(r"^## (.+?) \{", text, re.MULTILINE)

    assert "What is not done" == headings[0]
    assert f"Causes that a clinician has reviewed as they are now: 1 of {len(guide.causes)}." in text
    assert f"Warning signs that a clinician has reviewed as they are now: 0 of {len(guide.criteria)}." in text
    assert f"last seen: 0 of {len(guide.sources)}." in text


def test_a_review_that_no_longer_holds_is_not_counted(project: Project) -> None:
    """Nor is any page praised that has changed since."""
    changes = changed("data/causes/weak-vessels.yml", ("group: serious", "group: underlying"))

    assert "Causes that a clinician has reviewed as they are now: 0 of" in page(project(changes), PAGE)


def test_every_page_with_words_of_its_own_is_listed_with_them() -> None:
    """Its words and its level; more words in a page are more here."""
    text = html.unescape(page(EXAMPLE, PAGE))
    rows = re.findall(r"^\| \[(.+?)\]\((\S+?)\) \| ([\d,]+) \| ([-\d.]*) \|$", text, re.MULTILINE)
    causes = {name for name, target, *_ in rows if "/causes/" in target}

    assert {each.title for each in load(EXAMPLE).causes.values()} <= causes
    assert all(int(words.replace(",", "")) > 0 for _, _, words, _ in rows)


def test_what_is_due_is_listed_by_its_day() -> None:
    """The earliest first; the same on whatever day the page is made."""
    text, guide = page(EXAMPLE, PAGE), load(EXAMPLE)
    first = min(each.due for each in due.dated(guide))
    listed = text[text.index("{ #due }") :]

    assert guide.site.locale.day(first) == re.findall(r"\*\*(.+?):\*\*", listed)[0]
    assert text == page(EXAMPLE, PAGE, today=TODAY.replace(day=23))


def test_what_a_program_found_is_told_with_its_day_or_not_at_all(project: Project) -> None:
    """Nothing is claimed that nobody has measured."""
    assert "axe-core" not in page(EXAMPLE, PAGE)

    told = page(project({"data/measured.yml": MEASURED}), PAGE)
    assert "On 20 November 2026 the program axe-core 4.10.0 looked at 41 pages in 4 views each" in told
    assert "found 2 broken rules" in told
