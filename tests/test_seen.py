"""What was found right is not looked at again; what is wrong is told each time."""

from __future__ import annotations

from pathlib import Path

import pytest
from careguide.checks import editorial, sentences
from careguide.checks.seen import Seen
from careguide.guide import loader as guides
from careguide.guide.guide import Guide
from conftest import EXAMPLE, TODAY

GUIDE = guides.load(EXAMPLE)[0]


def told(guide: Guide, cache: Path | None) -> list[str]:
    return sorted(map(str, editorial.check(guide, today=TODAY, cache=cache)))


def looked_at(guide: Guide, cache: Path) -> int:
    """How many texts the rules on single texts look at."""
    return len(Seen(guide, cache, editorial.__name__).others(sentences.texts(guide)))


def changed(kind: str, name: str, field: str, value: str) -> Guide:
    """The guide with another text in one place."""
    things = GUIDE.of(kind)
    return GUIDE.with_things(**{kind: {**things, name: things[name].model_copy(update={field: value})}})


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (changed("causes", "dry-air", "short", "A damp room always works."), "must not promise"),
        (changed("amounts", "press-time", "amount", "25 minutes"), "must be '25 minutes', not '15 minutes'"),
    ],
    ids=["a text itself", "what it is held against"],
)
def test_what_is_wrong_is_told_each_time(now: Guide, says: str, tmp_path: Path) -> None:
    """It is what is told where nothing was looked at before."""
    every = looked_at(GUIDE, tmp_path)
    told(GUIDE, tmp_path)
    assert looked_at(GUIDE, tmp_path) < every / 10
    for _ in range(2):
        found = told(now, tmp_path)
        assert says in "".join(found)
        assert told(now, None) == found
