"""Interface words as templates take them. What a page needs and `data/words.yml` lacks is noted, and the page goes on without it, so that one run finds all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, quoted
from careguide.source.yaml_reader import Document


class Words(dict[str, Any]):
    """A group of words, by name."""

    def __init__(
        self, words: Mapping[str, Any], document: Document, found: set[Problem] | None = None, loc: Loc = ()
    ) -> None:
        self.document, self.loc = document, loc
        self.found: set[Problem] = set() if found is None else found
        """What pages asked for in vain."""
        super().__init__(
            {name: self._held(name, value) for name, value in words.items() if value is not None}
        )

    def _held(self, name: str, value: Any) -> Any:
        loc = (*self.loc, name)
        return (
            Words(value, self.document, self.found, loc)
            if isinstance(value, Mapping)
            else _Word(value, self, loc)
        )

    def __missing__(self, name: str) -> _Nothing:
        return self.lacks(name)

    def lacks(self, name: str, loc: Loc | None = None) -> _Nothing:
        """Note a word that is not there. Nothing stands in for it."""
        loc = (*(self.loc if loc is None else loc), name)
        group = f" under '{loc[-2]}:'" if len(loc) > 1 else ""
        self.note(loc, "must be given, because a page shows it", f"Add a line '{name}: …'{group}.")
        return _Nothing()

    def note(self, loc: Loc, message: str, tip: str) -> None:
        """Note something to fix."""
        self.found.add(Problem(self.document.path, self.document.line(loc), f"{spell(loc)} {message}", tip))

    def __str__(self) -> str:
        self.note(
            self.loc,
            "must be one text, not fields of its own",
            "See the same place in another guide's words.",
        )
        return ""


class _Word(str):
    """One text."""

    def __new__(cls, text: Any, group: Words, loc: Loc) -> _Word:
        word = super().__new__(cls, text)
        word.group, word.loc = group, loc
        return word

    def __getitem__(self, name: Any) -> Any:
        return self.group.lacks(name, self.loc) if isinstance(name, str) else super().__getitem__(name)

    @property
    def title(self) -> Any:
        """A page that asks a text for its title takes it for a group. (What Python's texts call so, no page needs.)"""
        return self["title"]

    def format(self, *args: Any, **gaps: Any) -> str:
        """The text with its gaps filled in."""
        try:
            return super().format(*args, **gaps)
        except (LookupError, ValueError):
            names = ", ".join(f"{{{name}}}" for name in gaps)
            tip = "Write each gap as it is in another guide's words, and close its bracket."
            self.group.note(self.loc, f"must have no gaps but {names}, not {quoted(self)}", tip)
            return ""


class _Nothing(str):
    """An empty text that stands in for a word, or for a whole group, that is not there and has been noted."""

    def __getitem__(self, name: Any) -> _Nothing:
        return self

    def __getattr__(self, name: str) -> _Nothing:
        return self

    def __call__(self, *args: object, **gaps: object) -> _Nothing:
        return self

    title = property(__call__)
