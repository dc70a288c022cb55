"""Guide → printable sheets: what a clinician hands over, and what a reader fills in.

A sheet holds everything its editions may show. Signs are never dropped here; a layout that has room for fewer says how many are missing, and where they are.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from careguide.flow import view
from careguide.flow.plan import plan
from careguide.guide import reviews, selection
from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.handouts.handout import (
    Handout,
    Kind,
    Level,
    Question,
    Remedy,
    Row,
    Sign,
    Sooner,
    Source,
    Step,
    Time,
    coded,
    text,
)
from careguide.model.fields import Ref
from careguide.model.lists import Criterion
from careguide.model.topics import Remedy as RemedyData
from careguide.model.topics import Symptom
from careguide.source import markup

FOLDER = "handouts"
"""Where all sheets stand on the site."""
_ON_SYMPTOM = 2
"""How many remedies a symptom's sheet tells where the symptom does not name them."""


def handouts(guide: Guide, *, site_url: str, today: datetime.date) -> list[Handout]:
    """Every sheet of the guide, sorted by id. `site_url` is the site's public address, or empty; `today` decides whether a review is overdue."""
    made = [
        *(
            sheet
            for symptom in guide.symptoms.values()
            for sheet in _of_symptom(symptom, guide, site_url, today)
        ),
        *(_of_remedy(remedy, guide, site_url, today) for remedy in guide.remedies.values() if remedy.steps),
    ]
    return sorted(made, key=lambda sheet: sheet.id)


def _of_symptom(symptom: Symptom, guide: Guide, site_url: str, today: datetime.date) -> Iterator[Handout]:
    """A symptom's own sheet, its diary, and 'prepare for your visit'."""
    chosen = selection.all_of(guide, "remedies", symptom.handout or _first(symptom, guide))
    avoid = selection.to_avoid(selection.all_of(guide, "remedies", symptom.remedies))
    signs = selection.all_of(guide, "criteria", symptom.criteria)
    shared = {
        "levels": _levels(guide, view.asked_first(guide, symptom.id), _asked_at_once(guide, symptom.id)),
        "asked": tuple(
            _question(each) for each in selection.all_of(guide, "questions", symptom.doctor_questions)
        ),
        "ask": tuple(map(markup.plain, symptom.ask_your_doctor)),
    }
    yield _sheet(
        symptom,
        "symptom",
        guide,
        site_url,
        today,
        summary=text(symptom.short),
        remedies=tuple(_remedy(each, guide) for each in chosen),
        avoid=tuple(_remedy(each, guide) for each in avoid),
        chart=tuple(_chart(symptom, guide)),
        sources=_sources(guide, [*signs, *chosen, *avoid]),
        **shared,
    )
    for kind in ("diary", "visit"):
        words = guide.words["handout"][kind]
        yield _sheet(
            symptom,
            kind,
            guide,
            site_url,
            today,
            summary=text(words["summary"]),
            sources=_sources(guide, signs),
            **shared,
        )


def _of_remedy(remedy: RemedyData, guide: Guide, site_url: str, today: datetime.date) -> Handout:
    return _sheet(
        remedy,
        "remedy",
        guide,
        site_url,
        today,
        summary=text(remedy.short),
        levels=_levels(guide, remedy.criteria, frozenset()),
        remedies=(_remedy(remedy, guide),),
        sources=_sources(guide, [remedy]),
    )


def _sheet(
    thing: Symptom | RemedyData, kind: Kind, guide: Guide, site_url: str, today: datetime.date, **shown: Any
) -> Handout:
    """A sheet of a kind about a thing, with what they all have."""
    id = thing.id if kind in ("symptom", "remedy") else f"{thing.id}-{kind}"
    page = path_of(*reviews.key(thing)).removesuffix(".md") + "/"
    title = (
        thing.title
        if kind in ("symptom", "remedy")
        else guide.words.text(f"handout.{kind}.title", title=thing.title)
    )
    link = f"{site_url.rstrip('/')}/{FOLDER}/{id}/" if site_url else ""
    nothing = dict.fromkeys(("levels", "remedies", "avoid", "chart", "asked", "ask"), ())
    return coded(
        Handout(
            id=id,
            kind=kind,
            about=thing.id,
            page=page,
            origin=guide.origins[reviews.key(thing)].path,
            title=title,
            checked=thing.checked.isoformat(),
            review=_review(thing, guide, today),
            link=link,
            address=(urlsplit(link).netloc + urlsplit(link).path).rstrip("/"),
            **{**nothing, **shown},
        )
    )


def _first(symptom: Symptom, guide: Guide) -> list[str]:
    """The first remedies of a symptom that have steps."""
    with_steps = [each.id for each in selection.all_of(guide, "remedies", symptom.remedies) if each.steps]
    return with_steps[:_ON_SYMPTOM]


