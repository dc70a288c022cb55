"""Slips of the pen, in any language: a word twice, a sentence that breaks off, a stray mark.

Somebody may mean each of them, so they are notices.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from careguide.checks.sentences import ReaderText
from careguide.guide.guide import Guide
from careguide.source.problems import Problem, quoted

_OFTEN = "that had is do so no very bye knock tut si sí nos muy die der das sie"
_MAY_STAND_TWICE = frozenset(_OFTEN.split())
_SPACES = re.compile(r"(?<=[^\W_]) {1,3}[.,](?=\s|$)|(?<=\w) {2,3}(?=\w)")
_FRACTION = re.compile(
    r"(?P<mark>[.,])(?<=\d.)\d{1,2}(?= ?(?:m[gl]|mmol|[cmk]?m|k?g|l|litres?|metres?|hours?|°C)\b)"
)
_SLIPS = (
    (
        re.compile(r"(?<![\w'’-])(?P<word>[^\W\d_]+)\s+(?P=word)(?![\w'’-])", re.IGNORECASE),
        "a word should not stand twice",
        "Delete one of the two; if both are meant, nothing is wrong.",
    ),
    (
        _SPACES,
        "a text should have one space between words, and none before a full stop or a comma",
        "Delete the space that is too many.",
    ),
    (
        re.compile(r"\b(?:[A-ZÀ-Þ]{2,} +){4,}[A-ZÀ-Þ]{2,}\b"),
        "a sentence should not be in capitals, which are hard to read",
        "Write it in small letters; what matters most may be **strong**.",
    ),
    (
        re.compile(r"(?<![./])\.\.(?![./])|!!|,,|;;|,\.(?!\d)|::|(?<!\d),(?=[^\W\d_]{2})|[.;:]\?"),
        "a mark should stand once, with a space after it",
        "Delete what is too much, or add the space.",
    ),
    (
        re.compile(
            r"~~\S|(?<!\S)==\w|\w[\^~]\w+[\^~]|\^\[|\[TOC\]|^\[[ xX]\] |(?<!\S):[a-z_]+:(?!\S)|\$\S+\$"
            r"|--8<--|\\[nrtux]|%[0-9A-F]{2}\b|%%\w|/\*|^//",
            re.IGNORECASE | re.MULTILINE,
        ),
        "a text should hold words, and marks that pages know",
        "Write the words alone; pages know **bold**, [links](cause:dry-air) and lists.",
    ),
    (
        re.compile(r"(?<=[^\W\d_A-Z]{3})[.!?](?=[A-ZÀ-ÞĀ-Ž¿¡][^\W\d_A-Z]+(?:\s|,))"),
        "a sentence should start after a space",
        "Add the space.",
    ),
    (
        re.compile(
            r"[Aa]dults?\b[^.;]{0,20}\b(?:aged|over|of) (?:\d|1[0-4])\b(?! ?(?:%|to|minutes|hours|days))"
            r"|\b[Cc]hild(?:ren)?\b[^.;,]{0,12}\baged (?:19|[2-9]\d)\b|\b[Bb]ab(?:y|ies) aged [4-9] years"
        ),
        "an age should be that of an adult, a child or a baby",
        "Look at the source.",
    ),
    (
        _FRACTION,
        "a fraction should be written as the language does",
        "Write 1.5 in English, and 1,5 where people write a comma.",
    ),
)
"""What is looked for, what should be true, and a tip."""
_STOP = re.compile(r"(?<!\.)[.。۔।]$")
_CUT = re.compile(r"[\w,–-]\s*$")
_FEWEST, _SHARE = 8, 40
"""From how many texts of one field on they show how such a text looks, and of how many one may differ."""


def texts_have_no_slips(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A word should not stand twice in a row, nor a mark; spaces stand where they belong."""
    opened, mark = "¿" if guide.site.locale.base == "es" else "", guide.site.locale.number(1.5)[1]
    for text in texts:
        for pattern, must, tip in _SLIPS:
            if pattern is _SPACES and ("`" in text.text or "](" in text.text):
                continue  # what stood there is not among the plain words
            found = pattern.search(text.plain)
            if pattern is _FRACTION and found and found["mark"] == mark:
                continue
            if found and found.groupdict().get("word", "").casefold() not in _MAY_STAND_TWICE:
                around = text.plain[max(0, found.start() - 15) : found.end() + 10].strip()
                yield text.problem_at(found.group(), f"{must}, not {quoted(around)}", tip, blocks=False)
        if opened and text.plain.count("?") > text.plain.count(opened):
            message = f"a question should start with '{opened}', not {quoted(text.plain)}"
            yield text.problem(message, f"Write '{opened}' before its first word.", blocks=False)


_BOLD = re.compile(r"(\*\*|__)(?P<words>[^*_\n]{2,60}?[^*_.!?])\1:?")


def headings_are_marked(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """Strong words alone look like a heading, and nobody can jump to them; in a list they are an item."""
    for text in texts:
        found = _BOLD.fullmatch(text.text.strip())
        if found and re.search(rf"^ *{re.escape(found[0])}", text.file_text, re.MULTILINE):
            message = f"a heading should be one, not strong words: {quoted(found['words'])}"
            tip = (
                f"In an article write '## {found['words'].strip(' :')}'; in data/ give the text a 'heading'."
            )
            yield text.problem_at(found.group(), message, tip, blocks=False)


def texts_are_whole(_guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A text should begin and end as the others of its field do: otherwise it may have been cut."""
    alike: defaultdict[tuple[str, str], list[ReaderText]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for text in texts:
        if text.field and not text.field.endswith("name"):
            if text.path not in kinds:
                where = PurePosixPath(text.path)
                is_list = where.parent.name in ("data", text.reading.language)
                kinds[text.path] = where.stem if is_list else where.parent.name
            alike[kinds[text.path], re.sub(r"\[\d+\]", "", text.field)].append(text)
        elif not text.field and _CUT.search(text.plain) and len(text.sentences) > 1:
            yield _cut(text)
    for each in alike.values():
        if len(each) >= _FEWEST:
            yield from _unlike_others(each)


def _unlike_others(texts: list[ReaderText]) -> Iterator[Problem]:
    """Those few texts of one field that end, or begin, in another way than all others."""
    cut = [text for text in texts if _CUT.search(text.plain)]
    ended = [text for text in texts if _STOP.search(text.plain)]
    small = [text for text in texts if text.plain.lstrip("\"'“«¿¡(*_")[:1].islower()]
    few = len(texts) // _SHARE + 1
    if len(cut) <= few:
        yield from map(_cut, cut)
    elif len(ended) <= few:
        for text in ended:
            message = f"{text.field} should end without a mark, as others do, not {quoted(text.plain)}"
            yield text.problem(message, "Delete the mark.", blocks=False)
    for text in small if len(small) <= few else ():
        message = f"{text.field} should begin with a capital, as others do, not {quoted(text.plain)}"
        yield text.problem(message, "Write it as the others are written.", blocks=False)


def _cut(text: ReaderText) -> Problem:
    """The notice about a text that ends without a mark."""
    end = quoted(text.plain[-40:])
    message = f"a text should be whole, but this ends without a full stop: {end}"
    last = -1 if text.sentences else None
    return text.problem(message, "Write the rest of it, or its full stop.", last, blocks=False)
