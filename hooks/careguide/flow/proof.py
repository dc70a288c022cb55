"""Safety properties of a flow, shown for every combination of answers.

Nothing is sampled. `follow` is run on every combination of answers for each answer to 'who' and each box. No
set of boxes needs a walk of its own, because contexts are independent: for every set of them a reader is
asked the lines of each and nothing else, and a result is the worst of what is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path

from careguide.flow.paths import (
    End,
    Facts,
    collapse,
    combinations_of,
    every_group,
    groups,
    paths,
    reached,
    start,
    weight,
)
from careguide.flow.plan import NO, UNSURE, YES, Answers, Ask, Line, Plan, Screen, follow
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


@dataclass(frozen=True)
class Proof:
    """What was shown about one flow."""

    screens: int
    """Screens of the flow."""
    combinations: int
    """Different ways to answer all of it, with every set of contexts. Every one is covered."""
    runs: int
    """Runs of `follow` that cover them: combinations that cannot differ are taken together."""
    reached: Mapping[str, int]
    """How many combinations end at each level, worst first."""
    violations: tuple[Violation, ...]
    """What does not hold, told once for each property and screen; empty where all is proved."""


TIPS = {
    "total": "See another guide's data/flow.yml for the shape of a flow.",
    "lines_are_their_signs": "Take the level, the doubt and the contexts of a line from its sign.",
    "worst_first": "Put screens in the order of the ladder: nobody may leave before the worst was asked.",
    "every_sign_asked_once": (
        "Let each sign above the last level stand on one screen of its level, or let a screen of its "
        "level ask who or boxes also."
    ),
    "asked_in_its_context": (
        "A sign is asked of everybody in its context and of nobody else. Look at the sign's context, "
        "and at the screens that ask contexts."
    ),
    "floor": (
        "Look at the order of the screens and the level of their signs: nobody may end below a sign "
        "they have."
    ),
    "ceiling": "Look at the level of the signs: nobody should be sent higher than what they said.",
    "every_screen_reached": "Delete the screen, or let a sign stand on it.",
    "monotone": "One sign more, or one answer less sure, must never lead lower.",
    "both_proofs_agree": "This is a mistake in the checks, not in the flow: please report it.",
}
"""How to put right what breaks each property."""


def proved(plan: Plan, facts: Facts, cache: Path | None) -> Proof:
    """What `prove` says, kept in a folder until the plan, the facts or the code of the proof change."""
    file = cache and cache / f"proof-{plan.id}.json"
    found = kept(file, [plan, facts], __name__, lambda: asdict(prove(plan, facts)))
    return Proof(**{**found, "violations": tuple(Violation(**each) for each in found["violations"])})


def prove(plan: Plan, facts: Facts) -> Proof:
    """All that can be shown about a plan, whether it was made of a flow or read from a built page."""
    ends: list[End] = []
    found = list(violations(plan, facts, ends))
    ending = (
        dict.fromkeys(facts.levels, 0)
        if any(each.property == "total" for each in found)
        else combinations_of(_known(plan, facts), facts)
    )
    shortest = {
        (each.property, each.screen or each.message): each
        for each in sorted(found, key=lambda each: -len(each.message))
    }
    return Proof(len(plan.screens), sum(ending.values()), len(ends), ending, tuple(shortest.values()))


def violations(plan: Plan, facts: Facts, ends: list[End]) -> Iterator[Violation]:
    """Every property that does not hold, as soon as it shows.

    `ends` is filled with the ways through the plan as they are walked.
    """
    wrong = list(at_a_glance(plan, facts))
    yield from wrong
    if any(each.property == "total" for each in wrong):
        return
    for each in asked_in_its_context(plan, facts):
        wrong.append(each)
        yield each
    small, sizes = collapse(plan, facts)
    walked = chain(
        _bounds(small, facts, ends), every_screen_reached(small, ends), monotone(small, facts, ends)
    )
    for each in walked:
        wrong.append(each)
        yield each
    if not wrong:
        yield from both_proofs_agree(small, facts, ends, sizes)


def at_a_glance(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """What shows without a walk."""
    wrong = list(total(plan, facts))
    yield from wrong
    if not wrong:
        yield from lines_are_their_signs(plan, facts)
        yield from worst_first(plan, facts)
        yield from every_sign_asked_once(plan, facts)


def _known(plan: Plan, facts: Facts) -> Plan:
    return replace(
        plan,
        screens=tuple(
            replace(screen, lines=tuple(line for line in screen.lines if line.id in facts.signs))
            for screen in plan.screens
        ),
    )


# ------------------------------------------------------------------------------------------------------------
# The properties


def total(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """Every screen asks something, every answer leads to a level of the ladder, and every way ends."""
    if not plan.screens or plan.levels != facts.levels:
        yield Violation("total", "", "a flow must have screens, and the levels of the ladder in its order")
        return
    seen: set[str] = set()
    for screen in plan.screens:
        if screen.id in seen or screen.id in facts.levels:
            yield Violation(
                "total", screen.id, f"a screen's id must be its own, but '{screen.id}' is used twice"
            )
        seen.add(screen.id)
        if not (screen.contexts or screen.lines or screen.times):
            yield Violation("total", screen.id, "a screen must ask something")
        for message in _leads_astray(screen, facts):
            yield Violation("total", screen.id, message)
    timed = [screen for screen in plan.screens if screen.times]
    if facts.times and (len(timed) != 1 or timed[0] is not plan.screens[-1]):
        yield Violation("total", "", "the times must stand on the last screen")


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


def lines_are_their_signs(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """A line leads where its sign does, true or in doubt, and is for the same people; so does a time."""
    for screen in plan.screens:
        for line in screen.lines:
            fact = facts.signs[line.id]
            doubt = facts.levels.index(line.not_sure) if line.not_sure else len(facts.levels) - 1
            if (line.level, doubt) != (facts.levels[fact.level], fact.doubt):
                message = (
                    f"'{line.id}' must lead to '{facts.levels[fact.level]}', and in doubt to "
                    f"'{facts.levels[fact.doubt]}'"
                )
                yield Violation("lines_are_their_signs", screen.id, message)
            if set(line.contexts) != set(fact.contexts):
                message = f"'{line.id}' must be asked of {', '.join(fact.contexts) or 'everyone'} alone"
                yield Violation("lines_are_their_signs", screen.id, message)
        for time in screen.times:
            if facts.levels.index(time.level) != facts.times[time.id]:
                message = f"the time '{time.id}' must lead to '{facts.levels[facts.times[time.id]]}'"
                yield Violation("lines_are_their_signs", screen.id, message)


def worst_first(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """A line never stands after a screen of a less urgent level, and has the level of its screen.

    So who stops early has been asked the worst.
    """
    lowest, below = 0, ""
    for screen in plan.screens:
        if not screen.lines:
            continue
        for line in screen.lines:
            place = facts.signs[line.id].level
            if place < lowest:
                yield Violation(
                    "worst_first",
                    screen.id,
                    f"'{line.id}' must not come after '{below}', which is less urgent",
                )
            if facts.levels[place] != screen.level:
                yield Violation(
                    "worst_first",
                    screen.id,
                    f"'{line.id}' must be '{screen.level}' like its screen, but is '{facts.levels[place]}'",
                )
        own = facts.levels.index(screen.level)
        if screen.kind == "gate" and own != 0:
            yield Violation(
                "worst_first", screen.id, "a gate must be of the worst level: below it, signs are ticked"
            )
        if own > lowest:
            lowest, below = own, screen.id


def every_sign_asked_once(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """Every sign of the symptom above the last level stands on one screen."""
    times = Counter(line.id for screen in plan.screens for line in screen.lines)
    for id_ in facts.signs:
        if times[id_] != 1:
            yield Violation(
                "every_sign_asked_once", "", f"'{id_}' must be asked once, but stands on {times[id_]} screens"
            )


def asked_in_its_context(plan: Plan, facts: Facts) -> Iterator[Violation]:
    """Who says no to all is asked each sign that concerns them once, and no other.

    This holds for every set of contexts, so contexts are independent of each other.

    A context that no sign is for is not asked, and one that some sign is for is. Every context is asked once,
    before the signs it decides on.
    """
    asked = Counter(each for screen in plan.screens for each in screen.contexts)
    for kind, contexts in facts.contexts.items():
        for context in contexts:
            if asked[context] != 1:
                yield Violation(
                    "asked_in_its_context",
                    "",
                    f"'{context}' must be asked once, but is asked {asked[context]} times",
                )
            if kind == "boxes" and not any(context in fact.contexts for fact in facts.signs.values()):
                yield Violation(
                    "asked_in_its_context",
                    "",
                    f"'{context}' must not be asked: no sign of this symptom is for it",
                )
    known = {context for contexts in facts.contexts.values() for context in contexts}
    for id_, fact in facts.signs.items():
        if fact.contexts and not known & set(fact.contexts):
            yield Violation(
                "asked_in_its_context",
                "",
                f"'{id_}' must be for a context that is asked, not '{fact.contexts[0]}'",
            )
    told = set()
    for group in every_group(facts):
        lines = Counter(_asked_without_a_yes(plan, group))
        for id_, fact in facts.signs.items():
            wanted = int(fact.concerns(group))
            if lines[id_] != wanted and id_ not in told:
                told.add(id_)
                whom = ", ".join(sorted(group - {""})) or "everyone"
                message = (
                    f"'{id_}' must {'be asked once' if wanted else 'not be asked'} of {whom}, but is "
                    f"asked {lines[id_]} times"
                )
                yield Violation("asked_in_its_context", "", message)


def _asked_without_a_yes(plan: Plan, group: frozenset[str]) -> Iterator[str]:
    """The lines that a reader with these contexts is asked who says no to all.

    A line comes as often as it is asked.
    """
    answers = start(plan, group)
    while isinstance(found := follow(plan, answers), Ask):
        if found.screen.contexts and found.screen.id not in answers.chosen:
            return
        yield from (line.id for line in found.lines)
        # The calmest time, so that nothing is left out because of it.
        time = (
            max(found.times, key=lambda each: plan.levels.index(each.level)).id
            if found.times
            else answers.time
        )
        answers = replace(answers, said={**answers.said, **{line.id: NO for line in found.lines}}, time=time)


def _bounds(plan: Plan, facts: Facts, ends: list[End]) -> Iterator[Violation]:
    """Floor and ceiling, on each way as it is walked."""
    for group in groups(facts):
        for end in paths(plan, start(plan, group)):
            ends.append(end)
            yield from floor(plan, facts, end, group)
            yield from ceiling(plan, facts, end)


def floor(plan: Plan, facts: Facts, end: End, chosen: frozenset[str]) -> Iterator[Violation]:
    """A result is never below the level of a sign the reader has or doubts.

    Nor is it below that of a sign that concerns them and was not asked.
    """
    place = facts.levels.index(end.result.level)
    due = [(each, id_) for id_, each in _said(facts, end.answers)]
    on_it = {line.id for screen in plan.screens for line in screen.lines}
    due += [
        (fact.level, id_)
        for id_, fact in facts.signs.items()
        if id_ in on_it and id_ not in end.answers.said and fact.concerns(chosen)
    ]
    if end.answers.time:
        due.append((facts.times[end.answers.time], end.answers.time))
    least, sign = min(due, default=(place, ""))
    if least < place:
        message = (
            f"'{sign}' must lead to '{facts.levels[least]}', but can end at '{end.result.level}' "
            f"({_told(end)})"
        )
        yield Violation("floor", _screen_of(plan, sign), message)


def ceiling(plan: Plan, facts: Facts, end: End) -> Iterator[Violation]:
    """A result is never above the level of what was said."""
    said = [place for _, place in _said(facts, end.answers)] + [
        facts.times[time] for time in filter(None, [end.answers.time])
    ]
    place = min(said, default=len(facts.levels) - 1)
    if facts.levels.index(end.result.level) < place:
        message = (
            f"answers must lead to '{facts.levels[place]}', but end at '{end.result.level}' ({_told(end)})"
        )
        yield Violation(
            "ceiling", _screen_of(plan, end.result.because[0]) if end.result.because else "", message
        )


def _said(facts: Facts, answers: Answers) -> Iterator[tuple[str, int]]:
    """The place of each thing the answers say about signs."""
    for id_, said in answers.said.items():
        if said == YES:
            yield id_, facts.signs[id_].level
        elif said == UNSURE:
            yield id_, facts.signs[id_].doubt


def _screen_of(plan: Plan, sign: str) -> str:
    return next((screen.id for screen in plan.screens if sign in [line.id for line in screen.lines]), "")


def every_screen_reached(plan: Plan, ends: list[End]) -> Iterator[Violation]:
    """Every screen is reached by somebody."""
    said = {id_ for end in ends for id_ in end.answers.said}
    for screen in plan.screens:
        if screen.lines and not screen.times and not said & {line.id for line in screen.lines}:
            yield Violation(
                "every_screen_reached", screen.id, f"somebody must be asked '{screen.id}', but nobody is"
            )


def monotone(plan: Plan, facts: Facts, ends: list[End]) -> Iterator[Violation]:
    """To say more never leads lower.

    More is a yes or a doubt in place of a no, a yes in place of a doubt, a later time or one context more.
    """
    for end in ends:
        place = plan.levels.index(end.result.level)
        for id_, said in end.answers.said.items():
            for more in {NO: (UNSURE, YES), UNSURE: (YES,)}.get(said, ()):
                yield from _lowered(
                    plan, end, replace(end.answers, said={**end.answers.said, id_: more}), place, id_
                )
    for end in ends[:: max(1, len(ends) // 500)]:
        for context in facts.contexts["boxes"]:
            yield from _lowered(
                plan,
                end,
                replace(end.answers, added=frozenset([context])),
                plan.levels.index(end.result.level),
                context,
            )


def _lowered(plan: Plan, end: End, answers: Answers, place: int, what: str) -> Iterator[Violation]:
    """Answers that say more must not lead lower.

    What else they are asked is taken as no, and as the calmest time.
    """
    while isinstance(found := follow(plan, answers), Ask):
        time = (
            max(found.times, key=lambda each: plan.levels.index(each.level)).id
            if found.times
            else answers.time
        )
        answers = replace(answers, said={**answers.said, **{line.id: NO for line in found.lines}}, time=time)
    if plan.levels.index(found.level) > place:
        message = (
            f"saying more about '{what}' must not lead below '{end.result.level}' ({_told(end)}), but "
            f"leads to '{found.level}'"
        )
        yield Violation("monotone", _screen_of(plan, what), message)


def _told(end: End) -> str:
    """Answers as a message tells them, without those that say no."""
    chosen = [each for some in end.answers.chosen.values() for each in sorted(some)]
    said = [f"{id_}: {said}" for id_, said in end.answers.said.items() if said != NO]
    return "; ".join([*chosen, *said, *filter(None, [end.answers.time])]) or "no to all"


def both_proofs_agree(
    plan: Plan, facts: Facts, ends: list[End], sizes: Mapping[str, int]
) -> Iterator[Violation]:
    """As many combinations end at each level as counting finds.

    Counting knows nothing of the order of screens: only that the worst of what is said holds.
    """
    walked: dict[frozenset[str], Counter[str]] = {}
    for end in ends:
        group = frozenset().union(*end.answers.chosen.values())
        walked.setdefault(group, Counter())[end.result.level] += weight(plan, end, sizes)
    whole = replace(
        plan, screens=tuple(replace(screen, lines=_whole(screen, sizes)) for screen in plan.screens)
    )
    for group, ending in walked.items():
        for level, count in reached(whole, facts, group).items():
            if ending[level] != count:
                whom = ", ".join(sorted(group)) or "everyone"
                message = (
                    f"both proofs must agree, but of {whom} {ending[level]} combinations end at "
                    f"'{level}' and counting finds {count}"
                )
                yield Violation("both_proofs_agree", "", message)


def _whole(screen: Screen, sizes: Mapping[str, int]) -> tuple[Line, ...]:
    """The lines of a screen, each as often as it stands for others like it."""
    return tuple(line for line in screen.lines for _ in range(sizes[line.id]))
