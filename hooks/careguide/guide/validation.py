"""Values → the model's parts, with the model's complaints in a contributor's words."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from careguide.model.describe import field_at, names_at
from careguide.model.fields import WRITE_ID, Part
from careguide.source.locations import Loc, at, spell
from careguide.source.problems import MOST, Problem, Wrong, closest, nearest, one_of, problems_at, quoted
from careguide.source.yaml_reader import UNREAD, Document

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class Origin:
    """Where in which file a thing is written."""

    document: Document
    prefix: Loc
    """The way to it inside the file: empty where the file is the thing."""

    @property
    def path(self) -> str:
        """Its file, relative to the project."""
        return self.document.path

    @property
    def written(self) -> Any:
        """Its value, as it is written."""
        return at(self.document.value, self.prefix)

    def line(self, loc: Loc = ()) -> int:
        """The line of a value inside it."""
        return self.document.line((*self.prefix, *loc))

    def line_of(self, loc: Loc, words: str) -> int:
        """The line of some words inside a value; that of the value where they are not found in it."""
        start = self.line(loc)
        after = [line for line in self.document.lines.values() if line > start]
        first = self.document.first_line
        lines = self.document.text.split("\n")[start - first : min(after) - first if after else None]
        alone = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
        return next((number for number, line in enumerate(lines, start) if alone.search(line)), start)

    def problem(self, loc: Loc, message: str, tip: str, *, words: str = "", blocks: bool = True) -> Problem:
        """What is wrong with a value inside it: the message goes on after the value's name.

        `words` are those of the value that it is about.
        """
        line = self.line_of(loc, words) if words else self.line(loc)
        return Problem(self.path, line, f"{spell(loc)} {message}".strip(), tip, blocks)


def build(model: type[P], value: Any, origin: Origin) -> tuple[P | None, list[Problem]]:
    """A model's instance, and what is wrong with its fields; None where that cannot be looked past."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        wrong = list(problems_at(origin, (), fields_fit_the_model(model, error, value)))
        filled, places = _filled_in(model, value, error)
        if not places:
            return None, wrong
        thing, others = build(model, filled, origin)
        if thing and is_draft(value):
            return thing, others
        return thing, wrong if thing else [*wrong, *(each for each in others if each not in wrong)]


def is_draft(value: Any) -> bool:
    """Whether a thing says that it is a draft, as it is written."""
    return isinstance(value, dict) and str(value.get("draft")).lower() == "true"


def _filled_in(model: type[Part], value: Any, error: ValidationError) -> tuple[Any, list[Loc]]:
    """A thing with any value that fits where one is still to be judged, and these places.

    They hold 'write-here', so that nobody publishes a choice that nobody made: it is no value, unless the
    thing is a draft. What stands for it lets the rest be looked at in the same run.
    """
    filled, places = deepcopy(value), []
    for each in error.errors(include_url=False):
        field = field_at(model, each["loc"])
        if each["input"] == WRITE_ID and field:
            right = field.form.example if field.form else str(field.bounds[0])
            *way, last = each["loc"]
            at(filled, tuple(way))[last] = field.choices[0] if field.choices else right
            places.append(each["loc"])
    return filled, places


def fields_fit_the_model(model: type[Part], error: ValidationError, value: Any) -> Wrong:
    """Every field must be one of its model, and hold what its model allows."""
    errors = error.errors(include_url=False)[: MOST + 1]
    misspelt = {_meant(model, each["loc"]) for each in errors if each["type"] == "extra_forbidden"}
    for each in errors:
        if not _follows(each, misspelt):
            message, tip = _explain(model, each, value)
            yield each["loc"], message, tip or "See a neighbouring file for its shape."


def _meant(model: type[Part], loc: Loc) -> Loc:
    """The way to the field that a misspelt one was meant to be."""
    return (*loc[:-1], closest(str(loc[-1]), names_at(model, loc[:-1])))


def _follows(error: Mapping[str, Any], misspelt: Collection[Loc]) -> bool:
    """Whether a complaint follows from another: on a misspelt field, an unread value or a wrong item."""
    if error["type"] == "missing" and error["loc"] in misspelt:
        return True
    value = error["input"]
    return value is UNREAD or (error["type"] == "too_short" and len(value) >= error["ctx"]["min_length"])


