"""How hard a text is to read: sentences, syllables, and two published formulas.

Flesch-Kincaid grade: Kincaid and others, 1975. SMOG grade: McLaughlin, 1969. Both are United States school
grades; grade 6 is about age 11. Syllables are counted by rule, with the words the rule gets wrong pinned in
`data/reading.yml`, so that a grade never changes unless a text does. Names of illnesses and medicines that a
page must use are listed there too: each counts as one word of two syllables.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from careguide.model.fields import Lower, Part, Plain, Url
from careguide.source import markup
from careguide.source.cache import Cache
from careguide.source.digests import code_digest

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])")
"""A full stop ends a sentence where a capital or a number follows: not in 'e.g. a' or '2.5'."""
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'’]*(?:[.,]\d+)*")
_LETTERS = re.compile(r"\w+")
# What a page in Markdown holds beside its sentences.
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_UNREAD = re.compile(
    r"<div class=\"(?:sources|codes|links|service|review-line)\".*?</div>|<!--.*?-->", re.DOTALL
)
_TAG = re.compile(r"</?(?!br)[a-z][^<>]*>")
_BLOCK_END = re.compile(r"\n\s*\n|\n(?=#)|^\s*(?:[-*]|\d+\.)\s+|<br>|\|", re.MULTILINE)
_CITED = re.compile(r"\[\d+\]\(#source-\d+\)")
_ATTRIBUTES = re.compile(r"\{:? ?(?:[.#]|[\w-]+=)[^{}]*\}")
_NAME = "Xyname"
"""Stands in for a name. A made-up word, so that no text holds it."""


class HasText(Protocol):
    """Anything with a text: a page."""

    @property
    def text(self) -> str:
        """Its Markdown."""


P = TypeVar("P", bound=HasText)


class Measured(NamedTuple):
    """One sentence, counted: its words, their syllables, and its words of three syllables or more."""

    words: int
    syllables: int
    long: int


class PlainWords(Part):
    """Words with a plainer one, from one source."""

    source: Plain | None = None
    """Who prefers the plainer words; left out where the choice is our own."""
    url: Url | None = None
    """The publisher's own page."""
    words: dict[Lower, Plain]
    """The plainer word or words, by the word in small letters."""


class Vocabulary(Part):
    """What the formulas must know about single words: the file `data/reading.yml`."""

    syllables: dict[Lower, int] = {}  # noqa: RUF012 - pydantic copies it
    """Syllables of words the rule gets wrong, by the word in small letters."""
    names: tuple[Plain, ...] = ()
    """Names of illnesses, tests and medicines, which have no plainer word."""
    plainer: tuple[PlainWords, ...] = ()
    """Words for which there is a plainer one."""

    @cached_property
    def measured(self) -> Callable[[str], Measured]:
        """What the formulas must know about a sentence. Found once: many stand on several pages."""
        return cache(self._measured)

    def _measured(self, sentence: str) -> Measured:
        counts = list(map(self.count, _WORD.findall(self.without_names(sentence))))
        return Measured(len(counts), sum(counts), sum(count >= 3 for count in counts))

    @cached_property
    def count(self) -> Callable[[str], int]:
        """Syllables in one word. Kept, because most words stand in many sentences."""
        return cache(self._count)

    def _count(self, word: str) -> int:
        word = word.lower().replace("’", "'").removesuffix("'s")
        return self.syllables.get(word) or (2 if word == _NAME.lower() else _syllables(word))

    def without_names(self, text: str) -> str:
        """The text with each name as one stand-in word."""
        # Most texts hold no name: looking at their words is far quicker than looking for all names.
        if self._first_words.isdisjoint(_LETTERS.findall(text.lower())):
            return text
        return any_of(self.names).sub(_NAME, text)

    @cached_property
    def _first_words(self) -> set[str]:
        first = set[str]()
        for name in self.names:
            first.update(_LETTERS.findall(name.lower())[:1])
        return first

    def plain_words(self, sentence: str) -> dict[str, str]:
        """The plainer word for each word of a sentence that has one. Names have none."""
        found = any_of(tuple(self._plainer)).findall(self.without_names(sentence))
        return {word: self._plainer[word.lower()] for word in found}

    @cached_property
    def _plainer(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for each in self.plainer:
            found |= each.words
        return found

    def hardest(self, sentence: str) -> list[str]:
        """The words with most syllables of a sentence: at most three, each of three or more, none a name."""
        words = dict.fromkeys(_WORD.findall(self.without_names(sentence)))
        return sorted((word for word in words if self.count(word) >= 3), key=self.count, reverse=True)[:3]

    def grade(self, sentence: str) -> float:
        """The Flesch-Kincaid grade of one sentence."""
        found = self.measured(sentence)
        return _grade(found.words, 1, found.syllables)


@lru_cache(maxsize=16)
def any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """What finds any of some names, the longest first; nothing where there are none."""
    found = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"\b(?:{found})\b" if names else r"(?!)", re.IGNORECASE)


