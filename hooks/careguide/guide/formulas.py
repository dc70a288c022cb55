"""Reading formulas by language: what each counts, what its figures mean, and how it counts syllables.

Syllables are counted by rule, so that a figure never changes unless a text does. A language that is not here
has no formula, and no figure.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple


class Measured(NamedTuple):
    """Words, counted."""

    words: int
    syllables: int
    many: int
    """Words of three syllables or more."""
    lengthy: int
    """Words of more than six letters."""
    single: int
    """Words of one syllable."""


@dataclass(frozen=True)
class Formula:
    """One published formula, with the limits that a guide keeps to."""

    name: str
    """Its name, as a summary has it before the figure."""
    unit: str
    """What its figures are called: 'grade 8'."""
    harder_is_more: bool
    """Whether a harder text has a higher figure."""
    limit: float
    """The figure of the hardest page, and of the hardest sign, that a guide may have."""
    hard: float
    """The figure from which a single sentence could be plainer."""
    value: Callable[[Measured, int], float]
    """The figure of so many words in so many sentences."""
    syllables: Callable[[str], int]
    """The syllables of a word in small letters."""

    @property
    def aim(self) -> str:
        """What a text should reach: 'grade 8 or below'."""
        return f"{self.unit} {self.limit:.0f} or {'below' if self.harder_is_more else 'above'}"

    def harder(self, figure: float | None, than: float) -> bool:
        """Whether a figure stands for a harder text than another. A text without a figure does not."""
        if figure is None:
            return False
        return figure > than if self.harder_is_more else figure < than


def _groups(pattern: re.Pattern[str], word: str) -> int:
    """How many vowels, or groups of them, are heard; at least one."""
    return max(1, len(pattern.findall(word)))


# English


def flesch_kincaid(found: Measured, sentences: int) -> float:
    """The Flesch-Kincaid grade, a school grade of the United States; grade 6 is about age 11.

    Kincaid, Fishburne, Rogers and Chissom: Derivation of new readability formulas for Navy enlisted
    personnel, 1975.
    """
    return 0.39 * found.words / sentences + 11.8 * found.syllables / found.words - 15.59


def smog(found: Measured, sentences: int) -> float:
    """The SMOG grade, a school grade of the United States. McLaughlin: SMOG grading, 1969. English only."""
    return 1.043 * math.sqrt(found.many * 30 / sentences) + 3.1291


_ENGLISH_VOWELS = re.compile(r"[aeiouy]+")
_ENGLISH_SILENT = re.compile(r"(?:[^laeiouycghsxz]es|(?<![cs])hes|[^laeiouytd]ed|[^laeiouy]e)$")


@lru_cache(maxsize=20_000)
def english_syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; that of 'causes' is not, nor is any with an accent."""
    word = _accents_apart(word)
    if not word.replace("-", "").isalpha():
        return _groups(_ENGLISH_VOWELS, word)
    return _groups(_ENGLISH_VOWELS, re.sub(r"^y", "", _ENGLISH_SILENT.sub("", word)))


def _accents_apart(word: str) -> str:
    """The word in plain letters, with hyphens around those that had an accent: 'na-i-ve'."""
    return (
        word
        if word.isascii()
        else re.sub(r"(.)[\u0300-\u036f]+", r"-\1-", unicodedata.normalize("NFD", word))
    )


# Spanish


def inflesz(found: Measured, sentences: int) -> float:
    """Flesch-Szigriszt, read on the INFLESZ scale, where a higher figure is easier.

    Above 80 is very easy, 65 to 80 rather easy, 55 to 65 normal, 40 to 55 rather hard, below 40 very hard.
    Szigriszt Pazos: Sistemas predictivos de legibilidad del mensaje escrito, thesis, Madrid 1993. The scale,
    and 55 as the least for patients: Barrio-Cantalejo and others, An Sist Sanit Navar 2008; 31: 135-152.
    """
    return 206.835 - 62.3 * found.syllables / found.words - found.words / sentences


_SPANISH_SILENT_U = re.compile(r"(?<=[qg])u(?=[eéií])")
_SPANISH_Y = re.compile(r"y(?![aeiouáéíóúü])")
_SPANISH_NUCLEUS = re.compile(
    # An open vowel, or a closed one with an accent, with the closed vowels that lean on it.
    r"[iuü]?[aeoáéó](?:[iuü](?![aeoáéóíú]))?|[iuü]?[íú]|i(?=i)|u(?=u)|[iuü]+"
)


@lru_cache(maxsize=20_000)
def spanish_syllables(word: str) -> int:
    """Vowels with those that lean on them: two open ones, or an accented closed one, are two syllables.

    The rules of the Royal Spanish Academy's spelling (Ortografía, 2010). A u after q or g is silent before
    e and i, an h parts nothing, and a y that no vowel follows is an i.
    """
    word = _SPANISH_Y.sub("i", _SPANISH_SILENT_U.sub("", word)).replace("h", "")
    return _groups(_SPANISH_NUCLEUS, word)


# German


def wiener_sachtextformel(found: Measured, sentences: int) -> float:
    """The first Wiener Sachtextformel, a school grade from 4 (very easy) to 15 (very hard).

    Bamberger and Vanecek: Lesen, Verstehen, Lernen, Schreiben, Vienna 1984.
    """
    of_words = 100 / found.words
    return (
        0.1935 * found.many * of_words
        + 0.1672 * found.words / sentences
        + 0.1297 * found.lengthy * of_words
        - 0.0327 * found.single * of_words
        - 0.875
    )


_GERMAN_APART = re.compile(r"^(?:ge(?=e|im|ir)|be(?=e(?!re|t)|un|ur))|(?<=[^aäeo])e(?=ums?$)")
"""An e that the vowel after it does not belong to: in a prefix, as in geehrt, and in Museum."""
_GERMAN_VOWELS = re.compile(r"aa|ee|oo|ie|ei|ai|ey|ay|oy|eu|äu|au|oi|[aeiouyäöüàáéèêóô]")
_GERMAN_Y = re.compile(r"\by(?=[aeiou])")


@lru_cache(maxsize=20_000)
def german_syllables(word: str) -> int:
    """Vowels, of which some pairs are one: ie, ei, au, eu and others. Of prefixes they are not: be-enden."""
    word = _GERMAN_Y.sub("j", word.replace("qu", "q"))
    return _groups(_GERMAN_VOWELS, _GERMAN_APART.sub(r"\g<0>-", word))


# ------------------------------------------------------------------------------------------------------------


FORMULAS: Mapping[str, Formula] = {
    "en": Formula("Reading grade", "grade", True, 8, 10, flesch_kincaid, english_syllables),
    "es": Formula("INFLESZ", "INFLESZ", False, 55, 40, inflesz, spanish_syllables),
    "de": Formula("Wiener Sachtextformel", "grade", True, 8, 10, wiener_sachtextformel, german_syllables),
}
