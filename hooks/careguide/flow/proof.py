"""Safety properties of a flow, shown for every combination of answers.

Nothing is sampled. `follow` is run on every combination of answers for each answer to 'who' and each box. No
set of boxes needs a walk of its own, because contexts are independent: for every set of them a reader is
asked the lines of each and nothing else, and a result is the worst of what is said.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from careguide.flow.paths import (
    Facts,
    collapse,
    combinations_of,
    groups,
    no_to_all,
    paths,
    reached,
    start,
    weight,
)
from careguide.flow.plan import NO, UNSURE, YES, Answers, Plan, Screen, Walk, ids
from careguide.source.cache import kept


@dataclass(frozen=True)
class Violation:
    """A property that does not hold."""

    property: str
    """Its name: that of the function below that says it."""
    screen: str
    """The screen to look at; empty where it is none of them."""
    message: str
    """What must be true, and answers for which it is not."""


Found = Iterator[tuple[str, str]]
"""What breaks one property: the screen to look at, and the message."""


@dataclass(frozen=True)
class Proof:
    """What was shown about one flow."""

    screens: int
    combinations: int
    """Different ways to answer all of it, with every set of contexts. Every one is covered."""
    runs: int
    """Runs of `follow` that cover them: combinations that cannot differ are taken together."""
    reached: Mapping[str, int]
    """How many combinations end at each level, worst first."""
    violations: tuple[Violation, ...]
    """What does not hold, told once for each property and screen; empty where all is proved."""


TIPS = {
    "total": "Let it ask a sign of its symptom, or delete it.",
    "worst_first": "Put screens in the order of the ladder: nobody may leave before the worst was asked.",
    "every_sign_asked_once": "Let one screen of its level name each sign, or ask who or boxes also.",
    "asked_in_its_context": "Look at the sign's context, and at the screens that ask contexts.",
}
OTHER_TIP = "Look at the order of screens and the level of their signs. If all is right, please report it."
"""How to put right what breaks a property; the others follow from these."""


def proved(plan: Plan, facts: Facts, cache: Path | None) -> Proof:
    """What `prove` says, kept in a folder until the plan, the facts or the code of the proof change."""
    file = cache and cache / f"proof-{plan.id}.json"
    found = kept(file, [plan, facts], __name__, lambda: asdict(prove(plan, facts)))
    return Proof(**{**found, "violations": tuple(Violation(**each) for each in found["violations"])})


def prove(plan: Plan, facts: Facts) -> Proof:
    """All that can be shown about a plan, whether it was made of a flow or read from a built page."""
    ends: list[Walk] = []
    shortest: dict[tuple[str, str], Violation] = {}
    for each in violations(plan, facts, ends):
        key = each.property, each.screen or each.message
        if key not in shortest or len(each.message) <= len(shortest[key].message):
            shortest[key] = each
    ending = combinations_of(plan, facts) if ends else dict.fromkeys(facts.levels, 0)
    return Proof(len(plan.screens), sum(ending.values()), len(ends), ending, tuple(shortest.values()))


def violations(plan: Plan, facts: Facts, ends: list[Walk]) -> Iterator[Violation]:
    """Every property that does not hold, as soon as it shows; `ends` is filled with the ways as walked."""
    wrong = at_a_glance(plan, facts)
    yield from wrong
    if wrong and wrong[0].property == total.__name__:
        return
    small, sizes = collapse(plan, facts)
    for group in groups(facts, most=1):
        ends += paths(small, start(small, group))
    for rule in (
        asked_in_its_context(plan, facts),
        floor(small, facts, ends),
        ceiling(small, facts, ends),
        every_screen_reached(small, ends),
        monotone(small, facts, ends),
    ):
        for each in _named(rule):
            wrong.append(each)
            yield each
    if not wrong:
        yield from _named(both_proofs_agree(plan, facts, small, sizes, ends))


def at_a_glance(plan: Plan, facts: Facts) -> list[Violation]:
    """What shows without a walk."""
    wrong = [*_named(total(plan, facts))]
    for rule in (lines_are_their_signs, worst_first, every_sign_asked_once) if not wrong else ():
        wrong += _named(rule(plan, facts))
    return wrong


def _named(rule: Found) -> Iterator[Violation]:
    """What breaks a property, with its name: a generator carries the name of its function."""
    for screen, message in rule:
        yield Violation(getattr(rule, "__name__", ""), screen, message)


# The properties


def total(plan: Plan, facts: Facts) -> Found:
    """Every screen asks something, every answer leads to a level of the ladder, and every way ends."""
    if not plan.screens or plan.levels != facts.levels:
        yield "", "a flow must have screens, and the levels of the ladder in its order"
        return
    seen: set[str] = set()
    for screen in plan.screens:
        if screen.id in seen or screen.id in facts.levels:
            yield screen.id, f"a screen's id must be its own, but '{screen.id}' is used twice"
        seen.add(screen.id)
        if not screen.asks:
            yield screen.id, "a screen must ask something"
        for message in _leads_astray(screen, facts):
            yield screen.id, message
    timed = [screen for screen in plan.screens if screen.times]
    if facts.times and timed != [plan.screens[-1]]:
        yield "", "the times must stand on the last screen"


def _leads_astray(screen: Screen, facts: Facts) -> Iterator[str]:
    """What is wrong with where a screen and its answers lead, as messages."""
    if screen.kind not in ("one", "many") and screen.level not in facts.levels:
        yield f"a screen must have a level of the ladder, not '{screen.level}'"
    for line in screen.lines:
        if line.id not in facts.signs:
            yield f"a screen must ask signs of its symptom above the last level, not '{line.id}'"
        if line.level not in facts.levels or (line.not_sure and line.not_sure not in facts.levels):
            yield f"'{line.id}' must lead to levels of the ladder"
    for time in screen.times:
        if time.level not in facts.levels or time.id not in facts.times:
            yield f"the time '{time.id}' must lead to a level of the ladder"
    if screen.times and all(time.contexts for time in screen.times):
        yield "some time must be offered to everyone"


def lines_are_their_signs(plan: Plan, facts: Facts) -> Found:
    """A line leads where its sign does, true or in doubt, and is for the same people; so does a time."""
    for screen in plan.screens:
        for line in screen.lines:
            fact = facts.signs[line.id]
            level, doubt = facts.levels[fact.level], facts.levels[fact.doubt]
            if (line.level, line.not_sure or facts.levels[-1]) != (level, doubt):
                yield screen.id, f"'{line.id}' must lead to '{level}', and in doubt to '{doubt}'"
            if set(line.contexts) != set(fact.contexts):
                who = ", ".join(fact.contexts) or "everyone"
                yield screen.id, f"'{line.id}' must be asked of {who} alone"
        for time in screen.times:
            level = facts.levels[facts.times[time.id]]
            if time.level != level:
                yield screen.id, f"the time '{time.id}' must lead to '{level}'"


def worst_first(plan: Plan, facts: Facts) -> Found:
    """A line has its screen's level, and stands after none less urgent. Who stops was asked the worst."""
    lowest, below = 0, ""
    for screen in plan.screens:
        if not screen.lines:
            continue
        for line in screen.lines:
            place = facts.signs[line.id].level
            level = facts.levels[place]
            if place < lowest:
                yield screen.id, f"'{line.id}' must not come after '{below}', which is less urgent"
            if level != screen.level:
                yield screen.id, f"'{line.id}' must be '{screen.level}' like its screen, but is '{level}'"
        own = facts.levels.index(screen.level)
        if screen.kind == "gate" and own != 0:
            yield screen.id, "a gate must be of the worst level: below it, signs are ticked"
        if own > lowest:
            lowest, below = own, screen.id