@dataclass(frozen=True)
class Score:
    """How hard a text is."""

    words: int
    sentences: int
    grade: float
    """Flesch-Kincaid grade."""
    smog: float
    """SMOG grade."""
    short: float
    """Share of sentences of at most 15 words, from 0 to 1."""
    hardest: str
    """The sentence with the highest grade of its own."""


def sentences(text: str) -> list[str]:
    """The sentences of one block of text."""
    return [sentence for sentence in _SENTENCE_END.split(" ".join(text.split())) if _WORD.search(sentence)]


def length(sentence: str) -> int:
    """Words in a sentence."""
    return len(_WORD.findall(sentence))


def score(texts: Iterable[str], vocabulary: Vocabulary) -> Score | None:
    """The score of several sentences; None where there are none."""
    words = syllables = long = count = short = 0
    grades = []
    for sentence in texts:
        found = vocabulary.measured(sentence)
        words, syllables, long = words + found.words, syllables + found.syllables, long + found.long
        count, short = count + 1, short + (found.words <= 15)
        # Of few words, one long one would make any sentence the hardest.
        grades.append((vocabulary.grade(sentence) if found.words > 4 else -math.inf, sentence))
    if not words:
        return None
    smog = 1.043 * (long * 30 / count) ** 0.5 + 3.1291
    hardest = max(grades, key=itemgetter(0))[1]
    return Score(words, count, _grade(words, count, syllables), smog, short / count, hardest)


def known(vocabulary: Vocabulary, cache: Path | None = None) -> Cache:
    """The scores of pages that are as they were when they were last counted."""
    return Cache(cache and cache / "scores.json", vocabulary, code_digest(__name__))


def scores(pages: Iterable[P], vocabulary: Vocabulary, kept: Cache | None = None) -> list[tuple[P, Score]]:
    """Each page that has sentences, with its score."""
    kept = kept or known(vocabulary)
    found = []
    for page in pages:
        before = kept.get(page.text)
        if before is None:
            new = _page_score(page.text, vocabulary)
            before = vars(new) if new else {}
            kept.put(page.text, before)
        if before:
            found.append((page, Score(**before)))
    return found


def _page_score(page: str, vocabulary: Vocabulary) -> Score | None:
    return score(page_sentences(page), vocabulary)


def page_sentences(text: str, *, headings: bool = False) -> Iterator[str]:
    """The sentences of a page in Markdown: those of its paragraphs, list items and table cells.

    Codes and sources are left out, and so are headings where they are not asked for.
    """
    text = _TAG.sub("", _UNREAD.sub("", _FRONT.sub("", text)))
    for block in _BLOCK_END.split(text):
        if not block.lstrip().startswith("#"):
            yield from _block_sentences(block)
        elif headings:
            yield from _block_sentences(block.lstrip("# \n"))


@lru_cache(maxsize=20_000)
def _block_sentences(block: str) -> tuple[str, ...]:
    """The sentences of a paragraph, list item or table cell. Kept, because many stand on several pages."""
    return tuple(sentences(markup.plain_page(_ATTRIBUTES.sub("", _CITED.sub("", block)))))


def _grade(words: int, sentences: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@lru_cache(maxsize=20_000)
def _syllables(word: str) -> int:
    """Syllables by rule: groups of vowels, without a silent e at the end; that of 'causes' is not."""
    if not word.isalpha():
        return max(1, len(re.findall(r"[aeiouy]+", word)))
    stem = re.sub(r"(?:[^laeiouycghsxz]es|(?<![cs])hes|[^laeiouytd]ed|[^laeiouy]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"^y", "", stem))))
