"""Writing one page.

Links are relative to the page, sources are numbered in the order they are first cited, and each hard word is
explained where it first stands.
"""

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from careguide.guide import services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import LIST_PAGES, page_file, path_of
from careguide.model.kinds import KINDS, PLURALS
from careguide.source import markup

_MARKED = re.compile(f"{markup.CITATION.pattern}|{markup.LINK.pattern}")
_HTML = re.compile(r"<(?=[a-zA-Z/!?])(?!https://[^\s<>]+>)|\{(?!:?[ ]*#[a-z][\w-]*[ ]*\})")
"""What would begin a tag, or a list of attributes. An article has neither, but headings may have names."""
_FURTHEST = 20
"""How many letters the mark of an item may be to the right, blanks and all: four lists in one another."""


class Terms:
    """The hard words of a guide, in all their forms, and what finds them in Markdown."""

    def __init__(self, guide: Guide) -> None:
        self._ids: dict[str, str] = {}
        for thing, term in guide.glossary.items():
            for form in (term.term, *term.forms):
                self._ids.setdefault(form.lower(), thing)
        self._words = {form: re.compile(rf"\b{re.escape(form)}\b") for form in self._ids}
        self._known: dict[str, frozenset[str]] = {}
        # The longest form first: 'nostril hair' before 'nostril'.
        forms = "|".join(map(re.escape, sorted(self._ids, key=len, reverse=True)))
        self.pattern = re.compile(
            rf"{_PASSED_OVER}|\b(?P<term>{forms})\b" if forms else r"(?!)", re.IGNORECASE | re.MULTILINE
        )
        """Finds each form in Markdown as the group `term`, and with it all that is passed over."""
        self.in_words = re.compile(rf"\b(?P<term>{forms})\b" if forms else r"(?!)", re.IGNORECASE)
        """Finds each form in words."""

    def id_of(self, form: str) -> str:
        """The id of the hard word that has a form, in small letters or capitals; empty where none has it."""
        return self._ids.get(form.lower(), "")

    def in_text(self, text: str) -> frozenset[str]:
        """The ids of the hard words in a text. Remembered, because many texts stand on several pages."""
        if text not in self._known:
            letters = text.lower()
            # Looking for the letters alone is far quicker than looking for words.
            near = (form for form in self._ids if form in letters)
            self._known[text] = frozenset(
                self._ids[form] for form in near if self._words[form].search(letters)
            )
        return self._known[text]


_HEADING = r"^(?:#|    ).*$"
"""A heading; also a line of code, by its indent."""
_LINK = r"""!?\[[^\[\]]*\]\((?:"[^"]*"|[^"()\n]|\([^()\n]*\))*\)(?:\{[^{}]*\})?"""
"""A link or a picture, with its attributes."""
_PASSED_OVER = rf"{_HEADING}|{_LINK}|<[^<>]*>|\{{[^{{}}]*\}}"
"""Where a hard word is not explained, besides code: headings, links, HTML and attributes."""


