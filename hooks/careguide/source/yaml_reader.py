"""YAML and front matter, read as values that remember their line.

Every scalar is read as text, so that `no` stays "no", `10:15` stays "10:15" and `1.10` stays "1.10"; the
model turns text into dates and choices. What YAML allows but a guide never needs (aliases, tags, repeated
keys, several documents) is a problem.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from careguide.source.locations import Loc
from careguide.source.problems import MOST, Problem, named, quoted
from careguide.source.text_files import hidden, without_hidden
from careguide.source.yaml_syntax import syntax_problem

# The C loader is some ten times faster; PyYAML may be built without it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 12
_TOO_DEEP = (
    f"values must not be nested more than {_DEEPEST} deep",
    "See a neighbouring file for the shape of this one.",
)
_DEEPEST_BRACKETS = 100
"""Beyond this the YAML library takes longer than anybody waits, and nobody means it."""
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_SPACE = re.compile(
    rf"^[ {_SPACES}]*(?:-[{_SPACES}]+)*(?:-[ ]+)*(?:[\w-]+:[{_SPACES}]+)?|[ {_SPACES}]+$", re.MULTILINE
)
"""Where a space of another kind stands for one: at the start of a line, after its name, at its end."""


class Unread:
    """Stands for a value that was not read: one problem says so, and the model need not complain again."""


UNREAD = Unread()


@dataclass(frozen=True)
class Document:
    """One file's values, and the line of each."""

    path: str
    """File, relative to the project."""
    value: Any = None
    """Mappings, lists and texts; None where nothing was written."""
    text: str = ""
    """What it was read from."""
    first_line: int = 1
    """The line of the file that the text starts on."""
    known_lines: Mapping[Loc, int] = field(default_factory=dict)
    """Lines that are known without reading the text again."""

    @cached_property
    def lines(self) -> Mapping[Loc, int]:
        """Line of each value, by the way to it. Found only when it is asked for: mostly nothing is wrong."""
        reader = _Reader(self.path, self.first_line)
        reader.document(self.text)
        return reader.lines

    def holds(self, _loc: Loc) -> bool:
        """Whether a value stands in this file, and not in one that it is laid over."""
        return True

    def line(self, loc: Loc) -> int:
        """The line of a value, or of the nearest thing around it."""
        if loc in self.known_lines:
            return self.known_lines[loc]
        in_entry = loc[:1] in self.known_lines and isinstance(loc[0], int)
        lines = self._lines_of_entry(loc[0]) if in_entry else self.lines
        return next((lines[loc[:n]] for n in range(len(loc), -1, -1) if loc[:n] in lines), 1)

    def _lines_of_entry(self, index: Any) -> Mapping[Loc, int]:
        """The lines of one entry of a list, whose start is known; of all, where it cannot be read alone."""
        start, end = self.known_lines[index,], self.known_lines.get((index + 1,))
        rows = self.text.split("\n")[start - self.first_line : end and end - self.first_line]
        reader = _Reader(self.path, start)
        try:
            entries = reader.document("\n".join(rows))
        except yaml.YAMLError:
            return self.lines
        if not isinstance(entries, list) or len(entries) != 1:
            return self.lines
        return {(index, *loc[1:]): line for loc, line in reader.lines.items() if loc}


def parse(path: str, text: str, *, first_line: int = 1) -> tuple[Document, list[Problem]]:
    """YAML text as values that remember their line. `first_line` is that in the file of the text's first."""
    problems = list(named(lines_start_with_spaces(path, text, first_line)))
    problems += named(values_are_not_deep_in_brackets(path, text, first_line))
    if problems:
        return Document(path), problems
    text = with_usual_spaces(text)
    reader = _Reader(path, first_line)
    try:
        value = reader.document(text)
    except yaml.YAMLError as error:
        syntax = syntax_problem(path, error, first_line, text)
        return Document(path), [*(each for each in reader.problems if each.line != syntax.line), syntax]
    return Document(path, value, text, first_line, reader.lines), reader.problems


def with_usual_spaces(text: str) -> str:
    """A text in which a space that only looks like one is one, where YAML asks for it."""
    if not re.search(f"[{_SPACES}]", text):
        return text
    return _ODD_SPACE.sub(lambda found: re.sub(f"[{_SPACES}]", " ", found.group()), text)


