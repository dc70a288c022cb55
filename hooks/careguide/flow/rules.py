"""Rules for flows: their shape, their words, their proof and their vignettes. One rule is one short generator, and its docstring is the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from careguide.flow import proof, vignettes
from careguide.flow.paths import facts_of
from careguide.flow.plan import is_whole, plan
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.selection import all_of
from careguide.guide.validation import Origin
from careguide.model.flows import Flow, Step
from careguide.model.lists import Criterion
from careguide.source import markup
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, nearest, shown

MOST_SIGNS = 7
MOST_GATES = 4
MOST_STEPS = 10
LONGEST_QUESTION = 15
HARDEST = 6.0
"""The highest Flesch-Kincaid grade of a question or a sign."""

Wrong = Iterator[tuple[Loc, str, str]]
"""What is wrong with a flow: the way to it from the flow's steps, what must be true, and a tip."""


def check(guide: Guide, cache: Path | None = None) -> list[Problem]:
    """Everything that is wrong with the flows. A flow is proved, and its vignettes are replayed, once its shape is right. Proofs are kept in `cache`."""
    found = [*flows_belong_to_a_symptom(guide), *signs_are_easy(guide)]
    for id, flow in guide.flows.items():
        origin = guide.origins["flows", id]
        found += _problems(steps_have_their_parts(flow), origin)
        if is_whole(flow, guide):
            found += _problems(questions_are_easy(flow, guide), origin)
            wrong = _problems((each for rule in SHAPE for each in rule(flow, guide)), origin)
            found += wrong or [
                *_problems(flows_are_proved(flow, guide, cache), origin),
                *vignettes.check(flow, origin, guide),
            ]
    return found


def _problems(wrong: Wrong, origin: Origin) -> list[Problem]:
    return [
        Problem(origin.path, origin.line(("steps", *loc)), f"{spell(('steps', *loc))} {message}", tip)
        for loc, message, tip in wrong
    ]


def flows_belong_to_a_symptom(guide: Guide) -> Iterator[Problem]:
    """A flow, and its vignettes, must have the id of their symptom."""
    for kind in ("flows", "vignettes"):
        for id in guide.of(kind):
            if ("symptoms", id) not in guide.origins:
                tip = nearest(id, guide.symptoms) or "Rename the file, or write the symptom first."
                yield Problem(
                    guide.origins[kind, id].path,
                    1,
                    f"the file's name must be a symptom's id, not {shown(id)}",
                    tip,
                )


# ---------------------------------------------------------------------------------------------------------------------
# Shape


def steps_have_their_parts(flow: Flow) -> Wrong:
    """A gate and a step of ticks ask signs; a step of people asks about people."""
    for index, step in enumerate(flow.steps):
        has, lacks = ("people", "signs") if step.kind == "people" else ("signs", "people")
        if not getattr(step, has):
            yield (
                (index,),
                f"must have {has}, because its kind is {shown(step.kind)}",
                f"Add '{has}:' to the step.",
            )
        if getattr(step, lacks):
            yield (
                (index, lacks),
                f"must not be given, because the step's kind is {shown(step.kind)}",
                "Delete it, or move it to a step of its own.",
            )


def steps_have_their_own_ids(flow: Flow, guide: Guide) -> Wrong:
    """A step's id must not be another step's, nor a level's: answers lead to both by id."""
    for index, step in enumerate(flow.steps):
        if step.id in guide.urgency or step.id in [each.id for each in flow.steps[:index]]:
            yield (index, "id"), f"must be new, not {shown(step.id)}", "Choose another name."


def emergency_first(flow: Flow, guide: Guide) -> Wrong:
    """Gates come first, then at most one step about people, then ticks."""
    ranks = {"gate": 0, "people": 1, "ticks": 2}
    for index, (above, step) in enumerate(pairwise(flow.steps), 1):
        if ranks[step.kind] < ranks[above.kind] or step.kind == above.kind == "people":
            yield (
                (index,),
                f"must not be {shown(step.kind)} after {shown(above.kind)}",
                "First gates, then one step about people, then ticks.",
            )
    if flow.steps[0].kind != "gate":
        yield (
            (0,),
            "must be a gate, so that emergencies come first",
            "Start with the emergency signs that concern everyone.",
        )


