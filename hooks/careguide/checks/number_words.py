"""Numbers in words, as a language has them: 'two weeks', 'half an hour', 'eine Dreiviertelstunde'."""

import re
from functools import cache

from careguide.guide.words import Words


class NumberWords:
    """What a language says for numbers."""

    def __init__(self, numbers: str, times: str, counted: str) -> None:
        """Such as 'two: 2; three: 3', 'half an hour: 30 minutes' and 'seconds minutes'."""
        self._values, whole = _pairs(numbers), _pairs(times)
        self._said = self._values | whole
        words = _either(self._values)
        self.count = rf"(?:\d+|{words})"
        """The expression that finds a number, in digits or in words."""
        number = rf"(?:{words})(?=[ ](?:{'|'.join(counted.split())})\b)"
        self._pattern = re.compile(rf"\b(?:(?:{_either(whole)})\b|{number})", re.IGNORECASE)

    def value(self, number: str) -> int:
        """What a number says, in digits or in words."""
        return int(self._values.get(number.casefold(), number))

    def in_digits(self, text: str) -> str:
        """A text with its counts in digits: two weeks are 2 weeks, half an hour is 30 minutes."""
        return self._pattern.sub(lambda found: self._said[found[0].casefold()], text)


def _pairs(listed: str) -> dict[str, str]:
    return dict(re.findall(r"([^:;]*[^:;\s])\s*:\s*(\d+[^:;]*)", listed.casefold().replace("; ", ";")))


def _either(said: dict[str, str]) -> str:
    """What finds any of these; the longest first, because 'twenty' begins 'twenty-four'."""
    return "|".join(sorted(map(re.escape, said), key=len, reverse=True)) or "(?!)"


_made = cache(NumberWords)


def number_words(words: Words) -> NumberWords:
    """Those of a guide's language."""
    return _made(*map(words.text, ("language.numbers", "language.times", "language.counted")))
