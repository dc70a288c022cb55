"""Writing one page: links, the numbers of its sources, and hard words explained where they first stand."""

from __future__ import annotations

import pytest
from careguide.guide.page_paths import path_of
from careguide.pages.prose import Writing
from conftest import EXAMPLE, Project, load

CITED = '[{0}](#source-{0}){{ .cite aria-label="Source {0}" }}'
NOSTRIL = '[{0}]({1}glossary.md#nostril "One of the two holes of your nose."){{ .term }}'


@pytest.fixture
def home() -> Writing:
    """The home page of the example."""
    return Writing(load(EXAMPLE), "index.md")


@pytest.fixture
def cause() -> Writing:
    """A page in a folder."""
    return Writing(load(EXAMPLE), "causes/picking.md")


def test_everything_with_a_page_has_one_address() -> None:
    """A thing stands on a page of its own, at its place on its list's page, or nowhere."""
    for kind, name, expected in (
        ("causes", "dry-air", "causes/dry-air.md"),  # a page of its own
        ("criteria", "heavy", "when-to-get-help.md#heavy"),  # a place on the page of its list
        ("urgency", "emergency", "when-to-get-help.md#emergency"),
        ("amounts", "press-time", ""),  # no page
        ("questions", "when", ""),
    ):
        assert expected == path_of(kind, name)


def test_links_are_relative_to_the_page(cause: Writing) -> None:
    """A site works in any folder, and from a disk."""
    for target, expected in (
        ("causes/dry-air.md", "dry-air.md"),  # the same folder
        ("remedies/press-the-nose.md", "../remedies/press-the-nose.md"),
        ("index.md", "../index.md"),
        ("glossary.md#nostril", "../glossary.md#nostril"),
        ("causes/picking.md#help", "#help"),  # this page
        ("causes/picking.md", ""),
    ):
        assert expected == cause.to(target)


def test_a_link_carries_the_things_own_name(cause: Writing) -> None:
    """Where no words are given, the thing's title stands for it."""
    for kind, name, words, expected in (
        ("causes", "dry-air", "", "[Dry air](dry-air.md)"),  # its title
        ("causes", "dry-air", "winter air", "[winter air](dry-air.md)"),
        ("criteria", "often", "", "[Your nose bleeds every week.](../when-to-get-help.md#often)"),  # its sign
        ("amounts", "press-time", "15 minutes", "15 minutes"),  # nowhere to go
        ("causes", "nothing", "", "[nothing](nothing.md)"),  # a problem of its own already
    ):
        assert expected == cause.link(kind, name, words)


def test_links_by_id_become_links(cause: Writing) -> None:
    """A link by id leads to the page; an address stays as it is; one that leads nowhere leaves its words."""
    for text, expected in (
        ("See [dry air](cause:dry-air).", "See [dry air](dry-air.md)."),
        ("For [15 minutes](amount:press-time).", "For 15 minutes."),
        (
            "[Signs](page:when-to-get-help), [checks](page:check)",
            "[Signs](../when-to-get-help.md), [checks](../check/index.md)",
        ),
        (
            "[Write](mailto:a@b.example), [call](tel:555), [read](https://c.example).",
            "[Write](mailto:a@b.example), [call](tel:555), [read](https://c.example).",
        ),
        ("[lost](cause:nothing) and [odd](cuase:dry-air)", "lost and odd"),  # problems of their own already
        ("Look into [a hole](term:nostril).", f"Look into {NOSTRIL.format('a hole', '../')}."),
    ):
        assert expected == cause.text(text)


def test_a_hard_word_is_explained_where_it_first_stands(home: Writing) -> None:
    """Its first use carries its meaning and leads to the glossary, in any form and case.

    Later ones are left alone, and so are words that only look like it.
    """
    assert f"Both {NOSTRIL.format('Nostrils', '')}, one nostril, nostrilled." == home.text(
        "Both Nostrils, one nostril, nostrilled."
    )
    assert "A nostril." == home.text("A nostril.")


def test_each_page_explains_anew() -> None:
    """A reader may come to any page first."""
    guide = load(EXAMPLE)

    assert Writing(guide, "a.md").text("nostril") == Writing(guide, "b.md").text("nostril")


def test_what_is_no_running_text_is_left_alone(home: Writing) -> None:
    """A link in a heading, a link or code would break it."""
    for text in (
        "# The nostril",  # a heading
        "    nostril",  # code
        "`nostril`",
        "```\nnostril\n```",
        "[the nostril](about.md)",  # a link
        "[two\nnostrils](about.md)",
        "![nostril](nose.png)",
    ):
        assert text == home.prose(text)


def test_the_glossary_does_not_explain_itself() -> None:
    """On its own page a hard word is just a word."""
    assert "nostril" == Writing(load(EXAMPLE), "glossary.md").text("nostril")


def test_the_longest_hard_word_wins(project: Project) -> None:
    """'Nostril hair' is explained as such, not as a nostril with hair."""
    more = (
        "- id: nostril-hair\n  term: nostril hair\n"
        '  meaning: Hair that "filters" air.\n  sources: [leaflet]\n'
    )
    guide = load(
        project({"data/glossary.yml": (EXAMPLE / "data/glossary.yml").read_text(encoding="utf-8") + more})
    )

    assert '[Nostril hair](glossary.md#nostril-hair "Hair that &#34;filters&#34; air."){ .term }' == Writing(
        guide, "a.md"
    ).text("Nostril hair")


