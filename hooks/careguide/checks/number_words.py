"""Numbers in words, as a language has them: 'two weeks', 'half an hour', 'eine Dreiviertelstunde'."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from careguide.guide.words import Words


@dataclass(frozen=True)
class NumberWords:
    """What a language's words say of numbers, from its section `language`."""

    numbers: str
    """'two: 2; three: 3'."""
    times: str
    """'half an hour: 30 minutes'."""
    counted: str
    """What numbers count: 'seconds minutes'."""

    @cached_property
    def values(self) -> dict[str, str]:
        """The digits of each number in words."""
        return {said: digits for said, digits in _pairs(self.numbers).items() if digits.isdecimal()}

    @cached_property
    def count(self) -> str:
        """The expression that finds a number, in digits or in words."""
        return rf"(?:\d+|{_either(self.values)})"

    def value(self, number: str) -> int:
        """What a number says, in digits or in words."""
        return int(self.values.get(number.casefold(), number))

    def in_digits(self, text: str) -> str:
        """A text with its counts in digits: two weeks are 2 weeks, half an hour is 30 minutes."""
        return self._pattern.sub(lambda found: self._said[found[0].casefold()], text)

    @cached_property
    def _said(self) -> dict[str, str]:
        return self.values | _pairs(self.times)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        number = rf"{_either(self.values)}(?=[ ](?:{'|'.join(self.counted.split())})\b)"
        return re.compile(rf"\b(?:{_either(_pairs(self.times))}\b|{number})", re.IGNORECASE)


def _pairs(listed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in filter(None, listed.split(";")):
        said, _, digits = each.partition(":")
        found[said.strip().casefold()] = digits.strip() or said.strip()
    return found


def _either(said: dict[str, str]) -> str:
    """What finds any of these; the longest first, because 'twenty' begins 'twenty-four'."""
    return "|".join(sorted(map(re.escape, said), key=len, reverse=True)) or "(?!)"


_made = cache(NumberWords)


def number_words(words: Words) -> NumberWords:
    """Those of a guide's language."""
    return _made(*map(words.text, ("language.numbers", "language.times", "language.counted")))
