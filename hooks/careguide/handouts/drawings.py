"""The drawings of a sheet's steps."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from xml.parsers.expat import ExpatError

from careguide.guide.guide import DRAWINGS
from careguide.source import drawing_files, text_files


@dataclass(frozen=True)
class Drawing:
    """One drawing, as it is printed."""

    svg: str
    alt: str
    """What it shows, as its own description says; empty where it has none."""


def printed(root: Path) -> dict[str, Drawing]:
    """The drawings of a project, by name. What is wrong with one is said elsewhere."""
    found = {}
    for file in sorted((root / DRAWINGS).glob("*.svg")):
        svg, wrong = text_files.read(root, file.relative_to(root).as_posix())
        try:
            if wrong or drawing_files.harm(svg):
                continue
        except ExpatError:
            continue
        described = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
        found[file.stem] = Drawing(svg, " ".join(unescape(described[1]).split()) if described else "")
    return found
