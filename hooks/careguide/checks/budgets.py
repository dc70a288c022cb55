"""How long pages are, how they sound, and what they say again: counted, and named where it is too much.

The budgets are those of a good health leaflet. They count what a reader reads: headings, paragraphs, lists,
tables and signs; not sources, codes, links to print, or what stands around a page.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.readability import Reading
from careguide.source import markup
from careguide.source.cache import Cache
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
_APART = (
    *("flow", "flows", "glossary", "sources", "safety", "design", "handouts"),
    *("clinician", "search", "services", "topics", "quality", "changes", "country"),
)
"""Kinds of page that are counted apart: lists, look-ups, and what a program needs."""
_IN_PIECES = {"criteria", "movements"}
"""Kinds of page that are lists of short answers, whose average says nothing."""
_FRAME = {"sources", "codes", "review-line", "review-late", "print-panel", "country", "actions", "service"}
"""Parts of a page, by their class, that are not its own words."""
_RED_LINE = "red-line"
"""The class of a page's red line. Its words are those of signs, joined, and stand wherever the signs do."""
_CLOSED = "closed"
"""The class of a part that stands closed. A budget is for what stands open; the whole guide counts both."""
_OPEN = re.compile(r"<(?:div|details|section)\b(?:[^>]*?class=\"([^\"]*)\")?")
_CLOSE = re.compile(r"</(?:div|details|section)>")
_DRAWING = re.compile(r"<svg.*?</svg>|!\[[^\[\]]*\]\([^()]*\)(?:\{[^{}]*\})?")
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Count:
    """The words of one page."""

    page: Page
    words: int
    """How many words stand open, with headings."""
    whole: int
    """How many words it has, also those that stand closed."""
    mean: float
    """The words of a sentence on average; 0 where there are too few sentences to say."""
    alone: list[str]
    """Its sentences, without markup, that its signs do not bring with them: all but its red line."""


def _counted(text: str, reading: Reading) -> dict[str, Any]:
    """What is counted of a page's text, by the field of its count."""
    lines = [(line, within) for line, within in _lines(text) if _FRAME.isdisjoint(within)]

    @cache  # where nothing stands apart, the words are the same
    def sentences(own: str, *, headings: bool = False) -> list[str]:
        return list(reading.page_sentences(own, headings=headings))

    def without(apart: str = "") -> str:
        return "\n".join(line for line, within in lines if apart not in within)

    every = sentences(without())
    ended = [each for each in every if each.rstrip(' "”)').endswith((".", "?", "!"))]
    return {
        "words": _length(sentences(without(_CLOSED), headings=True)),
        "whole": _length(sentences(without(), headings=True)),
        "mean": _length(ended) / len(ended) if len(ended) >= FEWEST_SENTENCES else 0.0,
        "alone": sentences(without(_RED_LINE)),
    }


def _length(sentences: Iterable[str]) -> int:
    return sum(map(readability.length, sentences))


def _lines(text: str) -> Iterator[tuple[str, set[str]]]:
    """The lines of a page up to its sources, without drawings, each with the classes of what it stands in."""
    inside: list[set[str]] = []
    for line in _FRONT.sub("", text).replace("\\*", "").split("\n"):
        if line.startswith("## ") and "{ #sources" in line:
            return
        inside += [set(classes.split()) for classes in _OPEN.findall(line)]
        yield _DRAWING.sub("", line), set().union(*inside)
        for _ in _CLOSE.findall(line):
            if inside:
                inside.pop()


def counts(pages: Iterable[Page], reading: Reading, kept: Cache | None = None) -> list[Count]:
    """The words of every page that has words of its own to count. `kept` are those counted before."""
    kept = kept or Cache(None)
    made: list[Count] = []
    for page in pages:
        if page.kind not in _APART:
            found = kept.made(["counted", page.text], partial(_counted, page.text, reading))
            made.append(Count(page, **found))
    return made


