"""Guide → printable sheets: what a clinician hands over, and what a reader fills in.

A sheet holds everything its editions may show. Signs are never dropped here; a layout that has room for fewer
says how many are missing, and where they are.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from careguide.guide import reviews, selection
from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.handouts import layout
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import (
    FOLDER,
    Avoided,
    Handout,
    Kind,
    Level,
    Remedy,
    Sign,
    Step,
    Text,
    Time,
    text,
)
from careguide.model.fields import Entry, Ref, Statement
from careguide.model.topics import Remedy as RemedyData
from careguide.model.topics import Symptom
from careguide.source import markup

_ON_SYMPTOM = 2
"""How many remedies a symptom's sheet tells where the symptom does not name them."""


def handouts(
    guide: Guide, *, drawings: Mapping[str, Drawing], site_url: str, today: datetime.date
) -> list[Handout]:
    """Every sheet of the guide, sorted by id.

    `site_url` is the site's public address, or empty; `today` decides whether a review is overdue.
    """
    made: list[Handout] = []
    for symptom in guide.symptoms.values():
        made += _of_symptom(symptom, guide, site_url, today)
    for remedy in guide.remedies.values():
        if remedy.steps:
            made.append(_of_remedy(remedy, guide, site_url, today))
    return [layout.coded(sheet, guide.words, drawings) for sheet in sorted(made, key=lambda sheet: sheet.id)]


def _of_symptom(symptom: Symptom, guide: Guide, site_url: str, today: datetime.date) -> Iterator[Handout]:
    """A symptom's own sheet, its diary, and 'prepare for your visit'."""
    words = guide.words
    chosen = guide.pick("remedies", symptom.handout or _first(symptom, guide))
    avoid = selection.to_avoid(guide.pick("remedies", symptom.remedies))
    signs = guide.pick("criteria", symptom.signs)
    levels = _levels(guide, symptom.shown or symptom.signs, symptom.signs)
    questions = guide.pick("questions", symptom.doctor_questions)
    columns = [each.diary for each in questions if each.diary]
    ask = tuple(map(markup.plain, symptom.ask_your_doctor))
    sheet = partial(_sheet, symptom, guide, site_url, today)
    yield sheet(
        "symptom",
        summary=text(symptom.short),
        levels=levels,
        remedies=tuple(_remedy(each, guide, alone=False) for each in chosen),
        avoid=tuple(_avoided(each) for each in avoid),
        scale=tuple(level.level for level in guide.ladder.levels),
        ask=ask,
        publishers=_publishers(guide, [*signs, *chosen, *avoid]),
    )
    yield sheet(
        "diary",
        summary=text(words.text("handout.diary.summary")),
        levels=levels,
        asked=tuple(columns or [words.text("handout.labels.diary.noticed")]),
    )
    yield sheet(
        "visit",
        summary=text(words.text("handout.visit.summary")),
        levels=levels,
        asked=tuple(markup.plain(each.question) for each in questions),
        ask=ask,
    )


def _of_remedy(remedy: RemedyData, guide: Guide, site_url: str, today: datetime.date) -> Handout:
    return _sheet(
        remedy,
        guide,
        site_url,
        today,
        "remedy",
        summary=text(remedy.short),
        levels=_levels(guide, remedy.criteria),
        remedies=(_remedy(remedy, guide, alone=True),),
        publishers=_publishers(guide, [remedy]),
    )


def _sheet(
    thing: Symptom | RemedyData, guide: Guide, site_url: str, today: datetime.date, kind: Kind, **shown: Any
) -> Handout:
    """A sheet of a kind about a thing, with what they all have. What is not `shown` is empty."""
    own = kind in ("symptom", "remedy")
    id_ = thing.id if own else f"{thing.id}-{kind}"
    title = thing.title if own else guide.words.text(f"handout.{kind}.title", title=thing.title)
    link = f"{site_url.rstrip('/')}/{FOLDER}/{id_}/" if site_url else ""
    parts = ("levels", "remedies", "avoid", "scale", "asked", "ask", "publishers")
    return Handout(
        id=id_,
        kind=kind,
        about=thing.id,
        page=path_of(*reviews.key(thing)).removesuffix(".md") + "/",
        origin=guide.origins[reviews.key(thing)].path,
        title=title,
        checked=thing.checked.isoformat(),
        review=reviews.sentence(guide, thing, today),
        link=link,
        address=(urlsplit(link).netloc + urlsplit(link).path).rstrip("/"),
        **{**dict.fromkeys(parts, ()), **shown},
    )


def _first(symptom: Symptom, guide: Guide) -> list[str]:
    """The first remedies of a symptom that have steps."""
    with_steps = [each.id for each in guide.pick("remedies", symptom.remedies) if each.steps]
    return with_steps[:_ON_SYMPTOM]


# ------------------------------------------------------------------------------------------------------------
# When to get help


def _levels(guide: Guide, named: Iterable[str], asked: Iterable[str] = ()) -> tuple[Level, ...]:
    """The levels above the last that have signs, worst first: those named, and how many others are asked."""
    named = list(named)
    others = Counter(sign.level for sign in guide.pick("criteria", asked) if sign.id not in named)
    return tuple(
        Level(
            id=level.id,
            number=number,
            style=level.style,
            title=level.title,
            do=markup.plain(level.do),
            signs=tuple(Sign(each.id, markup.plain(each.paper or each.lead)) for each in signs),
            more=others[level.id],
        )
        for number, level, signs in selection.by_urgency(guide, named)
        if level.id != guide.ladder.last
    )


# ------------------------------------------------------------------------------------------------------------
# What to do, what to ask, and where it comes from


def _remedy(remedy: RemedyData, guide: Guide, *, alone: bool) -> Remedy:
    """A remedy as its own sheet shows it, `alone`, or as a symptom's does, where there is room for less."""
    words = guide.words
    times = [(name, getattr(remedy, name)) for name in ("how_long", "how_often")]
    return Remedy(
        id=remedy.id,
        title=remedy.title,
        verdict=words.text(f"verdict.{remedy.verdict}") if alone else "",
        evidence=words.text(f"support.remedy.{remedy.support.grade}"),
        reason=markup.plain(remedy.support.reason) if alone else "",
        times=tuple(Time(words.text(f"labels.{name}"), text(time.text)) for name, time in times if time),
        steps=tuple(Step(text(step.text), (alone and step.picture) or "") for step in remedy.steps),
        do=_texts(remedy.do) if alone else (),
        dont=_texts(remedy.dont) if alone else (),
        not_for=_texts(remedy.not_for),
        stop_if=_texts(remedy.stop_if),
    )


def _avoided(remedy: RemedyData) -> Avoided:
    """The first thing that an advice to avoid says not to do; where it says none, what it is in short."""
    first = remedy.dont[0].text if remedy.dont else remedy.short
    return Avoided(remedy.id, remedy.title, text(first))


def _texts(statements: Iterable[Statement]) -> tuple[Text, ...]:
    return tuple(text(each.text) for each in statements)


def _publishers(guide: Guide, things: Iterable[Entry]) -> tuple[str, ...]:
    """The publishers of the sources that things name, the most used first, without what is in brackets."""
    used = Counter(leaf.text for thing in things for leaf in thing.leaves if leaf.mark == Ref("sources"))
    found = guide.pick("sources", sorted(used, key=lambda id_: (-used[id_], id_)))
    return tuple(dict.fromkeys(source.publisher.partition(" (")[0] for source in found))
