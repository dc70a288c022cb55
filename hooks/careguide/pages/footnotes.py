"""A page's links as footnotes for paper.

Each link that paper cannot follow gets a letter beside its words, and its address stands at the end, short
enough to type. `print.css` shows both in print alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape, unescape
from string import ascii_lowercase
from urllib.parse import urljoin, urlsplit

from careguide.guide.guide import Guide
from careguide.model.kinds import TOPICS

LONGEST = 56
"""Letters of an address that stands on one line beside others; of a longer one, paper has its start."""
_NOT_ON_PAPER = {"cite", "term", "button"}
"""Classes of links that paper does without: to the sources at the end, to what a word means, and buttons."""
_LIST = "sources"
"""The class of the list of sources, where each address stands beside its title."""


class Footnotes:
    """Adds footnotes to the pages of one guide."""

    def __init__(self, guide: Guide) -> None:
        self._words = guide.words
        self._titles = {thing.title for _, thing, _ in guide.all(TOPICS)}

    def add(self, html: str, here: str) -> str:
        """The HTML of a page, with a letter on each link that paper cannot follow; their addresses come last.

        `here` is the page's own public address, or empty where the site has none.
        """
        letters: dict[str, str] = {}
        pieces, done = [], 0
        for link in _links(html):
            if mark := self._mark(link, here, letters):
                pieces += [html[done : link.end], mark]
                done = link.end
        pieces.append(html[done:])
        if letters or here:
            pieces.append(self._addresses(letters, here))
        return "".join(pieces)

    def _mark(self, link: "_Link", here: str, letters: dict[str, str]) -> str:
        """The attribute that a link gets, if any. `letters`, by address, are those so far: it may add one."""
        if link.listed:
            return f' data-address="{escape(short(link.address))}"'
        if link.address.startswith("#") or link.classes & _NOT_ON_PAPER:
            return ""
        # A link whose words are the title of a page needs no address: the page is found by that name.
        if link.words in self._titles:
            return ""
        address = urljoin(here, link.address)
        if urlsplit(address).scheme not in ("https", "http"):
            return ""
        letter = letters.setdefault(short(address), _letter(len(letters)))
        return f' data-letter="{letter}"'

    def _addresses(self, letters: Mapping[str, str], here: str) -> str:
        ours, theirs = self._words.text("footnotes.here"), self._words.text("footnotes.title")
        own = f"<p>{escape(ours)} <b>{escape(short(here))}</b></p>" if here else ""
        rows = "".join(f"<li><b>{letter}</b> {escape(address)}</li>" for address, letter in letters.items())
        listed = f"<p>{escape(theirs)}</p><ul>{rows}</ul>" if rows else ""
        return f'<div class="addresses">{own}{listed}</div>'


def short(address: str) -> str:
    """An address as people type it: `nhs.uk/conditions/tics`. Cut where it is long."""
    parts = urlsplit(address)
    whole = parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
    if parts.query:
        whole += f"?{parts.query}"
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 2].rpartition('/')[0]}/…"


def _letter(place: int) -> str:
    """From 'a' to 'z', then 'aa', 'ab' and so on; `place` counts from 0."""
    rest, last = divmod(place, len(ascii_lowercase))
    return (_letter(rest - 1) if rest else "") + ascii_lowercase[last]


@dataclass
class _Link:
    """One link of a page."""

    address: str
    classes: set[str]
    listed: bool
    """Whether it stands in the list of sources."""
    end: int
    """Where in the HTML its opening tag ends: an attribute can be added here."""
    words: str = ""
    """What a reader sees of it, without tags."""


_TAG = re.compile(r'<!--.*?-->|<(/?)([a-z][^\s/>]*)((?:\s+[^\s"=>]+="[^"]*")*)>', re.DOTALL | re.IGNORECASE)
"""A comment; or a tag, with its name and its attributes, and whether it closes."""
_ATTRIBUTE = re.compile(r'([^\s"=>]+)="([^"]*)"')


def _links(html: str) -> list[_Link]:
    """The links of a page, as `safe_html` writes it: in small letters, each value in double quotes."""
    found: list[_Link] = []
    opened: _Link | None = None
    lists: list[bool] = []  # for each `div` around a link, from the outermost: whether it lists the sources
    for tag in _TAG.finditer(html):
        closes, name, attributes = tag.groups()
        if name not in ("a", "div"):
            continue
        values = dict(_ATTRIBUTE.findall(attributes))
        classes = set(unescape(values.get("class", "")).split())
        if name == "div":
            if closes:
                del lists[-1:]
            else:
                lists.append(_LIST in classes)
        elif closes and opened:
            opened.words = " ".join(unescape(_TAG.sub("", html[opened.end + 1 : tag.start()])).split())
            opened = None
        elif address := values.get("href"):
            opened = _Link(unescape(address), classes, any(lists), tag.end() - 1)
            found.append(opened)
    return found
