"""What stands around every page, and the parts of a page that stand in different places of its frame."""

from __future__ import annotations

import re
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
