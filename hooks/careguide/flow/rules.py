"""Rules for flows: their shape, their words, their proof and their stories.

One rule is one short generator, and its docstring is the rule.
"""

from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter, itemgetter
from pathlib import Path

from careguide.flow import proof, vignettes
from careguide.flow.paths import facts_of
from careguide.flow.plan import SHARED, ids, levels, plan
from careguide.flow.view import effort
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.model.fields import WRITE_ID
from careguide.model.flows import Flow
from careguide.model.lists import EVERYONE, IGNORE, Criterion
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.parallel import divided
from careguide.source.problems import Problem, Wrong, named, nearest, one_of, problems_at, quoted

MOST_WORDS = 1150
"""Words that a healthy adult reads before the home result."""
MOST_TAPS = 7
"""Taps of a healthy adult to the home result."""
MOST_LINES = 13
"""Lines that one screen asks of everyone."""
LONGEST_QUESTION = 15


def check(guide: Guide, cache: Path | None = None) -> list[Problem]:
    """Everything that is wrong with the flows: their shape, and once that is right, proof and stories."""
    # Else nothing is higher or lower than anything else, and that is said elsewhere.
    if not (guide.urgency and guide.whole("urgency")):
        return []
    ladder = {*guide.urgency, IGNORE}
    known = {sign.id for sign in guide.criteria.values() if {sign.level, sign.not_sure} <= ladder}
    signs = [*named(signs_are_asked_of_somebody(guide))]
    found = [*named(flows_belong_to_a_symptom(guide)), *signs, *named(signs_are_easy(guide))]
    shaped: list[tuple[str, Flow]] = []
    for id_, flow in guide.flows.items():
        origin = guide.origins["flows", id_]
        wrong: list[Problem] = []
        for rule in SHAPE:
            wrong += problems_at(origin, (), rule(flow, guide))
        found += wrong
        asked = set[str]().union(*map(attrgetter("signs"), flow.screens))
        for symptom in symptoms_of(id_, guide) if not (wrong or signs) and guide.whole() else ():
            if known == guide.criteria.keys() >= {*guide.symptoms[symptom].signs, *asked}:
                shaped.append((symptom, flow))  # a sign, or a level, that nobody knows is a problem already
    for sound in divided(partial(_proved_and_told, guide, cache), shaped):
        found += sound
    return found


def _proved_and_told(guide: Guide, cache: Path | None, check: tuple[str, Flow]) -> list[Problem]:
    """What is wrong with the check of one symptom, whose flow has the right shape."""
    symptom, flow = check
    origin = guide.origins["flows", flow.id]
    unsound = [*problems_at(origin, (), checks_are_proved(symptom, flow, guide, cache))]
    return unsound or [
        *problems_at(origin, (), checks_are_short(symptom, flow, guide)),
        *vignettes.check(symptom, flow, guide, cache),
    ]


def symptoms_of(flow: str, guide: Guide) -> list[str]:
    """The symptoms that a flow serves."""
    if flow != SHARED:
        return [flow] if flow in guide.symptoms else []
    return [id_ for id_ in guide.symptoms if id_ not in guide.flows]


def flows_belong_to_a_symptom(guide: Guide) -> Iterator[Problem]:
    """A flow of its own, and stories, must have the id of their symptom. The stories need a flow."""
    for kind in ("flows", "vignettes"):
        for id_ in guide.of(kind):
            if id_ != SHARED and ("symptoms", id_) not in guide.origins:
                tip = nearest(id_, guide.symptoms) or "Rename the file, or write the symptom first."
                message = f"the file's name must be a symptom's id, not {quoted(id_)}"
                yield Problem(guide.origins[kind, id_].path, 1, message, tip)


def signs_are_asked_of_somebody(guide: Guide) -> Iterator[Problem]:
    """A sign is for everyone or for some contexts, and a doubt about it leads no higher than the sign itself.

    What to do meanwhile is said where every minute counts.
    """
    known = [EVERYONE, *(id_ for kind, id_ in guide.origins if kind == "contexts")]
    for sign in guide.criteria.values():
        yield from problems_at(guide.origins["criteria", sign.id], (), _sign_is_asked(sign, guide, known))


