"""Links that somebody wrote must lead somewhere: to a page that will be built, and to a heading on it.

Generated links are made from the guide and cannot be wrong; the engine's strict mode checks all again.
"""

import html
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from careguide.checks import addresses
from careguide.checks.sentences import prose
from careguide.guide.guide import CONTENT, Guide
from careguide.guide.page import Page
from careguide.guide.page_paths import page_file, topic_of
from careguide.guide.validation import Origin
from careguide.model.fields import ADDRESS
from careguide.model.kinds import PLURALS
from careguide.source import articles, markup
from careguide.source.articles import Article
from careguide.source.locations import Loc, spell
from careguide.source.markup import Reference
from careguide.source.problems import Problem, named, nearest, one_of, quoted

_HTML = re.compile(r"<(?=[a-zA-Z/!?])(?!!--|https://[^\s<>]+>)[^<>]*>?")
"""A tag, also over several lines or never closed; an address may stand in such brackets."""
_ATTRIBUTES = re.compile(r"(?<!\{)\{(?!call:\w|[{%]|:?[ ]*#[a-z][\w-]*[ ]*\})[^\n{}]*\}?", re.MULTILINE)
"""A list of attributes, or what was meant for one; a heading's name, `{ #help }`, is none."""
_NUMBER = re.compile(r"tel:\+?[0-9][0-9-]*")
_COMMENT = re.compile(
    r"<!--[ ]*(?:(?P<name>\w+)(?P<mark>[ ]*[:;=.,]|(?=[ ]+[\w-]+[ ]*-->)))?"
    r"(?P<call>(?:(?!-->|<!--|\n).)*)(?P<end>-->)?"
)
_ID = re.compile(r'<[^<>]*\sid="([^"]+)"')
_MOST_BRACKETS = 50
_SCHEMES = {"https", "mailto", "tel"}
_FOLDERS = (CONTENT, "overrides")
"""The folders whose files are published, besides pages."""
_BY_ID = "Link by id where you can: [words](cause:id)."
Extensions = Mapping[str, Mapping[str, Any]]
"""Extensions of Python-Markdown by name, each with its options."""


def check(guide: Guide, pages: Sequence[Page], extensions: Extensions, root: Path) -> list[Problem]:
    """Every written link that leads nowhere, and HTML where Markdown is meant.

    `extensions` are those that the site is built with: they decide which names headings get. Files that links
    and pictures name stand under `root`.
    """
    targets = _Targets(guide, pages, extensions, root)
    found = list(named(addresses.addresses_are_whole(guide)))
    for origin, loc, text, _ in prose(guide):
        found += named(_text_problems(origin, loc, text, targets), "links_lead_somewhere")
    for path, article in guide.articles.items():
        text = markup.without_code(article.body)
        found += named(_link_problems(article, text, path, targets), "links_lead_somewhere")
        found += named(_comment_problems(article, text), "comments_are_directives")
        found += named(_html_problems(article, text), "pages_are_markdown")
        found += named(nothing_is_opened_for_ever(article, text))
    return found + list(named(headings_leave_the_frame_its_names(guide, pages)))


_FRAME = {"countries", "main", "offline-copy", "search", "search-label", "search-private", "search-words"}
_FRAME |= {"sections", "top"}
"""The ids of what surrounds every page. Scripts find the search by its own."""
_HEADING = re.compile(r"^#{1,6}[ ]+(?P<words>.+?)[ #]*(?:\{(?P<attributes>[^{}]*)\})?[ ]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?P<words>\S.*)(?P<attributes>)\n(?:=+|-+)[ ]*$", re.MULTILINE)


