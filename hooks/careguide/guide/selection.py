"""The orders in which pages show things: worst first, likeliest first, groups as the model declares them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, get_args

from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.model.lists import Criterion, Urgency
from careguide.model.topics import Remedy


def by_urgency(guide: Guide, criteria: Iterable[str]) -> list[tuple[int, Urgency, list[Criterion]]]:
    """Signs by level, worst first: the number of each level on the ladder, the level, and its signs.

    Within a level the given order holds. A level without a sign is left out.
    """
    chosen = guide.pick("criteria", criteria)
    found = []
    for level in guide.ladder.levels:
        signs = [sign for sign in chosen if sign.level == level.id]
        if signs:
            found.append((guide.ladder.number(level.id), level, signs))
    return found


def grouped(things: Iterable[Any], field: str) -> list[tuple[str, list[Any]]]:
    """Things by the value of a field, in the order in which the model declares its values."""
    groups: dict[str, list[Any]] = {}
    for thing in things:
        groups.setdefault(getattr(thing, field), []).append(thing)
    if not groups:
        return []
    first = next(iter(groups.values()))[0]
    return [(value, groups[value]) for value in _scale(first, field) if value in groups]


def _scale(thing: Any, field: str) -> tuple[str, ...]:
    """The values that a field may have, in the order in which the model declares them."""
    return get_args(type(thing).model_fields[field].annotation)


def to_try(remedies: Iterable[Remedy]) -> list[Remedy]:
    """Remedies without the advice to avoid, those to try before those to take care with."""
    chosen = [each for each in remedies if each.verdict != "avoid"]
    return sorted(chosen, key=lambda remedy: _scale(remedy, "verdict").index(remedy.verdict))


def to_avoid(remedies: Iterable[Remedy]) -> list[Remedy]:
    """The advice to avoid."""
    return [each for each in remedies if each.verdict == "avoid"]


def all_of(guide: Guide, kind: str, ids: Iterable[str]) -> list[Any]:
    """The things with these ids: `Guide.pick`, for templates."""
    return guide.pick(kind, ids)


def place_path(guide: Guide, place: str) -> str:
    """A place in the body: the page of the symptom that is only there, or a section of another's page."""
    having = [
        symptom for symptom in guide.symptoms.values() if place in [each.place for each in symptom.places]
    ]
    if not having:
        return ""
    symptom = min(having, key=lambda each: len(each.places))
    path = path_of("symptoms", symptom.id)
    return path if len(symptom.places) == 1 else f"{path}#{place}"


def places_told(guide: Guide) -> list[str]:
    """The places in the body that a symptom tells of, in the guide's order."""
    told = {each.place for symptom in guide.symptoms.values() for each in symptom.places}
    return [place for place in guide.places if place in told]


def day(date: datetime.date) -> str:
    """A date as people write it: 21 November 2026."""
    return f"{date.day} {date:%B} {date.year}"
