"""Safety properties of a flow, shown for every combination of answers: by running `follow` on all of them, and once more by counting.

Nothing is sampled. A sign that is left out, wrongly hidden or not reached counts as one the reader may have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import get_args

from careguide.flow.paths import End, Facts, asked, choices, collapse, paths, people_meant, reached, ways
from careguide.flow.plan import NO, NONE, UNSURE, YES, Answer, Plan, Screen, ids, meant, shown
from careguide.model.lists import Person
from careguide.source.cache import kept

EVERYONE = "everyone"


@dataclass(frozen=True)
class Violation:
    """A property that does not hold."""

    property: str
    """Its name: that of the function below that says it."""
    screen: str
    """The screen to look at; empty where it is none of them."""
    message: str
    """What must be true, and answers for which it is not."""


@dataclass(frozen=True)
class Proof:
    """What was shown about one flow."""

    questions: int
    """Screens of the flow."""
    combinations: int
    """Different ways to answer all of them, with each sign ticked or not. Every one is covered."""
    runs: int
    """Runs of `follow` that cover them: combinations that cannot differ are taken together."""
    reached: Mapping[str, int]
    """How many combinations end at each level, worst first."""
    violations: tuple[Violation, ...]
    """What does not hold, told once for each property and screen; empty where all is proved."""


TIPS = {
    "total": "Let every answer lead on: see a neighbouring flow for its shape.",
    "every_sign_asked_once": "Every sign above the last level stands in one step.",
    "filters_hide_only_their_own": "Hide a sign only from those whom it does not concern.",
    "floor": "Check the order of the steps and the urgency of their signs: nobody may end below a sign they have.",
    "ceiling": "Check the order of the steps and the urgency of their signs: nobody should be sent higher than what they said.",
    "every_step_reached": "Delete the step, or let an answer lead to it.",
    "monotone_in_signs": "Check the order of the steps: one sign more must never lead lower.",
    "monotone_in_certainty": "Check what 'not sure' does: it must never lead lower than 'no', nor higher than 'yes'.",
    "both_proofs_agree": "This is a mistake in the checks, not in the flow: please report it.",
}
"""How to put right what breaks each property."""


def proved(plan: Plan, facts: Facts, cache: Path | None) -> Proof:
    """What `prove` says, kept in a folder until the plan, the facts or the code of the proof change."""
    found = kept(
        cache and cache / f"proof-{plan.id}.json", [plan, facts], __name__, lambda: asdict(prove(plan, facts))
    )
    return Proof(**{**found, "violations": tuple(Violation(**each) for each in found["violations"])})


def prove(plan: Plan, facts: Facts) -> Proof:
    """All that can be shown about a plan, whether it was made of a flow or read from a built page."""
    ends: list[End] = []
    found = list(violations(plan, facts, ends))
    ending = reached(plan, facts, ends)
    shortest = {
        (each.property, each.screen or each.message): each
        for each in sorted(found, key=lambda each: -len(each.message))
    }
    return Proof(len(plan.screens), sum(ending.values()), len(ends), ending, tuple(shortest.values()))


def violations(plan: Plan, facts: Facts, ends: list[End]) -> Iterator[Violation]:
    """Every property that does not hold, as soon as it shows. `ends` is filled with the ways through the plan as they are walked."""
    wrong = list(total(plan, facts))
    yield from wrong
    if wrong:
        return
    small, few = collapse(plan, facts)
    for each in chain(
        every_sign_asked_once(plan, facts),
        filters_hide_only_their_own(plan, facts),
        _bounds(small, few, paths(small), ends),
        every_step_reached(plan, ends),
        monotone_in_signs(small, ends),
        monotone_in_certainty(small, ends),
    ):
        wrong.append(each)
        yield each
    if not wrong:
        yield from both_proofs_agree(plan, facts, ends)


# ---------------------------------------------------------------------------------------------------------------------
# The properties


def total(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """Every answer leads on, to a later step or to a level of the ladder: no reader is lost, led in a circle, or asked about something else."""
    if not plan.screens or plan.levels != facts.levels:
        yield Violation("total", "", "a flow must have steps, and the levels of the ladder in its order")
    later = [screen.id for screen in plan.screens]
    for screen in plan.screens:
        later = later[1:]
        for name, target in _targets(screen).items():
            if target not in (*later, *facts.levels):
                yield Violation(
                    "total", screen.id, f"{name} must lead to a later step or to a level, not to '{target}'"
                )
        if screen.id in later:
            yield Violation(
                "total", screen.id, f"a step's id must be its own, but '{screen.id}' is used twice"
            )
        if not (screen.people if screen.kind == "people" else screen.signs):
            yield Violation("total", screen.id, "a step must ask something")
        for sign in screen.signs:
            if sign.id not in facts.signs:
                yield Violation("total", screen.id, f"a step must ask signs of its symptom, not '{sign.id}'")
            if not {sign.level, *(to for _, to in sign.raises)} <= set(facts.levels):
                yield Violation(
                    "total", screen.id, f"'{sign.id}' must lead to a level, not to '{sign.level}'"
                )


def _targets(screen: Screen) -> dict[str, str]:
    """Where the answers to a screen lead, by name; ticked signs apart."""
    found = {"none": screen.none, "yes": screen.yes, "doubt": screen.doubt}
    return {
        name: target
        for name, target in found.items()
        if target or name == "none" or (name == "yes" and screen.kind == "gate")
    }


def every_sign_asked_once(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """Every sign of the symptom that calls for more than home care is asked once."""
    times = Counter(sign.id for screen in plan.screens for sign in screen.signs)
    for id in facts.signs:
        if times[id] != 1:
            yield Violation(
                "every_sign_asked_once", "", f"'{id}' must be asked once, but is asked {times[id]} times"
            )


def filters_hide_only_their_own(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """A sign is hidden only for want of the person it concerns."""
    for screen in plan.screens:
        for sign in screen.signs:
            if sign.who not in (EVERYONE, facts.signs[sign.id].who):
                yield Violation(
                    "filters_hide_only_their_own",
                    screen.id,
                    f"'{sign.id}' must not wait for '{sign.who}': it concerns '{facts.signs[sign.id].who}'",
                )


def _bounds(plan: Plan, facts: Facts, walked: Iterable[End], ends: list[End]) -> Iterator[Violation]:
    """Floor and ceiling, on each way as it is walked."""
    for end in walked:
        ends.append(end)
        yield from floor(plan, facts, end)
        yield from ceiling(plan, facts, end)


def floor(plan: Plan, facts: Facts, end: End) -> Iterator[Violation]:
    """A result is never below the urgency of a sign the reader has, or may have."""
    place, sign = min(
        _due(plan, facts, end.answers), key=lambda each: each[0], default=(len(facts.levels), "")
    )
    if place < facts.levels.index(end.result.level):
        yield Violation(
            "floor",
            end.result.screen,
            f"'{sign}' must lead to '{facts.levels[place]}', but can end at '{end.result.level}' ({_told(end)})",
        )


def _due(plan: Plan, facts: Facts, answers: Mapping[str, Answer]) -> Iterator[tuple[int, str]]:
    """The place of each sign the reader has, doubts, or may have without being asked, for everyone who may be meant."""
    _, ruled_out = people_meant(plan, answers)
    may_be = frozenset(get_args(Person)) - ruled_out
    for screen in plan.screens:
        if answers.get(screen.id) == UNSURE:
            yield from (
                (1 if screen.kind == "gate" else facts.signs[id].place, id)
                for id in _shown(plan, screen, answers)
            )
    for id in (*_true(plan, answers), *_open(plan, facts, answers)):
        if facts.signs[id].who not in ruled_out:
            yield facts.signs[id].for_(may_be), id


def _true(plan: Plan, answers: Mapping[str, Answer]) -> Iterator[str]:
    """The signs that are true by the answers; of a gate, any."""
    for screen in plan.screens:
        answer = answers.get(screen.id, NO)
        yield from (
            id
            for id in ids(screen.signs)
            if answer == YES or (isinstance(answer, frozenset) and id in answer)
        )


def _open(plan: Plan, facts: Facts, answers: Mapping[str, Answer]) -> Iterator[str]:
    """The signs of which nothing was said: on screens that are not reached, hidden, or left out of the plan."""
    for screen in plan.screens:
        said = _shown(plan, screen, answers) if screen.id in answers else ()
        yield from (id for id in ids(screen.signs) if id not in said)
    yield from (id for id in facts.signs if id not in asked(plan))


def _shown(plan: Plan, screen: Screen, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    return ids(screen.signs if screen.kind == "gate" else shown(screen, meant(plan, answers)[1]))


def ceiling(plan: Plan, facts: Facts, end: End) -> Iterator[Violation]:
    """A result is never above the urgency of what was said."""
    place = min(_said(plan, facts, end.answers))
    if facts.levels.index(end.result.level) < place:
        yield Violation(
            "ceiling",
            end.result.screen,
            f"answers must lead to '{facts.levels[place]}', but end at '{end.result.level}' ({_told(end)})",
        )


def _said(plan: Plan, facts: Facts, answers: Mapping[str, Answer]) -> Iterator[int]:
    """The place of each thing the answers say. A gate's 'yes' may mean the least of its signs."""
    chosen, _ = people_meant(plan, answers)
    yield len(facts.levels) - 1
    for screen in plan.screens:
        match screen.kind, answers.get(screen.id, NO):
            case "gate", "yes":
                yield max(facts.signs[id].place for id in ids(screen.signs))
            case "gate", "unsure":
                yield 1
            case "ticks", "unsure":
                yield from (facts.signs[id].for_(chosen) for id in _shown(plan, screen, answers))
            case "ticks", frozenset() as ticked:
                yield from (facts.signs[id].for_(chosen) for id in ticked)


