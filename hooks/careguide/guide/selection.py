"""The orders in which pages show things: worst first, likeliest first, groups as the model declares them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import filterfalse
from typing import Any, get_args

from careguide.guide import foreign
from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.model.kinds import TOPICS
from careguide.model.lists import Criterion, Term, Urgency
from careguide.model.topics import Symptom, Topic

_TELLING = re.compile(r"[^\W\d_]{4,}")
"""A word that says what a sign is about; short ones join."""
_OWN_LETTERS = "Ñ"
"""Letters with a mark that are letters of their own."""
_STEM = 4
"""By how many letters two words are the same: drooped and drooping."""
Rungs = list[tuple[int, Urgency, list[Criterion]]]
"""Signs by level, worst first: the number of each level on the ladder, the level, and its signs."""


def by_urgency(guide: Guide, criteria: Iterable[str]) -> Rungs:
    """Signs by level, worst first, and in the given order within it. Levels without a sign are left out."""
    chosen = guide.pick("criteria", criteria)
    found = []
    for number, level in enumerate(guide.ladder.levels, 1):
        if signs := [sign for sign in chosen if sign.level == level.id]:
            found.append((number, level, signs))
    return found


def grouped(things: Iterable[Any], field: str) -> list[tuple[str, list[Any]]]:
    """Things by the value of a field, in the order in which the model declares its values."""
    groups: dict[str, list[Any]] = {}
    for thing in things:
        groups.setdefault(getattr(thing, field), []).append(thing)
    if not groups:
        return []
    first = next(iter(groups.values()))[0]
    scale = get_args(type(first).model_fields[field].annotation)
    return [(value, groups[value]) for value in scale if value in groups]


def lead_is_needed(sign: Criterion) -> bool:
    """Whether half of the telling words of a sign's lead are not in its sentence: else both say the same."""
    said, lead = _stems(sign.sign), _stems(sign.lead)
    return 2 * sum(word in said for word in lead) < len(lead)


def _stems(text: str) -> list[str]:
    """The starts of the words that say what a text is about."""
    return [word[:_STEM].casefold() for word in _TELLING.findall(text)]


def _having(guide: Guide, place: str) -> list[Symptom]:
    found = []
    for symptom in guide.symptoms.values():
        if any(each.place == place for each in symptom.places):
            found.append(symptom)
    return found


def place_path(guide: Guide, place: str) -> str:
    """A place in the body: the page of the symptom that is only there, or a section of another's page."""
    symptom = min(_having(guide, place), key=lambda each: len(each.places), default=None)
    if not symptom:
        return ""
    path = path_of("symptoms", symptom.id)
    return path if len(symptom.places) == 1 else f"{path}#{place}"


@dataclass(frozen=True)
class Name:
    """One name by which a thing is looked up."""

    name: str
    title: str
    """The title of the page that tells of it."""
    path: str


def a_to_z(guide: Guide) -> list[tuple[str, list[Name]]]:
    """Every name of everything that has a page, and every hard word, by its first letter."""
    found: dict[str, Name] = {}
    for kind, thing, _ in guide.all(TOPICS):
        # The names of medicines are the original's: a translation lists them where it has their page.
        path = path_of(kind, thing.id)
        ours = not guide.translation or guide.place(path) != path
        for name in (thing.title, *thing.also_called, *thing.covers, *(medicines(thing) if ours else ())):
            found.setdefault(name.lower(), Name(name, thing.title, path))
    title = guide.words.text("pages.glossary.title")
    for term in guide.glossary.values():
        found.setdefault(term.term.lower(), Name(term.term, title, path_of("glossary", term.id)))
    letters: dict[str, list[Name]] = {}
    for each in sorted(found.values(), key=lambda each: filed(each.name)):
        first = foreign.without(each.name)[0].upper()
        letters.setdefault(first if first in _OWN_LETTERS else filed(first)[0].upper(), []).append(each)
    return list(letters.items())


def hard_words(guide: Guide) -> list[Term]:
    """The hard words, as a list has them."""
    return sorted(guide.glossary.values(), key=lambda term: filed(term.term))


def filed(name: str) -> str:
    """A name as lists sort it: a letter with an accent stands with the letter, a Spanish ñ after n."""
    if name.isascii():  # as in English nearly always
        return name.casefold()
    plain = unicodedata.normalize("NFD", foreign.without(name).casefold().replace("ñ", "n\uffff"))
    return "".join(filterfalse(unicodedata.combining, plain))


def medicines(thing: Topic) -> list[str]:
    """The medicines that a page is about, by generic name and by brand."""
    names: list[str] = []
    for each in getattr(thing, "medicines", ()):
        names += (each.generic, *each.brands)
    return names


def all_medicines(guide: Guide) -> set[str]:
    """The names of all medicines that the guide tells of."""
    return set[str]().union(*map(medicines, (*guide.causes.values(), *guide.treatments.values())))


def topics_named(guide: Guide, word: str) -> list[tuple[str, Topic]]:
    """The topics, with their kinds, that have a word in a name: 'tremor' in 'Shaking and tremor'."""
    pattern = re.compile(rf"\b{re.escape(word)}", re.IGNORECASE)
    found: list[tuple[str, Topic]] = []
    for kind, thing, _ in guide.all(TOPICS):
        if any(map(pattern.search, (thing.title, *thing.also_called, *thing.covers))):
            found.append((kind, thing))
    return found


def places_told(guide: Guide) -> list[str]:
    """The places in the body that a symptom tells of, in the guide's order."""
    return list(filter(partial(_having, guide), guide.places))


def on_figure(guide: Guide) -> dict[str, str]:
    """The place that each part of the body figure shows, by part: the first of several."""
    shown: dict[str, str] = {}
    for id_ in places_told(guide):
        if part := guide.places[id_].figure:
            shown.setdefault(part, id_)
    return shown


def name_of(thing: Any) -> str:
    """What readers call a thing: its title, a sign's lead, a service's country."""
    for field in ("title", "lead", "label", "country", "term", "question", "amount"):
        if name := getattr(thing, field, ""):
            return str(name)
    return str(thing.id)
