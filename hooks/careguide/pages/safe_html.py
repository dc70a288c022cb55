"""The HTML of a page's content → the same, with only what a page may hold.

Whatever stands in a text, an address, a word or an article: nothing runs, nothing is asked of another site,
and nothing covers the page. The HTML is parsed as a browser parses it and written anew from what is known,
so that no way of writing can hide anything.
"""

import re
from urllib.parse import urlsplit

import nh3

from careguide.source.markup import SCHEMES

_EVERYWHERE = "aria-hidden aria-label aria-labelledby class dir hidden id lang role tabindex title"
"""Attributes that any tag may have."""
_WITHOUT_OTHERS = """
    abbr b blockquote br caption cite code dd defs del desc div dl dt em figcaption figure h1 h2 h3 h4 h5 h6
    hr i ins kbd li mark p pre q s section small span strong sub summary sup table tbody text tfoot thead
    title tr u ul
"""
"""Tags that need no attribute of their own."""
_PAINT = {"fill", "stroke", "stroke-width", "clip-path", "transform"}
_BOX = {"x", "y", "width", "height"}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "hreflang"},
    "button": {"type", "value"},
    "circle": {"cx", "cy", "r", *_PAINT},
    "clipPath": set(),
    "details": {"open"},
    "form": {"autocomplete", "novalidate"},
    "g": _PAINT,
    "img": {"alt", "src", "width", "height", "loading"},
    "ol": {"start"},
    "path": {"d", *_PAINT},
    "rect": {"rx", *_BOX, *_PAINT},
    "svg": {"viewBox", "width", "height"},
    "td": {"align", "colspan"},
    "text": {"x", "y", "font-size", "text-anchor", *_PAINT},
    "th": {"align", "colspan", "scope"},
    "tspan": {"x", "y", "dx", "dy"},
    "use": {"href", "x", "y"},
}
_NUMBER = re.compile(r"tel:\+?[0-9][0-9-]*")
_TO_NUMBER = re.compile(r'<a ([^<>]*href="tel:)')
_ELSEWHERE = re.compile(r"url\s*\(\s*['\"]?(?!#)", re.IGNORECASE)


def clean(html: str) -> str:
    """The HTML with only what is harmless: words stay, a script is none. No phone number is translated."""
    return _TO_NUMBER.sub(r'<a translate="no" \1', _CLEANER.clean(html))


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute; None where it would lead, or ask, where it must not."""
    if name == "href":
        return value if _may_lead_to(tag, value) else None
    if name == "src":
        return value if _is_near(value) else None
    return None if _ELSEWHERE.search(value) and name in _PAINT else value


def _may_lead_to(tag: str, address: str) -> bool:
    """Whether a link may have an address. A number is made of digits; a drawing uses its own parts alone."""
    if tag == "use":
        return address.startswith("#")
    return not address.startswith("tel:") or bool(_NUMBER.fullmatch(address))


def _is_near(address: str) -> bool:
    """Whether an address is one of the site itself: anything else would tell that site who reads the page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not address.startswith(("/", "\\"))


_CLEANER = nh3.Cleaner(
    tags=_ATTRIBUTES.keys() | set(_WITHOUT_OTHERS.split()),
    attributes={"*": set(_EVERYWHERE.split()), **_ATTRIBUTES},
    generic_attribute_prefixes={"data-"},
    attribute_filter=_kept,
    url_schemes=SCHEMES,
    link_rel=None,
    strip_comments=False,  # the frame finds the parts of a page by them
)
