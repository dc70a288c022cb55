"""What was taken from readers between two versions, apart from what a check leads to.

That is a sign on a page or its level, a safety text or a part of it, a whole check, or what a story expects.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import chain, filterfalse
from operator import attrgetter
from typing import Any, get_args

from careguide.flow import weakened_pages
from careguide.flow.plan import find_flow
from careguide.flow.weakening import COUNTED, TEXTS, Weakening, told, words_of
from careguide.flow.weaker_words import Force
from careguide.guide.guide import Guide
from careguide.guide.ladder import Ladder
from careguide.guide.validation import Origin
from careguide.model.flows import Screen, Story
from careguide.model.lists import Criterion
from careguide.model.topics import Page, Verdict
from careguide.source.locations import Loc

VERDICTS = get_args(Verdict)
_NAMES_OF = {"contexts": ("label", "note", "heading", "again"), "urgency": ("level", "lead_in")}
"""The fields that tell readers whom, or what, signs are about; by kind."""


def weakenings(old: Guide, new: Guide) -> Iterator[Weakening]:
    """Everything that was taken from readers. Both guides are published, and have the same ladder."""
    force = Force(old)
    yield from chain.from_iterable(rule(old, new) for rule in RULES)
    yield from chain.from_iterable(rule(old, new, force) for rule in WORDS)


def weakenings_in_words(old: Guide, new: Guide) -> Iterator[Weakening]:
    """What was taken from the readers of a translation.

    Where its original had changed before, the words follow that, and nobody can tell.
    """
    stale = old.translation.stale if old.translation else ()
    followed, force = {name.partition("/")[2].partition("/")[0] for name in stale}, Force(old)
    for each in chain.from_iterable(rule(old, new, force) for rule in WORDS):
        own = new.is_translated(each.origin.path) and each.origin.document.holds(each.loc)
        if own and each.id not in followed:
            yield each
    for (kind, name), was in old.origins.items():
        now, safety = new.origins.get((kind, name)), kind == "criteria" or kind in TEXTS
        if now and safety and old.is_translated(was.path) and not new.is_translated(now.path):
            says = f"{kind}/{name} is no longer in {old.site.locale.name}"
            yield Weakening(name, says, was, line=1)


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
        for of in symptom.causes:
            group = of.group or (guide.causes[of.cause].group if of.cause in guide.causes else "")
            serious = found.setdefault(("symptoms", name, "serious causes"), set())
            serious |= {of.cause} if group == "serious" else set()
    for name, remedy in guide.remedies.items():
        found["remedies", name, "verdict"] = {*VERDICTS[1 : VERDICTS.index(remedy.verdict) + 1]}
    for name, flow in guide.flows.items():
        found["flows", name, "bar"] = set(flow.bar)
        found["flows", name, "again"] = {*flow.again.contexts, *flow.again.levels} if flow.again else set()
        found["flows", name, "crisis"] = {flow.crisis} if flow.crisis else set()
        for result in flow.results:
            parts = {*filter(None, map(attrgetter("part"), result.blocks))}
            found["flows", name, f"result {result.level}"] = parts
    return found


def texts_reach_as_many(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A text that is said to all, or to some, is not said to fewer, nor is one that it is reworded to."""
    for kind in ("flows", "meanwhile"):
        for name, was in old.of(kind).items():
            thing = new.of(kind).get(name, was)
            now: dict[str, dict[str, list[set[str]]]] = {}
            for (text, to), whom in _reach(thing.model_dump()) if thing != was else ():
                now.setdefault(to, {}).setdefault(text, []).append(whom)
            for (text, to), whom in _reach(was.model_dump()) if now else ():
                texts = now.get(to, {})
                for like in [text] if text in texts else get_close_matches(text, texts, 1, 0.7):
                    if not any(not left or (whom and whom <= left) for left in texts[like]):
                        says = f"{name} says {text!r} to fewer {to} than before"
                        yield Weakening(name, says, new.origins[kind, name])


def _reach(value: Any) -> Iterator[tuple[tuple[str, str], set[str]]]:
    """Each text in a thing, with a kind and the ids of those it is said to: all, where there are none."""
    if isinstance(value, Mapping):
        for to in {"symptoms", "contexts", "signs", "times"} & value.keys() if value.get("text") else ():
            yield (value["text"], to), {*value[to]}
    for inner in value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else ():
        yield from _reach(inner)