def headings_leave_the_frame_its_names(guide: Guide, pages: Sequence[Page]) -> Iterator[Problem]:
    """A heading must not get the id of a part of the frame: that part would no longer be found."""
    for page in pages:
        article = guide.articles.get(page.path)
        underlined = _UNDERLINED.finditer(article.body) if article else ()
        for match in (*_HEADING.finditer(page.text), *underlined):
            own = re.search(r"#([\w-]+)", match["attributes"] or "")
            words = match["words"]
            id_ = own[1] if own else "-".join(re.sub(r"[^\w\s-]", "", words).lower().split())
            if id_ in _FRAME:
                at = article.body.find(match[0].split("\n")[0].partition(" {")[0]) if article else -1
                place = (article.path, article.line_of(at)) if article and at >= 0 else (page.source, 1)
                message = f"a heading must not be {quoted(words)}: every page has a part of that name"
                yield Problem(*place, message, "Add a word, such as in 'Search the guide'.")


def _text_problems(origin: Origin, loc: Loc, text: str, targets: "_Targets") -> Iterator[Problem]:
    """A text may stand on several pages, and an address relative to one of them is wrong on the others."""
    for target in markup.targets(text):
        parts = _split(target.address)
        if not parts or parts.scheme not in _SCHEMES:
            must = f"a link in {spell(loc)} must lead to an id or start with https://"
            message, line = f"{must}, not {quoted(target.address)}", origin.line_of(loc, target.address)
            yield Problem(origin.path, line, message, _BY_ID)
    for reference, message, tip in targets.lost_pages(text):
        yield origin.problem(loc, message, tip, words=reference.id)


def _link_problems(article: Article, text: str, path: str, targets: "_Targets") -> Iterator[Problem]:
    """A written link must lead to what exists or to a safe address; a picture must be a file beside it."""
    for reference, message, tip in targets.lost_pages(text):
        yield article.problem(reference.start, f"the text {message}", tip)
    for target in markup.targets(text):
        what, find = ("picture", targets.wrong_picture) if target.picture else ("link", targets.wrong)
        if wrong := find(path, target.address):
            must, tip = wrong
            yield article.problem(target.start, f"a {what} must {must}, not {quoted(target.address)}", tip)


def _comment_problems(article: Article, text: str) -> Iterator[Problem]:
    """What looks like a request for a section and is none would leave the section out without a word."""
    for match in _COMMENT.finditer(text):
        name = match["name"]
        if not match["end"]:
            message = f"a comment must be closed, but {quoted(match.group())} is not"
            yield article.problem(match.start(), message, "End it with '-->' on the same line.")
        elif name and not markup.DIRECTIVE.match(match.group()) and nearest(name, ["guide"]):
            message = f"a directive must start with 'guide:', not {quoted(name + match['mark'])}"
            tip = f"Write '<!-- guide: {match['call'].strip()} -->'."
            yield article.problem(match.start(), message, tip)


def nothing_is_opened_for_ever(article: Article, text: str) -> Iterator[Problem]:
    """A page must not open bracket after bracket, which takes the engine for ever."""
    opened = 0
    for number, line in enumerate(text.split("\n"), article.first_line):
        opened = max(0, opened + line.count("[") - line.count("]")) if line.strip() else 0
        if opened > _MOST_BRACKETS:
            message = f"a paragraph must close its brackets, but more than {_MOST_BRACKETS} are open"
            yield Problem(article.path, number, message, "Close or delete them.")
            return


def _html_problems(article: Article, text: str) -> Iterator[Problem]:
    """A page is Markdown, so that it is safe, and reads the same with any engine."""
    tip = "Write it in Markdown; a number to call is {call:advice}, a section is <!-- guide: … -->."
    bare = markup.blanked(text, markup.comments(text))
    for pattern, what in ((_HTML, "HTML or script"), (_ATTRIBUTES, "attributes")):
        for match in pattern.finditer(bare):
            message = f"a page must be Markdown without {what}, but has {quoted(match.group())}"
            yield article.problem(match.start(), message, tip)


