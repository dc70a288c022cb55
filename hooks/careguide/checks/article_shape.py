"""Whether Markdown that somebody wrote keeps its shape: headings, tables, lists and pictures.

An engine says nothing when a table falls apart; it shows the pieces. A rule's docstring is the rule.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from careguide.checks import tables_and_lists
from careguide.checks.article_pages import pages_are_led_to, pages_have_a_title
from careguide.checks.sentences import line_with, prose
from careguide.checks.tables_and_lists import Found, Rule
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.validation import Origin
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.problems import Problem, named, quoted


def check(guide: Guide, pages: Sequence[Page], settings: str) -> Iterator[Problem]:
    """Every rule. `settings` is the text of mkdocs.yml, whose menus name pages."""
    yield from check_shape(guide)
    yield from named(pages_have_a_title(guide, pages))
    yield from named(pages_are_led_to(guide, pages, settings))


def check_shape(guide: Guide) -> Iterator[Problem]:
    """Every rule on what somebody wrote alone, whatever its language."""
    for article in guide.articles.values():
        lines = _lines(article.body)
        yield from _problems((*ARTICLE_RULES, *TEXT_RULES), lines, article.path, article.first_line.__add__)
    for origin, loc, text, mark in prose(guide):
        if mark.cites and _HAS_SHAPE.search(text):
            lines = _lines(text)
            line_of = partial(_line_of, lines, origin, loc)
            yield from _problems((texts_have_no_headings, *TEXT_RULES), lines, origin.path, line_of)
    yield from named(pictures_have_words(guide))


_HAS_SHAPE = re.compile(r"[|#\n!]|^\s*[-*+>]")
"""What a text has that is more than one plain paragraph."""


def _lines(text: str) -> tuple[str, ...]:
    """The lines of a text. Code and comments are blanked out, letter for letter; directives stand."""
    comments = [each for each in markup.comments(text) if not markup.DIRECTIVE.match(text, each[0])]
    return tuple(markup.blanked(markup.without_code(text), comments).split("\n"))


def _problems(
    rules: Iterable[Rule], lines: Sequence[str], path: str, line_of: Callable[[int], int]
) -> Iterator[Problem]:
    """What rules find wrong. `line_of` is the line of the file on which a line of the text stands."""
    for rule in rules:
        for number, message, tip in rule(lines):
            yield Problem(path, line_of(number), message, tip, rule=rule.__name__)


def _line_of(lines: Sequence[str], origin: Origin, loc: Loc, number: int) -> int:
    """That of a text in the data, which may be set in another way there: it is found by its words."""
    return line_with(lines[number].strip(), origin.document.text, origin.line(loc))


# Headings

_HEADING = re.compile(r"(?P<marks>#+)(?P<words>.*)")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}$")
_UNDERLINE = re.compile(r"(?:=+|-+)\s*$")
_LETTER = re.compile(r"[^\W_]")


def headings_keep_their_order(lines: Sequence[str]) -> Found:
    """Each heading is at most one level below the one before it, and a page has one title at most."""
    before, titles = 1, 0
    for number, level, words in _headings(lines):
        titles += level == 1
        if level > 6:
            yield number, "a heading must have at most six '#'", "Write '##' or '###'."
        elif level > before + 1:
            message = f"a heading must not skip a level, but {quoted(words)} stands under {'#' * before!r}"
            yield number, message, f"Write '{'#' * (before + 1)} {words}'."
        elif level == 1 and titles > 1:
            message = f"a page must have one title, but {quoted(words)} is another"
            yield number, message, f"Write '## {words}'."
        before = min(level, 6)


def headings_start_at_the_left(lines: Sequence[str]) -> Found:
    """A heading starts at the left edge: further to the right, readers see its '#'."""
    for number, line in enumerate(lines):
        if re.match(r" {1,3}#{1,6} +\S", line):
            message = f"a heading must start at the left edge, but {quoted(line)} does not"
            yield number, message, f"Write '{line.strip()}'."


def words_are_no_code(lines: Sequence[str]) -> Found:
    """A paragraph starts at the left edge: four spaces further to the right, engines take it for code."""
    above = ""  # the last line with words, whose item may go on
    for number, line in enumerate(lines):
        opens = not (number and lines[number - 1].strip()) and not re.match(r"\s|[-*+] |\d+\. ", above)
        if opens and re.match(r"(?: {4}|\t)[A-ZÀ-Þ]", line):
            message = f"a paragraph must start at the left edge, but {quoted(line)} does not"
            yield number, message, "Take the spaces away; code stands between lines of '```'."
        above = line if line.strip() else above


def headings_say_what_follows(lines: Sequence[str]) -> Found:
    """A heading has words, and something under it."""
    headings = list(_headings(lines))
    for place, (number, level, words) in enumerate(headings):
        following = headings[place + 1 : place + 2]
        end = following[0][0] if following else len(lines)
        is_last_of_its_part = not following or following[0][1] <= level
        if not _LETTER.search(markup.plain(_PICTURE.sub(lambda found: found["alt"], words))):
            message = f"a heading must have words, not {quoted(lines[number])}"
            yield number, message, "Write what is under it, or delete it."
        elif level > 1 and is_last_of_its_part and not any(map(str.strip, lines[number + 1 : end])):
            message = f"a heading must have something under it, but {quoted(words)} has nothing"
            yield number, message, "Write it, or delete the heading."


def sentences_are_no_headings(lines: Sequence[str]) -> Found:
    """A line of dashes or equals signs right under a sentence makes a heading of it, which nobody means."""
    for number, line in enumerate(lines[1:], 1):
        above = lines[number - 1].strip()
        if _UNDERLINE.match(line) and re.search(r"[^\W_].*[.!?,;:]$", above) and not above.startswith("#"):
            message = f"a heading must not be a sentence, but {quoted(above)} has a line under it"
            yield number, message, "Leave an empty line between them, or write '## ' and a few words."


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Each heading: the number of its line, its level, and its words."""
    for number, line in enumerate(lines):
        below = lines[number + 1].strip() if number + 1 < len(lines) else ""
        if found := _HEADING.match(line):
            words = _ATTRIBUTES.sub("", found["words"].strip()).strip().rstrip("#")
            yield number, len(found["marks"]), words.strip()
        elif _LETTER.search(line) and below and not below.strip("="):
            yield number, 1, line.strip()