def _sign_is_asked(sign: Criterion, guide: Guide, known: list[str]) -> Wrong:
    ladder = guide.ladder.ids
    # In a draft, somebody may still have to fill in what stands there.
    unwritten = WRITE_ID if sign.draft else None
    if EVERYONE in sign.context and len(sign.context) > 1:
        yield ("context",), f"must be '{EVERYONE}' or some contexts, not both", f"Keep '{EVERYONE}' alone."
    for context in sign.context:
        if context not in (*known, unwritten):
            tip = nearest(context, known) or "Add it to data/contexts.yml first."
            yield ("context",), f"must be from data/contexts.yml, not {quoted(context)}", tip
    # Another name for a level is a problem already, told once.
    renamed = sign.not_sure != WRITE_ID and ("urgency", sign.not_sure) in guide.backlinks
    if sign.not_sure not in (*ladder, IGNORE, unwritten) and not renamed:
        tip = nearest(sign.not_sure, [*ladder, IGNORE]) or "Choose a level of data/urgency.yml, or 'ignore'."
        yield ("not_sure",), f"must be a level or '{IGNORE}', not {quoted(sign.not_sure)}", tip
    if {sign.level, sign.not_sure} <= {*ladder} and ladder.index(sign.not_sure) < ladder.index(sign.level):
        own, doubt = quoted(sign.level), quoted(sign.not_sure)
        message = f"must not be above the sign's own level {own}, but is {doubt}"
        yield ("not_sure",), message, "Is the level too low? A doubt cannot be above the sign itself."
    if sign.level == guide.ladder.worst and not sign.meanwhile:
        message = f"meanwhile must be given, because {quoted(sign.id)} is {quoted(sign.level)}"
        yield (), message, "Name a text of data/meanwhile.yml: what to do until help comes."


_TOLD_ALONE = 3
"""How many hard signs are told one by one. More are one notice, which does not hide the others."""


def signs_are_easy(guide: Guide) -> Iterator[Problem]:
    """A sign should be easy to read, as a page must. It is an aim: a notice names those that are not."""
    reading, formula = guide.reading, guide.reading.formula
    if not formula:
        return
    hard: list[tuple[float, Criterion]] = []
    for sign in guide.criteria.values():
        score = reading.score(reading.sentences(markup.plain(sign.sign)))
        grade = round(score.grade, 1) if score and score.grade is not None else formula.limit
        if formula.harder(grade, formula.limit):
            hard.append((grade, sign))
    aim = f"should read at {formula.aim}, but"
    for grade, sign in hard if len(hard) <= _TOLD_ALONE else ():
        said, tip = quoted(sign.sign, length=120), "Use shorter words, or split it."
        origin = guide.origins["criteria", sign.id]
        yield origin.problem(("sign",), f"{aim} reads at {grade:.1f}: {said}", tip, blocks=False)
    if len(hard) > _TOLD_ALONE:
        hardest = sorted(hard, key=itemgetter(0), reverse=formula.harder_is_more)[:_TOLD_ALONE]
        named = one_of([f"{quoted(sign.id)} ({grade:.1f})" for grade, sign in hardest], last="and")
        message = f"{aim} {len(hard)} signs do not; the hardest are {named}"
        origin = guide.origins["criteria", hardest[0][1].id]
        yield origin.problem(("sign",), message, "Use shorter words, or split them.", blocks=False)


# Shape


