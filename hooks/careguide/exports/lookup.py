"""Look-up by code: a small page for each code, and one that a records system opens with a code.

The latter is an HL7 Infobutton (context-aware knowledge retrieval, by address). A static host answers it: a
script in the page reads the address and opens the right page, sheet or page for clinicians.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from careguide import styling, templating
from careguide.exports.structured_data import SYSTEMS
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of
from careguide.model.kinds import PLURALS, TOPICS
from careguide.model.topics import Symptom, Topic
from careguide.source import markup

CODES = "code"
INFOBUTTON = "infobutton"
NAMES_OF_SYSTEMS = {
    "icd_10_cm": ("2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM", "ICD10CM"),
    "icd_10_gm": ("http://fhir.de/CodeSystem/bfarm/icd-10-gm", "ICD-10-GM", "ICD10GM"),
    "mesh": ("2.16.840.1.113883.6.177", "http://id.nlm.nih.gov/mesh", "MeSH", "MSH"),
    "snomed_ct": ("2.16.840.1.113883.6.96", "http://snomed.info/sct", "SNOMED CT", "SNOMED-CT", "SCTID"),
}
"""What records systems call each code system: by number (OID), by address, by name."""
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Found:
    """A page that a code leads to."""

    title: str
    short: str
    url: str
    """From the site's root, as all addresses here."""
    names: tuple[str, ...]
    sheet: str = ""
    clinicians: str = ""
    translated: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The page and the sheet in other languages, by the language's two letters."""


Table = dict[str, dict[str, list[Found]]]
"""By field of a code system, then by code: the pages, the best first."""
Editions = Mapping[str, Guide]
"""A guide in each of its languages, by the folder of its pages; the original under an empty name."""
Sheets = Mapping[tuple[str, str], str]
"""The addresses of sheets to hand over, by the folder of their language and the symptom they are about."""


def files(editions: Editions, sheets: Sheets) -> dict[str, bytes]:
    """Every page with what it loads, by path on the site. They are in the original's language."""
    found, guide = table(editions, sheets), editions[""]
    if not found:
        return {}
    look = styling.Look(colours=guide.site.colours.given())
    names = {
        "words": guide.words,
        "publisher": guide.site,
        "style": look.bare_style("lookup", (_TEMPLATES / "lookup.css").read_text(encoding="utf-8")),
        "script": look.add("infobutton.js", _script(editions, found)),
        "signs": address("when-to-get-help.md") if guide.urgency else "",
        "search": address("search.md") if guide.urgency else "",
        "systems": SYSTEMS,
        "table": found,
        "slug": slug,
    }

    def page(template: str, path: str, **more: Any) -> bytes:
        root = "../" * (path.count("/") + 1)
        return templating.html(_TEMPLATES, template, {**names, **more, "root": root}).encode()

    pages = {
        f"{CODES}/index.html": page("codes", CODES),
        f"{INFOBUTTON}/index.html": page("infobutton", INFOBUTTON),
    }
    for system, codes in found.items():
        for code, topics in codes.items():
            path = f"{CODES}/{slug(system)}/{code}"
            pages[f"{path}/index.html"] = page("code", path, system=SYSTEMS[system], code=code, pages=topics)
    return pages | look.files


def slug(system: str) -> str:
    """A code system in an address: icd_10_cm → icd-10-cm."""
    return system.replace("_", "-")


def table(editions: Editions, sheets: Sheets) -> Table:
    """The pages for each code. Symptoms come first, the most general of them before the others."""
    found: Table = {}
    for system in SYSTEMS:
        for thing in _topics(editions[""]):
            for code in getattr(thing.codes, system):
                if _can_stand_in_an_address(code):
                    codes = found.setdefault(system, {})
                    codes.setdefault(code, []).append(_found(thing, editions, sheets))
    return found


def _topics(guide: Guide) -> Iterator[Topic]:
    """Everything with a page. A symptom of many places is more general than one of a single place."""
    yield from sorted(guide.symptoms.values(), key=lambda symptom: -len(symptom.places))
    for kind in TOPICS:
        if kind != "symptoms":
            yield from guide.of(kind).values()


def _can_stand_in_an_address(code: str) -> bool:
    """Whether a code is letters, digits, dots and hyphens, so that a folder can have its name."""
    return code.replace(".", "").replace("-", "").isalnum() and code.isascii() and code[0] != "."


def _found(thing: Topic, editions: Editions, sheets: Sheets) -> Found:
    kind, is_symptom = PLURALS[thing.singular], isinstance(thing, Symptom)
    path = path_of(kind, thing.id)
    names = [*thing.also_called, *thing.covers]
    translated: dict[str, tuple[str, str]] = {}
    for folder, guide in editions.items():
        if guide.translation and path in guide.translation.pages:
            sheet = sheets.get((folder, thing.id), "") if is_symptom else ""
            translated[guide.site.locale.base] = address(guide.place(path)), sheet
            names += [guide.of(kind)[thing.id].title, *guide.of(kind)[thing.id].also_called]
    return Found(
        title=thing.title,
        short=markup.plain(thing.short),
        url=address(path),
        names=tuple(names),
        sheet=sheets.get(("", thing.id), "") if is_symptom else "",
        clinicians=address(path_of("clinicians", thing.id)) if is_symptom else "",
        translated=translated,
    )


def _script(editions: Editions, found: Table) -> str:
    pages: dict[str, Found] = {}
    codes: dict[str, dict[str, list[int]]] = {}
    systems: dict[str, str] = {}
    for system, by_code in found.items():
        for name in NAMES_OF_SYSTEMS[system]:
            systems[name.lower()] = slug(system)
        for code, topics in by_code.items():
            for topic in topics:
                pages.setdefault(topic.url, topic)
                numbers = codes.setdefault(slug(system), {}).setdefault(code, [])
                numbers.append(list(pages).index(topic.url))
    shown: list[list[Any]] = []
    for each in pages.values():
        shown.append([each.title, each.url, each.sheet, each.clinicians, each.names, each.translated])
    search: dict[str, str] = {}
    for guide in editions.values():
        if guide.urgency:
            search[guide.site.locale.base] = address(guide.place("search.md"))
    known = {
        "language": editions[""].site.locale.base,
        "systems": systems,
        "codes": codes,
        "pages": shown,
        "search": search,
    }
    text = json.dumps(known, ensure_ascii=False, separators=(",", ":"))
    script = (_TEMPLATES / "infobutton.js").read_text(encoding="utf-8")
    return f"const KNOWN = {text};\n{script}"
