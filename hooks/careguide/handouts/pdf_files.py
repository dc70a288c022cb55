"""Sheets → PDFs, each made once and then kept by its content; and what does not fit on its paper."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pikepdf

from careguide import typesetting
from careguide.guide.guide import Guide
from careguide.handouts import drawings, layout, pdf, qr
from careguide.handouts.fit import _too_long
from careguide.handouts.handout import Handout
from careguide.handouts.layout import Edition
from careguide.source.cache import write
from careguide.source.problems import Problem

_KEPT = ".cache/handouts"
"""Where PDFs are kept, in files named by all that they depend on."""


def pdfs(
    handouts: Iterable[Handout], guide: Guide, root: Path, *, only_kept: bool = False
) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of sheets by path, and what does not fit. With `only_kept` nothing is made that is not there already."""
    shown, kept, tools = (
        drawings.printed(root),
        root / _KEPT,
        typesetting.made_with(pdf.__file__, qr.__file__, pikepdf.__file__),
    )
    made: dict[str, bytes] = {}
    problems: list[Problem] = []
    for handout in handouts:
        for edition in layout.EDITIONS:
            content = layout.content(handout, edition, guide.words, shown)
            files = _kept_in(kept, content, handout.checked, tools)
            if not only_kept and not all(file.is_file() for file in files.values()):
                problems += _make(handout, edition, content, files, guide)
            made |= {
                layout.path(handout, edition, each): file.read_bytes()
                for each, file in files.items()
                if file.is_file()
            }
    return made, problems


def _kept_in(folder: Path, content: Mapping[str, Any], checked: str, tools: bytes) -> dict[str, Path]:
    """Where the PDFs of a sheet are kept, by paper."""
    key = hashlib.sha256(b"\0".join([json.dumps(content).encode(), checked.encode(), tools])).hexdigest()[:32]
    return {each: folder / f"{key}-{each}.pdf" for each in layout.PAPERS}


def _make(
    handout: Handout, edition: Edition, content: dict[str, Any], files: Mapping[str, Path], guide: Guide
) -> list[Problem]:
    """Make the PDFs of a sheet and keep them, or say why they cannot be."""
    dated = datetime.date.fromisoformat(handout.checked)
    try:
        made, sides = pdf.build(content, dated=dated)
    except typesetting.Fault as fault:
        tip = "Look at the words and drawings of this sheet; the message is the typesetter's own."
        return [
            Problem(handout.origin, 1, f"the {edition.name} sheet '{handout.id}' cannot be set: {fault}", tip)
        ]
    if sides > layout.sides(handout, edition):
        return [_too_long(handout, edition, content, guide)]
    for each, file in files.items():
        write(file, made[each])
    return []


# ---------------------------------------------------------------------------------------------------------------------
# What does not fit
