"""Every text that readers see, with its sentences and the line each starts on, for rules and advice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.services import FILLED
from careguide.model.fields import Prose
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import spell


@dataclass(frozen=True)
class ReaderText:
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
    file_text: str
    """What its file holds, from line `first` on."""
    first: int = 1
    """The line of the file that `file_text` starts on."""

    @cached_property
    def plain(self) -> str:
        """Its bare words."""
        return markup.plain(FILLED.sub("999", self.text))  # a reference counts as one word

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, without markup."""
        return tuple(readability.sentences(self.plain))

    @cached_property
    def line(self) -> int:
        """Its line. Found only where it is asked for: mostly nothing is wrong."""
        return self.find_line()

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line each sentence starts on, found in the file from the text's own line on."""
        rest = "\n".join(self.file_text.split("\n")[self.line - self.first :])
        starts, end = [], 0
        for sentence in self.sentences:
            # Where the words are not found, as in a text with escaped letters, the line before will do.
            found = _opening(sentence).search(rest, end)
            start = found.start() if found else end
            end = found.end() if found else end
            starts.append(self.line + rest.count("\n", 0, start))
        return tuple(starts)


def texts(guide: Guide) -> Iterator[ReaderText]:
    """All texts that readers see, apart from interface words."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if isinstance(leaf.mark, Prose):
                find_line = partial(origin.line, leaf.loc)
                field, file_text = spell(leaf.loc), origin.document.text
                whole = [leaf.text]
                if leaf.mark.cites:
                    whole = [text for block, _ in markup.blocks(leaf.text) for text in block]
                for text in whole:
                    yield ReaderText(origin.path, find_line, field, leaf.mark.most, text, file_text)
    for article in guide.articles.values():
        yield from _paragraphs(article)


def _paragraphs(article: Article) -> Iterator[ReaderText]:
    """The paragraphs, list items and table cells of a hand-written page; not its headings and code."""
    # Comments are blanked letter for letter, so that places stay the same.
    text = markup.without_code(article.body)
    text = markup.blanked(text, markup.comments(text))
    for match in _BLOCK.finditer(text):
        find_line = partial(article.line_of, match.start("text"))
        for cell in match["text"].split("|"):
            if cell.strip(" -:"):
                yield ReaderText(article.path, find_line, "", 0, cell, article.body, article.first_line)


_BLOCK = re.compile(
    r"^(?!\#)[ ]*(?:[-*][ ]|\d+\.[ ])?(?P<text>\S.*(?:\n(?![ ]*(?:[-*][ ]|\d+\.[ ]|\||\#|$)).+)*)",
    re.MULTILINE,
)
"""A line that is not a heading, with the lines that carry it on."""
_BETWEEN = r"(?:\]\([^()]*\)|\[@[^\[\]]*\]|<!--[^<>]*-->|[\W_])++"
"""What can stand between two words of a sentence in its file: spaces, line ends, and unseen Markdown.

Once taken it is not given back: otherwise a row of brackets would take for ever.
"""


def _opening(sentence: str) -> re.Pattern[str]:
    """What finds the start of a sentence in its file: its first words, however they are set."""
    words = re.findall(r"[^\W_]+", sentence)[:4]
    return re.compile(rf"(?<![^\W_]){_BETWEEN.join(map(re.escape, words))}(?![^\W_])")
