"""A flow as its page, the sheets and the chart show it.

That is screens with their signs, results with the parts that are true, and what a reader has to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from careguide.flow.plan import Ask, Plan, Reader, Screen, find_flow, plan, walk
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.model.flows import Block, Duration, Flow, Note
from careguide.model.flows import Screen as WrittenScreen
from careguide.model.lists import EVERYONE, Addition, Context, Criterion, Meanwhile, Urgency


@dataclass(frozen=True)
class ShownScreen:
    """One screen as its page shows it."""

    written: WrittenScreen
    """Its words."""
    screen: Screen
    """Where its answers lead."""
    number: int
    """Its place, from 1."""
    notes: tuple[Note, ...]
    """What is added under it for this symptom's readers."""
    contexts: tuple[Context, ...]
    """What it offers to choose."""
    own: tuple[Criterion, ...]
    """The signs it asks of everyone."""
    others: tuple[Criterion, ...]
    """The signs it asks of some people only."""
    times: tuple[Duration, ...]


@dataclass(frozen=True)
class ShownBlock:
    """One part of a result."""

    block: Block
    """What it says, and when."""
    unless: tuple[str, ...]
    """The signs and times for which another part stands in its place."""


@dataclass(frozen=True)
class ShownResult:
    """One result as its page shows it."""

    level: Urgency
    place: int
    """Its place on the ladder, from 1."""
    blocks: tuple[ShownBlock, ...]
    """Its parts for this symptom's readers."""
    meanwhile: tuple[tuple[Meanwhile, str, tuple[Criterion, ...]], ...]
    """Each text on what to do until then, with what it adds for this symptom, and the signs it is for."""
    unasked: tuple[Criterion, ...]
    """The signs of this level that are not asked: they say when it fits."""


def checks(guide: Guide) -> Iterator[tuple[str, Flow]]:
    """Each symptom that has a check, with its flow."""
    for id_ in guide.symptoms:
        if flow := flow_for(guide, id_):
            yield id_, flow


def flow_for(guide: Guide, symptom: str) -> Flow | None:
    """The flow of a symptom, if all that it needs is there. What is missing is a problem already."""
    flow = find_flow(guide, symptom)
    found = guide.symptoms.get(symptom)
    if not flow or not found:
        return None
    known = guide.criteria
    wanted = [
        *found.signs,
        *flow.bar,
        *(time.sign for time in flow.times if time.sign),
        *(id_ for screen in flow.screens for id_ in screen.signs),
    ]
    levels = [result.level for result in flow.results]
    sound = all(id_ in known for id_ in wanted) and levels == list(guide.urgency)
    return flow if sound and guide.whole("contexts") and guide.whole("meanwhile") else None


def title_of(symptom: str, flow: Flow, guide: Guide) -> str:
    """The title of a check's page."""
    return guide.words.text("flow.title", title=flow.title, symptom=guide.symptoms[symptom].title)


def fits(part: Note | Block | Context | Addition, symptom: str) -> bool:
    """Whether readers of a symptom see a part."""
    return not part.symptoms or symptom in part.symptoms


def screens(symptom: str, flow: Flow, guide: Guide) -> list[ShownScreen]:
    """The screens of a check that ask something, in order."""
    shown: list[ShownScreen] = []
    for written, screen in zip(flow.screens, plan(symptom, flow, guide).screens, strict=True):
        if not (screen.contexts or screen.lines or screen.times):
            continue
        signs = guide.pick("criteria", [line.id for line in screen.lines])
        shown.append(
            ShownScreen(
                written,
                screen,
                len(shown) + 1,
                tuple(note for note in written.notes if fits(note, symptom)),
                tuple(guide.pick("contexts", screen.contexts)),
                tuple(sign for sign in signs if EVERYONE in sign.context),
                tuple(sign for sign in signs if EVERYONE not in sign.context),
                flow.times if screen.times else (),
            )
        )
    return shown


def by_context(
    symptom: str, flow: Flow, guide: Guide
) -> list[tuple[Context, list[tuple[Urgency, list[tuple[str, Criterion]]]]]]:
    """The signs that are only for some people, by context and then by level, worst first.

    Each comes with the screen that asks it.
    """
    lines = [(shown.screen.id, sign) for shown in screens(symptom, flow, guide) for sign in shown.others]
    found = []
    for context in guide.contexts.values():
        mine = [(screen, sign) for screen, sign in lines if context.id in sign.context]
        rungs = [
            (level, [each for each in mine if each[1].level == level.id]) for level in guide.urgency.values()
        ]
        if mine and fits(context, symptom):
            found.append((context, [rung for rung in rungs if rung[1]]))
    return found


def for_everyone(guide: Guide) -> list[str]:
    """The ids of the signs that concern everyone, in the order of the list."""
    return [sign.id for sign in guide.criteria.values() if EVERYONE in sign.context]


