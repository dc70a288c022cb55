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
    Advice,
    Block,
    Handout,
    Kind,
    Level,
    Section,
    Sign,
    Step,
    text,
)
from careguide.model.fields import Entry, Ref
from careguide.model.lists import EVERYONE, Urgency
from careguide.model.topics import Remedy as RemedyData
from careguide.model.topics import Section as WrittenSection
from careguide.model.topics import Symptom
from careguide.source import markup

_ON_SYMPTOM, _CAUSES = 4, 3
"""How many remedies and causes a symptom's sheet tells."""


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
    return [layout.coded(sheet, guide, drawings) for sheet in sorted(made, key=lambda sheet: sheet.id)]


def _of_symptom(symptom: Symptom, guide: Guide, site_url: str, today: datetime.date) -> Iterator[Handout]:
    """A symptom's own sheet, its diary, and 'prepare for your visit'."""
    words = guide.words
    told, avoid = _advice(symptom, guide)
    signs = guide.pick("criteria", symptom.signs)
    levels = _levels(guide, _on_paper(symptom, guide), symptom.signs)
    questions = guide.pick("questions", symptom.doctor_questions)
    columns = [each.diary for each in questions if each.diary]
    ask = tuple(map(markup.plain, symptom.ask_your_doctor))
    sheet = partial(_sheet, symptom, guide, site_url, today)
    yield sheet(
        "symptom",
        summary=text(symptom.lead),
        levels=levels,
        causes=tuple(text(each.says) for each in symptom.causes[:_CAUSES]),
        remedies=told,
        avoid=avoid,
        scale=tuple(level.level for level in guide.ladder.levels),
        ask=ask,
        publishers=_publishers(
            guide, [*signs, *guide.pick("remedies", [each.id for each in (*told, *avoid)])]
        ),
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
        levels=_levels(guide, remedy.signs),
        sections=_sections(remedy),
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
    parts = ("levels", "causes", "remedies", "avoid", "sections", "scale", "asked", "ask", "publishers")
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


# ------------------------------------------------------------------------------------------------------------
# When to get help


def _on_paper(symptom: Symptom, guide: Guide) -> list[str]:
    """The signs on a symptom's sheet: each emergency for everyone, and those that its page shows."""
    worst = guide.ladder.ids[:1]  # none, where the levels cannot be read
    emergencies = [
        sign.id
        for sign in guide.pick("criteria", symptom.signs)
        if sign.level in worst and EVERYONE in sign.context
    ]
    return list(dict.fromkeys([*emergencies, *(symptom.shown or symptom.signs)]))


def _levels(guide: Guide, named: Iterable[str], asked: Iterable[str] = ()) -> tuple[Level, ...]:
    """The levels that have signs, worst first: those named, and how many others are asked."""
    named = list(named)
    others = Counter(sign.level for sign in guide.pick("criteria", asked) if sign.id not in named)
    return tuple(
        Level(
            id=level.id,
            number=number,
            style=level.style,
            title=level.title,
            do=_whom_to_call(level, guide),
            signs=tuple(Sign(each.id, markup.plain(each.paper or each.lead)) for each in signs),
            more=others[level.id],
        )
        for number, level, signs in selection.by_urgency(guide, named)
        if level.id != guide.ladder.last
    )


def _whom_to_call(level: Urgency, guide: Guide) -> str:
    """What to do at a level: for the first country, whom to turn to; otherwise what the level says."""
    for service in list(guide.services.values())[:1]:
        for each in service.levels:
            if each.level == level.id:
                return markup.plain(each.text)
    return markup.plain(level.do)


# ------------------------------------------------------------------------------------------------------------
# What to do, what to ask, and where it comes from


def _advice(symptom: Symptom, guide: Guide) -> tuple[tuple[Advice, ...], tuple[Advice, ...]]:
    """What a symptom's sheet says to do, the most useful first, and what not to do."""
    told: list[Advice] = []
    avoid: list[Advice] = []
    for each in symptom.remedies:
        remedy = guide.remedies.get(each.remedy)
        if remedy and remedy.verdict == "avoid":
            avoid.append(Advice(remedy.id, remedy.title, text(each.says)))
        elif remedy and remedy.handout:
            told.append(Advice(remedy.id, remedy.title, text(remedy.handout)))
    return tuple(told[:_ON_SYMPTOM]), tuple(avoid)


def _sections(remedy: RemedyData) -> tuple[Section, ...]:
    """The page of a remedy as its own sheet shows it."""
    lead = Section("", _blocks(remedy.lead), ())
    own = [Section(each.heading, _blocks(each.text or ""), _steps(each)) for each in remedy.sections]
    return (lead, *(each for each in own if each.blocks or each.steps))


def _blocks(markdown: str) -> tuple[Block, ...]:
    found = markup.blocks(markdown)
    return tuple(Block(tuple(map(text, texts)), listed) for texts, listed in found)


def _steps(section: WrittenSection) -> tuple[Step, ...]:
    return tuple(Step(text(step.text), step.picture or "") for step in section.steps)


def _publishers(guide: Guide, things: Iterable[Entry]) -> tuple[str, ...]:
    """The publishers of the sources that things name, the most used first, without what is in brackets."""
    used = Counter(leaf.text for thing in things for leaf in thing.leaves if leaf.mark == Ref("sources"))
    found = guide.pick("sources", sorted(used, key=lambda id_: (-used[id_], id_)))
    return tuple(dict.fromkeys(source.publisher.partition(" (")[0] for source in found))
