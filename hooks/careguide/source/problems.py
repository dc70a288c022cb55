"""What a contributor must fix, and where. Every check in the core yields these; only the adapters print them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

FORMATS = ("text", "json", "github")
_NEAR = 60
"""From which likeness, in per cent, a tip names a choice."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to fix, at one place."""

    path: str
    """File, relative to the project, with forward slashes."""
    line: int
    """Line in that file, counted from 1."""
    message: str
    """What must be true, and what was found instead."""
    tip: str = ""
    """How to put it right, in one sentence."""
    blocks: bool = True
    """True for a problem, which stops the build; False for a notice, which does not."""

    def __str__(self) -> str:
        level = "" if self.blocks else "notice: "
        tip = f"\n  Tip: {self.tip}" if self.tip else ""
        return f"{self.path}:{self.line}: {level}{self.message}{tip}"


def shown(value: object, *, length: int = 60) -> str:
    """A value as a message quotes it: on one line, in quotes, cut where it is long."""
    text = " ".join(str(value).split())
    return f"'{text if len(text) <= length else text[: length - 1] + '…'}'"


def report(problems: Iterable[Problem], *, format: str = "text") -> str:
    """All problems as one text, sorted by file and line; `format` is one of `FORMATS`."""
    ordered = sorted(set(problems))
    if format == "json":
        return json.dumps([asdict(problem) for problem in ordered], ensure_ascii=False, indent=2)
    if format == "github":
        return "\n".join(map(_annotation, ordered))
    return "\n".join(map(str, ordered))


def _annotation(problem: Problem) -> str:
    """A workflow command that GitHub shows beside the line in a pull request."""
    level = "error" if problem.blocks else "notice"
    text = f"{problem.message} {problem.tip}".strip()
    return f"::{level} file={_escape(problem.path, ',:')},line={problem.line}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def one_of(choices: Iterable[str], *, last: str = "or") -> str:
    """A list as a sentence has it: a, b or c."""
    *most, end = choices
    return f"{', '.join(most)} {last} {end}" if most else end


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice most like a misspelt word; empty where none is near."""
    from rapidfuzz import fuzz, process  # not above, because most runs find nothing misspelt

    found = process.extractOne(
        word, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR
    )
    return found[0] if found else ""


def nearest(word: str, choices: Iterable[str]) -> str:
    """A tip with the choice most like a misspelt word; empty where none is near."""
    found = closest(word, choices)
    return f"Did you mean '{found}'?" if found else ""
