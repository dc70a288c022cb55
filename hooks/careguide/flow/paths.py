"""Every way to answer a flow, walked and counted, and the facts that its results are held against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import combinations, groupby, product

from careguide.flow.plan import (
    NO,
    UNSURE,
    YES,
    Answers,
    Ask,
    Line,
    Plan,
    Result,
    Screen,
    Time,
    contexts_of,
    follow,
    visible,
)
from careguide.guide.guide import Guide
from careguide.model.flows import Duration
from careguide.model.lists import EVERYONE, IGNORE


@dataclass(frozen=True)
class Fact:
    """One criterion, as the proof needs it."""

    level: int
    """The place of its level on the ladder: 0 is worst."""
    doubt: int
    """The place that a doubt about it leads to; that of the last level where it is ignored."""
    contexts: tuple[str, ...]
    """Of whom it is asked; of everyone where there are none."""

    def concerns(self, chosen: AbstractSet[str]) -> bool:
        """Whether it is asked of somebody with these contexts."""
        return not self.contexts or bool(chosen & set(self.contexts))


@dataclass(frozen=True)
class Facts:
    """What a plan is held against: the criteria and contexts themselves, not what the plan makes of them."""

    levels: tuple[str, ...]
    """The ladder, worst first."""
    signs: Mapping[str, Fact]
    """The criteria that must be asked as lines: the symptom's, above the last level, without those that a
    time stands for."""
    times: Mapping[str, int]
    """The place that each time leads to."""
    contexts: Mapping[str, tuple[str, ...]]
    """The contexts of each kind: who, boxes."""


@dataclass(frozen=True)
class End:
    """A way through a plan."""

    answers: Answers
    result: Result


def facts_of(symptom: str, guide: Guide, times: Iterable[Duration]) -> Facts:
    """What the plan of a symptom is held against. `times` are the flow's."""
    levels = tuple(guide.urgency)
    last = len(levels) - 1
    criteria = guide.criteria
    by_time = {}
    for time in times:
        known = time.sign and criteria.get(time.sign)
        by_time[time.id] = levels.index(known.level) if known else last
    timed = {time.sign for time in times}
    signs = {}
    for sign in guide.pick("criteria", guide.symptoms[symptom].signs):
        if sign.level != levels[-1] and sign.id not in timed:
            doubt = last if sign.not_sure == IGNORE else levels.index(sign.not_sure)
            signs[sign.id] = Fact(
                levels.index(sign.level), doubt, () if EVERYONE in sign.context else sign.context
            )
    mine = [each for each in guide.contexts.values() if not each.symptoms or symptom in each.symptoms]
    contexts = {kind: tuple(each.id for each in mine if each.asked == kind) for kind in ("who", "boxes")}
    return Facts(levels, signs, by_time, contexts)


# ------------------------------------------------------------------------------------------------------------
# Readers


def groups(facts: Facts) -> list[frozenset[str]]:
    """Each answer to 'who' alone and with each box: what the walk goes through."""
    boxes = [frozenset(), *(frozenset([box]) for box in facts.contexts["boxes"])]
    return [frozenset([who]) | some for who in facts.contexts["who"] or ("",) for some in boxes]


def every_group(facts: Facts) -> Iterator[frozenset[str]]:
    """Each answer to 'who' with every set of boxes."""
    boxes = facts.contexts["boxes"]
    for who in facts.contexts["who"] or ("",):
        for count in range(len(boxes) + 1):
            yield from (frozenset([who, *some]) for some in combinations(boxes, count))


def start(plan: Plan, group: AbstractSet[str]) -> Answers:
    """The answers of a reader with these contexts who has said nothing else yet."""
    return Answers(
        {screen.id: frozenset(screen.contexts) & group for screen in plan.screens if screen.contexts}
    )


# ------------------------------------------------------------------------------------------------------------
# Every way through


