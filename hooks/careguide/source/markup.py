"""The little Markdown a text may hold: links, citations, emphasis and code.

It is found here once, for the page, for paper and for whoever reads it aloud. All else in a text is words,
and comes out as it is written. Every expression here takes time in step with a text's length.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from markupsafe import Markup

LINK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?P<singular>[a-z]+):(?P<id>[^()\s/]*)\)")
"""A link by id: `[dry air](cause:dry-air)`."""
CITATION = re.compile(r"\[@(?P<ids>[^\[\]]+)\]")
"""A citation in hand-written Markdown: `[@leaflet]` or `[@leaflet; @study]`."""
DIRECTIVE = re.compile(r"<!--[ \t]*guide:[ \t]*+(?P<call>[^\s<>]*(?:[ \t]++[^\s<>]+)*)[ \t]*-->")
"""A place for a generated section in hand-written Markdown: `<!-- guide: causes -->`."""
PAGE = "page"
"""What stands before the colon in a link to a page by its name: `[check your signs](page:check)`."""
SCHEMES = {"https", "http", "mailto", "tel"}
"""The addresses that a link may lead to, besides those of the site itself."""
NOT_KINDS = SCHEMES | {"javascript", "data", "ftp"}
"""Words before a colon in a link that are schemes of addresses, not kinds of thing."""
_ADDRESS = r"[^()\s]*(?:\([^()\s]*\)[^()\s]*)*"
"""An address in a link. Brackets in it come in pairs: `https://a.example/Tic_(disorder)`."""
_PIECE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\[@(?P<ids>[^\[\]]+)\]"
    rf"|!?\[(?P<words>[^\[\]]*)\]\((?P<target>{_ADDRESS})(?:\s+\"[^\"]*\")?\)"
    r"|\*\*\*(?=\S)(?P<both>[^*]+)(?<=\S)\*\*\*"
    r"|\*\*(?=[^\s*])(?P<strong>(?:[^*]|\*(?!\*))+)(?<=\S)\*\*"
    r"|(?<![\w*])\*(?=[^\s*])(?P<starred>[^*]+)(?<=\S)\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])(?P<lined>[^_]+)(?<=\S)_(?!\w)"
    r"|\\(?P<sign>[\\`*_{}\[\]()<>#+.!|-])"
)
_TARGET = re.compile(
    r"(?P<words>(?P<picture>!)\[[^\[\]]*|)\]"
    rf"\([ \t]*+(?P<address>{_ADDRESS})(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|^ {0,3}\[[^\[\]]+\]:\s*<?(?P<defined>[^\s>]+)",
    re.MULTILINE,
)
"""What follows the words of a link, which may hold a picture; or a target that links name."""
_MARK = re.compile(r"[\[<*_`\\]")


@dataclass(frozen=True)
class Reference:
    """One mention of a thing by its id."""

    singular: str
    """Kind of thing, as written before the colon."""
    id: str
    words: str
    """The words that carry the link; empty for a citation."""
    start: int


def references(text: str) -> Iterator[Reference]:
    """Every link by id and every citation in a text."""
    if "[" not in text:  # as in most texts
        return
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
    """The target of every link, but one by id, and picture, also where links name it: `[words]: a.md`."""
    if "](" not in text and "]:" not in text:  # as in most texts
        return
    for match in _TARGET.finditer(text):
        address = match["address"] or match["defined"] or ""
        by_id = LINK.fullmatch(f"[{text[match.end('words') : match.end()]}")
        if match["defined"] or not by_id or by_id["singular"] in NOT_KINDS:
            yield Target(address, match.end("words"), bool(match["picture"]))


# A text in pieces


class Piece(NamedTuple):
    """A piece of a text: words, or what they are marked as."""

    kind: Literal["words", "code", "citation", "link", "strong", "slanted"]
    text: str
    """The words; those of a link or of emphasis may hold pieces themselves; the ids of a citation."""
    target: str = ""
    """Where a link leads: an id as `cause:dry-air`, or an address."""


def pieces(text: str) -> Iterator[Piece]:
    """A text from left to right. What is not marked in a way that we know is words."""
    place = 0
    words = ""
    for match in _PIECE.finditer(text):
        words += text[place : match.start()]
        place = match.end()
        if match["sign"]:
            words += match["sign"]
            continue
        if words:
            yield Piece("words", words)
            words = ""
        yield _marked(match)
    words += text[place:]
    if words:
        yield Piece("words", words)


def _marked(match: re.Match[str]) -> Piece:
    if match["code"]:
        return Piece("code", match["code"])
    if match["ids"]:
        return Piece("citation", match["ids"])
    if match["words"] is not None:
        return Piece("link", match["words"], match["target"])
    if match["both"]:
        return Piece("strong", match["both"])
    if match["strong"]:
        return Piece("strong", match["strong"])
    return Piece("slanted", match["starred"] or match["lined"])


def plain(text: str) -> str:
    """A text's bare words, as a reader would read them aloud."""
    if not _MARK.search(text):  # most texts have none
        return text
    if "<!--" in text:
        text = without_comments(text, " ")
    return "".join(map(_plain_piece, pieces(text)))


