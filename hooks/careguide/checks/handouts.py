"""What is wrong with printed sheets before any is printed. A rule's docstring is the rule."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from careguide import typesetting
from careguide.checks.sentences import prose
from careguide.guide import foreign
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.handouts.handout import Handout
from careguide.source import markup
from careguide.source.cache import kept
from careguide.source.digests import files_digest
from careguide.source.locations import Loc, texts_in
from careguide.source.problems import Problem, named, quoted

_PRINTED = ("criteria", "questions", "remedies", "symptoms", "urgency")
"""The kinds whose texts stand on sheets."""


def check(
    guide: Guide, handouts: Iterable[Handout], *, site_url: str, cache: Path | None = None
) -> Iterator[Problem]:
    """Every rule. Which letters can be printed is kept in `cache`."""
    of_letters = letters_can_be_printed if has_letters(guide, cache) else sheets_stay_on_the_web
    yield from named(the_address_is_safe(site_url))
    yield from named(sheets_have_their_own_ids(handouts))
    yield from named(of_letters(guide, cache))


def has_letters(guide: Guide, cache: Path | None) -> bool:
    """Whether the fonts of the sheets have the letters of the guide's language: those of its months."""
    months = guide.site.locale.locale.months["format"]["wide"].values()
    return set("".join(months)) <= _letters(cache)


def sheets_stay_on_the_web(guide: Guide, _cache: Path | None) -> Iterator[Problem]:
    """Sheets in a language whose letters no font has are web pages, to be printed by browsers."""
    message = f"no PDF and no share card is made: their font has no letters of {guide.site.locale.name}"
    tip = "Readers print the web page of each sheet instead."
    yield guide.site_origin.problem(("language",), message, tip, blocks=False)


def the_address_is_safe(site_url: str) -> Iterator[Problem]:
    """The site's address, which stands on every sheet, must start with https://."""
    if site_url and not site_url.startswith("https://"):
        message = f"site_url must be an address that starts with https://, not {quoted(site_url)}"
        yield Problem("mkdocs.yml", 1, message, "Leave it out to print sheets without an address.")


def sheets_have_their_own_ids(handouts: Iterable[Handout]) -> Iterator[Problem]:
    """No two sheets may have one address."""
    first: dict[str, Handout] = {}
    for handout in handouts:
        other = first.setdefault(handout.id, handout)
        if other is not handout:
            message = f"a sheet's id must be new, but '{handout.id}' is a sheet of {other.origin} too"
            yield Problem(handout.origin, 1, message, "Give one of the two files another name.")


def letters_can_be_printed(guide: Guide, cache: Path | None) -> Iterator[Problem]:
    """Every letter on a sheet must be in the fonts that sheets are set in."""
    letters = _letters(cache)
    for origin, loc, text in _printed(guide):
        if unknown := sorted(set(foreign.without(markup.plain(text))) - letters):
            first, *more = [f"{quoted(letter)} (U+{ord(letter):04X})" for letter in unknown]
            found = f"{first} and {len(more)} more" if more else first
            tip = "Write it in other letters: no font of the printed sheets has it."
            yield origin.problem(loc, f"must be in letters that can be printed, but has {found}", tip)


def _printed(guide: Guide) -> Iterator[tuple[Origin, Loc, str]]:
    """Every text that can stand on a sheet, with its place."""
    for origin, loc, text, _ in prose(guide, _PRINTED):
        yield origin, loc, text
    for name, source in guide.sources.items():
        yield guide.origins["sources", name], ("publisher",), source.publisher
    words = Origin(guide.words_file, ())
    for loc, text in texts_in(guide.words.get("handout"), ("handout",)):
        yield words, loc, text


def _letters(cache: Path | None) -> frozenset[str]:
    """The letters that every font of the sheets has."""
    file = cache and cache / "letters.json"
    found = kept(file, files_digest(typesetting.ROOT), __name__, _in_all_fonts)
    return frozenset(found["letters"]) | {"\n"}


def _in_all_fonts() -> dict[str, str]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - most runs know the letters already; it loads slowly

    letters = []
    for file in typesetting.ROOT.glob("*.ttf"):
        with TTFont(file) as font:
            letters.append(set(map(chr, font.getBestCmap())))
    return {"letters": "".join(sorted(set.intersection(*letters)))}
