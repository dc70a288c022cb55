"""Interface words: headings, labels and messages, which are part of no thing and no article.

The package declares each word once per language, in `words/en.yml`: its key, and its text with named gaps
that the page fills in, such as {level}. A guide's own `data/words.yml` holds only what it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from careguide.model.fields import Plain
from careguide.source.locations import Loc
from careguide.source.markup import escape
from careguide.source.problems import Problem, Wrong, nearest, one_of, problems_at, quoted
from careguide.source.yaml_reader import UNREAD, Document

FOLDER = Path(__file__).parents[1] / "words"
_PLAIN = TypeAdapter[str](Plain)
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
"""A gap, or a bracket that was meant to be part of one."""
_GAP = re.compile(r"\{([a-z_]+)\}")


class Phrase(str):
    """A word, or a text with named gaps, such as {level}: a name, and no attribute, format or index."""

    __slots__ = ()

    def format(self, **gaps: object) -> str:  # type: ignore[override]  # fills fewer kinds of gap, on purpose
        """The text with its gaps filled. A gap not given is a KeyError.

        With Markdown in a gap all of it is Markdown, and its own words are words there too.
        """
        made = any(hasattr(value, "__html__") for value in gaps.values())
        first, *rest = _GAP.split(self)
        filled: list[str] = [escape(first) if made else first]
        for name, words in zip(rest[::2], rest[1::2], strict=True):
            value = gaps[name]
            own = value if hasattr(value, "__html__") else escape(str(value)) if made else str(value)
            filled += [str(own), escape(words) if made else words]
        return Markup("".join(filled)) if made else "".join(filled)  # noqa: S704 - each piece was escaped


class Words(dict[str, Any]):
    """Every word by its key, in groups. Templates write `words.flow.back`, and fill gaps with `.format`."""

    def text(self, key: str, **gaps: object) -> str:
        """The text at a key such as 'flow.go_on', with its gaps filled. A gap not given is a KeyError."""
        value: Any = self
        for name in key.split("."):
            value = value[name]
        return Phrase(value).format(**gaps)


def language_file(language: str, written: Document) -> tuple[str, list[Problem]]:
    """The name of the file with the words of a guide's language: the one for 'en-GB', else for 'en'.

    `written` is the file that names the language.
    """
    files = {file.stem: file.name for file in FOLDER.glob("*.yml")}
    for name in (language, language.partition("-")[0]):
        if name in files:
            return files[name], []
    message = f"language must be one that the package has words in, not {quoted(language)}"
    tip = f"Write {one_of(map(quoted, files))}, or add a file for the language to the package's words/."
    line = written.line(("language",))
    return files["en"], [Problem(written.path, line, message, tip, rule="language_file")]


def changed(declared: Mapping[str, Any], changes: Document) -> tuple[Words, list[Problem]]:
    """The declared words with a guide's changes, and what is wrong with these; a wrong one is left out."""
    problems = problems_at(changes, (), words_exist_and_keep_their_gaps(declared, changes.value))
    return Words(_phrases(_changed(declared, changes.value))), list(problems)


def words_exist_and_keep_their_gaps(
    declared: Mapping[str, Any], changes: Mapping[str, Any], loc: Loc = ()
) -> Wrong:
    """Each change must be of a declared word, and have that word's gaps, each plain, and no other."""
    for key, change in changes.items():
        here = (*loc, key)
        if key not in declared:
            yield here, "must be a word that exists", nearest(key, declared) or _names(declared)
        elif isinstance(declared[key], Mapping) and isinstance(change, Mapping):
            yield from words_exist_and_keep_their_gaps(declared[key], change, here)
        elif fault := _fault(change, declared[key]):
            yield here, *fault


def _phrases(words: Any) -> Any:
    if isinstance(words, Mapping):
        return {key: _phrases(each) for key, each in words.items()}
    return Phrase(words) if isinstance(words, str) else words


def gaps_in(text: str) -> list[str]:
    """What stands in brackets in a text, with the brackets: '{level}'."""
    return _BRACES.findall(text)


def _changed(declared: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """One group with those changes that are right."""
    words = dict(declared)
    for key in changes.keys() & declared.keys():
        if isinstance(declared[key], Mapping) and isinstance(changes[key], Mapping):
            words[key] = _changed(declared[key], changes[key])
        elif isinstance(changes[key], str) and not _fault(changes[key], declared[key]):
            words[key] = changes[key]
    return words


def _names(group: Mapping[str, Any]) -> str:
    return f"The words here are {one_of(group, last='and')}."


def _fault(change: Any, declared: Any) -> tuple[str, str] | None:
    """What is wrong with what stands for a declared text, or group: what must be true of it, and a tip."""
    if change is UNREAD:
        return None  # a problem says so already
    if not change or (isinstance(change, str) and change.isspace()):
        return "must not be empty", "Write something, or delete the line."
    if isinstance(declared, Mapping):
        return "must be a group of words, not one text", _names(declared)
    if not isinstance(change, str):
        return "must be one text", f"Write it as the package does: {quoted(declared, length=200)}."
    return _gap_fault(change, declared) or _markup_fault(change)


def _gap_fault(change: str, declared: str) -> tuple[str, str] | None:
    """A gap too many, or one too few."""
    wanted, found, model = gaps_in(declared), gaps_in(change), quoted(declared, length=200)
    for gap in found:
        if not wanted:
            return f"must have no gap, but has {quoted(gap)}", "Delete it: the page fills nothing in here."
        if gap not in wanted:
            tip = nearest(gap, wanted) or f"Write each gap as the package does: {model}."
            return f"must have no gap but {one_of(wanted, last='and')}, not {quoted(gap)}", tip
    for gap in wanted:
        if gap not in found:
            tip = f"Write {gap} where the page should fill it in, as in {model}."
            return f"must keep its gap {gap}, but is {quoted(change)}", tip
    return None


def _markup_fault(change: str) -> tuple[str, str] | None:
    """The words stand in pages as they are."""
    try:
        _PLAIN.validate_python(change)
    except ValidationError as error:
        return str(error.errors(include_url=False)[0]["ctx"]["error"]), "Write the words alone."
    return None
