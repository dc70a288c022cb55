"""Rules for flows: their shape, their words, their proof and their vignettes. Like `rules`, one rule is one short generator, and its docstring is the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from . import markup, proof, reading, vignettes
from .answers import facts_of
from .build import Origin
from .fields import Loc, spell
from .flow import is_whole, plan
from .guide import Guide
from .lists import Criterion
from .order import all_of
from .problems import Problem, nearest, shown
from .safety import Flow, Step

MOST_SIGNS = 7
MOST_GATES = 4
MOST_STEPS = 10
LONGEST_QUESTION = 15
HARDEST = 6.0
"""The highest Flesch-Kincaid grade of a question or a sign."""

Found = Iterator[Problem]


def check(guide: Guide) -> list[Problem]:
    """Everything that is wrong with the flows. Where parts of one are missing, that is said first and alone."""
    found = list(flows_belong_to_a_symptom(guide))
    for each, origin in _flows(guide):
        found += steps_have_their_parts(each, origin)
        if is_whole(each, guide):
            found += questions_are_easy(each, origin, guide)
            wrong = [problem for rule in SHAPE for problem in rule(each, origin, guide)]
            found += wrong or [*flows_are_proved(each, origin, guide), *vignettes.check(each, origin, guide)]
    return found


def flows_belong_to_a_symptom(guide: Guide) -> Found:
    """A flow, and its vignettes, must have the id of their symptom."""
    for kind in ("flows", "vignettes"):
        for id in guide.things[kind]:
            if ("symptoms", id) not in guide.origins:
                tip = nearest(id, guide.things["symptoms"]) or "Rename the file, or write the symptom first."
                yield Problem(guide.origins[kind, id].path, 1, f"the file's name must be a symptom's id, not {shown(id)}", tip)


# ---------------------------------------------------------------------------------------------------------------------
# Shape


def steps_have_their_parts(flow: Flow, origin: Origin) -> Found:
    """A gate and a step of ticks ask signs; a step of people asks about people."""
    for index, step in enumerate(flow.steps):
        has, lacks = ("people", "signs") if step.kind == "people" else ("signs", "people")
        if not getattr(step, has):
            yield _problem(origin, (index,), f"must have {has}, because its kind is '{step.kind}'", f"Add '{has}:' to the step.")
        if getattr(step, lacks):
            yield _problem(origin, (index, lacks), f"must not be given, because the step's kind is '{step.kind}'", "Delete it, or move it to a step of its own.")


def steps_have_their_own_ids(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A step's id must not be another step's, nor a level's: answers lead to both by id."""
    for index, step in enumerate(flow.steps):
        if step.id in guide.things["urgency"] or step.id in [each.id for each in flow.steps[:index]]:
            yield _problem(origin, (index, "id"), f"must be new, not {shown(step.id)}", "Choose another name.")


