"""Slips in addresses of other sites: what an address brings along when it is copied, or what it has lost."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain
from urllib.parse import urlsplit

from careguide.checks.sentences import prose
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source import markup
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, quoted

_TRACKED = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|srsltid|mc_[ce]id|msclkid)=[^&#]*|#?:~:text=.*")
_OWN = re.compile(r"\b(?:jsessionid|phpsessid|sessionid|preview|draft)=[^&#]*", re.IGNORECASE)
_END = re.compile(r"(?:[.,;:!'*\])]|%20|&quot;)+$")
HERE = re.compile(r"https?://(?:localhost|127\.|10\.|192\.168\.|0\.0\.0\.0|[\w-]+(?:\.local)?(?=[:/]|$))")
_MAIL = re.compile(r"mailto:[^\s@,;]+@(?:[^\s@,;.?]+\.)+[^\s@,;.?]{2,}(?:\?.*)?")
OWN_PAGE = "Name a page of the guide by its file: 'about.md'."
_COPY = "Copy it from the browser, where the page is open."
_Slip = tuple[str, str, bool] | None
"""What is wrong with an address, a tip, and whether that is sure."""


def addresses_are_whole(guide: Guide) -> Iterator[Problem]:
    """An address must be that of a page that others can open, and end where it ends."""
    for path, find_line, field, address in chain(_of_lists(guide), _of_links(guide)):
        found = _mail(address)
        if address.startswith("https://"):
            found = _end(address) or _start(address)
        if found:
            must, tip, blocks = found
            message = f"{field} {must}, not {quoted(address)}"
            yield Problem(path, find_line(), message, tip, blocks=blocks)


def _mail(address: str) -> _Slip:
    if address.startswith("mailto:") and not _MAIL.fullmatch(address):
        return "must be a whole address", "Write 'mailto:name@site.example'.", True
    return None


def _end(address: str) -> _Slip:
    """What a sentence, a bracket or another site has put behind it."""
    bare = _TRACKED.sub("", address)
    end = _END.search(bare)
    opened, closed = bare.count("("), bare.count(")")
    if end and (end[0].strip(")") or closed > opened):
        return "must end where the page's address ends", f"Write '{bare[: end.start()]}'.", True
    if opened > closed:
        return "must be whole, with both its brackets", _COPY, True
    if bare != address:
        bare = bare if "?" in bare else bare.replace("&", "?", 1)
        return "must be the page alone, without who led there", f"Write '{bare}'.", True
    return None


def _start(address: str) -> _Slip:
    """What stands in its way to the page."""
    host, _, path = address.removeprefix("https://").partition("/")
    if "//" in re.sub(r"[?#].*", "", path) and "://" not in path:
        return "should have single slashes", f"Write '{address[:8]}{address[8:].replace('//', '/')}'.", False
    if re.search(r":\d+$", host):
        plain = address.replace(host, host.partition(":")[0], 1)
        return "should be open without a port", f"Write '{plain}', if that opens too.", False
    if _OWN.search(address):
        return "should be what everybody sees", "Copy it from a window in which you are not signed in.", False
    return None


_Written = Iterator[tuple[str, Callable[[], int], str, str]]
"""Addresses that somebody wrote, each with its file, what finds its line, and its field."""


def _of_lists(guide: Guide) -> _Written:
    for name, source in guide.sources.items():
        origin = guide.origins["sources", name]
        yield origin.path, partial(origin.line, ("url",)), "url", source.url
    for name, service in guide.services.items():
        origin = guide.origins["services", name]
        found: dict[Loc, str | None] = {("find_care",): service.find_care}
        for kind in ("emergency", "advice", "poison", "crisis"):
            for place, line in enumerate(getattr(service, kind)):
                found |= {(kind, place, "source"): line.source, (kind, place, "online"): line.online}
        for loc, address in found.items():
            if address:
                yield origin.path, partial(origin.line, loc), spell(loc), address
    if guide.site.contact:
        yield (
            guide.site_origin.path,
            partial(guide.site_origin.line, ("contact",)),
            "contact",
            guide.site.contact,
        )


def _of_links(guide: Guide) -> _Written:
    for origin, loc, text, _ in prose(guide):
        for target in markup.targets(text) if guide.is_own(origin.path) else ():
            yield origin.path, partial(origin.line_of, loc, target.address), "a link", target.address
    for article in guide.articles.values():
        for target in markup.targets(markup.without_code(article.body)):
            yield article.path, partial(article.line_of, target.start), "a link", target.address


# Publishers

_BODIES = re.findall(r"(\S+): (.+)", (FOLDER / "publishers.txt").read_text(encoding="utf-8"))
"""Bodies that many guides cite: the end of their addresses, and what they are called."""
_OF_MANY = re.compile(r"doi\.org$|nlm\.nih\.gov$|pubmed|europepmc|archive|github|google|bing|proxy")
"""Where the pages of many publishers stand."""


def sources_are_at_their_publishers(guide: Guide) -> Iterator[Problem]:
    """The address of a source should be its publisher's, as far as that is known: a notice."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    publishers: defaultdict[str, set[str]] = defaultdict(set)
    for source in guide.sources.values():
        host = urlsplit(source.url).netloc.removeprefix("www.")
        hosts[source.publisher].append(host)
        publishers[host].add(source.publisher)
    for name, source in guide.sources.items():
        host, mine = urlsplit(source.url).netloc.removeprefix("www."), hosts[source.publisher]
        own = _home_of(source.publisher)
        if not own and len(mine) > 2 and len(set(mine)) == 2 and mine.count(host) == 1:
            own = next(each for each in mine if each != host)
        other = next((each for each in publishers[host] if _is_in(each, host)), "")
        wrong = not f".{host}".endswith(f".{own}") if own else other and not _is_in(source.publisher, host)
        if urlsplit(source.url).path in ("", "/") and not urlsplit(source.url).query:
            message = f"should be the page that was read, not all of {host}"
            yield guide.origins["sources", name].problem(("url",), message, _COPY, blocks=False)
        if wrong and not _OF_MANY.search(f"{host} {own}"):
            theirs = f"has its pages at {own}" if own else f"is not {other}"
            message = f"must be of {quoted(source.publisher)}, which {theirs}: {quoted(source.url)}"
            tip = "Write who published that page, or the address of the page that was read."
            yield guide.origins["sources", name].problem(("url",), message, tip, blocks=False)


@cache
def _home_of(publisher: str) -> str:
    """The end of the addresses of a body that many guides cite; empty for another."""
    called = publisher.partition(" (")[0]
    return next((end for end, names in _BODIES if re.fullmatch(names, called)), "")


@cache
def _is_in(publisher: str, host: str) -> bool:
    """Whether an address has a word of a publisher's name, or its initials."""
    words = re.findall(r"[^\W\d_]+", publisher.lower())
    initials = "".join(word[0] for word in words)
    return any(word in host for word in (initials, *words) if len(word) > 3 or word in host.split("."))