def texts_have_no_headings(lines: Sequence[str]) -> Found:
    """A text in the data has no headings: its page gives it one."""
    for number, level, words in _headings(lines):
        message = f"a text must have no heading of its own, but has {quoted('#' * level + ' ' + words)}"
        yield number, message, "Make it a section with its own 'heading', or take the '#' away."


# Pictures and links

_PICTURE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\((?P<file>[^()\s]*)")
_NO_ALT = re.compile(
    r"\S+\.(?:png|jpe?g|svg|gif|webp|avif)|(?:screenshot|scan|capture|untitled|unnamed)(?:[\W\d_]|at)*|(?:img|dsc|dcim|image|photo|picture|screenshot|figure|fig|pic|alt)"
    r"[\s_-]*\d*|(?:an? )?(?:image|photo|picture|drawing|graphic)(?: of)?|[\W\d_]+",
    re.IGNORECASE,
)


def pictures_say_what_they_show(lines: Sequence[str]) -> Found:
    """A picture's words must say what it shows, not what its file is called."""
    for number, line in enumerate(lines):
        for found in _PICTURE.finditer(line):
            alt = found["alt"].strip()
            if alt and (
                _NO_ALT.fullmatch(alt) or alt.casefold() == PurePosixPath(found["file"]).stem.casefold()
            ):
                tip = "Write what somebody who cannot see it must know: '![A hand presses the nose](…)'."
                yield number, f"a picture's words must say what it shows, not {quoted(alt)}", tip


_DEFINED = re.compile(r"^ {0,3}\[(?P<name>[^\]]+)\]:", re.MULTILINE)
_BY_NAME = re.compile(
    r"(?<![!\w])\[(?P<words>[^\[\]@^]+)\]\[(?P<name>[^\[\]]*)\]|\[(?P<note>\^[^\[\]]+)\](?!:)"
)


def links_are_defined(lines: Sequence[str]) -> Found:
    """A link by name, or a footnote, needs a line that says what is meant."""
    names = {found["name"].casefold() for found in _DEFINED.finditer("\n".join(lines))}
    for number, line in enumerate(lines):
        for found in _BY_NAME.finditer(line):
            name = found["note"] or found["name"] or found["words"]
            if name.casefold() not in names:
                message = f"a link must say where it leads, not {quoted(found.group())}"
                yield number, message, "Write [words](address), and [@id] where a source is meant."


ARTICLE_RULES: tuple[Rule, ...] = (
    headings_keep_their_order,
    headings_start_at_the_left,
    words_are_no_code,
    headings_say_what_follows,
    sentences_are_no_headings,
)
TEXT_RULES: tuple[Rule, ...] = (
    *tables_and_lists.RULES,
    links_are_defined,
    pictures_say_what_they_show,
)


def pictures_have_words(guide: Guide) -> Iterator[Problem]:
    """A picture without words is passed over by who cannot see it: a notice, because an ornament may be."""
    for article in guide.articles.values():
        for found in _PICTURE.finditer(markup.without_code(article.body)):
            if not found["alt"].strip():
                message = f"the picture {quoted(found['file'])} has no words for readers who cannot see it"
                tip = "Write between its square brackets what it shows; an ornament may stay without."
                yield article.problem(found.start(), message, tip, blocks=False)
