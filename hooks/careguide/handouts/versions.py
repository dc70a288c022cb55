"""Printed sheets that know their age.

What each version said is kept in `data/sheets.jsonl`. From that the web page of a sheet tells what has
changed between a version on paper and the sheet of today.
"""

import datetime
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from careguide.guide.guide import SHEETS, Guide
from careguide.handouts.handout import Advice as PrintedAdvice
from careguide.handouts.handout import Handout, Run
from careguide.model.fields import Date, Part, Plain
from careguide.model.kinds import DATA
from careguide.source import markup, text_files
from careguide.source.digests import digest
from careguide.source.problems import Problem

FILE = f"{DATA}/{SHEETS}"
"""Written by `careguide record`, a line for each version. Nothing is ever deleted: paper lasts longer."""
_LARGEST = 100_000_000
"""Its most bytes: a version has some thousand."""
_MARK = 6
"""Letters that stand for the words of a remedy."""
Kind = Literal["raised", "new", "lowered", "gone", "avoid", "changed", "added", "dropped", "words"]
"""What can happen to a sign, to what not to do and to what to do; or only to other words."""


@dataclass(frozen=True)
class Change:
    """One thing that a sheet says otherwise than an older version of it."""

    kind: Kind
    what: str = ""
    """The sign, or the title of the remedy. Empty for a sign that the guide has dropped."""
    before: str = ""
    after: str = ""


class Listed(Part):
    """The signs of one level, as a sheet had them."""

    level: Plain
    """Id of the level."""
    signs: tuple[Plain, ...]
    """Ids of the signs. Some may be gone by now."""
    also: tuple[Plain, ...] = ()
    """Signs that belonged here for some people, in words. No sheet has them any more."""


class Advice(Part):
    """A remedy, or advice to avoid, as a sheet had it."""

    id: Plain
    title: Plain
    mark: Plain
    """Some letters that change with its words."""


class Version(Part):
    """One version of a sheet."""

    code: Plain
    sheet: Plain
    """Id of the sheet: 'cough-diary'."""
    on: Date
    """The day on which it was recorded."""
    levels: tuple[Listed, ...]
    """Its signs, worst first."""
    remedies: tuple[Advice, ...]
    avoid: tuple[Advice, ...]


def load(root: Path) -> tuple[list[Version], list[Problem]]:
    """Every version that was recorded, in the order of the file."""
    raw, problems = b"", list[Problem]()
    if os.path.lexists(root / FILE):
        raw, problems = text_files.read_bytes(root, FILE, largest=_LARGEST)
    versions: list[Version] = []
    for number, line in enumerate(raw.splitlines(), 1):
        try:
            versions.append(Version.model_validate_json(line))
        except ValidationError:
            tip = "Take the line from the last version of the file."
            problems.append(Problem(FILE, number, "a line must be as 'careguide record' wrote it", tip))
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
    """Paper printed from a version that was never recorded could not tell its age.

    A guide that keeps no versions is left alone.
    """
    missing = [sheet.id for sheet in unrecorded(sheets, versions)]
    if versions and missing:
        some = ", ".join(missing[:3]) + (f" and {len(missing) - 3} more" if missing[3:] else "")
        message = f"sheets have changed since they were recorded: {some}"
        yield Problem(FILE, 1, message, "Before you publish, run 'careguide record'.", blocks=False)


def changes(old: Version, sheet: Handout, guide: Guide) -> list[Change]:
    """What has changed since an older version: signs first, then what not to do, then what to do."""
    found = [
        *_signs(old, sheet, guide),
        *_advice(old.avoid, sheet.avoid, new="avoid"),
        *_advice(old.remedies, _told(sheet), new="added"),
    ]
    return found or [Change("words")]


def _signs(old: Version, sheet: Handout, guide: Guide) -> Iterator[Change]:
    """Signs that moved, came or went. First what grew more urgent, then what grew less, each worst first."""
    before, after = _by_sign(old.levels), _by_sign(_listed(sheet))
    ladder = list(guide.urgency)
    absent = len(ladder)  # below the last level; so is a level that the guide no longer has

    def place(level: str) -> int:
        return ladder.index(level) if level in ladder else absent

    moves: list[tuple[bool, int, bool, str, Kind]] = []
    for sign in before | after:
        then, now = place(before.get(sign, "")), place(after.get(sign, ""))
        kind: Kind = "raised" if now < then else "lowered"
        if absent in (then, now):
            kind = "gone" if now == absent else "new"
        if then != now:
            # Of those at one level, what came or went comes after what moved.
            moves.append((now > then, min(then, now), absent in (then, now), sign, kind))
    for *_, sign, kind in sorted(moves):
        levels = _level(before.get(sign, ""), guide), _level(after.get(sign, ""), guide)
        yield Change(kind, _words(sign, guide), *levels)


def _level(level: str, guide: Guide) -> str:
    """A level in words; one that the guide no longer has by its id."""
    return guide.urgency[level].level if level in guide.urgency else level


def _by_sign(levels: Iterable[Listed]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in levels:
        found |= dict.fromkeys((*each.also, *each.signs), each.level)
    return found


def _words(sign: str, guide: Guide) -> str:
    """A sign in words. Nothing where the guide has dropped it: an id would tell a reader nothing."""
    known = guide.criteria.get(sign)
    if known:
        return markup.plain(known.lead).rstrip(".")
    return sign.rstrip(".") if " " in sign else ""


def _advice(
    old: Iterable[Advice], now: Iterable[PrintedAdvice], *, new: Literal["avoid", "added"]
) -> Iterator[Change]:
    """Advice that came, whose words changed, or that went, in the order of the sheet of today."""
    before = {each.id: each for each in old}
    for advice in now:
        known = before.pop(advice.id, None)
        if not known:
            yield Change(new, advice.title)
        elif known.mark != _mark(advice):
            yield Change("changed", advice.title)
    for gone in before.values():
        yield Change("dropped", gone.title)


def _mark(advice: PrintedAdvice) -> str:
    return digest(advice)[:_MARK]


def record(sheets: Iterable[Handout], *, on: datetime.date) -> str:
    """A line for each sheet, to add to the file. `on` is the day."""
    lines = ""
    for sheet in sheets:
        version = Version(
            code=sheet.code,
            sheet=sheet.id,
            on=on,
            levels=_listed(sheet),
            remedies=_marked(_told(sheet)),
            avoid=_marked(sheet.avoid),
        )
        lines += f"{version.model_dump_json()}\n"
    return lines


def _listed(sheet: Handout) -> tuple[Listed, ...]:
    return tuple(Listed(level=level.id, signs=tuple(level.signs)) for level in sheet.levels)


def _told(sheet: Handout) -> tuple[PrintedAdvice, ...]:
    """What a sheet says to do. The page of a remedy is one piece of advice: all its sections together."""
    if sheet.kind != "remedy":
        return sheet.remedies
    words: list[Run] = []
    for section in sheet.sections:
        words.append(Run(section.heading))
        for block in section.blocks:
            words += chain(*block.texts)
        words += chain(*section.steps)
    return (PrintedAdvice(sheet.about, sheet.title, tuple(words)),)


def _marked(advice: Iterable[PrintedAdvice]) -> tuple[Advice, ...]:
    return tuple(Advice(id=each.id, title=each.title, mark=_mark(each)) for each in advice)
