"""One PDF from the data of a sheet. Its root holds the templates and the fonts and nothing else, and data is passed as JSON, never as source.

The engine refuses what is not accessible (PDF/UA-1); its warnings count as errors. Row headers it cannot write yet are marked afterwards.
"""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Mapping
from typing import Any

import pikepdf
import typst

from careguide.handouts import qr
from careguide.typesetting import Fault, compiler

_MM = 72 / 25.4
"""Points in a millimetre."""
_FRAMES = {"a4": (0, 0, 210, 297), "letter": (-2.95, 10, 212.95, 289.4)}
"""What each paper shows of the page as it is laid out, in millimetres from the corner at the foot: left, foot, right, head."""


def build(content: Mapping[str, Any], *, dated: datetime.date) -> tuple[dict[str, bytes], int]:
    """The PDFs of a sheet by paper, and how many sides they have. `dated` is the day of its content. Raises a Fault."""
    data = json.dumps({**content, "qr": qr.svg(content["link"])}, ensure_ascii=False)
    stamp = datetime.datetime(dated.year, dated.month, dated.day, tzinfo=datetime.UTC)
    try:
        pdf, warnings = compiler().compile_with_warnings(
            format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"], timestamp=stamp
        )
    except typst.TypstError as error:
        raise Fault(error.message) from error
    if warnings:
        raise Fault(warnings[0].message)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _mark_row_headers(document)
        return {paper: _framed(document, frame) for paper, frame in _FRAMES.items()}, len(document.pages)


def _mark_row_headers(document: pikepdf.Pdf) -> None:
    """Make the first cell of each table row its header."""
    for row in _rows(document):
        first = row.K[0] if isinstance(row.K, pikepdf.Array) else row.K
        first.S, first.A = pikepdf.Name.TH, pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _framed(document: pikepdf.Pdf, frame: tuple[float, float, float, float]) -> bytes:
    """The document cut for a paper. Packed anew, it is a quarter smaller."""
    for page in document.pages:
        page.mediabox = pikepdf.Array([round(side * _MM, 3) for side in frame])
    packed = io.BytesIO()
    document.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


def _rows(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The rows of all table bodies."""
    tags = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
    return [tag for tag in tags if tag.get("/S") == pikepdf.Name.TR and tag.P.get("/S") == pikepdf.Name.TBody]
