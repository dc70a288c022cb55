"""Whether Markdown that somebody wrote keeps its shape: headings, tables, lists and pictures.

An engine says nothing when a table falls apart; it shows the pieces. A rule's docstring is the rule.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from careguide.checks.sentences import line_with, prose
from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.guide.validation import Origin
from careguide.model.kinds import TOPICS, where
from careguide.pages.page_kinds import QUALITY
from careguide.pages.writer import Page
from careguide.source import markup
from careguide.source.locations import Loc
from careguide.source.problems import Problem, named, nearest, quoted

Found = Iterator[tuple[int, str, str]]
"""What a rule finds: the number of the line, from 0, what must be true, and a tip."""


Rule = Callable[[Sequence[str]], Found]
"""Looks at the lines of a text, with code blanked out."""


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


# Tables

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+$")
_WORDS_APART = re.compile(r"(?<=\w) \| (?=\w)")
_BAR = re.compile(r"(?<!\\)\|")


def tables_hold_together(lines: Sequence[str]) -> Found:
    """A table must have a head, a line of dashes, and in each row as many cells as in its head."""
    number = 0
    while number < len(lines):
        is_rule = bool(_BAR.search(lines[number]) and _RULE.match(lines[number]))
        if not lines[number].lstrip().startswith("|") and not is_rule:
            both = [_WORDS_APART.findall(each) for each in lines[number : number + 2]]
            ruled = number + 1 < len(lines) and _RULE.match(lines[number + 1])
            if both[0] and both[0] == both[-1] and len(both) == 2 and not ruled:
                yield number, "a table must have a line '--- | ---' under its head", "Add it, or use a list."
                number += 1
            number += 1
            continue
        start = number - 1 if is_rule and number and lines[number - 1].strip() else number
        end = number
        while end < len(lines) and _BAR.search(lines[end]):
            end += 1
        yield from _wrong_in_table(lines, start, end)
        number = end


def _wrong_in_table(lines: Sequence[str], start: int, end: int) -> Found:
    if end - start < 2 or not _RULE.match(lines[start + 1]):
        message = "a table must have a line '| --- | --- |' under its head"
        yield start, message, "Add it, one '---' for each column."
        return
    if start and lines[start - 1].strip():
        yield start, "a table must have an empty line above it", "Add it: otherwise its bars are shown."
    head = _cells(lines[start])
    if not _LETTER.search(lines[start]):
        yield start, "a table's head must have words", "Name each column."
    if end - start == 2:
        yield start, "a table must have rows", "Add them, or delete its head."
    for number in range(start + 1, end):
        if (count := len(_cells(lines[number]))) != len(head):
            message = f"a row must have {len(head)} cells, as the head has, but has {count}"
            tip = "Add or delete a '|'; one that is meant to be seen is written '\\|'."
            yield number, message, tip


def _cells(line: str) -> list[str]:
    """The cells of a row."""
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return _BAR.split(inner)


# Lists

_DASHED = re.compile(r"\s*(?:[–—·]|[a-z]\)|[ivx]+\.)\s+\S", re.IGNORECASE)
"""What looks like an item where the next line looks so too."""
_IN_ONE_LINE = re.compile(r"[-*] [^-]+(?: - [^-]+){2,}$|1\. .+ 2\. .+")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+\.)[ \t]+\S")
_BULLET = re.compile(r"\s*(?:[•▪●◦‣]\s*\S|-\*\*\w)")
_NO_ITEM = re.compile(r"\s*(?:-[^\W\d_]|\d+\.[^\W\d_]|\d+\)\s)")
"""What is written like an item, and is none: another mark, or no space after it."""
_EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s*$")


def lists_hold_together(lines: Sequence[str]) -> Found:
    """A list has an empty line above it, and four spaces before the items of a list inside it."""
    indent: int | None = None
    for number, line in enumerate(lines):
        item, above = _ITEM.match(line), lines[number - 1] if number else ""
        if not item:
            indent = indent if line.startswith(" ") or not line.strip() else None
            continue
        depth = len(item["indent"])
        follows = number + 1 < len(lines) and _ITEM.match(lines[number + 1])
        if above.strip() and indent is None and (follows or above.rstrip().endswith(":")):
            message = f"a list must have an empty line above it, but {quoted(line)} has none"
            yield number, message, "Add it: otherwise the items run on in one line."
        if indent is not None and indent < depth < indent + 4 and above.strip():
            message = f"an inner item must stand four spaces in, but {quoted(line)} has {depth - indent}"
            yield number, message, "Write four: with fewer it is an item like the others."
        if indent is None or depth < indent or depth >= indent + 4:
            indent = depth


_DEEP = re.compile(r"[ ]*(?:(?:[-*+]|\d+\.)[ ]+|>[ ]*){9}(?=.*\w)|[ ]{33,}(?:[-*+]|\d+\.)[ ]")


def marks_do_not_follow_each_other(lines: Sequence[str]) -> Found:
    """A line has few marks of items and quotations at its start, and stands in few lists."""
    for number, line in enumerate(lines):
        if _DEEP.match(line):
            message = f"a line must start with one mark of a list or a quotation, not in many: {quoted(line)}"
            yield number, message, "Keep one of the marks, or start it further to the left."


def items_start_with_a_mark(lines: Sequence[str]) -> Found:
    """An item starts with '- ' or '1. ', and has words."""
    for number, line in enumerate(lines):
        nearby = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        if _EMPTY_ITEM.match(line):
            yield number, "an item must have words", "Write them, or delete the line."
        elif _IN_ONE_LINE.match(line):
            message = f"each item must stand on a line of its own, not several on one: {quoted(line)}"
            yield number, message, "Break the line before each mark."
        elif _BULLET.match(line) or any(map(partial(_alike, line, nearby), (_DASHED, _NO_ITEM))):
            message = f"an item must start with '- ' or '1. ', not {quoted(line)}"
            yield number, message, "Write the mark and a space."


def _alike(line: str, nearby: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether a pattern matches a line, and one beside it."""
    return bool(pattern.match(line) and any(map(pattern.match, nearby)))


