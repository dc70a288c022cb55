"""Everything that was read, linked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careguide.guide.readability import Vocabulary
from careguide.guide.validation import Origin
from careguide.model.fields import Entry
from careguide.source.articles import Article
from careguide.source.yaml_reader import Document

DATA, CONTENT = "data", "content"


SCHEMAS = "schema"
"""The folder in `data/` that holds what editors read."""


SHEETS = "sheets.jsonl"
"""The file in `data/` that keeps what printed sheets said, read by `age`."""


DRAWINGS = "overrides/assets/drawings"


@dataclass(frozen=True)
class Guide:
    """Everything the data and the hand-written pages say, linked."""

    things: Mapping[str, Mapping[str, Any]]
    """Every thing, by kind and then by id, in the order of its file or of the file names."""
    origins: Mapping[tuple[str, str], Origin]
    """Where each thing is written, by kind and id; under an empty id, what is written in a list and cannot be read."""
    articles: Mapping[str, Article]
    """Hand-written pages, by path inside `content/`."""
    words: Mapping[str, Any]
    """Interface words."""
    reading: Vocabulary
    """What the reading scores must know about single words."""
    backlinks: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
    """For each thing (kind and id): the ids of the things that name it, by their kind."""
    words_file: Document
    """Where the interface words are written."""

    def linked(self, kind: str, id: str, by: str) -> list[Any]:
        """The things of the kind `by` that name this thing: the causes a remedy helps with, say."""
        return [self.things[by][each] for each in self.backlinks.get((kind, id), {}).get(by, ())]

    def unread(self, kind: str, id: str) -> bool:
        """Whether a thing is written, but not so that it can be read. One problem says so already; what seems to be missing because of it is none."""
        return (kind, id) in self.origins and id not in self.things[kind]

    def whole(self, kind: str = "") -> bool:
        """Whether all things of a kind, or of every kind, could be read."""
        return not any(self.unread(each, id) for each, id in self.origins if kind in ("", each))

    def all(self) -> Iterator[tuple[str, Entry, Origin]]:
        """Every thing with its kind and where it is written."""
        for kind, things in self.things.items():
            for id, thing in things.items():
                yield kind, thing, self.origins[kind, id]
