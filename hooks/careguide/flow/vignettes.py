"""Stories replayed on their flow.

They test what no proof can: that such a reader ends where a careful clinician would send them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from operator import itemgetter
from pathlib import Path

from careguide.flow.plan import Plan, Reader, Result, end_of, for_readers, ids, plan, walk
from careguide.guide.guide import Guide
from careguide.model.flows import Flow, Story
from careguide.model.lists import EVERYONE
from careguide.source.cache import kept
from careguide.source.problems import Problem, Wrong, nearest, problems_at, quoted

MOST_OVER = 0.05
"""The part of the stories that may end too high."""


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
    known = frozenset(story.contexts), frozenset(story.present), frozenset(story.unsure)
    return Reader(*known, story.time or "")


Replayed = tuple[Story, Result]
"""A story, and where its reader ends."""


def replay(plan: Plan, stories: Iterable[Story]) -> Iterator[Replayed]:
    """Each story with where its reader ends."""
    for story in stories:
        yield story, end_of(plan, reader_of(story))


def replayed(plan: Plan, stories: Sequence[Story], cache: Path | None) -> list[Replayed]:
    """What `replay` says, kept in a folder until the plan or what readers say changes."""
    fields = {"contexts", "present", "unsure", "time"}
    said = [story.model_dump(mode="json", include=fields) for story in stories]
    file = cache and cache / f"ends-{plan.id}.json"
    found = kept(
        file, [plan, said], __name__, lambda: {"ends": [asdict(end) for _, end in replay(plan, stories)]}
    )
    return [(story, _end(**end)) for story, end in zip(stories, found["ends"], strict=True)]


def _end(level: str, because: Iterable[str], unsure: Iterable[str], time: str) -> Result:
    """What was kept as JSON has lists."""
    return Result(level, tuple(because), tuple(unsure), time)


def tally(plan: Plan, stories: Iterable[Replayed]) -> Tally:
    """How many stories end where they should, above that, and below."""
    found = Counter(_verdict(plan, story, end.level) for story, end in stories)
    return Tally(found["exact"], found["acceptable"], found["over"], found["under"])


def _verdict(plan: Plan, story: Story, level: str) -> str:
    if level == story.expect:
        return "exact"
    if level in story.acceptable:
        return "acceptable"
    return "over" if plan.above(level, story.expect) else "under"


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
    def falls(self) -> Counter[tuple[str, str]]:
        """How many stories fall from which level to which."""
        return Counter((before, after) for _, before, after in self.dropped)


def forgotten(plan: Plan, stories: Sequence[Story]) -> list[Forgotten]:
    """For each context that can be forgotten: what drops, and how far."""
    found = []
    for context in plan.contexts:
        counts = Counter(line.level for line in plan.lines if context in line.contexts)
        hidden = tuple((level, counts[level]) for level in plan.levels if level in counts)
        told, dropped, caught = 0, [], 0
        for story in stories:
            if context not in story.contexts:
                continue
            told += 1
            reader = reader_of(story)
            without = walk(plan, replace(reader, contexts=reader.contexts - {context}))
            before, after = end_of(plan, reader).level, without.result.level
            if plan.above(before, after):
                dropped.append((story.id, before, after))
                last_look = replace(without.answers, added=frozenset([context]))
                caught += end_of(plan, reader, last_look).level == before
        if hidden:
            found.append(Forgotten(context, hidden, told, tuple(dropped), caught))
    return found


# Rules


def check(symptom: str, flow: Flow, guide: Guide, cache: Path | None = None) -> list[Problem]:
    """Everything that is wrong with the stories of a proved check. They are replayed once they fit it."""
    origin = guide.origins.get(("vignettes", symptom))
    if not origin:
        message = f"the check of {quoted(symptom)} must have stories"
        tip = f"Let someone who has not seen it write data/vignettes/{symptom}.yml."
        return [Problem(guide.origins["flows", flow.id].path, 1, message, tip)]
    told = guide.vignettes.get(symptom)
    if not told or not guide.urgency.keys() >= {story.expect for story in told.stories}:
        return []
    wrong = [*problems_at(origin, ("stories",), stories_fit_the_flow(symptom, flow, told.stories, guide))]
    if not wrong:
        found = plan(symptom, flow, guide)
        stories = replayed(found, [*told.stories, *others(symptom, guide)], cache)
        for rule in broken(found, stories, len(told.stories)):
            wrong += problems_at(origin, ("stories",), rule)
    return wrong


def others(symptom: str, guide: Guide) -> list[Story]:
    """The stories of other symptoms that can be told of this one: all that they name is asked here too.

    A draft's stories are not: what is still being written must not stop what is published. Of stories that
    differ in words alone the first is enough: the more symptoms there are, the more of them are alike.
    """
    signs = {*guide.symptoms[symptom].signs}
    contexts = {*ids(for_readers(symptom, guide.contexts.values()))}
    told: dict[tuple[object, ...], Story] = {}
    # Only stories that begin with one of its signs can be told; the whole of them grows with the guide.
    close: list[tuple[int, str, Story]] = []
    for sign in ("", *signs):
        close += guide.stories.get(sign, ())
    for _, name, story in sorted(close, key=itemgetter(0)):
        is_told = contexts.issuperset(story.contexts) and signs.issuperset((*story.present, *story.unsure))
        if name != symptom and is_told and story.expect in guide.urgency:
            facts = story.contexts, story.present, story.unsure, story.time
            told.setdefault((*facts, story.expect, story.acceptable, story.ends), story)
    return list(told.values())


def broken(plan: Plan, stories: Sequence[Replayed], own: int) -> Iterator[Wrong]:
    """What is wrong with stories that fit, rule by rule; after `own` of them come those of other symptoms."""
    yield stories_end_where_they_say(plan, stories[:own])
    yield others_end_where_they_say(plan, stories[own:])
    yield stories_are_seldom_too_high(stories[:own])
    yield stories_cover_the_flow(plan, stories)


def stories_fit_the_flow(symptom: str, flow: Flow, stories: Sequence[Story], guide: Guide) -> Wrong:
    """A story names signs that its symptom has, and that are asked of its reader."""
    listed, times = guide.symptoms[symptom].meant_signs, ids(flow.times)
    seen = set()
    for index, story in enumerate(stories):
        if story.id in seen:
            yield (index, "id"), f"must be new, not {quoted(story.id)}", "Choose another id."
        seen.add(story.id)
        if story.time and story.time not in times:
            tip = nearest(story.time, times) or "See its 'times'."
            yield (index, "time"), f"must be a time of the flow, not {quoted(story.time)}", tip
        for name, place, id_ in _named(story):
            sign = guide.criteria.get(id_)
            if id_ not in listed:
                # Where the sign is there, and only not asked, another one is not what was meant.
                near = "" if sign else nearest(id_, listed)
                tip = near or "Add it to the symptom's signs. Do not change the story to fit."
                yield (index, name, place), f"must be a sign of the symptom, not {quoted(id_)}", tip
            elif sign and {EVERYONE, *story.contexts}.isdisjoint(sign.context):
                message = f"must concern the reader, but {quoted(id_)} is for {quoted(sign.context[0])}"
                tip = "Was the sign narrowed? The story must tell of a context."
                yield (index, name, place), message, tip


def _named(story: Story) -> Iterator[tuple[str, int, str]]:
    """Each sign that a story names: the field, the place in it, and the id."""
    for name, signs in ("present", story.present), ("unsure", story.unsure):
        for place, id_ in enumerate(signs):
            yield name, place, id_


_TOO_HIGH = "Is a sign's level too high, or what the story expects too low?"


def stories_end_where_they_say(plan: Plan, stories: Iterable[Replayed]) -> Wrong:
    """No story ends below what it expects or accepts; one that ends above says so, in `ends`."""
    for index, (story, found) in enumerate(stories):
        level = found.level
        verdict = _verdict(plan, story, level)
        name, expected, end = quoted(story.id), quoted(story.expect), quoted(level)
        if verdict == "under":
            message = f"must be reached, but {name} expects {expected} and ends at {end}"
            tip = "A sign is missing, or its level is too low. Do not change the story to fit."
            yield (index, "expect"), message, tip
        elif verdict == "over" and level != story.ends:
            message = f"must be where {name} ends, but it expects {expected} and ends at {end}"
            tip = f"{_TOO_HIGH} If neither, write 'ends: {level}': it is counted."
            yield (index, "expect"), message, tip
        elif story.ends and verdict != "over":
            message = f"must not be given, because {name} ends at {end}"
            yield (index, "ends"), message, "Delete the line: it is no longer too alarming."


def others_end_where_they_say(plan: Plan, stories: Iterable[Replayed]) -> Wrong:
    """A story of another symptom that can be told of this one too ends in both checks where it says."""
    for _, message, tip in stories_end_where_they_say(plan, stories):
        yield (), message, tip


def stories_are_seldom_too_high(stories: Sequence[Replayed]) -> Wrong:
    """At most 1 story in 20 says that it ends too high. What does not say so is told one by one."""
    over = 0
    for story, end in stories:
        over += story.ends == end.level
    if over > MOST_OVER * len(stories):
        must = f"must seldom end higher than they expect, at most {MOST_OVER:.0%} of them"
        yield (), f"{must}, but {over} of {len(stories)} do", _TOO_HIGH


def stories_cover_the_flow(plan: Plan, stories: Iterable[Replayed]) -> Wrong:
    """Every sign that is asked decides in some story, every context is told of, every level expected."""
    decided, told, expected = set[str](), set[str](), set[str]()
    for story, end in stories:
        decided.update(end.because)
        told.update(story.contexts)
        expected.add(story.expect)
    tip = "Add a story, written from the sources."
    for line in plan.lines:
        if line.id not in decided:
            yield (), f"must have one in which {quoted(line.id)} decides", tip
    for context in plan.contexts:
        if context in plan.needed - told:
            yield (), f"must have one of a reader with {quoted(context)}", tip
    for level in plan.levels:
        if level not in expected:
            yield (), f"must have one that expects {quoted(level)}", tip