def gates_are_for_emergencies(flow: Flow, guide: Guide) -> Wrong:
    """A gate asks signs of the worst level alone, and ticks none of it: emergency advice must not come late, not even by a raise."""
    top = next(iter(guide.urgency))
    for loc, step, sign in _signs(flow, guide):
        if step.kind == "gate" and sign.urgency != top:
            yield (
                loc,
                f"must be {shown(top)} on a gate, but {shown(sign.id)} is {shown(sign.urgency)}",
                "Move it to a step of ticks, or put its urgency back.",
            )
        if step.kind == "ticks" and top in (sign.urgency, *(each.to for each in sign.raise_)):
            yield (
                loc,
                f"must not lead to {shown(top)} from ticks, but {shown(sign.id)} can",
                "Ask it on a gate.",
            )


def steps_have_one_urgency(flow: Flow, guide: Guide) -> Wrong:
    """All signs of a step have the same urgency."""
    levels = list(guide.urgency)
    for loc, step, sign in _signs(flow, guide):
        if step.kind == "ticks" and sign.urgency not in (own := _urgency(step, guide), levels[0], levels[-1]):
            yield (
                loc,
                f"must be {shown(own)} like its step, but {shown(sign.id)} is {shown(sign.urgency)}",
                "Move it to a step of its own urgency.",
            )


def worst_first(flow: Flow, guide: Guide) -> Wrong:
    """A sign must not be more urgent, for anyone, than a step before it: a reader who stops there would not be asked it."""
    levels = list(guide.urgency)
    least = {step.id: levels.index(_urgency(step, guide)) for step in flow.steps if step.signs}
    for loc, step, sign in _signs(flow, guide):
        place = min(levels.index(level) for level in (sign.urgency, *(each.to for each in sign.raise_)))
        above = [each.id for each in flow.steps[: loc[0]] if 0 < place < least.get(each.id, 0)]
        if above and sign.urgency == _urgency(step, guide):
            tip = f"Move it to {shown(above[0])} or above."
            yield (
                loc,
                f"must not come after step {shown(above[0])}, because {shown(sign.id)} can be {shown(levels[place])}",
                tip,
            )


def page_equals_flow(flow: Flow, guide: Guide) -> Wrong:
    """A flow asks every sign of its symptom once, and no other. Signs of the last level are not asked: they are shown with its result."""
    last = list(guide.urgency)[-1]
    listed, page = guide.symptoms[flow.id].criteria, guide.origins["symptoms", flow.id].path
    asked: dict[str, str] = {}
    for loc, step, sign in _signs(flow, guide):
        if sign.id not in listed:
            yield (
                loc,
                f"must be in the symptom's criteria, but {shown(sign.id)} is not",
                f"Delete it, or add it to {page}.",
            )
        elif sign.urgency == last:
            yield (
                loc,
                f"must not be {shown(last)}, but {shown(sign.id)} is",
                "Delete it: signs for home care are shown with the result.",
            )
        elif sign.id in asked:
            yield (
                loc,
                f"must be asked once, but {shown(sign.id)} is in step {shown(asked[sign.id])} too",
                "Delete one of the two.",
            )
        asked.setdefault(sign.id, step.id)
    for sign in all_of(guide, "criteria", listed):
        if sign.id not in asked and sign.urgency != last:
            tip = f"Add it to a step of {shown(sign.urgency)}, or take it off the symptom."
            yield (), f"must ask {shown(sign.id)}, because its symptom has it", tip


def flows_are_short(flow: Flow, guide: Guide) -> Wrong:
    """At most 7 signs in a step, 4 gates and 10 steps."""
    for index, step in enumerate(flow.steps):
        if len(step.signs) > MOST_SIGNS:
            tip = "Make it two steps, or write two signs as one."
            yield (index, "signs"), f"must have at most {MOST_SIGNS} signs, but has {len(step.signs)}", tip
    gates = sum(step.kind == "gate" for step in flow.steps)
    for most, count, what in (MOST_GATES, gates, "gates"), (MOST_STEPS, len(flow.steps), "steps"):
        if count > most:
            yield (
                (),
                f"must have at most {most} {what}, but have {count}",
                "Put signs together, or leave out the least telling.",
            )


