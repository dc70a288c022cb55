"""What is named or said twice, and what points at itself. A rule's docstring is the rule."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.guide.readability import Reading
from careguide.guide.validation import Origin
from careguide.model.fields import WRITE_HERE, Leaf, Prose, Ref
from careguide.model.kinds import TOPICS, thing_named
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.problems import Problem, named, quoted

FEWEST_WORDS = 5
"""A sentence with fewer words may well stand twice on a page: 'Ask a pharmacist first.'"""
_UNIQUE = {
    "sources": ("url",),
    "questions": ("question",),
    "glossary": ("term", "forms", "meaning"),
    "contexts": ("label",),
    "places": ("title",),
    "movements": ("title",),
    "meanwhile": ("text",),
    "criteria": ("sign", "lead", "paper"),
    "urgency": ("level", "title", "do", "style"),
    "services": ("country", "short"),
}
"""Fields whose value only one entry of a list may have."""
_CALLED = ("also_called", "common_misspellings")
"""What a thing is called must not be called a misspelling too."""
_NAMES = ("also_called", "covers", "common_misspellings", "search_words")
_ADDRESS = re.compile(r"^https://(?:www\.)?")
"""What two addresses of one page may differ in."""


class _Told:
    """What has been said so far, and where first."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[Origin, Loc]] = {}

    def again(
        self, words: str, origin: Origin, loc: Loc, tip: str, *, blocks: bool = True
    ) -> Iterator[Problem]:
        """A problem where the same has been said before; capitals, spaces and full stops do not count."""
        key = " ".join(_ADDRESS.sub("", words).casefold().split()).rstrip("./?!")
        if WRITE_HERE in words:  # whatever is still to be written is named once it is no draft
            return
        if key in self._first:
            other, where = self._first[key]
            place = f"{other.path}:{other.line(where)}"
            message = f"must not be given twice, but {place} has {quoted(words)} too"
            yield origin.problem(loc, message, tip, blocks=blocks)
        elif key:
            self._first[key] = (origin, loc)


def check(guide: Guide) -> Iterator[Problem]:
    """Every rule."""
    for rule in RULES:
        yield from named(rule(guide))


def titles_are_told_apart(guide: Guide) -> Iterator[Problem]:
    """No two pages may have one title: a reader could not tell which is which in a list."""
    told, tip = _Told(), "Say what this page is about and the other is not."
    for _, thing, origin in guide.all(TOPICS):
        yield from told.again(thing.title, origin, ("title",), tip)
    for field in ("title", "description"):
        told = _Told()
        for article in guide.articles.values():
            words = (article.front.value or {}).get(field)
            if isinstance(words, str):
                front = Origin(article.front, ())
                yield from told.again(words, front, (field,), tip, blocks=field == "title")


def names_stand_once(guide: Guide) -> Iterator[Problem]:
    """A thing's name must stand once in its lists, and must not be the title of another.

    Two things of a kind may share another name, if both are really called so: a notice.
    """
    for kind in TOPICS:
        titles = {thing.title.casefold(): thing for thing in guide.of(kind).values()}
        shared = {field: _Told() for field in _NAMES}
        for _, thing, origin in guide.all([kind]):
            called = _Told()
            for field in _NAMES:
                own = called if field in _CALLED else _Told()
                for place, words in enumerate(getattr(thing, field)):
                    loc = (field, place)
                    twice = list(own.again(words, origin, loc, "Delete one of the two."))
                    other = titles.get(words.casefold())
                    if other and field != "covers" and not twice:
                        message = f"must not be a title, but {quoted(words)} is that of {quoted(other.id)}"
                        yield origin.problem(loc, message, "Delete it: the title is found anyway.")
                    elif twice or field in ("covers", "search_words"):
                        yield from twice
                    else:
                        tip = "If both are called so, nothing is wrong: a search shows both."
                        yield from shared[field].again(words, origin, loc, tip, blocks=False)


def former_ids_are_free(guide: Guide) -> Iterator[Problem]:
    """An id that a thing had formerly must be nobody's now, and lead to one thing only."""
    for kind in TOPICS:
        told = _Told()
        for _, thing, origin in guide.all([kind]):
            for place, old in enumerate(thing.formerly):
                loc = ("formerly", place)
                if old in guide.of(kind):
                    message = f"must be an id that is no longer used, but {quoted(old)} has a page of its own"
                    yield origin.problem(loc, message, "Delete it here.")
                else:
                    yield from told.again(old, origin, loc, "One old address leads to one page: delete one.")


