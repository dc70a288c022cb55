"""Drawings beside the steps they show: each must be a picture that everybody can use, and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from careguide.guide.guide import DRAWINGS, Guide
from careguide.model.fields import ID
from careguide.model.topics import Page
from careguide.source import drawing_files, text_files
from careguide.source.problems import Problem, named, nearest, quoted

_SVG = "{http://www.w3.org/2000/svg}"
_DESCRIPTIONS = {"title": "what it shows, in a few words", "desc": "what one sees in it"}
"""What a drawing says for people who cannot see it."""


def check(guide: Guide, root: Path) -> Iterator[Problem]:
    """Everything that is wrong with a drawing, and every name of a drawing that is not there."""
    for file in sorted((root / DRAWINGS).glob("*")):
        if text_files.LEFT_BEHIND.fullmatch(file.name):
            continue
        yield from named(_file_problems(root, file), "drawings_can_be_shown")
    yield from named(drawings_are_there(guide, root))


def _file_problems(root: Path, file: Path) -> Iterator[Problem]:
    path = file.relative_to(root).as_posix()
    if file.suffix != ".svg" or not ID.fullmatch(file.stem):
        message = "a drawing's name must be small letters, digits and hyphens, then .svg"
        tip = "Draw it as SVG, and put single hyphens between words, such as 'warm-cloth.svg'."
        yield Problem(path, 1, f"{message}, not {quoted(file.name)}", tip)
        return
    text, found = text_files.read(root, path)
    # Text that cannot be read, or that could do harm, is not parsed: one problem is enough.
    yield from found or list(alive(path, text)) or _shape_problems(path, text)


def alive(path: str, text: str) -> Iterator[Problem]:
    """A drawing must hold no script and no address."""
    try:
        found = drawing_files.harm(text)
    except ExpatError as error:
        message = "a drawing must be valid SVG, but cannot be read from this line on"
        yield Problem(path, error.lineno, message, "Save it again from the program it was drawn with.")
        return
    if found:
        message = f"a drawing must hold no script and no address, but has {quoted(found[1])}"
        tip = "Delete it: a drawing must be a picture, and ask nothing of other sites."
        yield Problem(path, found[0], message, tip)


def _shape_problems(path: str, text: str) -> Iterator[Problem]:
    """A drawing must be SVG of some size, and be described."""
    drawing = ElementTree.fromstring(text)  # noqa: S314 - it was parsed above, and what expands was refused
    if drawing.tag != f"{_SVG}svg" or "viewBox" not in drawing.attrib:
        tip = "Add 'viewBox=\"0 0 240 240\"' with its own width and height."
        yield Problem(path, 1, "a drawing must start with <svg> and have a viewBox", tip)
    for part, what in _DESCRIPTIONS.items():
        if not (drawing.findtext(f"{_SVG}{part}") or "").strip():
            tip = f"Add it for people who cannot see the drawing: <{part}>…</{part}>."
            yield Problem(path, 1, f"a drawing must have a <{part}>: {what}", tip)


def drawings_are_there(guide: Guide, root: Path) -> Iterator[Problem]:
    """Every drawing that a step names must be there, and one that nothing shows is worth a notice."""
    drawings = sorted(file.stem for file in (root / DRAWINGS).glob("*.svg"))
    shown = "".join(article.body for article in guide.articles.values())
    unused = {name for name in drawings if f"{name}.svg" not in shown}
    for _, page, origin in guide.all():
        for number, section in enumerate(page.sections if isinstance(page, Page) else ()):
            for index, step in enumerate(section.steps):
                unused.discard(step.picture or "")
                if step.picture and step.picture not in drawings:
                    tip = nearest(step.picture, drawings) or f"Put the drawing into {DRAWINGS}/ first."
                    loc = ("sections", number, "steps", index, "picture")
                    yield origin.problem(loc, f"must name a drawing, not {quoted(step.picture)}", tip)
    for name in sorted(unused) if guide.whole() else ():
        message = f"a drawing must be shown, but nothing names {quoted(name)}"
        yield Problem(f"{DRAWINGS}/{name}.svg", 1, message, "Show it, or delete it.", blocks=False)
