"""Issue forms, for contributors who would rather answer questions than edit a file.

There is a form for each of some kinds, made from the model: one question for each field. GitHub turns the
answers into Markdown, `### Question` and then the answer, and they become a data file here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
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
_PRIVACY = (
    "Please write nothing about your own health here: everyone can read it. "
    "If you need help now, call your emergency number."
)
_HOW_TO_CITE = (
    "Use your own words, plain and short. After each statement name its sources in brackets, by id or by "
    "address: `Dry air dries the nose.[@medlineplus-nosebleed]` or `… "
    "[https://example.org/dry-air]`."
)


# ------------------------------------------------------------------------------------------------------------
# The forms


def files() -> dict[str, str]:
    """Each form's text, by its path."""
    made = {f"{FOLDER}/{name}.yml": form(kind) for kind, name in KINDS_ASKED.items()}
    made[f"{FOLDER}/correction.yml"] = _CORRECTION
    return {path: _MADE + written(value) for path, value in made.items()}


def form(kind: str) -> dict[str, Any]:
    """The form for a new thing of a kind, as GitHub wants it."""
    name = KINDS_ASKED[kind].replace("-", " ")
    about = {"type": "markdown", "attributes": {"value": f"{_PRIVACY}\n\n{_HOW_TO_CITE}"}}
    return {
        "name": f"A new {name}",
        "description": f"Suggest a {name} that the guide does not have yet.",
        "title": f"New {name}: ",
        "labels": [KINDS_ASKED[kind]],
        "body": [about, *map(_item, questions(kind))],
    }


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
    attributes: dict[str, Any] = {
        "label": label(field),
        "description": f"{field.meaning} {_how(field)}".strip(),
    }
    if field.choices:
        attributes |= {"multiple": field.many, "options": list(field.choices)}
    return {
        "type": _box(field),
        "id": field.name.replace(".", "-"),
        "attributes": attributes,
        "validations": {"required": field.required},
    }


def _box(field: FieldDescription) -> str:
    """What the answer is given in: a list to choose from, a box of many lines, or one line."""
    if field.choices:
        return "dropdown"
    long = field.value == "text" and not field.most_words
    return "textarea" if field.inner or long or (field.many and not field.ids_of) else "input"


def _how(field: FieldDescription) -> str:
    """How to answer."""
    if _is_sections(field):
        return "Write '## ' before the heading of each, such as '## How long it lasts', and its text below."
    if field.inner:
        parts = [f"{each.name}: {each.shape if each.ids_of else each.example}" for each in field.inner]
        return f"One on each line, such as '{', '.join(parts)}'."
    if field.ids_of:
        folder = where(field.ids_of)
        return f"Ids from {folder}, with commas between them." if field.many else f"An id from {folder}."
    return "One on each line." if field.many and not field.choices else ""


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
            _put(given, field.name, reader.value(field, answer))
    if not given and not reader.problems:
        tip = "Copy the whole text of the issue, with its headings."
        reader.note(1, "the file must hold the answers of a form", tip)
    return given, reader.problems


def _answered(text: str) -> Iterator[Answer]:
    text = text.replace("\r\n", "\n")
    found = list(_QUESTION.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(text)
        yield Answer(match[1], text[match.end() : end].strip(), text.count("\n", 0, match.start()) + 1)


def _put(given: dict[str, Any], name: str, value: Any) -> None:
    """Put a value where its name says: `codes.mesh` into a mapping under `codes`."""
    *above, last = name.split(".")
    for each in above:
        given = given.setdefault(each, {})
    given[last] = value


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
        lines = [line.strip().removeprefix("- ").removeprefix("* ") for line in answer.text.split("\n")]
        lines = list(filter(None, lines))
        if not field.many:
            lines = [" ".join(lines)]
        found: list[Any]
        if field.inner:
            # 'generic: x, brands: [y]' is the inside of a mapping in YAML. What is none shows in the check.
            found = [parse(self.path, f"{{{line}}}")[0].value or line for line in lines]
        elif field.choices or field.ids_of:
            found = [self._word(word, field, answer.line) for word in re.split(r"[,\n]", answer.text)]
            found = list(filter(None, found))
        else:
            found = lines
        return found if field.many else next(iter(found), "")

    def _word(self, word: str, field: FieldDescription, line: int) -> str:
        """A choice, or an id."""
        word = word.strip().removeprefix("@")
        if word and field.choices and word not in field.choices:
            message = f"{field.name} must be one of {one_of(field.choices)}, not {quoted(word)}"
            self.note(line, message, nearest(word, field.choices))
        return self._source(word, line) if field.ids_of == "sources" else word

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


# ------------------------------------------------------------------------------------------------------------
# Corrections


_CORRECTED = {
    "file": ("File", "input", "The file, such as data/causes/dry-air.yml, or the page's address."),
    "now": ("Words now", "textarea", "Copy the words that are wrong, from one line of the file."),
    "better": ("Better words", "textarea", "Your own words, plain and short."),
    "why": ("Why", "textarea", "What is wrong, and which source says so. Give its address."),
}
_CORRECTION: dict[str, Any] = {
    "name": "A correction",
    "description": "Something in the guide is wrong, unclear or out of date.",
    "title": "Correction: ",
    "labels": ["correction"],
    "body": [
        {"type": "markdown", "attributes": {"value": _PRIVACY}},
        *(
            {
                "type": box,
                "id": id_,
                "attributes": {"label": label, "description": about},
                "validations": {"required": id_ != "better"},
            }
            for id_, (label, box, about) in _CORRECTED.items()
        ),
    ],
}


def corrected(path: str, text: str, read: Mapping[str, str]) -> tuple[str, str, list[Problem]]:
    """The file that a correction is about, with its new words; `read` holds the project's texts by path.

    Where it cannot be carried out, both are empty, and there is a problem.
    """
    given = {answer.question: answer.text for answer in _answered(text)}
    name, now, better = (given.get(_CORRECTED[each][0], "") for each in ("file", "now", "better"))
    if name not in read:
        tip = nearest(name, read) or "Give its path, such as data/causes/dry-air.yml."
        message = f"the file must be one of data/ or content/, not {quoted(name)}"
        return "", "", [Problem(path, 1, message, tip, rule="corrected")]
    count = read[name].count(now) if now else 0
    if better in ("", NO_ANSWER) or "\n" in better or count != 1:
        message = (
            f"the words now must stand once in {name}, and the better words must be one line; "
            f"they stand there {count} times"
        )
        return "", "", [Problem(path, 1, message, "Make the change by hand.", rule="corrected")]
    return name, read[name].replace(now, better), []
