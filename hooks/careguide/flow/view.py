"""A flow as its page, the sheets and the chart show it.

That is screens with their signs, results with the parts that are true, and what a reader has to read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from careguide.flow.plan import SHARED, Ask, Reader, Screen, find_flow, for_readers, ids, levels, plan, walk
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.selection import Rungs, by_urgency
from careguide.model.flows import Block, Duration, Flow, Note
from careguide.model.flows import Screen as WrittenScreen
from careguide.model.lists import EVERYONE, Context, Criterion, Meanwhile, Urgency


@dataclass(frozen=True)
class ShownScreen:
    """One screen as its page shows it."""

    written: WrittenScreen
    screen: Screen
    number: int
    """Its place, from 1."""
    notes: Sequence[Note]
    """What is added under it for this symptom's readers."""
    contexts: Sequence[Context]
    own: Sequence[Criterion]
    """The signs it asks of everyone."""
    times: Sequence[Duration]


@dataclass(frozen=True)
class ShownBlock:
    """One part of a result."""

    block: Block
    """What it says, and when."""
    unless: Sequence[str]
    """The signs and times for which another part stands in its place."""


@dataclass(frozen=True)
class ShownResult:
    """One result as its page shows it."""

    level: Urgency
    blocks: Sequence[ShownBlock]
    """Its parts for this symptom's readers."""
    meanwhile: Sequence[tuple[Meanwhile, Sequence[Criterion]]]
    """Each text on what to do until then, with the signs it is for."""
    unasked: Sequence[Criterion]
    """The signs of this level that are not asked: they say when it fits."""


def checks(guide: Guide) -> Iterator[tuple[str, Flow]]:
    """Each symptom that has a check, with its flow."""
    for id_ in guide.symptoms:
        if flow := flow_for(guide, id_):
            yield id_, flow


def has_checks(guide: Guide) -> bool:
    """Whether any symptom has a check."""
    # Every page asks: symptoms without a flow are not gone through.
    asked = guide.symptoms if SHARED in guide.flows else guide.flows
    return any(flow_for(guide, id_) for id_ in asked)


def flow_for(guide: Guide, symptom: str) -> Flow | None:
    """The flow of a symptom, if all that it needs is there. What is missing is a problem already."""
    flow, found = find_flow(guide, symptom), guide.symptoms.get(symptom)
    if not flow or not found:
        return None
    whole = guide.whole("contexts") and guide.whole("meanwhile")
    whole &= guide.criteria.keys() >= {*found.signs, *flow.signs, *flow.bar, *flow.time_signs}
    whole &= levels(flow.results) == [*guide.urgency]
    return flow if whole else None


def title_of(symptom: str, flow: Flow, guide: Guide) -> str:
    """The title of a check's page."""
    return guide.words.text("flow.title", title=flow.title, symptom=guide.symptoms[symptom].title)


def screens(symptom: str, flow: Flow, guide: Guide) -> list[ShownScreen]:
    """The screens of a check that ask something, in order."""
    shown: list[ShownScreen] = []
    for written, screen in zip(flow.screens, plan(symptom, flow, guide).screens, strict=True):
        signs = guide.pick("criteria", ids(screen.lines))
        if screen.asks:
            notes, contexts = for_readers(symptom, written.notes), guide.pick("contexts", screen.contexts)
            own = [sign for sign in signs if EVERYONE in sign.context]
            times = flow.times if screen.times else ()
            shown.append(ShownScreen(written, screen, len(shown) + 1, notes, contexts, own, times))
    return shown


def for_everyone(guide: Guide) -> list[str]:
    """The ids of the signs that concern everyone, in the order of the list."""
    return [sign.id for sign in guide.criteria.values() if EVERYONE in sign.context]


def for_some(
    guide: Guide, signs: Iterable[Criterion], contexts: Iterable[Context]
) -> Iterator[tuple[Context, Rungs]]:
    """Signs that are only for some people, by context and then by level, worst first."""
    for context in contexts:
        if mine := [sign.id for sign in signs if context.id in sign.context]:
            yield context, by_urgency(guide, mine)


def home_of(sign: Criterion, guide: Guide) -> str:
    """The context under which a sign for some people stands in full: the first of the guide's that it has."""
    return next(context for context in guide.contexts if context in sign.context)


