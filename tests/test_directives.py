"""A hand-written page in pieces, from top to bottom."""

from __future__ import annotations

from careguide.pages.directives import Call, Opening, Prose, has_title, pieces
from careguide.source.articles import Article
from careguide.source.yaml_reader import Document


def written(body: str) -> Article:
    """A page with this body, which starts on line 5."""
    return Article("content/a.md", Document("content/a.md"), body, 5)


def test_a_page_is_read_as_prose_and_places_for_sections() -> None:
    """What somebody wrote stays in order, each directive with its line; the opening comes under the title."""
    for body, expected in (
        ("# Title\n\nWords.", [Prose("# Title"), Opening(), Prose("\n\nWords.")]),
        ("Words.", [Prose(""), Opening(), Prose("Words.")]),  # no title
        ("", [Prose(""), Opening(), Prose("")]),
        (
            "# Title\n\n<!-- guide: causes -->\n\nWords.",
            [Prose("# Title"), Opening(), Prose("\n\n"), Call("causes", "", 7), Prose("\n\nWords.")],
        ),
        (
            "# Title\n<!-- guide: care-cards symptom:nosebleed -->\n<!-- guide: ask -->",
            [
                Prose("# Title"),
                Opening(),
                Prose("\n"),
                Call("care-cards", "symptom:nosebleed", 6),
                Prose("\n"),
                Call("ask", "", 7),
                Prose(""),
            ],
        ),
        ("# Title\n\n<!-- a note -->", [Prose("# Title"), Opening(), Prose("\n\n<!-- a note -->")]),
        (
            "# Title\n\n`<!-- guide: causes -->`",
            [Prose("# Title"), Opening(), Prose("\n\n`<!-- guide: causes -->`")],
        ),  # an example
        (
            "```\n# Comment\n```\n# Title",
            [Prose("```\n# Comment\n```\n# Title"), Opening(), Prose("")],
        ),  # a title in code is none
        ("## Section\n# Title", [Prose("## Section\n# Title"), Opening(), Prose("")]),
        ("# Title\n<!-- guide: -->", [Prose("# Title"), Opening(), Prose("\n"), Call("", "", 6), Prose("")]),
    ):
        assert expected == list(pieces(written(body)))


def test_a_title_is_a_heading_of_the_first_level() -> None:
    """A page without one gets the title of the thing it is about."""
    for body, expected in (
        ("# Title", True),
        ("\nWords.\n\n# Title", True),
        ("## Section", False),
        ("Words # with a sign", False),
        ("```\n# Comment\n```", False),
        ("", False),
    ):
        assert expected is has_title(written(body))
