"""Typst: its fonts, its compiler, and what a PDF depends on. The only module that knows how a sheet is set."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import typst

ROOT = Path(__file__).parent / "typst"
"""The templates and the fonts."""


class Fault(Exception):
    """What the engine refuses, in its own words."""


def made_with(*code: str) -> bytes:
    """What everything typeset depends on besides its data: the templates, the fonts, the engine, and these files of `code`."""
    files = [*sorted(ROOT.iterdir()), Path(__file__), *map(Path, code)]
    return b"\0".join([typst.__version__.encode(), *(file.read_bytes() for file in files)])


@cache
def compiler() -> typst.Compiler:
    """The engine, with our fonts only, so that no build depends on the machine. It is kept, because it remembers fonts and layouts."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[ROOT])
    return typst.Compiler(ROOT / "sheet.typ", root=ROOT, font_paths=fonts)
