"""Writing one page: links relative to it, sources numbered in the order they are first cited, each hard word explained where it first stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import cache

from careguide.guide.guide import Guide
from careguide.guide.page_paths import LIST_PAGES, path_of
from careguide.model.kinds import KINDS, PLURALS
from careguide.source import markup

_MARKED = re.compile(
    "|".join(each.pattern for each in (markup.CODE, markup.CITATION, markup.LINK)), re.MULTILINE
)


def _folder(path: str) -> str:
    """The folder of a built page: `causes/caffeine.md` → causes/caffeine, `causes/index.md` → causes."""
    return path.removesuffix(".md").removesuffix("index").rstrip("/")


class Writing:
    """One page being written, and after a turn the next."""

    def __init__(self, guide: Guide, path: str) -> None:
        self.guide = guide
        self.turn(path)
        self._forms = _forms(
            tuple((form, id) for id, term in guide.glossary.items() for form in (term.term, *term.forms))
        )

    def turn(self, path: str) -> None:
        """Start a new page."""
        self.path, self._folder = path, posixpath.dirname(path)
        self.cited: list[str] = []
        """Ids of the sources cited so far, in order: the first is number 1."""
        self._explained: set[str] = set()

    def to(self, target: str) -> str:
        """A link target relative to this page."""
        path, _, anchor = target.partition("#")
        near = _relative(path, self._folder) if path != self.path else ""
        return f"{near}#{anchor}" if anchor else near

    def address(self, target: str) -> str:
        """Where a file, a folder or a built page stands from this one, as it is shown: for links that the engine leaves as they are."""
        path, _, anchor = target.partition("#")
        folder = path.endswith((".md", "/"))
        near = posixpath.relpath(_folder(path) or ".", _folder(self.path) or ".") + "/" * folder
        return f"{near}#{anchor}" if anchor else near

    def link(self, kind: str, id: str, words: str = "") -> str:
        """A Markdown link to a thing, with its own title where no words are given."""
        thing = self.guide.of(kind).get(id)
        words = words or getattr(thing, "title", "") or getattr(thing, "sign", "") or id
        target = path_of(kind, id)
        return f"[{words}]({self.to(target)})" if target else words

    def text(self, text: str) -> str:
        """A text with its links by id made real, and hard words explained."""
        return self._explain(markup.LINK.sub(self._link, text))

    def prose(self, text: str) -> str:
        """Hand-written Markdown, likewise, with its citations numbered. Headings and code are left alone."""
        return self._explain(_MARKED.sub(self._marked, text))

    def cite(self, ids: Iterable[str]) -> str:
        """The numbers of the sources, each a link to its entry at the end of the page."""
        return "".join(map(self._number, ids))

    def _number(self, id: str) -> str:
        if id not in self.guide.sources:
            return ""
        if id not in self.cited:
            self.cited.append(id)
        number = self.cited.index(id) + 1
        label = self.guide.words["sources"]["label"].format(number=number)
        return f'[{number}](#source-{number}){{ .cite aria-label="{label}" data-search-exclude="" }}'

    def _marked(self, match: re.Match[str]) -> str:
        if match["ids"]:
            return self.cite(markup.cited_ids(match["ids"]))
        return self._link(match) if match["singular"] else match.group()

    def _link(self, match: re.Match[str]) -> str:
        if match["singular"] in markup.NOT_KINDS:
            return match.group()
        kind, id = PLURALS.get(match["singular"], ""), match["id"]
        if kind not in KINDS or id not in self.guide.of(kind):
            return match["words"]
        return self._term(match["words"], id) if kind == "glossary" else self.link(kind, id, match["words"])

    def _explain(self, text: str) -> str:
        # Most texts hold no hard word that is new: asking for each is far quicker than looking for all of them at once.
        new = self.path != LIST_PAGES["glossary"] and self._forms.terms_in(text) - self._explained
        return self._forms.pattern.sub(self._first_form, text) if new else text

    def _first_form(self, match: re.Match[str]) -> str:
        id = match.lastgroup and _term_id(match.lastgroup)
        return match.group() if not id or id in self._explained else self._term(match.group(), id)

    def _term(self, words: str, id: str) -> str:
        """A hard word with its meaning as a tooltip, linked to the glossary."""
        self._explained.add(id)
        meaning = markup.plain(self.guide.glossary[id].meaning).replace('"', "”")
        return f'[{words}]({self.to(path_of("glossary", id))} "{meaning}"){{ .term }}'


@cache
def _relative(path: str, folder: str) -> str:
    return posixpath.relpath(path, folder or ".")


@dataclass(frozen=True)
class _Forms:
    """The hard words of a guide, in all their forms."""

    terms_in: Callable[[str], Set[str]]
    """The ids of the terms that stand in a text, in any form. Kept, because many texts stand on several pages."""
    pattern: re.Pattern[str]
    """What finds them in Markdown."""


@cache
def _forms(forms: tuple[tuple[str, str], ...]) -> _Forms:
    """What finds hard words in Markdown, longest first, and passes over headings, links, code and HTML."""
    by_id: dict[str, list[str]] = {}
    for form, id in sorted(forms, key=lambda pair: -len(pair[0])):
        by_id.setdefault(id, []).append(re.escape(form))
    words = "|".join(f"(?P<{_group(id)}>{'|'.join(found)})" for id, found in by_id.items())
    passed_over = rf"""{markup.CODE.pattern}|^(?:#|    ).*$|!?\[[^\]]*\]\((?:"[^"]*"|[^")])*\)(?:\{{[^}}]*\}})?|<[^>]*>|\{{[^}}]*\}}"""
    pattern = re.compile(
        rf"{passed_over}|\b(?:{words})\b" if words else r"(?!)", re.IGNORECASE | re.MULTILINE
    )
    whole = [(form.lower(), re.compile(rf"\b{re.escape(form.lower())}\b"), id) for form, id in forms]
    return _Forms(cache(lambda text: _terms_in(text.lower(), whole)), pattern)


def _terms_in(text: str, forms: Iterable[tuple[str, re.Pattern[str], str]]) -> Set[str]:
    return {id for letters, word, id in forms if letters in text and word.search(text)}


def _group(id: str) -> str:
    return "t_" + id.replace("-", "_")


def _term_id(group: str) -> str:
    return group.removeprefix("t_").replace("_", "-")