def entries_differ(guide: Guide) -> Iterator[Problem]:
    """No two entries of a list may be the same: a source, a question, a word, a sign, a level."""
    tip = "Delete one of the two, and name the other where it was used; or say how they differ."
    for kind, fields in _UNIQUE.items():
        for field in fields:
            told = _Told()
            for _, thing, origin in guide.all([kind]):
                value = getattr(thing, field) or ""
                alone = [((field,), str(value))]
                for loc, words in _placed(field, value) if isinstance(value, tuple) else alone:
                    yield from told.again(words, origin, loc, tip)
    told = _Told()
    for name, source in guide.sources.items():
        both = f"{source.title}, {source.publisher}"
        yield from told.again(both, guide.origins["sources", name], ("title",), tip)


def lists_name_each_once(guide: Guide) -> Iterator[Problem]:
    """A list must name each thing once, and a citation each source once."""
    for _, thing, origin in guide.all():
        seen: set[tuple[Loc, str]] = set()
        for leaf in thing.leaves:
            where = _list_of(leaf)
            if where and (where, leaf.text) in seen:
                message = f"must name {quoted(leaf.text)} once"
                yield origin.problem(leaf.loc, message, "Delete one of the two.")
            seen.add((where, leaf.text))
            if isinstance(leaf.mark, Prose) and leaf.mark.cites:
                for cited in markup.CITATION.finditer(leaf.text):
                    ids = markup.cited_ids(cited["ids"])
                    if len(set(ids)) < len(ids):
                        message = f"must cite each source once, not {quoted(cited.group())}"
                        yield origin.problem(leaf.loc, message, "Delete one of the two.")


def items_differ(guide: Guide) -> Iterator[Problem]:
    """A list must hold each thing once, and a sign must say something else in each of its texts."""
    for origin, items in _lists(guide):
        told = _Told()
        for loc, words in items:
            yield from told.again(words, origin, loc, "Delete one of the two, or say something else.")


def _lists(guide: Guide) -> Iterator[tuple[Origin, Iterable[tuple[Loc, str]]]]:
    """Every list of words, each word with the way to it; a list of ids is looked at elsewhere."""
    yield guide.site_origin, _placed("countries", guide.site.countries)
    yield guide.site_origin, _placed("translations", guide.site.translations)
    yield guide.site_origin, _placed("reviewers", guide.site.reviewers, "name")
    for name, sign in guide.criteria.items():
        texts = [((field,), getattr(sign, field) or "") for field in ("sign", "hint", "why")]
        yield guide.origins["criteria", name], texts
    for kind, field, part in ("flows", "times", "label"), ("vignettes", "stories", "story"):
        for _, thing, origin in guide.all([kind]):
            yield origin, _placed(field, getattr(thing, field), part)
    for kind, thing, origin in guide.all():
        ids = {leaf.loc[0] for leaf in thing.leaves if isinstance(leaf.mark, Ref)}
        for field in type(thing).model_fields.keys() - ids if kind not in TOPICS else ():
            if isinstance(items := getattr(thing, field), tuple) and (kind, field) != ("glossary", "forms"):
                yield origin, _placed(field, items)


def _placed(field: str, items: Iterable[Any], part: str = "") -> Iterator[tuple[Loc, str]]:
    """Each text of a list, or a part of each entry, with the way to it; of a phone line, all of it."""
    for place, item in enumerate(items):
        if part:
            yield (field, place, part), getattr(item, part)
        elif number := getattr(item, "number", None):
            yield (field, place, "number"), f"{number} {item.area or ''} {item.name}"
        elif isinstance(item, str):
            yield (field, place), item


_PARTS = {"cause", "remedy", "place", "sign"}
"""What names the thing that an entry of a symptom's list is about."""


def _list_of(leaf: Leaf) -> Loc:
    """The list that an id stands in; empty where it stands in none, or where it may stand twice."""
    if not isinstance(leaf.mark, Ref):
        return ()
    if isinstance(leaf.loc[-1], int):
        return leaf.loc[:-1]
    return (*leaf.loc[:-2], leaf.loc[-1]) if len(leaf.loc) == 3 and leaf.loc[-1] in _PARTS else ()


def pages_say_each_thing_once(guide: Guide) -> Iterator[Problem]:
    """A page must say each thing once: no sentence, no heading, no question and no medicine twice."""
    for _, thing, origin in guide.all(TOPICS):
        told: defaultdict[str, _Told] = defaultdict(_Told)
        for what, loc, words in _said_on(thing, guide.reading) if guide.is_own(origin.path) else ():
            yield from told[what].again(words, origin, loc, "Delete one of the two.")


def _said_of_others(thing: Any) -> Iterator[tuple[str, Loc, str]]:
    """What a symptom says of its causes, its remedies and its places."""
    for field in ("causes", "remedies", "places"):
        for place, part in enumerate(getattr(thing, field, ())):
            if readability.length(says := getattr(part, "says", None) or "") >= FEWEST_WORDS:
                yield field, (field, place, "says"), says


