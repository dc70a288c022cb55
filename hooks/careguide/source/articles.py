"""A Markdown file: its front matter and its text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careguide.source.problems import Problem
from careguide.source.yaml_reader import Document, parse


@dataclass(frozen=True)
class Article:
    """One hand-written Markdown page."""

    path: str
    """Its file, relative to the project."""
    front: Document
    """Its front matter."""
    body: str
    """The Markdown below the front matter."""
    first_line: int
    """The line of the file that the body starts on."""

    def line_of(self, offset: int) -> int:
        """The line of the file that a place in the body stands on."""
        return self.first_line + self.body.count("\n", 0, offset)


def split(path: str, text: str) -> tuple[Article, list[Problem]]:
    """Markdown text as its front matter and its body."""
    match = re.match(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", text, re.DOTALL | re.MULTILINE)
    if not match:
        tip = "Start the file with a line '---', then 'title: …' and 'description: …', then a line '---'."
        return Article(path, Document(path, {}), text, 1), [
            Problem(path, 1, "a page must start with front matter", tip)
        ]
    front, problems = parse(path, match.group(1), first_line=2)
    if not problems and not isinstance(front.value or {}, dict):
        problems = [
            Problem(
                path,
                2,
                "front matter must be lines of 'name: value'",
                "Write 'title: …' on one line and 'description: …' on the next.",
            )
        ]
    if not isinstance(front.value, dict):
        front = Document(path, {})
    return Article(path, front, text[match.end() :], text.count("\n", 0, match.end()) + 1), problems


def front_matter(fields: Mapping[str, Any]) -> str:
    """Front matter for a page, each value as JSON, which is YAML too. Never typed into a template: a colon in a title would break it without a warning."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{''.join(lines)}---\n"