def people_matter(flow: Flow, guide: Guide) -> Wrong:
    """A flow asks about a person only if a later sign is for that person alone or is raised for them, and about everyone for whom a sign is raised."""
    ticks = [sign for _, step, sign in _signs(flow, guide) if step.kind == "ticks"]
    matter = {who for sign in ticks for who in (sign.who, *(each.who for each in sign.raise_))}
    for index, step in enumerate(flow.steps):
        for place, person in enumerate(step.people):
            if person not in matter:
                tip = "Delete it: every question has its price."
                yield (
                    (index, "people", place),
                    f"must matter to a later sign, but {shown(person)} does not",
                    tip,
                )
    asked = {person for step in flow.steps for person in step.people}
    for loc, _, sign in _signs(flow, guide):
        for each in (each for each in sign.raise_ if each.who not in asked):
            tip = "Add the person to the step about people."
            yield (
                loc,
                f"must come after a question about {shown(each.who)}, for whom {shown(sign.id)} is raised",
                tip,
            )


def first_gate_is_for_everyone(flow: Flow, guide: Guide) -> Wrong:
    """The first gate concerns everyone: it is on the page before anything else."""
    for loc, _, sign in _signs(flow, guide):
        if loc[0] == 0 and sign.who != "everyone":
            yield (
                loc,
                f"must concern everyone, but {shown(sign.id)} is for {shown(sign.who)}",
                "Move it to a later gate.",
            )


SHAPE: tuple[Callable[[Flow, Guide], Wrong], ...] = (
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
"""What must be right about a flow before its proof says anything new."""


# ---------------------------------------------------------------------------------------------------------------------
# Words and proof


def questions_are_easy(flow: Flow, guide: Guide) -> Wrong:
    """A question has at most 15 words and reads at grade 6 or below."""
    for index, step in enumerate(flow.steps):
        if (count := readability.length(step.ask)) > LONGEST_QUESTION:
            tip = "Cut words, or say the rest in 'why'."
            yield (
                (index, "ask"),
                f"must have at most {LONGEST_QUESTION} words, but has {count}: {shown(step.ask)}",
                tip,
            )
        if (grade := _grade(step.ask, guide)) > HARDEST:
            yield (
                (index, "ask"),
                f"must read at grade {HARDEST} or below, but reads at {grade:.1f}: {shown(step.ask)}",
                "Use shorter words.",
            )


def signs_are_easy(guide: Guide) -> Iterator[Problem]:
    """A sign that a flow asks reads at grade 6 or below."""
    asked = dict.fromkeys(id for flow in guide.flows.values() for step in flow.steps for id in step.signs)
    for sign in all_of(guide, "criteria", asked):
        if (grade := _grade(sign.sign, guide)) > HARDEST:
            origin = guide.origins["criteria", sign.id]
            message = f"sign must read at grade {HARDEST} or below, but reads at {grade:.1f}: {shown(sign.sign, length=120)}"
            yield Problem(
                origin.path, origin.line(("sign",)), message, "Use shorter words, or more sentences."
            )


def _grade(text: str, guide: Guide) -> float:
    score = readability.score(readability.sentences(markup.plain(text)), guide.reading)
    return round(score.grade, 1) if score else 0.0


def flows_are_proved(flow: Flow, guide: Guide, cache: Path | None) -> Wrong:
    """For every combination of answers: one result, never below a sign the reader has, nor above what was said. `proof` shows it."""
    places = {step.id: (index,) for index, step in enumerate(flow.steps)}
    for violation in proof.proved(plan(flow, guide), facts_of(flow.id, guide), cache).violations:
        yield (
            places.get(violation.screen, ()),
            f"must keep {shown(violation.property)}: {violation.message}",
            proof.TIPS[violation.property],
        )


# ---------------------------------------------------------------------------------------------------------------------
# What the rules share


def _urgency(step: Step, guide: Guide) -> str:
    """The urgency that most signs of a step have."""
    return Counter(sign.urgency for sign in all_of(guide, "criteria", step.signs)).most_common(1)[0][0]


def _signs(flow: Flow, guide: Guide) -> Iterator[tuple[tuple[int, str, int], Step, Criterion]]:
    """Every sign of a flow, with the way to it and its step."""
    for index, step in enumerate(flow.steps):
        yield from (
            ((index, "signs", place), step, sign)
            for place, sign in enumerate(all_of(guide, "criteria", step.signs))
        )
