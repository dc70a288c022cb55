"""Links that somebody wrote must lead somewhere: to a page that will be built, and to a heading on it.

Generated links are made from the guide and cannot be wrong; the engine's strict mode checks all again.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import SplitResult, urlsplit

from careguide.guide.guide import Guide
from careguide.guide.page_paths import page_file, topic_of
from careguide.model.fields import Prose
from careguide.pages.writer import Page
from careguide.source import articles, markup
from careguide.source.articles import Article
from careguide.source.locations import spell
from careguide.source.problems import Problem, nearest, one_of, quoted

_HTML = re.compile(r"</?[a-zA-Z][^>]*>|javascript:", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[ ]*(?:(?P<name>\w+)[ ]*:)?(?:(?!-->|<!--|\n).)*(?P<end>-->)?")
_SCHEMES = {"https", "mailto", "tel"}
_BY_ID = "Link by id where you can: [words](cause:id)."

Extensions = Mapping[str, Mapping[str, Any]]
"""Extensions of Python-Markdown by name, each with its options."""


def check(guide: Guide, pages: Sequence[Page], extensions: Extensions) -> list[Problem]:
    """Every written link that leads nowhere, and HTML where Markdown is meant.

    `extensions` are those that the site is built with: they decide which names headings get.
    """
    targets = _Targets(guide, pages, extensions)
    found = [*_text_problems(guide), *_page_problems(guide, [page.path for page in pages])]
    for path, article in guide.articles.items():
        text = markup.without_code(article.body)
        found += _link_problems(article, text, path, targets)
        found += _comment_problems(article, text)
        found += _html_problems(article, text)
    return found


def _text_problems(guide: Guide) -> Iterator[Problem]:
    """A text may stand on several pages, and an address relative to one of them is wrong on the others."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if not isinstance(leaf.mark, Prose):
                continue
            for target, _ in markup.targets(leaf.text):
                if not (parts := _split(target)) or parts.scheme not in _SCHEMES:
                    must = f"a link in {spell(leaf.loc)} must lead to an id or start with https://"
                    yield Problem(origin.path, origin.line(leaf.loc), f"{must}, not {quoted(target)}", _BY_ID)


def _page_problems(guide: Guide, pages: Sequence[str]) -> Iterator[Problem]:
    """A link to a page by its name must name one that is there."""
    names = [path.removesuffix("/index.md").removesuffix(".md") for path in pages]
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if isinstance(leaf.mark, Prose):
                for reference in markup.references(leaf.text):
                    if reference.singular == markup.PAGE and page_file(reference.id) not in pages:
                        message = f"must link to a page that exists, not {quoted(reference.id)}"
                        tip = nearest(reference.id, names) or _BY_ID
                        yield origin.problem(leaf.loc, message, tip)
    for article in guide.articles.values():
        for reference in markup.references(markup.without_code(article.body)):
            if reference.singular == markup.PAGE and page_file(reference.id) not in pages:
                message = f"the text must link to a page that exists, not {quoted(reference.id)}"
                tip = nearest(reference.id, names) or _BY_ID
                yield Problem(article.path, article.line_of(reference.start), message, tip)


def _link_problems(article: Article, text: str, path: str, targets: _Targets) -> Iterator[Problem]:
    """A link of a hand-written page must lead to a page or a heading that exists, or to a safe address."""
    for target, start in markup.targets(text):
        if wrong := targets.wrong(path, target):
            message, tip = f"a link must {wrong[0]}, not {quoted(target)}", wrong[1]
            yield Problem(article.path, article.line_of(start), message, tip)


def _comment_problems(article: Article, text: str) -> Iterator[Problem]:
    """What looks like a request for a section and is none would leave the section out without a word."""
    for match in _COMMENT.finditer(text):
        line, name = article.line_of(match.start()), match["name"]
        if not match["end"]:
            message = f"a comment must be closed, but {quoted(match.group())} is not"
            yield Problem(article.path, line, message, "End it with '-->' on the same line.")
        elif name and name != "guide" and (tip := nearest(name, ["guide"])):
            yield Problem(
                article.path, line, f"a directive must start with 'guide:', not {quoted(name)}", tip
            )


def _html_problems(article: Article, text: str) -> Iterator[Problem]:
    """A page is Markdown, so that it is safe, and reads the same with any engine."""
    tip = "Write it in Markdown, or ask for a section with <!-- guide: … -->."
    # Comments are blanked letter for letter, so that places stay the same.
    bare = re.sub(r"<!--.*?-->", lambda comment: " " * len(comment.group()), text)
    for match in _HTML.finditer(bare):
        message = f"a page must be Markdown without HTML or script, but has {quoted(match.group())}"
        yield Problem(article.path, article.line_of(match.start()), message, tip)


class _Targets:
    """What a link can lead to."""

    def __init__(self, guide: Guide, pages: Sequence[Page], extensions: Extensions) -> None:
        self._guide = guide
        self._pages = {page.path: page for page in pages}
        self._extensions = extensions
        self._anchors: dict[str, list[str]] = {}

    def wrong(self, path: str, target: str) -> tuple[str, str] | None:
        """What a link on the page at `path` must do and does not, with a tip; None where it is right."""
        if not (parts := _split(target)):
            return "be a whole address", "Copy it from the browser."
        if parts.scheme:
            safe = parts.scheme in _SCHEMES
            return None if safe else ("start with https://", "Use the page's secure address.")
        folder = posixpath.dirname(path)
        found = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else path
        if self._guide.unread(*topic_of(found)):
            return None
        if found not in self._pages:
            near = nearest(parts.path, (posixpath.relpath(each, folder or ".") for each in self._pages))
            return "lead to a page that exists", near or _BY_ID
        if not parts.fragment or parts.fragment in (there := self.anchors(found)):
            return None
        names = "That page has no headings."
        if there:
            names = f"The headings there are {one_of(there, last='and')}."
        return "lead to a heading that exists", nearest(parts.fragment, there) or names

    def anchors(self, path: str) -> list[str]:
        """The anchors of a page. Found out only where a link names one: the page must be turned into HTML."""
        if path not in self._anchors:
            self._anchors[path] = anchors(self._pages[path].text, self._extensions)
        return self._anchors[path]


def _split(target: str) -> SplitResult | None:
    """A target in its parts; None where it makes no sense, as with a bracket that is not closed."""
    try:
        return urlsplit(target)
    except ValueError:
        return None


def anchors(page: str, extensions: Extensions) -> list[str]:
    """What links can name on a page, in order: the ids of headings and of all else, as they will be built."""
    import markdown  # noqa: PLC0415 - most guides have no such link, and it takes long to load

    body = articles.split("", page)[0].body
    options = {name: dict(each) for name, each in extensions.items()}
    ids = _Ids()
    ids.feed(markdown.markdown(body, extensions=list(options), extension_configs=options))
    return ids.found


class _Ids(HTMLParser):
    """Collects the ids in HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "id" and value]
