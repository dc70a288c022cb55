"""The languages of guides: their tags, and how they write dates and numbers."""

from __future__ import annotations

import datetime

from careguide.model import languages

DAY = datetime.date(2026, 11, 26)


def test_a_date_is_written_as_people_write_it() -> None:
    """The month is a word, in the language's own order."""
    for tag, expected in (
        ("en-GB", "26 November 2026"),
        ("en-US", "November 26, 2026"),
        ("es-MX", "26 de noviembre de 2026"),
        ("de", "26. November 2026"),
        ("he", "26 בנובמבר 2026"),
    ):
        assert expected == languages.known(tag).day(DAY)
        assert "0" not in languages.known(tag).day(datetime.date(2111, 11, 1))  # no nought before the day


def test_a_language_without_a_region_is_that_of_the_first_country() -> None:
    """Where the language has a form of its own there; a tag's own region stays what it is."""
    assert "November 26, 2026" == languages.known("en", ("us", "gb")).day(DAY)
    assert "26 November 2026" == languages.known("en-GB", ("us",)).day(DAY)
    assert "26 November 2026" == languages.known("en", ("xx",)).day(DAY).replace(
        "November 26,", "26 November"
    )
    assert ("es", "US") == (languages.known("es", ("us",)).base, languages.known("es", ("us",)).region)


def test_a_number_is_written_as_people_write_it() -> None:
    """With the point and the comma where the region has them."""
    for tag, expected in (("en-GB", "1,150.5"), ("de", "1.150,5"), ("es-US", "1,150.5")):
        assert expected == languages.known(tag).number(1150.5)


def test_a_region_is_two_letters_or_none() -> None:
    """The typesetter takes no other."""
    assert ["GB", "", "", "MX"] == [languages.known(tag).region for tag in ("en-GB", "de", "es-419", "es-MX")]


def test_a_language_has_its_direction() -> None:
    """Nobody has to say which way a language is written."""
    for tag, expected in (("ar", "rtl"), ("he-IL", "rtl"), ("ur", "rtl"), ("de", "ltr"), ("en-GB", "ltr")):
        assert expected == languages.known(tag).direction


def test_what_is_no_tag_is_no_language() -> None:
    """A page's `lang` must be one."""
    for words in ("German", "deutsch", "xx-YY", "en_GB", "", "de de"):
        assert languages.language(words) is None


def test_the_language_that_was_meant_is_found() -> None:
    """By its name in English or its own, and by a tag that is nearly one."""
    for words, meant in (
        ("German", "de"),
        ("deutsch", "de"),
        ("Deutsh", "de"),
        ("español", "es"),
        ("espanol", "es"),
        ("en_GB", "en-GB"),
        ("en-QQ", "en"),
        ("xx-YY", ""),
    ):
        assert meant == languages.tag_for(words)
