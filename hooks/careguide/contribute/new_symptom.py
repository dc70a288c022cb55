"""A new symptom as far as it can be written by itself: its signs, a story for each, and an article."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from careguide.flow.plan import SHARED
from careguide.guide.guide import Guide
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.lists import EVERYONE
from careguide.templating import Templates

KINDS = ("symptoms", "flows", "vignettes")
"""The kinds that are written from the guide's signs and its ladder of urgency."""


def known(kind: str, id_: str, guide: Guide) -> dict[str, Any]:
    """What can be known of a new thing from the rest of the guide."""
    if kind == "services":
        line = {"number": WRITE_ID, "name": WRITE_HERE, "source": f"https://{WRITE_ID}.example/"}
        return {"emergency": [line]}
    if kind not in KINDS:
        return {}
    symptom = guide.symptoms.get(id_)
    signs = symptom.signs if symptom else _signs(guide)
    if kind == "symptoms":
        return {"title": id_.replace("-", " ").capitalize(), "signs": signs}
    if kind == "vignettes":
        return {"stories": _stories(guide, signs)}
    # A flow of a symptom's own starts as the one that all share.
    shared = guide.flows.get(SHARED)
    not_its_own = {"id", "draft", "lowered"}
    return shared.model_dump(mode="json", exclude_defaults=True, exclude=not_its_own) if shared else {}


def _signs(guide: Guide) -> list[str]:
    """The signs that a new symptom starts with.

    They are all that the shared flow asks of everyone, or only some people, because leaving one out is a
    decision. Those that need a context that only other symptoms ask about cannot be asked, so they stay out.
    """
    flow = guide.flows.get(SHARED)
    asked = {*flow.signs, *flow.time_signs} if flow else set()
    offered = {EVERYONE}
    for context in guide.contexts.values():
        if not context.symptoms:
            offered.add(context.id)
    last = list(guide.urgency)[-1]
    found = []
    for sign in guide.criteria.values():
        common = not flow or sign.id in asked or EVERYONE not in sign.context or sign.level == last
        if common and offered.intersection(sign.context):
            found.append(sign.id)
    return found


def _stories(guide: Guide, signs: Sequence[str]) -> list[dict[str, Any]]:
    """A story for each sign, one of a reader who is not sure, and one of a reader without any sign."""
    *levels, last = guide.urgency
    times = {}
    for flow in guide.flows.values():
        for time in flow.times:
            times[time.sign] = time.id
    stories: list[dict[str, Any]] = []

    def add(**story: Any) -> None:
        number = f"v{len(stories) + 1:02}"
        stories.append({"id": number, "story": WRITE_HERE, **story, "sources": [WRITE_ID]})

    asked = [sign for sign in guide.pick("criteria", signs) if sign.level in levels]
    for sign in asked:
        who = {"contexts": [sign.context[0]]} if EVERYONE not in sign.context else {}
        said = {"time": times[sign.id]} if sign.id in times else {"present": [sign.id]}
        add(**who, **said, expect=sign.level)
    if asked and asked[0].not_sure in guide.urgency:
        add(unsure=[asked[0].id], expect=asked[0].not_sure)
    add(expect=last)
    return stories


def article() -> str:
    """The article of a symptom: an opening, and where its sections may stand. The others follow."""
    templates = Templates((Path(__file__).parent / "templates",))
    return templates.load("symptom").render(here=WRITE_HERE) + "\n"
