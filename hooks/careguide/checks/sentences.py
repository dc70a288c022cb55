"""Every text that readers see, with its sentences and the line each starts on, for rules and advice."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from careguide.guide.guide import Guide
from careguide.guide.readability import Reading
from careguide.guide.services import FILLED
from careguide.guide.validation import Origin
from careguide.model.fields import Prose
from careguide.model.kinds import KINDS
from careguide.model.site import UNNAMED
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem


@dataclass(frozen=True)
class ReaderText:
    """One text that readers see, and where it stands."""

    path: str
    """Its file, relative to the project."""
    find_line: Callable[[], int]
    field: str
    """Its field; empty for a paragraph of a hand-written page."""
    most: int
    """The most words it may have; 0 for no limit."""
    text: str
    file_text: str
    """What its file holds. What is not Markdown may be empty lines."""
    reading: Reading
    """How its guide's texts are cut into sentences."""

    @cached_property
    def plain(self) -> str:
        """Its bare words."""
        return markup.plain(FILLED.sub("999", self.text))  # a reference counts as one word

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, without markup."""
        return tuple(self.reading.sentences(self.plain))

    @cached_property
    def line(self) -> int:
        """Its line. Found only where it is asked for: mostly nothing is wrong."""
        return self.find_line()

    @cached_property
    def lines(self) -> tuple[int, ...]:
        """The line each sentence starts on, found in the file from the text's own line on."""
        rest = "\n".join(self.file_text.split("\n")[self.line - 1 :])
        starts, end = [], 0
        for sentence in self.sentences:
            # Where the words are not found, as in a text with escaped letters, the line before will do.
            found = _opening(sentence).search(rest, end)
            start = found.start() if found else end
            end = found.end() if found else end
            starts.append(self.line + rest.count("\n", 0, start))
        return tuple(starts)

    def problem(self, message: str, tip: str, number: int | None = None, *, blocks: bool = True) -> Problem:
        """What is wrong with it, or with the sentence of this number."""
        line = self.line if number is None else self.lines[number]
        return Problem(self.path, line, message, tip, blocks)

    def problem_at(self, words: str, message: str, tip: str, *, blocks: bool = True) -> Problem:
        """What is wrong with some of its words."""
        return Problem(self.path, line_with(words, self.file_text, self.line), message, tip, blocks)


def line_with(words: str, file_text: str, first: int) -> int:
    """The line of a file, from the first on, on which words stand; the first where they are set otherwise."""
    for number, line in enumerate(file_text.split("\n")[first - 1 :], first):
        if words and words in line:
            return number
    return first


def prose(guide: Guide, kinds: Collection[str] = tuple(KINDS)) -> Iterator[tuple[Origin, Loc, str, Prose]]:
    """Every text that readers see, unless a translation lacks it: its origin, the way to it, it, its mark."""
    for _, thing, origin in guide.all(kinds):
        for leaf in thing.leaves:
            if isinstance(leaf.mark, Prose) and origin.document.holds(leaf.loc):
                yield origin, leaf.loc, leaf.text, leaf.mark


def texts(guide: Guide) -> Iterator[ReaderText]:
    """All texts that readers see, apart from interface words. One that cites is taken block by block."""
    for origin, loc, whole, mark in prose(guide):
        for block, _ in markup.blocks(whole) if mark.cites else [([whole], False)]:
            for text in block:
                find_line = partial(origin.line, loc)
                file_text = origin.document.text
                yield ReaderText(
                    origin.path, find_line, spell(loc), mark.most, text, file_text, guide.reading
                )
    yield from _of_site(guide)
    for article in guide.articles.values():
        yield from _paragraphs(article, guide.reading)


def _of_site(guide: Guide) -> Iterator[ReaderText]:
    """What the guide says of itself on every page."""
    site, origin = guide.site, guide.site_origin
    said: dict[Loc, str] = {("name",): site.name, ("tagline",): site.tagline}
    said |= {("home", "headline"): site.home.headline, ("home", "description"): site.home.description}
    for loc, text in said.items():
        if text and site is not UNNAMED and origin.document.holds(loc):
            find_line = partial(origin.line, loc)
            yield ReaderText(origin.path, find_line, spell(loc), 0, text, origin.document.text, guide.reading)


def _paragraphs(article: Article, reading: Reading) -> Iterator[ReaderText]:
    """The paragraphs, list items and table cells of a hand-written page; not its headings and code."""
    file_text = "\n" * (article.first_line - 1) + article.body
    text = markup.without_code(article.body)
    # Comments are blanked letter for letter, so that places stay the same.
    for match in _BLOCK.finditer(markup.blanked(text, markup.comments(text))):
        find_line = partial(article.line_of, match.start("text"))
        for cell in match["text"].split("|"):
            if cell.strip(" -:*_"):
                yield ReaderText(article.path, find_line, "", 0, cell, file_text, reading)


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
