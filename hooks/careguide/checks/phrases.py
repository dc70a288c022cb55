"""What no sentence may say: what is left to write, promises, orders, amounts without their unit.

Each language has its lists among its interface words. They are narrow: what is right must never be refused,
so what cannot be told for sure is a notice.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from careguide.checks.number_words import number_words
from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source.problems import Problem, quoted


@dataclass(frozen=True)
class Wording:
    """What a sentence must not say."""

    rule: str
    pattern: re.Pattern[str]
    """What it must not say, in small letters."""
    must: str
    tip: str
    unless: re.Pattern[str] | None = None
    """Where this stands in the sentence too, it says something else."""
    is_near: bool = False
    """Whether that must stand before the next comma or the like: what is denied later is something else."""
    blocks: bool = True
    small: frozenset[str] = frozenset()
    """What it may say in small letters, because another language has such a word."""

    def is_excused(self, sentence: str, found: re.Match[str]) -> bool:
        """Whether it is another word, or the rest of a sentence says that it is meant in another way."""
        if sentence[found.start() : found.end()] in self.small:
            return True
        after = sentence[found.end() :]
        if self.is_near:
            after = re.split(r"[,;:]| (?:but|and) ", after)[0]
        rest = f"{sentence[: found.start()]} {after}".lower()
        return bool(self.unless and self.unless.search(rest))


_UNWRITTEN = "|".join((FOLDER / "unwritten.txt").read_text(encoding="utf-8").splitlines())
"""Marks of what is left to write, in every language. One with a letter first is found far quicker."""
_OF_OTHERS = frozenset({"todo", "Todo", "TBC", "tbc"})
"""Words of other languages, such as 'all' in Spanish, and their name of an illness."""
_END = r"$|[.;:!?)](?!\d)|,(?!\s*(?:or |and |o |y |oder |und )?\d)"
"""What ends an amount that says no unit."""


def wordings(guide: Guide) -> list[Wording]:
    """What no sentence of a guide may say, as the words of its language tell it."""
    small = frozenset({"todo"}) if guide.site.locale.base == "en" else _OF_OTHERS
    find = guide.words.phrases

    def listed(key: str) -> str:
        return find(f"language.{key}").pattern

    names = "|".join(sorted(map(re.escape, map(str.lower, selection.all_medicines(guide))))) or "(?!)"
    medicine = rf"(?:{listed('medicines')}|(?<!\w)(?:{names})(?!\w))"
    told = rf"(?:^|[.!?,;:] |{listed('tells')} )"
    between = rf"(?:(?!{listed('asks')})[^\W\d_]+ ){{0,3}}?"  # not 'skip the missed dose'
    order = rf"{told}{listed('changes')} {between}{medicine}|{told}{listed('orders')}"
    count = rf"(?:one\b|{number_words(guide.words).count})"
    amount = rf"{listed('counts')} (?:{listed('about')} )?{count}(?: ?(?:to|–|-|a|bis) ?{count})?"
    units = "|".join(guide.words.text("language.counted").split())
    unfinished = rf"{_UNWRITTEN}|xx (?:{units})\b|{listed('unfinished')}|^{listed('unfinished_alone')}[.!]?$"
    denied = re.compile(rf"\b(?:{'|'.join(guide.words.text('language.denies').split())})\b|n[’']t\b")
    ended = rf"{amount}(?=\s*(?:{_END}|{listed('paced')}(?!\s*{count})))"
    return [
        Wording("texts_are_finished", re.compile(unfinished), *_FINISHED, small=small),
        Wording("texts_promise_nothing", find("language.promises"), *_PROMISED, denied, is_near=True),
        Wording("cures_are_proven", find("language.claims"), *_PROVEN, denied, is_near=True, blocks=False),
        Wording("medicines_are_not_changed_alone", re.compile(order), *_ASKED, find("language.asks")),
        Wording("words_do_not_claim", find("language.diagnoses"), *_EDUCATION),
        Wording("doctors_are_followed", find("language.keeps_away"), *_FOLLOWED, find("language.instead")),
        Wording("amounts_have_units", re.compile(ended), *_WITH_UNIT),
    ]


_FINISHED = (
    "a text must be finished",
    "Write what is meant, or delete it; until it is ready, put 'draft: true' at the top.",
)
_PROMISED = (
    "a text must not promise what nobody can",
    "Say how often it helps, and what it can do: 'It helps most people.'",
)
_PROVEN = ("a strong claim must be proven", "If no source shows it, say 'helps', 'eases' or 'most'.")
_ASKED = (
    "a text must not tell readers to change a medicine by themselves",
    "Say whom to ask first: 'Ask a doctor or pharmacist before you stop a medicine.'",
)
_EDUCATION = (
    "a text must speak of no diagnosis, because this is education",
    "Say 'find the cause', 'tell what it is' or 'check your signs'.",
)
_FOLLOWED = (
    "a text must not keep readers from a doctor, a nurse or help",
    "Say whom to ask, and where to go instead.",
)
_WITH_UNIT = ("an amount must have its unit", "Add what is counted: seconds, minutes, times, tablets.")


def sentences_say_nothing_wrong(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """No sentence says what it must not say."""
    rules = wordings(guide)
    for text in texts:
        whole = text.plain.lower()
        for wording in rules:
            if not wording.pattern.search(whole):  # most texts need no closer look
                continue
            for number, sentence in enumerate(text.sentences or (text.plain,)):
                lower = sentence.lower().replace("{call:", "      ").replace("}", " ")  # as long as before
                found = wording.pattern.search(lower)
                if found and not wording.is_excused(sentence, found):
                    line = text.lines[number] if text.sentences else text.line
                    words = sentence[found.start() : found.end()] or sentence
                    message = f"{wording.must}, but this says {quoted(words)}"
                    yield Problem(text.path, line, message, wording.tip, wording.blocks, wording.rule)