def budget(page: Page, guide: Guide) -> int:
    """The most words that a page may have; 0 where there is no limit."""
    if page.kind == "cause":
        cause = guide.causes.get(page.path.rpartition("/")[2].removesuffix(".md"))
        if cause and len(cause.covers) >= GATHERS:
            return MOST_GATHERED
    return MOST.get(page.kind, 0)


def check(guide: Guide, counted: Sequence[Count]) -> Iterator[Problem]:
    """Every page that is too long or sounds wrong, and every sentence that is told too often: notices all."""
    notice = partial(Problem, blocks=False)
    # Else words are missing on pages.
    whole = guide.whole() and guide.backlinks.keys() <= guide.origins.keys()
    for count in counted:
        most, source = budget(count.page, guide), count.page.source
        if 0 < most < count.words:
            message = f"the page must have at most {most} words, but has {count.words}"
            tip = "Say each fact once, and leave out what changes nothing that a reader does."
            yield notice(source, 1, message, tip, rule="pages_keep_their_budget")
        spoken = whole and count.mean and count.page.kind not in _IN_PIECES
        if spoken and not MEANS[0] <= count.mean <= MEANS[1]:
            must = f"sentences must have {MEANS[0]} to {MEANS[1]} words on average"
            tip = (
                "Join what belongs together with because, and, but; split what cannot be said in one breath."
            )
            message = f"{must}, but have {count.mean:.1f}"
            yield notice(source, 1, message, tip, rule="pages_sound_like_speech")
    for sentence, on in told_again(guide, counted).items():
        if len(on) > MOST_TOLD:
            told = f"{quoted(sentence)} stands on {len(on)}"
            message = f"a sentence must stand on at most {MOST_TOLD} pages, but {told}"
            tip = "Tell it on one page and link to that."
            yield notice(on[0].source, 1, message, tip, rule="sentences_are_told_once")
    words = sum(count.whole for count in counted)
    for what, number, most in (("pages", len(counted), MOST_PAGES), ("words", words, MOST_WORDS)):
        if number > most:
            message = f"the guide must have at most {most} {what}, but has {number}"
            tip = "Merge pages that say the same."
            yield notice("mkdocs.yml", 1, message, tip, rule="the_guide_is_small")


def told_again(guide: Guide, counted: Iterable[Count]) -> dict[str, list[Page]]:
    """Each sentence on two pages or more, with them; but signs, levels and interface words may recur."""
    own = {text for _, text in texts_in(guide.words)}
    shared: list[str | None] = []
    for sign in guide.criteria.values():
        shared += [sign.sign, sign.hint, sign.lead, sign.clause]
    for level in guide.urgency.values():
        shared += [level.title, level.do]
    for text in filter(None, shared):
        own.update(guide.reading.sentences(markup.plain(text)))
    where = defaultdict[str, list[Page]](list)
    for count in counted:
        for sentence in dict.fromkeys(count.alone):
            if sentence not in own and readability.length(sentence) > 3:
                where[sentence].append(count.page)
    return {sentence: on for sentence, on in where.items() if len(on) > 1}


def table(guide: Guide, counted: Sequence[Count]) -> str:
    """All counts as a table, the longest page first, with the sums below."""
    lines = [f"{'words':>6} {'budget':>6} {'mean':>5}  page"]
    for count in sorted(counted, key=lambda each: -each.words):
        most = budget(count.page, guide)
        lines.append(f"{count.words:6} {most or '':>6} {count.mean:5.1f}  {count.page.path}")
    repeated, over = 0, 0
    for sentence, on in told_again(guide, counted).items():
        repeated += readability.length(sentence) * len(on)
        over += len(on) > MOST_TOLD
    words = sum(count.whole for count in counted)
    lines.append(f"{words:6} words on {len(counted)} pages (at most {MOST_WORDS} on {MOST_PAGES})")
    lines.append(f"{100 * repeated / max(words, 1):6.1f} % in sentences that stand on two pages or more")
    lines.append(f"{over:6} sentences on more than {MOST_TOLD} pages")
    return "\n".join(lines)