def _explain(model: type[Part], error: Mapping[str, Any], thing: Any) -> tuple[str, str]:
    """What must be true of a field of a thing as it is written, and a tip, from the model's own complaint."""
    value, loc, kind = error["input"], error["loc"], error["type"]
    field = field_at(model, loc)
    meaning = field.meaning if field else ""
    start = kind.partition("_")[0]
    if (value is None and kind != "missing") or kind == "string_too_short":
        found = "must not be empty", "Write something, or delete the field."
    elif kind == "missing":
        found = "must be given", meaning
    elif kind == "extra_forbidden":
        names = names_at(model, loc[:-1])
        near = closest(str(loc[-1]), names)
        # One that is there already is not what was meant.
        near = "" if near in at(thing, loc[:-1]) else near
        found = "must be a field that exists", f"Did you mean '{near}'?" if near else _names(names)
    elif kind == "literal_error" and field:
        message = f"must be one of {one_of(field.choices)}, not {_found(value)}"
        found = message, nearest(str(value), field.choices) or meaning
    elif kind == "too_short":
        found = "must have at least one item", meaning
    elif kind == "model_type":
        found = f"must have fields of its own, not {_found(value)}", _names(names_at(model, loc))
    elif kind == "value_error":
        found = _rule(str(error["ctx"]["error"]), value)
    elif start in ("greater", "less") and field:
        found = f"must be {field.shape}, not {_found(value)}", meaning
    else:
        shape, tip = _SHAPES.get(kind) or _SHAPES.get(start, ("right", ""))
        found = f"must be {shape}, not {_found(value)}", tip or meaning
    return found


def _names(names: list[str]) -> str:
    return f"The fields here are {one_of(names, last='and')}."


def _rule(rule: str, value: Any) -> tuple[str, str]:
    """A rule of the model's own, and a tip."""
    tip = next((tip for start, tip in _RULE_TIPS.items() if rule.startswith(start)), "")
    return rule if isinstance(value, dict) or ", but " in rule else f"{rule}, not {quoted(value)}", tip


def _found(value: Any) -> str:
    """What stands where something else is meant."""
    if isinstance(value, list):
        return "a list"
    return "fields of its own" if isinstance(value, dict) else quoted(value)


_SHAPES = {
    "tuple": ("a list", "Put each item on a line of its own that starts with '- '."),
    "string_type": ("a text", "Write one text; if it has a colon or a bracket, put it in quotes."),
    "string_pattern_mismatch": (
        "made of small letters, digits and hyphens",
        "Put single hyphens between words, such as 'warm-compress'.",
    ),
    "date": ("a real date", "Write year-month-day, such as 2026-11-21."),
    "dict": ("lines of 'name: value'", ""),
    "bool": ("true or false", ""),
    "int": ("a whole number", ""),
}
"""What a value must be, by the model's complaint or its first word, and a tip.

Without a tip, the field's own sentence is the tip.
"""
_RULE_TIPS = {
    "must have text, steps or signs": "Write what stands under the heading, or delete it.",
    "must not have steps": "Delete the steps: nobody should follow them.",
    "must be an address that starts with https:// or mailto:": (
        "Write https:// before a page's address, or mailto: before one for e-mail."
    ),
    "must hold words": "Write something, or delete the field.",
    "must start and end with a word": "Delete the blank.",
    "must be a number to call": "Write the digits that are dialled, or delete the line.",
    "must be a phone number": "Write its digits alone; what else there is to say of it belongs into 'note'.",
    "must be a colour": "Write '#' and six of the digits 0 to 9 and a to f, in quotes.",
    "must be an SVG file in overrides/": "Put it there, and write its path from the project's folder.",
    "must be an address that starts with https://": "Use the publisher's own page, copied from the browser.",
    "must be a date written as year-month-day": "Write the year first, and two digits for month and day.",
    "must be plain Markdown without HTML or script": (
        "Write the words alone; **bold** and [links by id](cause:dry-air) are allowed."
    ),
}
