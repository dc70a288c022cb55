"""One thing that was taken from readers between two versions, and the texts in which that can happen."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from careguide.flow.weaker_words import Judge
from careguide.guide import foreign
from careguide.guide.services import FILLED
from careguide.guide.validation import Origin
from careguide.model.fields import Entry, Prose
from careguide.source.locations import Loc

TEXTS = {
    "urgency": ("title", "do"),
    "meanwhile": ("text", "additions"),
    "flows": ("times", "results", "not_sure", "again"),
    "services": ("levels", "call", "emergency", "advice", "poison", "crisis"),
    "movements": ("next",),
    "amounts": ("amount",),
    "symptoms": ("lead",),
    **dict.fromkeys(("causes", "remedies", "treatments", "investigations"), ("red_says", "handout")),
}
"""The fields that tell readers what to do about a sign, by kind."""
COUNTED = ("do", "text", "additions", "levels", "red_says")
"""Those of them whose numbers are not another record's, so that another number is another order."""


@dataclass(frozen=True)
class Weakening:
    """One thing that was taken from readers."""

    id: str
    """What an entry under `lowered` must name: a sign, or a story, a level or a page."""
    says: str
    """What was taken, as the end of a sentence."""
    origin: Origin
    """Where to look."""
    loc: Loc = ()
    sure: bool = True
    """Whether it says less; otherwise only people can tell."""
    line: int = 0
    """The line, where the way to a value does not lead to it."""


def told(
    id_: str, what: str, less: Judge, both: tuple[str, str], origin: Origin, *loc: str | int
) -> Iterator[Weakening]:
    """In which way the second of two texts says less than the first, if it does; at the way to it.

    Words that a translation had only in the original's language cannot be compared.
    """
    before, after = map(foreign.own, both)
    says, sure = less(before, after) if before != after and bool(before) == bool(both[0]) else ("", False)
    if says:
        yield Weakening(id_, f"{what} {says}", origin, loc, sure)


def words_of(thing: Entry | None, fields: Collection[str], *, others: bool = False) -> str:
    """All words of some fields, or of all `others`, with whom to call as it is written."""
    texts: list[str] = []
    for leaf in thing.leaves if thing else ():
        if isinstance(leaf.mark, Prose) and (leaf.loc[0] in fields) != others:
            heading = "## " if leaf.loc[-1] == "heading" else ""
            texts.append(heading + leaf.text if others else re.sub("[^.?!]$", r"\g<0>.", leaf.text))
    return FILLED.sub(r"{call:\g<call>}", ("\n\n" if others else " ").join(texts))
