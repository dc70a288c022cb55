"""Sentences, and parts of them, in another language than the guide's."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from careguide.checks.sentences import ReaderText
from careguide.guide import foreign
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source.problems import Problem, quoted

_WORD = re.compile(r"[^\W\d_]+")
_JOINING = dict(re.findall(r"(\w+): (.+)", (FOLDER / "joining.txt").read_text(encoding="utf-8")))
"""The words that join sentences, by language."""
_NOT_ENGLISH = "und nicht aber oder auch wird sind für pero también avec dans sont vous niet voor ook maar"
_NOT_ENGLISH += " ist eine einen zur zum het een och gli também são não está muy une wenn sie ihre"
_FOREIGN = frozenset(_NOT_ENGLISH.split())
"""Of these, words that no sentence in English has."""
_MARK = re.compile("[.!?؟۔।。]")
_ENGLISH = frozenset(_JOINING.pop("English").split())
_SHARED = "a an is in on as do no so was i he we will two"
_ITS_OWN = _ENGLISH - frozenset(_SHARED.split())
"""Words of English that no other language has."""
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_FEWEST_KNOWN = 200
"""With fewer words that stand in two texts, nobody can say what is unknown."""
_FEWEST_UNKNOWN = 4
"""So many words without one that the guide has elsewhere are hardly English."""


def _own_joining(guide: Guide) -> AbstractSet[str]:
    """The words that join sentences of a guide's language, and of no other; none where nobody can say."""
    small = guide.words.text("search.language.small").split()
    own = {*small, *_JOINING.get(guide.site.locale.name, "").split()} - _ENGLISH
    return _ITS_OWN if guide.site.locale.base == "en" else own


def sentences_are_in_one_language(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A sentence must be in the guide's language."""
    mine, own = guide.site.locale, _own_joining(guide)
    english = mine.base == "en"
    if not own:
        return  # nobody can say
    others: dict[str, frozenset[str]] = {} if english else {"English": _ITS_OWN - own}
    for name, joining in _JOINING.items():
        if name != mine.name:
            others[name] = frozenset(joining.split()) - own
    every = frozenset().union(*others.values())
    known: frozenset[str] | None = None if english else frozenset()
    for text in texts:
        # Sentences are cut slowly, and nearly always all that stands before a mark is right.
        for number, sentence in () if _joins(text, own) else enumerate(text.sentences):
            if not sentence.endswith((".", "!", "?", "。")):
                continue
            words = set(_WORD.findall(sentence.lower()))
            if not words.isdisjoint(own) and len(words & _FOREIGN) < 2:
                continue
            words = set(_WORD.findall(sentence.casefold()))
            language = max(others, key=lambda each: len(words & others[each]))
            foreign = len(words & every) > 1 and not words & own
            unknown = len(words) >= _FEWEST_UNKNOWN and not words & _ENGLISH
            if unknown:
                known = _words_said_twice(texts) if known is None else known
                unknown = len(known) >= _FEWEST_KNOWN and not words & known
            mixed = english and len(words & _FOREIGN) > 1
            if foreign or mixed or unknown or (english and not _LATIN.search(sentence)):
                looks = language if foreign or mixed else "another language"
                message = f"a sentence must be in {mine.name}, but this looks {looks}: {quoted(sentence)}"
                tip = "Translate it; the name of a thing goes into 'also_called'."
                sure = looks == language or not unknown
                yield text.problem(message, tip, number, blocks=sure and (english or bool(guide.translation)))


def parts_are_in_one_language(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A part of a sentence, or an item, should be in the guide's language too: a notice."""
    english, own = guide.site.locale.base == "en", _own_joining(guide)
    others, few = (_FOREIGN, (1,)) if english else (_ITS_OWN - own, range(2, 9))  # more is said of it all
    for text in texts if own else ():
        if foreign.without(text.plain) != text.plain:
            continue  # the original's words, which the page marks as such
        for sentence in re.split(r"(?<=[.!?])\s", text.plain):
            parts = re.split(r"[,;:()–]", sentence)
            for part in () if len(parts) == 1 and _MARK.search(sentence) else parts:
                words = set(_WORD.findall(part.lower()))
                if len(words) > 2 and len(words & others) in few and own.isdisjoint(words):
                    message = f"{quoted(part)} should be in {guide.site.locale.name}"
                    yield text.problem_at(part.strip(), message, "Translate what is no name.", blocks=False)


def _joins(text: ReaderText, own: AbstractSet[str]) -> bool:
    """Whether all that ends with a mark has own words of the language, and hardly one of others."""
    foreign_words = 0
    for piece in _MARK.split(text.plain.lower())[:-1]:
        words = set(_WORD.findall(piece))
        foreign_words += len(words & _FOREIGN)
        if foreign_words > 1 or (words and words.isdisjoint(own)):
            return False
    return True


def _words_said_twice(texts: Iterable[ReaderText]) -> frozenset[str]:
    """Every word that stands in two texts or more."""
    once, twice = set[str](), set[str]()
    for text in texts:
        words = set(_WORD.findall(text.plain.casefold()))
        twice |= words & once
        once |= words
    return frozenset(twice)
