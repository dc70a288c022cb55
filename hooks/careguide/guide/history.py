"""What the guide says otherwise than before, in readers' words, and since when."""

import datetime
from collections.abc import Iterator
from typing import Any

from careguide.guide.guide import Guide
from careguide.guide.page_paths import country_path, path_of
from careguide.model.fields import Entry
from careguide.model.kinds import PLURALS
from careguide.model.lists import Change
from careguide.source.digests import digest


def newest_first(guide: Guide) -> list[Change]:
    """Every change; of those of one day the last written first."""
    written = list(guide.changes.values())[::-1]
    return sorted(written, key=lambda each: each.on, reverse=True)


def last(guide: Guide, thing: Entry) -> Change | None:
    """The newest change of a thing."""
    name = f"{thing.singular}:{thing.id}"
    return next((each for each in newest_first(guide) if name in each.about), None)


def days(guide: Guide) -> dict[str, datetime.date]:
    """The day on which what a page says was last checked, reviewed or changed, by the path of the page."""
    found: dict[str, datetime.date] = {}
    told: dict[str, Change] = {}
    for change in newest_first(guide):
        for name in change.about:
            told.setdefault(name, change)
    for kind, thing, _ in guide.all():
        review, last_told = getattr(thing, "reviewed", None), told.get(f"{thing.singular}:{thing.id}")
        known = [getattr(thing, "checked", None), review and review.on, last_told and last_told.on]
        if day := max(filter(None, known), default=None):
            for path in _pages_of(kind, thing.id):
                found[path] = max(day, found.get(path, day))
    for change in newest_first(guide)[:1]:
        found[path_of("changes", change.id).partition("#")[0]] = change.on
    return found


def _pages_of(kind: str, id_: str) -> Iterator[str]:
    """The pages that show a thing: its own, the list in which it stands, and the page of a country."""
    if path := path_of(kind, id_):
        yield path.partition("#")[0]
    if kind == "services":
        yield country_path(id_)


def version(guide: Guide) -> str:
    """Eight digits that change with what the guide says, for those who cite it."""
    said = [thing.model_dump(mode="json", exclude_defaults=True) for _, thing, _ in guide.all()]
    pages = [article.body for article in guide.articles.values()]
    return digest([said, pages])[:8]


def newest_day(guide: Guide) -> datetime.date:
    """The last day on which anything was checked, reviewed or changed."""
    return max(days(guide).values(), default=datetime.date(2000, 1, 1))


def things(guide: Guide, change: Change) -> list[tuple[str, Any]]:
    """What a change is about, each with the path of its page; what is no longer there is left out."""
    found: list[tuple[str, Any]] = []
    for name in change.about:
        singular, _, id_ = name.partition(":")
        kind = PLURALS.get(singular, "")
        if kind and id_ in guide.of(kind):
            path = path_of(kind, id_) if (kind, id_) != ("flows", "flow") else "check/index.md"
            found.append((path, guide.of(kind)[id_]))
    return found
