"""What changed between two versions of a flow: which signs lead higher or lower, and for how many combinations of answers.

Both versions are proved, so each result is the worst of what is said. Signs can therefore be looked at one by one, and combinations be counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

from careguide.flow import proof
from careguide.flow.paths import asked, facts_of
from careguide.flow.plan import NONE, Plan, end_of, is_whole, plan
from careguide.guide.guide import Guide
from careguide.source.problems import Problem, shown

SAID = {"true": "present", "not sure": "unsure"}
"""What a reader can say of a sign besides no, and what `end_of` calls it."""

Effect = tuple[tuple[int, int], ...]
"""Places on the ladder, before and after, for each thing that can be said of a sign."""


@dataclass(frozen=True)
class Change:
    """A sign that leads elsewhere than before."""

    sign: str
    """The criterion's id."""
    said: str
    """What is said of it: true, or not sure."""
    who: str
    """For whom this changed; empty for everyone."""
    before: str
    """The level it led to."""
    after: str
    """The level it leads to now."""


@dataclass(frozen=True)
class Changes:
    """How one flow changed."""

    id: str
    """The symptom's id."""
    up: int
    """Combinations that lead higher than before."""
    down: int
    """Combinations that lead lower than before."""
    same: int
    """Combinations that lead where they led."""
    raised: tuple[Change, ...]
    """The signs that lead higher."""
    lowered: tuple[Change, ...]
    """The signs that lead lower."""


def compare(old: Guide, new: Guide) -> tuple[list[Changes], list[Problem]]:
    """Every flow that is in both guides, and what must not happen to one: a lowering that nobody signed, or its loss."""
    problems = [*flows_stay(old, new), *ladder_stays(old, new)]
    found: list[Changes] = []
    for id in sorted(old.flows.keys() & new.flows.keys()) if not problems else ():
        unproved = [*_unproved(id, old, "was"), *_unproved(id, new, "is")]
        problems += unproved
        if not unproved:
            found.append(_compare(id, old, new))
            problems += lowerings_are_signed(found[-1], old, new)
    return found, problems


def flows_stay(old: Guide, new: Guide) -> Iterator[Problem]:
    """A flow must not be lost while its symptom is still there."""
    for id in old.flows:
        if id not in new.flows and id in new.symptoms:
            yield Problem(
                old.origins["flows", id].path,
                1,
                f"the flow of {shown(id)} must still be there, because the symptom is",
                "Restore the file.",
            )


def ladder_stays(old: Guide, new: Guide) -> Iterator[Problem]:
    """The levels of the ladder must be the same: otherwise higher and lower mean nothing."""
    if list(old.urgency) != list(new.urgency):
        yield Problem(
            "data/urgency.yml",
            1,
            "the ladder must have the same levels in both versions",
            "Change the ladder by itself, in a version of its own.",
        )


def lowerings_are_signed(changes: Changes, old: Guide, new: Guide) -> Iterator[Problem]:
    """A sign may lead lower than before only with a new entry under `lowered`, signed by the clinician who agreed."""
    before, now = old.flows[changes.id].lowered, new.flows[changes.id].lowered
    signed = {sign for entry in now if entry not in before for sign in entry.signs}
    origin = new.origins["flows", changes.id]
    for sign, change in {change.sign: change for change in reversed(changes.lowered)}.items():
        if sign not in signed:
            message = f"lowered must have a new entry for {shown(sign)}, which leads to {shown(change.after)} and led to {shown(change.before)}"
            yield Problem(
                origin.path,
                origin.line(("lowered",)),
                message,
                "Undo the change, or add an entry signed by the clinician who agreed to it.",
            )


def _unproved(id: str, guide: Guide, tense: str) -> Iterator[Problem]:
    if (
        not is_whole(guide.flows[id], guide)
        or proof.prove(plan(guide.flows[id], guide), facts_of(id, guide)).violations
    ):
        tip = "Run 'careguide check' on that version, and put right what it finds."
        yield Problem(
            guide.origins["flows", id].path,
            1,
            f"the flow as it {tense} must be proved before it can be compared",
            tip,
        )


