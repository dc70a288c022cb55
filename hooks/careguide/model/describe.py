"""What the model says of each field, as values.

The field list of the command line, the new files, the editors' schemas, the issue forms and the tips of
messages are all made from this.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from careguide.model.fields import WRITE_ID, Part, Prose, Ref, Token
from careguide.model.kinds import where
from careguide.source.locations import Loc
from careguide.source.problems import one_of

ValueType = Literal[
    "text", "name", "address", "day", "yes-or-no", "whole-number", "choice", "id", "fields", "table"
]
"""What one value is. 'fields' has fields of its own; a 'table' has a value for each of any names."""


@dataclass(frozen=True)
class FieldDescription:
    """One field, as a contributor needs it explained."""

    name: str
    """Its name in the file."""
    meaning: str
    """What it means, in one sentence or two."""
    value: ValueType
    """What it is; of a list, what each of its items is."""
    many: bool
    """Whether it is a list."""
    required: bool
    """Whether every entry must have it."""
    choices: tuple[str, ...]
    """The only values it may have; empty where any will do."""
    ids_of: str
    """The kind whose ids it holds; empty where it holds none."""
    most_words: int
    """The most words it may have; 0 for no limit."""
    cites: bool
    """Whether it is Markdown of several paragraphs that names its sources itself."""
    bounds: tuple[int, int]
    """The least and the greatest whole number."""
    example: Any
    """One value of it, or one item of its list; for fields of its own, a mapping."""
    inner: tuple[FieldDescription, ...]
    """Its own fields."""

    @property
    def shape(self) -> str:
        """What is written there, in plain words: 'a list of texts of at most 25 words'."""
        one, several = _SHAPES[self.value]
        words = (several if self.many else one).format(
            place=where(self.ids_of) if self.ids_of else "",
            choices=one_of(self.choices) if self.choices else "",
            limit=f" of at most {self.most_words} words" if self.most_words else "",
            low=self.bounds[0],
            high=self.bounds[1],
        )
        return f"a list of {words}" if self.many else words


_SHAPES: dict[ValueType, tuple[str, str]] = {
    "text": ("a text{limit}", "texts{limit}"),
    "name": ("a name in small letters, digits and hyphens", "names in small letters, digits and hyphens"),
    "address": ("an address that starts with https://", "addresses that start with https://"),
    "day": ("a day, as year-month-day", "days, as year-month-day"),
    "yes-or-no": ("true or false", "true or false"),
    "whole-number": ("a whole number from {low} to {high}", "whole numbers from {low} to {high}"),
    "choice": ("one of {choices}", "words, each one of {choices}"),
    "id": ("an id from {place}", "ids from {place}"),
    "fields": ("fields of its own", "entries with fields of their own"),
    "table": ("lines of 'name: value'", "tables of 'name: value'"),
}
"""Each value in words: one, and several in a list."""


# ------------------------------------------------------------------------------------------------------------
# Reading the model


def meaning(model: type[Part]) -> str:
    """What a part is, in one line."""
    return " ".join((model.__doc__ or "").split())


@cache
def fields(model: type[Part]) -> tuple[FieldDescription, ...]:
    """The fields of a part, in the order of the model."""
    return tuple(_described(field.alias or name, field) for name, field in model.model_fields.items())


def field_at(model: type[Part], loc: Loc) -> FieldDescription | None:
    """The field at the end of a way into a part, whichever items of lists it leads through; None for none."""
    found, inner = None, fields(model)
    for name in (part for part in loc if isinstance(part, str)):
        found = next((each for each in inner if each.name == name), None)
        inner = found.inner if found else ()
    return found


def names_at(model: type[Part], loc: Loc) -> list[str]:
    """The names that a contributor may write at the end of a way into a part."""
    inner = fields(model)
    if any(isinstance(part, str) for part in loc):
        found = field_at(model, loc)
        inner = found.inner if found else ()
    return [each.name for each in inner if each.name not in ("id", "draft")]


def _described(name: str, field: FieldInfo) -> FieldDescription:
    many, base, marks = _bare(field.annotation, field.metadata)
    value = _value(base, marks)
    choices = get_args(base) if value == "choice" else ()
    inner = fields(base) if value == "fields" else ()
    ids_of, most_words, cites, least, greatest = "", 0, False, 0, 0
    for mark in marks:
        if isinstance(mark, Ref):
            ids_of = mark.kind
        elif isinstance(mark, Prose):
            most_words, cites = mark.most, mark.cites
        least, greatest = getattr(mark, "ge", least), getattr(mark, "le", greatest)
    return FieldDescription(
        name=name,
        meaning=" ".join((field.description or "").split()),
        value=value,
        many=many,
        required=field.is_required(),
        choices=choices,
        ids_of=ids_of,
        most_words=most_words,
        cites=cites,
        bounds=(least, greatest),
        example=_example(field, value, choices, inner, marks),
        inner=inner,
    )


def _bare(annotation: Any, metadata: Iterable[Any]) -> tuple[bool, Any, tuple[Any, ...]]:
    """Whether a field is a list; the type of the field or of its items; and what is marked on it."""
    marks, many = tuple(metadata), False
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation, marks = annotation.__origin__, (*marks, *annotation.__metadata__)
        elif get_origin(annotation) is tuple:
            annotation, many = get_args(annotation)[0], True
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not NoneType)
        else:
            return many, annotation, marks


def _value(base: Any, marks: Iterable[Any]) -> ValueType:
    """What a value of this type is."""
    for mark in marks:
        if isinstance(mark, Token):
            return mark.form
        if isinstance(mark, Ref):
            return "id"
    if get_origin(base) is Literal:
        return "choice"
    if get_origin(base) is dict:
        return "table"
    if issubclass(base, Part):
        return "fields"
    types: dict[Any, ValueType] = {datetime.date: "day", bool: "yes-or-no", int: "whole-number"}
    return types.get(base, "text")


def _example(
    field: FieldInfo,
    value: ValueType,
    choices: tuple[str, ...],
    inner: tuple[FieldDescription, ...],
    marks: Iterable[Any],
) -> Any:
    """A value as it could stand there: the field's own example, its type's, or what its type itself says."""
    for declared in (field, *marks):
        if isinstance(declared, FieldInfo) and declared.examples:
            return declared.examples[0]
    if inner:
        # Where nothing is required, as in a thing's codes, an example has all fields.
        shown = [each for each in inner if each.required or not inner[0].required]
        return {each.name: [each.example] if each.many else each.example for each in shown}
    if choices:
        return choices[0]
    return {"yes-or-no": "true", "whole-number": 3, "id": WRITE_ID}.get(value, "")


# ------------------------------------------------------------------------------------------------------------
# In words


def explained(model: type[Part], things: Iterable[Part] = ()) -> str:
    """Every field of a kind, as the command line shows it.

    The examples are from things of that kind, where there are any.
    """
    written = [thing.model_dump(mode="json", by_alias=True) for thing in things]
    return "\n\n".join(_explained(fields(model), written))


def _explained(described: Iterable[FieldDescription], written: list[Any], above: str = "") -> Iterator[str]:
    for field in described:
        name = f"{above}{field.name}"
        needed = "required" if field.required else "may be left out"
        values = [value for one in written for value in _as_list(one.get(field.name))]
        # Of a text of several paragraphs, the first is enough.
        first = str(next(iter(values), field.example)).partition("\n")[0]
        example = "" if field.inner else f"\n  Example: {first}"
        yield f"{name}: {field.shape}; {needed}\n  {field.meaning}{example}"
        yield from _explained(field.inner, values, f"{name}[]." if field.many else f"{name}.")


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value in (None, False) else [value]
