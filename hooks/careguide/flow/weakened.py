"""What was taken from readers between two versions, apart from the level of a sign.

That is a sign on a page, a safety text or a part of it, a whole check, or what a story expects.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from careguide.flow.plan import find_flow
from careguide.flow.weaker_words import MOST_LOST, Force, shrinks
from careguide.guide.guide import Guide
from careguide.guide.ladder import Ladder
from careguide.guide.services import FILLED
from careguide.guide.validation import Origin
from careguide.model.fields import Entry, Prose
from careguide.model.flows import Story
from careguide.model.kinds import TOPICS
from careguide.model.lists import Criterion
from careguide.model.topics import Page
from careguide.source import markup
from careguide.source.locations import Loc

_TEXTS = {
    "urgency": ("title", "do"),
    "meanwhile": ("text", "additions"),
    "flows": ("screens", "times", "results", "not_sure", "again"),
    "services": ("levels",),
    "amounts": ("amount",),
    "symptoms": ("lead",),
    **dict.fromkeys(("causes", "remedies", "treatments", "investigations"), ("red_says", "handout")),
}
"""The fields that tell readers what to do about a sign, by kind."""
_COUNTED = ("do", "text", "additions", "levels", "red_says")
"""Those of them whose numbers are not another record's, so that another number is another order."""
_DISCLAIMER = "disclaimer"
"""The name of the page, and of the interface words, that say what a guide cannot do."""


@dataclass(frozen=True)
class Weakening:
    """One thing that was taken from readers."""

    id: str
    """What an entry under `lowered` must name: a sign, or a story, a level or a page."""
    says: str
    """What was taken, as the end of a sentence."""
    origin: Origin
    """Where to look."""
    loc: Loc = ()
    sure: bool = True
    """Whether it says less; otherwise only people can tell."""
    line: int = 0
    """The line, where the way to a value does not lead to it."""


def weakenings(old: Guide, new: Guide) -> Iterator[Weakening]:
    """Everything that was taken from readers. Both guides are published, and have the same ladder."""
    yield from signs_stay_on_pages(old, new)
    yield from safety_texts_stay(old, new)
    yield from signs_are_asked_as_before(old, new)
    yield from disclaimers_stay(old, new)
    yield from stories_stay(old, new)
    yield from checked_symptoms_stay(old, new)
    yield from urgent_sentences_stay(old, new)
    for name, sign in old.criteria.items():
        if sign.now and name in new.criteria and not new.criteria[name].now:
            says = f"a doubt about {name} needs advice at once no longer"
            yield Weakening(name, says, new.origins["criteria", name])


