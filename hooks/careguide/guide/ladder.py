"""The levels of urgency as a ladder: which is worse, and which step is which."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from careguide.model.lists import Urgency


@dataclass(frozen=True)
class Ladder:
    """The levels of urgency, worst first. A guide may have as many as it needs; nothing counts them."""

    levels: tuple[Urgency, ...]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The levels' ids, worst first."""
        return tuple(map(attrgetter("id"), self.levels))

    @property
    def worst(self) -> str:
        """The level at which help is called at once."""
        return self.ids[0]

    @property
    def last(self) -> str:
        """The level of somebody who has no sign."""
        return self.ids[-1]

    def index(self, level: str) -> int:
        """How far down a level stands: 0 is the worst."""
        return self.ids.index(level)
