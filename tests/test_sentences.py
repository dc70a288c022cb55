"""Every text that readers see, with the line each sentence starts on: a contributor is sent to that line."""

from __future__ import annotations

import pytest
from careguide.checks import sentences as sentences_module
from conftest import Project, article, changed, load

PICKING = "data/causes/picking.yml"
TEXT = "  - text: The skin inside the nose is thin. See [dry air](cause:dry-air) too."
"""Stands on line 7."""


def lines(project: Project, path: str, changes: dict[str, str], sentences: list[str]) -> list[int]:
    """The line of each of some sentences of a file."""
    found = {
        sentence: line
        for said in sentences_module.texts(load(project(changes)))
        if said.path == path
        for sentence, line in zip(said.sentences, said.lines, strict=True)
    }
    return [found[sentence] for sentence in sentences]


@pytest.mark.parametrize(
    ("text", "sentences", "expected"),
    [
        (TEXT, ["The skin inside the nose is thin.", "See dry air too."], [7, 7]),
        (
            "  - text: >-\n      One is here.\n      Two [is\n      here](cause:dry-air). Three is.",
            ["One is here.", "Two is here.", "Three is."],
            [8, 9, 10],
        ),
        ("  - text: |\n      One is here.\n\n      Two is here.", ["One is here.", "Two is here."], [8, 10]),
        (
            "  - text: One is here.\n      Two is\n      here. One is here too.",
            ["One is here.", "Two is here.", "One is here too."],
            [7, 8, 9],
        ),
        ("  - text: 'It''s one.\n      It''s two.'", ["It's one.", "It's two."], [7, 8]),
        ('  - text: "**One** is\n      here. _Two_ is."', ["One is here.", "Two is."], [7, 8]),
        ("  - text: >\n      # One, no comment.\n      Two.", ["# One, no comment.", "Two."], [8, 9]),
    ],
)
def test_a_sentence_in_yaml_has_its_own_line(
    project: Project, text: str, sentences: list[str], expected: list[int]
) -> None:
    """However the text is set: on one line, folded, kept line by line, or in quotes."""
    assert expected == lines(project, PICKING, changed(PICKING, (TEXT, text)), sentences)


@pytest.mark.parametrize(
    ("body", "sentences", "expected"),
    [
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
    ],
)
def test_a_sentence_in_markdown_has_its_own_line(
    project: Project, body: str, sentences: list[str], expected: list[int]
) -> None:
    """In paragraphs, lists and tables."""
    assert expected == lines(project, "content/a.md", {"content/a.md": article(body)}, sentences)