def every_step_reached(plan: Plan, ends: Iterable[End]) -> Iterator[Violation]:
    """Every step is reached by some answers."""
    known = {id for end in ends for id in end.answers}
    for screen in plan.screens:
        if screen.id not in known:
            yield Violation(
                "every_step_reached", screen.id, f"some answers must lead to '{screen.id}', but none do"
            )


def monotone_in_signs(plan: Plan, ends: Iterable[End]) -> Iterator[Violation]:
    """One sign or one person more never leads lower."""
    for end in ends:
        for screen in _answered(plan, end):
            answer = end.answers[screen.id]
            if isinstance(answer, frozenset):
                more = [
                    answer | {one}
                    for one in choices(screen, meant(plan, end.answers)[1])
                    if one not in answer
                ]
                yield from _lowered("monotone_in_signs", plan, end, screen, more)


def monotone_in_certainty(plan: Plan, ends: Iterable[End]) -> Iterator[Violation]:
    """'Not sure' never leads lower than 'no', nor higher than 'yes'. Where signs are ticked it says as much as all of them, no more and no less."""
    for end in ends:
        for screen in _answered(plan, end):
            every = YES if screen.kind == "gate" else frozenset(choices(screen, meant(plan, end.answers)[1]))
            more = {NO: [UNSURE], UNSURE: [every], every: [] if screen.kind == "gate" else [UNSURE]}
            yield from _lowered(
                "monotone_in_certainty", plan, end, screen, more.get(end.answers[screen.id], [])
            )


