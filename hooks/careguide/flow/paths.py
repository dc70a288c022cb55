"""Every way to answer a flow, walked and counted, and the facts that its results are held against."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from careguide.flow.plan import (
    NO,
    UNSURE,
    YES,
    Answers,
    Ask,
    ForSome,
    Line,
    Plan,
    Screen,
    Walk,
    contexts_asked,
    fitting,
    follow,
    ids,
)
from careguide.guide.guide import Guide
from careguide.model.flows import Duration
from careguide.model.lists import EVERYONE, IGNORE


@dataclass(frozen=True)
class Fact(ForSome):
    """One criterion, as the proof needs it."""

    level: int
    """The place of its level on the ladder: 0 is worst."""
    doubt: int
    """The place that a doubt about it leads to; that of the last level where it is ignored."""
    contexts: tuple[str, ...] = ()


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


def facts_of(symptom: str, guide: Guide, times: Iterable[Duration]) -> Facts:
    """What the plan of a symptom is held against. `times` are the flow's."""
    levels = guide.ladder.ids
    last = len(levels) - 1
    signs: dict[str, Fact] = {}
    for sign in guide.pick("criteria", guide.symptoms[symptom].signs):
        if sign.level != levels[last]:
            doubt = last if sign.not_sure == IGNORE else levels.index(sign.not_sure)
            some = () if EVERYONE in sign.context else sign.context
            signs[sign.id] = Fact(levels.index(sign.level), doubt, some)
    by_time = {}
    for time in times:
        known = time.sign and guide.criteria.get(time.sign)
        by_time[time.id] = levels.index(known.level) if known else last
        signs.pop(time.sign or "", None)
    return Facts(levels, signs, by_time, contexts_asked(symptom, guide))


# Readers


def groups(facts: Facts, most: int | None = None) -> Iterator[frozenset[str]]:
    """Each answer to 'who' with every set of boxes; `most` is how many boxes a set may have."""
    boxes = facts.contexts["boxes"]
    for who in facts.contexts["who"] or ("",):
        for count in range(1 + (len(boxes) if most is None else most)):
            for some in combinations(boxes, count):
                yield frozenset([who, *some])


def start(plan: Plan, group: frozenset[str]) -> Answers:
    """The answers of a reader with these contexts who has said nothing else yet."""
    chosen = {screen.id: group.intersection(screen.contexts) for screen in plan.screens if screen.contexts}
    return Answers(chosen)


def no_to_all(plan: Plan, answers: Answers) -> Walk:
    """The way on of somebody who says no to all, and takes the calmest time."""
    asked = []
    while isinstance(found := follow(plan, answers), Ask):
        asked.append(found)
        no = dict.fromkeys(ids(found.lines), NO)
        calmest = max(found.times, key=lambda time: plan.place(time.level), default=None)
        time = calmest.id if calmest else answers.time
        answers = Answers(answers.chosen, answers.added, {**answers.said, **no}, time)
    return Walk(tuple(asked), answers, found)


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
        first: dict[tuple[object, ...], Line] = {}
        for line in screen.lines:
            alike = (line.level, line.not_sure, line.contexts, facts.signs[line.id])
            id_ = first.setdefault(alike, line).id
            sizes[id_] = sizes.get(id_, 0) + 1
        screens.append(replace(screen, lines=tuple(first.values())))
    return replace(plan, screens=tuple(screens)), sizes


def paths(plan: Plan, answers: Answers) -> Iterator[Walk]:
    """Every way on from some answers. `follow` itself says what is asked next."""
    found = follow(plan, answers)
    if not isinstance(found, Ask):
        yield Walk((), answers, found)
        return
    for lines, time in product(_answered(found.lines, found.screen), found.times or [None]):
        said = {**answers.said, **lines}
        yield from paths(plan, replace(answers, said=said, time=time.id if time else answers.time))


def _answered(lines: Sequence[Line], screen: Screen) -> Iterator[dict[str, str]]:
    """Every way to answer some lines of a screen. The first yes on a gate is the last answer there."""
    if not lines:
        yield {}
        return
    first, *rest = lines
    for said in _values(screen):
        ends = said == YES and screen.kind == "gate"
        for others in [{}] if ends else _answered(rest, screen):
            yield {first.id: said, **others}


def _values(screen: Screen) -> tuple[str, ...]:
    """The answers that a line has: on a gate also 'not sure'."""
    return (NO, YES, UNSURE) if screen.kind == "gate" else (NO, YES)


# Counting


def weight(plan: Plan, end: Walk, sizes: Mapping[str, int]) -> int:
    """How many full sets of answers one way stands for: what was not asked may have any answer."""
    chosen = end.answers.contexts
    ways = 1
    for screen in plan.screens:
        values = len(_values(screen))
        for line in fitting(screen.lines, chosen):
            size = sizes[line.id]
            yes = values**size - (values - 1) ** size
            counts = {None: values**size, NO: 1, UNSURE: 2**size - 1, YES: yes}
            ways *= counts[end.answers.said.get(line.id)]
        if screen.times and not end.answers.time:
            ways *= len(fitting(screen.times, chosen))
    return ways


def reached(
    plan: Plan, facts: Facts, readers: Iterable[frozenset[str]]
) -> Iterator[tuple[frozenset[str], dict[str, int]]]:
    """How many of each reader's ways lead to each level. Lines for the same contexts count as one."""
    at_most = [_ways(plan, facts, place) for place in range(len(facts.levels))]
    for reader in readers:
        found, below = {}, 0
        for place, level in reversed([*enumerate(facts.levels)]):
            ways = 1
            for contexts, count in at_most[place].items():
                if not contexts or not reader.isdisjoint(contexts):
                    ways *= count
            for screen in plan.screens:
                if screen.times:
                    ways *= sum(facts.times[time.id] >= place for time in fitting(screen.times, reader))
            found[level] = ways - below
            below = ways
        yield reader, found


def _ways(plan: Plan, facts: Facts, most: int) -> dict[tuple[str, ...], int]:
    """How many ways there are to answer the lines for each set of contexts with nothing above a place."""
    found: dict[tuple[str, ...], int] = {}
    for screen in plan.screens:
        for line in screen.lines:
            fact = facts.signs[line.id]
            count = 1 + (fact.level >= most) + (UNSURE in _values(screen) and fact.doubt >= most)
            found[fact.contexts] = found.get(fact.contexts, 1) * count
    return found


def combinations_of(plan: Plan, facts: Facts) -> dict[str, int]:
    """How many combinations of answers end at each level, over every set of contexts."""
    found = dict.fromkeys(facts.levels, 0)
    for _, ending in reached(plan, facts, groups(facts)):
        for level, count in ending.items():
            found[level] += count
    return found
