"""Typst: a template and its data → a PDF or a picture. The only module that knows the engine.

Its root holds the templates and the fonts and nothing else. Data is passed as JSON, never as source, so
nothing in it is ever run; and no font of the machine is used, so that no build depends on the machine.
"""

from __future__ import annotations

import datetime
import json
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typst

ROOT = Path(__file__).parent / "typst"
"""The templates and the fonts."""


class TypesettingError(Exception):
    """What the engine refuses, in its own words."""


def pdf(template: str, data: Mapping[str, Any], *, dated: datetime.date) -> bytes:
    """A PDF of that day. Raises a TypesettingError for a warning, and what is not accessible (PDF/UA-1)."""
    stamp = datetime.datetime(dated.year, dated.month, dated.day, tzinfo=datetime.UTC)
    return _compiled(template, data, format="pdf", pdf_standards=["ua-1"], timestamp=stamp)


def png(template: str, data: Mapping[str, Any]) -> bytes:
    """A picture with one pixel for each point of the page."""
    return _compiled(template, data, format="png", ppi=72)


def is_unused() -> bool:
    """Whether it has not worked in this program yet. A copy of one where it has waits for its threads."""
    return "typst" not in sys.modules


def _compiled(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    import typst  # noqa: PLC0415 - most runs know already how all sheets fit, and set none

    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    try:
        made, warnings = _compiler(template).compile_with_warnings(sys_inputs=inputs, **options)
    except typst.TypstError as error:
        raise TypesettingError(str(error)) from error
    if warnings:
        raise TypesettingError(warnings[0].message)
    if not isinstance(made, bytes):
        raise TypesettingError(f"{template} must make one file")
    return made


def _compiler(template: str) -> typst.Compiler:
    """The engine for a template, kept with its fonts and layouts. Each thread has its own: it serves one."""
    import typst  # noqa: PLC0415 - as above

    mine = _OWN.compilers
    if (ROOT, template) not in mine:
        mine[ROOT, template] = typst.Compiler(ROOT / template, root=ROOT, font_paths=_fonts(ROOT))
    return mine[ROOT, template]


class _Own(threading.local):
    """What each thread has for itself."""

    def __init__(self) -> None:
        self.compilers: dict[tuple[Path, str], typst.Compiler] = {}


_OWN = _Own()


@cache
def _fonts(folder: Path) -> typst.Fonts:
    import typst  # noqa: PLC0415 - as above

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
