"""Whether each sheet fits on its paper with a line to spare, and which text must be shorter where not.

A sheet is laid out as it will be printed, with one line more on each of its sides. So what is not written in
the data has room: who reviewed it, and an address longer than others. Without the site's address it is
measured with one that fills the footer, so a check says what a build of the site would.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from careguide import styling, typesetting
from careguide.guide.guide import Guide
from careguide.guide.validation import Origin
from careguide.handouts import layout
from careguide.handouts.drawings import Drawing
from careguide.handouts.handout import Handout
from careguide.handouts.layout import Edition
from careguide.source.cache import Cache
from careguide.source.digests import code_digest, files_digest
from careguide.source.locations import Loc, spell
from careguide.source.parallel import worked
from careguide.source.problems import Problem, quoted
from careguide.source.progress import silent

_BATCH = 24
"""How many sheets are laid out at a time."""
_OTHERS = 2
"""How many other ways to make a sheet fit are named."""
Content = dict[str, Any]


@dataclass(frozen=True)
class _Field:
    """A field of the data, and where the content of a sheet has its texts: words, or words in pieces."""

    loc: Loc
    origin: Origin
    holder: Content
    key: str

    @property
    def texts(self) -> list[Any]:
        """Its texts; one, where it is no list."""
        held = self.holder[self.key]
        return list(held) if self._is_list else [held]

    def put(self, texts: list[Any]) -> None:
        """Put other texts in their place."""
        self.holder[self.key] = texts if self._is_list else texts[0]

    @property
    def _is_list(self) -> bool:
        held = self.holder[self.key]
        return not held or not (isinstance(held, str) or isinstance(held[0], dict))


def sheets_fit_their_paper(
    handouts: Iterable[Handout], guide: Guide, drawings: Mapping[str, Drawing], cache: Path | None = None
) -> Iterator[Problem]:
    """Every sheet must fit on its paper; where one does not, the field that must be shorter is named.

    What was measured is kept in `cache`. Several sheets are measured at a time.
    """
    known = _known(guide, cache)
    missing: list[_Sheet] = []
    too_long: list[_Sheet] = []
    for sheet in _every(handouts):
        found = known.get(sheet.key)
        if not found:
            missing.append(sheet)
        elif found["sides"] > sheet.most:
            too_long.append(sheet)
    work = partial(_all_measured, guide=guide, drawings=drawings, colours=styling.on_paper())
    batches = [missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH)]
    measured = chain.from_iterable(worked(work, batches, "Sheets to measure", silent))
    for sheet, found in zip(missing, measured, strict=True):
        if isinstance(found, Problem):
            yield found
            continue
        known.put(sheet.key, found)
        if found["sides"] > sheet.most:
            too_long.append(sheet)
    for sheet in too_long:
        fields = list(_fields(sheet.handout, sheet.content(guide, drawings), guide))
        # A translation gets a side more: who changed the original may not know its language.
        yield replace(_too_long(sheet, fields, known.get(sheet.key)), blocks=not sheet.handout.language)
    known.close()


def all_are_measured(handouts: Iterable[Handout], guide: Guide, cache: Path | None) -> bool:
    """Whether every sheet was measured before, as it is now."""
    known = _known(guide, cache)
    return all(known.get(sheet.key) for sheet in _every(handouts))


def _known(guide: Guide, cache: Path | None) -> Cache:
    """What was measured before."""
    language = guide.translation.folder if guide.translation else ""
    file = cache and cache / f"fits{language}.json"
    depends = (code_digest(__name__), files_digest(typesetting.ROOT)) if file else ()
    return Cache(file, *depends)


def _every(handouts: Iterable[Handout]) -> "Iterator[_Sheet]":
    """Every sheet in each of its editions; none that was withdrawn."""
    for handout in handouts:
        for edition in layout.editions(handout) if not handout.withdrawn else ():
            yield _Sheet(handout, edition)


@dataclass(frozen=True)
class _Sheet:
    """A sheet in one of its editions."""

    handout: Handout
    edition: Edition

    @property
    def key(self) -> list[str]:
        """What its layout depends on: the code stands for all its words and drawings but the review."""
        return [self.handout.id, self.handout.code, self.handout.review, self.edition.name]

    @property
    def most(self) -> int:
        """The most sides it may have."""
        return layout.sides(self.handout, self.edition)

    def content(self, guide: Guide, drawings: Mapping[str, Drawing]) -> Content:
        """What stands on it at an address that fills the footer."""
        return layout.on_paper(layout.anywhere(self.handout), self.edition, guide, drawings)


def _all_measured(
    sheets: list[_Sheet], *, guide: Guide, drawings: Mapping[str, Drawing], colours: Mapping[str, str]
) -> list[dict[str, Any] | Problem]:
    """How many sides each sheet has, and what must go where these are too many; or why it cannot be set."""
    from careguide.handouts import pdf  # noqa: PLC0415 - most runs measure none; it loads slowly

    found: list[dict[str, Any] | Problem] = []
    contents = [sheet.content(guide, drawings) for sheet in sheets]
    try:
        for sheet, content, sides in zip(sheets, contents, pdf.sides(contents, colours), strict=True):
            fields = list(_fields(sheet.handout, content, guide)) if sides > sheet.most else []
            found.append({"sides": sides, "less": _too_many(content, fields, sheet.most, colours)})
    except typesetting.TypesettingError as error:
        if len(sheets) == 1:
            return [pdf.refused(sheets[0].handout, sheets[0].edition, error)]
        found = []
        for sheet in sheets:  # to see which it is
            found += _all_measured([sheet], guide=guide, drawings=drawings, colours=colours)
    return found


def _too_many(
    content: Content, fields: list[_Field], most: int, colours: Mapping[str, str]
) -> list[tuple[int, int]]:
    """How many words each field, by number, must lose for a sheet to fit; without those that cannot."""
    from careguide.handouts import pdf  # noqa: PLC0415 - as above

    less: list[tuple[int, int]] = []
    for number, field in enumerate(fields):
        texts = field.texts

        def fits_without(words: int, field: _Field = field, texts: list[Any] = texts) -> bool:
            field.put(_shorter(texts, words))
            return pdf.sides([content], colours)[0] <= most

        words = sum(map(len, map(_words, texts)))
        if words > 1 and fits_without(words - 1):
            # The fewest that must go: all but one are enough.
            less.append((1 + bisect_left(range(1, words - 1), True, key=fits_without), number))
        field.put(texts)
    return sorted(less)


def _too_long(sheet: _Sheet, fields: list[_Field], found: Mapping[str, Any]) -> Problem:
    """Names the field that has to lose the fewest words, and in the tip some others that could."""
    handout, edition = sheet.handout, sheet.edition
    sides = "1 side" if sheet.most == 1 else f"{sheet.most} sides"
    goal = f"so that the {edition.name} sheet '{handout.id}' fits on {sides} with a line to spare"
    if not found["less"]:
        tip = (
            f"It has {found['sides']} sides now. No field alone is enough: shorten the longest of its lists."
        )
        return Problem(handout.origin, 1, f"several texts must be shorter, {goal}", tip)
    (words, number), *others = found["less"]
    first: _Field = fields[number]
    tips = []
    if len(first.texts) > 1:
        longest = max(map(_words, first.texts), key=len)
        tips.append(f"Its longest text has {len(longest)} words: {quoted(' '.join(longest))}.")
    if others:
        ways = [f"{spell(fields[other].loc)} by {less}" for less, other in others[:_OTHERS]]
        tips.append(f"Or shorten {' or '.join(ways)}.")
    message = f"must be {words} word{'s' * (words != 1)} shorter, {goal}"
    return first.origin.problem(first.loc, message, " ".join(tips) or "Say it in fewer words.")


# Which texts a sheet has


def _fields(handout: Handout, content: Content, guide: Guide) -> Iterator[_Field]:
    """The fields whose texts stand on a sheet, its own before those that other sheets show too."""
    about = guide.origins["remedies" if handout.kind == "remedy" else "symptoms", handout.about]
    yield _Field(("title",), about, content, "title")
    if handout.kind in ("symptom", "bilingual", "remedy"):
        yield _Field(("short" if handout.kind == "remedy" else "lead",), about, content, "summary")
    else:
        words = Origin(guide.words_file, ())
        yield _Field(("handout", handout.kind, "summary"), words, content, "summary")
    for remedy, advice in zip(handout.remedies, content["remedies"], strict=True):
        yield _Field(("handout",), guide.origins["remedies", remedy.id], advice, "text")
    for advice in content["avoid"]:
        yield _Field(("remedies",), about, advice, "text")
    for section, way in zip(content["sections"], _ways(handout, guide), strict=True):
        yield _Field((*way, "steps"), about, section, "steps")
        for block in section["blocks"]:
            yield _Field((*way, "text") if way else ("lead",), about, block, "texts")
    for key, name in (("ask", "ask_your_doctor"), ("asked", "doctor_questions"), ("causes", "causes")):
        yield _Field((name,), about, content, key)
    for level in content["levels"]:
        yield _Field(("shown",), about, level, "signs")
        urgency = guide.origins["urgency", guide.ladder.ids[level["number"] - 1]]
        for name in ("do", "title"):
            yield _Field((name,), urgency, level, name)


def _ways(handout: Handout, guide: Guide) -> Iterator[Loc]:
    """The way to each section of a sheet in its file: none to the first, which is the lead of its page."""
    if handout.sections:
        yield ()
        for number, section in enumerate(guide.remedies[handout.about].sections):
            if section.text or section.steps:
                yield "sections", number


def _words(text: Any) -> list[str]:
    """The words of a text, which may be in pieces."""
    return (text if isinstance(text, str) else "".join(run["text"] for run in text)).split()


def _shorter(texts: list[Any], less: int) -> list[Any]:
    """The texts without so many words, taken from the end of the longest. A text without words is none."""
    left = list(map(_words, texts))
    for words in sorted(left, key=len, reverse=True):
        cut = min(less, len(words))
        del words[len(words) - cut :]
        less -= cut
    shorter: list[Any] = list(map(" ".join, filter(None, left)))
    return shorter if isinstance(texts[0], str) else [[{"text": said, "strong": False}] for said in shorter]
