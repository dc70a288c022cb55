"""Every way to answer a flow, walked and counted, and the facts that its results are held against. Both proofs stand on this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, groupby
from math import prod
from typing import Any

from careguide.flow.plan import (
    NO,
    NONE,
    UNSURE,
    YES,
    Answer,
    Asked,
    Plan,
    Result,
    Screen,
    follow,
    ids,
    meant,
    shown,
)
from careguide.guide.guide import Guide
from careguide.guide.selection import all_of


@dataclass(frozen=True)
class Fact:
    """One criterion, as the proof needs it."""

    place: int
    """The place of its urgency on the ladder: 0 is worst."""
    raises: tuple[tuple[str, int], ...]
    """The people for whom it is higher, each with that place."""
    who: str
    """Whom it concerns."""

    def for_(self, people: frozenset[str]) -> int:
        """Its place for these people."""
        return min((self.place, *(place for who, place in self.raises if who in people)))


@dataclass(frozen=True)
class Facts:
    """What a plan is held against: the criteria themselves, not what the plan makes of them."""

    levels: tuple[str, ...]
    """The ladder, worst first."""
    signs: Mapping[str, Fact]
    """The criteria that must be asked: all those of the symptom above the last level."""


@dataclass(frozen=True)
class End:
    """All combinations that go one way: these answers, and any to the screens that are not reached."""

    answers: Mapping[str, Answer]
    """The answers, by screen."""
    result: Result
    """Where they lead."""


def facts_of(id: str, guide: Guide) -> Facts:
    """What the flow of a symptom is held against."""
    levels = tuple(guide.urgency)
    listed = [
        each for each in all_of(guide, "criteria", guide.symptoms[id].criteria) if each.urgency != levels[-1]
    ]
    raises = {each.id: tuple((one.who, levels.index(one.to)) for one in each.raise_) for each in listed}
    return Facts(
        levels, {each.id: Fact(levels.index(each.urgency), raises[each.id], each.who) for each in listed}
    )


# ---------------------------------------------------------------------------------------------------------------------
# Every way through


def paths(plan: Plan, answers: Mapping[str, Answer] | None = None) -> Iterator[End]:
    """Every way on from some answers. `follow` itself says what is asked next; once it ends, answers to the rest are never looked at."""
    answers = answers or {}
    found = follow(plan, answers)
    if isinstance(found, Result):
        yield End(answers, found)
    else:
        for answer in possible(found, meant(plan, answers)[1]):
            yield from paths(plan, {**answers, found.id: answer})


def possible(screen: Screen, ruled_out: frozenset[str]) -> list[Answer]:
    """Every answer to a screen, those that say most first: they end soonest."""
    if screen.kind == "gate":
        return [YES, UNSURE, NO]
    found = choices(screen, ruled_out)
    return [
        UNSURE,
        *(frozenset(some) for count in range(len(found), -1, -1) for some in combinations(found, count)),
    ]


def choices(screen: Screen, ruled_out: frozenset[str]) -> tuple[str, ...]:
    """What can be chosen on a screen of people or ticks."""
    return screen.people if screen.kind == "people" else ids(shown(screen, ruled_out))


def people_meant(plan: Plan, answers: Mapping[str, Answer]) -> tuple[frozenset[str], frozenset[str]]:
    """The people the answers mean, and those they rule out: as it should be, whatever the plan makes of them. 'Not sure' means all and rules out none."""
    asked = {
        screen.id: frozenset(screen.people)
        for screen in plan.screens
        if screen.kind == "people" and screen.id in answers
    }
    chosen = {
        id: answer if isinstance(answer := answers[id], frozenset) else people for id, people in asked.items()
    }
    return NONE.union(*chosen.values()), NONE.union(*(people - chosen[id] for id, people in asked.items()))


def collapse(plan: Plan, facts: Facts) -> tuple[Plan, Facts]:
    """A plan with one sign of each class on each screen, and the facts about those (and about signs that are not asked).

    This is exact. The signs of a class have the same level, raises and person, both on the screen and as criteria. A set of ticks leads to the worst of
    its signs' levels and calls for the worst of its signs' urgencies, so both depend only on the classes it has a sign of, not on which or how many.
    """
    small = replace(
        plan,
        screens=tuple(
            replace(screen, signs=tuple(each[0] for each in _classes(screen, facts)))
            for screen in plan.screens
        ),
    )
    merged = asked(plan) - asked(small)
    return small, replace(facts, signs={id: fact for id, fact in facts.signs.items() if id not in merged})


def asked(plan: Plan) -> set[str]:
    """The signs a plan asks."""
    return {sign.id for screen in plan.screens for sign in screen.signs}


def _classes(screen: Screen, facts: Facts) -> list[list[Asked]]:
    """The signs of a screen that cannot differ, together."""

    def alike(sign: Asked) -> tuple[Any, ...]:
        fact = facts.signs[sign.id]
        return sign.level, sign.raises, sign.who, fact.place, fact.raises, fact.who

    return [list(each) for _, each in groupby(sorted(screen.signs, key=alike), alike)]


# ---------------------------------------------------------------------------------------------------------------------
# Counting


def reached(plan: Plan, facts: Facts, ends: Iterable[End]) -> dict[str, int]:
    """How many combinations end at each level."""
    found = dict.fromkeys(facts.levels, 0)
    sizes = (
        {(screen.id, each[0].id): len(each) for screen in plan.screens for each in _classes(screen, facts)}
        if ends
        else {}
    )
    for end in ends:
        ticked = [
            sizes[id, one]
            for id, answer in end.answers.items()
            if isinstance(answer, frozenset)
            for one in answer
            if (id, one) in sizes
        ]
        found[end.result.level] += prod(2**size - 1 for size in ticked) * ways(plan, facts, end.answers, 0)
    return found


def ways(plan: Plan, facts: Facts, answers: Mapping[str, Answer], most: int) -> int:
    """In how many ways the screens without an answer can be answered so that nothing said is above a place on the ladder."""
    left = [screen for screen in plan.screens if screen.id not in answers]
    if asks := next((screen for screen in left if screen.kind == "people"), None):
        return sum(ways(plan, facts, {**answers, asks.id: answer}, most) for answer in possible(asks, NONE))
    return prod(_ways_at(screen, facts, *people_meant(plan, answers), most) for screen in left)


def _ways_at(
    screen: Screen, facts: Facts, chosen: frozenset[str], ruled_out: frozenset[str], most: int
) -> int:
    """In how many ways one screen can be answered: each sign apart, and 'not sure'."""
    if screen.kind == "gate":
        return 1 + (most <= 1) + (min(facts.signs[id].place for id in ids(screen.signs)) >= most)
    places = [
        facts.signs[id].for_(chosen) for id in ids(screen.signs) if facts.signs[id].who not in ruled_out
    ]
    return 2 ** sum(place >= most for place in places) + (min(places, default=most) >= most)
