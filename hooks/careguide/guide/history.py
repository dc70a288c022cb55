"""What the guide says otherwise than before, in readers' words, and since when."""

from __future__ import annotations

from typing import Any

from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.model.fields import Entry
from careguide.model.kinds import PLURALS
from careguide.model.lists import Change


def newest_first(guide: Guide) -> list[Change]:
    """Every change; of those of one day the last written first."""
    written = list(guide.changes.values())[::-1]
    return sorted(written, key=lambda each: each.on, reverse=True)


def last(guide: Guide, thing: Entry) -> Change | None:
    """The newest change of a thing."""
    name = f"{thing.singular}:{thing.id}"
    return next((each for each in newest_first(guide) if name in each.about), None)


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