def _said_on(thing: Any, reading: Reading) -> Iterator[tuple[str, Loc, str]]:
    """What a page says, with the way to it, under the name of what it is compared with."""
    for place, section in enumerate(getattr(thing, "sections", ())):
        loc: Loc = ("sections", place)
        yield "headings", (*loc, "heading"), section.heading
        for number, step in enumerate(section.steps):  # one step may stand in several sections
            yield f"steps {place}", (*loc, "steps", number, "text"), markup.plain(step.text)
    yield from _said_of_others(thing)
    for place, medicine in enumerate(getattr(thing, "medicines", ())):
        yield "medicines", ("medicines", place, "generic"), medicine.generic
    for place, question in enumerate(getattr(thing, "ask_your_doctor", ())):
        yield "questions", ("ask_your_doctor", place), question
    for leaf in thing.leaves:
        if isinstance(leaf.mark, Prose) and leaf.mark.cites and "steps" not in leaf.loc:
            for block, _ in markup.blocks(leaf.text):
                for sentence in reading.sentences(markup.plain(" ".join(block))):
                    if readability.length(sentence) >= FEWEST_WORDS:
                        yield "sentences", leaf.loc, sentence


def articles_say_each_thing_once(guide: Guide) -> Iterator[Problem]:
    """A hand-written page must say each sentence once, and have no two headings alike side by side."""
    for article in guide.articles.values():
        body = markup.without_code(article.body)
        said = set[str]()
        for sentence in guide.reading.page_sentences(body):
            key = sentence.casefold()
            if key in said and readability.length(sentence) >= FEWEST_WORDS:
                start = max(body.rfind(" ".join(sentence.split()[:3])), 0)
                message = f"a page must say each thing once, but says {quoted(sentence)} twice"
                yield article.problem(start, message, "Delete one of the two.")
            said.add(key)
        above: list[tuple[int, str]] = []
        headings = set[tuple[tuple[int, str], ...]]()
        for found in _HEADING.finditer(body):
            while above and above[-1][0] >= len(found["marks"]):
                above.pop()
            above.append((len(found["marks"]), found["words"].casefold()))
            if tuple(above) in headings:
                message = f"a heading must not stand twice, but {quoted(found['words'])} does"
                tip = "Say what is new in this part, or join the two."
                yield article.problem(found.start(), message, tip, blocks=False)
            headings.add(tuple(above))


_HEADING = re.compile(r"^(?P<marks>#{2,6})[ \t]*(?P<words>[^#\n{]*[^#\s{])", re.MULTILINE)


def things_do_not_name_themselves(guide: Guide) -> Iterator[Problem]:
    """A page must not send its readers to itself, and a word must not be explained by itself."""
    tip = "Name the page that is meant, or take the link away."
    for kind, thing, origin in guide.all():
        for leaf in thing.leaves:
            near = isinstance(leaf.mark, Prose) and f":{thing.id})" in leaf.text
            if near and (kind, thing.id) in map(thing_named, markup.references(leaf.text)):
                yield origin.problem(leaf.loc, f"must not link to {quoted(thing.id)} itself", tip)
    small = guide.words.text("search.language.small").split()
    for name, term in guide.glossary.items():
        if term.meaning == WRITE_HERE:
            continue
        named = set(re.findall(r"\w+", " ".join((term.term, *term.forms)).casefold()))
        if set(re.findall(r"\w+", term.meaning.casefold())) <= named.union(small):
            message = f"must explain {quoted(term.term)} in other words"
            yield guide.origins["glossary", name].problem(("meaning",), message, "Say what it means.")
    for path, article in guide.articles.items():
        message = f"a page must not link to itself, but has {quoted(path.rpartition('/')[2])}"
        for start in _links_to_itself(path, markup.without_code(article.body)):
            yield article.problem(start, message, tip)


def _links_to_itself(path: str, body: str) -> Iterator[int]:
    """Where an article links to its own page."""
    for target in markup.targets(body):
        if target.address.removeprefix("./") == path.rpartition("/")[2]:
            yield target.start
    for reference in markup.references(body):
        if thing_named(reference) == topic_of(path):
            yield reference.start


RULES: tuple[Callable[[Guide], Iterator[Problem]], ...] = (
    titles_are_told_apart,
    names_stand_once,
    former_ids_are_free,
    entries_differ,
    lists_name_each_once,
    items_differ,
    pages_say_each_thing_once,
    articles_say_each_thing_once,
    things_do_not_name_themselves,
)
