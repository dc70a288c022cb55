"""Who publishes the guide, `data/site.yml`: its colours can be read, and all that it names is there."""

from collections.abc import Iterator
from pathlib import Path

from careguide import styling
from careguide.checks.drawings import alive
from careguide.guide.guide import Guide
from careguide.model import languages
from careguide.model.site import Site
from careguide.source import text_files
from careguide.source.problems import Problem, Wrong, nearest, problems_at, quoted

_DRAWINGS = "overrides/**/*.svg"


def check(guide: Guide, root: Path) -> Iterator[Problem]:
    """Everything that is wrong with it, once its fields are right."""
    for rule in (
        colours_can_be_read(guide.site),
        countries_are_there(guide),
        translations_are_languages(guide.site),
        drawings_are_there(guide.site, root),
    ):
        yield from problems_at(guide.site_origin, (), rule)
    for path in filter(None, (guide.site.logo, guide.site.card_drawing)):
        if (root / path).is_file():
            text, found = text_files.read(root, path)
            yield from found or alive(path, text)


def colours_can_be_read(site: Site) -> Wrong:
    """Text must have a contrast of 7 to 1 or more, light and dark, also in the guide's own colours."""
    own = site.colours.given()
    merged = styling.palette(own)
    for scheme, given in own.items():
        colours = {**merged["light"], **merged[scheme]}
        for name, colour in given.items():
            beside = _beside(name, given)
            worst = min(beside, key=lambda other: styling.contrast(colour, colours[other]), default="")
            ratio = styling.contrast(colour, colours[worst]) if worst else styling.CONTRAST
            if ratio < styling.CONTRAST:
                better = styling.nearest_readable(colour, list(map(colours.__getitem__, beside)))
                tip = f"Write '{better}', the nearest that has it." if better else f"Change '{worst}' too."
                must = f"must have a contrast of {styling.CONTRAST} to 1 with {worst} ({colours[worst]})"
                message = f"{must}, but {quoted(colour)} has {ratio:.1f}"
                yield ("colours", scheme, name), message, tip


def _beside(name: str, given: dict[str, str]) -> list[str]:
    """The colours that one is read with. A pair of two that are given is named once, at its text."""
    read_on = styling.tokens()["grounds"]
    beside = list(read_on.get(name, ()))
    for text, grounds in read_on.items():
        if name in grounds and text not in given:
            beside.append(text)
    return beside


def countries_are_there(guide: Guide) -> Wrong:
    """Each country must be one of the services."""
    for place, id_ in enumerate(guide.site.countries):
        if id_ not in guide.services and not guide.unread("services", id_) and guide.whole("services"):
            tip = nearest(id_, guide.services) or "Add it there, or delete it here."
            yield ("countries", place), f"must be an id from data/services.yml, not {quoted(id_)}", tip


def translations_are_languages(site: Site) -> Wrong:
    """Each translation must be into a language that there is, and not into the guide's own."""
    for place, tag in enumerate(site.translations):
        if not languages.language(tag):
            message = f"must be the tag of a language, such as 'es', not {quoted(tag)}"
            yield ("translations", place), message, "Write the tag of its folder in data/, or delete it."
        elif tag in (site.language, site.locale.base):
            message = f"must be another language than the guide's own, not {quoted(tag)}"
            yield ("translations", place), message, f"Delete it: 'language' is {quoted(site.language)}."


def drawings_are_there(site: Site, root: Path) -> Wrong:
    """The logo, and the drawing of share cards, must be files that exist."""
    for field in ("logo", "card_drawing"):
        path = getattr(site, field)
        if path and not (root / path).is_file():
            there = (file.relative_to(root).as_posix() for file in root.glob(_DRAWINGS))
            tip = nearest(path, there) or "Put the file there, or delete the line."
            yield (field,), f"must be a file that exists, not {quoted(path)}", tip