def items_are_counted(lines: Sequence[str]) -> Found:
    """The items of a list are numbered on, or all alike."""
    before = 0
    for number, line in enumerate(lines):
        if found := re.match(r"(\d+)\.\s+\S", line):
            count = int(found[1])
            above = lines[number - 1].strip() if number else ""
            if not before and count > 1 and not above:
                message = f"a list must start with 1, but starts with {count}"
                tip = f"Write '1.', which readers see anyway, or '{count}\\.' where it is no list."
                yield number, message, tip
            elif before and count not in (before, before + 1):
                message = f"the items of a list must be numbered on, but after {before} stands {count}"
                yield number, message, f"Write '{before + 1}.': readers see that anyway."
            before = count
        elif line.strip() and not line.startswith(" "):
            before = 0


# Pictures and pages

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
    headings_say_what_follows,
    sentences_are_no_headings,
)
TEXT_RULES: tuple[Rule, ...] = (
    tables_hold_together,
    lists_hold_together,
    marks_do_not_follow_each_other,
    items_start_with_a_mark,
    items_are_counted,
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


def pages_have_a_title(guide: Guide, pages: Sequence[Page]) -> Iterator[Problem]:
    """A page that somebody wrote must have a title, which its template gives it or its first line."""
    for page in pages:
        written = guide.articles.get(page.path)
        if not written or page.kind != "article" or not written.body.strip():
            continue
        if not re.search(r"^#[ \t]*[^#\s]|^\S.*\n=+[ \t]*$", markup.without_code(page.text), re.MULTILINE):
            message = "a page must have a title as its first heading"
            tip = f"Write '# {page.title}' under the front matter." if page.title else "Write '# …' first."
            yield Problem(page.source, 1, message, tip)


def _files_named(text: str) -> set[str]:
    """The names of the files of pages in a text. Only what stands before '.md' is read: texts are long."""
    return {re.split(r"[^\w-]", before[-80:])[-1] + ".md" for before in text.split(".md")[:-1]}


def pages_are_led_to(guide: Guide, pages: Sequence[Page], settings: str) -> Iterator[Problem]:
    """A page that no page and no menu names is found by nobody: a notice.

    Without a menu of its own, or with one that names a page that is not there, all pages may be in it.
    """
    menu = set(re.findall(r"[\w./-]+\.md\b", settings))
    sure = menu and menu <= {page.path for page in pages}
    files: dict[str, set[str]] = {}
    leading = Counter[str]()
    for page in pages:
        # The quality page lists every page, for editors.
        files[page.path] = _files_named(page.text) if page.path != QUALITY else set()
        leading.update(files[page.path])
    written = {page.path for page in pages if page.kind == "article"}
    for path, article in guide.articles.items():
        if path not in written or not article.body.strip():
            continue
        kind, id_ = topic_of(path)
        if not sure and kind not in TOPICS:
            continue
        file = path.rpartition("/")[2]
        if path in settings or leading[file] > (file in files[path]):
            continue
        tip = "Link to it, or name it under 'nav' in mkdocs.yml."
        if kind in TOPICS:
            tip = nearest(id_, guide.of(kind)) or f"Write {where(kind)} for it, or link to it."
        message = f"no page and no menu leads to {quoted(path)}"
        yield Problem(article.path, 1, message, tip, blocks=False)
