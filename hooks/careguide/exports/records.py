"""A guide as records for other systems: one for each thing, with all that it takes to quote it honestly.

A record says what it is about, how urgent that is, when it was checked and by whom, where its page stands and
how it may be used; its `data` are the fields of the model. Texts in it are bare words.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import product
from typing import Any

from careguide.exports.record import API, Dates, Record, Reviewed, Translated, Urgent
from careguide.flow import plan, view
from careguide.guide import due, history, reviews, selection
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of, topic_of
from careguide.model.fields import Entry, Prose
from careguide.model.kinds import KINDS, TOPICS
from careguide.source import markup
from careguide.source.digests import digest
from careguide.source.locations import at

FOLDER = "api/v1"
"""Where all of it stands on the site."""
COLLECTIONS = {
    "symptoms": "symptoms",
    "causes": "causes",
    "remedies": "remedies",
    "treatments": "treatments",
    "investigations": "investigations",
    "signs": "criteria",
    "contexts": "contexts",
    "flows": "flows",
    "services": "services",
    "sources": "sources",
}
"""What has a file for each record: the name of the folder, and the kind in the guide."""
IN_ONE_FILE = ("urgency", "meanwhile", "places", "movements", "questions", "amounts", "glossary")
"""Kinds whose records stand only in the file that holds everything."""
_NAMES = {"criteria": "sign"}
"""What a kind is called here, if not by its own singular."""
_NOT_FOR_READERS = {"draft", "lowered"}
"""Fields for those who write the guide."""
_CALL = re.compile(r"\(call:([a-z]+)\)")


def root(guide: Guide) -> str:
    """The folder of a guide's files on the site: a translation has one inside the original's."""
    return f"{FOLDER}/{guide.translation.folder}" if guide.translation else FOLDER


def records(guide: Guide, site_url: str = "") -> list[Record]:
    """Every record of a guide, kind by kind. Addresses start with `site_url`, the site's public address.

    A translation has those of which all readable texts are translated.
    """
    # The signs and the contexts are the words of the checks.
    of_checks = min((flow.checked for _, flow in view.checks(guide)), default=None)
    made = []
    for collection, kind in (*COLLECTIONS.items(), *product([""], IN_ONE_FILE)):
        for id_, thing in _things(guide, kind):
            checked = of_checks if kind in ("criteria", "contexts") else None
            made.append(_record(guide, kind, id_, thing, collection, site_url, checked))
    return made


def file_of_page(guide: Guide, path: str) -> str:
    """Where the record stands of the thing that an original's page is about; empty for a page about none."""
    kind, id_ = topic_of(path)
    known = kind in TOPICS and id_ in guide.of(kind) and _is_translated(guide, kind, id_)
    return f"{root(guide)}/{kind}/{id_}.json" if known else ""


def type_of(kind: str) -> str:
    """What a record of a kind calls itself."""
    return _NAMES.get(kind, KINDS[kind].singular)


def _things(guide: Guide, kind: str) -> Iterator[tuple[str, Any]]:
    """The things of a kind by id. A flow is one for each symptom whose check it is."""
    for id_, thing in view.checks(guide) if kind == "flows" else guide.of(kind).items():
        if _is_translated(guide, kind, id_):
            yield id_, thing


def _is_translated(guide: Guide, kind: str, id_: str) -> bool:
    """Whether a thing's page is in the guide's own language; what has none, whether its texts are."""
    mine, path = guide.translation, path_of(kind, id_).partition("#")[0]
    if not mine:
        return True
    return path in mine.pages if path else (kind, id_) in mine.translated


def _record(
    guide: Guide,
    kind: str,
    id_: str,
    thing: Entry,
    collection: str,
    site_url: str,
    checked: datetime.date | None,
) -> Record:
    texts: list[str] = []
    named: dict[str, list[str]] = {"sources": [], "criteria": []}
    for leaf in thing.leaves:
        if isinstance(leaf.mark, Prose):
            texts.append(leaf.text)
        else:
            named.setdefault(leaf.mark.kind, []).append(leaf.text)
    data = fields(thing)
    if kind == "flows":
        data = {**data, "id": id_, "plan": _plan(guide, id_)}
    elif kind == "symptoms" and (article := guide.articles.get(path_of(kind, id_))):
        data["article"] = cited(markup.without_comments(article.body)).strip()
        texts.append(article.body)
    calls = _calls(guide, texts)
    path = path_of(kind, id_)
    record = Record(
        api=API,
        type=type_of(kind),
        id=id_,
        title=markup.plain(selection.name_of(thing)),
        page=address(guide.place(path), site_url) if path else None,
        file=f"{site_url}{root(guide)}/{collection}/{id_}.json" if collection else None,
        language=guide.site.language,
        licence=markup.plain(guide.site.licence),
        attribution=attribution(guide, site_url),
        version="",
        level=_level(guide, kind, thing),
        worst_sign=_worst(guide, guide.symptoms[id_].signs if kind == "flows" else named["criteria"]),
        dates=_dates(guide, thing, checked),
        review=_review(guide, thing),
        country=next(iter(guide.services), None) if calls and kind != "services" else None,
        calls=calls if kind != "services" else {},
        sources=_sources(named["sources"], texts),
        data=data,
        translation=_translation(guide, kind, id_),
    )
    return record.model_copy(update={"version": digest(as_json(record))[:12]})