def by_context(symptom: str, flow: Flow, guide: Guide) -> Iterator[tuple[Context, Rungs]]:
    """The signs that a check asks of some people only."""
    signs = guide.pick("criteria", ids(plan(symptom, flow, guide).lines))
    return for_some(guide, signs, for_readers(symptom, guide.contexts.values()))


def offered_again(symptom: str, flow: Flow, guide: Guide) -> list[Context]:
    """The contexts that have signs for this symptom, in the order in which they are offered once more."""
    needed = plan(symptom, flow, guide).needed
    again = guide.pick("contexts", flow.again.contexts if flow.again else ())
    return [context for context in for_readers(symptom, again) if context.id in needed]


def results(symptom: str, flow: Flow, guide: Guide) -> list[ShownResult]:
    """The results of a check, worst first."""
    asked = {*ids(plan(symptom, flow, guide).lines), *flow.time_signs}
    signs = guide.pick("criteria", guide.symptoms[symptom].signs)
    found = []
    for level, written in zip(guide.urgency.values(), flow.results, strict=True):
        by_text: dict[str, list[Criterion]] = {}
        unasked: list[Criterion] = []
        for sign in signs:
            if sign.level == level.id:
                by_text.setdefault(sign.meanwhile or "", []).append(sign)
                if sign.id not in asked:
                    unasked.append(sign)
        meanwhile = [(text, by_text[text.id]) for text in guide.pick("meanwhile", by_text)]
        found.append(ShownResult(level, [*_blocks(written.blocks, symptom)], meanwhile, unasked))
    return found


def _blocks(written: Sequence[Block], symptom: str) -> Iterator[ShownBlock]:
    """The parts of a result, each with what stands in its place for some readers."""
    blocks = for_readers(symptom, written)
    for index, block in enumerate(blocks):
        unless: list[str] = []
        for other in blocks[index + 1 :] if not block.instead else ():
            if not other.instead:
                break
            unless += [*other.signs, *other.times]
        yield ShownBlock(block, unless)


def addition_of(text: Meanwhile, symptom: str) -> str:
    """What a text on what to do meanwhile adds for readers of a symptom."""
    return " ".join(each.text for each in for_readers(symptom, text.additions))


def bar(guide: Guide) -> list[Criterion]:
    """The signs that the red line names, by their leads."""
    _, flow = next(checks(guide), ("", None))
    return guide.pick("criteria", flow.bar) if flow else []


def crisis(guide: Guide) -> Criterion | None:
    """The sign that stands on a line of its own under the red line, with the crisis line."""
    _, flow = next(checks(guide), ("", None))
    return guide.criteria.get(flow.crisis or "") if flow else None


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
    """What a healthy reader with these contexts, or any adult, reads and taps before the home result."""
    texts, taps, lines = [title_of(symptom, flow, guide), flow.intro], 0, 0
    written = {screen.id: screen for screen in flow.screens}
    for ask in walk(plan(symptom, flow, guide), Reader(contexts)).asked:
        texts += _texts(written[ask.screen.id], ask, symptom, flow, guide)
        taps += 1  # 'none', 'continue' or a time
        lines += len(ask.lines)
        if ask.screen.kind == "many":
            taps += len(contexts.intersection(ask.screen.contexts))
        if ask.screen.kind in ("ticks", "many"):
            texts.append(guide.words.text("flow.continue"))
    return Effort(sum(map(readability.length, texts)), taps, lines)


def _texts(screen: WrittenScreen, ask: Ask, symptom: str, flow: Flow, guide: Guide) -> Iterator[str]:
    yield screen.ask
    yield screen.sub or ""
    for note in for_readers(symptom, screen.notes):
        if not note.contexts:
            yield note.text
    for context in guide.pick("contexts", ask.screen.contexts):
        yield from (context.label, context.note or "")
    for sign in guide.pick("criteria", ids(ask.lines)):
        yield from (sign.sign, sign.hint or "")
    for time in flow.times:
        if time.id in ids(ask.times):
            yield time.label
    yield (screen.none or "") if ask.screen.kind != "ticks-and-time" else ""
    yield flow.not_sure.button if ask.screen.kind == "gate" else ""