def weakenings_in_words(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What was taken from the readers of a translation.

    Where its original had changed before, the words follow that, and nobody can tell.
    """
    stale = old.translation.stale if old.translation else frozenset()
    found = (safety_texts_stay, signs_are_asked_as_before, disclaimers_stay)
    for each in chain.from_iterable(rule(old, new) for rule in found):
        followed = any(name.partition("/")[2].partition("/")[0] == each.id for name in stale)
        own = new.is_translated(each.origin.path) and each.origin.document.holds(each.loc)
        if own and not followed:
            yield each


def signs_stay_on_pages(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A sign above the last level stays on each page that shows it, and on the red line that names it.

    Where the page itself is gone, it must stand on another.
    """
    now = _shown(new)
    anywhere = set().union(*now.values())
    last = old.ladder.ids[-1]
    for (kind, name, part), signs in _shown(old).items():
        there = now.get((kind, name, part), set())
        gone = name not in new.of(kind)
        for sign in signs - (anywhere if gone else there):
            if sign not in old.criteria or old.criteria[sign].level != last:
                says = f"{kind}/{name} shows {sign} no longer" + (f" under '{part}'" if part else "")
                origins = old.origins if gone else new.origins
                yield Weakening(sign, says, origins[kind, name], (part,) if part else ())


def _shown(guide: Guide) -> dict[tuple[str, str, str], set[str]]:
    """The signs that each page shows, and the parts of a result; by kind, id and, in places, the field."""
    found: dict[tuple[str, str, str], set[str]] = {}
    for kind, thing, _ in guide.all():
        if isinstance(thing, Page):
            found[kind, thing.id, ""] = set(thing.signs)
            found[kind, thing.id, "red"] = set(thing.red)
    for name, symptom in guide.symptoms.items():
        found["symptoms", name, ""] = set(symptom.shown or symptom.signs)
    for name, flow in guide.flows.items():
        found["flows", name, "bar"] = set(flow.bar)
        found["flows", name, "crisis"] = {flow.crisis} if flow.crisis else set()
        for result in flow.results:
            parts = {*filter(None, map(attrgetter("part"), result.blocks))}
            found["flows", name, f"result {result.level}"] = parts
    return found


def safety_texts_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What readers are told to do about a sign does not shrink, and presses as before."""
    force = Force(new)
    for kind, fields in _TEXTS.items():
        for name, was in old.of(kind).items():
            thing = new.of(kind).get(name)
            for field in fields if thing else ():
                before, after = _words(was, (field,)), _words(thing, (field,))
                if kind == "services":
                    before, after = markup.plain(before), markup.plain(after)
                says, sure = force.less(before, after, every=field in _COUNTED)
                if says:
                    says, origin = f"{field} of {name} {says}", new.origins[kind, name]
                    yield Weakening(name, says, origin, (field,), sure=sure)


def signs_are_asked_as_before(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What is asked, of whom, and the words of the worst signs, stay true of as many."""
    force = Force(new)
    for name, flow in old.flows.items():
        asked = {each.id: each.ask for each in new.flows[name].screens} if name in new.flows else {}
        for place, screen in enumerate(flow.screens):
            if -1 < force.span(asked.get(screen.id, "")) < force.span(screen.ask):
                says = f"the screen {screen.id} asks of a shorter time: {asked[screen.id]!r}"
                yield Weakening(name, says, new.origins["flows", name], ("screens", place, "ask"))
    for name, context in old.contexts.items():
        label = new.contexts[name].label if name in new.contexts else context.label
        narrower = force.narrower(context.label, label)
        if says := narrower or force.otherwise(context.label, label):
            says, origin = f"label of {name} {says}", new.origins["contexts", name]
            yield Weakening(name, says, origin, ("label",), sure=bool(narrower))
    for name, sign in old.criteria.items():
        if sign.level in old.ladder.ids[:2] and name in new.criteria:
            origin = new.origins["criteria", name]
            for field, says, sure in _said_less(sign, new.criteria[name], force):
                yield Weakening(name, f"{field} of {name} {says}", origin, (field,), sure=sure)
            before = _words(old.meanwhile.get(sign.meanwhile or ""), ("text",))
            after = _words(new.meanwhile.get(new.criteria[name].meanwhile or ""), ("text",))
            if sign.meanwhile != new.criteria[name].meanwhile and shrinks(before, after, new.reading):
                says = f"until help comes, {name} tells less to do: {after!r}"
                yield Weakening(name, says, new.origins["criteria", name], ("meanwhile",))


def _said_less(was: Criterion, now: Criterion, force: Force) -> Iterator[tuple[str, str, bool]]:
    """Each text of a sign that may be true of fewer, or be found by fewer, how, and if that is sure."""
    for field in ("sign", "paper", "lead", "clause", "hint", "why"):
        before, after = getattr(was, field) or "", getattr(now, field) or ""
        if before == after:
            continue
        if shrinks(before, after, force.reading) and field not in ("hint", "lead", "clause"):
            yield field, f"says less: {before!r}, now {after!r}", True
        elif says := force.softer(before, after) if field == "why" else force.narrower(before, after):
            yield field, says, True
        elif field == "hint" and force.leaves_out_more(before, after):
            yield field, f"leaves out more than before: {after!r}", True
        elif says := force.otherwise(before, after):
            yield field, says, False
    gone = {*was.search_words} - {*now.search_words}
    if len(gone) > MOST_LOST * len(was.search_words):
        yield "search_words", f"are fewer: a search for {min(gone)!r} shows it no longer", True


def _words(thing: Entry | None, fields: Collection[str], *, others: bool = False) -> str:
    """All words of some fields, or of all `others`, with whom to call as it is written."""
    texts: list[str] = []
    for leaf in thing.leaves if thing else ():
        if isinstance(leaf.mark, Prose) and (leaf.loc[0] in fields) != others:
            texts.append(leaf.text if others else leaf.text.rstrip(".") + ".")
    return FILLED.sub(r"{call:\g<call>}", ("\n\n" if others else " ").join(texts))


def disclaimers_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What says what the guide cannot do presses as before: its page, and the foot of each page."""
    key = f"site.{_DISCLAIMER}"
    said = [(key, old.words.text(key, name=""), new.words.text(key, name=""), Origin(new.words_file, ()))]
    for path, article in old.articles.items():
        if _DISCLAIMER in path:
            now = new.articles.get(path)
            before = " ".join(old.reading.page_sentences(article.body))
            after = " ".join(new.reading.page_sentences(now.body)) if now else ""
            said.append((path, before, after, Origin((now or article).front, ())))
    for what, before, after, origin in said:
        says, sure = Force(new).less(before, after)
        if says:
            yield Weakening(_DISCLAIMER, f"{what} {says}", origin, sure=sure)


def stories_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A story stays, with the signs it tells of, and expects and accepts nothing lower."""
    for name, told in old.vignettes.items():
        if name not in new.vignettes:
            continue  # a check without stories is a problem of its own
        now: dict[str, tuple[Story, Loc]] = {}
        for place, story in enumerate(new.vignettes[name].stories):
            now[story.id] = (story, ("stories", place))
        for story in told.stories:
            there, loc = now.get(story.id, (None, ()))
            if says := _lower(story, there, old.ladder):
                yield Weakening(story.id, says, new.origins["vignettes", name], loc)


def _lower(was: Story, now: Story | None, ladder: Ladder) -> str:
    """In which way a story asks less of the check than before; empty where it does not."""
    if not now:
        return f"the story {was.id} is gone"
    if not {now.expect, *now.acceptable} <= {*ladder.ids}:
        return ""  # a level is misspelt, which is said elsewhere
    if ladder.index(now.expect) > ladder.index(was.expect):
        return f"the story {was.id} expects {now.expect} and expected {was.expect}"
    lowest = max(map(ladder.index, (was.expect, *was.acceptable)))
    for level in now.acceptable:
        if ladder.index(level) > lowest:
            return f"the story {was.id} accepts {level} too"
    lost = {*was.present, *was.unsure} - {*now.present, *now.unsure}
    if lost and now.story == was.story:
        return f"the story {was.id} is told as before, but without its sign {min(lost)}"
    return ""


def checked_symptoms_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A symptom that has a check stays."""
    for name in old.symptoms:
        if name not in new.symptoms and find_flow(old, name):
            yield Weakening(name, f"the symptom {name} and its check are gone", old.origins["symptoms", name])


def urgent_sentences_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A page goes on saying what cannot wait, and what not to do; a change may be meant, so it is not sure.

    The disclaimer and the fields that `safety_texts_stay` compares are left out: they are told more strictly.
    """
    force = Force(new)
    for before, after, origin in _pages_that_changed(old, new):
        said, now = _pressing(force, old, before), _pressing(force, new, after)
        if says := force.less(said, now, every=False)[0]:
            line = _line_of(force.changed(said, now)[1], origin, new)
            yield Weakening(origin.path, f"the page {says}", origin, sure=False, line=line)


def _line_of(sentence: str, origin: Origin, guide: Guide) -> int:
    """The line of a page's file on which a sentence starts, as far as its first words stand there."""
    article = guide.articles.get(origin.path.partition("/")[2])
    text, first = (article.body, article.first_line) if article else (origin.document.text, 1)
    start = max(text.find(" ".join(sentence.split()[:3])), 0)
    return first + text[:start].count("\n")


def _pressing(force: Force, guide: Guide, text: str) -> str:
    """The sentences of a page that say what cannot wait, or what not to do."""
    sentences = guide.reading.page_sentences(text)
    return " ".join(each for each in sentences if force.urges(each) or force.forbids(each))


def _pages_that_changed(old: Guide, new: Guide) -> Iterator[tuple[str, str, Origin]]:
    """What each page says in its own words, before and now, where that differs; and where it is written."""
    for path, article in new.articles.items():
        was = old.articles.get(path)
        if was and was.body != article.body and _DISCLAIMER not in path:
            yield was.body, article.body, Origin(article.front, ())
    for kind in TOPICS:
        for name, thing in new.of(kind).items():
            if name in old.of(kind) and old.of(kind)[name] != thing:
                before, fields = old.of(kind)[name], _TEXTS.get(kind, ())
                both = _words(before, fields, others=True), _words(thing, fields, others=True)
                yield *both, new.origins[kind, name]
