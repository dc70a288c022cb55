"""Faults put into a check on purpose, to show that the checks find them.

A kind of fault is one short generator, and its docstring is the fault.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, tee
from typing import Any, TypeVar

from careguide.flow import proof, rules, vignettes
from careguide.flow.paths import facts_of
from careguide.flow.plan import Line, Plan, Screen, Time, flow_of, plan
from careguide.guide.guide import Guide
from careguide.model.flows import Flow, Story
from careguide.model.flows import Screen as WrittenScreen

T = TypeVar("T")
P = TypeVar("P", Line, Time)
Faulty = Iterator[tuple[str, Any]]
"""Where a fault is, and what then has it: the plan, the flow, or some criteria."""


@dataclass(frozen=True)
class Mutant:
    """A check with one fault."""

    kind: str
    """What sort of fault it is: the name of its generator."""
    where: str
    plan: Plan
    flow: Flow
    """The flow that has it, if it is in the flow."""
    guide: Guide
    """The guide that has it, if it is in the data."""


@dataclass(frozen=True)
class Score:
    """How many faults were found."""

    made: Mapping[str, int]
    """How many mutants there are, by kind."""
    missed: tuple[str, ...]
    """Kind and place of those that no check found."""


def score(symptom: str, guide: Guide) -> Score:
    """Every mutant of one check, held against the same rules, proof and stories as the check itself."""
    made, missed = Counter[str](), []
    own, others = guide.vignettes[symptom].stories, vignettes.others(symptom, guide)
    for mutant in mutants(symptom, guide):
        made[mutant.kind] += 1
        if next(complaints(mutant, own, others), None) is None:
            missed.append(f"{mutant.kind}: {mutant.where}")
    return Score(dict(made), tuple(missed))


def complaints(mutant: Mutant, own: Sequence[Story], others: Sequence[Story]) -> Iterator[Any]:
    """What the checks find, the quickest first: shape, what shows at a glance, stories, the whole proof.

    The stories are the symptom's `own`, and those of `others` that can be told of it too.
    """
    guide, symptom = mutant.guide, mutant.plan.id
    if mutant.kind not in _OF_A_PLAN:  # else the flow and the guide are as they were
        for rule in rules.SHAPE:
            yield from rule(mutant.flow, guide)
    facts = facts_of(symptom, guide, mutant.flow.times)
    glance = proof.at_a_glance(mutant.plan, facts)
    yield from glance
    if not glance:
        # Most mutants fall at one of the first stories, so no more are replayed.
        first, again = tee(vignettes.replay(mutant.plan, own))
        yield from vignettes.stories_end_where_they_say(mutant.plan, first)
        replayed = [*again, *vignettes.replay(mutant.plan, others)]
        yield from chain(*vignettes.broken(mutant.plan, replayed, len(own)))
    # A plan that was made of wrong criteria is as sound as one that was made of right ones: a walk
    # finds nothing more.
    if mutant.kind != signs_have_the_wrong_level.__name__:
        yield from proof.violations(mutant.plan, facts, [])


def mutants(symptom: str, guide: Guide) -> Iterator[Mutant]:
    """Every mutant of one check, in the same order each time."""
    flow = flow_of(guide, symptom)
    sound = plan(symptom, flow, guide)
    for in_plan in IN_THE_PLAN:
        for where, faulty in in_plan(sound):
            yield Mutant(in_plan.__name__, where, faulty, flow, guide)
    for in_flow in IN_THE_FLOW:
        for where, written in in_flow(flow):
            found = plan(symptom, written, guide)
            # A sign that this symptom does not have can stand anywhere.
            if found != sound or in_flow is last_looks_are_missing:
                yield Mutant(in_flow.__name__, where, found, written, guide)
    for in_criteria in IN_THE_CRITERIA:
        for where, changed in in_criteria(sound, guide):
            yield Mutant(in_criteria.__name__, where, plan(symptom, flow, changed), flow, changed)


# Faults in what the answers do


def levels_are_swapped(plan: Plan) -> Faulty:
    """Wherever one level is reached, another is, and the other way round."""
    for one, other in combinations(plan.levels, 2):
        swap = {one: other, other: one}
        screens = []
        for screen in plan.screens:
            lines, times = _swapped(screen.lines, swap), _swapped(screen.times, swap)
            screens.append(replace(screen, lines=lines, times=times))
        if screens != [*plan.screens]:
            yield f"{one} and {other}", replace(plan, screens=tuple(screens))


def lines_lead_elsewhere(plan: Plan) -> Faulty:
    """A line leads to another level than its own."""
    for screen, line in _lines(plan):
        for level in _but(plan.levels, line.level):
            yield f"{line.id}: {level}", _with_line(plan, screen, line, replace(line, level=level))


def doubts_lead_elsewhere(plan: Plan) -> Faulty:
    """'Not sure' about a line on a gate leads nowhere, or to another level."""
    last = plan.levels[-1]
    for screen, line in _lines(plan):
        for level in ("", *plan.levels) if screen.kind == "gate" else ():
            # To lead nowhere is to lead to the last level.
            if (level or last) != (line.not_sure or last):
                doubt = replace(line, not_sure=level)
                yield f"{line.id}: {level or 'nowhere'}", _with_line(plan, screen, line, doubt)


def times_lead_elsewhere(plan: Plan) -> Faulty:
    """A time leads to another level."""
    for screen in plan.screens:
        for time in screen.times:
            for level in _but(plan.levels, time.level):
                times = _but(screen.times, time, replace(time, level=level))
                yield f"{time.id}: {level}", _with(plan, screen, times=times)


def lines_are_for_others(plan: Plan) -> Faulty:
    """A line is asked of other people than its own: of everyone, or of those with another context."""
    for screen, line in _lines(plan):
        for context in ("", *plan.contexts):
            contexts = (context,) if context else ()
            if contexts != line.contexts:
                other = replace(line, contexts=contexts)
                yield f"{line.id}: {context or 'everyone'}", _with_line(plan, screen, line, other)


def lines_are_left_out(plan: Plan) -> Faulty:
    """A line is not asked."""
    for screen, line in _lines(plan):
        yield line.id, _with_line(plan, screen, line)


def contexts_are_not_asked(plan: Plan) -> Faulty:
    """A context that signs are for cannot be chosen."""
    for screen in plan.screens:
        for context in screen.contexts:
            if context in plan.needed:
                yield context, _with(plan, screen, contexts=_but(screen.contexts, context))


def screens_are_left_out(plan: Plan) -> Faulty:
    """A screen is not there."""
    for screen in plan.screens:
        yield screen.id, replace(plan, screens=_but(plan.screens, screen))


def screens_come_late(plan: Plan) -> Faulty:
    """A screen stands after one of a less urgent level, or after what it decides."""
    for screen in plan.screens[:-1]:
        # Two screens of one level may change places without harm.
        if screen.level != plan.screens[-1].level:
            yield screen.id, replace(plan, screens=(*_but(plan.screens, screen), screen))


# Faults in the flow as it is written


def signs_are_left_out(flow: Flow) -> Faulty:
    """A sign for everyone is on no screen."""
    for screen, sign in _signs(flow):
        yield sign, _with_screen(flow, screen, signs=_but(screen.signs, sign))


def signs_are_asked_twice(flow: Flow) -> Faulty:
    """A sign stands on another screen too."""
    for screen, sign in _signs(flow):
        for other in _but(flow.screens, screen):
            if other.kind not in ("one", "many"):
                yield f"{sign}: {other.id}", _with_screen(flow, other, signs=(*other.signs, sign))


def signs_are_on_the_wrong_screen(flow: Flow) -> Faulty:
    """A sign stands on a screen of another level."""
    for screen, sign in _signs(flow):
        without = _with_screen(flow, screen, signs=_but(screen.signs, sign))
        for other in flow.screens:
            if other.kind not in ("one", "many") and other.level != screen.level:
                yield f"{sign}: {other.id}", _with_screen(without, other, signs=(*other.signs, sign))


def contexts_are_not_followed(flow: Flow) -> Faulty:
    """A screen no longer asks the signs of some people."""
    for screen in flow.screens:
        for kind in screen.also:
            yield f"{screen.id}: {kind}", _with_screen(flow, screen, also=_but(screen.also, kind))


def gates_are_ticks(flow: Flow) -> Faulty:
    """Ticks of a lower level are asked as a gate."""
    for screen in flow.screens:
        if screen.kind == "ticks":
            yield screen.id, _with_screen(flow, screen, kind="gate")


def last_looks_are_missing(flow: Flow) -> Faulty:
    """A context is not offered once more where the result is calm."""
    if again := flow.again:
        for context in again.contexts:
            rest = again.model_copy(update={"contexts": _but(again.contexts, context)})
            yield context, flow.model_copy(update={"again": rest})


# Faults in the criteria


def signs_have_the_wrong_level(plan: Plan, guide: Guide) -> Faulty:
    """The level of one sign is another."""
    for line in plan.lines:
        for level in _but(plan.levels, line.level):
            yield f"{line.id}: {level}", guide.with_level(line.id, level)


IN_THE_PLAN: tuple[Callable[[Plan], Faulty], ...] = (
    levels_are_swapped,
    lines_lead_elsewhere,
    doubts_lead_elsewhere,
    times_lead_elsewhere,
    lines_are_for_others,
    lines_are_left_out,
    contexts_are_not_asked,
    screens_are_left_out,
    screens_come_late,
)
_OF_A_PLAN = {kind.__name__ for kind in IN_THE_PLAN}
IN_THE_FLOW: tuple[Callable[[Flow], Faulty], ...] = (
    signs_are_left_out,
    signs_are_asked_twice,
    signs_are_on_the_wrong_screen,
    contexts_are_not_followed,
    gates_are_ticks,
    last_looks_are_missing,
)
IN_THE_CRITERIA: tuple[Callable[[Plan, Guide], Faulty], ...] = (signs_have_the_wrong_level,)


# What the kinds share


def _lines(plan: Plan) -> Iterator[tuple[Screen, Line]]:
    for screen in plan.screens:
        for line in screen.lines:
            yield screen, line


def _signs(flow: Flow) -> Iterator[tuple[WrittenScreen, str]]:
    for screen in flow.screens:
        for sign in screen.signs:
            yield screen, sign


def _but(parts: tuple[T, ...], old: T, *new: T) -> tuple[T, ...]:
    """The parts without one of them, or with others in its place."""
    place = parts.index(old)
    return (*parts[:place], *new, *parts[place + 1 :])


def _swapped(parts: tuple[P, ...], swap: Mapping[str, str]) -> tuple[P, ...]:
    return tuple(replace(part, level=swap.get(part.level, part.level)) for part in parts)


def _with(plan: Plan, screen: Screen, **changes: Any) -> Plan:
    return replace(plan, screens=_but(plan.screens, screen, replace(screen, **changes)))


def _with_line(plan: Plan, screen: Screen, line: Line, *new: Line) -> Plan:
    return _with(plan, screen, lines=_but(screen.lines, line, *new))


def _with_screen(flow: Flow, screen: WrittenScreen, **changes: Any) -> Flow:
    screens = _but(flow.screens, screen, screen.model_copy(update=changes))
    return flow.model_copy(update={"screens": screens})
