"""A flow as a plan: what each answer on each screen does, and where answers lead.

Pages, proof and the check of the built pages all run one plan with one `follow`, so none of them can mean something else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from careguide.guide.guide import Guide
from careguide.guide.selection import all_of
from careguide.model.flows import Flow, Step
from careguide.model.lists import Criterion

YES, NO, UNSURE = "yes", "no", "unsure"
NONE: frozenset[str] = frozenset()
REMEMBERED, ALL = "remembered", "all"

Answer = str | frozenset[str]
"""To a gate: yes, no or unsure. To people and ticks: the ids chosen (none of them for 'none of these'), or unsure."""


@dataclass(frozen=True)
class Asked:
    """One sign on a screen, with where it leads."""

    id: str
    """The criterion's id."""
    level: str
    """The level it leads to when it is true."""
    raises: tuple[tuple[str, str], ...] = ()
    """The people for whom it leads higher, each with that level."""
    who: str = "everyone"
    """Whom it concerns. Ticks hide it only where that person was asked about and is not meant; gates hide nothing."""


@dataclass(frozen=True)
class Screen:
    """One step, with what each of its answers does. What an answer leads to is the id of a screen or of a level."""

    id: str
    """The step's id."""
    kind: str
    """gate, people or ticks."""
    none: str
    """What 'no' and 'none of these' lead to, and every answer about people."""
    signs: tuple[Asked, ...] = ()
    """The signs of a gate or of ticks."""
    people: tuple[str, ...] = ()
    """The people it asks about."""
    yes: str = ""
    """What the 'yes' of a gate leads to."""
    unsure: str = ALL
    """What 'not sure' does: on a gate it is remembered; elsewhere it counts as all the signs shown, or all the people."""
    doubt: str = ""
    """On the last gate: what it leads to without a 'yes', if 'not sure' was said on any gate."""


@dataclass(frozen=True)
class Plan:
    """All that decides where a reader ends."""

    id: str
    """The symptom's id."""
    levels: tuple[str, ...]
    """The ladder, worst first."""
    screens: tuple[Screen, ...]
    """The screens in order."""


@dataclass(frozen=True)
class Result:
    """Where a reader ends, and why."""

    level: str
    """The level reached."""
    screen: str
    """The screen whose answer led there."""
    because: tuple[str, ...] = ()
    """The signs that led there: those ticked, or those of the gate, of which at least one is true."""
    unsure: tuple[str, ...] = ()
    """The signs the reader was not sure about."""


# ---------------------------------------------------------------------------------------------------------------------
# From a flow to its plan


def plan(flow: Flow, guide: Guide) -> Plan:
    """What each answer does. Only the order is the flow's: the urgency of a sign is its own."""
    levels = tuple(guide.urgency)
    following = [*flow.steps[1:], None]
    return Plan(
        flow.id,
        levels,
        tuple(_screen(step, next, levels, guide) for step, next in zip(flow.steps, following, strict=True)),
    )


def _screen(step: Step, next: Step | None, levels: Sequence[str], guide: Guide) -> Screen:
    """One screen. A gate's 'yes' leads to its signs' urgency; what is in doubt after the last gate leads to the second level."""
    signs = tuple(
        _asked(each, levels) for each in all_of(guide, "criteria", step.signs) if each.urgency in levels
    )
    none = next.id if next else "".join(levels[-1:])
    if step.kind != "gate":
        return Screen(step.id, step.kind, none, signs, step.people)
    doubt = "" if next and next.kind == "gate" else "".join(levels[1:2])
    return Screen(
        step.id,
        step.kind,
        none,
        signs,
        yes=worst(levels, [sign.level for sign in signs]),
        unsure=REMEMBERED,
        doubt=doubt,
    )


def _asked(criterion: Criterion, levels: Sequence[str]) -> Asked:
    raises = tuple((each.who, each.to) for each in criterion.raise_ if each.to in levels)
    return Asked(criterion.id, criterion.urgency, raises, criterion.who)


def is_whole(flow: Flow, guide: Guide) -> bool:
    """Whether all that a flow needs is there: its symptom, its steps' parts, its signs and their levels. What is missing is a problem already."""
    ladder, criteria, symptom = guide.urgency, guide.criteria, guide.symptoms.get(flow.id)
    wanted = [*(symptom.criteria if symptom else ()), *(id for step in flow.steps for id in step.signs)]
    levels = {
        level
        for id in wanted
        if id in criteria
        for level in (criteria[id].urgency, *(each.to for each in criteria[id].raise_))
    }
    has_parts = all(step.people if step.kind == "people" else step.signs for step in flow.steps)
    return (
        symptom is not None
        and has_parts
        and len(ladder) > 1
        and criteria.keys() >= set(wanted)
        and ladder.keys() >= levels
    )