def _answered(plan: Plan, end: End) -> list[Screen]:
    return [screen for screen in plan.screens if screen.id in end.answers]


def _lowered(
    property: str, plan: Plan, end: End, screen: Screen, answers: Iterable[Answer]
) -> Iterator[Violation]:
    """The answers to a screen that lead lower than the one given, though they say more, whatever is answered after it."""
    for answer in answers:
        for other in paths(plan, {**end.answers, screen.id: answer}):
            if plan.levels.index(other.result.level) > plan.levels.index(end.result.level):
                told = f"these answers end at '{other.result.level}' ({_told(other)})"
                yield Violation(
                    property,
                    screen.id,
                    f"saying more must not lead below '{end.result.level}' ({_told(end)}), but {told}",
                )


def _told(end: End) -> str:
    """Answers as a message tells them, without those that say no."""
    said = {
        id: answer if isinstance(answer, str) else ", ".join(sorted(answer))
        for id, answer in end.answers.items()
        if answer not in (NO, NONE)
    }
    return "; ".join(f"{id}: {answer}" for id, answer in said.items()) or "no to all"


# ---------------------------------------------------------------------------------------------------------------------
# The second proof


def both_proofs_agree(plan: Plan, facts: Facts, ends: Iterable[End]) -> Iterator[Violation]:
    """As many combinations end at each level as counting finds, which knows nothing of steps' order and targets: only that the worst of what is said holds.

    No result is below that (floor) and the counts are equal, so every result equals it. And the worst of more is never less.
    """
    ending = reached(plan, facts, ends)
    at_most = [ways(plan, facts, {}, place) for place in range(len(facts.levels))]
    for level, count, lower in zip(facts.levels, at_most, [*at_most[1:], 0], strict=True):
        if ending[level] != count - lower:
            yield Violation(
                "both_proofs_agree",
                "",
                f"both proofs must agree, but {ending[level]} combinations end at '{level}' and counting finds {count - lower}",
            )
