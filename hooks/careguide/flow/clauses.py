"""What two wordings of a text differ in, clause by clause.

A word that joins a clause which was there before limits it: "a second seizure", "do not drive far". A clause
of its own is one more sign, or one more order, unless it is a condition, or another way.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, filterfalse
from operator import attrgetter

from careguide.guide.guide import Guide

_WORD = re.compile(r"\w+")
_SHORT_NOT = re.compile(r"(?:\b(?:ca|wo))?n[’']t\b")
_CALL = re.compile(r"\{call:(\w+)\}")
_DENIED = "not"
"""Stands for every word that denies."""


@dataclass(frozen=True)
class _Clause:
    """A piece of a sentence between two marks or joining words."""

    opens: str
    """The word that joins it to the one before; empty after a mark."""
    words: tuple[str, ...]
    """Its words, but for small ones."""
    sentence: int
    """The number of its sentence."""


@dataclass
class Change:
    """The words that two texts differ in."""

    lost: list[str]
    """Words that only the text before has."""
    added: list[str]
    """Words that only the text now has."""
    limits: list[str] = field(default_factory=list)
    """Words that were added to a clause, or make a condition of a new one."""
    other_ways: list[str] = field(default_factory=list)
    """Words that offer something else to do."""
    clause_lost: bool = False
    """Whether words are gone, and there are fewer clauses."""


class Clauses:
    """The clauses of a guide's language: what joins them, and which of their words are small."""

    def __init__(self, guide: Guide) -> None:
        self._words = guide.words
        self._sentences = guide.reading.sentences
        self._either, self._denies = self._listed("either"), self._listed("denies")
        self._limits = self._listed("limits") | self._listed("conditions")
        self._softens, self._presses = self._listed("softens"), self._listed("presses")
        weigh = self._limits | self._denies | self._softens | self._presses
        small = {*map(bare, guide.words.text("search.language.small").split())}
        self._small = (small | self._listed("widens")) - weigh
        self._relates = self._listed("relates")
        joins = "|".join(sorted(self._listed("joins") | self._either | self._relates)) or "(?!)"
        self._apart = re.compile(rf"[,;:.!?()¿¡]+(?: ({joins})\b)?|\b({joins})\b")

    def _listed(self, key: str) -> set[str]:
        """The words of a list, without accents."""
        listed = self._words.text(f"language.{key}")
        return {*map(bare, map(str.strip, listed.split(";") if ";" in listed else listed.split()))}

    def change(self, before: str, after: str) -> Change:
        """What two texts differ in."""
        was, now = self._clauses(before), self._clauses(after)
        said = list(chain(*map(attrgetter("words"), was)))
        says = list(chain(*map(attrgetter("words"), now)))
        gone, come = _missing(said, says), _missing(says, said)
        change = Change(list(filterfalse((self._limits | self._softens).__contains__, gone)), come)
        kept = {clause.sentence for clause in now if not {*clause.words} <= {*change.added}}
        denied = {clause.sentence for clause in now if _DENIED in clause.words}
        for clause, following in zip(now, (*now[1:], _Clause("", (), 0)), strict=False):
            new = list(filter(come.__contains__, clause.words))
            if new and new[-1] == clause.words[-1] and _stood_together(clause, following, was):
                change.other_ways += new  # weak or dizzy → faint, weak or dizzy
            elif len(new) < len(clause.words):
                change.limits += filter(self._limits.__contains__, new) if gone else new
            elif clause.sentence in kept and (self._limits | self._relates) & {clause.opens, *new}:
                change.limits += new
            elif clause.opens in self._either and clause.sentence not in denied:
                change.other_ways += new
        change.clause_lost = bool(change.lost) and len(now) < len(was)
        return change

    def _clauses(self, text: str) -> list[_Clause]:
        made: list[_Clause] = []
        for number, sentence in enumerate(self._sentences(text)):
            start, opens = 0, ""
            spelt = small_letters(sentence)
            for mark in (*self._apart.finditer(spelt), None):
                said = list(map(bare, _WORD.findall(spelt[start : mark.start() if mark else None])))
                # What presses limits what is denied: not always, do not drive now.
                small = self._small | (set() if self._denies & {*said} else self._presses)
                words = [_DENIED if word in self._denies else word for word in said if word not in small]
                if words:
                    made.append(_Clause(opens, tuple(words), number))
                if mark:
                    start, opens = mark.end(), mark[1] or mark[2] or ""
        return made


def small_letters(text: str) -> str:
    """A text in small letters, with 'not' as a word of its own, and whom to call as one: don't → do not."""
    return _CALL.sub(r"__\1__", _SHORT_NOT.sub(" not", text.casefold()))


def _stood_together(clause: _Clause, following: _Clause, clauses: list[_Clause]) -> bool:
    """Whether the first words of two clauses stood in one."""
    first = {*clause.words[:1], *following.words[:1]}
    return len(first) > 1 and any(first <= {*each.words} for each in clauses)


def bare(word: str) -> str:
    """A word without accents, as small words are listed."""
    return re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", word))


def _missing(words: list[str], others: list[str]) -> list[str]:
    """The words for which there is no other like them."""
    return [word for word in words if not any(map(partial(_alike, word), others))]


def _alike(word: str, other: str) -> bool:
    """Whether two words are forms of one, or one holds the other: 'weak' and 'weakness'."""
    short, long = sorted((word, other), key=len)
    same = max(4, len(short) - 1)
    if len(short) < 4:
        return long in (short, f"{short}s")
    return long.startswith(short[:same]) or long.endswith(short)