def for_some(guide: Guide) -> list[tuple[Context, list[tuple[Urgency, list[tuple[Criterion, bool]]]]]]:
    """The signs that are only for some people, by context and level, worst first.

    Each comes with whether it stands there for the first time.
    """
    found, seen = [], set()
    for context in guide.contexts.values():
        mine = [sign for sign in guide.criteria.values() if context.id in sign.context]
        rungs = [
            (level, [(sign, sign.id not in seen) for sign in mine if sign.level == level.id])
            for level in guide.urgency.values()
        ]
        seen |= {sign.id for sign in mine}
        if mine:
            found.append((context, [rung for rung in rungs if rung[1]]))
    return found


def offered_again(symptom: str, flow: Flow, guide: Guide) -> list[Context]:
    """The contexts that have signs for this symptom, in the order in which they are offered once more."""
    mine = [context.id for context, _ in by_context(symptom, flow, guide)]
    return (
        guide.pick("contexts", [each for each in flow.again.contexts if each in mine]) if flow.again else []
    )


def results(symptom: str, flow: Flow, guide: Guide) -> list[ShownResult]:
    """The results of a check, worst first."""
    listed = guide.pick("criteria", guide.symptoms[symptom].signs)
    times = [time.sign for time in flow.times]
    asked = {line.id for screen in plan(symptom, flow, guide).screens for line in screen.lines}
    found = []
    for place, (level, written) in enumerate(zip(guide.urgency.values(), flow.results, strict=True), 1):
        mine = [sign for sign in listed if sign.level == level.id]
        texts = {sign.meanwhile: None for sign in mine if sign.meanwhile}
        meanwhile = tuple(
            (text, addition_of(text, symptom), tuple(sign for sign in mine if sign.meanwhile == text.id))
            for text in guide.pick("meanwhile", texts)
        )
        unasked = tuple(sign for sign in mine if sign.id not in asked and sign.id not in times)
        found.append(ShownResult(level, place, tuple(_blocks(written.blocks, symptom)), meanwhile, unasked))
    return found


def _blocks(written: Sequence[Block], symptom: str) -> Iterator[ShownBlock]:
    """The parts of a result, each with what stands in its place for some readers."""
    blocks = [block for block in written if fits(block, symptom)]
    for index, block in enumerate(blocks):
        unless: list[str] = []
        for other in blocks[index + 1 :] if not block.instead else ():
            if not other.instead:
                break
            unless += [*other.signs, *other.times]
        yield ShownBlock(block, tuple(unless))


def addition_of(text: Meanwhile, symptom: str) -> str:
    """What a text on what to do meanwhile adds for readers of a symptom."""
    return " ".join(each.text for each in text.additions if fits(each, symptom))


def bar(guide: Guide) -> list[Criterion]:
    """The signs that the red line names, by their leads."""
    flow = next((flow for _, flow in checks(guide)), None)
    return guide.pick("criteria", flow.bar) if flow else []


def crisis(guide: Guide) -> Criterion | None:
    """The sign that stands on a line of its own under the red line, with the crisis line."""
    flow = next((flow for _, flow in checks(guide)), None)
    return guide.criteria.get(flow.crisis) if flow and flow.crisis else None


# ------------------------------------------------------------------------------------------------------------
# What a reader has to read


@dataclass(frozen=True)
class Effort:
    """What a check asks of a reader who has none of its signs."""

    words: int
    """Every word up to the last button: title, questions, lines, hints, choices and buttons."""
    taps: int
    lines: int
    """Signs that the reader sees."""


def effort(symptom: str, flow: Flow, guide: Guide, contexts: frozenset[str] = frozenset()) -> Effort:
    """What a healthy reader with these contexts reads and taps before the home result.

    Without contexts it is any adult.
    """
    found: Plan = plan(symptom, flow, guide)
    words = guide.words
    texts, taps, lines = [title_of(symptom, flow, guide), flow.intro], 0, 0
    written = {screen.id: screen for screen in flow.screens}
    for ask in walk(found, Reader(contexts)):
        if not isinstance(ask, Ask):
            break
        screen = written[ask.screen.id]
        texts += _texts(screen, ask, symptom, flow, guide)
        # Boxes and ticks that are chosen take a tap each; then 'none', 'continue' or a time.
        taps += 1 + (len(contexts & set(ask.screen.contexts)) if ask.screen.kind == "many" else 0)
        lines += len(ask.lines)
        if ask.screen.kind in ("ticks", "many"):
            texts.append(words.text("flow.continue"))
    return Effort(sum(map(readability.length, texts)), taps, lines)


def _texts(screen: WrittenScreen, ask: Ask, symptom: str, flow: Flow, guide: Guide) -> Iterator[str]:
    """Every text on one screen."""
    yield screen.ask
    yield screen.sub or ""
    yield from (note.text for note in screen.notes if fits(note, symptom) and not note.contexts)
    for context in guide.pick("contexts", ask.screen.contexts):
        yield from (context.label, context.note or "")
    for sign in guide.pick("criteria", [line.id for line in ask.lines]):
        yield from (sign.sign, sign.hint or "")
    yield from (time.label for time in flow.times if time.id in [each.id for each in ask.times])
    yield (screen.none or "") if ask.screen.kind != "ticks-and-time" else ""
    yield flow.not_sure.button if ask.screen.kind == "gate" else ""
