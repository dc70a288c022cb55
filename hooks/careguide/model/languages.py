"""A language tag, such as 'es-MX' → its direction, its region, and how it writes dates and numbers."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date
from babel.numbers import format_decimal

from careguide.source.problems import closest

DEFAULT = "en-GB"


@dataclass(frozen=True)
class Language:
    """A language as some region writes it."""

    tag: str
    """Its tag, as a page's `lang` has it: 'en-GB'."""
    base: str
    """The language alone: 'en'."""
    region: str
    """The region in two capital letters; empty where none is known."""
    locale: Locale
    """What is known of its dates, numbers and letters."""

    @property
    def name(self) -> str:
        """Its name in English, without a region."""
        return (self.locale.english_name or self.base).partition(" (")[0]

    @property
    def own_name(self) -> str:
        """Its name in itself, without a region: 'Español'."""
        name = self.locale.get_language_name() or self.base
        return name[0].upper() + name[1:]

    def name_of(self, other: "Language") -> str:
        """The name of another language in this one: 'inglés'."""
        return other.locale.get_language_name(self.locale) or other.base

    @property
    def direction(self) -> str:
        """Which way it is written: 'ltr' (from the left) or 'rtl'."""
        return "rtl" if self.locale.character_order == "right-to-left" else "ltr"

    def day(self, date: datetime.date) -> str:
        """A date as people write it: '21 November 2026', '21 de noviembre de 2026'."""
        return format_date(date, "long", self.locale)

    def number(self, value: float) -> str:
        """A number as people write it: '1,150.5', '1.150,5'."""
        return format_decimal(value, locale=self.locale)


@cache
def language(tag: str, countries: tuple[str, ...] = ()) -> Language | None:
    """The language of a tag; None for what is none.

    Where the tag names no region, it is the first of the `countries` (two letters each) in which the language
    has its own dates and numbers: Spanish for the United States writes as people do there.
    """
    locale = _locale(tag.replace("-", "_")) if "_" not in tag else None
    if not locale:
        return None
    for country in () if locale.territory else countries[:1]:
        locale = _locale(f"{locale}_{country.upper()}") or locale
    region = locale.territory or ""
    return Language(tag, locale.language, region if region.isalpha() else "", locale)


def _locale(name: str) -> Locale | None:
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


def tag_for(words: str) -> str:
    """The tag that was meant by 'en_GB', 'en-UK', 'German' or 'deutsch'; empty where none is near."""
    for tag in (words.replace("_", "-"), re.split(r"[-_ ]", words)[0]):
        if language(tag):
            return tag
    names: dict[str, str] = {}
    for tag in sorted(localedata.locale_identifiers(), key=len, reverse=True):
        if locale := _locale(tag):
            for name in (locale.language_name, locale.english_name):
                names[(name or tag).casefold()] = tag.replace("_", "-")
    return names.get(words.casefold()) or names.get(closest(words, names), "")


def known(tag: str, countries: Iterable[str] = ()) -> Language:
    """The language of a tag; British English where it is none, which a problem says."""
    return language(tag, tuple(countries)) or Language(DEFAULT, "en", "GB", Locale("en", "GB"))
