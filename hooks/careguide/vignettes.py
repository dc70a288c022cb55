"""Vignettes replayed on their flow. They test what no proof can: that a reader with such a story ends where a careful clinician would send them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .build import Origin
from .fields import Loc, spell
from .flow import Plan, Result, end_of, plan
from .guide import Guide
from .problems import Problem, nearest
from .problems import shown as quoted
from .safety import Flow, Vignette

MOST_OVER = 0.1

Found = Iterator[Problem]


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


def tally(plan: Plan, stories: Iterable[Vignette]) -> Tally:
    """How many stories end at, above and below the level they expect."""
    off = [plan.levels.index(replay(plan, story).level) - plan.levels.index(story.expect) for story in stories]
    return Tally(exact=off.count(0), over=sum(each < 0 for each in off), under=sum(each > 0 for each in off))


# ---------------------------------------------------------------------------------------------------------------------
# Rules


def check(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A flow has vignettes, which cover it and show it safe."""
    stories = guide.things["vignettes"].get(flow.id)
    if ("vignettes", flow.id) not in guide.origins:
        yield Problem(origin.path, 1, "a flow must have vignettes", f"Let someone who has not seen it write data/vignettes/{flow.id}.yml.")
    elif stories and guide.things["urgency"].keys() >= {each.expect for each in stories.stories}:
        there = guide.origins["vignettes", flow.id]
        wrong = list(vignettes_fit_the_flow(flow, stories.stories, there, guide))
        yield from wrong or [problem for rule in RULES for problem in rule(plan(flow, guide), stories.stories, there)]


def vignettes_fit_the_flow(flow: Flow, stories: Sequence[Vignette], origin: Origin, guide: Guide) -> Found:
    """A story names signs that the flow's symptom has. Where a sign is only for some people whom the flow asks about, its reader is one of them."""
    listed = guide.things["symptoms"][flow.id].criteria
    people = {person for step in flow.steps for person in step.people}
    for index, story in enumerate(stories):
        if story.id in [each.id for each in stories[:index]]:
            yield _problem(origin, index, ("id",), f"must be new, not {quoted(story.id)}", "Choose another id.")
        for name in ("present", "unsure"):
            for place, id in enumerate(getattr(story, name)):
                if id not in listed:
                    yield _problem(
                        origin,
                        index,
                        (name, place),
                        f"must be a sign of the symptom, not {quoted(id)}",
                        nearest(id, listed) or "Add it to the symptom, or take it out of the story.",
                    )
                elif guide.things["criteria"][id].who in people.difference(story.people):
                    yield _problem(
                        origin,
                        index,
                        (name, place),
                        f"must concern the reader, but {quoted(id)} is for {quoted(guide.things['criteria'][id].who)}",
                        "Add the person to the story's people.",
                    )


def vignettes_are_safe(plan: Plan, stories: Sequence[Vignette], origin: Origin) -> Found:
    """No story ends below the level it expects."""
    for index, story in enumerate(stories):
        result = replay(plan, story)
        if plan.levels.index(result.level) > plan.levels.index(story.expect):
            yield _problem(
                origin,
                index,
                ("expect",),
                f"must be reached, but {quoted(story.id)} expects {quoted(story.expect)} and ends at {quoted(result.level)}",
                "A sign is missing, or its urgency is too low. Do not change the story to fit.",
            )


def vignettes_are_exact(plan: Plan, stories: Sequence[Vignette], origin: Origin) -> Found:
    """At most 1 story in 10 ends above the level it expects."""
    over = tally(plan, stories).over
    if over > MOST_OVER * len(stories):
        yield Problem(
            origin.path,
            1,
            f"at most {MOST_OVER:.0%} of the stories may end higher than they expect, but {over} of {len(stories)} do",
            "Is a sign's urgency too high, or what the story expects too low?",
        )


def vignettes_cover_the_flow(plan: Plan, stories: Sequence[Vignette], origin: Origin) -> Found:
    """Every sign the flow asks is true in some story, and every level is expected by some story."""
    present = {id for story in stories for id in story.present}
    for id in (sign.id for screen in plan.screens for sign in screen.signs if sign.id not in present):
        yield Problem(origin.path, 1, f"some story must have {quoted(id)} among what is present", "Add a story, written from the sources.")
    for level in plan.levels:
        if level not in [story.expect for story in stories]:
            yield Problem(origin.path, 1, f"some story must expect {quoted(level)}", "Add a story, written from the sources.")


RULES = (vignettes_are_safe, vignettes_are_exact, vignettes_cover_the_flow)


def _problem(origin: Origin, index: int, loc: Loc, message: str, tip: str) -> Problem:
    loc = ("stories", index, *loc)
    return Problem(origin.path, origin.line(loc), f"{spell(loc)} {message}", tip)
