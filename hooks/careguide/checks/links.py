"""Links that somebody wrote must lead somewhere: to a page that will be built, and to an anchor on it.

Generated links are made from the guide and cannot be wrong; the engine's strict mode checks all of them again.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from urllib.parse import SplitResult, urlsplit

from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.model.fields import Words
from careguide.pages.writer import Page
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import spell
from careguide.source.problems import Problem, nearest, one_of, quoted

_ID = re.compile(r"\{:? ?#([\w-]+)[^}]*\}|id=\"([\w-]+)\"")
_HEADING = re.compile(r"^#{1,6} (.*)$", re.MULTILINE)
_HTML = re.compile(r"</?[a-zA-Z][^>]*>|javascript:", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[ ]*(?:(?P<name>\w+)[ ]*:)?(?:(?!-->|<!--|\n).)*(?P<end>-->)?")
_SCHEMES = {"https", "mailto", "tel"}


def check(guide: Guide, pages: Sequence[Page]) -> list[Problem]:
    """Every written link that leads nowhere, and HTML where Markdown is meant."""
    texts = {page.path: page.text for page in pages}
    found = [
        problem
        for path, article in guide.articles.items()
        for problem in _article_problems(guide, path, article, texts)
    ]
    return [*found, *_text_problems(guide)]


def _text_problems(guide: Guide) -> Iterator[Problem]:
    """A text may stand on several pages, so that an address relative to one of them is wrong on the others."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            for target, _ in markup.targets(leaf.text) if isinstance(leaf.mark, Words) else ():
                if not (parts := _split(target)) or parts.scheme not in _SCHEMES:
                    message = f"a link in {spell(leaf.loc)} must lead to an id or start with https://, not {quoted(target)}"
                    yield Problem(
                        origin.path,
                        origin.line(leaf.loc),
                        message,
                        "Link by id where you can: [words](cause:id).",
                    )


def _article_problems(
    guide: Guide, path: str, article: Article, texts: Mapping[str, str]
) -> Iterator[Problem]:
    text = markup.without_code(article.body)
    for target, start in markup.targets(text):
        for message, tip in _target_problems(guide, path, target, texts):
            yield Problem(
                article.path, article.first_line + text.count("\n", 0, start), f"a link must {message}", tip
            )
    for match in _COMMENT.finditer(text):
        for message, tip in _comment_problems(match):
            yield Problem(article.path, article.first_line + text.count("\n", 0, match.start()), message, tip)
    for number, line in enumerate(re.sub(r"<!--.*?-->", "", text).split("\n"), article.first_line):
        for found in _HTML.findall(line):
            message = f"a page must be Markdown without HTML or script, but has {quoted(found)}"
            yield Problem(
                article.path,
                number,
                message,
                "Write it in Markdown, or ask for a section with <!-- guide: … -->.",
            )


def _comment_problems(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """What looks like a request for a section and is none would leave the section out without a word."""
    if not match["end"]:
        yield (
            f"a comment must be closed, but {quoted(match.group())} is not",
            "End it with '-->' on the same line.",
        )
    elif match["name"] and match["name"] != "guide" and nearest(match["name"], ["guide"]):
        yield f"a directive must start with 'guide:', not {quoted(match['name'])}", "Did you mean 'guide'?"


def _target_problems(
    guide: Guide, path: str, target: str, texts: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if not (parts := _split(target)):
        yield f"be a whole address, not {quoted(target)}", "Copy it from the browser."
        return
    if parts.scheme:
        if parts.scheme not in _SCHEMES:
            yield f"start with https://, not {quoted(target)}", "Use the page's secure address."
        return
    folder = posixpath.dirname(path)
    found = posixpath.normpath(posixpath.join(folder, parts.path)) if parts.path else path
    if guide.unread(*topic_of(found)):
        return
    if found not in texts:
        pages = [posixpath.relpath(each, folder or ".") for each in texts]
        yield (
            f"lead to a page that exists, not {quoted(target)}",
            nearest(parts.path, pages) or "Link by id where you can: [words](cause:id).",
        )
    elif parts.fragment and parts.fragment not in (anchors := _anchors(texts[found])):
        tip = nearest(parts.fragment, anchors) or (
            f"The headings there are {one_of(anchors, last='and')}."
            if anchors
            else "That page has no headings."
        )
        yield f"lead to a heading that exists, not {quoted(target)}", tip


def _split(target: str) -> SplitResult | None:
    """A target in its parts; None where it makes no sense, as with a bracket that is not closed."""
    try:
        return urlsplit(target)
    except ValueError:
        return None


@cache
def _anchors(text: str) -> tuple[str, ...]:
    """The ids a page's headings will have."""
    named = [first or second for first, second in _ID.findall(text)]
    return (*named, *(_slug(heading) for heading in _HEADING.findall(text) if "{" not in heading))


def _slug(heading: str) -> str:
    """The id Python-Markdown gives a heading (its `toc` extension's `slugify`)."""
    letters = unicodedata.normalize("NFKD", markup.plain(heading)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", letters).strip().lower())
