"""A thing as a commented file that somebody can fill in.

It passes the check as a draft, and cannot be published before every place is filled.
"""

import datetime
from collections.abc import Mapping
from textwrap import indent
from typing import Any

from careguide.model import describe
from careguide.model.describe import FieldDescription
from careguide.model.fields import WRITE_HERE, WRITE_ID
from careguide.model.kinds import KINDS, LISTS
from careguide.source.problems import one_of
from careguide.source.yaml_writer import written

Given = Mapping[str, Any]  # values that are known already, by field
_DRAFT = (
    "draft: true  # Checked, but not published. "
    "Delete this line once every place marked 'write here' is written."
)


def schema_line(kind: str) -> str:
    """The first line of a data file, which tells an editor, by an address beside it, what may stand in it."""
    folder = "schema" if kind in LISTS else "../schema"
    return f"# yaml-language-server: $schema={folder}/{KINDS[kind].singular}.json\n"


def file(kind: str, given: Given, today: datetime.date) -> str:
    """A thing of a kind that has files of its own."""
    return schema_line(kind) + _thing(kind, given, today)


def entry(kind: str, id_: str, given: Given, today: datetime.date) -> str:
    """An entry for the end of a list."""
    return "-" + indent(f"id: {id_}\n{_thing(kind, given, today)}", "  ").removeprefix(" ")


def _thing(kind: str, given: Given, today: datetime.date) -> str:
    """Its lines: above each field what it means; a field that may be left out stands behind a '#'."""
    text = f"{_DRAFT}\n"
    for field in describe.fields(KINDS[kind]):
        if field.name in ("id", "draft"):
            continue
        is_here = field.required or field.name in given
        value = written({field.name: given.get(field.name, _to_fill_in(field, today))})
        text += f"# {field.meaning} ({_holds(field)}{'' if is_here else '; may be left out'})\n"
        text += value if is_here else indent(value, "# ")
    return text


def _holds(field: FieldDescription) -> str:
    """What a field may hold; of a value with fields of its own, these."""
    if not field.inner:
        return field.shape
    names = [f"{each.name} ({each.shape})" if each.choices else each.name for each in field.inner]
    return f"{'each ' if field.many else ''}with {one_of(names, last='and')}"


def _to_fill_in(field: FieldDescription, today: datetime.date) -> Any:
    """A value that passes the check of a draft and is told from a real one: nothing is judged beforehand."""
    values: dict[describe.ValueType, Any] = {
        "day": today.isoformat(),
        "whole-number": WRITE_ID,
        "id": WRITE_ID,
        "yes-or-no": True,
    }
    value = values.get(field.value, field.form.to_fill_in if field.form else WRITE_HERE)
    if field.choices:
        value = WRITE_ID
    elif field.inner:
        # A section, whose text may be left out, must have something under its heading all the same.
        shown = [each for each in field.inner if each.required or each.cites]
        # Where none is required, as in a thing's codes, all are shown.
        value = {each.name: _to_fill_in(each, today) for each in shown or field.inner}
    return [value] if field.many else value
