"""Whether words say less than before: a text that shrinks or presses less, a sign that is true of fewer.

A change of words is one of three things: harmless (its signs and capitals alone), surely less, or another
wording, of which only people can tell.
"""

import re
from collections import Counter
from collections.abc import Callable
from operator import itemgetter

from careguide.flow.clauses import CALLED, DENIED, Change, Clauses, bare, same
from careguide.guide.guide import Guide
from careguide.source import markup
from careguide.source.problems import one_of

_NEEDED = {"sooner": 3, "helpers": 1}
"""The steps of today and of a doctor: words up to there do not go without any word of the scale instead."""
_ENOUGH = {"sooner": _NEEDED["sooner"], "helpers": 9}
"""The step up to which a word on a scale may be added where none stood: to tell a friend too is no harm."""
Less = tuple[str, bool]
"""In which way a text says less than before, empty where nobody need look, and whether that is sure."""
Judge = Callable[[str, str], Less]


class Force:
    """The words of a guide's language that carry force, as its interface words list them."""

    def __init__(self, guide: Guide) -> None:
        words = guide.words
        self.reading = guide.reading
        self._clauses = Clauses(guide)
        listed = self._clauses.listed
        self._denies, self._widens = listed("denies"), listed("widens")
        self._excepts, self._warns = listed("leaves_out"), listed("warns")
        self._at_most, self._at_least = listed("at_most"), listed("at_least")
        self._numbers: dict[str, str] = {}
        for pair in filter(None, words.text("language.numbers").split(";")):
            word, _, number = bare(pair.strip()).partition(": ")
            self._numbers[word] = number
        self._urgent = words.phrases("language.presses")
        conditions = words.phrases("language.conditions").pattern
        widens = "|".join(map(re.escape, sorted(self._widens | self._clauses.either)))
        self._any_case = re.compile(rf"\b(?:{widens}) {conditions}", re.IGNORECASE)

    def urges(self, sentence: str) -> bool:
        """Whether a sentence says what cannot wait, or whom to call."""
        return "{call:" in sentence or bool(self._urgent.search(sentence))

    def warns(self, sentence: str) -> bool:
        """Whether a sentence says what is dangerous, what to do about it, or what not to do."""
        return self._more(self._denies | self._warns, "", sentence) > 0

    def cautions(self, sentence: str) -> bool:
        """Whether a sentence, or a heading, says what cannot wait, or warns."""
        return self.urges(sentence) or self.warns(sentence)

    def changed(self, before: str, after: str) -> tuple[str, str]:
        """The sentences of each of two texts that the other has not."""
        was = Counter(self.reading.sentences(markup.plain(before)))
        now = Counter(self.reading.sentences(markup.plain(after)))
        return " ".join((was - now).elements()), " ".join((now - was).elements())

    def less(self, before: str, after: str) -> Less:
        """In which way a text on what to do says less."""
        before, after = self.changed(before, after)
        numbers = self._other_numbers(before, after) if before else ""
        return self._told(before, after, self.softer(before, after) or numbers)

    def less_if_safety(self, before: str, after: str) -> Less:
        """In which way sentences that urge or forbid say less; their numbers are another record's."""
        before, after = self.changed(before, after)
        return self._told(before, after, self.softer(before, after) if self.cautions(before) else "")

    def fewer(self, before: str, after: str) -> Less:
        """In which way a sign may be true of fewer."""
        return self._told(before, after, self.narrower(before, after))

    def _told(self, before: str, after: str, less: str) -> Less:
        if less or same(before, after):
            return (f"{less}: {before!r}, now {after!r}" if less else ""), bool(less)
        return f"has other words: {before!r}, now {after!r}" if before else f"says more: {after!r}", False

    def softer(self, before: str, after: str) -> str:
        """In which way a text surely presses less than before; empty where it does not, or only says more.

        Sentences that stay are left out, so that a new one softens none that was there.
        """
        before, after = self.changed(before, after)
        without_added = self._without_added(before, after)
        change = self._clauses.change(self._any_case.sub("", before), self._any_case.sub("", without_added))
        if not before or same(before, after):
            return ""
        new = [*change.turned, *change.bound, *self._limiting(change), *self._weaker(change)]
        if new:
            return f"says {new[0]!r} now, so it presses less"
        if self._excepts_more(before, after):
            return "counts in fewer cases now"
        if not change.lost and not change.gained and change.ors > 0 > change.ands:
            return "leaves a choice"
        gone = self._is_gone(change) or change.fewer or (change.missed and not change.adds)
        return "says less than before" if gone else ""

    def _without_added(self, before: str, after: str) -> str:
        """A text without the sentences of mostly new words that it has more than before."""
        said, left = {*re.findall(r"\w+", self._clauses.spelt(before))}, self.reading.sentences(after)
        for sentence in self.reading.sentences(after):
            words = re.findall(r"\w+", self._clauses.spelt(sentence))
            more = len(left) > len(self.reading.sentences(before))
            if more and 2 * sum(map(said.__contains__, words)) < len(words):
                left.remove(sentence)
        return " ".join(left)

    def _limiting(self, change: Change) -> list[str]:
        """The words that offer another way, which is not stronger than what stays, or that limit a denial."""
        stays, found = self._clauses.lowest(change.stays), list[str]()
        for word in change.other_ways:
            scale, step = self._clauses.rank(word)
            found += [] if 0 <= step <= stays.get(scale, -1) else [word]
        for word in change.narrows:
            scale, step = self._clauses.rank(word)
            weighs = not change.drops or word in self._clauses.limits or step >= 0
            found += [word] if weighs and (scale, step) != ("firmer", 0) else []
        return found

    def _weaker(self, change: Change) -> list[str]:
        """The words that stand lower on a scale than all that they came in the place of."""
        was, rank = _ENOUGH | self._clauses.lowest(change.lost), self._clauses.rank
        if "sooner" in self._clauses.lowest(change.stays):
            was["sooner"] = 9  # now, and again tomorrow
        lower = [word for word in change.gained if rank(word)[1] > was.get(rank(word)[0], 0)]
        return [word for word in lower if rank(word)[0] != "firmer" or word not in change.of_conditions]

    def _is_gone(self, change: Change) -> bool:
        """Whether it is gone whom to call, that it is soon, or what warns, with nothing like it instead."""
        was, now = self._clauses.lowest(change.missed), self._clauses.lowest(change.gained)
        warned = not self._warns.isdisjoint(change.missed) and self._warns.isdisjoint(change.gained)
        early = {scale for scale in _NEEDED.keys() - now.keys() if was.get(scale, 9) <= _NEEDED[scale]}
        return bool(early) or warned or any(word.startswith(CALLED) for word in change.missed)

    def narrower(self, before: str, after: str) -> str:
        """In which way the words of a sign are surely true of fewer people; empty where nobody can tell."""
        if not before or same(before, after):
            return ""
        change, limits = self._clauses.change(before, after), self._clauses.limits
        says = "says less than before" if change.clause_lost and (change.fewer or not change.adds) else ""
        if change.ands > 0 and (not change.missed or change.ors < 0):
            says = "joins what counts to more now"
        elif self._excepts_more(before, after) or self._more(self._widens, before, after) < 0:
            says = "counts in fewer cases now"
        elif change.turned and all(self._clauses.rank(word)[0] for word in change.gained if word != DENIED):
            says = f"says the opposite of {change.turned[0]!r}"
        elif limits.isdisjoint(change.lost):
            joined = [] if change.drops else [*change.bound]
            for word in (*change.joined, *change.narrows):  # that it is so now takes nothing from a sign
                weighs = word in limits if change.drops else self._clauses.rank(word) != ("sooner", 0)
                joined += [word] if weighs else []
            lasts, lasted = self._clauses.lowest(change.gained), self._clauses.lowest(change.lost)
            says = f"says {joined[0]!r} now" if joined else says
            if lasts.get("sooner", 9) < lasted.get("sooner", 0):
                says = "names a shorter time"
        numbers = self._other_numbers(before, after, of_sign=True)
        return numbers or (says and f"{says}, so it may be true of fewer")

    def _excepts_more(self, before: str, after: str) -> bool:
        """Whether a text says 'only' or 'unless' more often, or 'if' where it said 'even if'."""
        was, now = len(self._any_case.findall(before)), len(self._any_case.findall(after))
        alone = now < was and self._more(self._clauses.conditions, before, after) >= 0
        return alone or self._more(self._excepts, before, after) > 0

    def counts_less(self, before: str, after: str) -> Less:
        """In which way a hint leaves out more than before, or lets less count."""
        before, after = self.changed(before, after)
        (was_out, was_in), (out, counted) = self._parts(before), self._parts(after)
        more = bool(out) and (not was_out or bool(self.narrower(out, was_out)))
        more = more or self._excepts_more(before, after)
        return self._told(before, after, "leaves out more" if more else self.narrower(was_in, counted))

    def _parts(self, hint: str) -> tuple[str, str]:
        """What a hint says that does not count, and what it says that counts."""
        out, counted = list[str](), list[str]()
        for sentence in self.reading.sentences(hint):
            leaves_out = self._more(self._denies, "", sentence) and not self._any_case.search(sentence)
            (out if leaves_out else counted).append(sentence)
        return " ".join(out), " ".join(counted)

    def _other_numbers(self, before: str, after: str, *, of_sign: bool = False) -> str:
        """Which numbers a text says instead of those before; empty where it says as much."""
        was, now = self._numbers_in(before), self._numbers_in(after)
        if of_sign and (len(was) != len(now) or all(map(self._counts_more, was, now))):
            return ""
        said, says = Counter(map(itemgetter(1), was)), Counter(map(itemgetter(1), now))
        gone, come = map(str, (said - says).elements()), map(str, (says - said).elements())
        told = [one_of(list(numbers) or ["no number"]) for numbers in (come, gone)]
        return f"says {told[0]} and said {told[1]}" if said != says else ""

    def _counts_more(self, was: tuple[str, int], now: tuple[str, int]) -> bool:
        """Whether a number is the same, the end of a longer span, or the start of a greater one."""
        (before, number), (place, other) = was, now
        higher, lower = place in self._at_most and other > number, place in self._at_least and other < number
        return place == before and (number == other or higher or lower)

    def _numbers_in(self, text: str) -> list[tuple[str, int]]:
        """Each number of a text, in digits or as a word, with the word before it."""
        found, before = list[tuple[str, int]](), ""
        for word in re.findall(r"\d+|[^\W\d]+", self._clauses.spelt(text)):
            if (number := self._numbers.get(word, word)).isdecimal():
                found.append((before, int(number)))
            before = before if word in self._clauses.empty else word
        return found

    def _more(self, words: set[str], before: str, after: str) -> int:
        """How many more of some words stand in a text than in the one before."""
        return self._clauses.more(words, f". {before}", f". {after}")