def as_json(record: Record) -> dict[str, Any]:
    """A record as JSON has it."""
    return record.model_dump(mode="json")


def attribution(guide: Guide, site_url: str = "") -> str:
    """Whom to name: the guide, who publishes it, and its address."""
    named = ", ".join(dict.fromkeys((guide.site.name, guide.site.owner)))
    return f"{named}, {site_url}" if site_url else named


# Its fields


def fields(thing: Entry) -> dict[str, Any]:
    """A thing's own fields, its texts as bare words."""
    data = thing.model_dump(mode="json", exclude=_NOT_FOR_READERS)
    for leaf in thing.leaves:
        if isinstance(leaf.mark, Prose) and leaf.loc[0] not in _NOT_FOR_READERS:
            bare = cited(leaf.text) if leaf.mark.cites else markup.plain(leaf.text)
            at(data, leaf.loc[:-1])[leaf.loc[-1]] = bare
    return data


def cited(text: str) -> str:
    """A longer text whose links are bare words; its paragraphs, lists and citations stay."""
    return markup.LINK.sub(lambda match: match["words"], text).strip()


def _plan(guide: Guide, symptom: str) -> dict[str, Any]:
    """A check as it is run: its screens with the lines that each asks, and where every answer leads."""
    return asdict(plan.plan(symptom, plan.flow_of(guide, symptom), guide))


def _calls(guide: Guide, texts: Iterable[str]) -> dict[str, str]:
    """What stands in some texts for numbers and services, by reference."""
    found: dict[str, str] = {}
    for service in list(guide.services.values())[:1]:
        for call in sorted(_CALL.findall(" ".join(texts))):
            found[call] = getattr(service.call, call)
    return found


def _sources(named: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """The sources that a thing names, and those that its texts cite, each once."""
    found = list(named)
    for text in texts:
        found += markup.cited_in(text)
    return tuple(dict.fromkeys(found))


# Its level, dates and review


def _level(guide: Guide, kind: str, thing: Any) -> Urgent | None:
    """A sign's level; a level is its own."""
    if kind == "urgency":
        return urgent(guide, thing.id)
    return urgent(guide, thing.level) if kind == "criteria" else None


def _worst(guide: Guide, signs: Iterable[str]) -> Urgent | None:
    for level, _, _ in selection.by_urgency(guide, signs):
        return urgent(guide, guide.ladder.ids[level - 1])
    return None


def urgent(guide: Guide, level: str) -> Urgent:
    """A level as records name it."""
    return Urgent(id=level, title=guide.urgency[level].title, rank=guide.ladder.index(level) + 1)


def _dates(guide: Guide, thing: Any, checked: datetime.date | None) -> Dates:
    """When a thing was checked, if not when it says itself."""
    found = getattr(thing, "checked", None) or getattr(thing, "last_checked", None) or checked
    review = getattr(thing, "reviewed", None)
    change = history.last(guide, thing)
    return Dates(
        checked=found,
        reviewed=review.on if review and not guide.translation else None,
        review_due=review.due if review and not guide.translation else None,
        due=due.due(guide, thing),
        changed=change.on if change else None,
    )


def _review(guide: Guide, thing: Entry) -> Reviewed:
    review = getattr(thing, "reviewed", None)
    if not review or guide.translation:
        return Reviewed(state="unreviewed", by=None)
    # No day is so early that a review was due: whether one is, depends on when the record is read.
    state = reviews.standing(guide, thing, datetime.date.min)
    return Reviewed(state=state, by=review.by)


def _translation(guide: Guide, kind: str, id_: str) -> Translated | None:
    """What a record of a translation was made from."""
    mine = guide.translation
    if not mine:
        return None
    written = plan.flow_of(guide, id_).id if kind == "flows" else id_
    return Translated(language=mine.original.site.language, current=f"{kind}/{written}" not in mine.stale)
