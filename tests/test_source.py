"""YAML and front matter, as they are read.

Text stays text, every value knows its line, and what a guide never needs is a problem.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from careguide.source.articles import front_matter, split
from careguide.source.problems import Problem, report
from careguide.source.text_files import decoded, hidden, read, write_all
from careguide.source.yaml_reader import UNREAD, parse


def told(problems: list[Problem]) -> str:
    """Problems as a contributor reads them."""
    return report(problems)


# ------------------------------------------------------------------------------------------------------------
# Values


def test_every_value_is_read_as_it_is_written() -> None:
    """Nothing a contributor types turns into something else."""
    for written, expected in (
        ("no", "no"),  # not False
        ("yes", "yes"),
        ("on", "on"),
        ("null", "null"),  # not nothing
        ("~", "~"),
        ("10:15", "10:15"),  # not 615
        ("1.10", "1.10"),  # not 1.1
        ("007", "007"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2026-11-21", "2026-11-21"),  # the model makes dates
        ('""', ""),  # an empty text is not nothing
        ("", None),  # nothing at all
        ("'it''s'", "it's"),
        ('"a: b"', "a: b"),
        ("a # b", "a"),  # a comment
        ("a#b", "a#b"),
        ("[]", []),
        ("[a, [b]]", ["a", ["b"]]),
        ("{a: b}", {"a": "b"}),
        (">-\n  two\n  lines", "two lines"),
        ("|-\n  two\n  lines", "two\nlines"),
        ("é ß 中 🩺", "é ß 中 🩺"),
    ):
        document, problems = parse("a.yml", f"value: {written}\n")

        assert {"value": expected} == document.value, written
        assert "" == told(problems), written


def test_a_name_is_text_too() -> None:
    """A field may be called 'no' or '1'."""
    assert {"no": "x", "1": "y"} == parse("a.yml", "no: x\n1: y\n")[0].value


def test_a_file_of_nothing_has_no_value() -> None:
    """An empty file, or one of comments alone, is nothing, and no problem yet: the guide decides."""
    for text in ("", "\n\n", "# only a comment\n", "---\n"):
        document, problems = parse("a.yml", text)

        assert document.value is None, text
        assert "" == told(problems), text


def test_every_value_remembers_its_line() -> None:
    """A message can name the line of any value; of one that is not there, the line of what it belongs to."""
    document, _ = parse(
        "a.yml",
        "# comment\ntitle: x\nsteps:\n  - text: one\n\n  - text: >\n      two\n    sources: [a,\n      b]\n",
    )

    expected = {
        (): 2,
        ("title",): 2,
        ("steps",): 3,
        ("steps", 0): 4,
        ("steps", 0, "text"): 4,
        ("steps", 1): 6,
        ("steps", 1, "sources"): 8,
        ("steps", 1, "sources", 1): 9,
        ("steps", 1, "picture"): 6,  # not there
        ("missing", 7, "deep"): 2,  # not there at all
    }

    assert expected == {loc: document.line(loc) for loc in expected}


def test_lines_are_those_of_the_file() -> None:
    """Front matter starts on the file's second line, and is counted so."""
    document, problems = parse("a.md", "title: x\ntitle: y\n", first_line=2)

    assert 2 == document.line(("title",))
    assert (
        "a.md:3: title must be given once, but is given on line 2 too\n  Tip: Keep one of the two."
        == told(problems)
    )


# ------------------------------------------------------------------------------------------------------------
# What a guide never needs


def test_of_two_equal_names_the_first_counts() -> None:
    """A name given twice is a problem at the second; what stands under the first keeps its lines."""
    document, problems = parse("a.yml", "why:\n  text: x\nwhy:\n  text: y\n  text: z\n")

    assert {"why": {"text": "x"}} == document.value
    assert 2 == document.line(("why", "text"))
    assert (
        "a.yml:3: why must be given once, but is given on line 1 too\n  Tip: Keep one of the two.\n"
        "a.yml:5: text must be given once, but is given on line 2 too\n  Tip: Keep one of the two."
    ) == told(problems)


COPY = "Copy the words to this place; if the text itself starts with a star, put it in quotes."
DELETE = "Delete it; if the text itself starts so, put the text in quotes."
NAME = "Write it as 'name: value'; put a text that starts with a bracket in quotes."
SPACES = "Put two spaces for each step to the right."


