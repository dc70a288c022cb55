"""How long pages are, how they sound, and what they say again: counted, and named where it is too much.

The budgets are those of a good health leaflet. They count what a reader reads: headings, paragraphs, lists,
tables and signs; not sources, codes, links to print, or what stands around a page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.pages.writer import Page
from careguide.source import markup
from careguide.source.locations import texts_in
from careguide.source.problems import Problem, quoted

MOST = {
    "home": 220,
    "symptom": 850,
    "cause": 450,
    "remedy": 400,
    "treatment": 450,
    "investigation": 450,
    "criteria": 1200,
}
"""The most words of a page, by its kind. A kind that is not named here has no budget."""
MOST_GATHERED = 750
"""The most words of a cause's page that gathers several."""
GATHERS = 3
"""From so many names that it covers, a page gathers several."""
MOST_PAGES, MOST_WORDS = 75, 35_000
"""The most pages that a reader reaches from menus and lists, and the most words on all of them."""
MOST_TOLD = 3
"""The most pages on which one sentence may stand. A sign's own sentence may stand wherever it belongs."""
MEANS = (9, 18)
"""The fewest and the most words a sentence of a page has on average."""
FEWEST_SENTENCES = 10
"""Below this a page's average says nothing."""
_APART = {
    "flow",
    "flows",
    "glossary",
    "sources",
    "safety",
    "design",
    "handouts",
    "clinician",
    "search",
    "services",
    "topics",
}
"""Kinds of page that are counted apart: lists, look-ups, and what a program needs."""
_IN_PIECES = {"criteria", "movements"}
"""Kinds of page that are lists of short answers, whose average says nothing."""
_FRAME = {"sources", "codes", "review-line", "print-panel", "country", "actions", "service"}
"""Parts of a page, by their class, that are not its own words."""
_RED_LINE = "red-line"
"""The class of a page's red line. Its words are those of signs, joined, and stand wherever the signs do."""
_CLOSED = "closed"
"""The class of a part that stands closed. A budget is for what stands open; the whole guide counts both."""
_OPEN = re.compile(
    r"<(?:div|details|section)\b[^>]*?class=\"(?P<classes>[^\"]*)\"|<(?:div|details|section)\b"
)
_DRAWING = re.compile(r"<svg.*?</svg>|!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
_CLOSE = re.compile(r"</(?:div|details|section)>")


@dataclass(frozen=True)
class Count:
    """The words of one page."""

    page: Page
    sentences: tuple[str, ...]
    """Its sentences in order, without markup, also those that stand closed."""
    alone: tuple[str, ...]
    """Those of them that its signs do not bring with them: all but its red line."""
    headings: tuple[str, ...]
    """Its headings."""
    words: int
    """How many words stand open."""

    @cached_property
    def whole(self) -> int:
        """How many words it has, also those that stand closed."""
        return sum(map(readability.length, (*self.sentences, *self.headings)))

    @cached_property
    def mean(self) -> float:
        """The words of a sentence on average; 0 where there are too few sentences to say."""
        long = [
            readability.length(each)
            for each in self.sentences
            if each.rstrip(' "”)').endswith((".", "?", "!"))
        ]
        return sum(long) / len(long) if len(long) >= FEWEST_SENTENCES else 0.0


def counts(pages: Iterable[Page]) -> list[Count]:
    """The words of every page that has words of its own to count."""
    return [_count(page) for page in pages if page.kind not in _APART]


def budget(page: Page, guide: Guide) -> int:
    """The most words that a page may have; 0 where there is no limit."""
    if page.kind == "cause":
        cause = guide.causes.get(page.path.rpartition("/")[2].removesuffix(".md"))
        if cause and len(cause.covers) >= GATHERS:
            return MOST_GATHERED
    return MOST.get(page.kind, 0)


def check(guide: Guide, counted: Sequence[Count]) -> Iterator[Problem]:
    """Every page that is too long or sounds wrong, and every sentence that is told too often: notices all."""
    for count in counted:
        most = budget(count.page, guide)
        if 0 < most < count.words:
            message = f"the page must have at most {most} words, but has {count.words}"
            tip = "Say each fact once, and leave out what changes nothing that a reader does."
            yield Problem(count.page.source, 1, message, tip, blocks=False, rule="pages_keep_their_budget")
        in_prose = count.page.kind not in _IN_PIECES
        if in_prose and count.mean and not MEANS[0] <= count.mean <= MEANS[1]:
            message = (
                f"sentences must have {MEANS[0]} to {MEANS[1]} words on average, but have {count.mean:.1f}"
            )
            tip = (
                "Join what belongs together with because, and, but; split what cannot be said in one breath."
            )
            yield Problem(count.page.source, 1, message, tip, blocks=False, rule="pages_sound_like_speech")
    for sentence, on in told_again(guide, counted).items():
        if len(on) > MOST_TOLD:
            told = f"{quoted(sentence)} stands on {len(on)}"
            message = f"a sentence must stand on at most {MOST_TOLD} pages, but {told}"
            tip = "Tell it on one page and link to that."
            yield Problem(on[0].source, 1, message, tip, blocks=False, rule="sentences_are_told_once")
    words = sum(count.whole for count in counted)
    for what, number, most in (("pages", len(counted), MOST_PAGES), ("words", words, MOST_WORDS)):
        if number > most:
            message = f"the guide must have at most {most} {what}, but has {number}"
            yield Problem(
                "mkdocs.yml",
                1,
                message,
                "Merge pages that say the same.",
                blocks=False,
                rule="the_guide_is_small",
            )


def told_again(guide: Guide, counted: Iterable[Count]) -> dict[str, list[Page]]:
    """Each sentence that stands on two pages or more, with the pages.

    What belongs to a sign or a level, red lines, and interface words may stand wherever they are needed:
    left out.
    """
    own = {text for _, text in texts_in(guide.words)}
    for sign in guide.criteria.values():
        for text in (sign.sign, sign.hint or "", sign.lead, sign.clause or ""):
            own.update(readability.sentences(markup.plain(text)))
    for level in guide.urgency.values():
        for text in (level.title, level.do):
            own.update(readability.sentences(markup.plain(text)))
    where: defaultdict[str, dict[str, Page]] = defaultdict(dict)
    for count in counted:
        for sentence in count.alone:
            if sentence not in own and readability.length(sentence) > 3:
                where[sentence][count.page.path] = count.page
    return {sentence: list(on.values()) for sentence, on in where.items() if len(on) > 1}


def table(guide: Guide, counted: Sequence[Count]) -> str:
    """All counts as a table, the longest page first, with the sums below."""
    lines = [f"{'words':>6} {'budget':>6} {'mean':>5}  page"]
    for count in sorted(counted, key=lambda each: -each.words):
        most = budget(count.page, guide)
        lines.append(f"{count.words:6} {most or '':>6} {count.mean or 0:5.1f}  {count.page.path}")
    again = told_again(guide, counted)
    words = sum(count.whole for count in counted)
    repeated = sum(readability.length(sentence) * len(on) for sentence, on in again.items())
    often = Counter(len(on) for on in again.values())
    lines.append(f"{words:6} words on {len(counted)} pages (at most {MOST_WORDS} on {MOST_PAGES})")
    lines.append(f"{100 * repeated / max(words, 1):6.1f} % in sentences that stand on two pages or more")
    over = sum(number for on, number in often.items() if on > MOST_TOLD)
    lines.append(f"{over:6} sentences on more than {MOST_TOLD} pages")
    return "\n".join(lines)


def _count(page: Page) -> Count:
    text = re.sub(r"\A---\n.*?\n---\n", "", page.text, flags=re.DOTALL)
    lines = text.replace("\\*", "").split("\n")
    whole, alone, opened = (
        "\n".join(_own_lines(lines, frame)) for frame in (_FRAME, _FRAME | {_RED_LINE}, _FRAME | {_CLOSED})
    )
    sentences = tuple(readability.page_sentences(whole))
    with_headings = Counter(readability.page_sentences(whole, headings=True))
    headings = tuple((with_headings - Counter(sentences)).elements())
    words = sum(map(readability.length, readability.page_sentences(opened, headings=True)))
    return Count(page, sentences, tuple(readability.page_sentences(alone)), headings, words)


def _own_lines(lines: Iterable[str], frame: Container[str]) -> Iterator[str]:
    """The lines of a page without those of its frame, up to its sources, and without drawings."""
    inside: list[bool] = []
    for line in lines:
        if line.startswith("## ") and "{ #sources" in line:
            return
        inside.extend(
            any(name in frame for name in (match["classes"] or "").split()) for match in _OPEN.finditer(line)
        )
        if not any(inside):
            yield _DRAWING.sub("", line)
        for _ in _CLOSE.findall(line):
            if inside:
                inside.pop()