def safety_texts_stay(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """What readers are told to do about a sign does not shrink, and presses as before."""
    for kind, fields in TEXTS.items():
        for name, was in old.of(kind).items():
            thing = new.of(kind).get(name)
            for field in fields if thing and thing != was else ():
                both = words_of(was, (field,)), words_of(thing, (field,))
                less = force.less if field in COUNTED else force.less_if_safety
                yield from told(name, f"{field} of {name}", less, both, new.origins[kind, name], field)


def signs_are_asked_as_before(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """What is asked, of whom, and the words of the signs above the last level, stay true of as many."""
    for name, flow in old.flows.items():
        if name in new.flows and new.flows[name] != flow:
            yield from _asked_less(name, old, new, force)
    for kind, fields in _NAMES_OF.items():
        for name, was in old.of(kind).items():
            for field in fields if name in new.of(kind) else ():
                both = getattr(was, field) or "", getattr(new.of(kind)[name], field) or ""
                yield from told(name, f"{field} of {name}", force.fewer, both, new.origins[kind, name], field)
    for name, sign in old.criteria.items():
        now = new.criteria.get(name)
        if now and sign.level != old.ladder.ids[-1]:
            yield from _said_less(sign, now, new.origins["criteria", name], force)
            before = words_of(old.meanwhile.get(sign.meanwhile or ""), ("text",))
            after = words_of(new.meanwhile.get(now.meanwhile or ""), ("text",))
            both = (before, after) if sign.meanwhile != now.meanwhile else ("", "")
            what, origin = f"until help comes, {name}", new.origins["criteria", name]
            yield from told(name, what, force.less, both, origin, "meanwhile")


def _asked_less(name: str, old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """Each text of a flow's screens that may ask of fewer."""
    screens = {screen.id: screen for screen in old.flows[name].screens}
    for place, now in enumerate(new.flows[name].screens):
        before, after = _texts_of(screens.get(now.id, now)), _texts_of(now)
        for field, text in before.items():
            less = force.fewer if field == "ask" else force.less
            what, loc = f"{field} of the screen {now.id}", ("screens", place, field)
            yield from told(name, what, less, (text, after[field]), new.origins["flows", name], *loc)


def _texts_of(screen: Screen) -> dict[str, str]:
    """What a screen says, by field."""
    notes = " ".join(map(attrgetter("text"), screen.notes))
    return {"ask": screen.ask, "sub": screen.sub or "", "none": screen.none or "", "notes": notes}


def _said_less(was: Criterion, now: Criterion, origin: Origin, force: Force) -> Iterator[Weakening]:
    """Each text of a sign that may be true of fewer, or be found by fewer."""
    judged = {"why": force.less, "hint": force.counts_less}
    for field in ("sign", "paper", "lead", "clause", "hint", "why"):
        both = getattr(was, field) or "", getattr(now, field) or ""
        yield from told(now.id, f"{field} of {now.id}", judged.get(field, force.fewer), both, origin, field)
    if gone := {*was.search_words} - {*now.search_words}:
        says = f"a search for {min(gone)!r} may show {now.id} no longer"
        sure = len(gone) > 0.2 * len(was.search_words)
        yield Weakening(now.id, says, origin, ("search_words",), sure)


def stories_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A story stays, with the signs it tells of, and expects and accepts nothing lower."""
    for name, stories in old.vignettes.items():
        if name not in new.vignettes:
            continue  # a check without stories is a problem of its own
        now: dict[str, tuple[Story, Loc]] = {}
        for place, story in enumerate(new.vignettes[name].stories):
            now[story.id] = (story, ("stories", place))
        for story in stories.stories:
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


def numbers_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A number to call stays; another may be right, so it is not sure."""
    for name, was in old.services.items():
        now = new.services.get(name, was)
        for field in ("emergency", "advice", "poison", "crisis") if now != was else ():
            before, after = (map(attrgetter("number"), getattr(each, field)) for each in (was, now))
            for number in filterfalse([*after].__contains__, before):
                says = f"readers in {was.country} are given {number} no longer"
                yield Weakening(name, says, new.origins["services", name], (field,), sure=False)


def symptoms_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A symptom that has a check stays."""
    for name in old.symptoms:
        if name not in new.symptoms and find_flow(old, name):
            yield Weakening(name, f"the symptom {name} and its check are gone", old.origins["symptoms", name])


def levels_stay(old: Guide, new: Guide) -> Iterator[Weakening]:
    """A level looks as striking, a sign keeps its own though no check asks it, and each country stays.

    So does a doubt that needed advice at once.
    """
    for country in sorted({*old.site.countries} - {*new.site.countries}):
        yield Weakening(country, f"readers in {country} find their numbers no longer", new.site_origin)
    for name, level in old.urgency.items():
        if name in new.urgency and new.urgency[name].style > level.style:
            says = f"the level {name} looks less striking: its style was {level.style}"
            yield Weakening(name, says, new.origins["urgency", name], ("style",))
    for name, sign in old.criteria.items():
        now, levels = new.criteria.get(name, sign), old.ladder.ids
        if sign.now and not now.now:
            says = f"a doubt about {name} needs advice at once no longer"
            yield Weakening(name, says, new.origins["criteria", name])
        if {sign.level, now.level} <= {*levels} and levels.index(now.level) > levels.index(sign.level):
            says = f"the level of {name} is {now.level} and was {sign.level}"
            yield Weakening(name, says, new.origins["criteria", name], ("level",))


WORDS = (safety_texts_stay, signs_are_asked_as_before, *weakened_pages.RULES)
"""The rules on words, which hold for a translation too."""
RULES = (signs_stay_on_pages, texts_reach_as_many, stories_stay, symptoms_stay, numbers_stay, levels_stay)
