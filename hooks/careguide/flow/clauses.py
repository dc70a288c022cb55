"""What two wordings of a text differ in: its words, clause by clause, and where they stand on a scale.

A word that joins a clause which was there before limits it: "a second seizure", "do not drive far". A clause
of its own is one more sign, or one more order, unless it is a condition, or another way.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, filterfalse, pairwise
from operator import attrgetter

from careguide.guide.guide import Guide

_WORD = re.compile(r"\w+")
_SHORT_NOT = re.compile(r"(?:\b(?:ca|wo))?n[’']t\b|\bcannot\b")
_CALL = re.compile(r"\{call:(\w+)\}")
DENIED = "not"
"""Stands for every word that denies."""
SCALES = ("sooner", "firmer", "fuller", "helpers")
"""Lists of words from the one that tells most to the one that tells least."""
_HEDGES = {"firmer", "fuller"}
"""Those on which only the first step is no hedge."""
CALLED = "__"
"""What stands around whom to call."""


@dataclass(frozen=True)
class _Clause:
    """A piece of a sentence between two marks or joining words."""

    opens: str
    """The word that joins it to the one before; empty after a mark."""
    words: tuple[str, ...]
    """Its words, but for small ones."""
    sentence: int
    """The number of its sentence, or of its half of one."""
    denied: bool
    """Whether it is part of what is denied: do not eat *or drink*."""


@dataclass
class Change:
    """The words that two texts differ in."""

    lost: list[str]
    """Words that only the text before has."""
    gained: list[str]
    """Words that only the text now has."""
    of_conditions: list[str] = field(default_factory=list)
    """Those of them that are part of a condition."""
    stays: set[str] = field(default_factory=set)
    """Words that both have."""
    joined: list[str] = field(default_factory=list)
    """Words that came to a clause of which others stay."""
    narrows: list[str] = field(default_factory=list)
    """Words that came to what is denied, of which others stay."""
    bound: list[str] = field(default_factory=list)
    """Words of a new condition."""
    other_ways: list[str] = field(default_factory=list)
    """Words that offer something else to do."""
    turned: list[str] = field(default_factory=list)
    """Words that were denied and are no longer, or the other way round."""
    missed: list[str] = field(default_factory=list)
    """Words that are gone, but for those that only limited a text, or widen what it denies."""
    adds: bool = False
    """Whether any word came, but for those that tell nothing at all."""
    drops: bool = False
    """Whether any word went, likewise."""
    clause_lost: bool = False
    """Whether words are gone, and there are fewer clauses."""
    ors: int = 0
    """How many 'or' more it has, but for those in what is denied: to eat or drink is no choice there."""
    ands: int = 0
    """How many 'and' more it has, or 'with' where it had 'or'."""
    fewer: bool = False
    """Whether a fifth of the words is gone, and two at least, with none in their place."""


class Clauses:
    """The clauses of a guide's language: what joins them, and which of their words are small."""

    def __init__(self, guide: Guide) -> None:
        self._words = guide.words
        self._sentences = guide.reading.sentences
        self.either, self._denies = self.listed("either"), self.listed("denies")
        self._joins, self._relates = self.listed("joins"), self.listed("relates")
        self.conditions, self.limits = self.listed("conditions"), self.listed("limits")
        self.empty = self.listed("empty")
        self._ranks: dict[str, tuple[str, int]] = {}
        for scale in SCALES:
            for rank, step in enumerate(guide.words.text(f"language.{scale}").split(">")):
                self._ranks |= dict.fromkeys(_listed(step), (scale, rank))
        weigh = {*self._ranks, *self.limits, *self.conditions, *self._denies}
        weigh |= self.listed("presses") | self.listed("warns")
        small = {*map(bare, guide.words.text("search.language.small").split())}
        self._small = (small | self.empty | self.listed("widens")) - weigh
        joins = "|".join(sorted(self._joins | self.either | self._relates | self.conditions)) or "(?!)"
        self._apart = re.compile(rf"([,;:.!?()¿¡—]+|$)(?: *\b({joins})\b)?|\b({joins})\b")
        longest = "|".join(sorted(weigh, key=len, reverse=True)).replace("_", " ")
        self._phrases = re.compile(rf"\b(?:{longest or '(?!)'})\b")

    def listed(self, key: str) -> set[str]:
        """The words of a list as `spelt` has them."""
        return _listed(self._words.text(f"language.{key}"))

    def spelt(self, text: str) -> str:
        """A text in small letters without accents, with each phrase that is listed as one word."""
        return self._phrases.sub(lambda phrase: phrase[0].replace(" ", "_"), small_letters(text))

    def rank(self, word: str) -> tuple[str, int]:
        """The scale of a word, and its step, the first of which tells most; -1 for a word that is on none."""
        return self._ranks.get(word, ("", -1))

    def lowest(self, words: Iterable[str]) -> dict[str, int]:
        """The lowest step of some words on each scale that they stand on."""
        found: dict[str, int] = {}
        for scale, step in map(self.rank, words):
            found[scale] = max(step, found.get(scale, step))
        return found

    def change(self, before: str, after: str) -> Change:
        """What two texts differ in."""
        was, now = self._clauses(before), self._clauses(after)
        said, says = _words_of(was), _words_of(now)
        change = Change(self._missing(said, says), self._missing(says, said))
        change.stays = {*said} & {*says}
        change.turned = self._turned(was, now, 0.5) or self._turned(now, was, 1)
        lost = {*change.lost} - self.limits
        for clause in was:
            wider = clause.denied and not {*clause.words} <= {*change.lost, DENIED}
            for word in () if wider else clause.words:
                scale, step = self.rank(word)
                if word in lost and not (scale in _HEDGES and step > 0):
                    change.missed.append(word)
        change.ors = self.more(self.either, before, after) - (self._denied_ors(now) - self._denied_ors(was))
        with_more = self.more(self._relates, f". {before}", f". {after}")  # instead of 'or', or of 'and'
        change.ands = self.more(self._joins, before, after)
        change.ands += with_more if min(change.ors, with_more) < 0 else 0
        all_said, all_says = (set(_WORD.findall(self.spelt(text))) - self.empty for text in (before, after))
        change.adds, change.drops = bool(all_says - all_said), bool(all_said - all_says)
        alone = [sum(each.opens not in self._relates for each in clauses) for clauses in (was, now)]
        change.clause_lost = bool(change.missed) and (alone[1] < alone[0] or change.ors < 0)
        change.fewer = bool(change.missed) and len(says) < min(0.8 * len(said), len(said) - 1)
        self._sort(change, was, now, binds=self.more(self.conditions, f". {before}", f". {after}") > 0)
        return change

    def _sort(self, change: Change, was: list[_Clause], now: list[_Clause], *, binds: bool) -> None:
        """Say of the new words what they do to their clauses; `binds` where there are more conditions."""
        is_new = {*change.gained}.__contains__
        limits, conditional, leading = self.limits | self._relates, False, False
        kept = {clause.sentence for clause in now if not all(map(is_new, clause.words))}
        first = {clause.sentence: clause for clause in reversed(now)}
        for clause, following in pairwise([*now, _Clause("", (), 0, denied=False)]):
            new = list(filter(is_new, clause.words))
            if clause.opens in self.conditions or clause is first[clause.sentence]:
                conditional, leading = clause.opens in self.conditions, clause is first[clause.sentence]
            elif not {clause.opens} & (self.either | self._relates):
                # if a and b, call; call if a, b or c
                conditional = conditional and bool(clause.opens) == leading
            change.of_conditions += new if conditional else []
            listed = following.opens in self.either and following.sentence == clause.sentence
            apart = new == [*clause.words] and (clause.opens in self.either or (listed and not clause.opens))
            heads = {*clause.words[:1], *following.words[:1]} - {DENIED}
            stood_together = len(heads) > 1 and any(heads <= {*each.words} for each in was)
            together = new[-1:] == [*clause.words[-1:]] and stood_together
            if binds and clause.opens in self.conditions and (new or not change.drops):
                change.bound += new or clause.words
            elif together or apart or (change.ors > 0 and clause.opens in self.either):
                # weak or dizzy → faint, weak or dizzy
                change.other_ways += [] if clause.denied or conditional else new
            elif len(new) < len(clause.words) or (clause.sentence in kept and limits & {clause.opens, *new}):
                (change.narrows if clause.denied and not conditional else change.joined).extend(new)

    def more(self, words: set[str], before: str, after: str) -> int:
        """How many more of some words stand in a text, but at its start."""
        was, now = (re.findall(r"\W(\w+)", self.spelt(text)) for text in (before, after))
        return sum(map(now.count, words)) - sum(map(was.count, words))

    def _denied_ors(self, clauses: list[_Clause]) -> int:
        denied = filter(attrgetter("denied"), clauses)
        return sum(map(self.either.__contains__, map(attrgetter("opens"), denied)))

    def _turned(self, was: list[_Clause], now: list[_Clause], part: float) -> list[str]:
        """The words of a clause that was denied, this part of which at least are said without it now."""
        denied = _words_of(filter(attrgetter("denied"), now))
        said = {*_words_of(now)} - {*denied}
        for clause in filter(attrgetter("denied"), was):
            words = [word for word in clause.words if word != DENIED and self.rank(word) != ("firmer", 0)]
            left = list(filterfalse(self._missing(words, said).__contains__, words))
            if left and len(left) >= part * len(words):
                return left
        return []

    def _clauses(self, text: str) -> list[_Clause]:
        """The clauses of a text."""
        found: list[_Clause] = []
        number = 0
        for sentence in self._sentences(text):
            start, opens, spelt = 0, "", self.spelt(sentence)
            number += 1
            for mark in self._apart.finditer(spelt):
                words: list[str] = []
                for word in _WORD.findall(spelt[start : mark.start()]):
                    if word not in self._small:
                        words.append(DENIED if word in self._denies else word)
                if words:
                    alone = not found or found[-1].sentence != number
                    opens = "" if alone and opens not in self.conditions else opens
                    denied = DENIED in words or opens in self._denies  # neither eat nor drink
                    found.append(_Clause(opens, tuple(words), number, denied))
                number += bool({";", ":"} & {*(mark[1] or "")})
                start, before, opens = mark.end(), opens, mark[2] or mark[3] or ""
                if not words and before in self.conditions:
                    opens = before  # provided that
        self._spread_denial(found)
        return found

    def _spread_denial(self, found: list[_Clause]) -> None:
        """What is denied goes on in 'or' (not eat or drink), and starts before a 'nothing' at the end."""
        for place, (before, clause) in enumerate(pairwise(found)):
            following = found[place + 2].opens if place + 2 < len(found) else ""
            if before.sentence == clause.sentence:
                if found[place].denied and (clause.opens or following) in self.either | self._relates:
                    found[place + 1] = replace(clause, denied=True)
                elif clause.words[-1] == DENIED and clause.opens in self._joins | self.either:
                    found[place] = replace(before, denied=True)

    def _missing(self, words: Iterable[str], others: Iterable[str]) -> list[str]:
        """The words for which there is no other like them."""
        left, missing = [*others], list[str]()
        for word in words:
            like = next(filter(partial(self._alike, word), left), "")
            missing += [] if like else [word]
            if self.rank(like)[0] in _HEDGES:
                left.remove(like)  # 'can' stands for one 'may', and not for two
        return missing

    def _alike(self, word: str, other: str) -> bool:
        """Whether two words are forms of one (weak, weakness), hold each other, or weigh the same."""
        if word in self._ranks or other in self._ranks:
            return word == other or self.rank(word) == self.rank(other)
        short, long = sorted((word, other), key=len)
        same = max(4, len(short) - 1)
        if len(short) < 4:
            return long in (short, f"{short}s")
        return long.startswith(short[:same]) or (long.endswith(short) and len(long) > len(short) + 3)


def _listed(text: str) -> set[str]:
    """The words of a list, which has semicolons between where some of them are phrases."""
    listed = map(str.strip, text.split(";") if ";" in text else text.split())
    return {small_letters(each).strip().replace(" ", "_") for each in listed if each}


def _words_of(clauses: Iterable[_Clause]) -> list[str]:
    return list(chain.from_iterable(map(attrgetter("words"), clauses)))


def small_letters(text: str) -> str:
    """A text in small letters without accents, with 'not' as a word of its own, and whom to call as one.

    So "Don't" is "do not".
    """
    spelt = _CALL.sub(rf"{CALLED}\1{CALLED}", _SHORT_NOT.sub(" not", text.casefold()))
    return bare(spelt.replace("-", " "))


def same(before: str, after: str) -> bool:
    """Whether two texts differ in their signs and capitals alone, if at all."""
    was, now = (re.sub("[.;:!?]+", ".", small_letters(text)) for text in (before, after))
    words = re.compile(r"\w+|[.](?=.*\w)", re.DOTALL)
    return words.findall(was) == words.findall(now)


def bare(word: str) -> str:
    """A word without accents, as small words are listed."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", word))
