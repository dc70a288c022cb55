"""Guide → printable sheets: what a clinician hands over, and what a reader fills in.

A sheet holds everything its editions may show. Signs are never dropped here; a layout that has room for fewer
says how many are missing, and where they are.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from careguide.guide import due, foreign, reviews, selection, services
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of
from careguide.handouts import bilingual, layout
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import FOLDER, Advice, Block, Handout, Kind, Level, Section, text
from careguide.model.fields import Entry, Ref
from careguide.model.lists import EVERYONE
from careguide.model.topics import Remedy as RemedyData
from careguide.model.topics import Symptom
from careguide.source import markup

_ON_SYMPTOM, _CAUSES = 4, 3
"""How many remedies and causes a symptom's sheet tells."""


def handouts(
    guide: Guide, *, drawings: Mapping[str, Drawing], site_url: str, today: datetime.date
) -> list[Handout]:
    """Every sheet of the guide, sorted by id, as its reviews stand `today`. `site_url` may be empty."""
    sheet = partial(_sheet, guide, site_url, today)
    made: list[Handout] = []
    for symptom in guide.symptoms.values():
        if _is_told(guide, "symptoms", symptom.id):
            own = list(_of_symptom(symptom, guide, sheet))
            made += own
            if guide.translation:
                original = bilingual.in_country_of(guide, guide.translation.original)
                of_original = partial(_sheet, original, site_url, today)
                beside = next(_of_symptom(original.symptoms[symptom.id], original, of_original))
                made.append(bilingual.sheet(own[0], beside, guide, original))
    for remedy in guide.remedies.values():
        if remedy.steps and _is_told(guide, "remedies", remedy.id):
            made.append(
                sheet(
                    remedy,
                    "remedy",
                    summary=text(remedy.short),
                    levels=tuple(_levels(guide, remedy.signs)),
                    sections=tuple(_sections(remedy)),
                    publishers=_publishers(guide, [remedy]),
                )
            )
    return [layout.coded(each, guide, drawings) for each in sorted(made, key=lambda each: each.id)]


def _is_told(guide: Guide, kind: str, id_: str) -> bool:
    """Whether a guide has the page of a thing: a translation may lack it."""
    return not guide.translation or path_of(kind, id_) in guide.translation.pages


def _outdated(guide: Guide, levels: Iterable[Level]) -> str:
    """Why a translated sheet is not offered: an emergency sign on it no longer says what the original says.

    A page can say so beside the sign; paper has no room for it, and cannot be called back.
    """
    mine = guide.translation
    if not mine:
        return ""
    for level in levels:
        for sign in level.signs if level.id == guide.ladder.worst else ():
            if ("criteria", sign) not in mine.translated or f"criteria/{sign}" in mine.stale:
                return guide.words.text("translation.withheld")
    return ""


def _sheet(
    guide: Guide, site_url: str, today: datetime.date, thing: Symptom | RemedyData, kind: Kind, **shown: Any
) -> Handout:
    """A sheet of a kind about a thing: what they all have, and what is `shown`."""
    own = kind in ("symptom", "remedy")
    language = guide.translation.folder if guide.translation else ""
    id_ = f"{language}/{thing.id}".lstrip("/") + ("" if own else f"-{kind}")
    link = f"{site_url.rstrip('/')}/{FOLDER}/{id_}/" if site_url else ""
    return Handout(
        id=id_,
        kind=kind,
        about=thing.id,
        page=address(guide.place(path_of(*reviews.key(thing)))),
        origin=guide.origins[reviews.key(thing)].path,
        title=thing.title if own else guide.words.text(f"handout.{kind}.title", title=thing.title),
        checked=thing.checked.isoformat(),
        review=reviews.sentence(guide, thing, today),
        withdrawn=_withdrawn(guide, thing, today) or _outdated(guide, shown["levels"]),
        link=link,
        address=(urlsplit(link).netloc + urlsplit(link).path).rstrip("/"),
        language=language,
        **shown,
    )


def _withdrawn(guide: Guide, thing: Symptom | RemedyData, today: datetime.date) -> str:
    """Why the sheets of a thing are not offered on a day; empty where they are."""
    if due.state(guide, thing, today) != "withdrawn":
        return ""
    day = due.due(guide, thing) or today
    return guide.words.text("sheets.withdrawn.reason", due=guide.site.locale.day(day))


