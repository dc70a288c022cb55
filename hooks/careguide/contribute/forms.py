"""Issue forms, for contributors who would rather answer questions than edit a file.

There is a form for each of some kinds, made from the model: one question for each field. GitHub turns the
answers into Markdown, `### Question` and then the answer, and they become a data file here. What the forms
say besides stands in `templates/forms.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from careguide.guide.guide import Guide
from careguide.model import describe
from careguide.model.describe import FieldDescription
from careguide.model.fields import WRITE_ID
from careguide.model.kinds import KINDS, where
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.source.yaml_reader import parse
from careguide.source.yaml_writer import written

FOLDER = ".github/ISSUE_TEMPLATE"
KINDS_ASKED = {"causes": "cause", "remedies": "remedy", "criteria": "warning-sign"}
"""Kinds with a form, and the name of its file."""
_NOT_ASKED = {"id", "draft", "checked", "reviewed"}
"""Fields that a maintainer fills in."""
NO_ANSWER = "_No response_"
_QUESTION = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_ADDRESS = re.compile(r"\[(https://[^\[\]\s]+)\](?!\()")
"""An address in brackets, as a source; not the words of a link."""
_MADE = "# Made from the model by 'careguide schema'. Change the fields there.\n"


@cache
def _words() -> dict[str, Any]:
    file = Path(__file__).parent / "templates" / "forms.yml"
    words: dict[str, Any] = parse(file.name, file.read_text(encoding="utf-8"))[0].value
    return words


# ------------------------------------------------------------------------------------------------------------
# The forms


def files() -> dict[str, str]:
    """Each form's text, by its path."""
    made = {}
    for kind, name in KINDS_ASKED.items():
        called = name.replace("-", " ")
        words = {key: text.format(name=called) for key, text in _words()["new"].items()}
        about = f"{_words()['privacy']}\n\n{_words()['cite']}"
        made[name] = _form(words, name, about, map(_item, questions(kind)))
    asked = map(_correction_item, _words()["questions"])
    made["correction"] = _form(_words()["correction"], "correction", _words()["privacy"], asked)
    return {f"{FOLDER}/{name}.yml": _MADE + written(form) for name, form in made.items()}


