"""A flow as a plan: what is asked of whom, in which order, and where each answer leads.

Pages, proof and the check of the built pages all run one plan with one `follow`, so none of them can mean
something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from careguide.guide.guide import Guide
from careguide.model.flows import Duration, Flow
from careguide.model.flows import Screen as WrittenScreen
from careguide.model.kinds import SINGLES
from careguide.model.lists import EVERYONE, IGNORE, Criterion
from careguide.source.cache import digest

SHARED = next(iter(SINGLES))
"""The id of the flow in `data/flow.yml`, which serves every symptom without one of its own."""
YES, NO, UNSURE = "yes", "no", "unsure"


@dataclass(frozen=True)
class Line:
    """One sign as a flow asks it."""

    id: str
    """The criterion's id."""
    level: str
    """The level it leads to when it is true."""
    not_sure: str
    """The level that 'I am not sure' about it leads to; empty where it leads nowhere."""
    contexts: tuple[str, ...] = ()
    """It is asked of people with one of these contexts; of everyone where there are none."""


@dataclass(frozen=True)
class Time:
    """One answer to 'how long'."""

    id: str
    level: str
    """The level it leads to."""
    contexts: tuple[str, ...] = ()
    """It is offered to people with one of these contexts; to everyone where there are none."""


@dataclass(frozen=True)
class Screen:
    """One screen: contexts to choose from, or lines, and at the end the times."""

    id: str
    kind: str
    """one (a single choice), many (boxes), gate (each line a button), ticks, or ticks-and-time."""
    level: str = ""
    """The level of its lines."""
    contexts: tuple[str, ...] = ()
    """The contexts that it asks about."""
    lines: tuple[Line, ...] = ()
    """The lines it can show, in the order in which they stand."""
    times: tuple[Time, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that decides where a reader ends."""

    id: str
    """The symptom's id."""
    levels: tuple[str, ...]
    """The ladder, worst first."""
    screens: tuple[Screen, ...]
    """The screens in order."""


@dataclass(frozen=True)
class Answers:
    """What a reader has said so far."""

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The contexts chosen, by the screen that asked."""
    added: frozenset[str] = frozenset()
    """Contexts that the reader thought of at the end."""
    said: Mapping[str, str] = field(default_factory=dict)
    """yes, no or unsure, by line."""
    time: str = ""
    """How long it has lasted; empty until it is said."""


@dataclass(frozen=True)
class Ask:
    """What is asked next."""

    screen: Screen
    lines: tuple[Line, ...] = ()
    """Its lines that concern this reader and have no answer yet."""
    times: tuple[Time, ...] = ()
    """Its times for this reader; none once the time is known."""


@dataclass(frozen=True)
class Result:
    """Where a reader ends, and why."""

    level: str
    """The level reached."""
    because: tuple[str, ...] = ()
    """The lines with a yes that lead to it."""
    unsure: tuple[str, ...] = ()
    """The lines in doubt that lead to it."""
    time: str = ""
    """The time, if it leads to it."""


# ------------------------------------------------------------------------------------------------------------
# From a flow to its plan


def plan(symptom: str, flow: Flow, guide: Guide) -> Plan:
    """The plan of a symptom's check.

    The flow only orders and groups: the level of a sign, and of whom it is asked, are its own.
    """
    levels = tuple(guide.urgency)
    places = _places(symptom, flow, guide)
    screens = []
    for screen in flow.screens:
        signs = guide.pick("criteria", places[screen.id])
        times = tuple(_time(each, guide) for each in flow.times) if screen.kind == "ticks-and-time" else ()
        contexts = tuple(contexts_asked(symptom, screen.kind, guide))
        screens.append(
            Screen(screen.id, screen.kind, screen.level or "", contexts, tuple(map(_line, signs)), times)
        )
    return Plan(symptom, levels, tuple(screens))


def find_flow(guide: Guide, symptom: str) -> Flow | None:
    """The flow of a symptom: its own, or the one that the guide's symptoms share, if there is either."""
    return guide.flows.get(symptom) or guide.flows.get(SHARED)


def flow_of(guide: Guide, symptom: str) -> Flow:
    """The flow of a symptom that is known to have one. Raises KeyError where it has none."""
    if flow := find_flow(guide, symptom):
        return flow
    raise KeyError(symptom)


def contexts_asked(symptom: str, kind: str, guide: Guide) -> Iterator[str]:
    """The contexts that a screen of a kind asks about, in the order of their list."""
    asked = {"one": "who", "many": "boxes"}.get(kind)
    for context in guide.contexts.values():
        if context.asked == asked and (not context.symptoms or symptom in context.symptoms):
            yield context.id


def _places(symptom: str, flow: Flow, guide: Guide) -> dict[str, list[str]]:
    """The ids of the signs on each screen.

    Those that are only for some people stand before the screen's own.
    """
    found: dict[str, list[str]] = {screen.id: [] for screen in flow.screens}
    listed = guide.symptoms[symptom].signs
    for_some = {
        sign.id: sign
        for context in guide.contexts
        for sign in guide.pick("criteria", listed)
        if context in sign.context
    }
    for sign in for_some.values():
        if screen := _screen_for(sign, flow, guide):
            found[screen.id].append(sign.id)
    for screen in flow.screens:
        found[screen.id] += [id_ for id_ in screen.signs if id_ in listed]
    return found


def _screen_for(sign: Criterion, flow: Flow, guide: Guide) -> WrittenScreen | None:
    """Where a sign that is only for some people is asked.

    That is on the first screen of its level that asks all such people, else on one that asks any of them.
    """
    if EVERYONE in sign.context or any(sign.id in screen.signs for screen in flow.screens):
        return None
    kinds = {context.asked for context in guide.pick("contexts", sign.context)}
    fitting = [screen for screen in flow.screens if screen.level == sign.level and kinds & set(screen.also)]
    return next((screen for screen in fitting if kinds <= set(screen.also)), fitting[-1] if fitting else None)


def _line(sign: Criterion) -> Line:
    contexts = () if EVERYONE in sign.context else sign.context
    return Line(sign.id, sign.level, "" if sign.not_sure == IGNORE else sign.not_sure, contexts)


def _time(time: Duration, guide: Guide) -> Time:
    sign = guide.criteria.get(time.sign) if time.sign else None
    return Time(time.id, sign.level if sign else list(guide.urgency)[-1], time.contexts)


def version(symptom: str, flow: Flow, guide: Guide) -> str:
    """Eight letters that change with anything a reader of the check can notice.

    That is its order, its words, its signs and the ladder.
    """
    signs = guide.pick("criteria", guide.symptoms[symptom].signs)
    seen = [flow, *signs, *guide.urgency.values(), *guide.contexts.values(), *guide.meanwhile.values()]
    forms = [part.model_dump(mode="json", exclude={"draft", "why", "checked", "lowered"}) for part in seen]
    return digest(forms)[:8]


# ------------------------------------------------------------------------------------------------------------
# From answers to a result


def follow(plan: Plan, answers: Answers) -> Result | Ask:
    """What to ask next, or the result.

    Screens are passed from the top each time, so a context that is added later asks only what is new.
    """
    chosen = contexts_of(answers)
    found = Result(plan.levels[-1])
    for screen in plan.screens:
        if screen.contexts and screen.id not in answers.chosen:
            return Ask(screen)
        if _cannot_raise(screen, found.level, plan.levels):
            continue
        lines = visible(screen, chosen)
        found = _raised(found, lines, answers, plan.levels)
        if _cannot_raise(screen, found.level, plan.levels) and not screen.times:
            return found
        times = offered(screen, chosen)
        open_lines = tuple(line for line in lines if line.id not in answers.said)
        if open_lines or (times and not answers.time):
            return Ask(screen, open_lines, () if answers.time else times)
        for time in times:
            if time.id == answers.time and _above(time.level, found.level, plan.levels):
                return Result(time.level, time=time.id)
            if time.id == answers.time and time.level == found.level:
                return Result(found.level, found.because, found.unsure, time.id)
    return found


def _raised(found: Result, lines: Iterable[Line], answers: Answers, levels: Sequence[str]) -> Result:
    """A result with what is said to some lines: the worst level so far, and the lines that lead to it."""
    level, because, unsure = found.level, found.because, found.unsure
    for line in lines:
        leads_to = _leads_to(line, answers)
        if leads_to and _above(leads_to, level, levels):
            level, because, unsure = leads_to, (), ()
        if leads_to == level:
            because += (line.id,) if answers.said[line.id] == YES else ()
            unsure += (line.id,) if answers.said[line.id] == UNSURE else ()
    return Result(level, because, unsure)


def _leads_to(line: Line, answers: Answers) -> str:
    """The level that the answer to a line leads to; empty for no, and where there is none."""
    return {YES: line.level, UNSURE: line.not_sure}.get(answers.said.get(line.id, NO), "")


def _above(level: str, other: str, levels: Sequence[str]) -> bool:
    return levels.index(level) < levels.index(other)


def _cannot_raise(screen: Screen, level: str, levels: Sequence[str]) -> bool:
    """Whether nothing on a screen leads above a level that is reached already."""
    reach = [each for each in (screen.level, *(time.level for time in screen.times)) if each]
    return bool(reach) and not _above(worst(levels, reach), level, levels)


def contexts_of(answers: Answers) -> frozenset[str]:
    """The contexts of a reader."""
    return frozenset().union(answers.added, *answers.chosen.values())


def visible(screen: Screen, chosen: AbstractSet[str]) -> tuple[Line, ...]:
    """The lines of a screen that concern a reader with these contexts."""
    return tuple(line for line in screen.lines if not line.contexts or chosen & set(line.contexts))


def offered(screen: Screen, chosen: AbstractSet[str]) -> tuple[Time, ...]:
    """The times of a screen for a reader with these contexts."""
    return tuple(time for time in screen.times if not time.contexts or chosen & set(time.contexts))


def worst(levels: Sequence[str], found: Iterable[str]) -> str:
    """The most urgent of some levels; empty where there are none."""
    return min(found, key=levels.index, default="")


# ------------------------------------------------------------------------------------------------------------
# A reader


@dataclass(frozen=True)
class Reader:
    """Somebody with a story: who they are, what is true or in doubt, and how long it has lasted."""

    contexts: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    time: str = ""


def end_of(plan: Plan, reader: Reader, answers: Answers | None = None) -> Result:
    """Where a reader ends who answers each line as it is true of them."""
    answers = answers or Answers()
    while isinstance(found := follow(plan, answers), Ask):
        answers = answered(answers, found, reader)
    return found


def walk(plan: Plan, reader: Reader, answers: Answers | None = None) -> list[Ask | Result]:
    """The screens that a reader passes, and the result at the end."""
    answers = answers or Answers()
    passed: list[Ask | Result] = []
    while isinstance(found := follow(plan, answers), Ask):
        passed.append(found)
        answers = answered(answers, found, reader)
    return [*passed, found]


def answered(answers: Answers, ask: Ask, reader: Reader) -> Answers:
    """The answers with those that a reader gives to what is asked."""
    chosen, time = dict(answers.chosen), answers.time
    if ask.screen.contexts:
        fits = [each for each in ask.screen.contexts if each in reader.contexts]
        # Of a single choice, the last is the general one.
        one = fits[:1] or list(ask.screen.contexts[-1:])
        chosen[ask.screen.id] = frozenset(one if ask.screen.kind == "one" else fits)
    if ask.times:
        fitting = [each.id for each in ask.times]
        time = reader.time if reader.time in fitting else fitting[0]
    said = {
        line.id: YES if line.id in reader.present else UNSURE if line.id in reader.unsure else NO
        for line in ask.lines
    }
    return Answers(chosen, answers.added, {**answers.said, **said}, time)
