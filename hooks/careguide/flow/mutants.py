"""Faults put into a check on purpose, to show that the checks find them.

A kind of fault is one short generator, and its docstring is the fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from careguide.flow import proof, rules, vignettes
from careguide.flow.paths import facts_of
from careguide.flow.plan import Line, Plan, Screen, flow_of, plan
from careguide.guide.guide import Guide
from careguide.model.flows import Flow

Faulty = Iterator[tuple[str, Any]]
"""Where a fault is, and what then has it: the plan, the flow, or some criteria."""


@dataclass(frozen=True)
class Mutant:
    """A check with one fault."""

    kind: str
    """What sort of fault it is: the name of its generator."""
    where: str
    """Where it is."""
    plan: Plan
    """The plan that has it."""
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
    made: dict[str, int] = {}
    missed = []
    for mutant in mutants(symptom, guide):
        made[mutant.kind] = made.get(mutant.kind, 0) + 1
        if next(complaints(mutant), None) is None:
            missed.append(f"{mutant.kind}: {mutant.where}")
    return Score(made, tuple(missed))


def complaints(mutant: Mutant) -> Iterator[Any]:
    """What the checks find: the rules of shape, what shows at a glance, the stories, and the whole proof.

    The quickest come first.
    """
    guide, symptom = mutant.guide, mutant.plan.id
    yield from (wrong for rule in rules.SHAPE for wrong in rule(mutant.flow, guide))
    facts = facts_of(symptom, guide, mutant.flow.times)
    glance = list(proof.at_a_glance(mutant.plan, facts))
    yield from glance
    if not any(each.property == "total" for each in glance):
        stories = guide.vignettes[symptom].stories
        more = vignettes.others(symptom, guide)
        yield from (wrong for rule in vignettes.broken(mutant.plan, stories, more) for wrong in rule)
    # A plan that was made of wrong criteria is as sound as one that was made of right ones: a walk
    # finds nothing more.
    if mutant.kind not in {kind.__name__ for kind in IN_THE_CRITERIA}:
        yield from proof.violations(mutant.plan, facts, [])


def mutants(symptom: str, guide: Guide) -> Iterator[Mutant]:
    """Every mutant of one check, in the same order each time."""
    flow = flow_of(guide, symptom)
    sound = plan(symptom, flow, guide)
    for kind in IN_THE_PLAN:
        for where, faulty in kind(sound):
            yield Mutant(kind.__name__, where, faulty, flow, guide)
    for in_flow in IN_THE_FLOW:
        for where, written in in_flow(flow):
            found = plan(symptom, written, guide)
            # A sign that this symptom does not have can stand anywhere.
            if found != sound or in_flow is last_looks_are_missing:
                yield Mutant(in_flow.__name__, where, found, written, guide)
    for in_criteria in IN_THE_CRITERIA:
        for where, changed in in_criteria(sound, guide):
            yield Mutant(in_criteria.__name__, where, plan(symptom, flow, changed), flow, changed)


# ------------------------------------------------------------------------------------------------------------
# Faults in what the answers do


def levels_are_swapped(plan: Plan) -> Faulty:
    """Wherever one level is reached, another is, and the other way round."""
    used = {line.level for screen in plan.screens for line in screen.lines} | {
        time.level for screen in plan.screens for time in screen.times
    }
    for one, other in combinations(plan.levels, 2):
        swap = {one: other, other: one}
        screens = [
            replace(
                screen,
                lines=tuple(replace(line, level=swap.get(line.level, line.level)) for line in screen.lines),
                times=tuple(replace(time, level=swap.get(time.level, time.level)) for time in screen.times),
            )
            for screen in plan.screens
        ]
        if {one, other} & used:
            yield f"{one} and {other}", replace(plan, screens=tuple(screens))


def lines_lead_elsewhere(plan: Plan) -> Faulty:
    """A line leads to another level than its own."""
    for place, index, line in _lines(plan):
        for level in plan.levels:
            if level != line.level:
                yield f"{line.id}: {level}", _with_line(plan, place, index, level=level)


def doubts_lead_elsewhere(plan: Plan) -> Faulty:
    """'Not sure' about a line on a gate leads nowhere, or to another level."""
    for place, index, line in _lines(plan):
        if plan.screens[place].kind == "gate":
            for level in ("", *plan.levels):
                if level != line.not_sure and (level or plan.levels[-1]) != (
                    line.not_sure or plan.levels[-1]
                ):
                    yield f"{line.id}: {level or 'nowhere'}", _with_line(plan, place, index, not_sure=level)


def times_lead_elsewhere(plan: Plan) -> Faulty:
    """A time leads to another level."""
    for place, screen in enumerate(plan.screens):
        for index, time in enumerate(screen.times):
            for level in plan.levels:
                if level != time.level:
                    times = (*screen.times[:index], replace(time, level=level), *screen.times[index + 1 :])
                    yield f"{time.id}: {level}", _with(plan, place, times=times)


def lines_are_for_others(plan: Plan) -> Faulty:
    """A line is asked only of people with another context than its own."""
    contexts = [each for screen in plan.screens for each in screen.contexts]
    for place, index, line in _lines(plan):
        for context in contexts:
            if (context,) != line.contexts:
                yield f"{line.id}: {context}", _with_line(plan, place, index, contexts=(context,))


def lines_are_for_everyone(plan: Plan) -> Faulty:
    """A line that is only for some people is asked of everyone."""
    for place, index, line in _lines(plan):
        if line.contexts:
            yield line.id, _with_line(plan, place, index, contexts=())


def lines_are_left_out(plan: Plan) -> Faulty:
    """A line is not asked."""
    for place, index, line in _lines(plan):
        yield (
            line.id,
            _with(
                plan,
                place,
                lines=(*plan.screens[place].lines[:index], *plan.screens[place].lines[index + 1 :]),
            ),
        )


def contexts_are_not_asked(plan: Plan) -> Faulty:
    """A context that signs are for cannot be chosen."""
    for place, screen in enumerate(plan.screens):
        for context in screen.contexts:
            if any(context in line.contexts for _, _, line in _lines(plan)):
                yield (
                    context,
                    _with(plan, place, contexts=tuple(each for each in screen.contexts if each != context)),
                )


def screens_are_left_out(plan: Plan) -> Faulty:
    """A screen is not there."""
    for place, screen in enumerate(plan.screens):
        yield screen.id, replace(plan, screens=(*plan.screens[:place], *plan.screens[place + 1 :]))


def screens_come_late(plan: Plan) -> Faulty:
    """A screen stands after one of a less urgent level, or after what it decides."""
    for place, screen in enumerate(plan.screens[:-1]):
        rest = (*plan.screens[:place], *plan.screens[place + 1 :])
        # Two screens of one level may change places without harm.
        if screen.level != plan.screens[-1].level:
            yield screen.id, replace(plan, screens=(*rest, screen))


# ------------------------------------------------------------------------------------------------------------
# Faults in the flow as it is written


def signs_are_left_out(flow: Flow) -> Faulty:
    """A sign for everyone is on no screen."""
    for place, sign in _signs(flow):
        signs = tuple(each for each in flow.screens[place].signs if each != sign)
        yield sign, _with_screen(flow, place, signs=signs)


def signs_are_asked_twice(flow: Flow) -> Faulty:
    """A sign stands on another screen too."""
    for place, sign in _signs(flow):
        for other, screen in enumerate(flow.screens):
            if other != place and screen.kind not in ("one", "many"):
                yield f"{sign}: {screen.id}", _with_screen(flow, other, signs=(*screen.signs, sign))


def signs_are_on_the_wrong_screen(flow: Flow) -> Faulty:
    """A sign stands on a screen of another level."""
    for place, sign in _signs(flow):
        for other, screen in enumerate(flow.screens):
            if screen.kind not in ("one", "many") and screen.level != flow.screens[place].level:
                without = _with_screen(
                    flow, place, signs=tuple(each for each in flow.screens[place].signs if each != sign)
                )
                yield f"{sign}: {screen.id}", _with_screen(without, other, signs=(*screen.signs, sign))


def contexts_are_not_followed(flow: Flow) -> Faulty:
    """A screen no longer asks the signs of some people."""
    for place, screen in enumerate(flow.screens):
        for kind in screen.also:
            yield (
                f"{screen.id}: {kind}",
                _with_screen(flow, place, also=tuple(each for each in screen.also if each != kind)),
            )


def gates_are_ticks(flow: Flow) -> Faulty:
    """Ticks of a lower level are asked as a gate."""
    for place, screen in enumerate(flow.screens):
        if screen.kind == "ticks":
            yield screen.id, _with_screen(flow, place, kind="gate")


def last_looks_are_missing(flow: Flow) -> Faulty:
    """A context is not offered once more where the result is calm."""
    if not flow.again:
        return
    for context in flow.again.contexts:
        rest = tuple(each for each in flow.again.contexts if each != context)
        again = flow.again.model_copy(update={"contexts": rest})
        yield context, flow.model_copy(update={"again": again})


# ------------------------------------------------------------------------------------------------------------
# Faults in the criteria


def signs_have_the_wrong_level(plan: Plan, guide: Guide) -> Faulty:
    """The level of one sign is another."""
    for _, _, line in _lines(plan):
        for level in plan.levels:
            if level != line.level:
                yield f"{line.id}: {level}", _with_sign(guide, line.id, level=level)


IN_THE_PLAN: tuple[Callable[[Plan], Faulty], ...] = (
    levels_are_swapped,
    lines_lead_elsewhere,
    doubts_lead_elsewhere,
    times_lead_elsewhere,
    lines_are_for_others,
    lines_are_for_everyone,
    lines_are_left_out,
    contexts_are_not_asked,
    screens_are_left_out,
    screens_come_late,
)
IN_THE_FLOW: tuple[Callable[[Flow], Faulty], ...] = (
    signs_are_left_out,
    signs_are_asked_twice,
    signs_are_on_the_wrong_screen,
    contexts_are_not_followed,
    gates_are_ticks,
    last_looks_are_missing,
)
IN_THE_CRITERIA: tuple[Callable[[Plan, Guide], Faulty], ...] = (signs_have_the_wrong_level,)


# ------------------------------------------------------------------------------------------------------------
# What the kinds share


def _lines(plan: Plan) -> Iterator[tuple[int, int, Line]]:
    for place, screen in enumerate(plan.screens):
        yield from ((place, index, line) for index, line in enumerate(screen.lines))


def _signs(flow: Flow) -> Iterator[tuple[int, str]]:
    for place, screen in enumerate(flow.screens):
        yield from ((place, sign) for sign in screen.signs)


def _with(plan: Plan, place: int, **changes: Any) -> Plan:
    screen: Screen = replace(plan.screens[place], **changes)
    return replace(plan, screens=(*plan.screens[:place], screen, *plan.screens[place + 1 :]))


def _with_line(plan: Plan, place: int, index: int, **changes: Any) -> Plan:
    lines = plan.screens[place].lines
    return _with(plan, place, lines=(*lines[:index], replace(lines[index], **changes), *lines[index + 1 :]))


def _with_screen(flow: Flow, place: int, **changes: Any) -> Flow:
    screen = flow.screens[place].model_copy(update=changes)
    return flow.model_copy(update={"screens": (*flow.screens[:place], screen, *flow.screens[place + 1 :])})


def _with_sign(guide: Guide, id_: str, **changes: Any) -> Guide:
    sign = guide.criteria[id_].model_copy(update=changes)
    return guide.with_things(criteria={**guide.criteria, id_: sign})
