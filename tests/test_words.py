"""Interface words: what a guide may change, what a change must keep, and that pages ask for all of them."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

import careguide
import pytest
import yaml
from careguide.guide import words
from careguide.source import yaml_reader
from conftest import TODAY, Project, page, problems

WORDS = "data/words.yml"
ENGLISH = words.FOLDER / "en.yml"
DECLARED: dict[str, Any] = yaml_reader.parse("en.yml", ENGLISH.read_text(encoding="utf-8"))[0].value
GAP = re.compile(r"\{(\w+)\}")


def leaves(group: Mapping[str, Any], way: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every word with its key, in pieces."""
    for key, value in group.items():
        if isinstance(value, Mapping):
            yield from leaves(value, (*way, key))
        else:
            yield (*way, key), value


ALL = dict(leaves(DECLARED))


def told(way: tuple[str, ...], text: Any) -> list[str]:
    """What is said of one change."""
    change: Any = text
    for key in reversed(way):
        change = {key: change}
    document, _ = yaml_reader.parse(WORDS, yaml.safe_dump(change, allow_unicode=True, width=1000))
    _, found = words.changed(DECLARED, document)
    return [f"{each.message}\n{each.tip}" for each in found]


# ----------------------------------------------------------------------------------------------------------
# What a change must keep


def test_every_word_may_be_changed_and_keeps_its_gaps() -> None:
    """New words around the same gaps are right; a gap lost, or one more, is named with the word's key."""
    with_gaps = {way: GAP.findall(text) for way, text in ALL.items() if "{" in text}
    assert len(with_gaps) > 40
    assert len(ALL) > 400

    for way, text in ALL.items():
        key, gaps = ".".join(way), GAP.findall(text)
        assert told(way, " … ".join(["Neu", *(f"{{{gap}}}" for gap in reversed(gaps))])) == []
        for gap in gaps:
            [lost] = told(way, text.replace(f"{{{gap}}}", ""))
            assert lost.startswith(f"{key} must keep its gap {{{gap}}}, but is ")
        for more in ("{surplus}", "{}", "{0}", "{", "}", "{{x}}", *_twisted(gaps)):
            [unknown] = told(way, f"{text} {more}")
            assert unknown.startswith(f"{key} must have no gap")


def _twisted(gaps: list[str]) -> Iterator[str]:
    """Gaps of a word with something inside that `str.format` would carry out."""
    for gap in gaps:
        yield from (f"{{{gap}.__class__}}", f"{{{gap}[0]}}", f"{{{gap}:>10}}", f"{{{gap}!r}}")


def test_a_word_without_its_gap_is_named_and_the_site_is_not_built(project: Project) -> None:
    """A care card would lose the word 'emergency', and the typesetter would stop at a page number."""
    changes = (
        'care_card:\n  level: "Level {place} of {count}"\n'
        'handout:\n  labels:\n    every:\n      page: "Page {page}"\n'
    )
    root = project({WORDS: changes})

    assert problems(root) == (
        f"{WORDS}:2: care_card.level must keep its gap {{level}}, but is 'Level {{place}} of {{count}}'\n"
        "  Tip: Write {level} where the page should fill it in, as in 'Level {place} of {count}: {level}'.\n"
        f"{WORDS}:6: handout.labels.every.page must keep its gap {{pages}}, but is 'Page {{page}}'\n"
        "  Tip: Write {pages} where the page should fill it in, as in 'Page {page} of {pages}'."
    )
    assert careguide.build(root, today=TODAY).blocked


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("site:\n  serch: Find\n", "2: site.serch must be a word that exists\n  Tip: Did you mean 'search'?"),
        ("sties:\n  menu: M\n", "1: sties must be a word that exists\n  Tip: Did you mean 'site'?"),
        (
            "footnotes:\n  qqq: x\n",
            "2: footnotes.qqq must be a word that exists\n  Tip: The words here are here and title.",
        ),
        (
            "sources: Source\n",
            "1: sources must be a group of words, not one text\n  Tip: The words here are label.",
        ),
        (
            "sources:\n  - label\n",
            "1: sources must be a group of words, not one text\n  Tip: The words here are label.",
        ),
        (
            "site:\n  menu:\n    one: Menu\n",
            "2: site.menu must be one text\n  Tip: Write it as the package does: 'Menu'.",
        ),
        (
            "site:\n  menu:\n",
            "2: site.menu must not be empty\n  Tip: Write something, or delete the line.",
        ),
        ("site:\n", "1: site must not be empty\n  Tip: Write something, or delete the line."),
        (
            "sources:\n  label: Source {nubmer}\n",
            "2: sources.label must have no gap but {number}, not '{nubmer}'\n  Tip: Did you mean '{number}'?",
        ),
        (
            "site:\n  menu: <b>Menu</b>\n",
            (
                "2: site.menu must be plain Markdown without HTML or script, but has '<b'\n"
                "  Tip: Write the words alone."
            ),
        ),
        (
            "site:\n  language: xx-YY\n",
            (
                "2: site.language must be one that the package has words in, not 'xx-YY'\n"
                "  Tip: Write 'en', or add a file for the language to the package's words/."
            ),
        ),
        ("site:\n  language: en-US\n", None),
        ("headings:\n  used_for: no\n", None),  # a word like any other
    ],
)
def test_a_change_that_is_wrong_is_named(project: Project, changes: str, expected: str | None) -> None:
    """Its line, its key, what must be true, and what to do."""
    assert (f"{WORDS}:{expected}" if expected else "") == problems(project({WORDS: changes}))


