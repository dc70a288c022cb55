"""Drawings beside the steps they show: each must be a picture that everybody can use, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from careguide.guide.guide import DRAWINGS, Guide
from careguide.model.fields import ID
from careguide.source import text_files
from careguide.source.locations import spell
from careguide.source.problems import Problem, nearest, quoted

_SVG = "{http://www.w3.org/2000/svg}"
_ALIVE = re.compile(
    r"<(?:script|foreignObject|iframe|!ENTITY)\b|\son\w+\s*=|javascript:|(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|@import",
    re.IGNORECASE,
)


def check(guide: Guide, root: Path) -> Iterator[Problem]:
    """Everything that is wrong with a drawing, and every name of a drawing that is not there."""
    for path in sorted((root / DRAWINGS).glob("[!.]*")):
        yield from _problems(root, path)
    yield from _picture_problems(guide, root)


def _problems(root: Path, path: Path) -> Iterator[Problem]:
    name = path.relative_to(root).as_posix()
    if path.suffix != ".svg" or not ID.fullmatch(path.stem):
        tip = "Draw it as SVG, and put single hyphens between words, such as 'warm-cloth.svg'."
        yield Problem(
            name,
            1,
            f"a drawing's name must be small letters, digits and hyphens, then .svg, not {quoted(path.name)}",
            tip,
        )
        return
    text, found = text_files.read(root, name)
    yield from found
    if found:
        return
    if alive := _ALIVE.search(text):
        line = text.count("\n", 0, alive.start()) + 1
        tip = "Delete it: a drawing must be a picture, and ask nothing of other sites."
        yield Problem(
            name, line, f"a drawing must hold no script and no address, but has {quoted(alive.group())}", tip
        )
        return
    try:
        drawing = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        yield Problem(
            name,
            error.position[0],
            "a drawing must be valid SVG, but cannot be read from this line on",
            "Save it again from the program it was drawn with.",
        )
        return
    if drawing.tag != f"{_SVG}svg" or "viewBox" not in drawing.attrib:
        yield Problem(
            name,
            1,
            "a drawing must start with <svg> and have a viewBox",
            "Add 'viewBox=\"0 0 240 240\"' with its own width and height.",
        )
    for part, what in ("title", "what it shows, in a few words"), ("desc", "what one sees in it"):
        if not (drawing.findtext(f"{_SVG}{part}") or "").strip():
            yield Problem(
                name,
                1,
                f"a drawing must have a <{part}>: {what}",
                f"Add it for people who cannot see the drawing: <{part}>…</{part}>.",
            )


def _picture_problems(guide: Guide, root: Path) -> Iterator[Problem]:
    """Every drawing that a remedy or one of its steps names must be there."""
    drawings = sorted(path.stem for path in (root / DRAWINGS).glob("*.svg"))
    for id, remedy in guide.remedies.items():
        named = [
            (("picture",), remedy.picture),
            *((("steps", index, "picture"), step.picture) for index, step in enumerate(remedy.steps)),
        ]
        for loc, picture in named:
            if picture and picture not in drawings:
                origin = guide.origins["remedies", id]
                tip = nearest(picture, drawings) or f"Put the drawing into {DRAWINGS}/ first."
                yield Problem(
                    origin.path,
                    origin.line(loc),
                    f"{spell(loc)} must name a drawing, not {quoted(picture)}",
                    tip,
                )
