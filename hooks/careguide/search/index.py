"""Guide → the index that is searched in the reader's browser: an entry for each topic, sign, place and page.

It holds titles, names, headings and the words that tell one page from the others, and no whole text. So it
is small, and a word that stands on every page finds none.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from careguide import styling
from careguide.flow import view
from careguide.guide import foreign, selection
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.page_paths import path_of, topic_of
from careguide.guide.services import calls_of
from careguide.model.fields import Prose
from careguide.model.kinds import TOPICS
from careguide.model.lists import Criterion
from careguide.model.topics import Page as Written
from careguide.model.topics import Topic
from careguide.source import markup
from careguide.source.locations import with_texts

SCRIPTS = (Path(__file__).with_name("engine.js"), styling.THEME / "components/search/search.js")
"""What searches, and what shows what is found."""
LANGUAGE = ("small", "sounds", "endings", "alike", "subject", "medicine")
"""What the script must know of a language, by the names of the interface words that say it."""
WORDS, HEADINGS = (40, 2_000), (12, 1_000)
"""How many telling words of its text, and how many headings, an entry has at most, and all have together: an
index must stay small where there are many."""
OFTEN = 3
"""From so many pages on, a heading tells none from the others: 'When to get help'."""
COMMON = 0.5
"""The share of pages from which a word tells little."""
LONG = 6
"""From so many letters on, two may be wrong."""
SERIOUS, PART, LIST, TERM = 0.05, 0.4, 0.3, 0.55
"""By what share less than other pages these are worth: a serious cause, because of two that fit alike the
calmer comes first, and dangers stand above; a part of a page; a list or an article; a hard word."""
NOT_SEARCHED = {"design", "safety", "sources", "clinician", "search", "home"}
"""Kinds of page that answer no reader's question."""
_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Entry:
    """One thing that can be found."""

    address: str
    """Where it stands among the pages: `causes/dry-air.md`, `glossary.md#vein`."""
    kind: str
    """What it is, as readers see it: 'Cause'."""
    title: str
    short: str
    names: tuple[str, ...]
    headings: tuple[str, ...] = ()
    """Its sections, each at an anchor of its page."""
    words: str = ""
    """Words of its text that stand on few pages."""
    misspelt: tuple[str, ...] = ()
    """Names as people misspell them."""
    typed: tuple[str, ...] = ()
    """What people type for it, which no reader is shown."""
    less: float = 0
    """The share by which it is worth less than others that fit as well."""


@dataclass(frozen=True)
class Sign:
    """One warning sign."""

    address: str
    title: str
    """Its lead."""
    short: str
    """The sign itself."""
    level: int
    """Its level, as people count: 1 is the worst."""
    dangers: tuple[str, ...]
    """What somebody types to whom it happens, where it needs help today."""
    calls: tuple[str, ...]
    """Whom to call: names of the references that texts use."""


def index(guide: Guide, pages: Iterable[Page]) -> dict[str, Any]:
    """All that the script must know of a guide, as values for JSON. Addresses are paths of pages."""
    readable: list[tuple[Page, list[str], list[str]]] = []
    on_pages, heads = Counter[str](), Counter[str]()
    for page in pages:
        if page.kind not in NOT_SEARCHED:
            path = _original(guide, page.path)
            said, headings = _words(guide, path), _headings(guide, path)
            readable.append((page, said, headings))
            on_pages.update(set(said))
            heads.update(headings)
    common = {word for word, number in on_pages.items() if number >= COMMON * len(readable)}
    for symptom in guide.symptoms.values():  # what the whole guide is about tells no page from another
        common |= _words_in((symptom.title, *symptom.also_called))
    rare = {}
    for word in on_pages.keys() - common:
        rare[word] = math.log(len(readable) / on_pages[word])
    entries = []
    for page, said, headings in readable:
        own = tuple(heading for heading in headings if heads[heading] < OFTEN)
        telling = _telling(said, rare, _share(WORDS, len(readable)))
        entries.append(_entry(guide, page, own[: _share(HEADINGS, len(readable))], telling))
    entries += [*_elsewhere(guide), *_parts_of_pages(guide)]
    words = guide.words
    country = next(iter(guide.services.values()), None)
    return {
        "language": {
            **{name: words.text(f"search.language.{name}") for name in LANGUAGE},
            "common": " ".join(sorted(common)),
            # Whoever took too much of a medicine names it, and does not call it one.
            "medicines": " ".join(sorted(selection.all_medicines(guide))),
        },
        "levels": [
            {
                "level": words.text("care_card.level", level=level.level),
                "title": level.title,
                "style": level.style,
            }
            for level in guide.ladder.levels
        ],
        "calls": calls_of(country) if country else {},
        "texts": {
            "none": words.text("search.results.none"),
            "one": words.text("search.results.one"),
            "some": words.text("search.results.some", count="{count}"),
            "danger": words.text("search.results.danger", title="{title}"),
            "call": words.text("search.results.call"),
            "signs": words.text("search.results.signs"),
        },
        "pages": _rows(entries),
        "signs": _rows(_signs(guide)),
    }


