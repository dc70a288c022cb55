"""How hard a text is to read. Every number here was worked out by hand from the published formulas."""

from __future__ import annotations

import pytest
from careguide.guide.readability import Reading, Vocabulary, length
from conftest import Project, load, problems

NO_WORDS = Reading()


def test_syllables_are_counted_by_rule() -> None:
    """The same word always has the same syllables, whatever is installed."""
    for word, expected in (
        ("cat", 1),
        ("make", 1),  # a silent e
        ("table", 2),  # the e after an l is heard
        ("the", 1),  # a word has at least one
        ("asked", 1),
        ("wanted", 2),  # the e after a t is heard
        ("needed", 2),
        ("makes", 1),
        ("causes", 2),  # the e after an s is heard
        ("matches", 2),
        ("breathes", 1),  # after th it is not
        ("doses", 2),
        ("illnesses", 3),
        ("year", 1),
        ("yes", 1),
        ("dizzy", 2),
        ("area", 2),  # the rule is wrong: such a word is pinned in data/reading.yml
        ("Caffeine's", 2),  # the ending of a name counts for nothing
        ("don’t", 1),
        ("don't", 1),
        ("15", 1),  # a number counts as one
        ("3.5", 1),
    ):
        assert expected == NO_WORDS.count(word)


def test_a_pinned_word_has_the_syllables_it_is_given() -> None:
    """Where the rule is wrong, data/reading.yml is right, in any case and with any ending of a name."""
    words = Reading(Vocabulary(syllables={"area": 3}))

    assert [3, 3, 3, 2] == [words.count(word) for word in ("area", "Area", "area’s", "areas")]


def test_a_name_counts_as_one_word_of_two_syllables() -> None:
    """A page must be able to name an illness without reading harder for it."""
    words = Reading(Vocabulary(names=("amyotrophic lateral sclerosis", "sclerosis")))

    found = words.score(["It is Amyotrophic lateral sclerosis or sclerosis."])

    assert found is not None
    assert 5 == found.words
    # 0.39 × 5 words + 11.8 × 7 syllables ÷ 5 words − 15.59
    assert 2.88 == pytest.approx(found.grade)


def test_part_of_a_word_is_no_name() -> None:
    """A name is a whole word."""
    assert "botox Xyname" == Vocabulary(names=("bot",)).without_names("botox bot")


def test_a_text_is_cut_into_sentences() -> None:
    """A sentence ends at a full stop, a question mark or an exclamation mark before a capital or a number."""
    for text, expected in (
        ("Sit down. Lean forward.", ["Sit down.", "Lean forward."]),
        ("Sit down.\nLean\nforward.", ["Sit down.", "Lean forward."]),  # lines do not matter
        ("Is it bad? No! It is not.", ["Is it bad?", "No!", "It is not."]),
        ("Take 3.5 ml.", ["Take 3.5 ml."]),  # a point in a number
        ("Wait 10 min. 3 days later it stops.", ["Wait 10 min.", "3 days later it stops."]),
        ("It bled (a lot). It stopped.", ["It bled (a lot).", "It stopped."]),
        ('"Stop." He did.', ['"Stop.', "He did."]),
        ("One. two", ["One. two"]),  # no capital, no new sentence
        ("No end", ["No end"]),
        ("…", []),  # no word, no sentence
        ("", []),
    ):
        assert expected == NO_WORDS.sentences(text)


def test_words_are_counted() -> None:
    """What a reader reads as a word counts as one."""
    for sentence, expected in (
        ("Sit down.", 2),
        ("Don't wait - call 112.", 4),  # a dash is no word
        ("Take 3.5 ml, or 1,000 ml.", 6),
        ("A well-known sign.", 4),  # two words with a hyphen are two
        ("", 0),
    ):
        assert expected == length(sentence)


def test_the_two_formulas_give_their_published_grades() -> None:
    """Flesch-Kincaid and SMOG of two sentences with 10 words, 18 syllables and 3 long words.

    The hardest sentence is named.
    """
    found = NO_WORDS.score(["Call a doctor if bleeding continues all evening.", "Sit down."])

    assert found is not None
    assert (10, 2, 1.0, "Call a doctor if bleeding continues all evening.") == (
        found.words,
        found.sentences,
        found.short,
        found.hardest,
    )
    # 0.39 × 10 words ÷ 2 sentences + 11.8 × 16 syllables ÷ 10 words − 15.59
    assert 5.24 == pytest.approx(found.grade)
    # 1.043 × √(2 long words × 30 ÷ 2 sentences) + 3.1291
    assert 8.8418463 == pytest.approx(found.smog)


def test_a_long_sentence_is_not_short() -> None:
    """The share of short sentences counts those of at most 15 words."""
    found = NO_WORDS.score([" ".join(["cat"] * 15), " ".join(["cat"] * 16)])

    assert found is not None
    assert 0.5 == found.short


def test_nothing_has_no_score() -> None:
    """A page without sentences is neither easy nor hard."""
    assert NO_WORDS.score([]) is None
    assert NO_WORDS.score(["…"]) is None


PAGE = """---
title: Not read
---

# Not read either { #title }

First **bold** sentence.[1](#source-1){ .cite aria-label="Source 1" } Second one.
- An item with [a link](causes/a.md)
- Another { .note }

1. A step

## Not read { #sources }

<div class="message" markdown>

In a box.

</div>

| Head | Cell |
| --- | --- |
| One | Two<br>Three |

<div class="sources" markdown>

1. Not read at all

</div>
"""


def test_a_page_is_read_as_its_reader_reads_it() -> None:
    """Paragraphs, items and cells are read.

    Headings, numbers of sources, the sources themselves and what only machines see are not.
    """
    expected = [
        "First bold sentence.",
        "Second one.",
        "An item with a link",
        "Another",
        "A step",
        "In a box.",
        "Head",
        "Cell",
        "One",
        "Two",
        "Three",
    ]

    assert expected == list(NO_WORDS.page_sentences(PAGE))


def test_the_vocabulary_is_read_from_its_file(project: Project) -> None:
    """data/reading.yml pins syllables and names."""
    guide = load(project({"data/reading.yml": "syllables:\n  area: 3\nnames: [epistaxis]\n"}))

    assert Vocabulary(syllables={"area": 3}, names=("epistaxis",)) == guide.vocabulary


def test_a_wrong_vocabulary_is_a_problem(project: Project) -> None:
    """Its mistakes are named like those of any other file."""
    root = project({"data/reading.yml": "syllables:\n  area: many\nname: [epistaxis]\n"})

    assert (
        "data/reading.yml:2: syllables.area must be a whole number, not 'many'\n"
        "  Tip: See a neighbouring file for its shape.\n"
        "data/reading.yml:3: name must be a field that exists\n  Tip: Did you mean 'names'?"
    ) == problems(root)
