"""What pages and interface words no longer say, or say further down, between two versions."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import filterfalse

from careguide.flow.weakening import TEXTS, Weakening, told, words_of
from careguide.flow.weaker_words import Force
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.model.kinds import TOPICS
from careguide.source import locations, markup

_DISCLAIMER = "disclaimer"
"""The name of the page, and of the interface words, that say what a guide cannot do."""


def disclaimers_stay(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """What says what the guide cannot do presses as before: its page, and the foot of each page."""
    key = f"site.{_DISCLAIMER}"
    both = old.words.text(key, name=""), new.words.text(key, name="")
    yield from told(_DISCLAIMER, key, force.less, both, Origin(new.words_file, ()))
    for path, article in old.articles.items():
        if _DISCLAIMER in path:
            now = new.articles.get(path)
            before = " ".join(old.reading.page_sentences(article.body))
            after = " ".join(new.reading.page_sentences(now.body)) if now else ""
            origin = Origin((now or article).front, ())
            yield from told(_DISCLAIMER, path, force.less, (before, after), origin)


def interface_words_stay(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """Buttons and headings that say what cannot wait go on saying it; and so do the lists that tell which."""
    now, origin = dict(locations.texts_in(new.words)), Origin(new.words_file, ())
    for loc, before in locations.texts_in(old.words) if old.words != new.words else ():
        after, key = now.get(loc, before), locations.spell(loc)
        if before != after and loc[0] == "language":
            says = f"{key} is another list now, by which safety words are told"
            yield Weakening("words", says, origin, loc, sure=False)
        elif before != after and key != f"site.{_DISCLAIMER}" and force.urges(before) and force.warns(before):
            yield from told("words", key, force.less, (before, after), origin, *loc)


def sections_stay_in_place(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """A section stands where a page placed it, not further down, nor at the foot, where nothing places it.

    That is what a directive places, and what stands under a heading on what cannot wait.
    """
    for before, after, origin in _pages_that_changed(old, new):
        now = _placed(after, before, force)
        for name, place in _placed(before, after, force).items():
            directive = name.startswith("<!--")
            if now.get(name, place) > place or (directive and name not in now):
                where = "further down than before" if name in now else "no longer, so it comes after all else"
                says, line = f"the page places {name!r} {where}", _line_of(name.lstrip("# "), origin, new)
                yield Weakening(origin.path, says, origin, sure=False, line=line)


def _placed(text: str, other: str, force: Force) -> dict[str, int]:
    """The sections that a page places, each with how many paragraphs above it another version has too."""
    found: dict[str, int] = {}
    above, known = 0, {*other.split("\n\n")}
    for block in text.split("\n\n"):
        for name in markup.DIRECTIVE.findall(block):
            found.setdefault(f"<!-- guide: {name} -->", above)
        if block.startswith("#") and force.cautions(block):
            found.setdefault(block.partition("\n")[0], above)
        above += block in known
    return found


def urgent_sentences_stay(old: Guide, new: Guide, force: Force) -> Iterator[Weakening]:
    """A page goes on saying what cannot wait, and what not to do; a change may be meant, so it is not sure.

    The disclaimer and the fields that `safety_texts_stay` compares are left out: they are told more strictly.
    """
    for before, after, origin in _pages_that_changed(old, new):
        was, now = ({*guide.reading.page_sentences(text)} for guide, text in ((old, before), (new, after)))
        lost = list(filterfalse(now.__contains__, _pressing(force, old, before)))
        instead = list(filterfalse(was.__contains__, _pressing(force, new, after))) if lost else []
        for sentence in lost:
            instead += get_close_matches(sentence, sorted(now - was - {*instead}), 1, 0.5)
        less, _ = force.less(" ".join(lost), " ".join(instead))
        if lost and less:
            line = _line_of((instead or [""])[0], origin, new)
            yield Weakening(origin.path, f"the page {less}", origin, sure=False, line=line)


def _line_of(sentence: str, origin: Origin, guide: Guide) -> int:
    """The line of a page's file on which a sentence starts, as far as its first words stand there."""
    article = guide.articles.get(origin.path.partition("/")[2])
    text, first = (article.body, article.first_line) if article else (origin.document.text, 1)
    start = max(text.find(" ".join(sentence.split()[:3])), 0)
    return first + text[:start].count("\n")


def _pressing(force: Force, guide: Guide, text: str) -> list[str]:
    """The sentences of a page that say what cannot wait, or what not to do, and all under such a heading."""
    found: list[str] = []
    for part in re.split(r"(?m)^(?=#)", text):
        whole = part.startswith("#") and force.cautions(part.partition("\n")[0])
        found += filter(None if whole else force.cautions, guide.reading.page_sentences(part))
    return found


def _pages_that_changed(old: Guide, new: Guide) -> Iterator[tuple[str, str, Origin]]:
    """What each page says in its own words, before and now, where that differs; and where it is written."""
    for path, article in new.articles.items():
        was = old.articles.get(path)
        if was and was.body != article.body and _DISCLAIMER not in path:
            yield was.body, article.body, Origin(article.front, ())
    for kind in TOPICS:
        for name, thing in new.of(kind).items():
            if name in old.of(kind) and old.of(kind)[name] != thing:
                before, fields = old.of(kind)[name], TEXTS.get(kind, ())
                both = words_of(before, fields, others=True), words_of(thing, fields, others=True)
                yield *both, new.origins[kind, name]


RULES = (disclaimers_stay, interface_words_stay, urgent_sentences_stay, sections_stay_in_place)