def every_sign_asked_once(plan: Plan, facts: Facts) -> Found:
    """Every sign of the symptom above the last level stands on one screen."""
    times = Counter(ids(plan.lines))
    for id_ in facts.signs:
        if times[id_] != 1:
            yield "", f"'{id_}' must be asked once, but stands on {times[id_]} screens"


def asked_in_its_context(plan: Plan, facts: Facts) -> Found:
    """Who says no to all is asked each sign that concerns them once, and no other.

    This holds for every set of contexts, so contexts are independent of each other.

    A context that no sign is for is not asked, and one that some sign is for is. Every context is asked once,
    before the signs it decides on.
    """
    for message in _contexts_in_order(plan, facts):
        yield "", message
    told = set()
    for group in groups(facts):
        asked: list[str] = []
        for ask in no_to_all(plan, start(plan, group)).asked:
            asked += ids(ask.lines)
        counted = Counter(asked)
        for id_, fact in facts.signs.items():
            wanted, times = int(fact.concerns(group)), counted.get(id_, 0)
            if times != wanted and id_ not in told:
                told.add(id_)
                must = "be asked once" if wanted else "not be asked"
                yield "", f"'{id_}' must {must} of {_who(group)}, but is asked {times} times"


def _contexts_in_order(plan: Plan, facts: Facts) -> Iterator[str]:
    """What is wrong with the contexts that are asked, as messages."""
    asked, needed = Counter(plan.contexts), set[str]()
    for fact in facts.signs.values():
        needed.update(fact.contexts)
    known = [*chain.from_iterable(facts.contexts.values())]
    for context in known:
        if asked[context] != 1:
            yield f"'{context}' must be asked once, but is asked {asked[context]} times"
        if context in facts.contexts["boxes"] and context not in needed:
            yield f"'{context}' must not be asked: no sign of this symptom is for it"
    for id_, fact in facts.signs.items():
        if not fact.concerns({*known}):
            yield f"'{id_}' must be for a context that is asked, not '{fact.contexts[0]}'"