def _form(words: dict[str, str], label: str, about: str, items: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """A form as GitHub wants it."""
    body = [{"type": "markdown", "attributes": {"value": about}}, *items]
    return {**words, "labels": [label], "body": body}


def questions(kind: str) -> list[FieldDescription]:
    """The fields that a form asks for, each with the way to it as its name: `codes.mesh`."""
    fields = [field for field in describe.fields(KINDS[kind]) if field.name not in _NOT_ASKED]
    return list(_questions(fields))


def _questions(fields: Sequence[FieldDescription], above: str = "") -> Iterator[FieldDescription]:
    for field in fields:
        if field.inner and not field.many:
            yield from _questions(field.inner, f"{field.name}.")
        else:
            yield replace(field, name=f"{above}{field.name}")


def _is_sections(field: FieldDescription) -> bool:
    """Whether a field holds the sections of a page, which are answered as one Markdown text."""
    return {"heading", "text"} <= {each.name for each in field.inner}


def label(field: FieldDescription) -> str:
    """The question, as GitHub repeats it above the answer: `codes.mesh` → Codes: mesh."""
    words = field.name.replace("_", " ").replace(".", ": ")
    return words[0].upper() + words[1:]


def _item(field: FieldDescription) -> dict[str, Any]:
    """A question about a field: choices, a box of many lines, or one line."""
    attributes: dict[str, Any] = {
        "label": label(field),
        "description": f"{field.meaning} {_how(field)}".strip(),
    }
    long = field.value == "text" and not (field.form or field.most_words)
    box = "textarea" if field.inner or long or (field.many and not field.ids_of) else "input"
    if field.choices:
        box = "dropdown"
        attributes |= {"multiple": field.many, "options": list(field.choices)}
    id_, required = field.name.replace(".", "-"), {"required": field.required}
    return {"type": box, "id": id_, "attributes": attributes, "validations": required}


def _correction_item(words: dict[str, str]) -> dict[str, Any]:
    attributes = {"label": words["label"], "description": words["description"]}
    required = {"required": "may_be_left_out" not in words}
    return {"type": words["type"], "id": words["id"], "attributes": attributes, "validations": required}


def _how(field: FieldDescription) -> str:
    """How to answer."""
    how: dict[str, str] = _words()["how"]
    if _is_sections(field):
        return how["sections"]
    if field.inner:
        parts = [f"{each.name}: {each.shape if each.ids_of else each.example}" for each in field.inner]
        return how["entries"].format(example=", ".join(parts))
    if field.ids_of:
        return how["ids" if field.many else "id"].format(place=where(field.ids_of))
    return how["lines"] if field.many and not field.choices else ""


# ------------------------------------------------------------------------------------------------------------
# Answers


class Answer(NamedTuple):
    """What stands under one heading of an issue."""

    question: str
    text: str
    line: int
    """The line of the heading."""


def answers(kind: str, path: str, text: str, guide: Guide) -> tuple[dict[str, Any], list[Problem]]:
    """What was answered, by field, as a file holds it; and what could not be understood.

    `path` is the file the answers stand in.
    """
    asked = {label(field): field for field in questions(kind)}
    given: dict[str, Any] = {}
    reader = _Reader(path, guide)
    for answer in _answered(text):
        if answer.question not in asked:
            message = f"a heading must be a question of the form, not {quoted(answer.question)}"
            tip = nearest(answer.question, asked) or f"The form asks {one_of(asked, last='and')}."
            reader.note(answer.line, message, tip)
        elif answer.text not in ("", NO_ANSWER):
            field = asked[answer.question]
            group, _, name = field.name.rpartition(".")  # `codes.mesh` stands in a mapping under `codes`
            inside = given.setdefault(group, {}) if group else given
            inside[name] = reader.value(field, answer)
    if not given and not reader.problems:
        tip = "Copy the whole text of the issue, with its headings."
        reader.note(1, "the file must hold the answers of a form", tip)
    return given, reader.problems


def _answered(text: str) -> Iterator[Answer]:
    line = 1
    before, *rest = _QUESTION.split(text.replace("\r\n", "\n"))
    for question, answer in zip(rest[::2], rest[1::2], strict=True):
        line += before.count("\n")
        yield Answer(question, answer.strip(), line)
        before = answer


class _Reader:
    """Reads the answers of one issue as values, and notes what it cannot understand."""

    def __init__(self, path: str, guide: Guide) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._addresses = {source.url.rstrip("/"): id_ for id_, source in guide.sources.items()}

    def note(self, line: int, message: str, tip: str, *, blocks: bool = True) -> None:
        self.problems.append(Problem(self.path, line, message, tip, blocks, rule="answers"))

    def value(self, field: FieldDescription, answer: Answer) -> Any:
        """One answer as its field holds it."""
        if _is_sections(field):
            return self._sections(answer)
        if field.cites:
            return self._markdown(answer.text, answer.line)
        found = []
        for piece in re.split(r"[,\n]" if field.choices or field.ids_of else r"\n", answer.text):
            words = piece.strip().removeprefix("- ").removeprefix("* ")
            if words:
                found.append(self._piece(field, words, answer.line))
        return found if field.many else " ".join(found)

    def _piece(self, field: FieldDescription, words: str, line: int) -> Any:
        """One item of a list, or one line of a text."""
        if field.inner:
            # 'generic: x, brands: [y]' is the inside of a mapping in YAML. What is none shows in the check.
            return parse(self.path, f"{{{words}}}")[0].value or words
        if field.choices and words not in field.choices:
            message = f"{field.name} must be one of {one_of(field.choices)}, not {quoted(words)}"
            self.note(line, message, nearest(words, field.choices))
        id_ = words.removeprefix("@") if field.ids_of else words
        return self._source(id_, line) if field.ids_of == "sources" else id_

    def _sections(self, answer: Answer) -> list[dict[str, str]]:
        """The sections of a page: each heading with the text below it. A text before the first is named."""
        before, *rest = _HEADING.split(answer.text)
        if before.strip() or not rest:
            message = f"sections must start with a heading, not {quoted(before.strip())}"
            self.note(answer.line, message, "Write '## ' and a heading above it.")
        return [
            {"heading": heading, "text": self._markdown(text, answer.line)}
            for heading, text in zip(rest[::2], rest[1::2], strict=True)
        ]

    def _markdown(self, text: str, line: int) -> str:
        """Paragraphs with their sources, each cited by its id where its address is known."""
        return _ADDRESS.sub(lambda match: f"[@{self._source(match[1], line)}]", text.strip())

    def _source(self, cited: str, line: int) -> str:
        """A source's id; a place to write one where its address is new."""
        if not cited.startswith("https://"):
            return cited
        known = self._addresses.get(cited.rstrip("/"), "")
        if not known:
            message = f"a source must be in {where('sources')}, but {quoted(cited)} is not"
            tip = f"Run 'careguide new source ID', and put its id where the file says '{WRITE_ID}'."
            self.note(line, message, tip, blocks=False)
        return known or WRITE_ID


def correction(text: str) -> dict[str, str]:
    """What was answered about a correction, by the ids of its questions: file, now, better and why."""
    given = {answer.question: answer.text for answer in _answered(text)}
    return {asked["id"]: given.get(asked["label"], "") for asked in _words()["questions"]}
