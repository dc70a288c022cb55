"""Writing one page.

Links are relative to the page, sources are numbered in the order they are first cited, and each hard word is
explained where it first stands.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache

from careguide.guide import services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import LIST_PAGES, page_file, path_of
from careguide.model.kinds import KINDS, PLURALS
from careguide.source import markup

_MARKED = re.compile(
    "|".join(each.pattern for each in (markup.CODE, markup.CITATION, markup.LINK)), re.MULTILINE
)


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
        """Finds each form as the group `term`, and with it all that is passed over."""

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
_LINK = r"""!?\[[^\]]*\]\((?:"[^"]*"|[^")])*\)(?:\{[^}]*\})?"""
"""A link or a picture, with its attributes."""
_PASSED_OVER = rf"{markup.CODE.pattern}|{_HEADING}|{_LINK}|<[^>]*>|\{{[^}}]*\}}"
"""Where a hard word is not explained: code, headings, links, HTML and attributes."""


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

    def to(self, target: str) -> str:
        """A link target relative to this page."""
        path, _, anchor = target.partition("#")
        near = _relative(path, posixpath.dirname(self.path)) if path != self.path else ""
        return f"{near}#{anchor}" if anchor else near

    def address(self, target: str) -> str:
        """Where a file, a folder or a built page stands from this one, for links that engines leave alone."""
        path, _, anchor = target.partition("#")
        near = posixpath.relpath(_folder(path) or ".", _folder(self.path) or ".")
        if path.endswith((".md", "/")):
            near += "/"
        return f"{near}#{anchor}" if anchor else near

    def link(self, kind: str, name: str, words: str = "") -> str:
        """A Markdown link to a thing by its id, with its own title where no words are given."""
        thing = self.guide.of(kind).get(name)
        words = words or getattr(thing, "title", "") or getattr(thing, "sign", "") or name
        target = path_of(kind, name)
        return f"[{words}]({self.to(target)})" if target else words

    def text(self, text: str) -> str:
        """A text with its links by id made real, and hard words explained."""
        return self._explain(markup.LINK.sub(self._link, text))

    def prose(self, text: str) -> str:
        """The same of hand-written Markdown, with its citations numbered. Code is left alone."""
        calls = services.references(next(iter(self.guide.services.values()), None))
        return self._explain(_MARKED.sub(self._marked, services.filled(text, calls)))

    def cite(self, ids: Iterable[str]) -> str:
        """The numbers of the sources, each a link to its entry at the end of the page."""
        return "".join(map(self._number, ids))

    def _number(self, source: str) -> str:
        if source not in self.guide.sources:
            return ""
        if source not in self.cited:
            self.cited.append(source)
        number = self.cited.index(source) + 1
        label = self.guide.words.text("sources.label", number=number)
        return f'[{number}](#source-{number}){{ .cite aria-label="{label}" data-search-exclude="" }}'

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
            return f"[{words}]({self.to(page_file(name))})"
        if kind not in KINDS or name not in self.guide.of(kind):
            return words
        return self._term(words, name) if kind == "glossary" else self.link(kind, name, words)

    def call(self, call: str) -> str:
        """A number or service where a template asks for it."""
        first = next(iter(self.guide.services.values()), None)
        return self._call(services.words_for(first, call), call) if first else ""

    def _call(self, words: str, call: str) -> str:
        """A number or service of the first country, which the page's script exchanges for the reader's."""
        for service in self.guide.services.values():
            number = services.number_for(service, call)
            address = f' href="tel:{number.replace(" ", "")}"' if number else ""
            return f'<a class="call" data-call="{call}"{address}>{words}</a>'
        return words

    def _explain(self, text: str) -> str:
        # Most texts hold no hard word that is new: asking is far quicker than looking for all at once.
        new = self.path != LIST_PAGES["glossary"] and self._terms.in_text(text) - self._explained
        return self._terms.pattern.sub(self._first_form, text) if new else text

    def _first_form(self, match: re.Match[str]) -> str:
        words = match.group()
        term = self._terms.id_of(words) if match["term"] else ""
        return words if not term or term in self._explained else self._term(words, term)

    def _term(self, words: str, term: str) -> str:
        """A hard word with its meaning as a tooltip, linked to the glossary."""
        self._explained.add(term)
        meaning = markup.plain(self.guide.glossary[term].meaning).replace('"', "”")
        return f'[{words}]({self.to(path_of("glossary", term))} "{meaning}"){{ .term }}'


@lru_cache(maxsize=10_000)  # pages of one folder link to the same pages again and again
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


def _folder(path: str) -> str:
    """The folder of a built page: `causes/caffeine.md` → causes/caffeine, `causes/index.md` → causes."""
    return path.removesuffix(".md").removesuffix("index").rstrip("/")