# ---------------------------------------------------------------------------------------------------------------------
# One flow


def _compare(id: str, old: Guide, new: Guide) -> Changes:
    plans = plan(old.flows[id], old), plan(new.flows[id], new)
    levels = plans[1].levels
    people = sorted({person for each in plans for screen in each.screens for person in screen.people})
    groups = [frozenset(some) for count in range(len(people) + 1) for some in combinations(people, count)]
    effects = {
        sign: [_effect(plans, sign, group) for group in groups]
        for sign in sorted(asked(plans[0]) | asked(plans[1]))
    }
    alike = set(map(tuple, effects.values()))
    counted = sum((_count(at, len(levels)) for at in zip(*alike, strict=True)), Counter())
    changes = [
        change for sign, effect in effects.items() for change in _changes(sign, groups, effect, levels)
    ]
    lowered = [change for change in changes if levels.index(change.before) < levels.index(change.after)]
    return Changes(
        id,
        counted["up"],
        counted["down"],
        counted["same"],
        tuple(each for each in changes if each not in lowered),
        tuple(lowered),
    )


def _effect(plans: tuple[Plan, Plan], sign: str, group: frozenset[str]) -> Effect:
    """Where a sign leads these people, before and after: when it is true, and when they are not sure. Empty if it is not for them in either version."""
    concerned = {
        each.who for each in plans for screen in each.screens for each in screen.signs if each.id == sign
    }
    people = {person for each in plans for screen in each.screens for person in screen.people}
    if not any(who in group or who not in people for who in concerned):
        return ()
    return tuple(
        (_place(plans[0], group, **{said: {sign}}), _place(plans[1], group, **{said: {sign}}))
        for said in SAID.values()
    )


def _place(plan: Plan, people: frozenset[str], present: Set[str] = NONE, unsure: Set[str] = NONE) -> int:
    return plan.levels.index(end_of(plan, people, present, unsure).level)


def _count(effects: Sequence[Effect], size: int) -> Counter[str]:
    """How many combinations go up, down or stay, for one group of people. Signs that do the same in both versions, for everyone, count as one."""
    options = [(*effect, (size - 1, size - 1)) for effect in effects]
    most = {
        (a, b): prod(sum(x >= a and y >= b for x, y in pairs) for pairs in options)
        for a in range(size + 1)
        for b in range(size + 1)
    }
    found = Counter()
    for a, b in product(range(size), repeat=2):
        found["same" if a == b else "up" if b < a else "down"] += (
            most[a, b] - most[a + 1, b] - most[a, b + 1] + most[a + 1, b + 1]
        )
    return found


def _changes(
    sign: str, groups: Sequence[frozenset[str]], effects: Sequence[Effect], levels: Sequence[str]
) -> Iterator[Change]:
    """How a sign changed: for everyone, and for single people where that differs. Groups of people add nothing: for them the worst of each holds."""
    known = set()
    for group, effect in zip(groups, effects, strict=True):
        for said, (before, after) in zip(SAID, effect, strict=False):
            if before != after and len(group) < 2 and (said, before, after) not in known:
                known.add((said, before, after))
                yield Change(sign, said, "".join(group), levels[before], levels[after])


def told(each: Changes) -> Iterator[str]:
    """What changed in one flow: how much, then a line for each sign."""
    total = each.up + each.down + each.same
    yield f"{each.id}: of {total:,} combinations of answers {each.up:,} went up, {each.down:,} went down and {each.same:,} are unchanged."
    for way, signs in ("down", each.lowered), ("up", each.raised):
        for change in signs:
            whom = f" for {change.who}" if change.who else ""
            yield f"  {way}: {change.sign}, {change.said}{whom}: {change.before} → {change.after}"
