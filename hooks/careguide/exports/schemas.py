"""The form of the open data for programs: a JSON Schema for each type, and an OpenAPI description.

Both are made from the models, so no field is described twice. A schema allows fields that it does not name,
because a later version of the same form may add some.
"""

from typing import Any

from pydantic import BaseModel

from careguide.exports.record import API, Record
from careguide.exports.records import COLLECTIONS, FOLDER, IN_ONE_FILE, type_of
from careguide.flow import view
from careguide.flow.plan import Plan
from careguide.guide.guide import Guide
from careguide.model.kinds import KINDS
from careguide.source import markup

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FOR_WRITERS = {"draft", "lowered"}
_ARTICLE = "Its page's words as Markdown, without what is made from the fields."


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each type of record, by type."""
    record = Record.model_json_schema(mode="serialization")
    found = {}
    for kind in (*COLLECTIONS.values(), *IN_ONE_FILE):
        found[type_of(kind)] = _schema(kind, _open(record))
    return found


def _schema(kind: str, about: dict[str, Any]) -> dict[str, Any]:
    """The form of a kind: what every record says, and the fields of its model as `data`."""
    model: type[BaseModel] = KINDS[kind]
    data = _open(model.model_json_schema(mode="serialization"))
    if kind == "symptoms":
        data["properties"]["article"] = {"description": _ARTICLE, "type": "string"}
    if kind == "flows":
        data["properties"]["plan"] = _PLAN
        data["required"].append("plan")
    defined = about.pop("$defs") | data.pop("$defs", {})
    about["properties"]["type"] = {**about["properties"]["type"], "const": type_of(kind)}
    about["properties"]["data"] = data
    return {"$schema": _DRAFT, **about, "title": type_of(kind), "$defs": defined}


_PLAN = {
    "description": " ".join((Plan.__doc__ or "").split())
    + " Screens with their lines, in order: id, level when"
    " it is true, level in doubt (not_sure, empty for none), and the contexts of whom it is asked (of all"
    " where there are none).",
    "type": "object",
    "required": ["id", "levels", "screens"],
    "properties": {
        "id": {"type": "string"},
        "levels": {"type": "array", "items": {"type": "string"}},
        "screens": {"type": "array", "items": {"type": "object"}},
    },
}


def _open(schema: Any) -> Any:
    """A schema without fields for writers, and open to fields that come later."""
    if isinstance(schema, list):
        return list(map(_open, schema))
    if not isinstance(schema, dict):
        return schema
    found: dict[str, Any] = {}
    for name, value in schema.items():
        if name == "additionalProperties" and value is False:
            continue
        if name == "title" and isinstance(value, str):  # only the field's name again
            continue
        if name == "description" and isinstance(value, str):
            found[name] = " ".join(value.split())
        elif name == "properties":
            found[name] = {each: _open(it) for each, it in value.items() if each not in _FOR_WRITERS}
        elif name == "required":
            found[name] = sorted(set(value) - _FOR_WRITERS, key=value.index)
        elif name != "examples":
            found[name] = _open(value)
    return found


# The addresses


def openapi(guide: Guide, site_url: str) -> dict[str, Any]:
    """The OpenAPI description of all files, with the form of each."""
    paths: dict[str, Any] = {
        "/index.json": _get("Everything there is: levels of urgency, and each record by collection.", _JSON),
        "/guide.jsonl": _get(
            "Every record, one a line.", {"application/jsonl": {"schema": {"type": "string"}}}
        ),
    }
    for collection, kind in COLLECTIONS.items():
        ids = list(dict(view.checks(guide)) if kind == "flows" else guide.of(kind))
        if ids:
            type_ = type_of(kind)
            content = {"application/json": {"schema": {"$ref": f"schema/{type_}.json"}}}
            known = {"type": "string", "examples": ids[:3]}
            id_ = {"name": "id", "in": "path", "required": True, "schema": known}
            paths[f"/{collection}/{{id}}.json"] = {**_get(f"One {type_}.", content), "parameters": [id_]}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": guide.site.name,
            "summary": guide.site.home.description,
            "version": API,
            "license": {"name": markup.plain(guide.site.licence)},
        },
        "servers": [{"url": f"{site_url}{FOLDER}" if site_url else "."}],
        "paths": paths,
    }


_JSON = {"application/json": {"schema": {"type": "object"}}}


def _get(summary: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"get": {"summary": summary, "responses": {"200": {"description": summary, "content": content}}}}
