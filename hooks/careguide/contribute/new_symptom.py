"""A new symptom as far as it can be written by itself.

Its signs, a story for each of them, and an article to fill in.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from careguide.flow.plan import SHARED
from careguide.guide.guide import Guide
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.lists import EVERYONE
from careguide.source.articles import front_matter


def signs(guide: Guide) -> list[str]:
    """The signs that a new symptom starts with.

    They are all that the shared flow asks of everyone, or only some people, because leaving one out is a
    decision. Those that need a context that only other symptoms ask about cannot be asked, so they stay out.
    """
    flow = guide.flows.get(SHARED)
    asked = {id_ for screen in flow.screens for id_ in screen.signs} if flow else set()
    asked |= {time.sign for time in flow.times if time.sign} if flow else set()
    levels = list(guide.urgency)
    offered = {EVERYONE} | {context.id for context in guide.contexts.values() if not context.symptoms}
    signs = [sign for sign in guide.criteria.values() if offered.intersection(sign.context)]
    wanted = [
        sign
        for sign in signs
        if sign.id in asked or EVERYONE not in sign.context or sign.level == levels[-1] or not flow
    ]
    return [sign.id for sign in wanted]


def flow(guide: Guide) -> dict[str, Any]:
    """A flow of the symptom's own, which starts as the one that all share."""
    shared = guide.flows.get(SHARED)
    return (
        shared.model_dump(mode="json", exclude_defaults=True, exclude={"id", "draft", "lowered"})
        if shared
        else {}
    )


def stories(guide: Guide, signs: Sequence[str]) -> dict[str, Any]:
    """A story for each sign, one of a reader who is not sure, and one of a reader without any sign."""
    levels = list(guide.urgency)
    timed = {time.sign: time.id for flow in guide.flows.values() for time in flow.times}
    asked = [sign for sign in guide.pick("criteria", signs) if sign.level in levels[:-1]]
    found = []
    for sign in asked:
        who = {"contexts": [sign.context[0]]} if EVERYONE not in sign.context else {}
        said = {"time": timed[sign.id]} if sign.id in timed else {"present": [sign.id]}
        found.append({**who, **said, "expect": sign.level})
    found += [{"unsure": [sign.id], "expect": sign.not_sure} for sign in asked[:1] if sign.not_sure in levels]
    found.append({"expect": levels[-1]})
    return {
        "stories": [
            {"id": f"v{number:02}", "story": WRITE_HERE, **story, "sources": [WRITE_ID]}
            for number, story in enumerate(found, 1)
        ]
    }


_ARTICLE = """
# {here}

{here}: the good news, how long it lasts, and when to see a doctor.

<!-- guide: check -->

<!-- guide: red-line -->

## {here}

{here}: what it is like, what it is easily taken for, and how to tell.

<!-- guide: signs -->

## {here}

{here}: what most often causes it, with links to the pages that say more.

<!-- guide: causes -->

## {here}

{here}: what to do, and what not to do.

<!-- guide: remedies -->

<!-- guide: print -->
"""


def article() -> str:
    """The article of a symptom: an opening, and where its sections may stand.

    Those that no line asks for follow at the end.
    """
    front = front_matter({"title": WRITE_HERE, "description": WRITE_HERE})
    return front + _ARTICLE.format(here=WRITE_HERE)
