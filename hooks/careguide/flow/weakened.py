"""What was taken from readers between two versions, apart from the level of a sign.

That is a sign on a page, a safety text or a part of it, a whole check, or what a story expects.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from careguide.flow.plan import find_flow
from careguide.guide.guide import Guide
from careguide.guide.ladder import Ladder
from careguide.guide.readability import Reading
from careguide.guide.validation import Origin
from careguide.model.fields import Entry, Prose
from careguide.model.flows import Story
from careguide.model.topics import Page
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.problems import one_of

MOST_LOST = 0.2
"""A safety text may lose this part of its words: more is no longer another wording of the same."""
_TEXTS = {
    "urgency": ("title", "do"),
    "meanwhile": ("text", "additions"),
    "flows": ("results", "not_sure", "again"),
    **dict.fromkeys(("causes", "remedies", "treatments", "investigations"), ("red_says",)),
}
"""The fields that tell readers what to do about a sign, by kind."""
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


def weakenings(old: Guide, new: Guide) -> Iterator[Weakening]:
    """Everything that was taken from readers. Both guides are published, and have the same ladder."""
    yield from signs_stay_on_pages(old, new)
    yield from safety_texts_stay(old, new)
    yield from disclaimers_stay(old, new)
    yield from stories_stay(old, new)
    yield from checked_symptoms_stay(old, new)
    for name, sign in old.criteria.items():
        if sign.now and name in new.criteria and not new.criteria[name].now:
            says = f"a doubt about {name} needs advice at once no longer"
            yield Weakening(name, says, new.origins["criteria", name])


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
            if sign in old.criteria and old.criteria[sign].level != last:
                says = f"{kind}/{name} shows {sign} no longer" + (f" under '{part}'" if part else "")
                origins = old.origins if gone else new.origins
                yield Weakening(sign, says, origins[kind, name], (part,) if part else ())


def _shown(guide: Guide) -> dict[tuple[str, str, str], set[str]]:
    """The signs that each page shows, by its kind, its id and, for a red line, the field."""
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
    return found


def safety_texts_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What readers are told to do about a sign does not shrink."""
    for kind, fields in _TEXTS.items():
        for name, was in old.of(kind).items():
            thing = new.of(kind).get(name)
            for field in fields if thing else ():
                before, after = _words(was, field), _words(thing, field)
                if shrinks(before, after, new.reading):
                    says = (
                        f"{field} of {name} says less: {len(before.split())} words, now {len(after.split())}"
                    )
                    yield Weakening(name, says, new.origins[kind, name], (field,))
    for name, sign in old.criteria.items():
        if sign.level in old.ladder.ids[:2] and name in new.criteria:
            for field in ("sign", "paper"):
                before, after = getattr(sign, field) or "", getattr(new.criteria[name], field) or ""
                if shrinks(before, after, new.reading):
                    says = f"{field} of {name} says less: {before!r}, now {after!r}"
                    yield Weakening(name, says, new.origins["criteria", name], (field,))
                elif narrower := _narrower(before, after):
                    says = f"{field} of {name} {narrower}"
                    yield Weakening(name, says, new.origins["criteria", name], (field,))


_LIMITS = {
    *("and", "both", "if", "only", "unless"),
    *("severe", "severely", "over", "older", "above", "all", "every"),
}
"""Words that make a sign true of fewer, where they are added; of a guide in English."""
_WIDENS = {"or", "any", "even", "also"}
"""Words that make it true of more, where they are taken away."""


def _narrower(before: str, after: str) -> str:
    """In which way the words of a sign may be true of fewer people; empty where they count the same."""
    was, now = Counter(re.findall(r"\w+", before.lower())), Counter(re.findall(r"\w+", after.lower()))
    said, says = sorted(filter(str.isdigit, was - now)), sorted(filter(str.isdigit, now - was))
    if said != says:
        return f"says {one_of(says or ['no number'])} and said {one_of(said or ['no number'])}"
    for word in sorted(_LIMITS & (now - was).keys()):
        if sum(now.values()) > sum(was.values()) or word == "and":
            return f"says {word!r} now, so it may be true of fewer: {after!r}"
    for word in sorted(_WIDENS & (was - now).keys()):
        return f"says {word!r} no longer, so it may be true of fewer: {after!r}"
    return ""


def _words(thing: Entry | None, field: str) -> str:
    """All words of a field that readers see."""
    leaves = thing.leaves if thing else ()
    return " ".join(each.text for each in leaves if isinstance(each.mark, Prose) and each.loc[0] == field)


def shrinks(before: str, after: str, reading: Reading) -> bool:
    """Whether a text has lost a fifth of its words, or a sentence with nothing in its place."""
    before, after = markup.plain(before), markup.plain(after)
    words, left = _length(before), _length(after)
    sentences, kept = len(reading.sentences(before)), len(reading.sentences(after))
    return left < (1 - MOST_LOST) * words or (kept < sentences and left < words)


def disclaimers_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """No sentence goes from the page that says what the guide cannot do, if nothing comes in its place."""
    for path, article in old.articles.items():
        if _DISCLAIMER not in path:
            continue
        now = new.articles.get(path)
        before = Counter(old.reading.page_sentences(article.body))
        after = Counter(new.reading.page_sentences(now.body if now else ""))
        gone, come = before - after, after - before
        if sum(map(_length, gone.elements())) > sum(map(_length, come.elements())):
            says = f"{path} says no longer {min(gone)!r}"
            yield Weakening(_DISCLAIMER, says, Origin((now or article).front, ()))
    key = f"site.{_DISCLAIMER}"
    words = new.words.text(key, name="")
    if shrinks(old.words.text(key, name=""), words, new.reading):
        says = f"the words under each page say less: {words!r}"
        yield Weakening(_DISCLAIMER, says, Origin(new.words_file, ()))


def _length(text: str) -> int:
    return len(text.split())


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
