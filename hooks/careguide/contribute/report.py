"""What readers will see: two versions of a guide side by side, as Markdown for a pull request.

Its words stand in `templates/report.md.jinja`.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from careguide.checks import advice
from careguide.flow import changes
from careguide.guide import history, reviews
from careguide.guide.page import Page
from careguide.guide.page_paths import address
from careguide.guide.readability import Reading, length
from careguide.guide.selection import name_of
from careguide.handouts.handout import Handout
from careguide.model import languages
from careguide.model.fields import Entry
from careguide.pages.page_kinds import QUALITY
from careguide.pipeline import Site
from careguide.source import markup
from careguide.source.problems import blocked
from careguide.templating import Templates

MOST_SENTENCES = 60
"""So many changes of words are shown; a longer report would not be read."""
T = TypeVar("T")
Hunk = tuple[tuple[str, ...], tuple[str, ...]]
"""Sentences that are gone, and those that stand in their place."""


@dataclass(frozen=True)
class Row:
    """A page that is new, gone, or reads differently."""

    page: Page
    """The page as it is now; as it was, where it is gone."""
    change: str
    """new, gone or changed."""
    more: int
    """How many words are new."""
    fewer: int
    """How many words are gone."""
    cited: list[str]
    """Ids of sources it did not cite before."""
    uncited: list[str]
    """Ids of sources it no longer cites."""
    hunks: list[Hunk]


def markdown(old: Site, new: Site, *, today: datetime.date, site: str = "") -> tuple[str, bool]:
    """The report, and whether something in it must not go out. `site` is the site's public address."""
    flows, unsigned = changes.compare(old.guide, new.guide)
    for language, guide in new.editions.items():
        if guide.translation and language in old.editions:
            unsigned += changes.weakenings_are_signed(old.editions[language], guide, set())
    lapsed, signed = _reviews(old, new, today)
    rows = list(_rows(old, new, new.guide.reading))
    templates = Templates((Path(__file__).parent / "templates",))
    text = templates.load("report").render(
        old=old,
        new=new,
        rows=rows,
        where=_where(rows),
        most=MOST_SENTENCES,
        flows=flows,
        unsigned=unsigned,
        grades=(_grades(old), _grades(new)),
        criteria={**old.guide.criteria, **new.guide.criteria},
        sheets=list(sheets(old.handouts, new.handouts)),
        lapsed=lapsed,
        untold=list(_untold(old, new)),
        signed=signed,
        advice=advice.fresh(old.guide, new.guide),
        address=lambda page: site and f"{site.rstrip('/')}/{quote(address(page.path))}",
        plain=markup.plain,
        day=languages.known(languages.DEFAULT).day,  # all of the report is in English
        name_of=name_of,
        text=_text,
        code=_code,
        line=_line,
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip(), blocked(unsigned)


_NO_PAGE = Page(path="", text="", source="", title="", kind="", cited=())


def _rows(old: Site, new: Site, reading: Reading) -> Iterator[Row]:
    """New pages, those that are gone, then those that stand in both versions and read differently."""
    before, now = _by("path", _told(old)), _by("path", _told(new))
    for path in _missing(now, before):
        yield _row("new", now[path], _NO_PAGE, now[path], reading)
    for path in _missing(before, now):
        yield _row("gone", before[path], before[path], _NO_PAGE, reading)
    for path, page in now.items():
        if path in before and before[path].text != page.text:
            yield _row("changed", page, before[path], page, reading)


def _told(site: Site) -> Iterator[Page]:
    """The pages without what follows any change: the figures of the guide, and the name of its version."""
    version = history.version(site.guide)
    for page in site.pages:
        if page.path != QUALITY:
            yield replace(page, text=page.text.replace(version, ""))


def _row(change: str, page: Page, was: Page, now: Page, reading: Reading) -> Row:
    old, new = list(reading.page_sentences(was.text)), list(reading.page_sentences(now.text))
    gone, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    return Row(
        page=page,
        change=change,
        more=sum(map(length, added.elements())),
        fewer=sum(map(length, gone.elements())),
        cited=_missing(now.cited, was.cited),
        uncited=_missing(was.cited, now.cited),
        hunks=list(_hunks(old, new)) if change == "changed" else [],
    )


def _hunks(old: list[str], new: list[str]) -> Iterator[Hunk]:
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield tuple(old[i:j]), tuple(new[k:m])


def _grades(site: Site) -> dict[str, str]:
    """The reading grade of each page that has sentences, by path."""
    return {page.path: f"{score.grade:.1f}" if score.grade is not None else "" for page, score in site.scores}


def _where(rows: Iterable[Row]) -> dict[Hunk, list[str]]:
    """What was said before and is said now, each change once, with the pages it stands on."""
    where: dict[Hunk, list[str]] = {}
    for row in rows:
        for hunk in row.hunks:
            where.setdefault(hunk, []).append(row.page.title or row.page.path)
    return where


def _by(name: str, things: Iterable[T]) -> dict[str, T]:
    return {getattr(thing, name): thing for thing in things}


def _missing(these: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [each for each in these if each not in known]


def sheets(old: Iterable[Handout], new: Iterable[Handout]) -> Iterator[tuple[str, str]]:
    """The printed sheets that are new, gone or say something else, as their content codes tell."""
    before, now = _by("id", old), _by("id", new)
    for id_ in sorted({*before, *now}):
        if id_ not in before:
            yield now[id_].title, "new"
        elif id_ not in now:
            yield before[id_].title, "gone"
        elif before[id_].code != now[id_].code:
            yield now[id_].title, "changed"


def _reviews(old: Site, new: Site, today: datetime.date) -> tuple[list[Any], list[Any]]:
    """Things whose review held and does not hold any more, as they were; and things with a new review."""
    lapsed, signed = [], []
    for kind, thing, _ in new.guide.all(reviews.SIGNED):
        was = old.guide.of(kind).get(thing.id)
        if thing.reviewed and not (was and was.reviewed == thing.reviewed):
            signed.append(thing)
        held = reviews.standing(old.guide, was, today) if was else "unreviewed"
        holds = reviews.standing(new.guide, thing, today)
        if held in ("reviewed", "overdue") and holds not in ("reviewed", "overdue"):
            lapsed.append(was)
    return lapsed, signed


def _untold(old: Site, new: Site) -> Iterator[Entry]:
    """Things of which something medical is new, and no new entry in the list of changes tells readers so."""
    told: set[str] = set()
    for id_, change in new.guide.changes.items():
        if old.guide.changes.get(id_) != change:
            told.update(change.about)
    for kind, thing, _ in new.guide.all(reviews.SIGNED):
        was = old.guide.of(kind).get(thing.id)
        same = was and reviews.fingerprint(old.guide, was) == reviews.fingerprint(new.guide, thing)
        if not same and f"{thing.singular}:{thing.id}" not in told:
            yield thing


# What a stranger proposes is shown, never carried out.


def _text(text: str) -> str:
    """Text that cannot turn into Markdown of its own."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))


def _code(text: object) -> str:
    return f"`{re.sub('[`|]', '', str(text))}`"


def _line(text: str) -> str:
    """Text for a line of a block of code, which it cannot end."""
    return " ".join(text.replace("~~~", "").split())
