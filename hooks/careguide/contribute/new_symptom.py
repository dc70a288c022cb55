"""A new symptom as far as it can be written by itself.

Its signs become a flow, each sign gets a story, and there is an article to fill in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from careguide.flow.rules import MOST_GATES, MOST_SIGNS
from careguide.guide.guide import Guide
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.lists import Criterion, Person
from careguide.source.articles import front_matter


def signs(guide: Guide) -> list[str]:
    """The signs that a new symptom starts with.

    These are all emergency signs that can be anybody's, because leaving one out is a decision, and one sign
    of each other level.
    """
    # A sign that concerns everyone alike needs no question about who the reader is.
    plainest = sorted(guide.criteria.values(), key=lambda sign: (sign.who != "everyone", bool(sign.raise_)))
    of = {level: [sign for sign in plainest if sign.urgency == level] for level in guide.ladder.ids}
    emergencies = [sign.id for sign in of.pop(guide.ladder.worst) if sign.who == "everyone"]
    others = [found[0].id for found in of.values() if found]
    return [*emergencies[: MOST_GATES * MOST_SIGNS], *others]


def flow(guide: Guide, criteria: Sequence[str]) -> dict[str, Any]:
    """The signs as questions: emergency signs first, then who the reader is, then the other levels."""
    worst, *others = guide.ladder.asked
    found: list[Criterion] = guide.pick("criteria", criteria)
    emergencies = [sign for sign in found if sign.urgency == worst]
    steps = _steps("gate", worst, sorted(emergencies, key=lambda sign: sign.who != "everyone"))
    people = _people([sign for sign in found if sign.urgency in others])
    if people:
        ask = {"ask": f"{WRITE_HERE}?", "why": WRITE_HERE}
        steps.append({"id": "who", "kind": "people", **ask, "people": people})
    for level in others:
        asked = [sign for sign in found if sign.urgency == level]
        # A sign that is raised for somebody stands in the first step of its level.
        steps += _steps("ticks", level, sorted(asked, key=lambda sign: not sign.raise_))
    return {"steps": steps}


def _steps(kind: str, level: str, found: Sequence[Criterion]) -> list[dict[str, Any]]:
    """Steps of a kind that ask these signs, as many in one as a screen may have."""
    ask = {"ask": f"{WRITE_HERE}?", "why": WRITE_HERE}
    steps = []
    for number, start in enumerate(range(0, len(found), MOST_SIGNS), 1):
        some = [sign.id for sign in found[start : start + MOST_SIGNS]]
        steps.append({"id": f"{level}-{number}", "kind": kind, **ask, "signs": some})
    return steps


def _people(asked: Sequence[Criterion]) -> list[str]:
    """The people who matter to some signs."""
    matter = {who for sign in asked for who in (sign.who, *(each.who for each in sign.raise_))}
    return [person for person in get_args(Person) if person in matter]


def stories(guide: Guide, criteria: Sequence[str]) -> dict[str, Any]:
    """A story for each sign, one of a reader who is not sure, and one of a reader without any sign."""
    ladder = guide.ladder
    asked = [sign for sign in guide.pick("criteria", criteria) if sign.urgency in ladder.asked]
    people = _people([sign for sign in asked if sign.urgency != ladder.worst])
    found = [
        _story([sign.id], sign.urgency, people=[sign.who] if sign.who in people else []) for sign in asked
    ]
    if asked and asked[0].urgency == ladder.worst:
        found.append(_story([asked[0].id], ladder.doubt, name="unsure"))
    found.append(_story([], ladder.last))
    return {"stories": [{"id": f"v{number:02}", **story} for number, story in enumerate(found, 1)]}


def _story(
    signs: list[str], expect: str, *, name: str = "present", people: Sequence[str] = ()
) -> dict[str, Any]:
    """A reader who has these signs, or with the name 'unsure' one who is not sure of them."""
    who, having = ({"people": list(people)} if people else {}), ({name: signs} if signs else {})
    return {"story": WRITE_HERE, **who, **having, "expect": expect, "sources": [WRITE_ID]}


_ARTICLE = """
# {here}

{here}: what it feels like, and that most often it is harmless, if so.

<!-- guide: care-cards -->

## {here}

{here}: what this symptom is easily taken for, and how to tell.

<!-- guide: causes -->

<!-- guide: remedies -->
"""


def article() -> str:
    """The article of a symptom: an opening, and where its sections may stand.

    Those that no line asks for follow at the end.
    """
    front = front_matter({"title": WRITE_HERE, "description": WRITE_HERE})
    return front + _ARTICLE.format(here=WRITE_HERE)
