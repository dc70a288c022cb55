"""A flow as its page and its chart show it: its steps with their number and stage, its results, and what would lead higher than a result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from careguide.flow.plan import Plan, Screen, is_whole, plan, worst
from careguide.guide.guide import Guide
from careguide.guide.selection import all_of
from careguide.model.flows import Flow, Step
from careguide.model.lists import Criterion, Urgency

PEOPLE = "people"


@dataclass(frozen=True)
class Shown:
    """One step of a flow, as a reader meets it."""

    step: Step
    """Its words."""
    screen: Screen
    """Where its answers lead."""
    number: int
    """Its place in the flow, from 1."""
    stage: str
    """What it is about: people, or the card of its signs' level."""
    place: int
    """Its place among the steps of its stage, from 1."""
    count: int
    """How many steps its stage has."""


def flows_of(guide: Guide, symptom: str) -> list[Flow]:
    """The flow of a symptom, where it has one that can be shown."""
    flow = guide.flows.get(symptom)
    return [flow] if flow and is_whole(flow, guide) else []


def asked_first(guide: Guide, symptom: str) -> list[str]:
    """A symptom's criteria, with those of its flow's first step before the rest: on its page they are seen without a click."""
    first = [id for flow in flows_of(guide, symptom) for id in flow.steps[0].signs]
    return [*first, *(id for id in guide.symptoms[symptom].criteria if id not in first)]


def title_of(flow: Flow, guide: Guide) -> str:
    """The title of a flow's page."""
    return guide.words["flow"]["title"].format(title=flow.title, symptom=guide.symptoms[flow.id].title)


def steps(flow: Flow, guide: Guide) -> list[Shown]:
    """The steps of a flow, in order."""
    found = plan(flow, guide)
    stages = [_stage(screen, found, guide) for screen in found.screens]
    numbered = enumerate(zip(flow.steps, found.screens, stages, strict=True), 1)
    return [
        Shown(step, screen, number, stage, stages[:number].count(stage), stages.count(stage))
        for number, (step, screen, stage) in numbered
    ]


def _stage(screen: Screen, plan: Plan, guide: Guide) -> str:
    level = worst(plan.levels, [sign.level for sign in screen.signs])
    return guide.urgency[level].card if level else PEOPLE


def stages(flow: Flow, guide: Guide) -> list[str]:
    """The stages a reader passes, in order."""
    return [stage for stage, _ in groupby(shown.stage for shown in steps(flow, guide))]


def stage_of(shown: Shown, guide: Guide) -> str:
    """What a step is about, in words: 'Emergency signs, list 2 of 4'."""
    words = guide.words["flow"]
    name = words["stages"][shown.stage]
    return (
        words["place"].format(stage=name, place=shown.place, count=shown.count) if shown.count > 1 else name
    )


def routes(screen: Screen) -> list[tuple[str, str]]:
    """Each answer to a step with what it leads to, for a reader who answers for everyone the step may mean."""
    if screen.kind == "gate":
        return [
            ("yes", screen.yes),
            ("no", screen.none),
            ("unsure", screen.doubt or screen.none),
            *([("doubt", screen.doubt)] if screen.doubt else []),
        ]
    yes = screen.signs[0].level if screen.signs else screen.none
    return [("yes", yes), ("none", screen.none), ("unsure", yes)]


def title_at(id: str, flow: Flow, guide: Guide) -> str:
    """What an answer leads to, in words: the title of a result, or the number of a step."""
    level = guide.urgency.get(id)
    numbers = {step.id: number for number, step in enumerate(flow.steps, 1)}
    return level.title if level else guide.words["flow"]["go_on"].format(number=numbers[id])


def in_doubt(flow: Flow, guide: Guide) -> Urgency:
    """Where a reader ends who is not sure about an emergency sign and says yes to none."""
    return next(guide.urgency[screen.doubt] for screen in plan(flow, guide).screens if screen.doubt)


def results(flow: Flow, guide: Guide) -> list[tuple[int, Urgency]]:
    """The levels a reader can end at, worst first, each with its place on the ladder from 1."""
    ends = {end for screen in plan(flow, guide).screens for end in _ends(screen)}
    return [(place, level) for place, level in enumerate(guide.urgency.values(), 1) if level.id in ends]


def _ends(screen: Screen) -> Iterator[str]:
    """Everything that answers to a screen can lead to."""
    yield from (screen.none, screen.yes, screen.doubt)
    for sign in screen.signs:
        yield from (sign.level, *(to for _, to in sign.raises))


def sooner(flow: Flow, guide: Guide, level: str) -> list[tuple[Urgency, list[tuple[Criterion, str]]]]:
    """What would lead higher than a level: each higher level, worst first, with its signs, each with the person for whom it does (empty for all)."""
    found = plan(flow, guide)
    asked = [
        (sign.id, at, who)
        for screen in found.screens
        for sign in screen.signs
        for who, at in (("", sign.level), *sign.raises)
    ]
    nets = [
        (id, [(guide.criteria[sign], who) for sign, at, who in asked if at == id])
        for id in found.levels[: found.levels.index(level)]
    ]
    return [(guide.urgency[id], signs) for id, signs in nets if signs]


def fits(flow: Flow, guide: Guide, level: str) -> list[Criterion]:
    """The symptom's signs of a level that the flow does not ask, because nothing lies below it: they say when it fits."""
    asked = {id for step in flow.steps for id in step.signs}
    listed = all_of(guide, "criteria", guide.symptoms[flow.id].criteria)
    return [each for each in listed if each.urgency == level and each.id not in asked]
