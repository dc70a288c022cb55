"""The drawings of a sheet's steps."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from careguide.guide.guide import DRAWINGS
from careguide.source import text_files


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
        raw, wrong = text_files.read_bytes(root, file.relative_to(root).as_posix())
        if wrong:
            continue
        svg = raw.decode(errors="replace")
        described = re.search(r"<desc[^>]*>(.*?)</desc>", svg, re.DOTALL)
        found[file.stem] = Drawing(svg, " ".join(unescape(described[1]).split()) if described else "")
    return found
