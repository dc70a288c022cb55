"""A hand-written page in pieces: prose, and the places where `<!-- guide: … -->` asks for a section."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from careguide.source import markup
from careguide.source.articles import Article

_TITLE = re.compile(r"^# .*$", re.MULTILINE)


@dataclass(frozen=True)
class Prose:
    """Markdown somebody wrote."""

    text: str


@dataclass(frozen=True)
class Opening:
    """The place under the title, where every page of a kind opens alike."""


@dataclass(frozen=True)
class Call:
    """A request for a section: `causes`, or `care-cards symptom:cough` for one of another page."""

    name: str
    about: str
    """The thing whose section it is, as `symptom:cough`; empty for this page's own."""
    line: int
    """The line of the file it stands on."""


def pieces(article: Article) -> Iterator[Prose | Opening | Call]:
    """The page from top to bottom."""
    body = article.body
    title = _TITLE.search(markup.without_code(body))
    place = title.end() if title else 0
    yield Prose(body[:place])
    yield Opening()
    for match in markup.DIRECTIVE.finditer(markup.without_code(body), place):
        name, _, about = match["call"].partition(" ")
        yield Prose(body[place : match.start()])
        yield Call(name, about.strip(), article.line_of(match.start()))
        place = match.end()
    yield Prose(body[place:])


def has_title(article: Article) -> bool:
    """Whether the page has a title of its own."""
    return bool(_TITLE.search(markup.without_code(article.body)))
