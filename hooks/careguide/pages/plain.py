"""A page as Markdown that asks nothing of a theme: what `careguide write` writes, for any engine.

What our theme and its scripts know of is taken out: their marks, and what only they would show.
"""

import re

_KNOWN = ("title:", "description:")
"""The lines of front matter that every engine understands."""
_MARK = re.compile(r"^<!-- part: [\w-]+ -->\n\n?", re.MULTILINE)
"""Where the frame divides a page."""
_UNSEEN = re.compile(
    r"^<(?P<tag>p|li|div|details)\b[^<>]* hidden\b[^<>]*>.*?</(?P=tag)>\n?", re.MULTILINE | re.DOTALL
)
"""What stays hidden until a script shows it: the numbers of other countries, the buttons of the questions."""
_TAG = re.compile(r"<[a-z][^<>]*>")
_DATA = re.compile(r"""\s+data-[\w-]+(?:="[^"]*")?""")


def plain(text: str) -> str:
    """The Markdown of a page, with its front matter, as any engine can read it."""
    _, front, body = text.split("---\n", 2)
    kept = [line for line in front.splitlines(keepends=True) if line.startswith(_KNOWN)]
    body = _UNSEEN.sub("", _MARK.sub("", body))
    return "---\n" + "".join(kept) + "---\n" + _TAG.sub(lambda tag: _DATA.sub("", tag[0]), body)
