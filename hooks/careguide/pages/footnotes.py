"""A page's links as footnotes for paper: a letter beside the words, and the addresses at the end, short enough to type. `print.css` shows them in print alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from string import ascii_lowercase
from urllib.parse import urljoin, urlsplit

from careguide.guide.guide import Guide
from careguide.model.kinds import TOPICS

LONGEST = 56
"""Letters of an address that still stands on one line beside others. A longer one is cut: who needs it has the title, and the page on the web."""
_LINK = re.compile(
    r"<a (?P<attributes>[^>]*?href=\"(?P<address>[^\"]+)\"[^>]*)>(?P<words>.*?)</a>", re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_LIST = re.compile(r'<div class="sources">.*?</div>', re.DOTALL)
_NOT_ASKED = re.compile(r'class="[^"]*\b(?:cite|term|button)\b')
"""Links that paper does without: to the sources at the end, to the meaning of a word, and buttons."""


def with_footnotes(html: str, here: str, guide: Guide) -> str:
    """A page with a letter on each link that paper cannot follow, and its addresses after it. `here` is the page's own public address, or empty where the site has none.

    A link whose words are a page's own title needs no address: it is found by that name.
    """
    titles = {thing.title for kind in TOPICS for thing in guide.of(kind).values()}
    letters: dict[str, str] = {}
    listed = _LIST.sub(lambda found: _LINK.sub(_with_address, found.group()), html)
    marked = _LINK.sub(lambda link: _with_letter(link, here, titles, letters), listed)
    return marked + _addresses(letters, here, guide.words["footnotes"]) if letters or here else marked


def short(address: str) -> str:
    """An address as people type it: `nhs.uk/conditions/tics`. Cut where it is long."""
    parts = urlsplit(address)
    whole = (
        parts.netloc.removeprefix("www.")
        + parts.path.rstrip("/")
        + (f"?{parts.query}" if parts.query else "")
    )
    return whole if len(whole) <= LONGEST else f"{whole[: LONGEST - 2].rpartition('/')[0]}/…"


def _with_address(link: re.Match[str]) -> str:
    return f'<a {link["attributes"]} data-address="{escape(short(unescape(link["address"])))}">{link["words"]}</a>'


def _with_letter(link: re.Match[str], here: str, titles: set[str], letters: dict[str, str]) -> str:
    address = urljoin(here, unescape(link["address"]))
    words = " ".join(unescape(_TAG.sub("", link["words"])).split())
    inside = (
        link["address"].startswith("#")
        or "data-address" in link["attributes"]
        or _NOT_ASKED.search(link["attributes"])
    )
    if inside or words in titles or urlsplit(address).scheme not in ("https", "http"):
        return link.group()
    letter = letters.setdefault(short(address), _letter(len(letters)))
    return f'<a {link["attributes"]} data-letter="{letter}">{link["words"]}</a>'


def _letter(place: int) -> str:
    """A to z, then aa, ab and so on."""
    rest, last = divmod(place, len(ascii_lowercase))
    return (_letter(rest - 1) if rest else "") + ascii_lowercase[last]


def _addresses(letters: Mapping[str, str], here: str, words: Mapping[str, str]) -> str:
    own = f"<p>{escape(words['here'])} <b>{escape(short(here))}</b></p>" if here else ""
    rows = "".join(f"<li><b>{letter}</b> {escape(address)}</li>" for address, letter in letters.items())
    listed = f"<p>{escape(words['title'])}</p><ul>{rows}</ul>" if rows else ""
    return f'<div class="addresses" data-search-exclude>{own}{listed}</div>'
