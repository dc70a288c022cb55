"""What is wrong with printed sheets before any is printed. Each function is one rule, and its docstring is the rule."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from careguide import typesetting
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.handouts.handout import Handout
from careguide.model.fields import Prose
from careguide.source import markup
from careguide.source.cache import kept
from careguide.source.locations import Loc, spell, texts_in
from careguide.source.problems import Problem, nearest, quoted

FONTS = typesetting.ROOT
_PRINTED = ("criteria", "questions", "remedies", "symptoms", "urgency")
"""The kinds whose texts stand on sheets."""


def check(
    guide: Guide, handouts: Iterable[Handout], *, site_url: str, cache: Path | None = None
) -> Iterator[Problem]:
    """Every rule. Which letters can be printed is kept in `cache`."""
    yield from _address(site_url)
    yield from _ids(handouts, guide)
    yield from _chosen(guide)
    yield from _printable(guide, cache)


def _address(site_url: str) -> Iterator[Problem]:
    """The site's address, which stands on every sheet, must start with https://."""
    if site_url and not site_url.startswith("https://"):
        tip = "Leave it out to print sheets without an address."
        yield Problem(
            "mkdocs.yml",
            1,
            f"site_url must be an address that starts with https://, not {quoted(site_url)}",
            tip,
        )


def _ids(handouts: Iterable[Handout], guide: Guide) -> Iterator[Problem]:
    """No two sheets may have one address."""
    first: dict[str, Handout] = {}
    for handout in handouts:
        if (other := first.setdefault(handout.id, handout)) is not handout:
            tip = "Give one of the two files another name."
            yield Problem(
                handout.origin,
                1,
                f"a sheet's id must be new, but '{handout.id}' is a sheet of {other.origin} too",
                tip,
            )


def _chosen(guide: Guide) -> Iterator[Problem]:
    """The remedies on a symptom's handout must be its own, and have steps."""
    for id, symptom in guide.symptoms.items():
        can = [each for each in symptom.remedies if each in guide.remedies and guide.remedies[each].steps]
        for index, remedy in enumerate(symptom.handout):
            if remedy in guide.remedies and remedy not in can:
                origin, loc = guide.origins["symptoms", id], ("handout", index)
                tip = nearest(remedy, can) or "Name it under remedies too, or choose another."
                yield Problem(
                    origin.path,
                    origin.line(loc),
                    f"{spell(loc)} must be one of this symptom's remedies that have steps, not {quoted(remedy)}",
                    tip,
                )


def _printable(guide: Guide, cache: Path | None) -> Iterator[Problem]:
    """Every letter on a sheet must be in the fonts that sheets are set in."""
    letters = _letters(cache)
    for origin, loc, text in _printed(guide):
        for letter in sorted(set(markup.plain(text)) - letters):
            tip = "Write it in other letters: no font of the printed sheets has it."
            message = f"{spell(loc)} must be in letters that can be printed, but has {quoted(letter)} (U+{ord(letter):04X})"
            yield Problem(origin.path, origin.line(loc), message, tip)


def _printed(guide: Guide) -> Iterator[tuple[Origin, Loc, str]]:
    """Every text that can stand on a sheet, with its place."""
    for kind in _PRINTED:
        for id, thing in guide.of(kind).items():
            yield from (
                (guide.origins[kind, id], leaf.loc, leaf.text)
                for leaf in thing.leaves
                if isinstance(leaf.mark, Prose)
            )
    for id, source in guide.sources.items():
        yield guide.origins["sources", id], ("publisher",), source.publisher
    yield from (
        (Origin(guide.words_file, ()), loc, text)
        for loc, text in texts_in(guide.words_file.value.get("handout"), ("handout",))
    )


def _letters(cache: Path | None) -> frozenset[str]:
    """The letters that every font of the sheets has."""
    files = sorted(FONTS.glob("*.ttf"))
    data = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    found = kept(
        cache and cache / "letters.json",
        data,
        __name__,
        lambda: {"letters": "".join(sorted(_in_all(files)))},
    )
    return frozenset(found["letters"]) | {"\n"}


def _in_all(fonts: Iterable[Path]) -> frozenset[str]:
    from fontTools.ttLib import (
        TTFont,
    )  # not above, because most runs know the letters already, and it takes long to load

    sets = []
    for file in fonts:
        with TTFont(file) as font:
            sets.append(frozenset(map(chr, font.getBestCmap())))
    return frozenset.intersection(*sets)
