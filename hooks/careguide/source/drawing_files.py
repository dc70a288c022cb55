"""What a drawing may hold: SVG is parsed, and what is not known to be a picture and nothing else is named."""

import re
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_PROGRAMS = (
    "http://www.inkscape.org/",
    "http://sodipodi.sourceforge.net/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
)
"""What drawing programs note for themselves; browsers pass it over."""
_PICTURE = """
    circle clipPath defs desc ellipse feBlend feColorMatrix feComposite feFlood feGaussianBlur feMerge
    feMergeNode feOffset filter g line linearGradient marker mask metadata path pattern polygon polyline
    radialGradient rect stop style svg switch symbol text textPath title tspan use view
"""
"""The elements of a picture that stands still."""
_ELEMENTS = frozenset(_PICTURE.split())
_NAME = re.compile(r"(?!on)[a-z][\w.:-]*", re.IGNORECASE)
_ASKS = re.compile(
    r"url\s*\(\s*['\"]?\s*(?!['\"#\s])|@import|@font-face|\\|(?:java|vb)script:|data:", re.IGNORECASE
)
"""What asks for something outside the drawing. A backslash could hide the rest."""
DEEPEST = 60
"""Groups in groups; the typesetter breaks far below what an attacker writes."""


class _Found(Exception):  # noqa: N818 - what was looked for, not an error
    """The first thing that does not belong into a drawing."""


def harm(text: str) -> tuple[int, str] | None:
    """The line and the words of what does not belong into a drawing, if any. Raises `expat.ExpatError`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    look = _Look()
    parser.StartElementHandler, parser.EndElementHandler = look.start, look.end
    parser.CharacterDataHandler = look.words
    parser.EntityDeclHandler = lambda *_: look.refuse("<!ENTITY")
    parser.AttlistDeclHandler = lambda *_: look.refuse("<!ATTLIST")
    parser.ProcessingInstructionHandler = lambda *_: look.refuse("<?")
    parser.buffer_text = True
    try:
        parser.Parse(text.encode(), True)
    except _Found as found:
        return parser.CurrentLineNumber, str(found)
    return None


class _Look:
    """Looks at one drawing, part by part."""

    def __init__(self) -> None:
        self._depth = 0

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._depth += 1
        space, _, name = element.rpartition(" ")
        if self._depth > DEEPEST:
            self.refuse(f"more than {DEEPEST} groups in one another")
        if not (space == _SVG and name in _ELEMENTS) and not space.startswith(_PROGRAMS):
            self.refuse(f"<{name}>")
        for full, value in attributes.items():
            if _is_wrong(full, value):
                self.refuse(f"{full.rpartition(' ')[2]}={value}")

    def end(self, _element: str) -> None:
        """An element ends."""
        self._depth -= 1

    def words(self, value: str) -> None:
        """Words or styles stand in an element."""
        if found := _ASKS.search(value):
            self.refuse(found.group())

    def refuse(self, what: str) -> None:
        """End the look."""
        raise _Found(what)


def _is_wrong(full: str, value: str) -> bool:
    """Whether an attribute runs something, or leads out of the drawing."""
    space, _, name = full.rpartition(" ")
    if name == "href":
        return not value.startswith("#")
    if space:
        return not space.startswith((*_PROGRAMS, "http://www.w3.org/XML/", "http://www.w3.org/1999/xlink"))
    return not _NAME.fullmatch(name) or bool(_ASKS.search(value))
