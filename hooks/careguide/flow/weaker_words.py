"""Whether words say less than before: a text that shrinks or presses less, a sign that is true of fewer."""

from __future__ import annotations

import re
from collections import Counter

from careguide.guide.guide import Guide
from careguide.guide.readability import Reading
from careguide.source import markup
from careguide.source.problems import one_of

MOST_LOST = 0.2
"""A safety text may lose this part of its words: more is no longer another wording of the same."""


def shrinks(before: str, after: str, reading: Reading) -> bool:
    """Whether a text has lost a fifth of its words, or a sentence or three words without any other."""
    before, after = markup.plain(before), markup.plain(after)
    words, left = len(before.split()), len(after.split())
    sentences, kept = len(reading.sentences(before)), len(reading.sentences(after))
    only_lost = left < words - 2 and not Counter(after.split()) - Counter(before.split())
    return left < (1 - MOST_LOST) * words or (kept < sentences and left < words) or only_lost


def other_numbers(before: str, after: str) -> str:
    """Which numbers a text says instead of those before; empty where it says the same."""
    was, now = Counter(re.findall(r"\d+", before)), Counter(re.findall(r"\d+", after))
    if was == now:
        return ""
    said, says = sorted(was - now), sorted(now - was)
    return f"says {one_of(says or ['no number'])} and said {one_of(said or ['no number'])}"


class Force:
    """The words of a guide's language that carry force, as its interface words list them."""

    def __init__(self, guide: Guide) -> None:
        text = guide.words.text
        self._limits = text("language.limits").split()
        self._widens = text("language.widens").split()
        self._denies = text("language.denies").split()
        self._urgent = text("language.presses").split()
        self._presses = [*self._denies, *self._urgent]
        self._softens = text("language.softens").split()
        self._spans = text("language.spans").split(";")

    def urges(self, sentence: str) -> bool:
        """Whether a sentence says what cannot wait, or whom to call."""
        return "{call:" in sentence or _count(sentence, self._urgent) > 0

    def softer(self, before: str, after: str) -> str:
        """In which way a text presses less than before; empty where it does not, or only says more."""
        if not _counted(before) - _counted(after):
            return ""
        if _count(after, self._presses) < _count(before, self._presses):
            return f"presses less than before: {after!r}"
        longer = -1 < self.span(before) < self.span(after)
        is_softer = longer or _count(after, self._softens) > _count(before, self._softens)
        return f"is softer than before: {after!r}" if is_softer else ""

    def narrower(self, before: str, after: str) -> str:
        """In which way the words of a sign may be true of fewer people; empty where they count the same."""
        was, now = _counted(before), _counted(after)
        if numbers := other_numbers(before, after):
            return numbers
        if -1 < self.span(after) < self.span(before):
            return f"names a shorter time than before: {after!r}"
        for word in sorted({*self._limits} & (now - was).keys()):
            if now.total() > was.total() or word in self._limits[:1]:
                return f"says {word!r} now, so it may be true of fewer: {after!r}"
        for word in sorted({*self._widens} & (was - now).keys()):
            return f"says {word!r} no longer, so it may be true of fewer: {after!r}"
        return ""

    def leaves_out_more(self, before: str, after: str) -> bool:
        """Whether what a hint says that does not count is more than before, or is limited by fewer words."""
        denied = _count(after, self._denies)
        freer = _count(after, self._limits) < _count(before, self._limits)
        return denied > _count(before, self._denies) or (denied > 0 and freer)

    def span(self, text: str) -> int:
        """The longest span of time that a text names, as its place in their list; -1 where it names none."""
        said = _counted(text).keys()
        return max((place for place, names in enumerate(self._spans) if said & {*names.split()}), default=-1)


def _count(text: str, words: list[str]) -> int:
    """How often any of some words stands in a text."""
    counted = _counted(text)
    return sum(counted[word] for word in set(words))


def _counted(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(re.findall(r"\w+", text.casefold()))
