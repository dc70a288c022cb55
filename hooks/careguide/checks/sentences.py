"""Every text that readers see, with its sentences and the line each starts on. What rules and advice look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.model.fields import Prose
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import spell


@dataclass(frozen=True)
class Said:
    """One text that readers see, and where it stands."""

    path: str
    """Its file, relative to the project."""
    find_line: Callable[[], int]
    """Finds its line."""
    field: str
    """Its field; empty for a paragraph of a hand-written page."""
    most: int
    """The most words it may have; 0 for no limit."""
    text: str
    """The text as written."""
    plain: str
    """Its bare words."""
    sentences: tuple[str, ...]
    """Its sentences."""
    written: str
    """What its file holds, from line `first` on."""
    first: int
    """The line of the file that `written` starts on."""

    @cached_property
    def line(self) -> int:
        """Its line. Found only where it is asked for: mostly nothing is wrong."""
        return self.find_line()

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line each sentence starts on, likewise."""
        rest = "\n".join(self.written.split("\n")[self.line - self.first :])
        starts, at = [], 0
        for sentence in self.sentences:
            found = _opening(sentence).search(rest, at)
            at = found.end() if found else at
            starts.append(self.line + rest.count("\n", 0, found.start() if found else at))
        return tuple(starts)


def texts(guide: Guide) -> Iterator[Said]:
    """All texts that readers see, apart from interface words."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if isinstance(leaf.mark, Prose):
                place = origin.path, partial(origin.line, leaf.loc), spell(leaf.loc), leaf.mark.most
                yield _said(*place, leaf.text, origin.document.text, 1)
    for article in guide.articles.values():
        yield from _paragraphs(article)


def _said(
    path: str, find_line: Callable[[], int], field: str, most: int, text: str, written: str, first: int
) -> Said:
    bare = markup.plain(text)
    return Said(path, find_line, field, most, text, bare, tuple(readability.sentences(bare)), written, first)


def _paragraphs(article: Article) -> Iterator[Said]:
    """The paragraphs, list items and table cells of a hand-written page; not its headings and code."""
    text = re.sub(r"<!--.*?-->", "", markup.without_code(article.body))
    for match in _BLOCK.finditer(text):
        line = partial(_line_at, article, text, match.start("text"))
        cells = (cell for cell in match["text"].split("|") if cell.strip(" -:"))
        yield from (
            _said(article.path, line, "", 0, cell, article.body, article.first_line) for cell in cells
        )


def _line_at(article: Article, text: str, place: int) -> int:
    return article.first_line + text.count("\n", 0, place)


_BLOCK = re.compile(
    r"^(?!\#)[ ]*(?:[-*][ ]|\d+\.[ ])?(?P<text>\S.*(?:\n(?![ ]*(?:[-*][ ]|\d+\.[ ]|\||\#|$)).+)*)",
    re.MULTILINE,
)
"""A line that is not a heading, with the lines that carry it on."""
_BETWEEN = r"(?:\]\([^)]*\)|\[@[^\]]*\]|<!--[\s\S]*?-->|[\W_])+?"
"""What can stand between two words of a sentence in its file: spaces, line ends, and Markdown that readers do not see."""


def _opening(sentence: str) -> re.Pattern[str]:
    """What finds the start of a sentence in its file: its first words, however they are set."""
    words = re.findall(r"\w+", sentence)[:4]
    return re.compile(rf"(?<!\w){_BETWEEN.join(map(re.escape, words))}(?!\w)")
