"""A thing as a commented file that somebody can fill in. It passes the check as a draft, and cannot be published before every place is filled."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from careguide.model import describe
from careguide.model.describe import Told
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.kinds import KINDS, LISTS
from careguide.source.problems import one_of
from careguide.source.yaml_writer import written

Given = Mapping[str, Any]
"""Values that are known already, by field."""

_DRAFT = "draft: true  # Checked, but not published. Delete this line once every place marked 'write here' is written."


def schema_line(kind: str) -> str:
    """The first line of a data file: it tells an editor what may stand in it. Its address is relative to the file."""
    return f"# yaml-language-server: $schema={'' if kind in LISTS else '../'}schema/{KINDS[kind].singular}.json\n"


def file(kind: str, given: Given, *, today: datetime.date) -> str:
    """A thing of a kind that has files of its own."""
    return schema_line(kind) + "".join(f"{line}\n" for line in _thing(kind, given, today))


def entry(kind: str, id: str, given: Given, *, today: datetime.date) -> str:
    """An entry for the end of a list."""
    first, *rest = [f"id: {id}", *_thing(kind, given, today)]
    return f"- {first}\n" + "".join(f"  {line}\n" for line in rest)


def _thing(kind: str, given: Given, today: datetime.date) -> Iterator[str]:
    yield _DRAFT
    fields = [each for each in describe.fields(KINDS[kind]) if each.name not in ("id", "draft")]
    given = {**_defaults(fields, today), **given}
    for each in fields:
        is_here = each.name in given or _needed(each, given)
        yield f"# {each.meaning}{_note(each, is_here)}"
        value = given.get(each.name, _place(each, today))
        yield from (
            line if is_here else f"# {line}" for line in written({each.name: value}).rstrip("\n").split("\n")
        )


def _defaults(fields: Iterable[Told], today: datetime.date) -> Given:
    """What must be given, with a place to fill in."""
    return {each.name: _place(each, today) for each in fields if each.required}


def _needed(field: Told, given: Given) -> bool:
    """Whether a field must be given because of the value of another."""
    return any(f"{name} is {value}" in field.where for name, value in given.items())


def _note(field: Told, is_here: bool) -> str:
    """What a field may hold, and whether it may be left out."""
    parts = [_parts(field)] if field.inner else [field.shape]
    return f" ({'; '.join([*parts, *(() if is_here else ('may be left out',))])})"


def _parts(field: Told) -> str:
    """The fields a value has of its own."""
    names = [f"{each.name} ({each.shape})" if each.choices else each.name for each in field.inner]
    return f"{'each ' if field.many else ''}with {one_of(names, last='and')}"


def _place(field: Told, today: datetime.date) -> Any:
    """A value that passes the check of a draft and is told from a real one."""
    if field.inner:
        return _listed(
            field,
            dict(_defaults(field.inner, today)) or {each.name: _place(each, today) for each in field.inner},
        )
    if field.choices:
        return _listed(field, field.choices[0])
    if field.shape.startswith("a day"):
        return today.isoformat()
    if field.shape.startswith("a whole number"):
        return int(field.shape.rsplit(" ", 1)[1])
    if field.shape.startswith("an address"):
        return f"https://{WRITE_ID}.example/"
    return _listed(field, WRITE_ID if field.ids or "small letters" in field.shape else WRITE_HERE)


def _listed(field: Told, value: Any) -> Any:
    return [value] if field.many else value
