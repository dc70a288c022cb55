"""Stories replayed on their flow.

They test what no proof can: that such a reader ends where a careful clinician would send them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from careguide.flow.plan import Answers, Ask, Plan, Reader, Result, answered, end_of, follow, plan
from careguide.guide.guide import Guide
from careguide.model.flows import Flow, Story
from careguide.model.lists import EVERYONE
from careguide.source.problems import Problem, Wrong, nearest, problems_at, quoted

MOST_OVER = 0.05
"""The part of the stories that may end too high."""
LEAST_EXACT = 0.9
"""The part of the stories that must end where they should."""

Replayed = tuple[Story, str]
"""A story, and the level its reader ends at."""


@dataclass(frozen=True)
class Tally:
    """How a check does on its stories."""

    exact: int
    """Stories that end at the level they expect."""
    acceptable: int
    """Stories that end at another level that would do as well."""
    over: int
    """Stories that end above both: too alarming."""
    under: int
    """Stories that end below both: too late, unsafe."""


def reader_of(story: Story) -> Reader:
    """The reader of a story."""
    return Reader(
        frozenset(story.contexts), frozenset(story.present), frozenset(story.unsure), story.time or ""
    )


def replay(plan: Plan, story: Story) -> Result:
    """Where the reader of a story ends."""
    return end_of(plan, reader_of(story))


def replayed(plan: Plan, stories: Iterable[Story]) -> list[Replayed]:
    """Each story with where its reader ends."""
    return [(story, replay(plan, story).level) for story in stories]


def tally(plan: Plan, stories: Iterable[Replayed]) -> Tally:
    """How many stories end where they should, above that, and below."""
    counts = Counter(_verdict(plan, story, level) for story, level in stories)
    return Tally(*(counts[name] for name in ("exact", "acceptable", "over", "under")))


def _verdict(plan: Plan, story: Story, level: str) -> str:
    if level == story.expect:
        return "exact"
    if level in story.acceptable:
        return "acceptable"
    return "over" if plan.levels.index(level) < plan.levels.index(story.expect) else "under"


# ------------------------------------------------------------------------------------------------------------
# The forgotten box


@dataclass(frozen=True)
class Forgotten:
    """What is lost when readers do not say that a context is theirs."""

    context: str
    hidden: tuple[tuple[str, int], ...]
    """How many of its signs are hidden, by level."""
    stories: int
    """Stories of readers with the context."""
    dropped: tuple[tuple[str, str, str], ...]
    """Those that end lower: the story's id, its level, and the level it then ends at."""
    caught: int
    """How many of these end where they should once the reader takes the context in the last look."""

    @property
    def falls(self) -> list[tuple[str, str, int]]:
        """How many stories fall from which level to which."""
        return [
            (before, after, count)
            for (before, after), count in Counter((each[1], each[2]) for each in self.dropped).items()
        ]


def forgotten(plan: Plan, stories: Sequence[Story]) -> list[Forgotten]:
    """For each context that can be forgotten: what drops, and how far."""
    lines = {line.id: line for screen in plan.screens for line in screen.lines}
    contexts = {each for line in lines.values() for each in line.contexts}
    found = []
    for context in (each for screen in plan.screens for each in screen.contexts if each in contexts):
        mine = [line for line in lines.values() if context in line.contexts]
        hidden = tuple(
            (level, count) for level in plan.levels if (count := sum(line.level == level for line in mine))
        )
        dropped, caught = [], 0
        told = [story for story in stories if context in story.contexts]
        for story in told:
            reader = reader_of(story)
            without = Reader(reader.contexts - {context}, reader.present, reader.unsure, reader.time)
            before, after = end_of(plan, reader).level, end_of(plan, without).level
            if plan.levels.index(after) > plan.levels.index(before):
                dropped.append((story.id, before, after))
                caught += end_of(plan, reader, _last_look(plan, without, context)).level == before
        found.append(Forgotten(context, hidden, len(told), tuple(dropped), caught))
    return found


def _last_look(plan: Plan, reader: Reader, context: str) -> Answers:
    """The answers of a reader who has come to a result without a context, and then takes it."""
    answers = Answers()
    while isinstance(found := follow(plan, answers), Ask):
        answers = answered(answers, found, reader)
    return Answers(answers.chosen, frozenset([context]), answers.said, answers.time)


# ------------------------------------------------------------------------------------------------------------
# Rules


def check(symptom: str, flow: Flow, guide: Guide) -> list[Problem]:
    """Everything that is wrong with the stories of a check that is proved.

    They are replayed once they fit it.
    """
    if ("vignettes", symptom) not in guide.origins:
        tip = f"Let someone who has not seen it write data/vignettes/{symptom}.yml."
        return [
            Problem(
                guide.origins["flows", flow.id].path,
                1,
                f"the check of {quoted(symptom)} must have stories",
                tip,
            )
        ]
    told, origin = guide.vignettes.get(symptom), guide.origins["vignettes", symptom]
    if not told or not guide.urgency.keys() >= {story.expect for story in told.stories}:
        return []
    wrong = [*problems_at(origin, ("stories",), stories_fit_the_flow(symptom, flow, told.stories, guide))]
    if wrong:
        return wrong
    found = broken(plan(symptom, flow, guide), told.stories, others(symptom, guide))
    return [problem for rule in found for problem in problems_at(origin, ("stories",), rule)]


