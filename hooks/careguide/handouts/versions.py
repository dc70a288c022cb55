"""Printed sheets that know their age: what each version said, kept in `data/sheets.jsonl`, and what has changed between a version on paper and the sheet of today."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from careguide.guide.guide import SHEETS, Guide
from careguide.handouts.handout import Handout, Level, Remedy
from careguide.model.fields import Date, Part, Plain
from careguide.model.kinds import DATA
from careguide.source import markup
from careguide.source.problems import Problem

FILE = f"{DATA}/{SHEETS}"
"""Written by `careguide record`, a line for each version. Nothing is ever deleted from it: paper lasts longer than a page."""
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


class Listed(Part):
    """The signs of one level, as a sheet had them."""

    level: Plain
    """Id of the level."""
    signs: tuple[Plain, ...]
    """Ids of the signs. Some may be gone by now."""
    also: tuple[Plain, ...]
    """Signs that belonged here for some people, in words."""


class Told(Part):
    """A remedy, or advice to avoid, as a sheet had it."""

    id: Plain
    title: Plain
    mark: Plain
    """Some letters that change with its words."""


class Version(Part):
    """One version of a sheet."""

    code: Plain
    sheet: Plain
    """Id of the sheet: 'neck-twitching-diary'."""
    on: Date
    """The day on which it was recorded."""
    levels: tuple[Listed, ...]
    """Its signs, worst first."""
    remedies: tuple[Told, ...]
    avoid: tuple[Told, ...]


def load(root: Path) -> tuple[list[Version], list[Problem]]:
    """Every version that was recorded, in the order of the file."""
    file = root / FILE
    versions: list[Version] = []
    problems: list[Problem] = []
    for number, line in enumerate(file.read_bytes().splitlines() if file.is_file() else (), 1):
        try:
            versions.append(Version.model_validate_json(line))
        except ValidationError:
            problems.append(
                Problem(
                    FILE,
                    number,
                    "a line must be as 'careguide record' wrote it",
                    "Take the line from the last version of the file.",
                )
            )
    return versions, problems


def of(sheet: Handout, versions: Iterable[Version]) -> list[Version]:
    """The earlier versions of a sheet, newest first."""
    found = [each for each in versions if each.sheet == sheet.id and each.code != sheet.code]
    return sorted(found, key=lambda each: each.on, reverse=True)


def unrecorded(sheets: Iterable[Handout], versions: Iterable[Version]) -> list[Handout]:
    """Sheets whose present version is not kept yet."""
    codes = {each.code for each in versions}
    return [sheet for sheet in sheets if sheet.code not in codes]


def check(sheets: Iterable[Handout], versions: list[Version]) -> Iterator[Problem]:
    """Paper printed from a version that was never recorded could not tell its age. A guide that keeps no versions is left alone."""
    if versions and (missing := [sheet.id for sheet in unrecorded(sheets, versions)]):
        some = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if missing[3:] else "")
        yield Problem(
            FILE,
            1,
            f"sheets have changed since they were recorded: {some}",
            "Before you publish, run 'careguide record'.",
            blocks=False,
        )


def changes(old: Version, sheet: Handout, guide: Guide) -> list[Change]:
    """What has changed since an older version, worst first: signs by their level, then what not to do, then what to do."""
    signs = [*_signs(old, sheet, guide)]
    remedies = [
        *_told(old.avoid, sheet.avoid, new="avoid"),
        *_told(old.remedies, sheet.remedies, new="added"),
    ]
    return [*signs, *remedies] or [Change("words")]


def _signs(old: Version, sheet: Handout, guide: Guide) -> Iterator[Change]:
    """Signs that moved, came or went. What grew more urgent comes first, then what grew less urgent, each worst first."""
    places = {level: number for number, level in enumerate(guide.urgency)}
    words = {level.id: level.level for level in guide.urgency.values()}
    before = {sign: each.level for each in old.levels for sign in (*each.also, *each.signs)}
    after = {
        sign: level.id
        for level in sheet.levels
        for sign in (*_also(level), *(sign.id for sign in level.signs))
    }
    lowest = len(places)
    moved = [
        (sign, places.get(before.get(sign, ""), lowest), places.get(after.get(sign, ""), lowest))
        for sign in {**after, **before}
    ]
    for sign, then, now in sorted(
        (each for each in moved if each[1] != each[2]),
        key=lambda each: (each[2] > each[1], min(each[1:]), lowest in each[1:], each[0]),
    ):
        kind = (
            "new"
            if sign not in before
            else "gone"
            if sign not in after
            else "raised"
            if now < then
            else "lowered"
        )
        yield Change(
            kind,
            _words(sign, guide),
            *(words.get(levels.get(sign, ""), levels.get(sign, "")) for levels in (before, after)),
        )


def _also(level: Level) -> list[str]:
    """Signs of a lower level that belong to this one for some people, in words."""
    return [f"{each.who}: {lead}" for each in level.sooner for lead in each.leads]


def _words(sign: str, guide: Guide) -> str:
    """A sign in words. Nothing where the guide has dropped it: an id would tell a reader nothing."""
    known = guide.criteria.get(sign)
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
    return hashlib.sha256(json.dumps(remedy, default=vars, sort_keys=True).encode()).hexdigest()[:_MARK]


def record(sheets: Iterable[Handout], *, on: datetime.date) -> str:
    """A line for each sheet, to add to the file. `on` is the day."""
    return "".join(f"{_version(sheet, on).model_dump_json()}\n" for sheet in sheets)


def _version(sheet: Handout, on: datetime.date) -> Version:
    return Version(
        code=sheet.code,
        sheet=sheet.id,
        on=on,
        levels=tuple(
            Listed(level=level.id, signs=tuple(sign.id for sign in level.signs), also=tuple(_also(level)))
            for level in sheet.levels
        ),
        remedies=tuple(Told(id=each.id, title=each.title, mark=_mark(each)) for each in sheet.remedies),
        avoid=tuple(Told(id=each.id, title=each.title, mark=_mark(each)) for each in sheet.avoid),
    )
