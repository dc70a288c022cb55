"""The little Markdown that texts may hold: links by id, citations and directives, and what is only words."""

from __future__ import annotations

from careguide.source.markup import DIRECTIVE, Reference, cited_ids, plain, references, targets, without_code


def test_links_by_id_and_citations_are_found() -> None:
    """Every mention of a thing by its id is found, right or wrong, with the words that carry it."""
    for text, expected in (
        ("no link", []),
        ("[too much](cause:caffeine)", [Reference("cause", "caffeine", "too much", 0)]),
        ("a [b](cause:c) d [e](term:f)", [Reference("cause", "c", "b", 2), Reference("term", "f", "e", 17)]),
        ("[](cause:caffeine)", [Reference("cause", "caffeine", "", 0)]),  # no words
        ("[a](cause:)", [Reference("cause", "", "a", 0)]),  # no id: a problem, so it must be found
        ("[a](cause:Caffeine)", [Reference("cause", "Caffeine", "a", 0)]),  # likewise
        ("[a](cuase:caffeine)", [Reference("cuase", "caffeine", "a", 0)]),  # likewise
        ("[a](mailto:b@c.example)", []),  # an address
        ("[a](tel:112)", []),
        ("[a](https://b.example)", []),
        ("[a](https:b)", []),
        ("[a](javascript:b)", []),  # no kind of thing; other checks refuse it
        ("[a](b.md)", []),
        ("[a](cause: b)", []),  # with a space it is no link
        ("[a] (cause:b)", []),
        ("[a](cause:b.md)", [Reference("cause", "b.md", "a", 0)]),
        ("Yes.[@nhs]", [Reference("source", "nhs", "", 4)]),
        ("Yes.[@nhs; @nice]", [Reference("source", "nhs", "", 4), Reference("source", "nice", "", 4)]),
        (
            "Yes.[@nhs;nice]",
            [Reference("source", "nhs", "", 4), Reference("source", "nice", "", 4)],
        ),  # the second sign left out
        ("a@b.example", []),
    ):
        assert expected == list(references(text))


def test_a_citation_may_name_several_sources() -> None:
    """They are parted by semicolons, each with its sign."""
    assert ["a", "b", "c"] == cited_ids("a; @b;@c")


def test_ordinary_links_are_found() -> None:
    """Where a hand-written link leads is found, with its line from 0, so that it can be followed."""
    for text, expected in (
        ("[a](b.md)", [("b.md", 0)]),
        ("a\n[b](../c.md#d)", [("../c.md#d", 1)]),
        ("[a](#b)", [("#b", 0)]),
        ("[a]()", [("", 0)]),
        ("[a](https://b.example/c?d=e#f)", [("https://b.example/c?d=e#f", 0)]),
        ('[a](b.md "with a title")', [("b.md", 0)]),
        ("[a](b.md 'with a title')", [("b.md", 0)]),
        ("[a](mailto:b@c.example)\n[d](tel:112)", [("mailto:b@c.example", 0), ("tel:112", 1)]),
        ("[a](Cause:b)", [("Cause:b", 0)]),  # no link by id: its kind has a capital
        ("[a](data:text/html,b)", [("data:text/html,b", 0)]),
        ("[a](cause:b)", []),  # a link by id
        ("[a][b]", []),  # its target stands where the name is given
        ("[a][b]\n\n[b]: c.md", [("c.md", 2)]),
        ("[a][b]\n\n[b]: <c.md> 'with a title'", [("c.md", 2)]),
        ("[a][b]\n\n[b]: cause:c", [("cause:c", 2)]),  # no link by id: the engine would take it as an address
        ("[![a](b.png)](c.md)", [("b.png", 0), ("c.md", 0)]),
        ("a.[@b]", []),
    ):
        assert expected == [(target.address, text.count("\n", 0, target.start)) for target in targets(text)]


def test_a_picture_is_known_from_a_link() -> None:
    """A picture shows a file, a link leads to a page; a picture may carry a link."""
    found = list(targets("![a](b.png) [c](d.md) [![e](f.png)](g.md)"))

    assert ["b.png", "f.png"] == [target.address for target in found if target.picture]
    assert ["d.md", "g.md"] == [target.address for target in found if not target.picture]


def test_a_text_is_read_aloud_without_its_marks() -> None:
    """Only the words that a reader sees are counted and scored."""
    for text, expected in (
        ("plain words", "plain words"),
        ("See [dry air](cause:dry-air) too.", "See dry air too."),
        ("See [a page](b.md 'x')", "See [a page](b.md 'x')"),  # only double quotes carry a title
        ('See [a page](b.md "x").', "See a page."),
        ("Yes.[@nhs; @nice] No.", "Yes. No."),
        ("**Bold**, _slanted_ and `code`.", "Bold, slanted and code."),
        ("***Both***", "Both"),
        ("2 * 3 and a _ b", "2 * 3 and a _ b"),  # marks that stand alone are signs
        ("![A nose](nose.png) bleeds", "A nose bleeds"),
        ("before <!-- guide: causes --> after", "before   after"),
        ("before <!-- two\nlines --> after", "before   after"),
        ("", ""),
    ):
        assert expected == plain(text)


def test_code_is_blanked_letter_for_letter() -> None:
    """Examples in code are not links, and places in the text around them stay the same."""
    for text, expected in (
        ("a `b` c", "a     c"),
        ("a\n```\n[b](cause:c)\n```\nd", "a\n   \n            \n   \nd"),
        ("a\n~~~ yaml\nb\n~~~\nd", "a\n        \n \n   \nd"),
        ("```\na\n~~~\nb\n```\nc", "   \n \n   \n \n   \nc"),  # another fence does not close it
        ("```\nnever closed", "```\nnever closed"),
        ("a ` b", "a ` b"),  # one alone is a sign
        ("`a\nb`", "`a\nb`"),  # code in a line ends with the line
    ):
        assert expected == without_code(text)
        assert len(text) == len(expected)


def test_directives_are_told_from_comments() -> None:
    """A comment that starts with 'guide:' asks for a section; any other is a note."""
    for text, expected in (
        ("<!-- guide: causes -->", "causes"),
        ("<!--guide:causes-->", "causes"),  # no spaces
        ("<!--  guide:   care-cards symptom:neck  -->", "care-cards symptom:neck"),
        ("<!-- guide: -->", ""),  # a problem, so it must be found
        ("<!-- guide causes -->", None),  # a comment
        ("<!-- causes -->", None),
    ):
        found = DIRECTIVE.search(text)

        assert expected == (found and found["call"]), text
