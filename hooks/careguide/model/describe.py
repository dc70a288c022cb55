"""What the model says of each field, as values.

The field list of the command line, the new files, the editors' schemas, the issue forms and the tips of
messages are all made from this.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from careguide.model.fields import WRITE_ID, Form, Part, Prose, Ref, is_part, sentences, type_of
from careguide.model.kinds import where
from careguide.source.locations import Loc
from careguide.source.problems import one_of

ValueType = Literal["text", "day", "yes-or-no", "whole-number", "choice", "id", "fields", "table"]
"""What one value is. 'fields' has fields of its own; a 'table' has a value for each of any names."""
_TYPES: dict[Any, ValueType] = {datetime.date: "day", bool: "yes-or-no", int: "whole-number", dict: "table"}


@dataclass
class FieldDescription:
    """One field, as a contributor needs it explained."""

    name: str
    """Its name in the file."""
    meaning: str
    """What it means, in one sentence or two."""
    required: bool
    """Whether every entry must have it."""
    many: bool
    """Whether it is a list."""
    value: ValueType
    """What it is; of a list, what each of its items is."""
    choices: tuple[str, ...] = ()
    """The only values it may have; empty where any will do."""
    inner: tuple["FieldDescription", ...] = ()
    """Its own fields."""
    example: Any = ""
    """One value of it, or one item of its list; for fields of its own, a mapping."""
    form: Form | None = None
    """The special way in which a text is written."""
    ids_of: str = ""
    """The kind whose ids it holds; empty where it holds none."""
    most_words: int = 0
    """The most words it may have; 0 for no limit."""
    cites: bool = False
    """Whether it is Markdown of several paragraphs that names its sources itself."""
    bounds: tuple[int, int] = (0, 0)
    """The least and the greatest whole number."""

    @property
    def shape(self) -> str:
        """What is written there, in plain words: 'a list of texts of at most 25 words'."""
        one, several = (self.form.one, self.form.several) if self.form else _SHAPES[self.value]
        words = several if self.many else one
        if self.ids_of:
            words += where(self.ids_of)
        if self.choices:
            words += one_of(self.choices)
        if self.most_words:
            words += f" of at most {self.most_words} words"
        if self.value == "whole-number":
            words += f" from {self.bounds[0]} to {self.bounds[1]}"
        return f"a list of {words}" if self.many else words


_SHAPES: dict[ValueType, tuple[str, str]] = {
    "text": ("a text", "texts"),
    "day": ("a day, as year-month-day", "days, as year-month-day"),
    "yes-or-no": ("true or false", "true or false"),
    "whole-number": ("a whole number", "whole numbers"),
    "choice": ("one of ", "words, each one of "),
    "id": ("an id from ", "ids from "),
    "fields": ("fields of its own", "entries with fields of their own"),
    "table": ("lines of 'name: value'", "tables of 'name: value'"),
}
"""Each value in words: one, and several in a list."""


def meaning(model: type[Part]) -> str:
    """What a part is, in one line."""
    return " ".join((model.__doc__ or "").split())


@cache
def fields(model: type[Part]) -> tuple[FieldDescription, ...]:
    """The fields of a part, in the order of the model."""
    about = sentences(model)
    return tuple(_described(name, field, about[name]) for name, field in model.model_fields.items())


def field_at(model: type[Part], loc: Loc) -> FieldDescription | None:
    """The field at the end of a way into a part, whichever items of lists it leads through; None for none."""
    return _at(model, loc)[0]


def names_at(model: type[Part], loc: Loc) -> list[str]:
    """The names that a contributor may write at the end of a way into a part."""
    return [each.name for each in _at(model, loc)[1] if each.name not in ("id", "draft")]


def _at(model: type[Part], loc: Loc) -> tuple[FieldDescription | None, tuple[FieldDescription, ...]]:
    """The field at the end of a way into a part, and the fields there."""
    found, inner = None, fields(model)
    for name in loc:
        if isinstance(name, str):
            found = next((each for each in inner if each.name == name), None)
            inner = found.inner if found else ()
    return found, inner


def _described(name: str, field: FieldInfo, sentence: str) -> FieldDescription:
    many, base, marks = type_of(field)
    value = _TYPES.get(get_origin(base) or base, "text")
    found = FieldDescription(name, sentence, field.is_required(), many, value)
    if get_origin(base) is Literal:
        found.value, found.choices = "choice", get_args(base)
    elif is_part(base):
        found.value, found.inner = "fields", fields(base)
    examples = list(field.examples or ())
    for mark in marks:
        if isinstance(mark, Ref):
            found.value, found.ids_of = "id", mark.kind
        elif isinstance(mark, Prose):
            found.most_words, found.cites = mark.most, mark.cites
        elif isinstance(mark, Form):
            found.form = mark
            examples.append(mark.example)
        elif isinstance(mark, FieldInfo):
            examples += mark.examples or ()
        least, greatest = found.bounds
        found.bounds = getattr(mark, "ge", least), getattr(mark, "le", greatest)
    found.example = examples[0] if examples else _example(found)
    return found


def _example(field: FieldDescription) -> Any:
    """A value as it could stand there, where the model gives none."""
    if field.inner:
        # Where nothing is required, as in a thing's codes, an example has all fields.
        shown = [each for each in field.inner if each.required or not field.inner[0].required]
        return {each.name: [each.example] if each.many else each.example for each in shown}
    if field.choices:
        return field.choices[0]
    return {"yes-or-no": "true", "whole-number": 3, "id": WRITE_ID}.get(field.value, "")


def explained(model: type[Part], things: Iterable[Part] = ()) -> str:
    """Every field of a kind, as the command line shows it.

    The examples are from things of that kind, where there are any.
    """
    written = [thing.model_dump(mode="json") for thing in things]
    return "\n\n".join(_explained(fields(model), written))


def _explained(described: Iterable[FieldDescription], written: list[Any], above: str = "") -> Iterator[str]:
    for field in described:
        name = f"{above}{field.name}"
        needed = "required" if field.required else "may be left out"
        values = []
        for one in written:
            value = one.get(field.name)
            values += value if isinstance(value, list) else [value]
        values = [value for value in values if value not in (None, False)]
        # Of a text of several paragraphs, the first is enough.
        first = str(next(iter(values), field.example)).partition("\n")[0]
        example = "" if field.inner else f"\n  Example: {first}"
        yield f"{name}: {field.shape}; {needed}\n  {field.meaning}{example}"
        yield from _explained(field.inner, values, f"{name}[]." if field.many else f"{name}.")
