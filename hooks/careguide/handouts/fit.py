"""Whether each sheet fits on its paper with a line to spare, and which text must be shorter where not.

A sheet is laid out as it will be printed, with one line more on each of its sides. So what is not written in
the data has room: who reviewed it, and an address longer than others. Without the site's address it is
measured with one that fills the footer, so a check says what a build of the site would.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from careguide import typesetting
from careguide.guide.guide import Guide
from careguide.handouts import layout
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import Handout
from careguide.handouts.layout import Edition
from careguide.source.cache import Cache, code_digest, files_digest
from careguide.source.locations import Loc
from careguide.source.problems import Problem, Written, quoted

_FIELDS = {
    "steps": "steps",
    "texts": "text",
    "ask": "ask_your_doctor",
    "asked": "doctor_questions",
    "causes": "causes",
    "signs": "shown",
}
"""The lists of texts on a sheet, and the fields that they come from."""
_RULE = "sheets_fit_their_paper"
_OTHERS = 2
"""How many other ways to make a sheet fit are named."""

Content = dict[str, Any]


@dataclass(frozen=True)
class _Field:
    """A field of the data, and where the content of a sheet has its texts: words, or words in pieces."""

    name: str
    written: Written
    holder: Content
    key: str

    @property
    def way(self) -> Loc:
        """The way to it in its file: its name counts from 1."""
        parts = re.findall(r"\w+", self.name)
        return tuple(int(part) - 1 if part.isdigit() else part for part in parts)

    @property
    def texts(self) -> list[Any]:
        """Its texts; one, where it is no list."""
        held = self.holder[self.key]
        return list(held) if self._is_list else [held]

    @property
    def words(self) -> int:
        """How many words its texts have."""
        return sum(len(_words(each)) for each in self.texts)

    def put(self, texts: list[Any]) -> None:
        """Put other texts in their place."""
        self.holder[self.key] = texts if self._is_list else texts[0]

    @property
    def _is_list(self) -> bool:
        # A text in pieces is a list too.
        return self.key in _FIELDS and isinstance(self.holder[self.key], list)


def check(
    handouts: Iterable[Handout], guide: Guide, drawings: Mapping[str, Drawing], cache: Path | None = None
) -> Iterator[Problem]:
    """Every sheet that does not fit, with the field that must be shorter.

    What was measured is kept in `cache`.
    """
    file = cache and cache / "fits.json"
    depends = (code_digest(__name__), files_digest(typesetting.ROOT)) if file else ()
    known = Cache(file, *depends)
    for handout in handouts:
        for edition in layout.EDITIONS:
            # The code stands for all the words and drawings of a sheet but the review.
            sheet = [handout.id, handout.code, handout.review, edition.name]
            most = layout.sides(handout, edition)
            found = known.get(sheet)
            if found and found["sides"] <= most:
                continue
            content = layout.content(layout.anywhere(handout), edition, guide, drawings)
            if not found:
                try:
                    found = _measured(handout, content, most, guide)
                except typesetting.TypesettingError as error:
                    yield refused(handout, edition, error)
                    continue
                known.put(sheet, found)
            if found["sides"] > most:
                yield _too_long(handout, edition, content, found, guide)
    known.close()


def refused(handout: Handout, edition: Edition, error: typesetting.TypesettingError) -> Problem:
    """A sheet that the typesetter refuses."""
    message = f"the {edition.name} sheet '{handout.id}' cannot be set: {error}"
    tip = "Look at the words and drawings of this sheet; the message is the typesetter's own."
    return Problem(handout.origin, 1, message, tip, rule=_RULE)


def _measured(handout: Handout, content: Content, most: int, guide: Guide) -> dict[str, Any]:
    """How many sides a sheet has, and how many words each field would have to lose where these are too many.

    Fields are named by their number; one that cannot make the sheet fit alone is left out.
    """
    from careguide.handouts import pdf  # noqa: PLC0415 - most runs know already, and it takes long to load

    sides = pdf.sides(content)
    if sides <= most:
        return {"sides": sides, "less": []}
    less = []
    for number, field in enumerate(_fields(handout, content, guide)):
        texts, most_words = field.texts, field.words - 1

        def fits_without(words: int, field: _Field = field, texts: list[Any] = texts) -> bool:
            field.put(_shorter(texts, words))
            return pdf.sides(content) <= most

        if most_words > 0 and (words := _fewest(fits_without, most_words)):
            less.append([words, number])
        field.put(texts)
    return {"sides": sides, "less": sorted(less)}


def _fewest(fits_without: Callable[[int], bool], most: int) -> int:
    """The fewest words that must go, at least 1 and at most `most`; 0 where not even those are enough."""
    if not fits_without(most):
        return 0
    low, high = 1, 1
    while high < most and not fits_without(high):
        low, high = high + 1, min(high * 2, most)
    while low < high:
        middle = (low + high) // 2
        if fits_without(middle):
            high = middle
        else:
            low = middle + 1
    return high


def _too_long(
    handout: Handout, edition: Edition, content: Content, found: Mapping[str, Any], guide: Guide
) -> Problem:
    """Names the field that has to lose the fewest words, and in the tip some others that could."""
    most = layout.sides(handout, edition)
    sides = "1 side" if most == 1 else f"{most} sides"
    goal = f"so that the {edition.name} sheet '{handout.id}' fits on {sides} with a line to spare"
    if not found["less"]:
        tip = (
            f"It has {found['sides']} sides now. No field alone is enough: shorten the longest of its lists."
        )
        return Problem(handout.origin, 1, f"several texts must be shorter, {goal}", tip, rule=_RULE)
    fields = list(_fields(handout, content, guide))
    (words, first), *others = [(words, fields[number]) for words, number in found["less"]]
    message = f"{first.name} must be {words} word{'s' * (words != 1)} shorter, {goal}"
    tips = []
    if len(first.texts) > 1:
        longest = max((_words(each) for each in first.texts), key=len)
        tips.append(f"Its longest text has {len(longest)} words: {quoted(' '.join(longest))}.")
    if others:
        ways = " or ".join(f"{field.name} by {words}" for words, field in others[:_OTHERS])
        tips.append(f"Or shorten {ways}.")
    line = first.written.line(first.way)
    return Problem(first.written.path, line, message, " ".join(tips) or "Say it in fewer words.", rule=_RULE)


# ------------------------------------------------------------------------------------------------------------
# Which texts a sheet has


def _fields(handout: Handout, content: Content, guide: Guide) -> Iterator[_Field]:
    """The fields whose texts stand on a sheet, its own before those that other sheets show too."""
    about = guide.origins["remedies" if handout.kind == "remedy" else "symptoms", handout.about]
    yield _Field("title", about, content, "title")
    if handout.kind in ("symptom", "remedy"):
        yield _Field("lead" if handout.kind == "symptom" else "short", about, content, "summary")
    else:
        yield _Field(f"handout.{handout.kind}.summary", guide.words_file, content, "summary")
    for remedy, remedy_content in zip(handout.remedies, content["remedies"], strict=True):
        yield _Field("handout", guide.origins["remedies", remedy.id], remedy_content, "text")
    for avoided in content["avoid"]:
        yield _Field("remedies", about, avoided, "text")
    for number, section in zip(_numbers(handout, guide), content["sections"], strict=True):
        # The first section of a sheet is the lead of its page.
        within = "" if number is None else f"sections[{number + 1}]."
        yield from _lists(section, about, within)
        text = f"{within}text" if within else "lead"
        for block in section["blocks"]:
            yield from (replace(each, name=text) for each in _lists(block, about))
    yield from _lists(content, about)
    for level in content["levels"]:
        urgency = guide.origins["urgency", guide.ladder.ids[level["number"] - 1]]
        yield from _lists(level, about)
        yield from (_Field(name, urgency, level, name) for name in ("do", "title"))


def _numbers(handout: Handout, guide: Guide) -> list[int | None]:
    """Where each section of a sheet stands on its page, from 0; None for the lead.

    A section of signs alone is none on paper.
    """
    if not handout.sections:
        return []
    written = guide.remedies[handout.about].sections
    return [None, *(number for number, each in enumerate(written) if each.text or each.steps)]


def _lists(holder: Content, written: Written, within: str = "") -> Iterator[_Field]:
    """The lists of texts in a part of a sheet's content, `within` what part of the data."""
    for key, name in _FIELDS.items():
        if isinstance(holder.get(key), list) and holder[key]:
            yield _Field(f"{within}{name}", written, holder, key)


def _words(text: Any) -> list[str]:
    """The words of a text, which may be in pieces."""
    return (text if isinstance(text, str) else "".join(run["text"] for run in text)).split()


def _shorter(texts: list[Any], less: int) -> list[Any]:
    """The texts without so many words, taken from the end of the longest. A text without words is none."""
    left = [_words(each) for each in texts]
    for words in sorted(left, key=len, reverse=True):
        cut = min(less, len(words))
        del words[len(words) - cut :]
        less -= cut
    shorter = []
    for words, text in zip(left, texts, strict=True):
        if words:
            said = " ".join(words)
            shorter.append(said if isinstance(text, str) else [{"text": said, "strong": False}])
    return shorter
