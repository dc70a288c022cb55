"""The items of a FHIR Questionnaire: a check's screens as groups, its lines as questions.

`enableWhen` alone says whom a line is for, and when nothing more need be asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from operator import attrgetter
from typing import Any

from careguide.flow.plan import NO, UNSURE, YES, Line, Plan, Screen, Time, fitting, for_readers
from careguide.guide.guide import Guide
from careguide.model.flows import Flow
from careguide.model.flows import Screen as WrittenScreen
from careguide.source import markup

Json = dict[str, Any]
Coding = Callable[..., Json]
"""Makes a coding of a system, a code in it and, where they are given, its words."""


def screen_link(screen: Screen) -> str:
    """The linkId of a screen. A sign's is its id, which has no dot in it."""
    return f"screen.{screen.id}"


def time_links(screen: Screen) -> dict[str, frozenset[str]]:
    """The linkIds of the questions that ask how long, each with the contexts of those whom it asks.

    An option cannot depend on another answer. So there is a question for each set of those contexts that have
    times of their own.
    """
    special = special_contexts(screen)
    found: dict[str, frozenset[str]] = {}
    for count in range(len(special) + 1 if screen.times else 0):
        for having in combinations(special, count):
            found[f"time.{len(found)}"] = frozenset(having)
    return found


def special_contexts(screen: Screen) -> list[str]:
    """The contexts that have times of their own."""
    return sorted(set[str]().union(*map(attrgetter("contexts"), screen.times)))


@dataclass(frozen=True)
class Questions:
    """The items of one check."""

    guide: Guide
    symptom: str
    flow: Flow
    plan: Plan
    coding: Coding

    def items(self) -> Iterator[Json]:
        """Every screen that asks something."""
        for place, (written, screen) in enumerate(zip(self.flow.screens, self.plan.screens, strict=True)):
            if screen.asks:
                item = self._choice(written, screen) if screen.contexts else self._group(written, screen)
                yield item | self._until(place)

    @property
    def _asked(self) -> Mapping[str, str]:
        """The linkId of the question that asks for a context, by context."""
        found: dict[str, str] = {}
        for screen in self.plan.screens:
            found |= dict.fromkeys(screen.contexts, screen_link(screen))
        return found

    def _choice(self, written: WrittenScreen, screen: Screen) -> Json:
        options: list[Json] = []
        for context in self.guide.pick("contexts", screen.contexts):
            options.append({"valueCoding": self.coding("contexts", context.id, markup.plain(context.label))})
        item = {"linkId": screen_link(screen), "text": markup.plain(written.ask), "type": "choice"}
        return {**item, "repeats": screen.kind == "many", "answerOption": options}

    def _group(self, written: WrittenScreen, screen: Screen) -> Json:
        """A screen of lines, after what is said to some readers, and before how long."""
        inner: list[Json] = []
        for number, note in enumerate(for_readers(self.symptom, written.notes), 1):
            link = f"{screen_link(screen)}.{number}"
            said = {"linkId": link, "text": markup.plain(note.text), "type": "display"}
            inner.append(said | self._for(note.contexts))
        for line in screen.lines:
            inner.append(self._line(line) | self._for(line.contexts))
        inner += self._times(screen)
        return {
            "linkId": screen_link(screen),
            "text": markup.plain(written.ask),
            "type": "group",
            "item": inner,
        }

    def _line(self, line: Line) -> Json:
        """One sign, to be answered with yes, no or not sure; what counts stands under it."""
        sign = self.guide.criteria[line.id]
        options: list[Json] = []
        for said in (YES, NO, UNSURE):
            words = self.guide.words.text(f"open_data.said.{said}")
            options.append({"valueCoding": self.coding("answers", said, words)})
        item = {
            "linkId": line.id,
            "code": [self.coding("signs", line.id)],
            "text": markup.plain(sign.sign),
            "type": "choice",
            "answerOption": options,
        }
        if sign.hint:
            item["item"] = [{"linkId": f"{line.id}.hint", "text": markup.plain(sign.hint), "type": "display"}]
        return item

    def _for(self, contexts: Iterable[str]) -> Json:
        """The condition that the reader has one of some contexts; none where it is for all."""
        return _enabled(list(map(partial(self._context_is, "="), contexts)), "any")

    def _context_is(self, operator: str, context: str) -> Json:
        return _when(self._asked[context], operator, self.coding("contexts", context))

    def _times(self, screen: Screen) -> Iterator[Json]:
        labels: dict[str, str] = {}
        for written in self.flow.times:
            labels[written.id] = markup.plain(written.label)
        for link, having in time_links(screen).items():
            options: list[Json] = []
            offered: tuple[Time, ...] = fitting(screen.times, having)
            for time in offered:
                options.append(
                    {"valueCoding": self.coding(f"times-{self.flow.id}", time.id, labels[time.id])}
                )
            conditions: list[Json] = []
            for context in special_contexts(screen):
                conditions.append(self._context_is("=" if context in having else "!=", context))
            words = self.guide.words.text("open_data.times")
            item = {"linkId": link, "text": words, "type": "choice", "answerOption": options}
            yield item | _enabled(conditions, "all")

    def _until(self, place: int) -> Json:
        """The condition that a screen, or those after one of contexts, can lead higher than what was said."""
        screen, reach = self.plan.screens[place], [*self.plan.screens[place].reach]
        for later in self.plan.screens[place:] if screen.contexts else ():
            reach += later.reach
        best = min(map(self.plan.place, reach), default=0)
        conditions: list[Json] = []
        for earlier in self.plan.screens[:place]:
            for line in earlier.lines:
                for said, level in ((YES, line.level), (UNSURE, line.not_sure)):
                    if level and self.plan.place(level) <= best:
                        conditions.append(_when(line.id, "!=", self.coding("answers", said)))
        return _enabled(conditions, "all")


def _when(question: str, operator: str, answer: Json) -> Json:
    return {"question": question, "operator": operator, "answerCoding": answer}


def _enabled(conditions: list[Json], behaviour: str) -> Json:
    """What shows an item only where its conditions are true; nothing for an item without any."""
    if not conditions:
        return {}
    found: Json = {"enableWhen": conditions}
    return found | {"enableBehavior": behaviour} if len(conditions) > 1 else found
