"""What has changed, as a feed that a reader's own program asks for: Atom (RFC 4287)."""

import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from careguide.guide import due, history
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address
from careguide.guide.selection import name_of
from careguide.model.lists import Change
from careguide.source import markup

FILE = "changes/feed.xml"
"""Where it stands on the site."""
PAGE = "changes.md"
_ATOM = "http://www.w3.org/2005/Atom"


def feed(guide: Guide, site_url: str) -> bytes:
    """All changes, newest first, the same on any day. Each is known for ever by `site_url`, the address."""
    ET.register_namespace("", _ATOM)
    changes = history.newest_first(guide)
    root = ET.Element(f"{{{_ATOM}}}feed", {"xml:lang": guide.site.language})
    _add(root, "id", f"{site_url}{FILE}")
    _add(root, "title", f"{guide.site.name}: {guide.words.text('pages.changes.title')}")
    _add(root, "subtitle", guide.words.text("pages.changes.description"))
    _add(root, "updated", _moment(changes[0].on if changes else datetime.date(2000, 1, 1)))
    _add(_add(root, "author"), "name", guide.site.owner)
    _add(root, "rights", markup.plain(guide.site.licence))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{site_url}{FILE}")
    _add(root, "link", rel="alternate", type="text/html", href=address(PAGE, site_url))
    for change in changes:
        _entry(root, guide, change, site_url)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(root: ET.Element, guide: Guide, change: Change, site_url: str) -> None:
    entry = _add(root, "entry")
    host = urlsplit(site_url).hostname or "localhost"
    names = [name_of(thing) for _, thing in history.things(guide, change)]
    _add(entry, "id", f"tag:{host},{change.on}:changes/{change.id}")
    _add(entry, "title", ", ".join(names) or guide.site.name)
    _add(entry, "updated", _moment(change.on))
    _add(entry, "link", rel="alternate", type="text/html", href=address(f"{PAGE}#{change.id}", site_url))
    said = [markup.plain(change.text), *([markup.plain(change.why)] if change.why else [])]
    for _, thing in history.things(guide, change):
        day, checked = due.due(guide, thing), getattr(thing, "checked", None)
        if day and checked:
            written = guide.site.locale.day
            on, by = written(checked), written(day)
            said.append(guide.words.text("changes.dates", name=name_of(thing), on=on, due=by))
    _add(entry, "content", " ".join(said), type="text")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text or None
    return element


def _moment(day: datetime.date) -> str:
    """The first moment of a day, as feeds write it."""
    return f"{day}T00:00:00Z"
