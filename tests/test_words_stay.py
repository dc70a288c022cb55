"""Any text comes out as it is written: on a page wherever it stands, on paper, in the search and in the data.

The texts are made up by Hypothesis, of what Markdown, HTML, YAML and templates take for marks.
"""

from __future__ import annotations

import json
import re
import unicodedata

import markdown
import pytest
from bs4 import BeautifulSoup
from careguide.pages.prose import Writing
from careguide.pages.safe_html import clean
from careguide.source import markup, yaml_reader, yaml_writer
from careguide.source.text_files import INVISIBLE
from conftest import EXAMPLE, load
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

MARKS = st.sampled_from(list("|*_#`~[](){}<>&\\\"'!+-=:.,;@%^$/? \n0123456789abxyz"))
PIECES = st.sampled_from(
    [
        "1986. ",
        "# ",
        "- ",
        "* ",
        "> ",
        "***",
        "**b**",
        "_c_",
        "`d`",
        "[e](https://a.example/b_(c))",
        "[f](tel:112)",
        "<b>",
        "</p>",
        "&amp",
        "&amp;",
        "&nbsp;",
        "&#42;",
        "&#42",
        "\\*",
        "{{",
        "{%",
        "{: #x }",
        "|",
        "\n\n",
        "    ",
        "```",
        "~~~",
        "---",
        "===",
        "HLA-B*27",
        "a_b_c",
        "2*3*4",
        "javascript:",
        "<!--",
        "-->",
        "é",
        "ß",
        "日本",
        "\u00a0",
        "😀",
        "\x02",
        "\x00",
    ]
)
PRINTABLE = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"])
TEXTS = (
    st.lists(st.one_of(MARKS, PIECES, PRINTABLE), min_size=1, max_size=25)
    .map("".join)
    .map(lambda text: INVISIBLE.sub("", text).replace("<!--", "").strip())
    .filter(bool)
)
"""Without what a reader of files takes away or names: blanks at both ends, what no editor shows, comments."""
often = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
"""The same texts each time: a change is not refused for what it did not do. `make fuzz` looks for more."""

PLACES = {
    "a paragraph": "{}",
    "after words": "Words: {}",
    "a heading": "## {} {{ #x }}",
    "an item": "- {}\n",
    "a step": "1. {}\n",
    "a cell": "| a | b |\n| --- | --- |\n| c | {} |\n",
    "a block of HTML": "<div>\n<p>{}</p>\n</div>",
    "Markdown in HTML": '<div markdown="1">\n\n{}\n\n</div>',
    "a line in HTML": '<p markdown="span">{}</p>',
    "strong words": "a **{}** b",
}
EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "fenced_code"]


def as_read(text: str) -> str:
    """The letters that a reader sees: blanks alone are free."""
    seen = "".join(unicodedata.normalize("NFC", INVISIBLE.sub("", text)).split())
    return seen.replace("\ufffd", "")


def shown(page: str) -> BeautifulSoup:
    """A page in Markdown as a browser has it."""
    return BeautifulSoup(clean(markdown.markdown(page, extensions=EXTENSIONS)), "html.parser")


@pytest.mark.parametrize("place", PLACES)
@often
@given(text=TEXTS)
def test_words_are_words_in_every_place(place: str, text: str) -> None:
    """What a template names, such as a title, is shown letter for letter."""
    around = shown(PLACES[place].format("QQQ")).get_text()
    found = shown(PLACES[place].format(markup.escape(text))).get_text()

    assert as_read(around.replace("QQQ", text)) == as_read(found)


@often
@given(text=TEXTS)
def test_words_are_words_in_an_attribute(text: str) -> None:
    """A hard word's meaning, or what a button does, is heard letter for letter."""
    escaped = markup.escape(text)
    found = shown(f'[x](https://a.example/ "{markup.quoted(text)}")\n\n<p data-said="{escaped}">y</p>')

    assert as_read(text) == as_read(found.find("a")["title"])
    assert as_read(text) == as_read(found.select_one("[data-said]")["data-said"])


@pytest.fixture(scope="module")
def writing() -> Writing:
    """A page of the example."""
    return Writing(load(EXAMPLE), "a.md")


@often
@given(text=TEXTS)
def test_page_and_paper_say_the_same(writing: Writing, text: str) -> None:
    """A text with its few marks: the same words on a page and a sheet, and when it is read aloud."""
    page = as_read(shown(f"- {writing.text(text)}").get_text())
    paper = as_read("".join(words for words, _ in markup.runs(text)))

    assert page == paper
    assert paper == as_read(markup.plain(text))


@often
@given(text=TEXTS)
def test_paragraphs_keep_their_words(writing: Writing, text: str) -> None:
    """Lists and tables take their marks away, and nothing else."""
    page = as_read(shown(str(writing.paragraphs(text))).get_text())
    paper = as_read("".join(markup.plain(each) for texts, _ in markup.blocks(text) for each in texts))

    assert re.sub(r"[|:]", "", page) == re.sub(r"[|:]", "", paper) or "|" in text


@often
@given(text=TEXTS)
@example(text="|\n\u00a0|")
@example(text="a\u00a0\nb:\u00a0c")
def test_a_text_stays_itself_in_yaml_and_json(text: str) -> None:
    """What a command writes into a file, and a program reads from the data, is what was written."""
    document, problems = yaml_reader.parse("a.yml", yaml_writer.written([{"a": text}]))

    assert [] == problems
    assert [{"a": text}] == document.value
    assert text == json.loads(json.dumps(text, ensure_ascii=False))


@often
@given(text=TEXTS)
def test_an_address_leads_where_it_says(text: str) -> None:
    """No letter of an address ends its link."""
    link = f"https://a.example/{text}"
    found = shown(f'[x]({markup.address(link)}) <a href="{markup.address(link)}">y</a>').find_all("a")

    assert 2 == len(found)
    assert found[0]["href"] == found[1]["href"]
    assert not set(found[0]["href"]) & set("\"'<>` \n")
    assert ["x", "y"] == [each.get_text() for each in found]