class _Targets:
    """What a link can lead to."""

    def __init__(self, guide: Guide, pages: Sequence[Page], extensions: Extensions, root: Path) -> None:
        self._guide = guide
        self._root = root
        self._pages = {page.path: page for page in pages}
        self._extensions = extensions
        self._anchors: dict[str, list[str] | None] = {}

    def lost_pages(self, text: str) -> Iterator[tuple[Reference, str, str]]:
        """Each link in a text to a page by its name that is not there, with what must be true and a tip."""
        for reference in markup.references(text):
            if reference.singular == markup.PAGE and page_file(reference.id) not in self._pages:
                names = [path.removesuffix("/index.md").removesuffix(".md") for path in self._pages]
                message = f"must link to a page that exists, not {quoted(reference.id)}"
                yield reference, message, nearest(reference.id, names) or _BY_ID

    def wrong(self, path: str, target: str) -> tuple[str, str] | None:
        """What a link on the page at `path` must do and does not, with a tip; None where it is right."""
        parts = _split(target)
        if not parts:
            return "be a whole address", "Copy it from the browser."
        if parts.scheme:
            return _wrong_address(target, parts.scheme)
        found = _from(path, parts.path) if parts.path else path
        if self._guide.unread(*topic_of(found)) or self._is_file(found):
            return None
        if found not in self._pages:
            folder = posixpath.dirname(path) or "."
            near = nearest(parts.path, (posixpath.relpath(each, folder) for each in self._pages))
            return "lead to a page that exists", near or _BY_ID
        there = self._anchors_of(found) if parts.fragment else None
        if there is None or parts.fragment in there:
            return None
        names = f"The headings there are {one_of(there, last='and')}." if there else "It has no headings."
        return "lead to a heading that exists", nearest(parts.fragment, there) or names

    def wrong_picture(self, path: str, target: str) -> tuple[str, str] | None:
        """The same of a picture. One from another site would tell that site who reads the page."""
        parts = _split(target)
        if parts and not parts.scheme and not parts.netloc and self._is_file(_from(path, parts.path)):
            return None
        return "show a file that exists", f"Put it into {CONTENT}/, and write its path from this page."

    def _is_file(self, path: str) -> bool:
        """Whether a file, other than a page, stands at a path of the site."""
        if path.endswith(".md") or path.startswith(("../", "/")):
            return False
        return any((self._root / folder / path).is_file() for folder in _FOLDERS)

    def _anchors_of(self, path: str) -> list[str] | None:
        """The anchors of a page, found once a link names one; None where the engine refuses an extension."""
        if path not in self._anchors:
            self._anchors[path] = None
            with suppress(ImportError, AttributeError, KeyError, TypeError, ValueError):
                self._anchors[path] = anchors(self._pages[path].text, self._extensions)
        return self._anchors[path]


def _wrong_address(target: str, scheme: str) -> tuple[str, str] | None:
    """What an address with a scheme must be and is not, with a tip; None where it is right."""
    if scheme not in _SCHEMES:
        tip = addresses.OWN_PAGE if addresses.HERE.match(target) else "Use the page's secure address."
        return "start with https://", _BY_ID if scheme in PLURALS else tip
    if scheme == "https" and not re.fullmatch(ADDRESS, target):
        tip = addresses.OWN_PAGE if addresses.HERE.match(target) else "Copy it from the browser."
        return "be a whole address", tip
    if scheme == "tel" and not _NUMBER.fullmatch(target):
        return "be a phone number after tel:, of digits and hyphens", "Write it such as tel:116-123."
    return None


def _from(path: str, target: str) -> str:
    """A target as a path of the site, from the page it is written on."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


def _split(target: str) -> SplitResult | None:
    """A target in its parts; None where it makes no sense, as with a bracket that is not closed."""
    try:
        return urlsplit(target)
    except ValueError:
        return None


def anchors(page: str, extensions: Extensions) -> list[str]:
    """What links can name on a page, in order: the ids of headings and of all else, as they will be built."""
    import markdown  # noqa: PLC0415 - most guides have no such link, and it takes long to load

    body, options = articles.split("", page)[0].body, {name: dict(each) for name, each in extensions.items()}
    try:
        built = markdown.markdown(body, extensions=list(options), extension_configs=options)
    except RecursionError:  # a list in a list in a list: the rules on shape name it
        return []
    return list(map(html.unescape, _ID.findall(built)))