def others(symptom: str, guide: Guide) -> list[Story]:
    """The stories of other symptoms that can be told of this one: all that they name is asked here too.

    A draft's stories are not: what is still being written must not stop what is published.
    """
    signs = set(guide.symptoms[symptom].signs)
    contexts = {each.id for each in guide.contexts.values() if not each.symptoms or symptom in each.symptoms}
    told: list[Story] = []
    for name, each in guide.vignettes.items():
        other = guide.symptoms.get(name)
        if name != symptom and not each.draft and not (other and other.draft):
            told += each.stories
    return [
        story
        for story in told
        if {*story.present, *story.unsure} <= signs and set(story.contexts) <= contexts
    ]


def broken(plan: Plan, stories: Sequence[Story], more: Sequence[Story] = ()) -> Iterator[Wrong]:
    """What is wrong with stories that fit their flow, rule by rule.

    `more` are those of other symptoms that fit.
    """
    yield stories_end_where_they_say(plan, stories)
    yield others_end_where_they_say(plan, more)
    yield stories_are_exact(plan, replayed(plan, stories))
    yield stories_cover_the_flow(plan, [*stories, *more])


def stories_fit_the_flow(symptom: str, flow: Flow, stories: Sequence[Story], guide: Guide) -> Wrong:
    """A story names signs that its symptom has.

    Where a sign is only for some people, its reader is one of them.
    """
    listed, criteria = guide.symptoms[symptom].signs, guide.criteria
    times = [time.id for time in flow.times]
    for index, story in enumerate(stories):
        if story.id in [each.id for each in stories[:index]]:
            yield (index, "id"), f"must be new, not {quoted(story.id)}", "Choose another id."
        if story.time and story.time not in times:
            yield (
                (index, "time"),
                f"must be a time of the flow, not {quoted(story.time)}",
                nearest(story.time, times) or "See its 'times'.",
            )
        for name, place, id_ in _named(story):
            if id_ not in listed:
                tip = nearest(id_, listed) or "Add it to the symptom, or take it out of the story."
                yield (index, name, place), f"must be a sign of the symptom, not {quoted(id_)}", tip
            elif id_ in criteria and not {EVERYONE, *story.contexts} & set(criteria[id_].context):
                message = (
                    f"must concern the reader, but {quoted(id_)} is for {quoted(criteria[id_].context[0])}"
                )
                yield (index, name, place), message, "Add the context to the story."


def _named(story: Story) -> Iterator[tuple[str, int, str]]:
    for name in ("present", "unsure"):
        yield from ((name, place, id_) for place, id_ in enumerate(getattr(story, name)))


def stories_end_where_they_say(plan: Plan, stories: Sequence[Story]) -> Wrong:
    """No story ends below what it expects or accepts; one that ends above says so, in `ends`."""
    for index, story in enumerate(stories):
        level = replay(plan, story).level
        verdict = _verdict(plan, story, level)
        if verdict == "under":
            tip = "A sign is missing, or its level is too low. Do not change the story to fit."
            yield (
                (index, "expect"),
                (
                    f"must be reached, but {quoted(story.id)} expects {quoted(story.expect)} and ends "
                    f"at {quoted(level)}"
                ),
                tip,
            )
        elif verdict == "over" and level != story.ends:
            tip = f"If that is too alarming and nothing can be done, write 'ends: {level}': it is counted."
            yield (
                (index, "expect"),
                (
                    f"must be where {quoted(story.id)} ends, but it expects {quoted(story.expect)} "
                    f"and ends at {quoted(level)}"
                ),
                tip,
            )
        elif story.ends and verdict != "over":
            yield (
                (index, "ends"),
                f"must not be given, because {quoted(story.id)} ends at {quoted(level)}",
                "Delete the line: it is no longer too alarming.",
            )


def others_end_where_they_say(plan: Plan, stories: Sequence[Story]) -> Wrong:
    """A story of another symptom that can be told of this one too ends in both checks where it says."""
    for _, message, tip in stories_end_where_they_say(plan, stories):
        yield (), message, tip


def stories_are_exact(plan: Plan, stories: Sequence[Replayed]) -> Wrong:
    """At least 9 stories in 10 end where they should, and at most 1 in 20 too high."""
    found = tally(plan, stories)
    if found.over > MOST_OVER * len(stories):
        tip = "Is a sign's level too high, or what the story expects too low?"
        yield (
            (),
            (
                f"must seldom end higher than they expect, at most {MOST_OVER:.0%} of them, but "
                f"{found.over} of {len(stories)} do"
            ),
            tip,
        )
    if found.exact + found.acceptable < LEAST_EXACT * len(stories):
        tip = "Look at those that do not: is a sign missing, or its level wrong?"
        yield (
            (),
            (
                f"must end where they expect, at least {LEAST_EXACT:.0%} of them, but "
                f"{found.exact + found.acceptable} of {len(stories)} do"
            ),
            tip,
        )


def stories_cover_the_flow(plan: Plan, stories: Sequence[Story]) -> Wrong:
    """Every sign that is asked decides in some story, every context is told of, every level expected."""
    ends = [replay(plan, story) for story in stories]
    tip = "Add a story, written from the sources."
    decided = {id_ for end in ends for id_ in end.because}
    for id_ in (line.id for screen in plan.screens for line in screen.lines if line.id not in decided):
        yield (), f"must have one in which {quoted(id_)} decides", tip
    told = {context for story in stories for context in story.contexts}
    for screen in plan.screens:
        lines = [line for each in plan.screens for line in each.lines]
        for context in (
            each
            for each in screen.contexts
            if each not in told and any(each in line.contexts for line in lines)
        ):
            yield (), f"must have one of a reader with {quoted(context)}", tip
    for level in plan.levels:
        if level not in [story.expect for story in stories]:
            yield (), f"must have one that expects {quoted(level)}", tip
