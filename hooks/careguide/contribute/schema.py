"""What an editor must know to help with data files: a JSON Schema for each kind, made from the model, and the ids there are, made from the guide."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from careguide.guide.guide import DATA, SCHEMAS, Guide
from careguide.model import describe
from careguide.model.describe import Told
from careguide.model.fields import ID, Ref
from careguide.model.kinds import KINDS, LISTS
from careguide.source import markup

FOLDER = f"{DATA}/{SCHEMAS}"
IDS = f"{FOLDER}/ids.json"
_DRAFT = "http://json-schema.org/draft-07/schema#"
_TEXT = ["string", "number"]
"""What an editor may take a text for: `999` without quotes is a number to it."""


def files(guide: Guide) -> dict[str, str]:
    """Each schema's text, by its path."""
    made = {f"{FOLDER}/{model.singular}.json": _text(_kind(kind)) for kind, model in KINDS.items()}
    return {**made, IDS: _text(ids(guide)), ".vscode/settings.json": _text(_settings())}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _kind(kind: str) -> dict[str, Any]:
    model = KINDS[kind]
    fields = [each for each in describe.fields(model) if each.name != "id" or kind in LISTS]
    one = {"description": model.__doc__, **_fields(fields)}
    whole = {"type": "array", "items": one} if kind in LISTS else one
    return {"$schema": _DRAFT, "title": model.singular, **whole}


def _fields(fields: Sequence[Told]) -> dict[str, Any]:
    """An entry, or a value with fields of its own."""
    value: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: _field(each) for each in fields},
        "required": [each.name for each in fields if each.required],
    }
    if conditions := list(_conditions(fields)):
        value["allOf"] = conditions
    return value


def _conditions(fields: Sequence[Told]) -> Iterator[dict[str, Any]]:
    """Fields that must be given because of another's value."""
    for where in dict.fromkeys(where for each in fields for where in each.where):
        name, value = where.split(" is ")
        needed = [each.name for each in fields if where in each.where]
        yield {
            "if": {"properties": {name: {"const": value}}, "required": [name]},
            "then": {"required": needed},
        }


def _field(field: Told) -> dict[str, Any]:
    about = {"description": f"{field.meaning}\n\nHere: {field.shape}."}
    if field.many:
        return {
            **about,
            "type": "array",
            "items": _value(field),
            **({"minItems": 1} if field.required else {}),
        }
    return {**about, **_value(field)}


def _value(field: Told) -> dict[str, Any]:
    """What one value, or one item of a list, may be."""
    if field.inner:
        return _fields(field.inner)
    if field.ids:
        return {"$ref": f"ids.json#/definitions/{field.ids}"}
    if field.choices:
        return {"enum": list(field.choices)}
    for start, value in _VALUES.items():
        if start in field.shape:
            return value
    return {"type": _TEXT, "minLength": 1}


_VALUES: dict[str, dict[str, Any]] = {
    "year-month-day": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "true or false": {"type": "boolean"},
    "whole number": {"type": "integer", "minimum": 1, "maximum": 5},
    "https://": {"type": "string", "pattern": "^https://"},
    "small letters": {"type": "string", "pattern": f"^{ID.pattern}$"},
}
"""Values by what their shape says of them."""


def ids(guide: Guide) -> dict[str, Any]:
    """The ids that fields may hold, by kind, each with what it stands for. An empty list allows any."""
    named = dict.fromkeys(mark.kind for model in KINDS.values() for mark in _marks(describe.fields(model)))
    return {"$schema": _DRAFT, "definitions": {kind: _ids(guide, kind) for kind in named}}


def _marks(fields: Sequence[Told]) -> Iterator[Ref]:
    for each in fields:
        yield from [Ref(each.ids)] if each.ids else _marks(each.inner)


def _ids(guide: Guide, kind: str) -> dict[str, Any]:
    found = guide.of(kind)
    about = [markup.plain(_said(thing)) for thing in found.values()]
    return {"type": "string", "enum": list(found), "enumDescriptions": about} if found else {"type": "string"}


def _said(thing: Any) -> str:
    """What a thing is called."""
    return next(
        value
        for name in ("sign", "question", "amount", "term", "title")
        if (value := getattr(thing, name, ""))
    )


def _settings() -> dict[str, Any]:
    """Settings of an editor, so that new files get the same help before they have a first line."""
    schemas = {
        f"./{FOLDER}/{model.singular}.json": f"data/{kind}.yml" if kind in LISTS else f"data/{kind}/*.yml"
        for kind, model in KINDS.items()
    }
    return {
        "yaml.schemas": schemas,
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "files.eol": "\n",
        "files.encoding": "utf8",
        "files.insertFinalNewline": True,
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.quickSuggestions": {"strings": True},
            "editor.wordWrap": "on",
        },
    }
