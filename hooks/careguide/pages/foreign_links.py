"""Where the links of a translated page lead: to the translation of a page, else to the original, and said so.

The folder of a translation has the shape of the whole site, so a link between two of its pages is the same as
between their originals. What the folder lacks stands one folder higher.
"""

import posixpath
import re

from careguide.guide import foreign
from careguide.guide.guide import Guide

_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<target>[^()\s\"]+)(?P<title>\s+\"[^\"]*\")?\)(?:\{(?P<attributes>[^{}\n]*)\})?"
)
_ELSEWHERE = re.compile(r"[a-z]+:|#|/")


def led(text: str, path: str, guide: Guide) -> str:
    """The Markdown of a translated page with its links as they must be. Its `path` is its original's."""
    mine = guide.translation
    if not mine:
        return text
    leader = _Leader(guide, path)
    return foreign.in_html(_LINK.sub(leader.lead, text), mine.original.site.locale.base)


class _Leader:
    """Leads the links of one page."""

    def __init__(self, guide: Guide, path: str) -> None:
        language = guide.translation.original.site.locale if guide.translation else guide.site.locale
        self._guide = guide
        self._here = posixpath.dirname(path)
        self._language = language
        self._note = guide.words.text("translation.elsewhere", language=guide.original_language)

    def lead(self, link: re.Match[str]) -> str:
        """One link as it must be."""
        target = link["target"]
        if _ELSEWHERE.match(target):
            return link.group()
        path, mark, anchor = target.partition("#")
        there = posixpath.normpath(posixpath.join(self._here, path))
        if self._guide.place(there) != there:
            return link.group()
        target = f"../{path}{mark}{anchor}"
        words, attributes = link["words"], link["attributes"] or ""
        if path.endswith(".md"):
            # A hard word is explained where it stands; a note in the middle of a sentence would not help.
            words = words if ".term" in attributes else f"{words} {self._note}"
            attributes = f"{attributes.rstrip()} hreflang={self._language.base} "
        listed = f"{{{attributes}}}" if attributes else ""
        return f"{link['picture']}[{words}]({target}{link['title'] or ''}){listed}"
