"""Issue forms, for contributors who would rather answer questions than edit a file: a form for each of some kinds, and its answers as a data file.

A form asks for the fields of the model, one question each. GitHub turns the answers into Markdown: `### Question`, then the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from careguide.guide.guide import Guide
from careguide.model import describe, kinds
from careguide.model.describe import Told
from careguide.model.fields import WRITE_ID
from careguide.model.kinds import KINDS
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
_CITED = re.compile(r"\[(@[^\[\]]+|https://[^\[\]\s]+)\][.]?\s*$")
_MADE = "# Made from the model by 'careguide schema'. Change the fields there.\n"
_WARNING = (
    "Please write nothing about your own health here: everyone can read it. If you need help now, call your emergency number.\n\n"
    "Use your own words, plain and short. After each statement name its sources in brackets, by id or by address: "
    "`Caffeine wakes up your nerves. [@medlineplus-caffeine]` or `… [https://medlineplus.gov/caffeine.html]`. One statement on each line."
)


def files() -> dict[str, str]:
    """Each form's text, by its path."""
    return {f"{FOLDER}/{name}.yml": _MADE + written(form(kind)) for kind, name in KINDS_ASKED.items()} | {
        f"{FOLDER}/correction.yml": _MADE + written(_CORRECTION)
    }


def form(kind: str) -> dict[str, Any]:
    """The form for a new thing of a kind."""
    name = KINDS_ASKED[kind].replace("-", " ")
    return {
        "name": f"A new {name}",
        "description": f"Suggest a {name} that the guide does not have yet.",
        "title": f"New {name}: ",
        "labels": [KINDS_ASKED[kind]],
        "body": [
            {"type": "markdown", "attributes": {"value": _WARNING}},
            *(_item(each) for each in questions(kind)),
        ],
    }


def questions(kind: str) -> list[Told]:
    """The fields that a form asks for, each with the way to it as its name: `support.grade`."""
    return list(_questions([each for each in describe.fields(KINDS[kind]) if each.name not in _NOT_ASKED]))


def _questions(fields: Sequence[Told], above: str = "") -> Iterator[Told]:
    for each in fields:
        if each.inner and not each.many and not _is_statement(each):
            yield from _questions(each.inner, f"{each.name}.")
        else:
            yield replace(each, name=f"{above}{each.name}")


def _is_statement(field: Told) -> bool:
    return {"text", "sources"} <= {each.name for each in field.inner}


def label(field: Told) -> str:
    """The question, as GitHub repeats it above the answer: `support.grade` → Support: grade."""
    words = field.name.replace("_", " ").replace(".", ": ")
    return words[0].upper() + words[1:]


def _item(field: Told) -> dict[str, Any]:
    attributes: dict[str, Any] = {
        "label": label(field),
        "description": f"{field.meaning} {_how(field)}".strip(),
    }
    if field.choices:
        kind = "dropdown"
        attributes |= {"multiple": field.many, "options": list(field.choices)}
    else:
        kind = (
            "textarea"
            if field.inner or (field.many and not field.ids) or field.shape == "a text"
            else "input"
        )
    return {
        "type": kind,
        "id": field.name.replace(".", "-"),
        "attributes": attributes,
        "validations": {"required": field.required},
    }


def _how(field: Told) -> str:
    """How to answer."""
    if _is_statement(field):
        return (
            "One on each line, then its sources in brackets."
            if field.many
            else "Then its sources in brackets."
        )
    if field.inner:
        return f"One on each line, such as '{', '.join(f'{each.name}: {each.shape if each.ids else each.example}' for each in field.inner)}'."
    if field.ids:
        return (
            f"Ids from {kinds.where(field.ids)}, with commas between them."
            if field.many
            else f"An id from {kinds.where(field.ids)}."
        )
    return "One on each line." if field.many and not field.choices else ""


# ---------------------------------------------------------------------------------------------------------------------
# Answers


def answers(kind: str, path: str, text: str, guide: Guide) -> tuple[dict[str, Any], list[Problem]]:
    """What was answered, by field, as a file holds it; and what could not be understood. `path` is the file the answers stand in."""
    asked = {label(each): each for each in questions(kind)}
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for question, answer, line in _answered(text):
        if question not in asked:
            tip = nearest(question, asked) or f"The form asks {one_of(asked, last='and')}."
            problems.append(
                Problem(path, line, f"a heading must be a question of the form, not {quoted(question)}", tip)
            )
        elif answer not in ("", NO_ANSWER):
            _put(given, asked[question].name, _value(asked[question], answer, path, line, guide, problems))
    if not given and not problems:
        problems.append(
            Problem(
                path,
                1,
                "the file must hold the answers of a form",
                "Copy the whole text of the issue, with its headings.",
            )
        )
    return given, problems


