"""The orders in which pages show things: worst first, likeliest first, groups as the model declares them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, get_args

from careguide.guide.guide import Guide
from careguide.model.lists import Criterion, Urgency
from careguide.model.topics import Cause, Remedy


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


def likeliest(causes: Iterable[Cause]) -> list[Cause]:
    """Causes by likelihood, then by title."""
    return sorted(
        causes, key=lambda cause: (_scale(cause, "likelihood").index(cause.likelihood), cause.title)
    )


def worth_trying(remedies: Iterable[Remedy], purpose: str) -> list[Remedy]:
    """Remedies for a purpose, those to try before those to take care with, the best supported first."""
    chosen = [each for each in remedies if purpose in each.purpose and each.verdict != "avoid"]
    return sorted(chosen, key=_how_good)


def _how_good(remedy: Remedy) -> tuple[int, int, str]:
    verdict = _scale(remedy, "verdict").index(remedy.verdict)
    return verdict, _scale(remedy.support, "grade").index(remedy.support.grade), remedy.title


def to_avoid(remedies: Iterable[Remedy]) -> list[Remedy]:
    """The advice to avoid."""
    return [each for each in remedies if each.verdict == "avoid"]


def all_of(guide: Guide, kind: str, ids: Iterable[str]) -> list[Any]:
    """The things with these ids: `Guide.pick`, for templates."""
    return guide.pick(kind, ids)


def leads_to(guide: Guide, place: str) -> tuple[str, str]:
    """The kind and id of the page for a place: a symptom that is only there, or the place itself."""
    only = [each.id for each in guide.linked("places", place, "symptoms") if each.places == (place,)]
    return ("symptoms", only[0]) if len(only) == 1 else ("places", place)


def day(date: datetime.date) -> str:
    """A date as people write it: 21 November 2026."""
    return f"{date.day} {date:%B} {date.year}"
