"""The orders in which pages show things: worst first, likeliest first, and groups as the model declares them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, get_args

from careguide.guide.guide import Guide
from careguide.model.fields import Grade
from careguide.model.lists import Criterion, Urgency
from careguide.model.topics import Verdict


def ladder(guide: Guide, criteria: Iterable[str]) -> list[tuple[int, Urgency, list[Criterion]]]:
    """Criteria by level, worst first, each level with its place on the ladder from 1. Within a level the given order holds."""
    chosen = all_of(guide, "criteria", criteria)
    levels = enumerate(guide.urgency.values(), 1)
    rungs = [(place, level, [each for each in chosen if each.level == level.id]) for place, level in levels]
    return [rung for rung in rungs if rung[2]]


def grouped(things: Iterable[Any], field: str) -> list[tuple[str, list[Any]]]:
    """Things by the value of a field, in the order in which the model declares its values."""
    found = list(things)
    values = get_args(type(found[0]).model_fields[field].annotation) if found else ()
    groups = [(value, [thing for thing in found if getattr(thing, field) == value]) for value in values]
    return [group for group in groups if group[1]]


def likeliest(causes: Iterable[Any]) -> list[Any]:
    """Causes by likelihood, then by title."""
    found = list(causes)
    scale = get_args(type(found[0]).model_fields["likelihood"].annotation) if found else ()
    return sorted(found, key=lambda cause: (scale.index(cause.likelihood), cause.title))


def worth_trying(remedies: Iterable[Any], purpose: str) -> list[Any]:
    """Remedies for a purpose, best supported first, without the advice to avoid."""
    scale = get_args(Grade)
    chosen = [each for each in remedies if purpose in each.purpose and each.verdict != "avoid"]
    return sorted(
        chosen,
        key=lambda remedy: (
            get_args(Verdict).index(remedy.verdict),
            scale.index(remedy.support.grade),
            remedy.title,
        ),
    )


def to_avoid(remedies: Iterable[Any]) -> list[Any]:
    """The advice to avoid."""
    return [each for each in remedies if each.verdict == "avoid"]


def all_of(guide: Guide, kind: str, ids: Iterable[str]) -> list[Any]:
    """The things with these ids, in this order. One that is missing is a problem already; leaving it out lets the rest be checked in the same run."""
    return [guide.of(kind)[id] for id in ids if id in guide.of(kind)]


def leads_to(guide: Guide, place: str) -> tuple[str, str]:
    """The kind and id of the page for a place: a symptom that is there and nowhere else, or the place itself."""
    only = [each.id for each in guide.linked("places", place, "symptoms") if each.places == (place,)]
    return ("symptoms", only[0]) if len(only) == 1 else ("places", place)


def day(date: datetime.date) -> str:
    """A date as people write it: 21 November 2026."""
    return f"{date.day} {date:%B} {date.year}"
