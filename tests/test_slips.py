"""Slips of writing: what was left to write, and pages that fall apart; and that nothing right is accused."""

from __future__ import annotations

import careguide
import pytest
from careguide.checks import slips
from conftest import EXAMPLE, TODAY, Project, article, changed, load


def found(project: Project, body: str) -> list[str]:
    """What the rules say of a page, each as its line and its rule."""
    root = project({"content/a.md": article(f"# A page\n\n{body}\n")})
    return [f"{each.line} {each.rule}" for each in slips.check(load(root)) if each.path == "content/a.md"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("TODO", "8 texts_are_written"),
        ("This is xxx for now.", "8 texts_are_written"),
        ("Lorem ipsum dolor.", "8 texts_are_written"),
        ("…", "8 texts_are_written"),
        ("Hello {{ name }}.", "8 texts_are_written"),
        ("Hello {% if x %}.", "8 texts_are_written"),
        ("This cures twitching.", "8 texts_promise_and_order_nothing"),
        ("Rest always works.", "8 texts_promise_and_order_nothing"),
        ("It is completely safe.", "8 texts_promise_and_order_nothing"),
        ("Stop taking your tablets.", "8 texts_promise_and_order_nothing"),
        ("You should stop your medicine at once.", "8 texts_promise_and_order_nothing"),
        ("Hold it for 10.", "8 texts_promise_and_order_nothing"),
        ("### Too deep", "8 headings_are_in_order"),
        ("## One\n\n#### Two", "10 headings_are_in_order"),
        ("# Another", "8 headings_are_in_order"),
        ("## ?", "8 headings_are_in_order"),
        ("##", "8 headings_are_in_order"),
        ("Go [](about.md).", "8 links_say_where_they_lead"),
        ("Go [here](about.md).", "8 links_say_where_they_lead"),
        ("[Click here](about.md) to go.", "8 links_say_where_they_lead"),
        ("Read https://a.example/b today.", "8 links_say_where_they_lead"),
        ("See www.a.example today.", "8 links_say_where_they_lead"),
        ("![](nose.png)", "8 pictures_are_told"),
        ("![nose.png](nose.png)", "8 pictures_are_told"),
        ("![IMG_2041](nose.png)", "8 pictures_are_told"),
        ("| a | b |\n|---|---|\n| c |", "10 tables_and_lists_hold_together"),
        ("| a | b |\n|---|---|\n| c | d | e |", "10 tables_and_lists_hold_together"),
        ("Take these:\n- one\n- two", "9 tables_and_lists_hold_together"),
        ("Do this:\n1. one\n2. two", "9 tables_and_lists_hold_together"),
    ],
)
def test_a_slip_is_named_on_its_line(project: Project, body: str, expected: str) -> None:
    """Its line and the rule that found it."""
    assert [expected] == found(project, body)


@pytest.mark.parametrize(
    "body",
    [
        "There is no cure that works for all.",
        "Do not stop taking your tablets without asking.",
        "Never stop your medicine by yourself.",
        "Hold it for 10 seconds. Wait 5 minutes.",
        "About 1 in 100 people have it, and 2 of 3 get better.",
        "## One\n\n### Two\n\n## Three\n\n### Four",
        "[About this guide](about.md) and <https://a.example/> and [the page](https://a.example/b).",
        "![A cup of salt water](nose.png)",
        "| a | b |\n|---|---|\n| c | d |",
        "Words.\n\n- one\n  goes on\n- two\n\n    more of two\n- three\n\nWords.",
        "1. one\n2. two\n   - inner\n3. three",
        "```\n# no heading\nTODO\n```",
        "A line\nthat goes on - with a dash.",
        "Type `TODO` there.",
    ],
)
def test_what_is_right_is_not_accused(project: Project, body: str) -> None:
    """Lists that go on, headings in order, and words that only look like a slip."""
    assert [] == found(project, body)


def test_texts_of_data_are_looked_at_too(project: Project) -> None:
    """The field and its line."""
    root = project(changed("data/causes/picking.yml", ("A nail can", "TODO A nail can")))

    assert [("data/causes/picking.yml", "texts_are_written")] == [
        (each.path, each.rule) for each in careguide.build(root, today=TODAY).problems if each.blocks
    ]


def test_the_example_has_no_slips() -> None:
    """Nothing in it is accused."""
    assert [] == list(slips.check(load(EXAMPLE)))
