"""A new symptom as far as it can be written by itself: its signs as a flow, a story for each sign, and an article to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from careguide.flow.rules import MOST_GATES, MOST_SIGNS
from careguide.guide.guide import Guide
from careguide.guide.selection import all_of
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.lists import Criterion, Person
from careguide.source.articles import front_matter


def signs(guide: Guide) -> list[str]:
    """The signs that a new symptom starts with: every emergency sign that can be anybody's, because leaving one out is a decision, and one sign of each other level."""
    top, *others = guide.urgency
    # A sign that concerns everyone alike needs no question about who the reader is.
    plainest = sorted(guide.criteria.values(), key=lambda sign: (sign.who != "everyone", bool(sign.raise_)))
    emergencies = [sign.id for sign in plainest if sign.urgency == top and sign.who == "everyone"]
    return [
        *emergencies[: MOST_GATES * MOST_SIGNS],
        *(id for level in others for id in [sign.id for sign in plainest if sign.urgency == level][:1]),
    ]


def flow(guide: Guide, criteria: Sequence[str]) -> dict[str, Any]:
    """The signs as questions: emergency signs first, then who the reader is, then the other levels, worst first."""
    levels = list(guide.urgency)
    found = all_of(guide, "criteria", criteria)
    gates = _steps(
        "gate",
        levels[0],
        sorted(
            (sign for sign in found if sign.urgency == levels[0]), key=lambda sign: sign.who != "everyone"
        ),
    )
    asked = [sign for sign in found if sign.urgency in levels[1:-1]]
    # A sign that is raised for somebody stands in the first step of its level.
    ticks = [
        _steps(
            "ticks",
            level,
            sorted((each for each in asked if each.urgency == level), key=lambda sign: not sign.raise_),
        )
        for level in levels[1:-1]
    ]
    people = _people(asked)
    who = (
        [{"id": "who", "kind": "people", "ask": f"{WRITE_HERE}?", "why": WRITE_HERE, "people": people}]
        if people
        else []
    )
    return {"steps": [*gates, *who, *(step for each in ticks for step in each)]}


def _steps(kind: str, level: str, found: Sequence[Criterion]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{level}-{start // MOST_SIGNS + 1}",
            "kind": kind,
            "ask": f"{WRITE_HERE}?",
            "why": WRITE_HERE,
            "signs": [sign.id for sign in some],
        }
        for start in range(0, len(found), MOST_SIGNS)
        if (some := found[start : start + MOST_SIGNS])
    ]


def _people(asked: Sequence[Criterion]) -> list[str]:
    """The people who matter to some signs."""
    matter = {who for sign in asked for who in (sign.who, *(each.who for each in sign.raise_))}
    return [person for person in get_args(Person) if person in matter]


def stories(guide: Guide, criteria: Sequence[str]) -> dict[str, Any]:
    """A story for each sign, one of a reader who is not sure, and one of a reader without any sign."""
    levels = list(guide.urgency)
    asked = [sign for sign in all_of(guide, "criteria", criteria) if sign.urgency in levels[:-1]]
    people = _people([sign for sign in asked if sign.urgency != levels[0]])
    found = [
        _story([sign.id], sign.urgency, people=[sign.who] if sign.who in people else []) for sign in asked
    ]
    found += [_story([sign.id], levels[1], name="unsure") for sign in asked[:1] if sign.urgency == levels[0]]
    found.append(_story([], levels[-1]))
    return {"stories": [{"id": f"v{number:02}", **story} for number, story in enumerate(found, 1)]}


def _story(
    present: list[str], expect: str, *, name: str = "present", people: Sequence[str] = ()
) -> dict[str, Any]:
    who, having = ({"people": list(people)} if people else {}), ({name: present} if present else {})
    return {"story": WRITE_HERE, **who, **having, "expect": expect, "sources": [WRITE_ID]}


def article() -> str:
    """The article of a symptom: an opening, and where its sections may stand. Those that no line asks for follow at the end."""
    front = front_matter({"title": WRITE_HERE, "description": WRITE_HERE})
    return f"{front}\n# {WRITE_HERE}\n\n{WRITE_HERE}: what it feels like, and that most often it is harmless, if so.\n\n<!-- guide: care-cards -->\n\n## {WRITE_HERE}\n\n{WRITE_HERE}: what this symptom is easily taken for, and how to tell.\n\n<!-- guide: causes -->\n\n<!-- guide: remedies -->\n"
