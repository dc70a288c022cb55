"""A sheet in two languages: a translated handout with the original's beside it.

Both say the same signs and the same advice, in one order, with the numbers of one country. Where the two no
longer say the same, the sheet says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from careguide.guide import services
from careguide.guide.guide import Guide
from careguide.handouts.handout import Advice, Handout, Level, Run, Text, plain
from careguide.model.fields import Part
from careguide.model.languages import Language
from careguide.model.lists import Service


def sheet(handout: Handout, beside: Handout, guide: Guide, original: Guide) -> Handout:
    """A handout of the translated `guide`, with that of its `original` beside it."""
    stale = handout.withdrawn and original.words.text("translation.withheld")
    own, other = guide.site.locale, original.site.locale
    link = handout.link and f"{handout.link.rstrip('/')}-bilingual/"
    address = handout.address and f"{handout.address}-bilingual"
    return replace(
        handout,
        id=f"{handout.id}-bilingual",
        kind="bilingual",
        title=_in_both(handout.title, guide, own, other),
        scale=(),
        levels=tuple(_noted(handout.levels, guide)),
        remedies=tuple(replace(each, text=_told(each, guide)) for each in handout.remedies),
        link=link,
        address=address,
        beside=replace(
            beside,
            kind="bilingual",
            levels=tuple(_noted(beside.levels, original)),
            title=_in_both(beside.title, original, other, own),
            scale=(),
            withdrawn=beside.withdrawn or stale,
            link=link,
            address=address,
        ),
    )


def in_country_of(guide: Guide, original: Guide) -> Guide:
    """The original with the numbers of the translation's first country: both are read in one place."""
    here = original.services.get(next(iter(guide.services), ""))
    if not here:
        return original
    return original.with_things(
        services={here.id: here} | dict(original.services),
        symptoms={id_: _told_in(here, each) for id_, each in original.symptoms.items()},
        remedies={id_: _told_in(here, each) for id_, each in original.remedies.items()},
    )


def _told_in(country: Service, value: Any) -> Any:
    """A thing, or a part of one, whose texts name the numbers of a country."""
    if isinstance(value, str):
        return services.in_country(value, country)
    if isinstance(value, tuple):
        return tuple(_told_in(country, each) for each in value)
    if isinstance(value, Part):
        texts = {name: _told_in(country, getattr(value, name)) for name in type(value).model_fields}
        return value.model_copy(update=texts)
    return value


def _in_both(title: str, guide: Guide, own: Language, other: Language) -> str:
    """A title with the names of both languages, in the guide's own."""
    language, other_one = own.name_of(own), own.name_of(other)
    return guide.words.text("handout.bilingual.title", title=title, language=language, other=other_one)


def _noted(levels: Iterable[Level], guide: Guide) -> Iterator[Level]:
    """The levels, with a note after each sign whose original has changed since it was translated."""
    for level in levels:
        signs = dict(level.signs)
        for sign in signs:
            signs[sign] += _note("criteria", sign, guide)
        yield replace(level, signs=signs)


def _told(advice: Advice, guide: Guide) -> Text:
    """What to do, with the same note."""
    note = _note("remedies", advice.id, guide)
    return advice.text if note.strip() in plain(advice.text) else (*advice.text, Run(note))


def _note(kind: str, id_: str, guide: Guide) -> str:
    """What follows a thing on a sheet in two languages, where the two no longer say the same."""
    if not guide.translation or f"{kind}/{id_}" not in guide.translation.stale:
        return ""
    return f" {guide.words.text('translation.changed', language=guide.original_language)}"