def screens_have_their_parts(flow: Flow, guide: Guide) -> Wrong:
    """Gates and ticks have a level and a 'none', who and boxes no signs; times stand on the last screen."""
    seen = {*guide.urgency}
    for index, screen in enumerate(flow.screens):
        loc: Loc = ("screens", index)
        asks_contexts = screen.kind in ("one", "many")
        for name in ("signs", "also", "level") if asks_contexts else ():
            if getattr(screen, name):
                message = f"must not be given, because the screen's kind is {quoted(screen.kind)}"
                yield (*loc, name), message, "Delete it."
        if not asks_contexts and not screen.level:
            message = f"must have a level, because its kind is {quoted(screen.kind)}"
            yield loc, message, "Add 'level:' with a level of data/urgency.yml."
        if screen.kind != "one" and not screen.none:
            yield loc, "must have the words of a 'none'", "Add a line such as 'none: None of these'."
        asks_time = bool(flow.times) and screen is flow.screens[-1]
        if asks_time != (screen.kind == "ticks-and-time"):
            message = "must be 'ticks-and-time' if it is the last and the flow has times, and only then"
            yield loc, message, "Move it, or change its kind."
        if screen.id in seen:
            yield (*loc, "id"), f"must be new, not {quoted(screen.id)}", "Choose another name."
        seen.add(screen.id)


def screens_are_short(flow: Flow, guide: Guide) -> Wrong:
    """A screen asks at most 13 lines of everyone; a question has at most 15 words."""
    symptoms = symptoms_of(flow.id, guide)
    for index, screen in enumerate(flow.screens):
        for symptom in symptoms:
            count = len({*screen.signs}.intersection(guide.symptoms[symptom].signs))
            if count > MOST_LINES:
                message = f"must have at most {MOST_LINES} signs for a symptom, but has {count}"
                yield ("screens", index, "signs"), message, "Make it two screens."
        count = readability.length(screen.ask)
        if count > LONGEST_QUESTION:
            message = f"must have at most {LONGEST_QUESTION} words, but has {count}: {quoted(screen.ask)}"
            yield ("screens", index, "ask"), message, "Cut words, or say the rest in 'sub'."


def screens_ask_signs_of_everyone(flow: Flow, guide: Guide) -> Wrong:
    """A sign that a screen names is for everyone, and some symptom has it. Others come by themselves."""
    own = set[str]()
    for symptom in guide.pick("symptoms", symptoms_of(flow.id, guide)):
        own.update(symptom.meant_signs)
    for index, screen in enumerate(flow.screens):
        for place, sign in enumerate(guide.pick("criteria", screen.signs)):
            loc: Loc = ("screens", index, "signs", place)
            name, context = quoted(sign.id), quoted(sign.context[0])
            if EVERYONE not in sign.context:
                tip = "Ask it of everyone again; or delete it here, if a screen with 'also:' asks it."
                yield loc, f"must be a sign for everyone, but {name} is for {context}", tip
            # Its own symptoms come first: there may be very many others.
            is_used = sign.id in own or any(sign.id in each.meant_signs for each in guide.symptoms.values())
            if not is_used and guide.whole("symptoms"):
                tip = "Add it to a symptom's signs again; to leave it out is for a clinician to say."
                yield loc, f"must be a sign of a symptom, but no symptom has {name}", tip


def results_are_told(flow: Flow, guide: Guide) -> Wrong:
    """Every level has its result, in the order of the ladder; every doubt that leads to one has its words."""
    ladder = [*guide.ladder.ids]
    if levels(flow.results) != ladder and guide.urgency.keys() >= {*levels(flow.results)}:
        message = f"must have every level once, worst first: {', '.join(ladder)}"
        yield ("results",), message, "Add the missing one, or put them in order."
    told = levels(flow.not_sure.results)
    for level in ladder:
        if level not in told and level in guide.doubts:
            message = f"must say what to do where a doubt leads to {quoted(level)}"
            yield ("not_sure", "results"), message, "Add an entry for that level."
    times = ids(flow.times)
    for index, result in enumerate(flow.results):
        for place, block in enumerate(result.blocks):
            loc: Loc = ("results", index, "blocks", place)
            if not (block.text or block.items or block.part):
                yield loc, "must say something", "Give it a text, items or a part."
            for time in block.times:
                if time not in times:
                    tip = nearest(time, times) or "See 'times' above."
                    yield loc, f"must name times of the flow, not {quoted(time)}", tip


