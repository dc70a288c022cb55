"""Sheets → PDF files, one for each paper, each made once and then kept by all that it depends on.

The typesetter cannot write row headers yet: they are marked afterwards.
"""

import datetime
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf

from careguide import styling, typesetting
from careguide.guide.guide import Guide
from careguide.handouts import drawings, layout, qr
from careguide.handouts.handout import Handout
from careguide.handouts.layout import Edition
from careguide.source.cache import store
from careguide.source.digests import code_digest, digest, files_digest
from careguide.source.parallel import worked
from careguide.source.problems import Problem
from careguide.source.progress import Progress, silent

_MM = 72 / 25.4
"""Points in a millimetre."""
_FRAMES = {"a4": (0, 0, 210, 297), "letter": (-2.95, 10, 212.95, 289.4)}
"""What each paper shows of the page, in millimetres from the corner at the foot: left, foot, right, head."""
_SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def pdfs(
    handouts: Iterable[Handout],
    guides: Mapping[str, Guide],
    root: Path,
    *,
    only_kept: bool = False,
    every: bool = True,
    progress: Progress = silent,
) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of sheets by path, and those that cannot be made. What does not fit is known before.

    `guides` has the guide in each language of a sheet. What is not kept is set several sheets at a time.
    With `only_kept` nothing is made that is not there already. Where the sheets are not `every` one of the
    guide, those of others are not forgotten.
    """
    kept, pictures = store(root, "handouts"), drawings.printed(root)
    site = guides[""].site  # a translation has the marks of the original
    colours = styling.on_paper(site.colours.given())
    logo = (root / site.logo).read_text(encoding="utf-8") if site.logo else ""
    depends = [logo, code_digest(__name__), files_digest(typesetting.ROOT), colours]
    files: dict[str, bytes] = {}
    missing: list[_Missing] = []
    for handout in handouts:
        for edition in layout.editions(handout):
            content = layout.on_paper(handout, edition, guides[handout.language], pictures)
            key = digest([content, handout.checked, depends])
            found = {paper: kept.find(key, f"-{paper}.pdf") for paper in layout.PAPERS}
            for paper, file in found.items():
                files[layout.path(handout, edition, paper)] = file or b""
            if None in found.values() and not only_kept:
                missing.append(_Missing(handout, edition, content, key))
    problems: list[Problem] = []
    work = partial(_made, colours=colours, logo=logo)
    for sheet, made in zip(missing, worked(work, missing, "Sheets to print", progress), strict=True):
        if isinstance(made, typesetting.TypesettingError):
            problems.append(refused(sheet.handout, sheet.edition, made))
            continue
        for paper, file in made.items():
            kept.put(sheet.key, f"-{paper}.pdf", file)
            files[layout.path(sheet.handout, sheet.edition, paper)] = file
    if every and not only_kept:
        kept.forget_others()
    return {path: file for path, file in files.items() if file}, problems


@dataclass(frozen=True)
class _Missing:
    """A sheet that is not kept."""

    handout: Handout
    edition: Edition
    content: Mapping[str, Any]
    key: str


def _made(
    sheet: _Missing, *, colours: Mapping[str, str], logo: str
) -> dict[str, bytes] | typesetting.TypesettingError:
    """The PDFs of a sheet by paper, or why it is refused."""
    dated = datetime.date.fromisoformat(sheet.handout.checked)
    try:
        return build(sheet.content, dated=dated, colours=colours, logo=logo)
    except typesetting.TypesettingError as error:
        return error


def refused(handout: Handout, edition: Edition, error: typesetting.TypesettingError) -> Problem:
    """A sheet that the typesetter refuses."""
    message = f"the {edition.name} sheet '{handout.id}' cannot be set: {error}"
    tip = "Look at the words and drawings of this sheet; the message is the typesetter's own."
    return Problem(handout.origin, 1, message, tip, rule="sheets_fit_their_paper")


def build(
    content: Mapping[str, Any],
    *,
    dated: datetime.date,
    colours: Mapping[str, str] | None = None,
    logo: str = "",
) -> dict[str, bytes]:
    """The PDFs of a sheet by paper, of a day, with the guide's colours and mark. Raises TypesettingError."""
    extra = {"logo": logo, "qr": qr.svg(content["link"]), "colours": dict(colours or styling.on_paper())}
    made = typesetting.pdf("sheet.typ", {"sheets": [{**content, **extra}]}, dated=dated)
    with pikepdf.open(io.BytesIO(made)) as document:
        _mark_row_headers(document)
        return {paper: _framed(document, frame) for paper, frame in _FRAMES.items()}


def sides(contents: Iterable[Mapping[str, Any]], colours: Mapping[str, str]) -> list[int]:
    """How many sides each of some sheets would have with one line more on each. Raises a TypesettingError.

    Together they take less long than one by one. A QR code takes the same room whatever it says, and long to
    draw: an empty square stands for it.
    """
    extra = {"measured": True, "qr": _SQUARE, "colours": dict(colours)}
    sheets: list[dict[str, Any]] = []
    for content in contents:
        # Every second sheet has letters for page numbers, so that the sheets can be told apart.
        sheets.append({**content, **extra, "labels": "A" if len(sheets) % 2 else "1"})
    whatever_day = datetime.date(2000, 1, 1)
    made = typesetting.pdf("sheet.typ", {"sheets": sheets}, dated=whatever_day)
    with pikepdf.open(io.BytesIO(made)) as document:
        numbered = [str(page.label).isdigit() for page in document.pages]
    return [len(list(pages)) for _, pages in groupby(numbered)]


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
