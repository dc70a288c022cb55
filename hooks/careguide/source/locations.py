"""The way to a value inside a file's values, and how a message names it."""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from operator import getitem
from typing import Any

Loc = tuple[str | int, ...]
"""The way to a value inside a part, in the words of its file: `("steps", 0, "text")`."""


def spell(loc: Loc) -> str:
    """The way to a value as a message names it, counted from 1: `steps[1].text` is that of the first step."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def at(value: Any, loc: Loc) -> Any:
    """What stands at the end of a way into a value."""
    return reduce(getitem, loc, value)


def texts_in(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Every text in a value, with the way to it."""
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, Mapping | list):
        for key, inner in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from texts_in(inner, (*loc, key))


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of a value in which each text is changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: with_texts(each, change) for key, each in value.items()}
    return [with_texts(each, change) for each in value] if isinstance(value, list | tuple) else value