def emergency_first(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """Gates come first, then at most one step about people, then ticks."""
    ranks = {"gate": 0, "people": 1, "ticks": 2}
    for index, (above, step) in enumerate(pairwise(flow.steps), 1):
        if ranks[step.kind] < ranks[above.kind] or step.kind == above.kind == "people":
            yield _problem(origin, (index,), f"must not be {shown(step.kind)} after {shown(above.kind)}", "First gates, then one step about people, then ticks.")
    if flow.steps[0].kind != "gate":
        yield _problem(origin, (0,), "must be a gate, so that emergencies come first", "Start with the emergency signs that concern everyone.")


def gates_are_for_emergencies(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A gate asks signs of the worst level alone, and ticks none of it: emergency advice must not come late, not even by a raise."""
    top = next(iter(guide.things["urgency"]))
    for index, sign, criterion in _signs(flow, guide):
        gate = flow.steps[index].kind == "gate"
        if gate and criterion.urgency != top:
            yield _problem(origin, (index, "signs", sign), f"must be {shown(top)} on a gate, but {shown(criterion.id)} is {shown(criterion.urgency)}", "Move it to a step of ticks.")
        if not gate and top in (criterion.urgency, *(each.to for each in criterion.raise_)):
            yield _problem(origin, (index, "signs", sign), f"must not lead to {shown(top)} from ticks, but {shown(criterion.id)} can", "Ask it on a gate.")


def steps_have_one_urgency(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """All signs of a step have the same urgency."""
    levels = list(guide.things["urgency"])
    for index, sign, criterion in _signs(flow, guide):
        own = _urgency(flow.steps[index], guide)
        if flow.steps[index].kind == "ticks" and criterion.urgency not in (own, levels[0], levels[-1]):
            yield _problem(origin, (index, "signs", sign), f"must be {shown(own)} like its step, but {shown(criterion.id)} is {shown(criterion.urgency)}", "Move it to a step of its own urgency.")


def worst_first(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A sign must not be more urgent, for anyone, than a step before it: a reader who stops there would not be asked it."""
    levels = list(guide.things["urgency"])
    least, before = 0, ""
    for index, step in enumerate(flow.steps):
        own = levels.index(_urgency(step, guide)) if step.signs else 0
        for sign, criterion in enumerate(_criteria(step, guide)):
            place = min(levels.index(level) for level in (criterion.urgency, *(each.to for each in criterion.raise_)))
            if 0 < place < least and criterion.urgency == levels[own]:
                yield _problem(origin, (index, "signs", sign), f"must not come after step {shown(before)}, because {shown(criterion.id)} can be {shown(levels[place])}", f"Move it to {shown(before)} or above.")
        if own > least:
            least, before = own, step.id


def page_equals_flow(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A flow asks every sign of its symptom once, and no other. Signs of the last level are not asked: they are shown with its result."""
    last = list(guide.things["urgency"])[-1]
    listed = guide.things["symptoms"][flow.id].criteria
    asked: dict[str, str] = {}
    for index, sign, criterion in _signs(flow, guide):
        loc = (index, "signs", sign)
        if criterion.id not in listed:
            yield _problem(origin, loc, f"must be in the symptom's criteria, but {shown(criterion.id)} is not", f"Delete it, or add it to {guide.origins['symptoms', flow.id].path}.")
        elif criterion.urgency == last:
            yield _problem(origin, loc, f"must not be {shown(last)}, but {shown(criterion.id)} is", "Delete it: signs for home care are shown with the result.")
        elif criterion.id in asked:
            yield _problem(origin, loc, f"must be asked once, but {shown(criterion.id)} is in step {shown(asked[criterion.id])} too", "Delete one of the two.")
        asked.setdefault(criterion.id, flow.steps[index].id)
    for criterion in all_of(guide, "criteria", listed):
        if criterion.id not in asked and criterion.urgency != last:
            yield Problem(origin.path, origin.line(("steps",)), f"steps must ask {shown(criterion.id)}, because its symptom has it", f"Add it to a step of {shown(criterion.urgency)}, or take it off the symptom.")


def flows_are_short(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """At most 7 signs in a step, 4 gates and 10 steps."""
    for index, step in enumerate(flow.steps):
        if len(step.signs) > MOST_SIGNS:
            yield _problem(origin, (index, "signs"), f"must have at most {MOST_SIGNS} signs, but has {len(step.signs)}", "Make it two steps, or write two signs as one.")
    for most, count, what in (MOST_GATES, sum(step.kind == "gate" for step in flow.steps), "gates"), (MOST_STEPS, len(flow.steps), "steps"):
        if count > most:
            yield Problem(origin.path, origin.line(("steps",)), f"steps must have at most {most} {what}, but have {count}", "Put signs together, or leave out the least telling.")


def people_matter(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A flow asks about a person only if a later sign is for that person alone or is raised for them, and about everyone for whom a sign is raised."""
    criteria = [criterion for index, _, criterion in _signs(flow, guide) if flow.steps[index].kind == "ticks"]
    raised = {each.who for criterion in criteria for each in criterion.raise_}
    asked = {person for step in flow.steps for person in step.people}
    for index, step in enumerate(flow.steps):
        for place, person in enumerate(step.people):
            if person not in raised | {criterion.who for criterion in criteria}:
                yield _problem(origin, (index, "people", place), f"must matter to a later sign, but {shown(person)} does not", "Delete it: every question has its price.")
    for index, sign, criterion in _signs(flow, guide):
        for each in criterion.raise_:
            if each.who not in asked:
                yield _problem(origin, (index, "signs", sign), f"must come after a question about {shown(each.who)}, for whom {shown(criterion.id)} is raised", "Add the person to the step about people.")


def first_gate_is_for_everyone(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """The first gate concerns everyone: it is on the page before anything else."""
    for sign, criterion in enumerate(_criteria(flow.steps[0], guide)):
        if criterion.who != "everyone":
            yield _problem(origin, (0, "signs", sign), f"must concern everyone, but {shown(criterion.id)} is for {shown(criterion.who)}", "Move it to a later gate.")


# ---------------------------------------------------------------------------------------------------------------------
# Words


def questions_are_easy(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """A question has at most 15 words and reads at grade 6 or below, and so does a sign."""
    for index, step in enumerate(flow.steps):
        if (count := reading.length(step.ask)) > LONGEST_QUESTION:
            yield _problem(origin, (index, "ask"), f"must have at most {LONGEST_QUESTION} words, but has {count}: {shown(step.ask)}", "Cut words, or say the rest in 'why'.")
        if (grade := _grade(step.ask, guide)) > HARDEST:
            yield _problem(origin, (index, "ask"), f"must read at grade {HARDEST} or below, but reads at {grade:.1f}: {shown(step.ask)}", "Use shorter words.")
    for *_, criterion in _signs(flow, guide):
        if (grade := _grade(criterion.sign, guide)) > HARDEST:
            there = guide.origins["criteria", criterion.id]
            yield Problem(there.path, there.line(("sign",)), f"sign must read at grade {HARDEST} or below, but reads at {grade:.1f}: {shown(criterion.sign, length=120)}", "Use shorter words, or more sentences.")


def _grade(text: str, guide: Guide) -> float:
    score = reading.score(reading.sentences(markup.plain(text)), guide.reading)
    return round(score.grade, 1) if score else 0.0


# ---------------------------------------------------------------------------------------------------------------------
# Proof


def flows_are_proved(flow: Flow, origin: Origin, guide: Guide) -> Found:
    """For every combination of answers: one result, never below a sign the reader has, nor above what was said. `proof` shows it."""
    places = {step.id: index for index, step in enumerate(flow.steps)}
    for violation in proof.prove(plan(flow, guide), facts_of(flow.id, guide)).violations:
        line = origin.line(("steps", places[violation.screen]) if violation.screen else ("steps",))
        yield Problem(origin.path, line, violation.message, proof.TIPS[violation.property])


SHAPE: tuple[Callable[[Flow, Origin, Guide], Found], ...] = (
    steps_have_their_own_ids,
    emergency_first,
    gates_are_for_emergencies,
    steps_have_one_urgency,
    worst_first,
    page_equals_flow,
    flows_are_short,
    people_matter,
    first_gate_is_for_everyone,
)
"""The rules a flow must keep before its proof says anything new."""


# ---------------------------------------------------------------------------------------------------------------------
# What the rules share


def _flows(guide: Guide) -> Iterator[tuple[Flow, Origin]]:
    return ((each, guide.origins["flows", id]) for id, each in guide.things["flows"].items())


def _urgency(step: Step, guide: Guide) -> str:
    """The urgency that most signs of a step have."""
    return Counter(each.urgency for each in _criteria(step, guide)).most_common(1)[0][0]


def _criteria(step: Step, guide: Guide) -> list[Criterion]:
    return all_of(guide, "criteria", step.signs)


def _signs(flow: Flow, guide: Guide) -> Iterator[tuple[int, int, Criterion]]:
    """Every sign of a flow, with the places of its step and of itself."""
    for index, step in enumerate(flow.steps):
        yield from ((index, place, criterion) for place, criterion in enumerate(_criteria(step, guide)))


def _problem(origin: Origin, loc: Loc, message: str, tip: str) -> Problem:
    loc = ("steps", *loc)
    return Problem(origin.path, origin.line(loc), f"{spell(loc)} {message}", tip)