def test_all_wrong_changes_come_at_once_and_no_page_stops_for_them(project: Project) -> None:
    """The pages say what the package says."""
    root = project({WORDS: "headings:\n  codes:\n  emergenzy: x\nverdict:\n  try: Worth {it}\n"})

    found = re.findall(r": (\S+) must", problems(root))
    assert found == ["headings.codes", "headings.emergenzy", "verdict.try"]
    assert f"## {DECLARED['headings']['emergency']}" in page(root, "index.md")


# ----------------------------------------------------------------------------------------------------------
# What a guide gets


def test_a_guide_needs_no_words_of_its_own(project: Project) -> None:
    """Without the file every word is the package's."""
    root = project({WORDS: None})
    site = careguide.build(root, today=TODAY)

    assert site.problems == []
    assert site.guide.words == DECLARED


def test_a_change_stands_on_the_page_and_nothing_else_changes(project: Project) -> None:
    """One heading in other words."""
    root = project()
    before = page(root, "index.md")
    with (root / WORDS).open("a", encoding="utf-8") as file:
        file.write("headings:\n  emergency: Is it urgent?\n")

    heading = f"## {DECLARED['headings']['emergency']} "
    assert heading in before
    assert page(root, "index.md") == before.replace(heading, "## Is it urgent? ")


def test_a_text_is_found_by_its_key_and_filled() -> None:
    """In Python, as `.format` does in a template; a gap that is not given is a mistake in the code."""
    all_words, _ = words.changed(DECLARED, yaml_reader.Document(WORDS, {}))

    assert all_words.text("flow.go_on", number=3) == DECLARED["flow"]["go_on"].replace("{number}", "3")
    with pytest.raises(KeyError):
        all_words.text("flow.go_on")


# ----------------------------------------------------------------------------------------------------------
# What the package declares


def test_every_declared_text_is_plain_and_every_gap_is_a_name() -> None:
    """So that a guide's words can be held against them."""
    for way, text in ALL.items():
        assert isinstance(text, str), way
        assert text.strip() == text != "", way
        assert words.gaps_in(text) == [f"{{{name}}}" for name in GAP.findall(text)], way
        assert {each[1] for each in string.Formatter().parse(text)} - {None} == set(GAP.findall(text)), way
        assert not set(way) & set(dir(dict)), f"a template would find what a dict can do, not the word {way}"


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    """English declares them."""
    files = list(words.FOLDER.glob("*.yml"))
    assert ENGLISH in files
    for file in files:
        document, wrong = yaml_reader.parse(file.name, file.read_text(encoding="utf-8"))
        assert wrong == []
        assert dict(leaves(document.value)).keys() == ALL.keys()
        assert words.changed(DECLARED, document)[1] == []


def test_the_package_knows_no_guide() -> None:
    """No symptom and no publisher stands in its words."""
    assert not re.search(r"twitch|careguide|nosebleed", "\n".join(ALL.values()), re.IGNORECASE)