def _of_symptom(symptom: Symptom, guide: Guide, sheet: Callable[..., Handout]) -> Iterator[Handout]:
    """A symptom's own sheet, its diary, and 'prepare for your visit'."""
    words = guide.words
    levels = tuple(_levels(guide, _on_paper(symptom, guide), symptom.signs))
    questions = guide.pick("questions", symptom.doctor_questions)
    ask = tuple(map(markup.plain, symptom.ask_your_doctor))
    yield sheet(
        symptom,
        "symptom",
        summary=text(symptom.lead),
        levels=levels,
        causes=tuple(text(each.says) for each in symptom.causes[:_CAUSES]),
        scale=tuple(level.level for level in guide.ladder.levels),
        ask=ask,
        **_advice(symptom, guide),
    )
    yield sheet(
        symptom,
        "diary",
        summary=text(words.text("handout.diary.summary")),
        levels=levels,
        asked=tuple(each.diary for each in questions if each.diary)
        or (words.text("handout.labels.diary.noticed"),),
    )
    yield sheet(
        symptom,
        "visit",
        summary=text(words.text("handout.visit.summary")),
        levels=levels,
        asked=tuple(markup.plain(each.question) for each in questions),
        ask=ask,
    )


# When to get help


def _on_paper(symptom: Symptom, guide: Guide) -> Collection[str]:
    """The signs on a symptom's sheet: each emergency for everyone, and those that its page shows."""
    found: dict[str, None] = {}  # keeps the order and each id once
    for sign in guide.pick("criteria", symptom.signs):
        # Where the levels cannot be read, there is no worst one.
        if sign.level in guide.ladder.ids[:1] and EVERYONE in sign.context:
            found[sign.id] = None
    return found | dict.fromkeys(symptom.shown or symptom.signs)


def _levels(guide: Guide, named: Collection[str], asked: Iterable[str] = ()) -> Iterator[Level]:
    """The levels that have signs, worst first: those named, and how many others are asked."""
    others = Counter(sign.level for sign in guide.pick("criteria", set(asked) - set(named)))
    for number, level, signs in selection.by_urgency(guide, named):
        if level.id != guide.ladder.last:
            yield Level(
                id=level.id,
                number=number,
                style=level.style,
                title=level.title,
                do=services.whom_to_call(level, next(iter(guide.services.values()), None)),
                signs={each.id: markup.plain(each.paper or each.lead) for each in signs},
                more=others[level.id],
            )


# What to do, and where it comes from


def _advice(symptom: Symptom, guide: Guide) -> dict[str, tuple[Any, ...]]:
    """What a symptom's sheet says to do, the most useful first, what not to do, and who published that."""
    told: list[Advice] = []
    avoid: list[Advice] = []
    things = guide.pick("criteria", symptom.signs)
    for each in symptom.remedies:
        remedy = guide.remedies.get(each.remedy)
        if remedy and remedy.verdict == "avoid":
            avoid.append(Advice(remedy.id, remedy.title, text(each.says)))
            things.append(remedy)
        elif remedy and remedy.handout and len(told) < _ON_SYMPTOM:
            told.append(Advice(remedy.id, remedy.title, text(remedy.handout)))
            things.append(remedy)
    return {"remedies": tuple(told), "avoid": tuple(avoid), "publishers": _publishers(guide, things)}


def _sections(remedy: RemedyData) -> Iterator[Section]:
    """The page of a remedy as its own sheet shows it. A section of signs alone is none on paper."""
    yield Section("", _blocks(remedy.lead))
    for each in remedy.sections:
        if each.text or each.steps:
            steps = tuple(text(step.text) for step in each.steps)
            pictures = tuple(step.picture for step in each.steps if step.picture)
            yield Section(each.heading, _blocks(each.text or ""), steps, pictures)


def _blocks(markdown: str) -> tuple[Block, ...]:
    return tuple(Block(tuple(map(text, texts)), listed) for texts, listed in markup.blocks(markdown))


def _publishers(guide: Guide, things: Iterable[Entry]) -> tuple[str, ...]:
    """The publishers of the sources that things name, the most used first, without what is in brackets."""
    used = Counter[str]()
    for thing in things:
        used.update(leaf.text for leaf in thing.leaves if leaf.mark == Ref("sources"))
    found = guide.pick("sources", sorted(used, key=lambda id_: (-used[id_], id_)))
    return tuple(dict.fromkeys(foreign.without(source.publisher).partition(" (")[0] for source in found))
