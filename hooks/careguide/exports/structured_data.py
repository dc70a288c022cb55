"""What a page is about, for search engines and other machines: one graph in the words of https://schema.org.

It says what the page shows, and nothing that it does not: a review only where there was one and it still
holds, a day only where the page has one.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from careguide.guide import reviews
from careguide.guide.guide import Guide
from careguide.guide.page_paths import PAGE_FOLDERS, address, path_of, topic_of
from careguide.model.kinds import TOPICS
from careguide.model.topics import Cause, Codes, Investigation, Remedy, Symptom, Topic, Treatment
from careguide.source import markup

SYSTEMS = {"icd_10_cm": "ICD-10-CM", "icd_10_gm": "ICD-10-GM", "mesh": "MeSH", "snomed_ct": "SNOMED CT"}
"""The code systems by the field that holds their codes, as https://schema.org names such systems."""
_MEDICAL = {"clinician", "criteria", "flow", "movements"}
"""Kinds of page that tell of health without being about one thing of their own."""
_LISTS = {"topics", "glossary", "sources", "handouts"}
_ESCAPED = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""No text can end the element that the graph stands in, or begin another."""
Node = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A page as it is shown."""

    path: str
    """Where it stands among the pages: `causes/caffeine.md`."""
    url: str
    title: str
    description: str
    kind: str
    """What kind of page it is, such as 'cause', 'topics' or 'article'."""
    breadcrumbs: Iterable[Mapping[str, str]]
    """The pages above it, outermost first, each with its title and its address from the site's root."""
    cited: Iterable[str] = ()
    """Ids of the sources that it lists."""


def script(guide: Guide, page: Shown, root: str) -> str:
    """The graph of a page, as text that can stand in a script of the page. `root` is the site's address."""
    graph = {"@context": "https://schema.org", "@graph": nodes(guide, page, root)}
    return json.dumps(graph, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def nodes(guide: Guide, page: Shown, root: str) -> list[Node]:
    """The page, the site, the way to the page, and what the page is about."""
    thing = _thing(guide, page.path)
    subject = _subject(guide, thing, page.url, root) if thing and page.kind != "clinician" else {}
    whole = _page(guide, page, thing, root)
    site: Node = {"@type": "WebSite", "@id": f"{root}#site", "url": root, "name": guide.site.name}
    if page.kind == "home":  # the site's own page says who publishes it; the others name the site
        site["publisher"] = {"@type": "Organization", "name": guide.site.owner}
    found = [whole, site]
    if steps := [*page.breadcrumbs]:
        found.append(_breadcrumbs(page, steps, root))
        whole["breadcrumb"] = {"@id": f"{page.url}#breadcrumbs"}
    if subject:
        whole["about"] = {"@id": subject["@id"]}
        found.append(subject)
    elif thing:  # the page of another page's subject
        whole["about"] = {"@id": f"{address(guide.place(path_of(*reviews.key(thing))), root)}#about"}
    return found


def _thing(guide: Guide, path: str) -> Topic | None:
    """What a page is about: the thing whose page it is, or the symptom that it asks or tells more of."""
    folder, id_ = topic_of(path)
    if folder in (PAGE_FOLDERS["flows"], PAGE_FOLDERS["clinicians"]):
        return guide.symptoms.get(id_)
    found: Topic | None = guide.of(folder).get(id_) if folder in TOPICS else None
    return found


def _page(guide: Guide, page: Shown, thing: Topic | None, root: str) -> Node:
    medical = thing or page.kind in _MEDICAL
    whole: Node = {
        "@type": "MedicalWebPage" if medical else "CollectionPage" if page.kind in _LISTS else "WebPage",
        "@id": page.url,
        "url": page.url,
        "name": page.title,
        "description": page.description,
        "inLanguage": guide.site.language,
        "isPartOf": {"@id": f"{root}#site"},
    }
    if page.kind == "clinician":
        whole["medicalAudience"] = "https://schema.org/Clinician"
    if thing and page.kind == thing.singular:
        whole["dateModified"] = thing.checked.isoformat()
        if thing.reviewed and reviews.standing(guide, thing, datetime.date.min) == "reviewed":
            whole["lastReviewed"] = thing.reviewed.on.isoformat()
            whole["reviewedBy"] = {"@type": "Person", "name": thing.reviewed.by}
    citations: list[Node] = []
    for source in guide.pick("sources", page.cited):
        citations.append({"@type": "CreativeWork", "url": source.url})  # the page has the title beside it
    return whole | {"citation": citations} if citations else whole


def _breadcrumbs(page: Shown, steps: Iterable[Mapping[str, str]], root: str) -> Node:
    items: list[Node] = []
    for step in (*({**each, "address": root + each["address"]} for each in steps), None):
        name, item = (step["title"], step["address"]) if step else (page.title, page.url)
        items.append({"@type": "ListItem", "position": len(items) + 1, "name": name, "item": {"@id": item}})
    return {"@type": "BreadcrumbList", "@id": f"{page.url}#breadcrumbs", "itemListElement": items}


# What a page is about


def _type(thing: Topic) -> str:
    """What a thing is in the words of the vocabulary. Empty for advice not to do something: it has none."""
    match thing:
        case Cause(group="everyday"):
            return "MedicalCause"
        case Remedy(verdict="avoid"):
            return ""
        case Remedy() | Treatment():
            return "MedicalTherapy"
        case Investigation():
            return "MedicalTest"
    return "MedicalSignOrSymptom" if isinstance(thing, Symptom) else "MedicalCondition"


def _subject(guide: Guide, thing: Topic, url: str, root: str) -> Node:
    """A thing as its own page tells of it; nothing where there is no word for it."""
    if not (type_ := _type(thing)):
        return {}
    about: Node = {"@type": type_, "@id": f"{url}#about", "name": thing.title}
    about["description"] = markup.plain(thing.short)
    if thing.also_called:
        about["alternateName"] = list(thing.also_called)
    if codes := _codes(thing.codes):
        about["code"] = codes
    if isinstance(thing, Symptom) and thing.treatments:
        treatments = guide.pick("treatments", thing.treatments)
        about["possibleTreatment"] = [_named(guide, each, root) for each in treatments]
    if type_ == "MedicalCause" and (caused := guide.linked("causes", thing.id, "symptoms")):
        about["causeOf"] = [_named(guide, each, root) for each in caused]
    if isinstance(thing, Treatment) and len(thing.medicines) == 1:
        about["drug"] = _drug(thing)
    return about


def _named(guide: Guide, thing: Topic, root: str) -> Node:
    """Another page's subject, by its name and its id there."""
    page = address(guide.place(path_of(*reviews.key(thing))), root)
    return {"@type": _type(thing), "@id": f"{page}#about", "name": thing.title, "url": page}


def _drug(thing: Treatment) -> Node:
    """The one medicine that a page is about."""
    (medicine,) = thing.medicines
    drug: Node = {"@type": "Drug", "name": medicine.generic, "nonProprietaryName": medicine.generic}
    return drug | {"alternateName": list(medicine.brands)} if medicine.brands else drug


def _codes(codes: Codes) -> list[Node]:
    found: list[Node] = []
    for field, system in SYSTEMS.items():
        for code in getattr(codes, field, ()):
            found.append({"@type": "MedicalCode", "codeValue": code, "codingSystem": system})
    return found
