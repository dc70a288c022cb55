"""Slips of writing that pass every other rule: what was left to write, and pages that fall apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from careguide.checks import sentences
from careguide.checks.sentences import ReaderText
from careguide.guide.guide import Guide
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.problems import Problem, named, quoted


def check(guide: Guide) -> Iterator[Problem]:
    """Every rule, for all texts and all hand-written pages."""
    texts = list(sentences.texts(guide))
    yield from named(texts_are_written(texts))
    yield from named(texts_promise_and_order_nothing(texts))
    for article in guide.articles.values():
        text = markup.without_code(article.body)
        text = markup.blanked(text, markup.comments(text))
        yield from named(headings_are_in_order(article, text))
        yield from named(links_say_where_they_lead(article, text))
        yield from named(pictures_are_told(article, text))
        yield from named(tables_and_lists_hold_together(article, text))


# ------------------------------------------------------------------------------------------------------------
# Words


_LEFT_OPEN = re.compile(
    r"\b(?:TODO|FIXME|TBD|TKTK)\b|\b[xX]{3,}\b|\blorem ipsum\b|\{\{|\}\}|\{%|%\}|\$\{", re.IGNORECASE
)
"""What stands where somebody meant to write, and what only a template understands."""
_PROMISES = re.compile(
    r"\b(?:this|that|it|which) (?:always |completely )?cures?\b|\balways works\b|\bworks for everyone\b"
    r"|\bguaranteed?\b|\bmiracle\b|\bcompletely safe\b|\b(?:no|without any) side effects\b"
    r"|\b100 ?% (?:safe|effective)",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!before you )\bstop (?:taking |using )?(?:your|all|the) "
    r"(?:tablets|pills|medicines?|medication|insulin)\b",
    re.IGNORECASE,
)
_NO_UNIT = re.compile(
    r"\b(?:for|hold for|wait|rest for|every) (?:about )?\d+(?=[.,;!?]*$|[.;!?] )", re.IGNORECASE
)


def texts_are_written(texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text must be written: no note to oneself, no mark of a template, not dots alone."""
    for text in texts:
        if found := _LEFT_OPEN.search(text.text):
            yield text.problem(f"a text must be written out, but has {quoted(found[0])}", "Write the words.")
        elif not any(map(str.isalnum, text.text)):
            yield text.problem(f"a text must have words, but is {quoted(text.text)}", "Write the words.")


def texts_promise_and_order_nothing(texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text should promise no cure, stop nobody's medicine, and say what its numbers count: notices."""
    for text in texts:
        for pattern, should, tip in (
            (_PROMISES, "promise nothing", "Say how many people it helps, and how sure that is."),
            (_ORDERS, "stop nobody's medicine", "Say whom to ask before a medicine is stopped."),
            (_NO_UNIT, "say what its numbers count", "Add the unit: seconds, minutes, days."),
        ):
            if found := pattern.search(text.plain):
                message = f"a text should {should}, but says {quoted(found[0])}"
                yield text.problem(message, tip, blocks=False)


# ------------------------------------------------------------------------------------------------------------
# Pages


_HEADING = re.compile(r"^(?P<level>#{1,6})[ \t]*(?P<words>[^\n]*)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\([^()\n]*\)")
_NO_WORDS = re.compile(
    r"(?:click |tap |press )?(?:here|this|this page|this link|link|more|read more)", re.IGNORECASE
)
_BARE = re.compile(r"(?<![(<\[\"'\w])(?:https?://|www\.)[^\s<>()]+(?![^\[\n]*\]\()")
_PICTURE = re.compile(r"!\[(?P<words>[^\[\]]*)\]\((?P<file>[^()\s]*)[^()\n]*\)")
_FILE_NAME = re.compile(
    r".*\.(?:png|jpe?g|gif|svg|webp|avif)|(?:img|image|dsc|picture|photo)[ _-]?\d*", re.IGNORECASE
)
_ITEM = re.compile(r"[ ]*(?:[-*+]|\d+\.)[ ]+\S")


def _at(article: Article, place: int, message: str, tip: str, *, blocks: bool = True) -> Problem:
    return Problem(article.path, article.line_of(place), message, tip, blocks)


def headings_are_in_order(article: Article, text: str) -> Iterator[Problem]:
    """A page must have at most one title, and no heading may skip a level: people who hear it go by them."""
    before = 1
    titles = 0
    for match in _HEADING.finditer(text):
        level, words = len(match["level"]), match["words"].partition("{")[0].strip(" #")
        titles += level == 1
        if not any(map(str.isalnum, words)):
            message = f"a heading must have words, not {quoted(match[0])}"
            yield _at(article, match.start(), message, "Say what stands below it, or delete it.")
        elif titles > 1 and level == 1:
            message = f"a page must have one title, but {quoted(words)} is another"
            yield _at(article, match.start(), message, "Start it with '## '.")
        elif level > before + 1:
            message = f"a heading must be at most one level below the one before, not {quoted(words)}"
            yield _at(article, match.start(), message, f"Start it with '{'#' * (before + 1)} '.")
        before = level


def links_say_where_they_lead(article: Article, text: str) -> Iterator[Problem]:
    """A link must have words, and they should make sense alone."""
    for match in _LINK.finditer(text):
        words = match["words"].strip(" *_`")
        if not words:
            message = f"a link must have words, but {quoted(match[0])} has none"
            yield _at(article, match.start(), message, "Write in the square brackets where it leads.")
        elif _NO_WORDS.fullmatch(words):
            message = f"the words of a link should say where it leads, not {quoted(words)}"
            yield _at(
                article, match.start(), message, "Name the page: many people hear links alone.", blocks=False
            )
    for match in _BARE.finditer(text):
        message = f"an address should be a link with words, not {quoted(match[0])}"
        yield _at(article, match.start(), message, "Write it as [words](address).", blocks=False)


def pictures_are_told(article: Article, text: str) -> Iterator[Problem]:
    """A picture must say in words what it shows."""
    for match in _PICTURE.finditer(text):
        words = match["words"].strip()
        if not words or _FILE_NAME.fullmatch(words):
            message = f"a picture must say what it shows, not {quoted(words)}"
            yield _at(
                article,
                match.start(),
                message,
                "Write it in the square brackets: ![A cup of salt water](cup.png).",
            )


def tables_and_lists_hold_together(article: Article, text: str) -> Iterator[Problem]:
    """Each row of a table must have as many cells as its head, and a list an empty line above it."""
    columns = 0
    in_list = False
    before = ""
    for number, line in enumerate(text.split("\n"), article.first_line):
        is_row, is_item = line.lstrip().startswith("|"), bool(_ITEM.match(line))
        cells = len(markup.cells(line)) if is_row else 0
        if is_row and columns and cells != columns:
            message = f"a row must have as many cells as the head of its table, {columns}, but has {cells}"
            yield Problem(article.path, number, message, "Write a bar at both ends and between two cells.")
        columns = (columns or cells) if is_row else 0
        if is_item and before.strip() and not in_list and not before.startswith(("#", "<!--", "|")):
            message = "a list must have an empty line above it, or it runs on in the paragraph"
            yield Problem(article.path, number, message, "Add an empty line.")
        in_list = is_item or (in_list and bool(line.strip() or before.strip()))
        before = line
