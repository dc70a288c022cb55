"""The PDFs of a sheet, one for each paper, from the data of its layout.

The typesetter cannot write row headers yet: they are marked afterwards.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from typing import Any

import pikepdf

from careguide import styling, typesetting
from careguide.handouts import qr

_TEMPLATE = "sheet.typ"
_MM = 72 / 25.4
"""Points in a millimetre."""
_FRAMES = {"a4": (0, 0, 210, 297), "letter": (-2.95, 10, 212.95, 289.4)}
"""What each paper shows of the page as it is laid out, in millimetres from the corner at the foot.

Left, foot, right, head.
"""


def build(
    content: Mapping[str, Any],
    *,
    dated: datetime.date,
    colours: Mapping[str, str] | None = None,
    logo: str = "",
) -> dict[str, bytes]:
    """The PDFs of a sheet by paper.

    `dated` is the day of its content, `colours` are the guide's, and `logo` is its mark, an SVG.
    Raises a TypesettingError.
    """
    with pikepdf.open(
        io.BytesIO(_set({**content, "logo": logo}, colours or styling.on_paper(), dated))
    ) as document:
        _mark_row_headers(document)
        return {paper: _framed(document, frame) for paper, frame in _FRAMES.items()}


def sides(content: Mapping[str, Any]) -> int:
    """How many sides a sheet would have with one line more on each. Raises a TypesettingError."""
    measured = _set(
        {**content, "measured": True}, styling.on_paper(), datetime.date(2000, 1, 1)
    )  # whatever day
    with pikepdf.open(io.BytesIO(measured)) as document:
        return len(document.pages)


def _set(content: Mapping[str, Any], colours: Mapping[str, str], dated: datetime.date) -> bytes:
    data = {**content, "qr": qr.svg(content["link"]), "colours": dict(colours)}
    return typesetting.pdf(_TEMPLATE, data, dated=dated)


def _mark_row_headers(document: pikepdf.Pdf) -> None:
    """Make the first cell of each row of a table's body its header."""
    for tag in document.objects:
        if not isinstance(tag, pikepdf.Dictionary) or tag.get("/S") != pikepdf.Name.TR:
            continue
        if tag.P.get("/S") == pikepdf.Name.TBody:
            cell = tag.K[0] if isinstance(tag.K, pikepdf.Array) else tag.K
            cell.S = pikepdf.Name.TH
            cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _framed(document: pikepdf.Pdf, frame: tuple[float, float, float, float]) -> bytes:
    """The document cut for a paper. Packed anew, it is a quarter smaller."""
    for page in document.pages:
        page.mediabox = pikepdf.Array([round(side * _MM, 3) for side in frame])
    packed = io.BytesIO()
    document.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()
