"""Issue forms, for contributors who would rather answer questions than edit a file.

There is a form for each of some kinds, made from the model: one question for each field. GitHub turns the
answers into Markdown, `### Question` and then the answer, and they become a data file here. What the forms
say besides stands in `templates/`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from careguide.guide.guide import Guide
from careguide.model import describe
from careguide.model.describe import FieldDescription
from careguide.model.fields import WRITE_ID
from careguide.model.kinds import KINDS, where
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.source.yaml_reader import parse
from careguide.source.yaml_writer import written

FOLDER = ".github/ISSUE_TEMPLATE"
KINDS_ASKED = {"cause": "causes", "remedy": "remedies", "warning-sign": "criteria"}
"""The names of forms for a new thing, each with its kind."""
_NOT_ASKED = {"id", "draft", "formerly", "checked", "reviewed"}
"""Fields that a maintainer fills in."""
NO_ANSWER = "_No response_"
_QUESTION = re.compile(r"^### +(.+?) *$", re.MULTILINE)
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_ADDRESS = re.compile(r"\[(https://[^\[\]\s]+)\](?!\()")
"""An address in brackets, as a source; not the words of a link."""
_TEMPLATES = Path(__file__).parent / "templates"
_MADE = "# Made from the model by 'careguide schema'. Change the fields there.\n"


def files() -> dict[str, str]:
    """Each form's text, by its path, as GitHub wants it."""
    words = _read("forms.yml")
    about = f"{words['privacy']}\n\n{words['cite']}"
    made: dict[str, str] = {}
    for form in ("correction", "page"):
        text = (_TEMPLATES / f"{form}.yml").read_text(encoding="utf-8")
        made[f"{FOLDER}/{form}.yml"] = _MADE + text.replace("{privacy}", words["privacy"])
    for name, kind in KINDS_ASKED.items():
        asked: dict[str, Any] = {}
        for part, text in words["new"].items():
            asked[part] = text.format(name=name.replace("-", " "))
        asked["labels"] = [name]
        asked["body"] = [{"type": "markdown", "attributes": {"value": about}}]
        for field in questions(kind):
            asked["body"].append(_item(field, words["how"]))
        made[f"{FOLDER}/{name}.yml"] = _MADE + written(asked)
    return made


def _read(name: str) -> dict[str, Any]:
    value: dict[str, Any] = parse(name, (_TEMPLATES / name).read_text(encoding="utf-8"))[0].value
    return value


def questions(kind: str) -> list[FieldDescription]:
    """The fields that a form asks for, each with the way to it as its name: `codes.mesh`."""
    found = []
    for field in describe.fields(KINDS[kind]):
        if field.name in _NOT_ASKED:
            continue
        inner = field.inner if not field.many else ()
        found += [replace(each, name=f"{field.name}.{each.name}") for each in inner] or [field]
    return found


def label(field: FieldDescription) -> str:
    """The question, as GitHub repeats it above the answer: `codes.mesh` → Codes: mesh."""
    words = field.name.replace("_", " ").replace(".", ": ")
    return words[0].upper() + words[1:]


def _item(field: FieldDescription, how: dict[str, str]) -> dict[str, Any]:
    """A question about a field: choices, a box of many lines, or one line."""
    about = f"{field.meaning} {_how(field, how)}".strip()
    attributes: dict[str, Any] = {"label": label(field), "description": about}
    long = field.value == "text" and not (field.form or field.most_words)
    box = "textarea" if field.inner or long or (field.many and not field.ids_of) else "input"
    if field.choices:
        box = "dropdown"
        attributes |= {"multiple": field.many, "options": list(field.choices)}
    id_, required = field.name.replace(".", "-"), {"required": field.required}
    return {"type": box, "id": id_, "attributes": attributes, "validations": required}


def _how(field: FieldDescription, how: dict[str, str]) -> str:
    if field.name == "sections":
        return how["sections"]
    if field.inner:
        parts = [f"{each.name}: {each.shape if each.ids_of else each.example}" for each in field.inner]
        return how["entries"].format(example=", ".join(parts))
    if field.ids_of:
        return how["ids" if field.many else "id"].format(place=where(field.ids_of))
    return how["lines"] if field.many and not field.choices else ""


def answers(kind: str, path: str, text: str, guide: Guide) -> tuple[dict[str, Any], list[Problem]]:
    """What was answered in the file at `path`, by field, and what could not be understood."""
    asked = {label(field): field for field in questions(kind)}
    given: dict[str, Any] = {}
    reader = _Reader(path, guide)
    for question, text_below, line in _answered(text):
        if question not in asked:
            message = f"a heading must be a question of the form, not {quoted(question)}"
            tip = nearest(question, asked) or f"The form asks {one_of(asked, last='and')}."
            reader.note(line, message, tip)
        elif text_below not in ("", NO_ANSWER):
            field = asked[question]
            group, _, name = field.name.rpartition(".")  # `codes.mesh` stands in a mapping under `codes`
            inside = given.setdefault(group, {}) if group else given
            inside[name] = reader.value(field, text_below, line)
    if not given and not reader.problems:
        tip = "Copy the whole text of the issue, with its headings."
        reader.note(1, "the file must hold the answers of a form", tip)
    return given, reader.problems


def _answered(text: str) -> Iterator[tuple[str, str, int]]:
    """Each question of an issue, the answer below it, and the line of the question."""
    line = 1
    before, *rest = _QUESTION.split(text.replace("\r\n", "\n"))
    for question, answer in zip(rest[::2], rest[1::2], strict=True):
        line += before.count("\n")
        yield question, answer.strip(), line
        before = answer


class _Reader:
    """Reads the answers of one issue as values, and notes what it cannot understand."""

    def __init__(self, path: str, guide: Guide) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._addresses = {source.url.rstrip("/"): id_ for id_, source in guide.sources.items()}

    def note(self, line: int, message: str, tip: str, *, blocks: bool = True) -> None:
        self.problems.append(Problem(self.path, line, message, tip, blocks, rule="answers"))

    def value(self, field: FieldDescription, answer: str, line: int) -> Any:
        """One answer as its field holds it."""
        if field.name == "sections":
            return self._sections(answer, line)
        if field.cites:
            return self._markdown(answer, line)
        found = []
        for piece in re.split(r"[,\n]" if field.choices or field.ids_of else r"\n", answer):
            words = piece.strip().removeprefix("- ").removeprefix("* ")
            if words:
                found.append(self._piece(field, words, line))
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

    def _sections(self, answer: str, line: int) -> list[dict[str, str]]:
        """The sections of a page: each heading with the text below it. A text before the first is named."""
        before, *rest = _HEADING.split(answer)
        if before.strip() or not rest:
            message = f"sections must start with a heading, not {quoted(before.strip())}"
            self.note(line, message, "Write '## ' and a heading above it.")
        found = []
        for heading, text in zip(rest[::2], rest[1::2], strict=True):
            found.append({"heading": heading, "text": self._markdown(text, line)})
        return found

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
    given = {}
    for item in _read("correction.yml")["body"]:
        for question, answer, _ in _answered(text):
            if "id" in item and question == item["attributes"]["label"]:
                given[item["id"]] = answer
    return given
