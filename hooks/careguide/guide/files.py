"""The files of a guide: what each holds, kept until it changes, and what is wrong with them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careguide.guide.validation import Origin, P, build
from careguide.source import text_files, yaml_reader
from careguide.source.cache import Cache
from careguide.source.locations import Loc
from careguide.source.problems import Problem
from careguide.source.yaml_reader import Document

_FIELDS = "a list of fields, each on a line 'name: value'"


@dataclass
class Files:
    """The files of a guide."""

    root: Path
    problems: list[Problem]
    """Where what is wrong with them is noted."""
    kept: Cache
    """The values of files with nothing wrong, because reading YAML takes long."""

    def note(self, path: str, line: int, message: str, tip: str) -> None:
        """Note what is wrong with how a file is named or made."""
        self.problems.append(Problem(path, line, message, tip, rule="files_have_their_form"))

    def inside(self, folder: str, pattern: str = "*") -> list[Path]:
        """What stands in a folder, sorted, without what editors and systems leave there."""
        found = (self.root / folder).glob(pattern)
        return sorted(file for file in found if not text_files.LEFT_BEHIND.fullmatch(file.name))

    def has(self, path: str) -> bool:
        """Whether anything stands at a path, even what cannot be read."""
        return os.path.lexists(self.root / path)

    def read(self, path: str) -> Document | None:
        """A file's values; None where there is no file, or nothing that could be read."""
        if not self.has(path):
            return None
        raw, wrong = text_files.read_bytes(self.root, path)
        if wrong:
            self.problems += wrong
            return None
        written = raw.decode(errors="replace")
        if (known := self.kept.get(written)) is not None:
            value, whole, *entries = known
            known_lines: dict[Loc, int] = {(): whole}
            known_lines |= {(number,): line for number, line in enumerate(entries)}
            return Document(path, value, written, known_lines=known_lines)
        text, found = text_files.decoded(path, raw)
        document, more = yaml_reader.parse(path, text)
        self.problems += [*found, *more]
        if not (found or more):
            if document.value is None:
                tip = "Delete it, or see a neighbouring file for its shape."
                self.note(path, 1, "the file must not be empty", tip)
            else:
                entries = range(len(document.value)) if isinstance(document.value, list) else ()
                lines = [document.line(()), *(document.line((number,)) for number in entries)]
                self.kept.put(written, [document.value, *lines])
        return document if document.value is not None else None

    def build(self, model: type[P], value: Any, origin: Origin) -> P | None:
        """A model's instance; None where a field is wrong, which is noted."""
        thing, wrong = build(model, value, origin)
        self.problems += wrong
        return thing

    def shaped(self, shape: type, path: str, what: str = _FIELDS) -> Document | None:
        """The same of a file that must hold a list, or fields; None where it holds something else."""
        document = self.read(path)
        if document and not isinstance(document.value, shape):
            tip = "See a neighbouring file for its shape."
            self.note(path, document.line(()), f"the file must be {what}", tip)
            return None
        return document
