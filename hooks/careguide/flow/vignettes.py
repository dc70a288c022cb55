"""Vignettes replayed on their flow. They test what no proof can: that a reader with such a story ends where a careful clinician would send them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from careguide.flow.plan import Plan, Result, end_of, plan
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.model.flows import Flow, Vignette
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, nearest, shown

MOST_OVER = 0.1

Wrong = Iterator[tuple[Loc, str, str]]
"""What is wrong with some stories: the way to it from all of them, what must be true, and a tip."""
Replayed = tuple[Vignette, str]
"""A story, and the level its reader ends at."""


@dataclass(frozen=True)
class Tally:
    """How a flow does on its vignettes."""

    exact: int
    """Stories that end at the level they expect."""
    over: int
    """Stories that end above it: too careful."""
    under: int
    """Stories that end below it: unsafe."""


def replay(plan: Plan, story: Vignette) -> Result:
    """Where the reader of a story ends."""
    return end_of(plan, frozenset(story.people), frozenset(story.present), frozenset(story.unsure))


def replayed(plan: Plan, stories: Iterable[Vignette]) -> list[Replayed]:
    """Each story with where its reader ends."""
    return [(story, replay(plan, story).level) for story in stories]


def tally(plan: Plan, stories: Iterable[Replayed]) -> Tally:
    """How many stories end at, above and below the level they expect."""
    off = [plan.levels.index(level) - plan.levels.index(story.expect) for story, level in stories]
    return Tally(exact=off.count(0), over=sum(each < 0 for each in off), under=sum(each > 0 for each in off))


# ---------------------------------------------------------------------------------------------------------------------
# Rules


def check(flow: Flow, origin: Origin, guide: Guide) -> list[Problem]:
    """Everything that is wrong with the vignettes of a flow whose shape is right. They are replayed once they fit it."""
    if ("vignettes", flow.id) not in guide.origins:
        tip = f"Let someone who has not seen it write data/vignettes/{flow.id}.yml."
        return [Problem(origin.path, 1, "a flow must have vignettes", tip)]
    vignettes, there = guide.vignettes.get(flow.id), guide.origins["vignettes", flow.id]
    if not vignettes or not guide.urgency.keys() >= {story.expect for story in vignettes.stories}:
        return []
    wrong = _problems(vignettes_fit_the_flow(flow, vignettes.stories, guide), there)
    return wrong or _problems(broken(plan(flow, guide), vignettes.stories), there)


def broken(plan: Plan, stories: Iterable[Vignette]) -> Wrong:
    """What is wrong with stories that fit their flow, once they are replayed."""
    ended = replayed(plan, stories)
    return (each for rule in RULES for each in rule(plan, ended))


def _problems(wrong: Wrong, origin: Origin) -> list[Problem]:
    return [
        Problem(origin.path, origin.line(("stories", *loc)), f"{spell(('stories', *loc))} {message}", tip)
        for loc, message, tip in wrong
    ]


def vignettes_fit_the_flow(flow: Flow, stories: Sequence[Vignette], guide: Guide) -> Wrong:
    """A story names signs that the flow's symptom has. Where a sign is only for some people whom the flow asks about, its reader is one of them."""
    listed, criteria = guide.symptoms[flow.id].criteria, guide.criteria
    people = {person for step in flow.steps for person in step.people}
    for index, story in enumerate(stories):
        if story.id in [each.id for each in stories[:index]]:
            yield (index, "id"), f"must be new, not {shown(story.id)}", "Choose another id."
        for name, place, id in _named(story):
            if id not in listed:
                tip = nearest(id, listed) or "Add it to the symptom, or take it out of the story."
                yield (index, name, place), f"must be a sign of the symptom, not {shown(id)}", tip
            elif (who := criteria[id].who) in people.difference(story.people):
                yield (
                    (index, name, place),
                    f"must concern the reader, but {shown(id)} is for {shown(who)}",
                    "Add the person to the story's people.",
                )


def _named(story: Vignette) -> Iterator[tuple[str, int, str]]:
    for name in ("present", "unsure"):
        yield from ((name, place, id) for place, id in enumerate(getattr(story, name)))


def vignettes_are_safe(plan: Plan, stories: Sequence[Replayed]) -> Wrong:
    """No story ends below the level it expects."""
    for index, (story, level) in enumerate(stories):
        if plan.levels.index(level) > plan.levels.index(story.expect):
            tip = "A sign is missing, or its urgency is too low. Do not change the story to fit."
            yield (
                (index, "expect"),
                f"must be reached, but {shown(story.id)} expects {shown(story.expect)} and ends at {shown(level)}",
                tip,
            )


def vignettes_are_exact(plan: Plan, stories: Sequence[Replayed]) -> Wrong:
    """At most 1 story in 10 ends above the level it expects."""
    if (over := tally(plan, stories).over) > MOST_OVER * len(stories):
        tip = "Is a sign's urgency too high, or what the story expects too low?"
        yield (
            (),
            f"must seldom end higher than they expect, at most {MOST_OVER:.0%} of them, but {over} of {len(stories)} do",
            tip,
        )


def vignettes_cover_the_flow(plan: Plan, stories: Sequence[Replayed]) -> Wrong:
    """Every sign the flow asks is present in some story, and every level is expected by some story."""
    tip = "Add a story, written from the sources."
    present = {id for story, _ in stories for id in story.present}
    for id in (sign.id for screen in plan.screens for sign in screen.signs if sign.id not in present):
        yield (), f"must have one in which {shown(id)} is present", tip
    for level in plan.levels:
        if level not in [story.expect for story, _ in stories]:
            yield (), f"must have one that expects {shown(level)}", tip


RULES = (vignettes_are_safe, vignettes_are_exact, vignettes_cover_the_flow)
