"""What an editor must know to help with data files.

A JSON Schema for each kind is made from the model; the ids there are come from the guide. pydantic's own
schema will not do: it describes values as the model holds them, not texts as YAML has them, and it knows
neither ids nor what a field's value makes necessary.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from careguide.guide.guide import SCHEMAS, Guide
from careguide.model import describe
from careguide.model.describe import FieldDescription, ValueType
from careguide.model.fields import Part
from careguide.model.kinds import DATA, KINDS, LISTS, SINGLES, file_of
from careguide.model.site import FILE as SITE
from careguide.model.site import Site
from careguide.source import markup

FOLDER = f"{DATA}/{SCHEMAS}"
IDS = f"{FOLDER}/ids.json"
SETTINGS = ".vscode/settings.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"


def files(guide: Guide) -> dict[str, str]:
    """Each schema's text by path, and VS Code's settings that name them, so that new files are helped too."""
    made = {f"{FOLDER}/site.json": _schema("site", Site)}
    schemas: dict[str, Any] = {f"./{FOLDER}/site.json": SITE}
    for kind, model in KINDS.items():
        path = f"{FOLDER}/{model.singular}.json"
        made[path] = _schema(model.singular, model, is_list=kind in LISTS)
        single = [file_of(kind, name) for name, of in SINGLES.items() if of == kind]
        schemas[f"./{path}"] = [file_of(kind, "*"), *single] if single else file_of(kind, "*")
    settings = (Path(__file__).parent / "templates" / "vscode.json").read_text(encoding="utf-8")
    made |= {IDS: ids(guide), SETTINGS: {"yaml.schemas": schemas, **json.loads(settings)}}
    return {path: as_text(value) for path, value in made.items()}


def as_text(value: Any) -> str:
    """A value as JSON for people to read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _schema(title: str, model: type[Part], *, is_list: bool = False) -> dict[str, Any]:
    # A thing with a file of its own has the file's name as its id.
    fields = [field for field in describe.fields(model) if field.name != "id" or is_list]
    one = {"description": describe.meaning(model), **_fields(fields)}
    whole = {"type": "array", "items": one} if is_list else one
    return {"$schema": _DRAFT, "title": title, **whole}


def _fields(fields: Iterable[FieldDescription]) -> dict[str, Any]:
    """An entry, or a value with fields of its own."""
    properties, required = {}, []
    for field in fields:
        properties[field.name] = _field(field)
        if field.required:
            required.append(field.name)
    return {"type": "object", "additionalProperties": False, "properties": properties, "required": required}


def _field(field: FieldDescription) -> dict[str, Any]:
    about = {"description": f"{field.meaning}\n\nHere: {field.shape}."}
    if not field.many:
        return about | _value(field)
    least = {"minItems": 1} if field.required else {}
    return {**about, "type": "array", "items": _value(field), **least}


def _value(field: FieldDescription) -> dict[str, Any]:
    """What one value, or one item of a list, may be."""
    if field.value == "fields":
        return _fields(field.inner)
    if field.value == "id":
        return {"$ref": f"ids.json#/definitions/{field.ids_of}"}
    if field.value == "choice":
        return {"enum": list(field.choices)}
    if field.value == "whole-number":
        low, high = field.bounds
        return {"type": "integer", "minimum": low, "maximum": high}
    if field.form:
        return {"type": "string", "pattern": f"^{field.form.pattern}$"}
    return _VALUES[field.value]


_VALUES: dict[ValueType, dict[str, Any]] = {
    "day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "yes-or-no": {"type": "boolean"},
    "text": {"type": ["string", "number"], "minLength": 1},  # an editor takes `999` for a number
}


def ids(guide: Guide) -> dict[str, Any]:
    """The ids that fields may hold, by kind, each with what it stands for. An empty list allows any."""
    named: dict[str, dict[str, Any]] = {}
    for model in (*KINDS.values(), Site):
        for kind in _kinds_named(describe.fields(model)):
            named[kind] = _ids(guide, kind)
    return {"$schema": _DRAFT, "definitions": named}


def _kinds_named(fields: Iterable[FieldDescription]) -> Iterator[str]:
    """The kinds whose ids stand in some of these fields."""
    for field in fields:
        if field.ids_of:
            yield field.ids_of
        yield from _kinds_named(field.inner)


def _ids(guide: Guide, kind: str) -> dict[str, Any]:
    things = guide.of(kind)
    if not things:
        return {"type": "string"}
    about = [markup.plain(_words_of(thing)) for thing in things.values()]
    return {"type": "string", "enum": list(things), "enumDescriptions": about}


def _words_of(thing: Any) -> str:
    """The words that a thing is known by."""
    for name in ("sign", "question", "amount", "term", "title", "label", "text", "country"):
        if words := getattr(thing, name, ""):
            return str(words)
    return ""
