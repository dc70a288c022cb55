"""A flow as a plan: what is asked of whom, in which order, and where each answer leads.

Pages, proof and the check of the built pages all run one plan with one `follow`, so none of them can mean
something else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from careguide.guide.guide import Guide
from careguide.model.flows import Block, Duration, Flow, Note
from careguide.model.flows import Screen as WrittenScreen
from careguide.model.kinds import SINGLES
from careguide.model.lists import EVERYONE, IGNORE, Addition, Context, Criterion
from careguide.source.digests import digest

SHARED = next(iter(SINGLES))
"""The id of the flow in `data/flow.yml`, which serves every symptom without one of its own."""
YES, NO, UNSURE = "yes", "no", "unsure"


def ids(parts: Iterable[Any]) -> list[str]:
    """The ids of some lines, times, screens or contexts, in order."""
    return list(map(attrgetter("id"), parts))


def levels(parts: Iterable[Any]) -> list[str]:
    """The levels of some times or results, in order."""
    return list(map(attrgetter("level"), parts))


class ForSome:
    """What is asked only of people with one of its contexts; of everyone where it has none."""

    contexts: tuple[str, ...]

    def concerns(self, chosen: AbstractSet[str]) -> bool:
        """Whether it is asked of somebody with these contexts."""
        return not self.contexts or not chosen.isdisjoint(self.contexts)


P = TypeVar("P", bound=ForSome)


def fitting(parts: Iterable[P], chosen: AbstractSet[str]) -> tuple[P, ...]:
    """Those lines or times that concern a reader with these contexts."""
    return tuple(part for part in parts if part.concerns(chosen))


@dataclass(frozen=True)
class Line(ForSome):
    """One sign as a flow asks it."""

    id: str
    level: str
    """The level it leads to when it is true."""
    not_sure: str
    """The level that 'I am not sure' about it leads to; empty where it leads nowhere."""
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Time(ForSome):
    """One answer to 'how long'."""

    id: str
    level: str
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Screen:
    """One screen: contexts to choose from, or lines, and at the end the times."""

    id: str
    kind: str
    """one (a single choice), many (boxes), gate (each line a button), ticks, or ticks-and-time."""
    level: str = ""
    contexts: tuple[str, ...] = ()
    """The contexts that it asks about."""
    lines: tuple[Line, ...] = ()
    """The lines it can show, in the order in which they stand."""
    times: tuple[Time, ...] = ()

    @cached_property
    def reach(self) -> tuple[str, ...]:
        """The levels that its answers can lead to."""
        return tuple(filter(None, (self.level, *levels(self.times))))

    @cached_property
    def line_ids(self) -> frozenset[str]:
        """The ids of its lines."""
        return frozenset(ids(self.lines))

    @property
    def asks(self) -> bool:
        """Whether there is anything to answer."""
        return bool(self.contexts or self.lines or self.times)


Asked = tuple[Screen, tuple[Line, ...], tuple[Time, ...], int]
"""A screen as some readers meet it: their lines and times, and the highest place that an answer leads to."""


@dataclass(frozen=True)
class Plan:
    """All that decides where a reader ends."""

    id: str
    """The symptom's id."""
    levels: tuple[str, ...]
    """The ladder, worst first."""
    screens: tuple[Screen, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of all screens."""
        return tuple(chain.from_iterable(map(attrgetter("lines"), self.screens)))

    @property
    def contexts(self) -> tuple[str, ...]:
        """The contexts that are asked about, in order."""
        return tuple(chain.from_iterable(map(attrgetter("contexts"), self.screens)))

    @property
    def needed(self) -> frozenset[str]:
        """The contexts that some line is for."""
        return frozenset(chain.from_iterable(map(attrgetter("contexts"), self.lines)))

    def place(self, level: str) -> int:
        """How far down the ladder a level stands: 0 is the worst."""
        return self._places[level]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {level: place for place, level in enumerate(self.levels)}

    def asked_of(self, chosen: frozenset[str]) -> list[Asked]:
        """Each screen as readers with these contexts meet it; kept, because a proof asks it so often."""
        if chosen not in self._asked:
            self._asked[chosen] = asked = []
            for screen in self.screens:
                best = min(map(self.place, screen.reach), default=-1)
                asked.append((screen, fitting(screen.lines, chosen), fitting(screen.times, chosen), best))
        return self._asked[chosen]

    @cached_property
    def _asked(self) -> dict[frozenset[str], list[Asked]]:
        return {}

    def above(self, level: str, other: str) -> bool:
        """Whether a level is more urgent than another."""
        return self.place(level) < self.place(other)


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

    @cached_property
    def contexts(self) -> frozenset[str]:
        """The contexts of the reader."""
        return self.added.union(*self.chosen.values())


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
    because: tuple[str, ...] = ()
    """The lines with a yes that lead to it."""
    unsure: tuple[str, ...] = ()
    """The lines in doubt that lead to it."""
    time: str = ""
    """The time, if it leads to it."""


# From a flow to its plan


def plan(symptom: str, flow: Flow, guide: Guide) -> Plan:
    """The plan of a symptom's check. A flow only orders: a sign's level and contexts are its own."""
    places, contexts = _places(symptom, flow, guide), contexts_asked(symptom, guide)
    screens = []
    for screen in flow.screens:
        lines = map(_line, guide.pick("criteria", places[screen.id]))
        times = tuple(_time(each, guide) for each in flow.times) if screen.kind == "ticks-and-time" else ()
        asked = contexts.get({"one": "who", "many": "boxes"}.get(screen.kind, ""), ())
        screens.append(Screen(screen.id, screen.kind, screen.level or "", asked, tuple(lines), times))
    return Plan(symptom, tuple(guide.urgency), tuple(screens))


def contexts_asked(symptom: str, guide: Guide) -> dict[str, tuple[str, ...]]:
    """The contexts that readers of a symptom are asked about, by where: who, boxes."""
    found: dict[str, tuple[str, ...]] = {"who": (), "boxes": ()}
    for context in for_readers(symptom, guide.contexts.values()):
        found[context.asked] += (context.id,)
    return found


def find_flow(guide: Guide, symptom: str) -> Flow | None:
    """The flow of a symptom: its own, or the one that the guide's symptoms share, if there is either."""
    return guide.flows.get(symptom) or guide.flows.get(SHARED)


def flow_of(guide: Guide, symptom: str) -> Flow:
    """The flow of a symptom that is known to have one. Raises KeyError where it has none."""
    return guide.flows.get(symptom) or guide.flows[SHARED]


F = TypeVar("F", Note, Block, Context, Addition)


def for_readers(symptom: str, parts: Iterable[F]) -> list[F]:
    """Those parts that readers of a symptom see."""
    return [part for part in parts if not part.symptoms or symptom in part.symptoms]


def _places(symptom: str, flow: Flow, guide: Guide) -> dict[str, list[str]]:
    """The ids of the signs on each screen: those for some people, in the order of contexts, then its own."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    listed = guide.symptoms[symptom].signs
    where = [(sign, _screen_for(sign, flow, guide)) for sign in guide.pick("criteria", listed)]
    for context in guide.contexts:
        for sign, screen in where:
            if screen and context in sign.context and sign.id not in found[screen.id]:
                found[screen.id].append(sign.id)
    for screen in flow.screens:
        for sign_id in screen.signs:
            if sign_id in listed:
                found[screen.id].append(sign_id)
    return found


def _screen_for(sign: Criterion, flow: Flow, guide: Guide) -> WrittenScreen | None:
    """Where a sign for some people is asked: first where all such people are, else last where any are.

    None where it is for everyone or stands on a screen by name.
    """
    if EVERYONE in sign.context or sign.id in flow.signs:
        return None
    kinds, found = set(map(attrgetter("asked"), guide.pick("contexts", sign.context))), None
    for screen in flow.screens:
        if screen.level == sign.level and not kinds.isdisjoint(screen.also):
            found = screen
            if kinds.issubset(screen.also):
                break
    return found


def _line(sign: Criterion) -> Line:
    contexts = () if EVERYONE in sign.context else sign.context
    return Line(sign.id, sign.level, "" if sign.not_sure == IGNORE else sign.not_sure, contexts)


def _time(time: Duration, guide: Guide) -> Time:
    sign = guide.criteria.get(time.sign) if time.sign else None
    return Time(time.id, sign.level if sign else guide.ladder.last, time.contexts)


def version(symptom: str, flow: Flow, guide: Guide) -> str:
    """Eight letters that change with what a reader can notice: order, words, signs or the ladder."""
    signs = guide.pick("criteria", guide.symptoms[symptom].signs)
    seen = [flow, *signs, *guide.urgency.values(), *guide.contexts.values(), *guide.meanwhile.values()]
    forms = [part.model_dump(mode="json", exclude={"draft", "why", "checked", "lowered"}) for part in seen]
    return digest(forms)[:8]


# From answers to a result


def follow(plan: Plan, answers: Answers) -> Result | Ask:
    """What to ask next, or the result.

    Screens are passed from the top each time, so a context that is added later asks only what is new.
    """
    said, place = answers.said, len(plan.levels) - 1
    found = Result(plan.levels[place])
    for screen, lines, times, best in plan.asked_of(answers.contexts):
        if screen.contexts and screen.id not in answers.chosen:
            return Ask(screen)
        if best >= place:  # nothing on it can lead higher
            continue
        found = _raised(plan, found, lines, said)
        place = plan.place(found.level)
        if not screen.times and best >= place:
            return found
        unanswered = tuple([line for line in lines if line.id not in said])
        if unanswered or (times and not answers.time):
            return Ask(screen, unanswered, () if answers.time else times)
        for time in times:
            if time.id == answers.time and plan.above(time.level, found.level):
                return Result(time.level, time=time.id)
            if time.id == answers.time and time.level == found.level:
                return replace(found, time=time.id)
    return found


def _raised(plan: Plan, found: Result, lines: Iterable[Line], answers: Mapping[str, str]) -> Result:
    """A result with what is said to some lines: the worst level so far, and the lines that lead to it."""
    for line in lines:
        said = answers.get(line.id, NO)
        if said == NO:
            continue
        leads_to = line.level if said == YES else line.not_sure
        if leads_to and plan.above(leads_to, found.level):
            found = Result(leads_to)
        if leads_to == found.level and said == YES:
            found = Result(leads_to, (*found.because, line.id), found.unsure)
        elif leads_to == found.level:
            found = Result(leads_to, found.because, (*found.unsure, line.id))
    return found


# A reader


@dataclass(frozen=True)
class Reader:
    """Somebody with a story: who they are, what is true or in doubt, and how long it has lasted."""

    contexts: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    time: str = ""


@dataclass(frozen=True)
class Walk:
    """A reader's way through a plan."""

    asked: tuple[Ask, ...]
    answers: Answers
    result: Result


def walk(plan: Plan, reader: Reader, answers: Answers | None = None) -> Walk:
    """The way of a reader who answers each line as it is true of them, from the top or from some answers."""
    answers, asked = answers or Answers(), []
    while isinstance(found := follow(plan, answers), Ask):
        asked.append(found)
        answers = _answered(answers, found, reader)
    return Walk(tuple(asked), answers, found)


def end_of(plan: Plan, reader: Reader, answers: Answers | None = None) -> Result:
    """Where a reader ends."""
    return walk(plan, reader, answers).result


def _answered(answers: Answers, ask: Ask, reader: Reader) -> Answers:
    """The answers with those that a reader gives to what is asked."""
    chosen, said, time = {**answers.chosen}, {**answers.said}, answers.time
    if ask.screen.contexts:
        mine = [each for each in ask.screen.contexts if each in reader.contexts]
        # Of a single choice, the last is the general one.
        one = mine[:1] or ask.screen.contexts[-1:]
        chosen[ask.screen.id] = frozenset(one if ask.screen.kind == "one" else mine)
    if ask.times:
        time = reader.time if reader.time in ids(ask.times) else ask.times[0].id
    for line in ask.lines:
        doubt = UNSURE if line.id in reader.unsure else NO
        said[line.id] = YES if line.id in reader.present else doubt
    return Answers(chosen, answers.added, said, time)