def test_what_yaml_allows_and_a_guide_never_needs_is_a_problem() -> None:
    """Aliases, anchors, tags, odd names, several documents and tabs are named, with a tip."""
    for text, message, tip in (
        ("a: *b\n", "1: a value must be written out, not repeated with the alias '*b'", COPY),
        ("a: &b x\n", "1: a value must not carry an anchor or a tag, but has '&b'", DELETE),
        ("a: !b x\n", "1: a value must not carry an anchor or a tag, but has '!b'", DELETE),
        ("a:\n  - &b [x]\n", "2: a value must not carry an anchor or a tag, but has '&b'", DELETE),
        ("[a]: x\n", "1: a field's name must be plain text", NAME),
        ("? {a: b}\n: x\n", "1: a field's name must be plain text", NAME),
        ('"": x\n', "1: a field's name must be plain text", NAME),
        ("&b a: x\n", "1: a field's name must be plain text", NAME),
        ("*b : x\n", "1: a field's name must be plain text", NAME),
        ("a: x\n---\nb: y\n", "2: a file must hold one document", "Delete the line with three dashes."),
        ("a:\n\tb: x\n", "2: lines must be indented with spaces, not with tabs", SPACES),
        ("a:\n  \tb: x\n", "2: lines must be indented with spaces, not with tabs", SPACES),  # spaces first
        (
            "a: |\n  x\n\t\n",
            "3: lines must be indented with spaces, not with tabs",
            SPACES,
        ),  # nothing but a tab
    ):
        assert f"a.yml:{message}\n  Tip: {tip}" == told(parse("a.yml", text)[1])


def test_a_tab_inside_a_text_does_no_harm() -> None:
    """Only what stands before a line's words decides how it is read."""
    document, problems = parse("a.yml", "a:\tx\ty\n")

    assert {"a": "x\ty"} == document.value
    assert "" == told(problems)


def test_a_merged_field_is_named_and_nothing_follows_from_it() -> None:
    """YAML takes other fields in by it; nobody would see which."""
    document, problems = parse("a.yml", "a: one\n<<: {b: two}\nc: three\n")

    assert {"a": "one", "c": "three"} == document.value
    assert [(2, "fields must be written out, not merged with '<<'")] == [
        (each.line, each.message) for each in problems
    ]


def test_an_alias_is_one_problem() -> None:
    """What an alias would stand for is not read, so that the model need not complain of it as well."""
    assert {"a": UNREAD} == parse("a.yml", "a: *b\n")[0].value


def test_a_bomb_of_aliases_is_defused() -> None:
    """Each alias is named; none is ever unfolded, so that nine lines cannot fill the memory."""
    bomb = "a0: &a0 lol\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))

    document, problems = parse("a.yml", bomb)

    assert {"a0": "lol"} | {f"a{n}": [UNREAD] * 9 for n in range(1, 10)} == document.value
    assert {n: 2 if n > 1 else 1 for n in range(1, 11)} == {
        n: len({each for each in problems if each.line == n}) for n in range(1, 11)
    }


def test_values_are_nested_only_so_deep() -> None:
    """What is nested too deep is passed over, named once."""
    for text, line in (
        ("[" * 20 + "]" * 20, 1),
        ("".join(f"{'  ' * n}a:\n" for n in range(20)), 13),
        ("- " * 20 + "x", 1),
        ("[" * 500 + "]" * 500, 1),
    ):
        expected = (
            f"a.yml:{line}: values must not be nested more than 12 deep\n"
            "  Tip: See a neighbouring file for the shape of this one."
        )

        assert expected == told(parse("a.yml", text)[1])


def test_after_what_is_too_deep_reading_goes_on() -> None:
    """The rest of the file is read and checked in the same run."""
    document, problems = parse("a.yml", f"a: {'[' * 20}{']' * 20}\nb: x\nb: y\n")

    assert "x" == document.value["b"]
    assert [1, 3] == [each.line for each in problems]