def _who(group: frozenset[str]) -> str:
    return ", ".join(sorted(group - {""})) or "everyone"


def floor(plan: Plan, facts: Facts, ends: Iterable[Walk]) -> Found:
    """A result is never below a sign the reader has, doubts, or should have been asked and was not."""
    signs = {id_: facts.signs[id_] for id_ in ids(plan.lines)}
    for end in ends:
        place, contexts = plan.place(end.result.level), end.answers.contexts
        due = [(place, ""), *_said(facts, end.answers)]
        for id_, fact in signs.items():
            if id_ not in end.answers.said and fact.concerns(contexts):
                due.append((fact.level, id_))
        least, sign = min(due)
        if least < place:
            must = f"'{sign}' must lead to '{facts.levels[least]}'"
            yield _screen_of(plan, sign), f"{must}, but can end at '{end.result.level}' ({_told(end)})"


def ceiling(plan: Plan, facts: Facts, ends: Iterable[Walk]) -> Found:
    """A result is never above the level of what was said."""
    for end in ends:
        highest, _ = min(_said(facts, end.answers), default=(len(facts.levels) - 1, ""))
        if plan.place(end.result.level) < highest:
            must = f"answers must lead to '{facts.levels[highest]}'"
            because = next(iter(end.result.because), "")
            yield _screen_of(plan, because), f"{must}, but end at '{end.result.level}' ({_told(end)})"


def _said(facts: Facts, answers: Answers) -> Iterator[tuple[int, str]]:
    """The place that each answer leads to, of those that are not no, with what it is about."""
    for id_, said in answers.said.items():
        if said == YES:
            yield facts.signs[id_].level, id_
        elif said == UNSURE:
            yield facts.signs[id_].doubt, id_
    if answers.time:
        yield facts.times[answers.time], answers.time


def _screen_of(plan: Plan, sign: str) -> str:
    return next((screen.id for screen in plan.screens if sign in ids(screen.lines)), "")


def every_screen_reached(plan: Plan, ends: Iterable[Walk]) -> Found:
    """Every screen is reached by somebody."""
    said = set[str]().union(*(end.answers.said for end in ends))
    for screen in plan.screens:
        if screen.lines and not screen.times and said.isdisjoint(ids(screen.lines)):
            yield screen.id, f"somebody must be asked '{screen.id}', but nobody is"


_MORE = {NO: (UNSURE, YES), UNSURE: (YES,), YES: ()}
"""The answers that say more than one does."""


def monotone(plan: Plan, facts: Facts, ends: Sequence[Walk]) -> Found:
    """To say more never leads lower.

    More is a yes or a doubt in place of a no, a yes in place of a doubt, a later time or one context more.
    """
    for end in ends:
        for id_, said in end.answers.said.items():
            for more in _MORE[said]:
                yield from _lowered(plan, end, id_, said={**end.answers.said, id_: more})
    for end in ends[:: max(1, len(ends) // 500)]:
        for context in facts.contexts["boxes"]:
            yield from _lowered(plan, end, context, added=frozenset([context]))


def _lowered(plan: Plan, end: Walk, what: str, **more: Any) -> Found:
    """Answers that say more must not lead lower. What else they are asked is no, and the calmest time."""
    level = no_to_all(plan, replace(end.answers, **more)).result.level
    if plan.above(end.result.level, level):
        must = f"saying more about '{what}' must not lead below '{end.result.level}' ({_told(end)})"
        yield _screen_of(plan, what), f"{must}, but leads to '{level}'"


def _told(end: Walk) -> str:
    """Answers as a message tells them, without those that say no."""
    told = []
    for some in end.answers.chosen.values():
        told += sorted(some)
    for id_, said in end.answers.said.items():
        if said != NO:
            told.append(f"{id_}: {said}")
    if end.answers.time:
        told.append(end.answers.time)
    return "; ".join(told) or "no to all"


def both_proofs_agree(
    plan: Plan, facts: Facts, small: Plan, sizes: Mapping[str, int], ends: Iterable[Walk]
) -> Found:
    """As many combinations end at each level as counting finds.

    Counting knows nothing of the order of screens: only that the worst of what is said holds.
    """
    walked: dict[frozenset[str], Counter[str]] = {}
    for end in ends:
        ending = walked.setdefault(end.answers.contexts, Counter())
        ending[end.result.level] += weight(small, end, sizes)
    for group, counted in reached(plan, facts, walked):
        for level, count in counted.items():
            if (found := walked[group][level]) != count:
                ends_there = f"{found} combinations end at '{level}' and counting finds {count}"
                yield "", f"both proofs must agree, but of {_who(group)} {ends_there}"