class Writing:
    """One page being written: its links, citations and hard words, in the order in which it is written."""

    def __init__(self, guide: Guide, path: str, terms: Terms | None = None) -> None:
        """A page at `path`, `causes/caffeine.md`. Whoever writes many pages hands in the guide's `terms`."""
        self.guide = guide
        self.path = path
        self.cited: list[str] = []
        """Ids of the sources cited so far, in order: the first is number 1."""
        self._terms = terms or Terms(guide)
        self._explained: set[str] = set()

    def to(self, target: str) -> Markup:
        """A link target relative to this page."""
        path, _, anchor = target.partition("#")
        near = _relative(path, posixpath.dirname(self.path)) if path != self.path else ""
        return markup.address(f"{near}#{anchor}" if anchor else near)

    def address(self, target: str) -> Markup:
        """Where a file, a folder or a built page stands from this one, for links that engines leave alone."""
        path, _, anchor = target.partition("#")
        here, there = self.guide.place(self.path), self.guide.place(path)
        near = _relative(_folder(there) or ".", _folder(here))
        if path.endswith((".md", "/")):
            near += "/"
        return markup.address(f"{near}#{anchor}" if anchor else near)

    def link(self, kind: str, name: str, words: str = "") -> Markup:
        """A Markdown link to a thing by its id, with its own title where no words are given."""
        thing = self.guide.of(kind).get(name)
        said = self._words(words) if words else markup.escape(_name(thing) or name)
        target = path_of(kind, name)
        return _md(f"[{said}]({self.to(target)})" if target else said)

    # A text of data

    def text(self, text: str) -> Markup:
        """A text in one line: links and citations made real, hard words explained, all else as written."""
        return _md("".join(map(self._piece, markup.pieces(text))))

    def paragraphs(self, text: str) -> Markup:
        """The same of a text with paragraphs, lists and tables."""
        return _md("\n\n".join(map(self._block, markup.layout(text))))

    def _block(self, block: markup.Block) -> str:
        if block.kind == "words":
            return self.text(block.texts[0])
        if block.kind == "list":
            items = zip(block.marks, block.texts, strict=True)
            return "\n".join(f"{mark[-_FURTHEST:]} {self.text(item)}" for mark, item in items)
        rows = [list(map(self.text, markup.cells(row))) for row in block.texts]
        rows.insert(1, [_md("---")] * len(rows[0]))
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def _piece(self, piece: markup.Piece) -> str:
        if piece.kind == "words":
            return self._explained_words(piece.text)
        if piece.kind == "code":
            return f"<code>{markup.escape(piece.text)}</code>"
        if piece.kind == "citation":
            return self.cite(markup.cited_ids(piece.text))
        if piece.kind == "link":
            return self._linked(piece)
        mark = "**" if piece.kind == "strong" else "*"
        return f"{mark}{self.text(piece.text)}{mark}"

    def _linked(self, piece: markup.Piece) -> str:
        """A link by id or to another site. Any other leads nowhere, so its words stand alone."""
        by_id = markup.LINK.fullmatch(f"[{piece.text}]({piece.target})")
        if by_id and by_id["singular"] not in markup.NOT_KINDS:
            return self._link(by_id)
        words, safe = self._words(piece.text), piece.target.partition(":")[0] in markup.SCHEMES
        return f"[{words}]({markup.address(piece.target)})" if safe else words

    def _words(self, text: str) -> Markup:
        """The words of a link: emphasis may stand in them, but no other link."""
        return markup.escape(markup.plain(text))

    def _explained_words(self, text: str) -> str:
        if not self._new_terms(text):
            return markup.escape(text)
        found: list[str] = []
        place = 0
        for match in self._terms.in_words.finditer(text):
            found += [markup.escape(text[place : match.start()]), self._first_form(match)]
            place = match.end()
        return "".join([*found, markup.escape(text[place:])])

    # A hand-written page

    def prose(self, text: str) -> Markup:
        """Hand-written Markdown with its links by id made real, its citations numbered, hard words explained.

        Code is left alone. Comments are for writers, and tags and lists of attributes are no Markdown.
        """
        calls = services.references(next(iter(self.guide.services.values()), None))
        filled = services.filled(markup.without_comments(text), calls)
        return _md(markup.outside_code(filled, self._prose))

    def _prose(self, text: str) -> str:
        harmless = _HTML.sub(lambda match: f"&#{ord(match.group())};", text)
        return self._explain(_MARKED.sub(self._marked, harmless))

    def cite(self, ids: Iterable[str]) -> Markup:
        """The numbers of the sources, each a link to its entry at the end of the page."""
        return _md("".join(map(self._number, ids)))

    def _number(self, source: str) -> str:
        if source not in self.guide.sources:
            return ""
        if source not in self.cited:
            self.cited.append(source)
        number = self.cited.index(source) + 1
        label = markup.escape(self.guide.words.text("sources.label", number=number))
        return f'[{number}](#source-{number}){{ .cite aria-label="{label}" }}'

    def _marked(self, match: re.Match[str]) -> str:
        if match["ids"]:
            return self.cite(markup.cited_ids(match["ids"]))
        return self._link(match) if match["singular"] else match.group()

    def _link(self, match: re.Match[str]) -> str:
        if match["singular"] in markup.NOT_KINDS:
            return match.group()
        if match["singular"] == "call":
            return self._call(match["words"], match["id"])
        kind, name, words = PLURALS.get(match["singular"], ""), match["id"], match["words"]
        if match["singular"] == markup.PAGE:
            return f"[{self._words(words)}]({self.to(page_file(name))})"
        if kind not in KINDS or name not in self.guide.of(kind):
            return self._words(words)
        return self._term(words, name) if kind == "glossary" else self.link(kind, name, words)

    def call(self, call: str) -> Markup:
        """A number or service where a template asks for it."""
        first = next(iter(self.guide.services.values()), None)
        return _md(self._call(services.words_for(first, call), call) if first else "")

    def _call(self, words: str, call: str) -> str:
        """A number or service of the first country, which the page's script exchanges for the reader's."""
        said = self._words(words)
        for service in self.guide.services.values():
            number = services.number_for(service, call)
            address = f' href="tel:{markup.address(number.replace(" ", ""))}"' if number else ""
            return f'<a class="call" data-call="{markup.escape(call)}"{address}>{said}</a>'
        return said

    def _new_terms(self, text: str) -> bool:
        """Whether a text holds a hard word that no text before it had: asking is far quicker than looking."""
        return self.path != LIST_PAGES["glossary"] and bool(self._terms.in_text(text) - self._explained)

    def _explain(self, text: str) -> str:
        return self._terms.pattern.sub(self._first_form, text) if self._new_terms(text) else text

    def _first_form(self, match: re.Match[str]) -> str:
        words = match.group()
        if not match["term"]:
            return words  # what is passed over
        term = self._terms.id_of(words)
        return markup.escape(words) if term in self._explained else self._term(words, term)

    def _term(self, words: str, term: str) -> str:
        """A hard word with its meaning as a tooltip, linked to the glossary."""
        self._explained.add(term)
        meaning = markup.quoted(markup.plain(self.guide.glossary[term].meaning))
        return f'[{self._words(words)}]({self.to(path_of("glossary", term))} "{meaning}"){{ .term }}'


def _name(thing: Any) -> str:
    return getattr(thing, "title", "") or getattr(thing, "sign", "")


def _md(text: str) -> Markup:
    """Markdown that was made of pieces without a mark of their own."""
    return Markup(text)  # noqa: S704 - each piece was escaped


@lru_cache(maxsize=10_000)  # pages of one folder link to the same pages again and again
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


def _folder(path: str) -> str:
    """The folder of a built page: `causes/caffeine.md` → causes/caffeine, `causes/index.md` → causes."""
    return path.removesuffix(".md").removesuffix("index").rstrip("/")
