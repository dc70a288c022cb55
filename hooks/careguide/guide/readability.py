"""How hard a text is to read: its sentences, its words, and what the formula of its language says of them.

Syllables are counted by rule, with the words the rule gets wrong pinned in `data/reading.yml`. Names of
illnesses and medicines that a page must use are listed there too: each counts as one word of two syllables.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from careguide.guide import formulas
from careguide.guide.formulas import Formula, Measured
from careguide.guide.page import Page
from careguide.model.fields import Lower, Part, Plain, Url
from careguide.source import markup
from careguide.source.cache import Cache
from careguide.source.digests import code_digest

_SENTENCE_END = re.compile(
    r"(?P<mark>[.!?؟۔।])[\"”’“»«)\]]*\s+(?=(?P<opening>[\"“‘”„‚«»(\[¿¡]*)(?P<first>\w))"
)
"""What may end a sentence, with what stands before the next word: not in 'e.g. a' or '2.5'."""
_MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0fbc"
"""Marks on letters, as they are written apart from them: accents, and vowels of Hebrew, Arabic and Hindi."""
_WORD = re.compile(rf"[^\W_][\w'’{_MARKS}]*(?:[.,]\d+)*")
_LONGEST_SHORT = 24
"""The most letters of a shortened word, with its full stops."""
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


@dataclass(frozen=True)
class Reading:
    """How the texts of a guide are read: cut into sentences, counted, and graded, as its language has it."""

    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    language: str = "en"
    """The language alone: 'en'."""
    abbreviations: str = ""
    """Shortened words that end no sentence, with their full stops: 'Dr. z.B.'. '0.' is a number like the 3
    of '3. März'."""

    @property
    def formula(self) -> Formula | None:
        """The formula of the language; None where the package knows none."""
        return formulas.FORMULAS.get(self.language)

    def sentences(self, text: str) -> list[str]:
        """The sentences of one block of text."""
        return _sentences(text, self.abbreviations)

    def page_sentences(self, text: str, *, headings: bool = False) -> Iterator[str]:
        """The sentences of a page without codes and sources, and of its headings where they are asked for."""
        text = _TAG.sub("", _UNREAD.sub("", _FRONT.sub("", text)))
        for block in _BLOCK_END.split(text):
            if not block.lstrip().startswith("#"):
                yield from _block_sentences(block, self.abbreviations)
            elif headings:
                yield from _block_sentences(block.lstrip("# \n"), self.abbreviations)

    @cached_property
    def measured(self) -> Callable[[str], Measured]:
        """What the formula must know about a sentence. Found once: many stand on several pages."""
        return cache(self._measured)

    def _measured(self, sentence: str) -> Measured:
        words = _WORD.findall(self.vocabulary.without_names(sentence))
        counts = list(map(self.count, words))
        many, single = sum(count >= 3 for count in counts), counts.count(1)
        return Measured(len(words), sum(counts), many, sum(len(word) > 6 for word in words), single)

    @cached_property
    def count(self) -> Callable[[str], int]:
        """Syllables in one word; 0 without a formula. Kept, because most words stand in many sentences."""
        return cache(self._count)

    def _count(self, word: str) -> int:
        word = word.lower().replace("’", "'").removesuffix("'s")
        pinned = self.vocabulary.syllables.get(word) or (2 if word == _NAME.lower() else 0)
        return pinned or (self.formula.syllables(word) if self.formula else 0)

    def hardest(self, sentence: str) -> list[str]:
        """The words with most syllables of a sentence: at most three, each of three or more, none a name."""
        words = dict.fromkeys(_WORD.findall(self.vocabulary.without_names(sentence)))
        return sorted((word for word in words if self.count(word) >= 3), key=self.count, reverse=True)[:3]

    def grade(self, sentence: str) -> float | None:
        """What the formula says of one sentence; None without a formula."""
        return self.formula.value(self.measured(sentence), 1) if self.formula else None

    def is_hard(self, sentence: str) -> bool:
        """Whether the formula says that a sentence could be plainer. Without one nobody can say."""
        return self.formula is not None and self.formula.harder(self.grade(sentence), self.formula.hard)

    def score(self, texts: Iterable[str]) -> "Score | None":
        """The score of several sentences; None where there are none."""
        said = [*texts]
        counted = [*map(self.measured, said)]
        total, count = Measured(*map(sum, zip((0,) * 5, *counted, strict=True))), len(said)
        if not total.words:
            return None
        short = sum(each.words <= 15 for each in counted)
        hardest = max(said, key=lambda sentence: self._hardness(self.measured(sentence)))
        grade = self.formula.value(total, count) if self.formula else None
        smog = formulas.smog(total, count) if self.language == "en" else None
        return Score(total.words, count, grade, smog, short / count, hardest)

    def _hardness(self, found: Measured) -> float:
        """How hard a sentence is beside others: as the formula says, or as it is long."""
        if not self.formula:
            return found.words
        if found.words <= 4:
            return -math.inf  # of few words, one long one would make any sentence the hardest
        figure = self.formula.value(found, 1)
        return figure if self.formula.harder_is_more else -figure


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
    grade: float | None
    """What the formula of the language says; None where there is none."""
    smog: float | None
    short: float
    """Share of sentences of at most 15 words, from 0 to 1."""
    hardest: str


def _sentences(text: str, abbreviations: str) -> list[str]:
    return [each for each in _cut(" ".join(text.split()), abbreviations) if _WORD.search(each)]


def _cut(text: str, abbreviations: str) -> Iterator[str]:
    """The pieces of a text between ends of sentences.

    A full stop ends one where no small letter follows: a capital, a number, or a letter of a script that
    knows no capitals. What a Spanish ¿ or ¡ opens is a sentence however it begins.
    """
    start, shortened = 0, _shortened(abbreviations)
    for match in _SENTENCE_END.finditer(text):
        opens = not {"¿", "¡"}.isdisjoint(match["opening"])
        end = match.end("mark")
        ends = opens or not match["first"].islower()
        if ends and not shortened.search(text, max(0, end - _LONGEST_SHORT), end):
            yield text[start:end]
            start = match.end()
    yield text[start:]


@lru_cache(maxsize=16)
def _shortened(abbreviations: str) -> re.Pattern[str]:
    """What finds a shortened word, or its beginning, at the end of a text: 'z.' and 'z. B.' of 'z.B.'."""
    found: list[str] = []
    for word in abbreviations.split():
        parts = [r"\d{1,2}" if part == "0" else re.escape(part) for part in word.rstrip(".").split(".")]
        found += [r"\.\s?".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})\.$" if found else r"(?!)")


def length(sentence: str) -> int:
    """Words in a sentence."""
    return len(_WORD.findall(sentence))


def known(reading: Reading, cache: Path | None = None, module: str = __name__) -> Cache:
    """What a module has found out about pages that are as they were. Each language has its file."""
    depends = (reading.vocabulary, reading.abbreviations, code_digest(module))
    name = "scores.json" if reading.language == "en" else f"scores-{reading.language}.json"
    return Cache(cache and cache / name, *depends)


def scores(pages: Iterable[Page], reading: Reading, kept: Cache | None = None) -> list[tuple[Page, Score]]:
    """Each page that has sentences, with its score."""
    kept = kept or known(reading)
    found = []
    for page in pages:
        if score := kept.made(page.text, partial(_page_score, page.text, reading)):
            found.append((page, Score(**score)))
    return found


def _page_score(page: str, reading: Reading) -> dict[str, Any]:
    score = reading.score(reading.page_sentences(page))
    return vars(score) if score else {}


@lru_cache(maxsize=20_000)
def _block_sentences(block: str, abbreviations: str) -> tuple[str, ...]:
    """The sentences of a paragraph, list item or table cell. Kept, because many stand on several pages."""
    return tuple(_sentences(markup.plain(_ATTRIBUTES.sub("", _CITED.sub("", block))), abbreviations))