def _answered(text: str) -> Iterator[tuple[str, str, int]]:
    """Each question with its answer and its line."""
    text = text.replace("\r\n", "\n")
    found = list(_QUESTION.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        yield (
            match[1],
            text[match.end() : after.start() if after else len(text)].strip(),
            text.count("\n", 0, match.start()) + 1,
        )


def _put(given: dict[str, Any], name: str, value: Any) -> None:
    """Put a value where its name says: `support.grade` into a mapping under `support`."""
    *above, last = name.split(".")
    for each in above:
        given = given.setdefault(each, {})
    given[last] = value


def _value(field: Told, answer: str, path: str, line: int, guide: Guide, problems: list[Problem]) -> Any:
    lines = [
        each.strip().removeprefix("- ").removeprefix("* ") for each in answer.split("\n") if each.strip()
    ]
    if _is_statement(field):
        found = [
            _statement(each, path, line, guide, problems)
            for each in (lines if field.many else [" ".join(lines)])
        ]
        return found if field.many else found[0]
    if field.inner:
        return [parse(path, f"{{{each}}}")[0].value or each for each in lines]
    if field.choices or field.ids:
        words = [each.strip().removeprefix("@") for each in re.split(r"[,\n]", answer) if each.strip()]
        for word in (each for each in words if field.choices and each not in field.choices):
            problems.append(
                Problem(
                    path,
                    line,
                    f"{field.name} must be one of {one_of(field.choices)}, not {quoted(word)}",
                    nearest(word, field.choices),
                )
            )
        if field.ids == "sources":
            words = [_source(each, path, line, guide, problems) for each in words]
        return words if field.many else words[0]
    return lines if field.many else " ".join(lines)


def _statement(text: str, path: str, line: int, guide: Guide, problems: list[Problem]) -> dict[str, Any]:
    """A statement and its sources, cited by id or by address."""
    cited: list[str] = []
    while match := _CITED.search(text):
        cited = [*(each.strip().removeprefix("@") for each in match[1].split(";")), *cited]
        text = text[: match.start()].strip()
    if not cited:
        problems.append(
            Problem(
                path,
                line,
                f"a statement must name its sources, but {quoted(text)} does not",
                "Add them where the file says 'write-here'.",
                blocks=False,
            )
        )
    return {
        "text": text,
        "sources": [_source(each, path, line, guide, problems) for each in cited] or [WRITE_ID],
    }


def _source(cited: str, path: str, line: int, guide: Guide, problems: list[Problem]) -> str:
    """A source's id; a place to write one where its address is new."""
    if not cited.startswith("https://"):
        return cited
    address = cited.rstrip("/")
    known = next((id for id, source in guide.sources.items() if source.url.rstrip("/") == address), "")
    if not known:
        tip = "Run 'careguide new source ID', and put its id where the file says 'write-here'."
        problems.append(
            Problem(
                path,
                line,
                f"a source must be in data/sources.yml, but {quoted(cited)} is not",
                tip,
                blocks=False,
            )
        )
    return known or WRITE_ID


# ---------------------------------------------------------------------------------------------------------------------
# Corrections


_CORRECTED = {
    "file": ("File", "input", "The file, such as data/causes/caffeine.yml, or the page's address."),
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
        {"type": "markdown", "attributes": {"value": _WARNING.split("\n\n", maxsplit=1)[0]}},
        *(
            {
                "type": kind,
                "id": id,
                "attributes": {"label": label, "description": about},
                "validations": {"required": id != "better"},
            }
            for id, (label, kind, about) in _CORRECTED.items()
        ),
    ],
}


def corrected(path: str, text: str, read: Mapping[str, str]) -> tuple[str, str, list[Problem]]:
    """The file that a correction is about, with its new words; `read` holds the project's texts by path."""
    given = {question: answer for question, answer, _ in _answered(text)}
    name, now, better = (given.get(_CORRECTED[each][0], "") for each in ("file", "now", "better"))
    if name not in read:
        return (
            "",
            "",
            [
                Problem(
                    path,
                    1,
                    f"the file must be one of data/ or content/, not {quoted(name)}",
                    nearest(name, read) or "Give its path, such as data/causes/caffeine.yml.",
                )
            ],
        )
    if better in ("", NO_ANSWER) or "\n" in better or read[name].count(now) != 1 or not now:
        message = f"the words now must stand once in {name}, and the better words must be one line; they stand there {read[name].count(now) if now else 0} times"
        return "", "", [Problem(path, 1, message, "Make the change by hand.")]
    return name, read[name].replace(now, better), []
