"""The little Markdown a text may hold: links by id, citations and emphasis.

It is found here, and stripped to bare words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?P<singular>[a-z]+):(?P<id>[^()\s/]*)\)")
"""A link by id: `[dry air](cause:dry-air)`."""
CITATION = re.compile(r"\[@(?P<ids>[^\[\]]+)\]")
"""A citation in hand-written Markdown: `[@nhs-twitching]` or `[@nhs-twitching; @nice-ng127]`."""
DIRECTIVE = re.compile(r"<!--\s*guide:\s*(?P<call>.*?)\s*-->")
"""A place for a generated section in hand-written Markdown: `<!-- guide: causes -->`."""
CODE = re.compile(r"^```[\s\S]*?^```[ \t]*$|^~~~[\s\S]*?^~~~[ \t]*$|`[^`\n]+`", re.MULTILINE)
"""Code, in a block or in a line. Nothing in it is a link, a citation or a directive."""
PAGE = "page"
"""What stands before the colon in a link to a page by its name: `[check your signs](page:check)`."""
NOT_KINDS = {"http", "https", "mailto", "tel", "javascript", "data", "ftp"}
"""Words before a colon in a link that are schemes of addresses, not kinds of thing."""

_MD_LINK = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_TARGET = re.compile(
    r"(?P<words>(?P<picture>!)\[[^\[\]]*|)\]\((?P<address>[^()\s]*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|^ {0,3}\[[^\[\]]+\]:\s*<?(?P<defined>[^\s>]+)",
    re.MULTILINE,
)
"""What follows the words of a link, which may hold a picture; or a target that links name."""
_EMPHASIS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_MARK = re.compile(r"[\[<*_`]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Reference:
    """One mention of a thing by its id."""

    singular: str
    """Kind of thing, as written before the colon."""
    id: str
    """Its id."""
    words: str
    """The words that carry the link; empty for a citation."""
    start: int
    """Where in the text it starts."""


def references(text: str) -> Iterator[Reference]:
    """Every link by id and every citation in a text."""
    for match in LINK.finditer(text):
        if match["singular"] not in NOT_KINDS:
            yield Reference(match["singular"], match["id"], match["words"], match.start())
    for match in CITATION.finditer(text):
        for cited in cited_ids(match["ids"]):
            yield Reference("source", cited, "", match.start())


def cited_ids(ids: str) -> list[str]:
    """The ids in a citation: 'a; @b' → a, b."""
    return [part.strip().removeprefix("@") for part in ids.split(";")]


def cited_in(text: str) -> list[str]:
    """The ids of all sources that a text cites, in order, each once."""
    found = [source for match in CITATION.finditer(text) for source in cited_ids(match["ids"])]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Target:
    """Where an ordinary Markdown link leads, or which file a picture shows."""

    address: str
    """As it is written: `../causes/caffeine.md#help`."""
    start: int
    """Where in the text the link ends its words: at the bracket before the address."""
    picture: bool = False


def targets(text: str) -> Iterator[Target]:
    """The target of every ordinary Markdown link and picture, also where links name it: `[words]: a.md`.

    Links by id are left out. A target that links name cannot be one.
    """
    for match in _TARGET.finditer(text):
        address = match["address"] or match["defined"] or ""
        scheme = re.match(r"([a-z]+):(?!//)", address)
        if match["defined"] or not scheme or scheme[1] in NOT_KINDS:
            yield Target(address, match.end("words"), bool(match["picture"]))


def plain(text: str) -> str:
    """A text's bare words, as a reader would read them aloud."""
    if not _MARK.search(text):  # most texts have none
        return text
    text = _COMMENT.sub(" ", CITATION.sub("", text))
    text = _MD_LINK.sub(lambda match: match["words"], text)
    return _EMPHASIS.sub("", text)


def runs(text: str) -> tuple[tuple[str, bool], ...]:
    """A text's bare words in pieces, each with whether it is strong.

    Amounts are strong too: on paper nobody can follow their link.
    """
    strong = re.sub(r"\[([^\[\]]*)\]\(amount:[^()\s/]*\)", r"**\1**", text)
    pieces = enumerate(re.split(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", strong))
    return tuple((plain(piece), number % 2 == 1) for number, piece in pieces if piece)


_ITEM = re.compile(r"^(?:[-*]|\d+\.)\s+")
_RULE = re.compile(r"^[|\s:-]+$")


def blocks(text: str) -> Iterator[tuple[list[str], bool]]:
    """The paragraphs and lists of a Markdown text, in order: their texts, and whether they are a list.

    The rows of a table count as a list, each row as one text; headings and HTML have no place in such texts.
    """
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in block.split("\n") if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("|"):
            rows = [line.strip("| ") for line in lines if not _RULE.match(line)]
            yield [re.sub(r"\s*\|\s*", ": ", row) for row in rows[1:]], True
        elif _ITEM.match(lines[0]):
            items: list[str] = []
            for line in lines:
                if _ITEM.match(line):
                    items.append(_ITEM.sub("", line))
                else:
                    items[-1] += f" {line}"
            yield items, True
        else:
            yield [" ".join(lines)], False


def without_code(text: str) -> str:
    """The text with code blanked out, letter for letter, so that places in it stay the same."""
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