def _plain_piece(piece: Piece) -> str:
    if piece.kind == "citation":
        return ""
    return piece.text if piece.kind in ("words", "code") else plain(piece.text)


def runs(text: str) -> tuple[tuple[str, bool], ...]:
    """A text's bare words in pieces, with whether each is strong. Amounts are: paper has no links."""
    found: list[tuple[str, bool]] = []
    for piece in pieces(text):
        strong = piece.kind == "strong" or piece.target.startswith("amount:")
        words = _plain_piece(piece)
        if words and found and found[-1][1] == strong:
            found[-1] = (found[-1][0] + words, strong)
        elif words:
            found.append((words, strong))
    return tuple(found)


# Paragraphs

_ITEM = re.compile(r"(?P<mark>[ ]*(?:[-*]|\d+\.))[ \t]+")
_RULE = re.compile(r"[|\s:-]+")


class Block(NamedTuple):
    """A paragraph, a list or a table of a text."""

    kind: Literal["words", "list", "table"]
    texts: tuple[str, ...]
    """The paragraph; the items; or the rows, the first of them the heads of columns."""
    marks: tuple[str, ...] = ()
    """What stands before each item of a list: '-', '1.', with the spaces before it."""


def layout(text: str) -> Iterator[Block]:
    """The blocks of a text, in order.

    A list of numbers starts with 1: '1986. It was hot.' are words. Headings and HTML have no place in a text.
    """
    lines: list[str] = []
    for line in (*text.split("\n"), ""):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield _block(lines)
            lines = []


def _block(lines: list[str]) -> Block:
    rows = [line.strip() for line in lines if not _RULE.fullmatch(line)]
    if rows and lines[0].lstrip().startswith("|"):
        return Block("table", tuple(rows))
    first = _ITEM.match(lines[0])
    if not first or first["mark"].strip()[:-1] not in ("", "1"):
        return Block("words", ("\n".join(map(str.strip, lines)),))
    items: list[str] = []
    marks: list[str] = []
    for line in lines:
        if match := _ITEM.match(line):
            marks.append(match["mark"])
            items.append(line[match.end() :].strip())
        else:
            items[-1] += f" {line.strip()}"
    return Block("list", tuple(items), tuple(marks))


def cells(row: str) -> list[str]:
    """The cells of a row of a table."""
    return list(map(str.strip, re.split(r"(?<!\\)\|", row.strip().strip("|"))))


def blocks(text: str) -> Iterator[tuple[list[str], bool]]:
    """The paragraphs and lists of a text, in order; whether each is a list, as rows of a table are."""
    for block in layout(text):
        if block.kind == "table":
            yield [": ".join(cells(row)) for row in block.texts[1:]], True
        else:
            yield [each.replace("\n", " ") for each in block.texts], block.kind == "list"


