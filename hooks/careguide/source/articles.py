"""A Markdown file: its front matter and its text."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careguide.source.problems import Problem
from careguide.source.yaml_reader import Document, parse

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Article:
    """One hand-written Markdown page."""

    path: str
    """Its file, relative to the project."""
    front: Document
    body: str
    first_line: int
    """The line of the file that the body starts on."""

    def line_of(self, offset: int) -> int:
        """The line of the file on which the letter at this place of the body stands."""
        return self.first_line + self.body.count("\n", 0, offset)

    def problem(self, offset: int, message: str, tip: str = "", *, blocks: bool = True) -> Problem:
        """What is wrong at a place of the body."""
        return Problem(self.path, self.line_of(offset), message, tip, blocks)


def split(path: str, text: str) -> tuple[Article, list[Problem]]:
    """Markdown text as its front matter and its body."""
    match = _FRONT.match(text)
    if not match:
        tip = "Start the file with a line '---', then 'title: …' and 'description: …', then a line '---'."
        problem = Problem(path, 1, "a page must start with front matter", tip, rule="front_matter")
        return Article(path, Document(path, {}), text, 1), [problem]
    front, problems = parse(path, match[1], first_line=2)
    if not isinstance(front.value, dict):
        if front.value is not None and not problems:
            message = "front matter must be lines of 'name: value'"
            tip = "Write 'title: …' on one line and 'description: …' on the next."
            problems = [Problem(path, 2, message, tip, rule="front_matter")]
        front = Document(path, {})
    return Article(path, front, text[match.end() :], text.count("\n", 0, match.end()) + 1), problems


def front_matter(fields: Mapping[str, Any]) -> str:
    """Front matter for a page, each value as JSON, which is YAML too: a colon in a title does no harm."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{''.join(lines)}---\n"
