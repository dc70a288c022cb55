"""How long pages may be and what they may say again: each budget just kept, and gone over by a little."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from string import ascii_lowercase, ascii_uppercase

import pytest
from careguide.checks import budgets
from careguide.guide.page import Page
from conftest import EXAMPLE, load

GUIDE = load(EXAMPLE)
HEAVY = GUIDE.criteria["heavy"]
SAID = "Cold air dries the inside of a nose."
NAMES = list(map("".join, product(ascii_uppercase, ascii_lowercase, ascii_lowercase)))


def made(text: str, *, kind: str = "cause", path: str = "causes/a.md") -> Page:
    """A page that says this."""
    return Page(path, f"---\ntitle: A\n---\n\n{text}\n", path, "A", kind, cited=())


def long(words: int, first: int = 0) -> str:
    """A text of so many words, in sentences of ten. No sentence stands there twice."""
    tens, more = divmod(words, 10)
    sentences = (f"{name} b c d e f g h i j.\n\n" for name in NAMES[first : first + tens])
    return "".join(sentences) + "more " * more


def told(*pages: Page) -> list[str]:
    """What is said of pages."""
    return [each.message for each in budgets.check(GUIDE, budgets.counts(pages, GUIDE.reading))]


def everywhere(text: str) -> list[str]:
    """What is said where four pages say the same."""
    return told(*(made(text, path=f"causes/{name}.md") for name in "abcd"))


def test_a_page_keeps_the_budget_of_its_kind() -> None:
    """The last word that fits is no problem, and the next is."""
    for kind in budgets.MOST:
        most = budgets.MOST[kind]

        assert [] == told(made(long(most), kind=kind))
        assert [f"the page must have at most {most} words, but has {most + 1}"] == told(
            made(long(most + 1), kind=kind)
        )


def test_a_page_that_gathers_several_may_be_longer() -> None:
    """A cause with three names that it covers has a larger budget; one with two has not."""
    causes = {
        name: GUIDE.causes["picking"].model_copy(update={"covers": covers})
        for name, covers in (("three", ("A", "B", "C")), ("two", ("A", "B")))
    }
    guide = replace(GUIDE, causes=causes)

    assert [budgets.MOST_GATHERED, budgets.MOST["cause"]] == [
        budgets.budget(made("", path=f"causes/{name}.md"), guide) for name in causes
    ]


def test_only_a_pages_own_words_that_stand_open_count() -> None:
    """What stands closed, a part of the frame, a drawing, and all below the sources are not in the budget."""
    most = budgets.MOST["cause"]
    closed = f'<details class="closed closed--phone" markdown>\n<div>\n{long(100, 100)}\n</div>\n</details>\n'
    frame = f'<div class="review-line" markdown>\n{long(100, 200)}\n</div>\n'
    end = f"## Where this comes from {{ #sources }}\n\n{long(100, 300)}"
    page = made(f"{closed}{frame}![One more]({{a.svg}})\n\n{long(most)}\n\n{end}")
    count = budgets.counts([page], GUIDE.reading)[0]

    assert [] == told(page)
    assert (most, most + 100) == (count.words, count.whole)


def test_sentences_are_neither_too_short_nor_too_long() -> None:
    """On average, on a page with enough of them; lists of short answers are left alone."""
    for words, wrong in ((8, True), (9, False), (18, False), (19, True)):
        sentences = [f"{name}{' a' * (words - 1)}.\n\n" for name in NAMES[: budgets.FEWEST_SENTENCES]]
        said = [f"sentences must have 9 to 18 words on average, but have {words:.1f}"] * wrong

        assert said == told(made("".join(sentences))), words
        assert [] == told(made("".join(sentences), kind="movements")), words
        assert [] == told(made("".join(sentences[1:]))), words


def test_a_sentence_is_told_on_few_pages() -> None:
    """On three it may stand; a fourth is named, and how often."""
    assert [] == told(*(made(SAID, path=f"causes/{name}.md") for name in "abc"))
    assert [f"a sentence must stand on at most 3 pages, but '{SAID}' stands on 4"] == everywhere(SAID)


def test_what_must_be_said_wherever_it_belongs_may_be() -> None:
    """Signs, levels, red lines and interface words may stand on any page, and so may three words."""
    for text in (
        HEAVY.sign,
        HEAVY.hint,
        GUIDE.urgency["emergency"].do,
        GUIDE.words.text("care_card.star"),
        f'<div class="red-line" markdown>\n{SAID}\n</div>',
        "Call for help.",
    ):
        assert [] == everywhere(text)


@pytest.mark.parametrize(
    ("name", "most", "said"),
    [
        ("MOST_PAGES", 1, "the guide must have at most 1 pages, but has 2"),
        ("MOST_WORDS", 29, "the guide must have at most 29 words, but has 30"),
    ],
)
def test_the_guide_stays_small(monkeypatch: pytest.MonkeyPatch, name: str, most: int, said: str) -> None:
    """Its pages and all their words are counted, also those that stand closed; look-ups and lists are not."""
    pages = [
        made(long(20)),
        made(f'<details class="closed" markdown>\n{long(10, 50)}\n</details>', path="causes/b.md"),
        made(long(90, 90), kind="glossary", path="glossary.md"),
    ]
    monkeypatch.setattr(budgets, name, most + 1)
    assert [] == told(*pages)
    monkeypatch.setattr(budgets, name, most)
    assert [said] == told(*pages)