def _review(thing: Symptom | RemedyData, guide: Guide, today: datetime.date) -> str:
    said, review = guide.words["review"][reviews.standing(guide, thing, today)], thing.reviewed
    return (
        said.format(by=review.by, on=selection.day(review.on), due=selection.day(review.due))
        if review
        else said.format(on=selection.day(thing.checked))
    )


# ---------------------------------------------------------------------------------------------------------------------
# When to get help


def _levels(guide: Guide, criteria: Iterable[str], first: frozenset[str]) -> tuple[Level, ...]:
    """The levels above self-care that have signs, worst first; those in `first` must be read whole."""
    ids = list(criteria)
    return tuple(
        Level(
            id=level.id,
            place=place,
            card=level.card,
            level=level.level,
            title=level.title,
            do=markup.plain(level.do),
            lead_in=markup.plain(level.lead_in),
            signs=tuple(_sign(each, first) for each in signs),
            sooner=tuple(_sooner(level.id, ids, guide)),
        )
        for place, level, signs in selection.by_urgency(guide, ids)
        if level.card != "self-care"
    )


def _sign(criterion: Criterion, first: frozenset[str]) -> Sign:
    sign = markup.plain(criterion.sign)
    lead = markup.plain(criterion.lead) if criterion.lead else ""
    return Sign(criterion.id, lead or sign, sign if lead else "", criterion.id in first)


def _sooner(level: str, criteria: list[str], guide: Guide) -> Iterator[Sooner]:
    """The signs that are raised to a level, by the people for whom they are."""
    raised: dict[str, list[str]] = {}
    for criterion in selection.all_of(guide, "criteria", criteria):
        for each in criterion.raise_:
            if each.to == level:
                raised.setdefault(each.who, []).append(markup.plain(criterion.lead or criterion.sign))
    yield from (Sooner(str(guide.words["who"][who]), tuple(leads)) for who, leads in raised.items())


def _asked_at_once(guide: Guide, symptom: str) -> frozenset[str]:
    """The signs of the first step of a symptom's flow."""
    return frozenset(sign for flow in view.flows_of(guide, symptom) for sign in flow.steps[0].signs)


def _chart(symptom: Symptom, guide: Guide) -> Iterator[Row]:
    """The symptom's flow as one rung for each level: its signs stand in the boxes of the sheet already. Nothing without a flow."""
    for flow in view.flows_of(guide, symptom.id):
        words, say = guide.words["flow"]["chart"], guide.words["handout"]["chart"]
        doubts = {screen.doubt for screen in plan(flow, guide).screens if screen.doubt}
        *levels, (_, last) = view.results(flow, guide)
        worst = levels[0][0] if levels else 0
        for place, level in levels:
            ask = say["ask_or_doubt" if level.id in doubts else "ask"].format(place=place, worst=worst)
            sure = place == worst and bool(doubts)
            answer, down = ("yes", "no_or_unsure") if sure else ("yes_or_unsure", "none")
            raised = any(
                each.raise_
                for each in selection.all_of(guide, "criteria", symptom.criteria)
                if each.urgency == level.id
            )
            yield Row(
                ask,
                str(words[answer]),
                level.card,
                level.level,
                level.title,
                str(words["raised"]) if raised else "",
                str(words[down]),
            )
        yield Row("", str(words["end"]), last.card, last.level, last.title, "", "")


# ---------------------------------------------------------------------------------------------------------------------
# What to do, what to ask, and where it comes from


def _remedy(remedy: RemedyData, guide: Guide) -> Remedy:
    words = guide.words
    of = "avoid" if remedy.verdict == "avoid" else "remedy"
    times = [(name, getattr(remedy, name)) for name in ("how_long", "how_often")]
    lists = {
        name: tuple(text(each.text) for each in getattr(remedy, name))
        for name in ("do", "dont", "not_for", "stop_if")
    }
    return Remedy(
        id=remedy.id,
        title=remedy.title,
        short=text(remedy.short),
        verdict=str(words["verdict"][remedy.verdict]),
        evidence=str(words["support"][of][remedy.support.grade]),
        reason=markup.plain(remedy.support.reason),
        times=tuple(Time(str(words["labels"][name]), text(said.text)) for name, said in times if said),
        steps=tuple(Step(text(step.text), step.picture or "") for step in remedy.steps),
        **lists,
    )


def _question(question: Any) -> Question:
    return Question(
        question.id, markup.plain(question.question), markup.plain(question.why), question.diary or ""
    )


def _sources(guide: Guide, things: Iterable[Any]) -> tuple[Source, ...]:
    """The sources that things name, the most used first."""
    used = Counter(leaf.text for thing in things for leaf in thing.leaves if leaf.mark == Ref("sources"))
    found = selection.all_of(guide, "sources", sorted(used, key=lambda id: (-used[id], id)))
    return tuple(Source(each.id, each.publisher, each.title, each.url) for each in found)