def lines_start_with_spaces(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """No line may be indented with a tab."""
    for number, line in enumerate(text.split("\n"), first_line):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            message = "lines must be indented with spaces, not with tabs"
            yield Problem(path, number, message, "Put two spaces for each step to the right.")


def values_are_not_deep_in_brackets(path: str, text: str, first_line: int) -> Iterator[Problem]:
    """The same of brackets, before they are read: that takes longer than anybody waits."""
    deep = 0
    if text.count("[") + text.count("{") < _DEEPEST_BRACKETS:
        return
    for number, line in enumerate(text.split("\n"), first_line):
        for letter in line:
            deep = max(0, deep + (letter in "[{") - (letter in "]}"))
            if deep > _DEEPEST_BRACKETS:
                yield Problem(path, number, *_TOO_DEEP)
                return


class _Reader:
    """Builds values from the stream of YAML events of one file."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.lines: dict[Loc, int] = {}
        """Line of each value, by the way to it."""
        self.problems: list[Problem] = []
        """What was wrong."""
        self.rows: list[str] = []
        """The lines of the text."""

    def document(self, text: str) -> Any:
        """The value of the only document in a text."""
        self.rows = text.split("\n")
        value: Any = None
        seen = 0
        events = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                seen += 1
                if seen > 1:
                    self.problem(event, "a file must hold one document", "Delete the line with three dashes.")
            elif isinstance(event, yaml.NodeEvent):
                value = self.value(event, events, ())
        return value if seen == 1 else None  # of two, nobody can say what is missing in each

    def value(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], loc: Loc) -> Any:
        """The value that starts with this event."""
        self.lines.setdefault(loc, self.line(event))
        if isinstance(event, yaml.AliasEvent):
            message = f"a value must be written out, not repeated with the alias '*{event.anchor}'"
            tip = "Copy the words to this place; if the text itself starts with a star, put it in quotes."
            self.problem(event, message, tip)
            return UNREAD
        if mark := _mark(event):
            message = f"a value must not carry an anchor or a tag, but has '{mark}'"
            self.problem(event, message, "Delete it; if the text itself starts so, put the text in quotes.")
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if len(loc) >= _DEEPEST:
            self.problem(event, *_TOO_DEEP)
            return self.skip(events)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, loc)
        return self.mapping(events, loc)

    def scalar(self, event: yaml.ScalarEvent) -> str | None:
        """A text; None where nothing was written."""
        end = event.end_mark
        rest = self.rows[end.line][end.column :] if end and end.line < len(self.rows) else ""
        if not event.value:
            if not event.style and re.match(r" +#\w", rest):
                self._cut_off(event, rest)
            return "" if event.style else None
        if event.style == '"' and (named_ := next(hidden(event.value), "")):
            message = f"text must not hold invisible characters, but has {named_}"
            self.problem(event, message, "Delete the backslash and what belongs to it.")
            return without_hidden(event.value)
        # One word with a note behind it is meant; of a sentence, the rest would vanish unseen. A note has a
        # blank behind its '#', and what follows one blank after a word with a capital is hardly a note.
        is_text = " " in event.value or (event.value[:1].isupper() and rest.startswith(" #"))
        if not event.style and re.match(r" +#" if is_text else r" +#[^\s#]", rest):
            self._cut_off(event, rest)
        return event.value

    def _cut_off(self, event: yaml.Event, rest: str) -> None:
        """What stands behind ' #' is a note to YAML."""
        message = f"a text must not be cut by ' #', but {quoted(rest.strip())} is left out"
        self.problem(event, message, "Put the whole text in quotes; a note stands on a line of its own.")

    def sequence(self, events: Iterator[Any], loc: Loc) -> list[Any]:
        """The list whose start was just read."""
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self.value(event, events, (*loc, len(items))))
        return items

    def mapping(self, events: Iterator[Any], loc: Loc) -> dict[str, Any]:
        """The fields whose start was just read."""
        fields: dict[str, Any] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            name = key.value if isinstance(key, yaml.ScalarEvent) and not _mark(key) else None
            if not name:
                tip = "Write it as 'name: value'; put a text that starts with a bracket in quotes."
                self.problem(key, "a field's name must be plain text", tip)
                if isinstance(key, yaml.CollectionStartEvent):
                    self.skip(events)
            elif name == "<<":
                message = "fields must be written out, not merged with '<<'"
                self.problem(key, message, "Copy the lines that are meant to this place.")
                name = None
            elif name.startswith("-"):
                self.problem(key, f"a dash must have a space after it, but is {quoted(name)}", "Write '- '.")
                name = name.strip("-")
            elif name in fields:
                message = f"{name} must be given once, but is given on line {self.lines[(*loc, name)]} too"
                self.problem(key, message, "Keep one of the two.")
            else:
                self.lines.setdefault((*loc, name), self.line(key))
            value = self.value(next(events), events, (*loc, name or "?"))
            if name:
                fields.setdefault(name, value)
        return fields

    def skip(self, events: Iterator[yaml.Event]) -> Unread:
        """Pass over the rest of a collection without building it."""
        depth = 1
        while depth:
            event = next(events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        return UNREAD

    def line(self, event: yaml.Event) -> int:
        """The line of the file that an event starts on."""
        mark = event.start_mark
        return (mark.line if mark else 0) + self.first_line

    def problem(self, event: yaml.Event, message: str, tip: str) -> None:
        """Note what is wrong where an event starts."""
        if len(self.problems) <= MOST:
            self.problems.append(Problem(self.path, self.line(event), message, tip, rule="yaml_is_simple"))


def _mark(event: yaml.NodeEvent) -> str:
    """The anchor or the tag that a value carries; empty for neither."""
    anchor = f"&{event.anchor}" if event.anchor else ""
    return anchor or getattr(event, "tag", "") or ""
