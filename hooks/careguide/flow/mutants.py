"""Faults put into a flow on purpose, to show that the checks find them. A kind of fault is one short generator, and its docstring is the fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from careguide.flow import proof, rules, vignettes
from careguide.flow.paths import facts_of
from careguide.flow.plan import Asked, Plan, Screen, plan
from careguide.guide.guide import Guide
from careguide.model.flows import Flow, Step

Faulty = Iterator[tuple[str, Any]]
"""Where a fault is, and what then has it: the plan, the flow, or some criteria."""


@dataclass(frozen=True)
class Mutant:
    """A flow with one fault."""

    kind: str
    """What sort of fault it is: the name of its generator."""
    where: str
    """Where it is."""
    plan: Plan
    """The plan that has it."""
    guide: Guide
    """The guide that has it, if it is in the data."""


@dataclass(frozen=True)
class Score:
    """How many faults were found."""

    made: Mapping[str, int]
    """How many mutants there are, by kind."""
    missed: tuple[str, ...]
    """Kind and place of those that no check found."""


def score(id: str, guide: Guide) -> Score:
    """Every mutant of one flow, held against the same checks as the flow itself."""
    made: dict[str, int] = {}
    missed = []
    for mutant in mutants(id, guide):
        made[mutant.kind] = made.get(mutant.kind, 0) + 1
        if next(complaints(mutant), None) is None:
            missed.append(f"{mutant.kind}: {mutant.where}")
    return Score(made, tuple(missed))


def complaints(mutant: Mutant) -> Iterator[Any]:
    """What the checks find: the rules of shape, the proof, and the vignettes."""
    guide, id = mutant.guide, mutant.plan.id
    yield from (wrong for rule in rules.SHAPE for wrong in rule(guide.flows[id], guide))
    yield from proof.violations(mutant.plan, facts_of(id, guide), [])
    yield from vignettes.broken(mutant.plan, guide.vignettes[id].stories)


def mutants(id: str, guide: Guide) -> Iterator[Mutant]:
    """Every mutant of one flow, in the same order each time."""
    flow = guide.flows[id]
    sound = plan(flow, guide)
    for kind in IN_THE_PLAN:
        yield from (Mutant(kind.__name__, where, faulty, guide) for where, faulty in kind(sound))
    for kind in IN_THE_FLOW:
        yield from (
            Mutant(kind.__name__, where, plan(faulty, guide), _with_things(guide, "flows", {id: faulty}))
            for where, faulty in kind(flow)
        )
    for kind in IN_THE_CRITERIA:
        for where, faulty in kind(flow, guide):
            changed = _with_things(guide, "criteria", faulty)
            yield Mutant(kind.__name__, where, plan(flow, changed), changed)


# ---------------------------------------------------------------------------------------------------------------------
# Faults in what the answers do


def levels_are_swapped(plan: Plan) -> Faulty:
    """Wherever one level is reached, another is, and the other way round."""
    for one, other in combinations(plan.levels, 2):
        swap = {one: other, other: one}
        faulty = plan
        for place, screen in enumerate(plan.screens):
            signs = tuple(replace(sign, level=swap.get(sign.level, sign.level)) for sign in screen.signs)
            targets = {
                name: swap.get(getattr(screen, name), getattr(screen, name))
                for name in ("none", "yes", "doubt")
            }
            faulty = _with(faulty, place, signs=signs, **targets)
        yield f"{one} and {other}", faulty


def yes_leads_elsewhere(plan: Plan) -> Faulty:
    """The 'yes' of a gate leads to a lower level, or to the next step."""
    for place, screen in _gates(plan):
        for target in (*plan.levels[1:], screen.none):
            yield f"{screen.id}: {target}", _with(plan, place, yes=target)


def yes_and_no_are_swapped(plan: Plan) -> Faulty:
    """The 'yes' of a gate leads where 'no' should, and the other way round."""
    for place, screen in _gates(plan):
        yield screen.id, _with(plan, place, yes=screen.none, none=screen.yes)


def not_sure_leaves_early(plan: Plan) -> Faulty:
    """'Not sure' on a gate leads to the second level at once, before the gates that follow are asked."""
    for place, screen in _gates(plan)[:-1]:
        yield screen.id, _with(plan, place, doubt=plan.levels[1])


def not_sure_is_ignored(plan: Plan) -> Faulty:
    """'Not sure' counts as no, or as nobody."""
    for place, screen in enumerate(plan.screens):
        yield screen.id, _with(plan, place, unsure="")


def doubt_is_forgotten(plan: Plan) -> Faulty:
    """After the last gate, what was in doubt leads nowhere, or too low."""
    place, screen = _gates(plan)[-1]
    for level in ("", *plan.levels[2:]):
        yield level or screen.id, _with(plan, place, doubt=level)


def ticks_lead_elsewhere(plan: Plan) -> Faulty:
    """A ticked sign leads to another level than its own."""
    for place, index, sign in _ticks(plan):
        for level in plan.levels:
            if level != sign.level:
                yield f"{sign.id}: {level}", _with_sign(plan, place, index, level=level)


def signs_are_hidden(plan: Plan) -> Faulty:
    """A sign is shown only to people other than those it concerns."""
    for place, index, sign in _ticks(plan):
        for person in _people(plan, but=sign.who):
            yield f"{sign.id}: {person}", _with_sign(plan, place, index, who=person)


def raises_are_ignored(plan: Plan) -> Faulty:
    """A sign is no more urgent for the people for whom it should be; or it is for others."""
    for place, index, sign in _ticks(plan):
        for who, to in sign.raises:
            yield sign.id, _with_sign(plan, place, index, raises=())
            for person in _people(plan, but=who):
                yield f"{sign.id}: {person}", _with_sign(plan, place, index, raises=((person, to),))


def steps_are_passed_over(plan: Plan) -> Faulty:
    """'None of these' leads past the steps that follow, to a later one or to a level."""
    for place, screen in enumerate(plan.screens):
        for target in (*plan.levels, *(each.id for each in plan.screens[place + 2 :])):
            if target != screen.none:
                yield f"{screen.id}: {target}", _with(plan, place, none=target)


def answers_lead_back_or_nowhere(plan: Plan) -> Faulty:
    """'None of these' leads to its own step, to the first, or to nothing."""
    for place, screen in enumerate(plan.screens):
        for target in dict.fromkeys((screen.id, plan.screens[0].id, "")):
            yield f"{screen.id}: {target}", _with(plan, place, none=target)


# ---------------------------------------------------------------------------------------------------------------------
# Faults in the flow as it is written


def signs_are_left_out(flow: Flow) -> Faulty:
    """A sign is not asked."""
    for place, sign in _signs(flow):
        yield sign, _with_steps(flow, _without(flow, place, sign))


def signs_are_asked_twice(flow: Flow) -> Faulty:
    """A sign is asked again in the last step, or in the first."""
    for place, sign in _signs(flow):
        yield sign, _with_steps(flow, _added(flow.steps, _far(flow, place), sign))


def signs_are_in_the_wrong_step(flow: Flow) -> Faulty:
    """A sign is asked in the last step, or in the first, where it does not belong."""
    for place, sign in _signs(flow):
        yield sign, _with_steps(flow, _added(_without(flow, place, sign), _far(flow, place), sign))


def steps_are_left_out(flow: Flow) -> Faulty:
    """A step is not there: a gate, the one about people, or ticks."""
    for place, step in enumerate(flow.steps):
        yield step.id, _with_steps(flow, [*flow.steps[:place], *flow.steps[place + 1 :]])


def gates_come_late(flow: Flow) -> Faulty:
    """A gate is asked after the ticks."""
    for place, step in enumerate(flow.steps):
        if step.kind == "gate":
            yield step.id, _with_steps(flow, [*flow.steps[:place], *flow.steps[place + 1 :], step])


def steps_have_another_kind(flow: Flow) -> Faulty:
    """A gate is asked as ticks, or ticks as a gate."""
    for place, step in enumerate(flow.steps):
        if step.kind != "people":
            yield (
                step.id,
                _with_steps(
                    flow, _changed(flow.steps, place, kind="ticks" if step.kind == "gate" else "gate")
                ),
            )


# ---------------------------------------------------------------------------------------------------------------------
# Faults in the criteria


def signs_have_the_wrong_urgency(flow: Flow, guide: Guide) -> Faulty:
    """The urgency of one sign is another level."""
    for _, sign in _signs(flow):
        for level in guide.urgency:
            if level != guide.criteria[sign].urgency:
                yield f"{sign}: {level}", _with_urgency(guide, [sign], level)


def steps_have_the_wrong_urgency(flow: Flow, guide: Guide) -> Faulty:
    """All signs of a step have another level."""
    for step in flow.steps:
        for level in guide.urgency if step.signs else ():
            if level != guide.criteria[step.signs[0]].urgency:
                yield f"{step.id}: {level}", _with_urgency(guide, step.signs, level)


def raises_are_missing(flow: Flow, guide: Guide) -> Faulty:
    """A sign has lost the raise it should have."""
    for _, sign in _signs(flow):
        if guide.criteria[sign].raise_:
            yield sign, {sign: guide.criteria[sign].model_copy(update={"raise_": ()})}


IN_THE_PLAN: tuple[Callable[[Plan], Faulty], ...] = (
    levels_are_swapped, yes_leads_elsewhere, yes_and_no_are_swapped, not_sure_leaves_early, not_sure_is_ignored, doubt_is_forgotten, ticks_lead_elsewhere,
    signs_are_hidden, raises_are_ignored, steps_are_passed_over, answers_lead_back_or_nowhere,
)  # fmt: skip
IN_THE_FLOW: tuple[Callable[[Flow], Faulty], ...] = (
    signs_are_left_out, signs_are_asked_twice, signs_are_in_the_wrong_step, steps_are_left_out, gates_come_late, steps_have_another_kind,
)  # fmt: skip
IN_THE_CRITERIA: tuple[Callable[[Flow, Guide], Faulty], ...] = (
    signs_have_the_wrong_urgency,
    steps_have_the_wrong_urgency,
    raises_are_missing,
)


# ---------------------------------------------------------------------------------------------------------------------
# What the kinds share


def _gates(plan: Plan) -> list[tuple[int, Screen]]:
    return [(place, screen) for place, screen in enumerate(plan.screens) if screen.kind == "gate"]


def _ticks(plan: Plan) -> Iterator[tuple[int, int, Asked]]:
    for place, screen in enumerate(plan.screens):
        yield from ((place, index, sign) for index, sign in enumerate(screen.signs) if screen.kind == "ticks")


def _people(plan: Plan, *, but: str) -> list[str]:
    return [person for screen in plan.screens for person in screen.people if person != but]


def _with(plan: Plan, place: int, **changes: Any) -> Plan:
    return replace(
        plan,
        screens=(*plan.screens[:place], replace(plan.screens[place], **changes), *plan.screens[place + 1 :]),
    )


def _with_sign(plan: Plan, place: int, index: int, **changes: Any) -> Plan:
    signs = plan.screens[place].signs
    return _with(plan, place, signs=(*signs[:index], replace(signs[index], **changes), *signs[index + 1 :]))


def _signs(flow: Flow) -> Iterator[tuple[int, str]]:
    for place, step in enumerate(flow.steps):
        yield from ((place, sign) for sign in step.signs)


def _far(flow: Flow, place: int) -> int:
    """The last step, for what stands in the first half; otherwise the first."""
    return len(flow.steps) - 1 if place < len(flow.steps) / 2 else 0


def _changed(steps: Sequence[Step], place: int, **changes: Any) -> list[Step]:
    return [*steps[:place], steps[place].model_copy(update=changes), *steps[place + 1 :]]


def _without(flow: Flow, place: int, sign: str) -> list[Step]:
    return _changed(flow.steps, place, signs=tuple(each for each in flow.steps[place].signs if each != sign))


def _added(steps: Sequence[Step], place: int, sign: str) -> list[Step]:
    return _changed(steps, place, signs=(*steps[place].signs, sign))


def _with_steps(flow: Flow, steps: Iterable[Step]) -> Flow:
    return flow.model_copy(update={"steps": tuple(steps)})


def _with_urgency(guide: Guide, signs: Iterable[str], level: str) -> dict[str, Any]:
    return {sign: guide.criteria[sign].model_copy(update={"urgency": level}) for sign in signs}


def _with_things(guide: Guide, kind: str, faulty: Mapping[str, Any]) -> Guide:
    return guide.with_things(**{kind: {**guide.of(kind), **faulty}})
