"""Every text that readers see, with the line each sentence starts on: a contributor is sent to that line."""

from __future__ import annotations

from careguide.checks import sentences as sentences_module
from conftest import Project, article, changed, load

PICKING = "data/causes/picking.yml"
TEXT = "short: A nail can scratch the inside of your nose."
"""Stands on line 2."""


def lines(project: Project, path: str, changes: dict[str, str], sentences: list[str]) -> list[int]:
    """The line of each of some sentences of a file."""
    found = {
        sentence: line
        for said in sentences_module.texts(load(project(changes)))
        if said.path == path
        for sentence, line in zip(said.sentences, said.lines, strict=True)
    }
    return [found[sentence] for sentence in sentences]


def test_a_sentence_in_yaml_has_its_own_line(project: Project) -> None:
    """However the text is set: on one line, folded, kept line by line, or in quotes."""
    for text, sentences, expected in (
        (
            f"{TEXT} See [dry air](cause:dry-air).",
            ["A nail can scratch the inside of your nose.", "See dry air."],
            [2, 2],
        ),
        (
            "short: >-\n      One is here.\n      Two [is\n      here](cause:dry-air). Three is.",
            ["One is here.", "Two is here.", "Three is."],
            [3, 4, 5],
        ),
        ("short: |\n      One is here.\n\n      Two is here.", ["One is here.", "Two is here."], [3, 5]),
        (
            "short: One is here.\n      Two is\n      here. One is here too.",
            ["One is here.", "Two is here.", "One is here too."],
            [2, 3, 4],
        ),
        ("short: 'It''s one.\n      It''s two.'", ["It's one.", "It's two."], [2, 3]),
        ('short: "**One** is\n      here. _Two_ is."', ["One is here.", "Two is."], [2, 3]),
        ("short: >\n      # One, no comment.\n      Two.", ["# One, no comment.", "Two."], [3, 4]),
    ):
        assert expected == lines(project, PICKING, changed(PICKING, (TEXT, text)), sentences)


def test_a_sentence_in_markdown_has_its_own_line(project: Project) -> None:
    """In paragraphs, lists and tables."""
    for body, sentences, expected in (
        (
            "One is here.\nTwo is here. Three\nis here.\n",
            ["One is here.", "Two is here.", "Three is here."],
            [6, 7, 7],
        ),
        (
            "# Title\n\n* One [is\n  here](cause:picking).[@leaflet; @study]\n  Two is.\n",
            ["One is here.", "Two is."],
            [8, 10],
        ),
        ("Same.\n\nSame.\n<!-- no. -->\n\nLast.\n", ["Last."], [11]),
        (
            "| One. Two. | Three. |\n| --- | --- |\n| Four. | Five. |\n",
            ["One.", "Two.", "Three.", "Four.", "Five."],
            [6, 6, 6, 8, 8],
        ),
    ):
        assert expected == lines(project, "content/a.md", {"content/a.md": article(body)}, sentences)