def version(flow: Flow, guide: Guide) -> str:
    """Eight letters that change with anything a reader of the flow can notice: its order, its words, its signs and the ladder."""
    signs = [id for step in flow.steps for id in step.signs]
    said = [flow, *all_of(guide, "criteria", signs), *guide.urgency.values()]
    form = [part.model_dump(mode="json", exclude={"draft", "why", "checked", "lowered"}) for part in said]
    return hashlib.sha256(json.dumps(form, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]


# ---------------------------------------------------------------------------------------------------------------------
# From answers to a result


def follow(plan: Plan, answers: Mapping[str, Answer]) -> Result | Screen:
    """Where the answers so far lead: the screen to ask next, or the result. Answers are by screen; those to screens that are not reached do not count."""
    screens = {screen.id: screen for screen in plan.screens}
    at, asked, because, unsure = plan.screens[0].id, "", (), ()
    chosen = hidden = NONE
    for _ in plan.screens:
        if at not in screens:
            break
        if at not in answers:
            return screens[at]
        screen, answer, asked = screens[at], answers[at], at
        unsure += (doubted := _doubted(screen, answer, hidden))
        if screen.kind == "people":
            chosen, hidden = people(screen, answer)
            at = screen.none
        elif screen.kind == "gate":
            because = ids(screen.signs) if answer == YES else ()
            at = screen.yes if answer == YES else (unsure and screen.doubt) or screen.none
        else:
            true = [
                sign for sign in shown(screen, hidden) if sign.id in (doubted if answer == UNSURE else answer)
            ]
            because = ids(true) if answer != UNSURE else ()
            at = worst(plan.levels, [level_for(sign, plan.levels, chosen) for sign in true]) or screen.none
    return Result(at, asked, because, unsure)


def end_of(plan: Plan, who: Set[str] = NONE, present: Set[str] = NONE, unsure: Set[str] = NONE) -> Result:
    """Where a reader ends who is one of these people and has these signs. They say 'not sure' only where nothing asked is true: the least one would say."""
    answers: dict[str, Answer] = {}
    while isinstance(screen := follow(plan, answers), Screen):
        answers[screen.id] = _said(screen, who, present, unsure, meant(plan, answers)[1])
    return screen


def _said(
    screen: Screen, who: Set[str], present: Set[str], unsure: Set[str], hidden: frozenset[str]
) -> Answer:
    if screen.kind == "people":
        return frozenset(screen.people) & who
    asked = frozenset(ids(screen.signs if screen.kind == "gate" else shown(screen, hidden)))
    if screen.kind == "gate":
        return YES if asked & present else UNSURE if asked & unsure else NO
    return asked & present or (UNSURE if asked & unsure else NONE)


def _doubted(screen: Screen, answer: Answer, hidden: frozenset[str]) -> tuple[str, ...]:
    """The signs that 'not sure' on a screen puts in doubt."""
    counts = answer == UNSURE and screen.unsure in (REMEMBERED, ALL)
    return ids(screen.signs if screen.kind == "gate" else shown(screen, hidden)) if counts else ()


def people(screen: Screen, answer: Answer) -> tuple[frozenset[str], frozenset[str]]:
    """The people an answer means, and the people it rules out. Not sure means all and rules out none."""
    chosen = (
        answer if isinstance(answer, frozenset) else frozenset(screen.people if screen.unsure == ALL else ())
    )
    return chosen, frozenset(screen.people) - chosen


def meant(plan: Plan, answers: Mapping[str, Answer]) -> tuple[frozenset[str], frozenset[str]]:
    """The people whom the answers so far mean, and those they rule out."""
    said = [
        people(screen, answers[screen.id])
        for screen in plan.screens
        if screen.kind == "people" and screen.id in answers
    ]
    return said[-1] if said else (NONE, NONE)


def shown(screen: Screen, hidden: frozenset[str] = NONE) -> tuple[Asked, ...]:
    """The signs a screen of ticks shows when these people are ruled out."""
    return tuple(sign for sign in screen.signs if sign.who not in hidden)


def level_for(sign: Asked, levels: Sequence[str], chosen: frozenset[str] = NONE) -> str:
    """The level a sign leads to for these people."""
    return worst(levels, [sign.level, *(to for who, to in sign.raises if who in chosen)])


def worst(levels: Sequence[str], found: Iterable[str]) -> str:
    """The most urgent of some levels; empty where there are none."""
    return min(found, key=levels.index, default="")


def ids(signs: Iterable[Asked]) -> tuple[str, ...]:
    """The ids of signs, in order."""
    return tuple(sign.id for sign in signs)
