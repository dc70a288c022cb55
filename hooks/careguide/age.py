"""Printed sheets that know their age: what each version said, kept in `data/sheets.yml`, and what has changed between a version on paper and the sheet of today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from . import markup
from .guide import DATA, Guide
from .lists import Told, Version
from .problems import Problem
from .sheet import Handout, Level, Remedy

FILE = f"{DATA}/sheets.yml"
_HEAD = """# What every printed sheet said, in each version that was ever published, so that a sheet on paper can tell its age.
# 'careguide record' adds to it. Delete nothing: paper lasts longer than a page.
"""
_MARK = 6
"""Letters that stand for the words of a remedy."""


@dataclass(frozen=True)
class Change:
    """One thing that a sheet says otherwise than an older version of it."""

    kind: Literal["raised", "new", "lowered", "gone", "avoid", "changed", "added", "dropped", "words"]
    what: str = ""
    """The sign, or the title of the remedy. Empty for a sign that the guide has dropped."""
    before: str = ""
    """The sign's level then, in words."""
    after: str = ""
    """The sign's level now, in words."""


def of(sheet: Handout, guide: Guide) -> list[Version]:
    """The earlier versions of a sheet, newest first."""
    found = [each for each in guide.things["sheets"].values() if each.sheet == sheet.id and each.id != sheet.code.lower()]
    return sorted(found, key=lambda each: each.on, reverse=True)


def unrecorded(sheets: Iterable[Handout], guide: Guide) -> list[Handout]:
    """Sheets whose present version is not kept yet."""
    return [sheet for sheet in sheets if sheet.code.lower() not in guide.things["sheets"]]


def check(sheets: Iterable[Handout], guide: Guide) -> Iterator[Problem]:
    """Paper printed from a version that was never recorded could not tell its age. A guide that keeps no versions is left alone."""
    if guide.things["sheets"] and (missing := [sheet.id for sheet in unrecorded(sheets, guide)]):
        some = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if missing[3:] else "")
        yield Problem(FILE, 1, f"sheets have changed since they were recorded: {some}", "Before you publish, run 'careguide record'.", blocks=False)


def changes(old: Version, sheet: Handout, guide: Guide) -> list[Change]:
    """What has changed since an older version, worst first: signs by their level, then what not to do, then what to do."""
    signs = [*_signs(old, sheet, guide)]
    remedies = [*_told(old.avoid, sheet.avoid, new="avoid"), *_told(old.remedies, sheet.remedies, new="added")]
    return [*signs, *remedies] or [Change("words")]


def _signs(old: Version, sheet: Handout, guide: Guide) -> Iterator[Change]:
    """Signs that moved, came or went. What grew more urgent comes first, then what grew less urgent, each worst first."""
    places = {level: number for number, level in enumerate(guide.things["urgency"])}
    words = {level.id: level.level for level in guide.things["urgency"].values()}
    before = {sign: each.level for each in old.levels for sign in (*each.also, *each.signs)}
    after = {sign: level.id for level in sheet.levels for sign in (*_also(level), *(sign.id for sign in level.signs))}
    lowest = len(places)
    moved = [(sign, places.get(before.get(sign, ""), lowest), places.get(after.get(sign, ""), lowest)) for sign in {**after, **before}]
    for sign, then, now in sorted((each for each in moved if each[1] != each[2]), key=lambda each: (each[2] > each[1], min(each[1:]), each[0])):
        kind = "new" if sign not in before else "gone" if sign not in after else "raised" if now < then else "lowered"
        yield Change(kind, _words(sign, guide), *(words.get(levels.get(sign, ""), levels.get(sign, "")) for levels in (before, after)))


def _also(level: Level) -> list[str]:
    """Signs of a lower level that belong to this one for some people, in words."""
    return [f"{each.who}: {lead}" for each in level.sooner for lead in each.leads]


def _words(sign: str, guide: Guide) -> str:
    """A sign in words. Nothing where the guide has dropped it: an id would tell a reader nothing."""
    known = guide.things["criteria"].get(sign)
    words = markup.plain(known.lead or known.sign) if known else sign if " " in sign else ""
    return words.rstrip(".")


def _told(old: Iterable[Told], now: Iterable[Remedy], *, new: Literal["avoid", "added"]) -> Iterator[Change]:
    before, after = {each.id: each for each in old}, {each.id: each for each in now}
    for id, remedy in after.items():
        if id not in before:
            yield Change(new, remedy.title)
        elif before[id].mark != _mark(remedy):
            yield Change("changed", remedy.title)
    yield from (Change("dropped", each.title) for id, each in before.items() if id not in after)


def _mark(remedy: Remedy) -> str:
    return hashlib.sha256(json.dumps(asdict(remedy), sort_keys=True).encode()).hexdigest()[:_MARK]


def record(sheets: Iterable[Handout], *, on: str, text: str = "") -> str:
    """The file with these sheets' versions added to its text. `on` is the day, as year-month-day."""
    return (text or _HEAD) + "".join(_entry(sheet, on) for sheet in sheets)


def _entry(sheet: Handout, on: str) -> str:
    """One version. What is in brackets is JSON, which YAML reads too."""
    lines = [f"\n- id: {sheet.code.lower()}", f"  sheet: {sheet.id}", f"  on: {on}"]
    if sheet.levels:
        lines.append("  levels:")
    for level in sheet.levels:
        lines += [f"    - level: {level.id}", f"      signs: [{', '.join(sign.id for sign in level.signs)}]"]
        lines += [f"      also: {json.dumps(also, ensure_ascii=False)}"] if (also := _also(level)) else []
    for name, remedies in (("remedies", sheet.remedies), ("avoid", sheet.avoid)):
        lines += [f"  {name}:"] if remedies else []
        lines += [f"    - {json.dumps({'id': each.id, 'title': each.title, 'mark': _mark(each)}, ensure_ascii=False)}" for each in remedies]
    return "\n".join(lines) + "\n"
