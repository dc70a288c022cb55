"""What a contributor reads when something is wrong."""

from __future__ import annotations

import json

from careguide.source.problems import (
    Problem,
    Wrong,
    WrongCallError,
    blocked,
    capped,
    named,
    nearest,
    one_of,
    problems_at,
    quoted,
    report,
)
from careguide.source.yaml_reader import parse

FIRST = Problem("data/a.yml", 2, "title must be given", "Its name.")
NOTICE = Problem("data/a.yml", 10, "reviewed.due was '2026-01-01'", "Ask for a new review.", blocks=False)
LAST = Problem("data/b.yml", 1, "the file must not be empty")


def test_a_problem_is_one_line_and_one_tip() -> None:
    """A problem names its file and line, what must be true, and how to put it right."""
    assert "data/a.yml:2: title must be given\n  Tip: Its name." == str(FIRST)


def test_a_notice_says_that_it_does_not_block() -> None:
    """What need not be mended at once is called a notice."""
    assert "data/a.yml:10: notice: reviewed.due was '2026-01-01'\n  Tip: Ask for a new review." == str(NOTICE)


def test_a_problem_without_a_tip_has_no_empty_line() -> None:
    """Where there is nothing to advise, nothing is said."""
    assert "data/b.yml:1: the file must not be empty" == str(LAST)


def test_problems_come_sorted_and_once() -> None:
    """They are listed by file, then by line as a number (2 before 10), and the same one only once."""
    assert f"{FIRST}\n{NOTICE}\n{LAST}" == report([LAST, NOTICE, FIRST, NOTICE])


def test_nothing_wrong_is_an_empty_report() -> None:
    """A clean guide leaves nothing to read."""
    assert "" == report([])


def test_problems_as_json() -> None:
    """For programs, a report is a list of mappings with the same words; letters stay letters."""
    expected = [
        {
            "path": "data/a.yml",
            "line": 2,
            "message": "title must be given",
            "tip": "Its name.",
            "blocks": True,
            "rule": "",
        },
        {
            "path": "data/a.yml",
            "line": 10,
            "message": "reviewed.due was '2026-01-01'",
            "tip": "Ask for a new review.",
            "blocks": False,
            "rule": "",
        },
        {"path": "é.yml", "line": 1, "message": "…", "tip": "", "blocks": True, "rule": "no_dots"},
    ]

    found = report([FIRST, NOTICE, Problem("é.yml", 1, "…", rule="no_dots")], output_format="json")

    assert expected == json.loads(found)
    assert found.isascii()  # any console can show it


def test_problems_as_annotations() -> None:
    """On GitHub a problem stands beside its line: one line each, with what would end it early as codes."""
    odd = Problem("data/a,b:c.yml", 3, "100%\r\nsure", "Two\nlines: yes.")

    expected = [
        "::error file=data/a%2Cb%3Ac.yml,line=3::100%25%0D%0Asure Two%0Alines: yes.",
        "::error file=data/a.yml,line=2::title must be given Its name.",
        "::notice file=data/a.yml,line=10::reviewed.due was '2026-01-01' Ask for a new review.",
        "::error file=data/b.yml,line=1::the file must not be empty",
    ]

    assert expected == report([LAST, NOTICE, FIRST, odd], output_format="github").split("\n")


def test_what_is_wrong_with_a_command_has_no_place() -> None:
    """What was typed stands in no file."""
    assert "ID must be new\n  Tip: Choose another." == str(
        WrongCallError("ID must be new", "Choose another.")
    )


def titles_are_short(texts: list[str]) -> Wrong:
    """A rule, as a check has many."""
    for index, text in enumerate(texts):
        if len(text) > 3:
            yield (index, "title"), f"must be short, not {quoted(text)}", "Cut it."


def test_a_rule_finds_each_mistake_at_its_line_and_by_its_name() -> None:
    """The way to a value gives the line and the words for it; a rule's name is that of its function."""
    document, _ = parse("a.yml", "entries:\n- title: one\n- title: three\n")

    found = list(problems_at(document, ("entries",), titles_are_short(["one", "three"])))

    assert [Problem("a.yml", 3, "entries[2].title must be short, not 'three'", "Cut it.")] == found
    assert ["titles_are_short"] == [problem.rule for problem in found]


def test_a_pass_gives_its_name_to_what_has_none() -> None:
    """The name of the rule that found it is kept."""
    found = named([LAST, Problem("a.yml", 1, "no", rule="no_noes")], "reading")

    assert ["reading", "no_noes"] == [problem.rule for problem in found]


def test_two_rules_that_find_the_same_say_it_once() -> None:
    """A reader of messages does not care which rule it was."""
    assert str(LAST) == report([*named([LAST], "one"), *named([LAST], "two")])


def test_a_value_is_quoted_on_one_line() -> None:
    """A message quotes what was found on one line, cut where it is long."""
    for value, expected in (
        ("neck", "'neck'"),
        ("", "''"),  # nothing at all
        ("two\n  lines\tand a tab", "'two lines and a tab'"),
        ("a" * 60, f"'{'a' * 60}'"),  # just fits
        ("a" * 61, f"'{'a' * 59}…'"),  # one too many
        (5, "'5'"),  # not a text
        ("dry-air\u2009", "'dry-air[U+2009]'"),  # a blank that nobody sees
    ):
        assert expected == quoted(value)


def test_choices_read_as_a_sentence() -> None:
    """Choices are listed as people list them."""
    for choices, expected in (
        (["a"], "a"),
        (["a", "b"], "a or b"),
        (["a", "b", "c"], "a, b or c"),
    ):
        assert expected == one_of(choices)


def test_things_read_as_a_sentence() -> None:
    """What is all there is joined with 'and'."""
    assert "a, b and c" == one_of("abc", last="and")


def test_a_tip_names_the_nearest_choice() -> None:
    """A misspelt word gets the choice most like it; a wild guess is worse than none."""
    for word, choices, expected in (
        ("cafeine", ["caffeine", "stress"], "Did you mean 'caffeine'?"),
        ("STRESS", ["caffeine", "stress"], "Did you mean 'stress'?"),  # capitals do not matter
        ("xyz", ["caffeine", "stress"], ""),  # nothing is near
        ("", ["caffeine"], ""),
        ("caffeine", [], ""),  # nothing to choose from
    ):
        assert expected == nearest(word, choices)


def test_of_a_file_with_very_many_problems_the_first_are_told() -> None:
    """A hostile file would fill the memory, and nobody reads a million lines."""
    found = capped(Problem(path, line, "wrong") for path in ("a.yml", "b.yml") for line in range(1, 1001))

    assert 402 == len(found)
    assert "b.yml:1000: the file has 800 problems more" in str(found[-1])


def test_many_notices_in_a_file_block_nothing() -> None:
    """Unless something that blocks is among those that are not shown."""
    notices = [Problem("a.yml", line, "odd", blocks=False) for line in range(1, 1001)]

    assert not blocked(capped(notices))
    assert blocked(capped([*notices, Problem("a.yml", 1001, "wrong")]))
