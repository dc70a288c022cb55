"""A guide as files for other programs: an index, a file for each record, all of them in one, their forms.

No file has the day of the build in it, so a guide that has not changed has the same bytes.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from careguide.exports.record import API, Record
from careguide.exports.records import (
    COLLECTIONS,
    FOLDER,
    as_json,
    attribution,
    fields,
    records,
    root,
    type_of,
)
from careguide.exports.schemas import openapi, schemas
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of
from careguide.source import markup
from careguide.templating import Templates

_TEMPLATES = Path(__file__).parent / "templates"


def files(editions: Mapping[str, Guide], site_url: str = "") -> dict[str, bytes]:
    """Every file by its path on the site, for the guide in each language, by the folder of its pages."""
    found: dict[str, bytes] = {}
    for guide in editions.values():
        found |= _records(guide, editions, site_url)
    original = editions[""]
    for type_, schema in schemas().items():
        found[f"{FOLDER}/schema/{type_}.json"] = packed(schema)
    found[f"{FOLDER}/openapi.json"] = packed(openapi(original, site_url))
    found["llms.txt"] = _llms(original, site_url).encode()
    return found


def _records(guide: Guide, editions: Mapping[str, Guide], site_url: str) -> dict[str, bytes]:
    """Each record, all of them, and what names them, in one language."""
    made = records(guide, site_url)
    found: dict[str, bytes] = {}
    lines: list[bytes] = []
    for record in made:
        lines.append(packed(as_json(record)))
        if record.file:
            found[record.file.removeprefix(site_url)] = lines[-1]
    index = _index(guide, made, site_url)
    index["editions"] = {}
    for each in editions.values():
        index["editions"][each.site.language] = f"{site_url}{root(each)}/index.json"
    found[f"{root(guide)}/index.json"] = packed(index)
    found[f"{root(guide)}/guide.jsonl"] = b"".join(lines)
    return found


def _index(guide: Guide, made: Iterable[Record], site_url: str) -> dict[str, Any]:
    """What the guide is, the levels of urgency, and every record that has a file, by collection."""
    site = guide.site
    found: dict[str, Any] = {
        "api": API,
        "name": site.name,
        "description": site.home.description,
        "publisher": site.owner,
        "page": address(guide.place("index.md"), site_url),
        "language": site.language,
        "licence": markup.plain(site.licence),
        "attribution": attribution(guide, site_url),
        "countries": list(guide.services),
        "everything": f"{site_url}{root(guide)}/guide.jsonl",
        "openapi": f"{site_url}{FOLDER}/openapi.json",
        "schemas": {},
        "levels": list(map(fields, guide.ladder.levels)),
    }
    of_type: dict[str, str] = {}
    for collection, kind in COLLECTIONS.items():
        found["schemas"][collection] = f"{site_url}{FOLDER}/schema/{type_of(kind)}.json"
        found[collection] = []
        of_type[type_of(kind)] = collection
    for record in made:
        if record.file:
            found[of_type[record.type]].append(
                {
                    "id": record.id,
                    "title": record.title,
                    "level": record.level.id if record.level else None,
                    "checked": record.dates.checked and record.dates.checked.isoformat(),
                    "review": record.review.state,
                    "version": record.version,
                    "page": record.page,
                    "file": record.file,
                }
            )
    return found


def _llms(guide: Guide, site_url: str) -> str:
    """What a language model, or whoever builds on one, is told first: https://llmstxt.org."""
    names = {
        "guide": guide,
        "words": guide.words,
        "licence": markup.plain(guide.site.licence),
        "attribution": attribution(guide, site_url),
        "root": site_url,
        "folder": FOLDER,
        "plain": markup.plain,
        "path_of": path_of,
        "address": lambda path: address(path, site_url),
    }
    return Templates((_TEMPLATES,)).load("llms").render(names)


def packed(value: Any) -> bytes:
    """A value as JSON on one line."""
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
