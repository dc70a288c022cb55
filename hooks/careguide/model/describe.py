"""What the model says of each field, in plain words. The field list, the samples, the editor's schema and the issue forms are all made from this."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from careguide.model.fields import ID, WRITE_ID, Entry, Part, Ref, Words, meanings
from careguide.model.kinds import KINDS, PLURALS, where
from careguide.source.problems import one_of


@dataclass(frozen=True)
class Told:
    """One field, as a contributor needs it explained."""

    name: str
    """Its name in the file."""
    meaning: str
    """What it means, in one sentence or two."""
    shape: str
    """What is written there, in plain words: 'a list of texts of at most 25 words'."""
    required: bool
    """Whether every entry must have it."""
    where: tuple[str, ...]
    """Where else it must be given: 'verdict is try'."""
    many: bool
    """Whether it is a list."""
    choices: tuple[str, ...]
    """The only values it may have; empty where any will do."""
    ids: str
    """The kind whose ids it holds; empty where it holds none."""
    example: Any
    """One value of it, or one item of its list; for fields of its own, a mapping."""
    inner: tuple[Told, ...]
    """Its own fields."""
    model: type[Part] | None
    """What its own fields are declared in."""


def kind_of(word: str) -> str:
    """A kind by its own name or by its singular: `cause` or `causes` → causes. Empty for a word that is none."""
    return word if word in KINDS else PLURALS.get(word, "")


@cache
def fields(model: type[Part]) -> tuple[Told, ...]:
    """The fields of a part, in the order of the model."""
    return tuple(_told(model, name, field) for name, field in model.model_fields.items())


def _told(model: type[Part], name: str, field: FieldInfo) -> Told:
    key, name = name, field.alias or name
    many, base, marks = _bare(field.annotation, field.metadata)
    part = base if isinstance(base, type) and issubclass(base, Part) else None
    choices = get_args(base) if get_origin(base) is Literal else ()
    ids = next((mark.kind for mark in marks if isinstance(mark, Ref)), "")
    needs = model.needs if issubclass(model, Entry) else {}
    return Told(
        name=name,
        meaning=meanings(model)[key],
        shape=_shape(many, base, marks, choices, ids),
        required=field.is_required(),
        where=tuple(f"{other} is {value}" for (other, value), needed in needs.items() if name in needed),
        many=many,
        choices=choices,
        ids=ids,
        example=_example(field, part, base, marks, choices, ids),
        inner=fields(part) if part else (),
        model=part,
    )


def _bare(annotation: Any, marks: Any) -> tuple[bool, Any, tuple[Any, ...]]:
    """Whether a field is a list; the type of the field or of its items; and what is marked on it."""
    marks, many = tuple(marks), False
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation, marks = annotation.__origin__, (*marks, *annotation.__metadata__)
        elif get_origin(annotation) is tuple:
            annotation, many = get_args(annotation)[0], True
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(each for each in get_args(annotation) if each is not NoneType)
        else:
            return many, annotation, marks


def _shape(many: bool, base: Any, marks: tuple[Any, ...], choices: tuple[str, ...], ids: str) -> str:
    one, several = _words(base, marks, choices, ids)
    return f"a list of {several}" if many else one


def _words(base: Any, marks: tuple[Any, ...], choices: tuple[str, ...], ids: str) -> tuple[str, str]:
    """What a value is, and what several of them are."""
    if ids:
        return f"an id from {where(ids)}", f"ids from {where(ids)}"
    if choices:
        return f"one of {one_of(choices)}", f"words, each one of {one_of(choices)}"
    if isinstance(base, type) and issubclass(base, Part):
        return "fields of its own", "entries with fields of their own"
    if base is datetime.date:
        return "a day, as year-month-day", "days, as year-month-day"
    if base is bool:
        return "true or false", "true or false"
    if base is int:
        low, high = (
            next(getattr(mark, name) for mark in marks if hasattr(mark, name)) for name in ("ge", "le")
        )
        return f"a whole number from {low} to {high}", f"whole numbers from {low} to {high}"
    return _text_words(marks)


def _text_words(marks: tuple[Any, ...]) -> tuple[str, str]:
    if any(getattr(mark, "pattern", None) == f"^{ID.pattern}$" for mark in marks):
        return "a name in small letters, digits and hyphens", "names in small letters, digits and hyphens"
    if any(getattr(getattr(mark, "func", None), "__name__", "") == "_https" for mark in marks):
        return "an address that starts with https://", "addresses that start with https://"
    most = next((mark.most for mark in marks if isinstance(mark, Words)), 0)
    limit = f" of at most {most} words" if most else ""
    return f"a text{limit}", f"texts{limit}"


def _example(
    field: FieldInfo,
    part: type[Part] | None,
    base: Any,
    marks: tuple[Any, ...],
    choices: tuple[str, ...],
    ids: str,
) -> Any:
    """A value as it could stand there: the field's own example, its type's, or what the shape itself says."""
    if field.examples:
        return field.examples[0]
    if found := next(
        (mark.examples[0] for mark in marks if isinstance(mark, FieldInfo) and mark.examples), None
    ):
        return found
    if part:
        inner = fields(part)
        return {
            each.name: [each.example] if each.many else each.example
            for each in inner
            if each.required or not inner[0].required
        }
    shapes: dict[Any, Any] = {bool: "true", int: 3}
    return choices[0] if choices else WRITE_ID if ids else shapes[base]


def explained(model: type[Part], things: Iterable[Part] = ()) -> str:
    """Every field of a kind, as the command line shows it, with examples from things of that kind where there are any."""
    written = [thing.model_dump(mode="json", by_alias=True) for thing in things]
    return "\n\n".join(_lines(fields(model), written))


def _lines(told: tuple[Told, ...], written: list[Any], above: str = "") -> Iterator[str]:
    for each in told:
        name = f"{above}{each.name}"
        needed = (
            "required"
            if each.required
            else f"required where {one_of(each.where)}"
            if each.where
            else "may be left out"
        )
        values = [value for one in written for value in _listed(one.get(each.name))]
        example = "" if each.inner else f"\n  Example: {next(iter(values), each.example)}"
        yield f"{name}: {each.shape}; {needed}\n  {each.meaning}{example}"
        yield from _lines(each.inner, values, f"{name}[]." if each.many else f"{name}.")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value in (None, False) else [value]
