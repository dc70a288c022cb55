"""Values → the model's parts, with the model's complaints in a contributor's words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from careguide.model.fields import Part, meanings
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, closest, nearest, one_of, quoted
from careguide.source.yaml_reader import UNREAD, Document

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Origin:
    """Where in which file a thing is written."""

    document: Document
    """Its file."""
    prefix: Loc
    """The way to it inside the file: empty where the file is the thing."""

    @property
    def path(self) -> str:
        """Its file, relative to the project."""
        return self.document.path

    def line(self, loc: Loc = ()) -> int:
        """The line of a value inside it."""
        return self.document.line((*self.prefix, *loc))


def build(model: type[P], value: Any, origin: Origin, problems: list[Problem]) -> P | None:
    """A model's instance, or None with what is wrong with each field."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        misspelt = {_meant(model, tuple(each["loc"])) for each in errors if each["type"] == "extra_forbidden"}
        problems += (_field_problem(model, each, origin) for each in errors if not _follows(each, misspelt))
        return None


def _meant(model: type[Part], loc: Loc) -> Loc:
    """The way to the field that a misspelt one was meant to be."""
    return (*loc[:-1], closest(str(loc[-1]), _field_names(_part(model, loc[:-1]))))


def _follows(error: Mapping[str, Any], misspelt: Collection[Loc]) -> bool:
    """Whether a complaint only follows from another: of a field that is there but misspelt, of a value that was not read, or of a list that is short because its items are wrong."""
    if error["type"] == "missing" and tuple(error["loc"]) in misspelt:
        return True
    value = error["input"]
    return value is UNREAD or (error["type"] == "too_short" and len(value) >= error["ctx"]["min_length"])


def _field_problem(model: type[Part], error: Mapping[str, Any], origin: Origin) -> Problem:
    loc = tuple(error["loc"])
    message, tip = _explain(model, error)
    return Problem(origin.path, origin.line(loc), f"{spell(loc)} {message}".strip(), tip or _OTHER_TIP)


def _explain(model: type[Part], error: Mapping[str, Any]) -> tuple[str, str]:
    """What must be true of a field, and a tip, from the model's own complaint."""
    value, loc, kind = error["input"], tuple(error["loc"]), error["type"]
    if kind == "missing":
        return "must be given", _about(model, loc)
    if kind == "extra_forbidden":
        names = _field_names(_part(model, loc[:-1]))
        return "must be a field that exists", nearest(
            str(loc[-1]), names
        ) or f"The fields here are {one_of(names, last='and')}."
    if value is None or kind == "string_too_short":
        return "must not be empty", "Write something, or delete the field."
    if kind == "literal_error":
        choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return f"must be one of {one_of(choices)}, not {_found(value)}", nearest(
            str(value), choices
        ) or _about(model, loc)
    if kind == "too_short":
        return "must have at least one item", _about(model, loc)
    if kind == "model_type":
        return (
            f"must have fields of its own, not {_found(value)}",
            f"The fields here are {one_of(_field_names(_part(model, loc)), last='and')}.",
        )
    if kind == "value_error":
        return _rule(str(error["ctx"]["error"]), value)
    shape, tip = next((shape for start, shape in _SHAPES.items() if kind.startswith(start)), ("right", ""))
    return f"must be {shape}, not {_found(value)}", tip or _about(model, loc)


def _rule(rule: str, value: Any) -> tuple[str, str]:
    """A rule of the model's own, and a tip."""
    tip = next((tip for start, tip in _RULE_TIPS.items() if rule.startswith(start)), "")
    return rule if isinstance(value, dict) or ", but " in rule else f"{rule}, not {quoted(value)}", tip


def _found(value: Any) -> str:
    """What stands where something else is meant."""
    return (
        "a list"
        if isinstance(value, list)
        else "fields of its own"
        if isinstance(value, dict)
        else quoted(value)
    )


def _about(model: type[Part], loc: Loc) -> str:
    """What the field that is found at the end of this way means."""
    names = [part for part in loc if isinstance(part, str)]
    owner = _part(model, tuple(names[:-1]))
    return meanings(owner).get(_key(owner, names[-1]), "") if owner and names else ""


_SHAPES = {
    "tuple": ("a list", "Put each item on a line of its own that starts with '- '."),
    "string_type": ("a text", "Write one text; if it has a colon or a bracket, put it in quotes."),
    "string_pattern": (
        "made of small letters, digits and hyphens",
        "Put single hyphens between words, such as 'warm-compress'.",
    ),
    "date": ("a real date", "Write year-month-day, such as 2026-11-21."),
    "dict": ("lines of 'name: value'", ""),
    "bool": ("true or false", ""),
    "int": ("a whole number", ""),
    "greater": ("a whole number from 1 to 5", ""),
    "less": ("a whole number from 1 to 5", ""),
}
"""What a value must be, by the start of the model's complaint, and a tip; without one, the field's own sentence is the tip."""
_RULE_TIPS = {
    "must have": "Add what is missing: the page would not be safe without it.",
    "must not have steps": "Delete the steps: nobody should follow them.",
    "must be an address that starts with https://": "Use the publisher's own page, copied from the browser.",
    "must be a date written as year-month-day": "Write the year first, and two digits for month and day.",
    "must be plain Markdown without HTML or script": "Write the words alone; **bold** and [links by id](cause:caffeine) are allowed.",
}
_OTHER_TIP = "See a neighbouring file for its shape."


def _part(model: type[Part], loc: Loc) -> type[Part] | None:
    """The model that is found at the end of this way into `model`."""
    for name in (part for part in loc if isinstance(part, str)):
        key = _key(model, name)
        model = key and next(_models_in(model.model_fields[key].annotation), None)
        if not model:
            return None
    return model


def _key(model: type[Part], name: str) -> str:
    """A field's name in the model, by its name in the file; empty where there is no such field."""
    return next((key for key, field in model.model_fields.items() if name == (field.alias or key)), "")


def _field_names(model: type[Part] | None) -> list[str]:
    return (
        [field.alias or name for name, field in model.model_fields.items() if name not in ("id", "draft")]
        if model
        else []
    )


def _models_in(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
