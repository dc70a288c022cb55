"""Whether words say less than before: a text that shrinks or presses less, a sign that is true of fewer."""

import re
from collections import Counter

from careguide.flow.clauses import Clauses, small_letters
from careguide.guide.guide import Guide
from careguide.guide.readability import Reading
from careguide.source import markup
from careguide.source.problems import one_of

MOST_LOST = 0.2
"""A safety text may lose this part of its words: more is no longer another wording of the same."""
_DAYS = 1
"""The place of days among the spans of time: what is to be done within a day is not put off."""


def shrinks(before: str, after: str, reading: Reading) -> bool:
    """Whether a text has lost a fifth of its words, or a sentence or three words without any other."""
    before, after = markup.plain(before), markup.plain(after)
    words, left = len(before.split()), len(after.split())
    sentences, kept = len(reading.sentences(before)), len(reading.sentences(after))
    fifth = left < (1 - MOST_LOST) * words and (left < words - 1 or not left)
    only_lost = left < words - 2 and not Counter(after.split()) - Counter(before.split())
    return fifth or (kept < sentences and left < words) or only_lost


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
        words = guide.words
        self.reading = guide.reading
        self._joins = words.text("language.joins").split()
        self._limits = words.text("language.limits").split()
        self._widens = [*words.text("language.widens").split(), *words.text("language.either").split()]
        self._denies = words.text("language.denies").split()
        self._spans = words.text("language.spans").split(";")
        self._urgent = words.phrases("language.presses")
        self._warns = words.phrases("language.warns")
        self._softens = words.phrases("language.softens")
        conditions = words.phrases("language.conditions").pattern
        self._any_case = re.compile(rf"\b(?:{'|'.join(self._widens)}) {conditions}", re.IGNORECASE)
        self._clauses = Clauses(guide)

    def urges(self, sentence: str) -> bool:
        """Whether a sentence says what cannot wait, or whom to call."""
        return "{call:" in sentence or bool(self._urgent.search(sentence))

    def forbids(self, sentence: str) -> bool:
        """Whether a sentence starts with what not to do."""
        return not {*self._denies}.isdisjoint(sentence.casefold().split()[:2])

    def less(self, before: str, after: str, *, every: bool = True) -> tuple[str, bool]:
        """In which way a safety text says less than before, and whether that is sure; empty if it does not.

        Where words stand in the place of others, only people can tell.
        """
        before, after = self.changed(before, after)
        if shrinks(before, after, self.reading):
            return f"says less: {before!r}, now {after!r}", True
        says = self.softer(before, after, every=every) or (every and other_numbers(before, after))
        return (says or "", True) if says or not every else (self.otherwise(before, after), False)

    def softer(self, before: str, after: str, *, every: bool = True) -> str:
        """In which way a text presses less than before; empty where it does not, or only says more.

        Sentences that stay are left out, so that a new one softens none that was there. Where not `every`
        sentence is about safety, a word more or less counts in those that urge or forbid.
        """
        before, after = self.changed(before, after)
        if not before:
            return ""
        denied = _count(after, self._denies) - _count(before, self._denies)
        pressed = _more(self._urgent, before, after)
        if denied + pressed < 0 or _more(self._warns, before, after) < 0:
            return f"presses less than before: {after!r}"
        longer = self.span(after) > max(self.span(before), _DAYS)
        weighs = every or self.urges(before) or any(map(self.forbids, self.reading.sentences(before)))
        if longer or _more(self._softens, before, after) > 0 or (weighs and self._says_less(before, after)):
            return f"is softer than before: {after!r}"
        return ""

    def _says_less(self, before: str, after: str) -> bool:
        """Whether an order is bound to something, leaves another way, or has lost words without any other."""
        change = self._clauses.change(self._any_case.sub("", before), self._any_case.sub("", after))
        return bool(change.limits or change.other_ways or (change.lost and not change.added))

    def changed(self, before: str, after: str) -> tuple[str, str]:
        """The sentences of each of two texts that the other has not."""
        was = Counter(self.reading.sentences(before))
        now = Counter(self.reading.sentences(after))
        return " ".join((was - now).elements()), " ".join((now - was).elements())

    def narrower(self, before: str, after: str) -> str:
        """In which way the words of a sign may be true of fewer people; empty where they count the same."""
        was, now = _counted(before), _counted(after)
        if numbers := other_numbers(before, after):
            return numbers
        if -1 < self.span(after) < self.span(before):
            return f"names a shorter time than before: {after!r}"
        if _count(after, self._joins) > _count(before, self._joins):
            return f"joins what counts to more now, so it may be true of fewer: {after!r}"
        for word in sorted({*self._widens} & (was - now).keys()):
            return f"says {word!r} no longer, so it may be true of fewer: {after!r}"
        change = self._clauses.change(before, after)
        if change.limits:
            return f"says {change.limits[0]!r} now, so it may be true of fewer: {after!r}"
        return f"says less than before: {after!r}" if change.clause_lost and not change.added else ""

    def otherwise(self, before: str, after: str) -> str:
        """Which words of a text stand in the place of which; empty where it says neither less nor more."""
        change = self._clauses.change(*self.changed(before, after))
        if change.lost and change.added:
            return f"says {change.added[0]!r} now in the place of {change.lost[0]!r}: {after!r}"
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


def _more(phrases: re.Pattern[str], before: str, after: str) -> int:
    """How many more of some phrases stand in a text than in the one before."""
    return len(phrases.findall(after)) - len(phrases.findall(before))


def _counted(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(re.findall(r"\w+", small_letters(text)))