def collapse(plan: Plan, facts: Facts) -> tuple[Plan, dict[str, int]]:
    """A plan with one line of each class on each screen, and how many lines each stands for.

    This is exact. The lines of a class have the same level, doubt and contexts, on the screen and as
    criteria. A result is the worst of what is said, so it depends only on the classes of which some line has
    a yes or a doubt, not on which line or how many.
    """
    sizes: dict[str, int] = {}
    screens = []
    for screen in plan.screens:

        def alike(line: Line) -> tuple[object, ...]:
            return (
                line.level,
                line.not_sure,
                line.contexts,
                facts.signs[line.id].level,
                facts.signs[line.id].doubt,
                facts.signs[line.id].contexts,
            )

        classes = [list(each) for _, each in groupby(sorted(screen.lines, key=alike), alike)]
        sizes |= {each[0].id: len(each) for each in classes}
        screens.append(replace(screen, lines=tuple(each[0] for each in classes)))
    return replace(plan, screens=tuple(screens)), sizes


def paths(plan: Plan, answers: Answers) -> Iterator[End]:
    """Every way on from some answers. `follow` itself says what is asked next."""
    found = follow(plan, answers)
    if isinstance(found, Result):
        yield End(answers, found)
        return
    for lines, time in product(_answered(found), [each.id for each in found.times] or [answers.time]):
        yield from paths(plan, replace(answers, said={**answers.said, **lines}, time=time))


def _answered(ask: Ask) -> Iterator[dict[str, str]]:
    """Every way to answer the lines of a screen.

    The first yes on a gate is the last answer there: it ends the check.
    """
    values = (NO, YES, UNSURE) if ask.screen.kind == "gate" else (NO, YES)
    for said in product(values, repeat=len(ask.lines)):
        first = said.index(YES) if YES in said else len(said)
        if ask.screen.kind != "gate":
            yield {line.id: each for line, each in zip(ask.lines, said, strict=True)}
        elif all(each == NO for each in said[first + 1 :]):
            yield {line.id: each for line, each in zip(ask.lines, said[: first + 1], strict=False)}


# ------------------------------------------------------------------------------------------------------------
# Counting


def weight(plan: Plan, end: End, sizes: Mapping[str, int]) -> int:
    """How many full sets of answers one way stands for.

    Each line of each class counts apart, and what was not asked may have any answer.
    """
    chosen = contexts_of(end.answers)
    ways = 1
    for screen in plan.screens:
        values = _values(screen)
        for line in visible(screen, chosen):
            size = sizes[line.id]
            said = end.answers.said.get(line.id)
            counts = {
                None: values**size,
                NO: 1,
                UNSURE: 2**size - 1,
                YES: values**size - (values - 1) ** size,
            }
            ways *= counts[said]
        if screen.times and not end.answers.time:
            ways *= len(_times(screen.times, chosen))
    return ways


def ways(plan: Plan, facts: Facts, group: AbstractSet[str], most: int) -> int:
    """In how many ways a reader with these contexts can answer all that concerns them.

    Only ways count in which nothing they say is above a place on the ladder.
    """
    found = 1
    for screen in plan.screens:
        for line in screen.lines:
            fact = facts.signs[line.id]
            if fact.concerns(group):
                found *= 1 + (fact.level >= most) + (_values(screen) == 3 and fact.doubt >= most)
        if screen.times:
            found *= sum(facts.times[time.id] >= most for time in _times(screen.times, group))
    return found


def reached(plan: Plan, facts: Facts, group: AbstractSet[str]) -> dict[str, int]:
    """How many of the ways to answer lead to each level, for a reader with these contexts.

    A way leads to the worst of what is said.
    """
    at_most = [ways(plan, facts, group, place) for place in range(len(facts.levels))]
    return {
        level: at_most[place] - sum(at_most[place + 1 : place + 2])
        for place, level in enumerate(facts.levels)
    }


def _values(screen: Screen) -> int:
    """How many answers a line has: on a gate also 'not sure'."""
    return 3 if screen.kind == "gate" else 2


def _times(times: Iterable[Time], chosen: AbstractSet[str]) -> list[Time]:
    return [time for time in times if not time.contexts or chosen & set(time.contexts)]


def combinations_of(plan: Plan, facts: Facts) -> dict[str, int]:
    """How many combinations of answers end at each level, over every set of contexts."""
    found = dict.fromkeys(facts.levels, 0)
    for group in every_group(facts):
        for level, count in reached(plan, facts, group).items():
            found[level] += count
    return found