COLON = (
    "If a text has a colon followed by a space, put the whole text in quotes; otherwise start the line as "
    "far to the right as its neighbours."
)
FIT = (
    "Start it as far to the right as its neighbours, close all quotes, and put a text that starts with a "
    "bracket, a star or a quote in quotes."
)
KEPT = "a text starts with a character that YAML keeps for itself"
OTHER = (
    "Compare the line, and the one above it, with a neighbouring file; text with special characters needs "
    "quotes."
)


def test_what_yaml_cannot_read_is_explained() -> None:
    """A slip of the pen is named in plain words, on the line to mend."""
    for text, message, tip in (
        ("a: one: two\n", "1: the file must be valid YAML, but a colon stands where none can be", COLON),
        (
            "a: x\n   b: y\n",
            "2: the file must be valid YAML, but this line starts further to the right than it should",
            "Start it as far to the right as its neighbours, or put a text with a colon in quotes.",
        ),
        (
            "a:x\nb: y\n",
            "1: the file must be valid YAML, but a colon has no space after it",
            "Write it as 'name: value', with a space.",
        ),
        (
            "a:\n  - x\n  -y\n",
            "3: the file must be valid YAML, but a dash has no space after it",
            "Write '- ', with a space after the dash.",
        ),
        (
            'a: x\nb: "y\nc: "z"\nd: w\n',
            "2: the file must be valid YAML, but quotes are opened here and never closed",
            "Close the quotes.",
        ),
        (
            "a: The #1 sign\n  and more\nb: y\n",
            "1: the file must be valid YAML, but a text is cut by ' #'",
            "Put the whole text in quotes.",
        ),
        (
            "a: [x](cause:y) z\n",
            "1: the file must be valid YAML, but this line does not fit those above it",
            FIT,
        ),
        (
            "a:\n  - b: x\n    c: y\n  - b: x\nc: y\n  - b: x\n",
            "5: the file must be valid YAML, but this line starts further to the left than it should",
            "Start it as far to the right as its neighbours, or put a text with a colon in quotes.",
        ),
        (
            "a:\n  -\tb: x\n",
            "2: the file must be valid YAML, but a dash has no space after it",
            "Write '- ', with a space after the dash.",
        ),
        (
            'a: "x" y\n',
            "1: the file must be valid YAML, but a text goes on after its quotes are closed",
            "Put the whole text in quotes of the other kind, or write a quote inside it twice.",
        ),
        ("  a: x\n b: y\n", "2: the file must be valid YAML, but this line does not fit those above it", FIT),
        (
            "a:\n  - x\n  b: y\n",
            "3: the file must be valid YAML, but this line does not fit the list above it",
            "Start a field as far to the right as those above it, and an item of the list with '- '.",
        ),
        (
            "a: [x, y\nb: z\n",
            "1: the file must be valid YAML, but a bracket is not closed",
            "Close the bracket, or put the whole text in quotes.",
        ),
        (
            'a: x\nb: "y\nc: z\n',
            "2: the file must be valid YAML, but quotes are opened here and never closed",
            "Close the quotes.",
        ),
        (
            "a: 'x\n",
            "1: the file must be valid YAML, but quotes are opened here and never closed",
            "Close the quotes.",
        ),
        (
            "a: x\nb\nc: y\n",
            "2: the file must be valid YAML, but a name has no colon after it",
            "Write it as 'name: value'; a text over several lines stands further to the right than its name.",
        ),
        ("a: %x\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),
        ("a: `x`\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),
        ("a: @x\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),
        ("a: **x** y\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),  # bold
        (
            'a: "\\q"\n',
            "1: the file must be valid YAML, but a text in double quotes has a backslash",
            "Delete the backslash, or put the text in single quotes.",
        ),
        ("a: > 5 minutes\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),
        ("a: }\n", f"1: the file must be valid YAML, but {KEPT}", "Put the text in quotes."),
        (
            "%YAML 9.9\n---\na: x\n",
            "1: the file must be valid YAML, but found incompatible YAML document",
            OTHER,
        ),  # in YAML's own words
    ):
        assert f"a.yml:{message}\n  Tip: {tip}" == told(parse("a.yml", text)[1])


# ------------------------------------------------------------------------------------------------------------
# Files


def _invisible(line: int, name: str) -> str:
    message = f"a.yml:{line}: text must not hold invisible characters, but has {name}"
    return f"{message}\n  Tip: Delete it and type the words again."


@pytest.mark.parametrize(
    ("raw", "text", "expected"),
    [
        (b"a: x\n", "a: x\n", ""),
        ("a: ä\n".encode(), "a: ä\n", ""),
        (b"", "", ""),
        (
            b"\xef\xbb\xbfa: x\n",
            "a: x\n",
            "",
        ),
        (
            b"a: x\n\r\nb: y\r\n",
            "a: x\n\nb: y\n",
            "",
        ),
        (
            b"a: x\rb: y\r",  # as old Macs had it
            "a: x\nb: y\n",
            "",
        ),
        (
            b"a: x\nb: caf\xe9\n",
            "",
            (
                "a.yml:2: the file must be UTF-8 text, but has the byte 0xe9\n"
                "  Tip: Open the file in your editor and save it with the encoding UTF-8."
            ),
        ),
        (
            "a: x\u200by\n".encode(),
            "a: xy\n",
            _invisible(1, "U+200B (zero width space)"),
        ),  # zero width
        (
            "a: x\u00ady\n".encode(),
            "a: xy\n",
            _invisible(1, "U+00AD (soft hyphen)"),
        ),  # soft hyphen
        (
            "a: \u202exy\n".encode(),
            "a: xy\n",
            _invisible(1, "U+202E (right-to-left override)"),
        ),  # right to left
        (
            "a: x\u2028b: y\n".encode(),
            "a: xb: y\n",
            _invisible(1, "U+2028 (line separator)"),
        ),  # a line end to YAML
        (
            b"a: x\x00y\n",
            "a: xy\n",
            _invisible(1, "U+0000 (control character)"),
        ),
        (
            b"\na: x\x1b[0m\n",
            "\na: x[0m\n",
            _invisible(2, "U+001B (control character)"),
        ),
        ("a: cafe\u0301\n".encode(), "a: caf\u00e9\n", ""),  # as some systems write an accent
        ("a: x\u00a0y\n".encode(), "a: x\u00a0y\n", ""),  # a space that does not break is a space
        (b"a: x\ty\n", "a: x\ty\n", ""),
    ],
)
def test_a_file_is_read_as_it_should_have_been_written(
    tmp_path: Path, raw: bytes, text: str, expected: str
) -> None:
    """Marks and line ends that do not belong are named and put right.

    So the rest is checked in the same run.
    """
    (tmp_path / "a.yml").write_bytes(raw)

    found, problems = read(tmp_path, "a.yml")

    assert (text, expected) == (found, told(problems))


def test_marks_of_a_merge_are_named_and_nothing_else_is(tmp_path: Path) -> None:
    """Each mark is a problem; the file between them is not read, because it says two things at once."""
    (tmp_path / "a.yml").write_text(
        "a: x\n<<<<<<< HEAD\nb: y\n=======\nb: z\n>>>>>>> theirs\nb: z\n", encoding="utf-8"
    )
    tip = "Choose one of the two versions and delete the marks."

    text, problems = read(tmp_path, "a.yml")
    document, more = parse("a.yml", text)

    assert document.value is None
    assert (
        f"a.yml:2: the file must not hold merge-conflict marks, but has '<<<<<<< HEAD'\n  Tip: {tip}\n"
        f"a.yml:4: the file must not hold merge-conflict marks, but has '======='\n  Tip: {tip}\n"
        f"a.yml:6: the file must not hold merge-conflict marks, but has '>>>>>>> theirs'\n  Tip: {tip}"
    ) == told([*problems, *more])


def test_what_only_looks_like_a_merge_is_read() -> None:
    """Marks of a merge stand at the start of a line and have seven letters."""
    for text in ("a: <<<<<<< x\n", "a: ======\n", "a: |\n  ========\n", "a: '>>>>>>> x'\n"):
        document, problems = parse("a.yml", text)

        assert document.value is not None, text
        assert "" == told(problems), text


# ------------------------------------------------------------------------------------------------------------
# Front matter


def test_a_page_is_its_front_matter_and_its_body() -> None:
    """The body knows the line of the file it starts on."""
    article, problems = split("a.md", "---\ntitle: x\n---\n\n# Title\n---\n")

    assert ({"title": "x"}, "\n# Title\n---\n", 4) == (article.front.value, article.body, article.first_line)
    assert "" == told(problems)


def test_a_page_knows_the_line_of_each_of_its_letters() -> None:
    """Counted in the file, front matter and all."""
    article, _ = split("a.md", "---\ntitle: x\n---\nOne.\n\nThree.\n")

    assert [4, 4, 6] == [article.line_of(article.body.index(word)) for word in ("One", ".", "Three")]


BEGIN = "Start the file with a line '---', then 'title: …' and 'description: …', then a line '---'."
LINES = "Write 'title: …' on one line and 'description: …' on the next."


def test_broken_front_matter_is_a_problem_and_never_an_accident() -> None:
    """An engine would pass it by in silence; here it is named, and the page goes on without it."""
    for text, expected in (
        ("# Title\n", f"a.md:1: a page must start with front matter\n  Tip: {BEGIN}"),
        ("", f"a.md:1: a page must start with front matter\n  Tip: {BEGIN}"),
        (
            "\n---\ntitle: x\n---\n",
            f"a.md:1: a page must start with front matter\n  Tip: {BEGIN}",
        ),  # not on the first line
        (
            "---\ntitle: x\n\n# Title\n",
            f"a.md:1: a page must start with front matter\n  Tip: {BEGIN}",
        ),  # never closed
        ("---\n- x\n---\n", f"a.md:2: front matter must be lines of 'name: value'\n  Tip: {LINES}"),
        ("---\nx\n---\n", f"a.md:2: front matter must be lines of 'name: value'\n  Tip: {LINES}"),
        (
            "---\ntitle: x: y\n---\n",
            f"a.md:2: the file must be valid YAML, but a colon stands where none can be\n  Tip: {COLON}",
        ),
        ("---\n---\n", ""),  # the guide says which fields are missing
        ("--- \ntitle: x\n---", ""),  # a space at the end of a line, no line end at the end of the file
    ):
        article, problems = split("a.md", text)

        assert expected == told(problems), text
        assert isinstance(article.front.value, dict), text


def test_front_matter_is_read_as_it_was_written() -> None:
    """Whatever a title holds, the engine reads the same title."""
    for title in (
        "Nosebleed: what to do",
        "'Quotes' \"both\"",
        "- dash",
        "no",
        "10:15",
        "# hash",
        "é",
        "two\nlines",
        "x" * 500,
        "{a}",
        "---",
    ):
        article, problems = split("a.md", front_matter({"title": title}) + "\n# Title\n")

        assert ({"title": title}, "\n# Title\n") == (article.front.value, article.body)
        assert "" == told(problems), title


def test_what_is_right_in_another_form_is_right() -> None:
    """Spaces that were copied from a page, and notes beside one word or in quotes."""
    for text, value in (
        ("group:\u00a0everyday\n", {"group": "everyday"}),
        ("group: everyday\u00a0\n", {"group": "everyday"}),
        ("a:\n\u00a0\u00a0b: c\n", {"a": {"b": "c"}}),
        ("-\u00a0id: c\n", [{"id": "c"}]),
        ("a: b\u00a0c\n", {"a": "b\u00a0c"}),
        ("a: b  # a note\n", {"a": "b"}),
        ("a: 'b # c'\n", {"a": "b # c"}),
        ("a: b c\n# a note\n", {"a": "b c"}),
    ):
        document, found = parse("a.yml", text)

        assert (value, "") == (document.value, told(found)), text


def test_what_would_vanish_or_hide_is_named() -> None:
    """YAML takes it without a word, and no reader would see it."""
    for text, message in (
        ("a: one two #3\n", "a text must not be cut by ' #', but '#3' is left out"),
        ("- a: x\n  b: we say # and stop\n", "a text must not be cut by ' #', but '# and stop' is left out"),
        ("-a: b\n", "a dash must have a space after it, but is '-a'"),
        ('a: "x\\u200by"\n', "text must not hold invisible characters, but has U+200B (zero width space)"),
        ('a: "x\\0y"\n', "text must not hold invisible characters, but has U+0000 (control character)"),
    ):
        assert message in told(parse("a.yml", text)[1])


# Names of letters, so that an editor shows what stands here.
JOINED = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # Persian: I want
HEBREW = "\u05e9\u05dc\u05d5\u05dd"  # Hebrew: peace


def test_characters_that_a_script_needs_stay() -> None:
    """Joiners in Persian, Hindi and pictures, marks of direction in Hebrew, ends of lines in Khmer."""
    for text in (
        JOINED,
        f"PDF\u200c\u0647\u0627 {JOINED}",
        "\u06f1\u06f3 \u0647\u200d.\u0634",
        "\u0936\u0915\u094d\u200d\u0924\u093f",
        "\U0001f469\u200d\u2695\ufe0f",
        f"{HEBREW}\u200f (ABC)",
        f"\u200eC++\u200e {HEBREW} \u061c",
        "\u1797\u17b6\u200b\u1781\u17d2",
        "\u845b\U000e0100",
    ):
        assert (text, []) == decoded("a.md", text.encode()), ascii(text)
        assert (text, "") == (parse("a.yml", f'a: "{text}"\n')[0].value["a"], "")


def test_characters_that_nobody_sees_are_named_and_taken_away() -> None:
    """What turns a run of letters round, tags, fillers, and joiners where nothing is joined."""
    for odd, name in (
        ("a\u200db", "U+200D (zero width joiner)"),
        ("Auf\u200clage", "U+200C (zero width non-joiner)"),
        (JOINED.replace("\u200c", "\u200c\u200c"), "U+200C (zero width non-joiner)"),
        ("x\u200ey", "U+200E (left-to-right mark)"),
        ("a\u061c", "U+061C (arabic letter mark)"),
        (f"\u202e{HEBREW}", "U+202E (right-to-left override)"),
        (f"{HEBREW}\u2067", "U+2067 (right-to-left isolate)"),
        ("a\U000e0041", "U+E0041 (tag latin capital letter a)"),
        ("a\ufe0f\ufe0f", "U+FE0F (variation selector-16)"),
        ("a\u3164", "U+3164 (hangul filler)"),
        ("a\u2062b", "U+2062 (invisible times)"),
    ):
        message = f"a.md:1: text must not hold invisible characters, but has {name}"
        text, found = decoded("a.md", odd.encode())

        assert message in told(found), ascii(odd)
        assert [] == list(hidden(text))
    assert "U+202E" in told(decoded("a.md", b"a &#8238; b")[1])
    assert told(decoded("a.yml", b"a: x &#8238; b")[1]) == ""


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    """A thing of several files is never half there."""
    (tmp_path / "b").write_bytes(b"no folder")
    with pytest.raises(OSError, match="exists"):
        write_all({tmp_path / "a": b"1", tmp_path / "d/e/f": b"3", tmp_path / "b/c": b"2"})

    assert ["b"] == [file.name for file in tmp_path.iterdir()]


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    """A folder, a pipe, a link that leads out or to itself, a file that is too large: none is waited for."""
    outside, root = tmp_path / "outside.yml", tmp_path / "project"
    outside.write_text("a: x\n", encoding="utf-8")
    (root / "data/folder.yml").mkdir(parents=True)
    os.mkfifo(root / "data/pipe.yml")
    (root / "data/out.yml").symlink_to(outside)
    (root / "data/loop.yml").symlink_to("loop.yml")
    (root / "data/gone.yml").symlink_to("nowhere.yml")
    (root / "data/large.yml").write_text("a: 1\n" * 700_000, encoding="utf-8")
    (root / "data/right.yml").write_text("a: x\n", encoding="utf-8")
    (root / "data/near.yml").symlink_to("right.yml")

    found = {
        file.stem: told(read(root, f"data/{file.name}")[1]) for file in sorted((root / "data").iterdir())
    }

    assert {"near": "", "right": ""} == {name: said for name, said in found.items() if not said}
    assert "must be a file, not a folder, a pipe or a device" in found["folder"]
    assert "must be a file, not a folder, a pipe or a device" in found["pipe"]
    assert "is a link that leads out of it" in found["out"]
    assert "must be one that can be read, but: " in found["loop"]
    assert "must be one that can be read, but: no such file" in found["gone"]
    assert "must have at most 3,000,000 bytes, but has 3,500,000" in found["large"]