def _share(most: tuple[int, int], pages: int) -> int:
    """How much one page may have: so much, or less where there are many pages."""
    own, together = most
    return min(own, together // pages)


def _rows(entries: Iterable[Entry | Sign]) -> dict[str, Any]:
    """Entries as a table: the names of their fields, then the values of each up to the last that it has."""
    rows, names = [], []
    for entry in entries:
        names = [field.name for field in fields(entry)]
        row: list[Any] = [with_texts(getattr(entry, name), foreign.without) or 0 for name in names]
        while not row[-1]:
            row.pop()
        rows.append(row)
    return {"fields": names, "rows": rows}


def script(found: Mapping[str, Any], address: Callable[[str], str]) -> str:
    """The one file that a search asks for: index, engine and dialog. `address` says where a page stands."""

    def placed(table: Mapping[str, Any]) -> dict[str, Any]:
        rows = []
        for first, *rest in table["rows"]:
            path, mark, anchor = first.partition("#")
            rows.append([f"{address(path)}{mark}{anchor}", *rest])
        return {**table, "rows": rows}

    whole = {**found, "pages": placed(found["pages"]), "signs": placed(found["signs"])}
    values = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    parts = (f"const INDEX = {values};\n", *(file.read_text(encoding="utf-8") for file in SCRIPTS))
    # A function of its own, because a browser keeps the names of all scripts of a page together.
    return f'"use strict";\n(() => {{\n{"".join(parts)}}})();\n'


# Entries


def _original(guide: Guide, place: str) -> str:
    """The path of a page, or of the one that it translates."""
    return place.removeprefix(f"{guide.translation.folder}/") if guide.translation else place


def _elsewhere(guide: Guide) -> Iterator[Entry]:
    """What a translation names and tells nothing of: it is found by its name, and read in the original."""
    mine = guide.translation
    note = guide.words.text("translation.elsewhere", language=guide.original_language)
    for kind, id_ in sorted(mine.translated) if mine else ():
        path = path_of(kind, id_)
        if kind in TOPICS and id_ in guide.of(kind) and guide.place(path) == path:
            thing = guide.of(kind)[id_]
            title, named = f"{thing.title} {note}", _names(thing)
            about = str(guide.words["look"]["kinds"][thing.singular])
            short = markup.plain(thing.short)
            yield Entry(path, about, title, short, named, typed=thing.search_words, less=LIST)


def _entry(guide: Guide, page: Page, headings: tuple[str, ...], words: str) -> Entry:
    path = _original(guide, page.path)
    kind, name = topic_of(path)
    kinds = guide.words["look"]["kinds"]
    if kind in TOPICS and (thing := guide.of(kind).get(name)):
        return Entry(
            page.path,
            str(kinds[thing.singular]),
            thing.title,
            markup.plain(thing.short),
            _names(thing),
            headings,
            words,
            _misspelt(thing),
            thing.search_words,
            SERIOUS if getattr(thing, "group", "") == "serious" else 0,
        )
    front = guide.articles[path].front.value if path in guide.articles else {}
    names = tuple((front or {}).get("search_words", ()))
    return Entry(page.path, "", page.title, _description(page.text), names, words=words, less=LIST)


def _names(thing: Topic) -> tuple[str, ...]:
    """Every name of a thing."""
    names = (*thing.also_called, *thing.covers, *selection.medicines(thing))
    return tuple(dict.fromkeys(names))


def _misspelt(thing: Topic) -> tuple[str, ...]:
    """Its misspellings, without those that the script forgives: a wrong letter, or two in a long word."""
    right = _words_in((thing.title, *_names(thing), *thing.search_words))

    def forgiven(word: str) -> bool:
        most = 1 if len(word) < LONG else 2
        return any(OSA.distance(word, other, score_cutoff=most) <= most for other in right)

    found = []
    for name in thing.common_misspellings:
        if not all(map(forgiven, _WORD.findall(name.lower()))):
            found.append(name)
    return tuple(found)


def _headings(guide: Guide, path: str) -> list[str]:
    """The headings of a page's sections."""
    kind, name = topic_of(path)
    thing = guide.of(kind).get(name) if kind in TOPICS else None
    return [section.heading for section in thing.sections] if isinstance(thing, Written) else []


def _parts_of_pages(guide: Guide) -> Iterator[Entry]:
    """What has no page of its own: hard words, movements and places in the body."""

    def part(page: str, path: str, title: str, text: str, names: tuple[str, ...], less: float) -> Entry:
        about = guide.words.text(f"pages.{page}.title")
        return Entry(guide.place(path), about, title, markup.plain(text), names, less=less)

    for term in guide.glossary.values():
        path, names = path_of("glossary", term.id), (*term.forms, *term.search_words)
        yield part("glossary", path, term.term, term.meaning, names, TERM)
    for each in guide.movements.values():
        path = path_of("movements", each.id)
        yield part("movements", path, each.title, each.looks_like, each.search_words, PART)
    for place in guide.pick("places", selection.places_told(guide)):
        path = selection.place_path(guide, place.id)
        yield part("places", path, place.title, "", place.search_words, PART)


def _signs(guide: Guide) -> Iterator[Sign]:
    crisis = view.crisis(guide)
    for level in guide.ladder.levels:
        number = guide.ladder.index(level.id) + 1
        for sign in guide.criteria.values():
            if sign.level != level.id:
                continue
            calls = ["emergency" if level.id == guide.ladder.worst else "advice"]
            if sign is crisis:
                calls.insert(0, "crisis")
            calls += _named_calls(guide, sign)
            yield Sign(
                guide.place(path_of("criteria", sign.id)),
                sign.lead,
                markup.plain(sign.sign),
                number,
                sign.search_words,
                tuple(dict.fromkeys(calls)),
            )


def _named_calls(guide: Guide, sign: Criterion) -> list[str]:
    """Whom the text on what to do until then says to call."""
    meanwhile = guide.meanwhile.get(sign.meanwhile or "")
    text = meanwhile.text if meanwhile else ""
    return [call for call in ("poison", "crisis") if f"(call:{call})" in text or f"{{call:{call}}}" in text]


# Words


def _words(guide: Guide, path: str) -> list[str]:
    """The words of a page in small letters: what is written of its thing, and what somebody wrote by hand."""
    kind, name = topic_of(path)
    texts = [guide.articles[path].body] if path in guide.articles else []
    if kind in TOPICS and name in guide.of(kind):
        texts += [leaf.text for leaf in guide.of(kind)[name].leaves if isinstance(leaf.mark, Prose)]
    words: list[str] = []
    for text in texts:
        for sentence in guide.reading.page_sentences(text):
            words += _WORD.findall(sentence.lower())
    return words


def _words_in(names: Iterable[str]) -> set[str]:
    """The words of names, in small letters."""
    return set(_WORD.findall(" ".join(names).lower()))


def _telling(words: list[str], rare: Mapping[str, float], most: int) -> str:
    """The words of a page that tell most: those that it says often and few others say."""
    counted = Counter(word for word in words if word in rare)
    told = {word: number * rare[word] for word, number in counted.items()}
    return " ".join(sorted(told, key=lambda word: (-told[word], word))[:most])


_DESCRIPTION = re.compile(r"^description: (?P<json>\".*\")$", re.MULTILINE)


def _description(text: str) -> str:
    match = _DESCRIPTION.search(text)
    return str(json.loads(match["json"])) if match else ""