def test_a_meaning_may_have_a_bracket(project: Project) -> None:
    """A hard word in the meaning of another, which shows as a tooltip, is left alone there."""
    more = (
        "- id: nose-expert\n  term: nose expert\n"
        "  meaning: Someone (a doctor) who looks into a nostril.\n  sources: [leaflet]\n"
    )
    guide = load(
        project({"data/glossary.yml": (EXAMPLE / "data/glossary.yml").read_text(encoding="utf-8") + more})
    )
    once = Writing(guide, "a.md").prose("Ask a nose expert.")

    assert 1 == once.count("glossary.md")
    assert '"Someone (a doctor) who looks into a nostril."){ .term }.' in once


def test_a_page_has_no_tags_and_no_attributes_of_its_own(home: Writing) -> None:
    """What would begin one is shown as it is written, and notes for writers are left out."""
    for text, expected in (
        ("Look: <b>here</b>", "Look: &#60;b>here&#60;/b>"),
        ("[x](about.md){ onclick=alert(1) }", "[x](about.md)&#123; onclick=alert(1) }"),
        ("a <!-- note --> b", "a  b"),
        ("`<b>` and 1 < 2", "`<b>` and 1 < 2"),
        ("<https://a.example/>", "<https://a.example/>"),
    ):
        assert expected == home.prose(text)


def test_a_text_comes_out_as_it_is_written(home: Writing) -> None:
    """What is not one of the few marks of a text is words, whatever Markdown would make of it."""
    for text, expected in (
        ("2 | 3 * 4_5 # 6", "2 &#124; 3 &#42; 4&#95;5 &#35; 6"),
        ("1986. It was hot.", "1986&#46; It was hot."),
        ("# 1", "&#35; 1"),
        ("- a", "&#45; a"),
        ("a\n\nb", "a b"),
        ("HLA-B*27 and 2*3*4", "HLA-B&#42;27 and 2&#42;3&#42;4"),
        ("**b** and *c* and _d_", "**b** and *c* and *d*"),
        ("<b>", "&#60;b&#62;"),
        ("`a*b`", "<code>a&#42;b</code>"),
        ("[x](https://a.example/b_(c))", "[x](https://a.example/b_&#40;c&#41;)"),
        ("[x](javascript:alert(1))", "x"),
        ("![x](https://a.example/p.png)", "[x](https://a.example/p.png)"),
        ("a \x02img", "a img"),
    ):
        assert expected == home.text(text)


def test_a_text_may_have_paragraphs_lists_and_tables(home: Writing) -> None:
    """Their shape stays, and what stands in them is words."""
    text = "One.\ntwo | three\n\n- a\n  b\n- # c\n\n1. d\n2. e\n\n1986. f\n\n| g | h |\n|---|---|\n| i | j |"

    assert home.paragraphs(text) == (
        "One. two &#124; three\n\n- a b\n- &#35; c\n\n1. d\n2. e\n\n1986&#46; f"
        "\n\n| g | h |\n| --- | --- |\n| i | j |"
    )


def test_without_a_glossary_words_are_words(project: Project) -> None:
    """A guide need not have hard words."""
    guide = load(project({"data/glossary.yml": None}))

    assert "A nostril." == Writing(guide, "a.md").text("A nostril.")


def test_sources_are_numbered_as_they_are_cited(home: Writing) -> None:
    """The first source cited is number 1 wherever it is cited again; an unknown one has no number."""
    assert CITED.format(1) == home.cite(["study"])
    assert CITED.format(2) + CITED.format(1) == home.cite(["leaflet", "nothing", "study"])
    assert ["study", "leaflet"] == home.cited


def test_prose_cites_too(home: Writing) -> None:
    """In hand-written Markdown a citation by id becomes numbers, and links by id become links."""
    text = "It stops.[@leaflet] See [dry air](cause:dry-air).[@study; @leaflet]"

    assert (
        f"It stops.{CITED.format(1)} See [dry air](causes/dry-air.md).{CITED.format(2)}{CITED.format(1)}"
        == home.prose(text)
    )


def test_examples_in_code_stay_examples(home: Writing) -> None:
    """A page that shows how to write a link or a citation shows just that."""
    for text in (
        "`[dry air](cause:dry-air)[@leaflet]`",
        "```\n[dry air](cause:dry-air)\n[@leaflet]\n```",
        "~~~ yaml\n[@leaflet]\n~~~",
    ):
        assert text == home.prose(text)
        assert [] == home.cited, text


def test_a_number_is_read_aloud_in_the_guides_words(project: Project) -> None:
    """The label of a source's number is data, so that another language can say it."""
    guide = load(project({"data/words.yml": 'sources:\n  label: "Quelle {number}"\n'}))

    assert '[1](#source-1){ .cite aria-label="Quelle 1" }' == Writing(guide, "a.md").cite(["leaflet"])


def test_a_drawing_links_built_pages() -> None:
    """An engine puts every page into a folder of its own, and leaves the links of a drawing alone."""
    for page, kind, name, expected in (
        ("index.md", "causes", "dry-air", "causes/dry-air/"),
        ("causes/picking.md", "causes", "dry-air", "../dry-air/"),  # its folder is one deeper than its file
        ("causes/index.md", "causes", "dry-air", "dry-air/"),
    ):
        assert expected == Writing(load(EXAMPLE), page).address(path_of(kind, name))
