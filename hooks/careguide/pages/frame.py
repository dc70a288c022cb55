"""What stands around every page, and the parts of a page that stand in different places of its frame."""

import re
from dataclasses import dataclass
from typing import Any

from careguide.flow import view
from careguide.guide import services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import LIST_PAGES


def frame(guide: Guide) -> dict[str, Any]:
    """What the theme shows of a guide, besides its words. Pages are paths among the guide's pages."""
    ladder = guide.ladder
    return {
        "countries": services.countries(guide.services.values()),
        "bar": [sign.clause or sign.lead for sign in view.bar(guide)],
        "signs": LIST_PAGES["urgency"],
        "worst": ladder.worst if ladder.levels else "",
        "levels": [
            {
                "id": level.id,
                "style": level.style,
                "title": level.title,
                "place": guide.words.text("care_card.level", level=level.level),
            }
            for level in ladder.levels
        ],
    }


_NAMES = {"when-to-get-help.md": "criteria", "find-care.md": "services", "check/index.md": "flows"}
"""The name under which the words have the title of a page, where that is not the page's own."""


@dataclass(frozen=True)
class Way:
    """A link of the frame to a page of the guide, or to another site."""

    path: str
    """The page, by the path of its original; empty for another site."""
    url: str
    """Its address, from the site's root."""
    title: str
    language: str = ""
    """The language of the page, where it is another than that of the page that links to it."""
    named: bool = True
    """Whether the title is in the language of the page that links to it."""


def title_in(guide: Guide, path: str) -> str:
    """What a page is called in a guide's words, also where the guide does not have it; empty for no name."""
    name = _NAMES.get(path) or path.removesuffix("/index.md").removesuffix(".md")
    return guide.words.text(f"pages.{name}.title") if name in guide.words["pages"] else ""


_MARK = re.compile(r"<!-- part: (\w+) -->")


def mark(part: str) -> str:
    """A comment in a page's Markdown, after which a part of it begins. It shows nothing by itself."""
    return f"<!-- part: {part} -->"


def parts(html: str) -> dict[str, str]:
    """The HTML of a page by part. The 'opening' comes before any mark; a part may come in several pieces."""
    first, *rest = _MARK.split(html)
    found = {"opening": first}
    for name, piece in zip(rest[::2], rest[1::2], strict=True):
        found[name] = found.get(name, "") + piece
    return found
