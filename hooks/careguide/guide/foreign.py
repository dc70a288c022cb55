"""Texts in another language than their guide's: marked when a translation is made, and told to whoever reads.

The marks are two characters that no text can hold. They go through Markdown, templates and data as letters
do; `in_markdown`, `in_html` and `without` take them out again.
"""

import re

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_LINE = re.compile(r"^(?P<mark>[ \t]*(?:(?:[-*]|\d+\.)[ \t]+)?)(?P<words>\S.*)$", re.MULTILINE)
_QUOTED = re.compile(rf'="[^"<>]*{_OPEN}[^"]*"|\]\([^()\s]*[ ]"[^"]*{_OPEN}[^"]*"')
"""An attribute, or the title of a link, with a mark in it: there nothing can say which language it is in."""
_DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
"""A drawing, which breaks its texts into lines."""


def marked(text: str) -> str:
    """A text of the original, where it stands in a translation. Each line of several has its own marks."""
    return _LINE.sub(lambda line: f"{line['mark']}{_OPEN}{line['words']}{_CLOSE}", text)


def without(text: str) -> str:
    """The words alone."""
    return text.replace(_OPEN, "").replace(_CLOSE, "") if _OPEN in text else text


def own(text: str) -> str:
    """A text without what is in another language."""
    return re.sub(f"{_OPEN}[^{_CLOSE}]*{_CLOSE}[.]? ?", "", text)


def in_html(text: str, language: str) -> str:
    """A page, in Markdown or HTML, whose foreign texts say which language they are in."""
    if _OPEN not in text:
        return text
    for pattern in (_QUOTED, _DRAWING):
        text = pattern.sub(lambda found: without(found.group()), text)
    return without(_MARKED.sub(rf'<span lang="{language}">\1</span>', text))