def forgotten_contexts_are_asked(flow: Flow, guide: Guide) -> Wrong:
    """Every context of some sign is offered once more where a result is calm, at the last level at least."""
    offered, calm = (flow.again.contexts, flow.again.levels) if flow.again else ((), ())
    for context in guide.contexts:
        if context not in offered and context in guide.asked_contexts:
            message = f"must offer {quoted(context)}: signs are hidden if it is forgotten"
            yield ("again",), message, "Add it to 'contexts' there."
    showing = [result.level for result in flow.results for block in result.blocks if block.part == "again"]
    for level in calm:
        if level not in showing:
            message = f"must show the forgotten contexts at {quoted(level)}"
            yield ("results",), message, "Add a block 'part: again'."
    if guide.ladder.last not in calm and guide.asked_contexts - {EVERYONE}:
        message = "must be shown with the result of the last level"
        yield ("again",), message, "Add that level to 'levels' there."


def bars_have_four_clauses(flow: Flow, guide: Guide) -> Wrong:
    """The red line names at most four signs, all of the worst level and for everyone."""
    if len(flow.bar) > 4:
        message = f"must have at most 4 signs, but has {len(flow.bar)}"
        yield ("bar",), message, "Leave the rest to the list of all emergency signs."
    top = guide.ladder.worst
    for index, sign in enumerate(guide.pick("criteria", flow.bar)):
        if (sign.level != top and sign.level in guide.urgency) or EVERYONE not in sign.context:
            message = f"must be a sign of {quoted(top)} for everyone, not {quoted(sign.id)}"
            yield ("bar", index), message, "Choose another sign."


def lowerings_are_whole(flow: Flow, _guide: Guide) -> Wrong:
    """A lowering names the clinician who agreed and the day, or says 'signed: false' with a reason."""
    for index, entry in enumerate(flow.lowered):
        if entry.signed and not (entry.by and entry.on):
            message = "must name who agreed and when ('by' and 'on')"
            yield ("lowered", index), message, "Or write 'signed: false' and a 'reason'."
        if not entry.signed and not entry.reason:
            message = "must have a reason, because nobody has signed it"
            yield ("lowered", index), message, "Say why it was lowered."


SHAPE: tuple[Callable[[Flow, Guide], Wrong], ...] = (
    screens_have_their_parts,
    screens_are_short,
    screens_ask_signs_of_everyone,
    results_are_told,
    forgotten_contexts_are_asked,
    bars_have_four_clauses,
    lowerings_are_whole,
)
"""What must be right about a flow before its proof says anything new."""


# Effort and proof


def checks_are_short(symptom: str, flow: Flow, guide: Guide) -> Wrong:
    """A healthy adult reads at most 1,150 words and taps at most 7 times before the home result.

    A draft may be longer: it starts with every sign, and its author leaves out those that cannot be meant.
    """
    if guide.symptoms[symptom].draft:
        return
    needed, name = effort(symptom, flow, guide), quoted(symptom)
    if needed.words > MOST_WORDS:
        must = f"must be read in at most {MOST_WORDS} words by a healthy adult"
        tip = "Cut words of questions and hints; no sign may go, or be asked of fewer people, for that."
        yield ("screens",), f"{must}, but {name} takes {needed.words}", tip
    if needed.taps > MOST_TAPS:
        must = f"must take a healthy adult at most {MOST_TAPS} taps"
        yield ("screens",), f"{must}, but {name} takes {needed.taps}", "Put screens together."


def checks_are_proved(symptom: str, flow: Flow, guide: Guide, cache: Path | None) -> Wrong:
    """Every combination of answers has one result, as `proof` shows: not too low, nor above what was said."""
    screens = ids(flow.screens)
    found = proof.proved(plan(symptom, flow, guide), facts_of(symptom, guide, flow.times), cache)
    for violation in found.violations:
        if violation.property != found.violations[0].property:
            return  # it follows from those before it
        at = [screens.index(violation.screen)] if violation.screen in screens else []
        message = f"must keep {quoted(violation.property)} for {quoted(symptom)}: {violation.message}"
        yield ("screens", *at), message, proof.TIPS.get(violation.property, proof.OTHER_TIP)
