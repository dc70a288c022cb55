"""What a contributor must fix, and where.

Every check in the core yields these; only the adapters print them.
"""

import io
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from operator import attrgetter
from typing import Protocol

from careguide.source.locations import Loc, spell

MOST = 200
"""The most problems that are told of one file: nobody reads more, and a hostile file has a million."""
FORMATS = ("text", "json", "github")
_NEAR = 60
"""From which likeness, in per cent, a tip names a choice."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to fix, at one place."""

    path: str
    """File, relative to the project, with forward slashes. Empty for what was typed with a command."""
    line: int
    """Line in that file, counted from 1."""
    message: str
    """What must be true, and what was found instead."""
    tip: str = ""
    """How to put it right, in one sentence."""
    blocks: bool = True
    """True for a problem, which stops the build; False for a notice, which does not."""
    rule: str = field(default="", compare=False)
    """The rule that found it, by the name of its function: for programs and tests. Two may find the same."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.path else ""
        level = "" if self.blocks else "notice: "
        tip = f"\n  Tip: {self.tip}" if self.tip else ""
        return f"{place}{level}{self.message}{tip}"


Wrong = Iterator[tuple[Loc, str, str]]
"""What a rule finds wrong inside one thing: the way to the value, what must be true of it, and a tip."""


class Written(Protocol):
    """Where a thing is written: a file, or a part of one."""

    @property
    def path(self) -> str:
        """The file, relative to the project."""

    def line(self, loc: Loc) -> int:
        """The line of a value inside it."""


def problems_at(written: Written, prefix: Loc, wrong: Wrong) -> Iterator[Problem]:
    """What one rule finds wrong, each at its line. `prefix` is the way to what the rule looks at."""
    for inner, message, tip in wrong:
        loc = (*prefix, *inner)
        found = f"{spell(loc)} {message}".strip()
        yield Problem(written.path, written.line(loc), found, tip, rule=_name(wrong))


def named(found: Iterable[Problem], rule: str = "") -> Iterator[Problem]:
    """What one rule finds, with the rule's name: the one given, or that of the generator function."""
    for problem in found:
        yield replace(problem, rule=problem.rule or rule or _name(found))


def _name(rule: object) -> str:
    """A generator carries the name of its function."""
    return getattr(rule, "__name__", "")


def capped(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file and line, each once; of a file with very many the first, and their number."""
    kept: list[Problem] = []
    count: Counter[str] = Counter()
    more: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in sorted(set(problems)):
        count[problem.path] += 1
        (kept if count[problem.path] <= MOST else more[problem.path]).append(problem)
    for path, left in more.items():
        message, tip = f"the file has {len(left):,} problems more", "Mend these first, and look again."
        kept.append(Problem(path, left[-1].line, message, tip, blocked(left), "problems_are_few"))
    return sorted(kept)


def blocked(problems: Iterable[Problem]) -> bool:
    """Whether anything is wrong that must not be published."""
    return any(map(attrgetter("blocks"), problems))


class WrongCallError(Exception):
    """What is wrong with a command as it was typed, and a tip. Nothing was done."""

    def __init__(self, message: str, tip: str) -> None:
        self.problem = Problem("", 0, message, tip)
        super().__init__(self.problem)


class StoppedError(Exception):
    """A report of what must be put right before a command does anything."""


def quoted(value: object, *, length: int = 60) -> str:
    """A value as a message quotes it: on one line, in quotes, cut where it is long, odd blanks by number."""
    seen = re.sub(r"[^\S \n\r\t]", lambda found: f"[U+{ord(found.group()):04X}]", str(value))
    text = " ".join(seen.split())
    return f"'{text if len(text) <= length else text[: length - 1] + '…'}'"


def report(problems: Iterable[Problem], *, output_format: str = "text") -> str:
    """All problems as one text, sorted by file and line; `output_format` is one of `FORMATS`."""
    ordered = sorted(set(problems))
    if output_format == "json":
        return json.dumps(list(map(asdict, ordered)), indent=2)  # in letters of any console
    if output_format == "github":
        return "\n".join(map(_annotation, ordered))
    return "\n".join(map(str, ordered))


def _annotation(problem: Problem) -> str:
    """A workflow command that GitHub shows beside the line in a pull request."""
    level = "error" if problem.blocks else "notice"
    text = f"{problem.message} {problem.tip}".strip()
    return f"::{level} file={_escape(problem.path, ',:')},line={problem.line}::{_escape(text)}"


def _escape(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in "%\r\n" + more else c for c in text)


def on_any_console() -> None:
    """From now on, write a letter that the console does not know by its number, where Python would stop."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def one_of(choices: Iterable[str], *, last: str = "or") -> str:
    """A list as a sentence has it: a, b or c."""
    *most, end = choices
    return f"{', '.join(most)} {last} {end}" if most else end


def closest(word: str, choices: Iterable[str]) -> str:
    """The choice most like a misspelt word; empty where none is near."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - most runs find nothing misspelt

    found = process.extractOne(
        word, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR
    )
    return found[0] if found else ""


def nearest(word: str, choices: Iterable[str]) -> str:
    """A tip with the choice most like a misspelt word; empty where none is near."""
    found = closest(word, choices)
    return f"Did you mean '{found}'?" if found else ""