# Words as Markdown

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_SIGN = re.compile(r"[\\`*_{}\[\]<>|&\"#]")
_START = re.compile(r"\s*(?:(?P<sign>[-+=:~])|\d+(?P<stop>[.)]))")


@lru_cache(maxsize=20_000)  # most words stand on several pages
def escape(text: str) -> Markup:
    """Words as they are written, for Markdown: in a line, a heading, a cell, a link or an attribute.

    What Markdown or HTML would take for a mark is written as a character reference, which both understand.
    Words are one line.
    """
    line = re.sub(r"\s*\n\s*", " ", _UNSEEN.sub("", text))
    written = _SIGN.sub(_reference, line)
    if first := _START.match(written):
        at = first.start("sign") if first["sign"] else first.start("stop")
        written = f"{written[:at]}&#{ord(written[at])};{written[at + 1 :]}"
    return Markup(written)  # noqa: S704 - no mark is left in it


def quoted(text: str) -> Markup:
    """The same for the title of a link, which Markdown puts in quotes of either kind."""
    return Markup(str(escape(text)).replace("'", "&#39;"))  # noqa: S704 - as above


def _reference(sign: re.Match[str]) -> str:
    return f"&#{ord(sign.group())};"


_NOT_IN_ADDRESS = re.compile(r"[\s\"'<>\\`^\x00-\x1f\x7f]")
_IN_ADDRESS = re.compile(r"[&()*\[\]{}|]")


def address(text: str) -> Markup:
    """An address for a link in Markdown or HTML: what would end it there is written as a reference."""
    coded = _NOT_IN_ADDRESS.sub(lambda sign: f"%{ord(sign.group()):02X}", text)
    return Markup(_IN_ADDRESS.sub(_reference, coded))  # noqa: S704 - no mark is left in it


# Code and comments

_FENCE = re.compile(r"```|~~~")
_IN_LINE = re.compile(r"`[^`\n]+`")


def code(text: str) -> list[tuple[int, int]]:
    """Where in a text code stands, in a block or in a line. Nothing in it is a link or a directive."""
    found: list[tuple[int, int]] = []
    closed = {mark: text.rfind(f"\n{mark}") for mark in ("```", "~~~")}
    opened, begin, place = "", 0, 0
    for line in text.split("\n"):
        end = place + len(line) + 1
        if opened:
            if line.rstrip() == opened:
                found.append((begin, place + len(opened)))
                opened = ""
        elif _FENCE.match(line) and closed[line[:3]] >= end - 1:
            opened, begin = line[:3], place
        else:
            found += ((place + each.start(), place + each.end()) for each in _IN_LINE.finditer(line))
        place = end
    return found


def without_code(text: str) -> str:
    """The text with code blanked out, letter for letter, so that places in it stay the same."""
    if "`" not in text and "~~~" not in text:
        return text
    return blanked(text, code(text))


Change = Callable[[str], str]


def outside_code(text: str, change: Change) -> str:
    """The text with all that is not code changed."""
    return _changed(text, code(text), str, change)


def without_comments(text: str, instead: str = "") -> str:
    """The text without its comments; with `instead` where each stood. One that is not closed is none."""
    return _changed(text, comments(text), lambda _: instead)


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where in a text comments stand."""
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start)) >= 0:
        end = close + len("-->")
        yield start, end


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces where something stands in it; its lines stay."""
    return _changed(text, spans, lambda found: re.sub(r"[^\n]", " ", found))


def _changed(text: str, spans: Iterable[tuple[int, int]], inside: Change, outside: Change = str) -> str:
    """The text with what stands in some places of it changed, and what stands outside of them."""
    pieces: list[str] = []
    place = 0
    for start, end in spans:
        pieces += [outside(text[place:start]), inside(text[start:end])]
        place = end
    return "".join([*pieces, outside(text[place:])])
