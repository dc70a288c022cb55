"""Whether tables and lists hold together in Markdown. A rule's docstring is the rule."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from careguide.source.problems import quoted

Found = Iterator[tuple[int, str, str]]
"""What a rule finds: the number of the line, from 0, what must be true, and a tip."""
Rule = Callable[[Sequence[str]], Found]
"""Looks at the lines of a text, with code blanked out."""


# Tables

_RULE = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+$")
_WORDS_APART = re.compile(r"(?<=\w) \| (?=\w)")
_BAR = re.compile(r"(?<!\\)\|")


def tables_hold_together(lines: Sequence[str]) -> Found:
    """A table must have a head, a line of dashes, and in each row as many cells as in its head."""
    number = 0
    while number < len(lines):
        is_rule = bool(_BAR.search(lines[number]) and _RULE.match(lines[number]))
        if not lines[number].lstrip().startswith("|") and not is_rule:
            both = list(map(_WORDS_APART.findall, lines[number : number + 2]))
            ruled = number + 1 < len(lines) and _RULE.match(lines[number + 1])
            if both[0] and both[0] == both[-1] and len(both) == 2 and not ruled:
                yield number, "a table must have a line '--- | ---' under its head", "Add it, or use a list."
                number += 1
            number += 1
            continue
        start = number - 1 if is_rule and number and lines[number - 1].strip() else number
        end = number
        while end < len(lines) and _BAR.search(lines[end]):
            end += 1
        yield from _wrong_in_table(lines, start, end)
        number = end


def _wrong_in_table(lines: Sequence[str], start: int, end: int) -> Found:
    if end - start < 2 or not _RULE.match(lines[start + 1]):
        message = "a table must have a line '| --- | --- |' under its head"
        yield start, message, "Add it, one '---' for each column."
        return
    if start and lines[start - 1].strip():
        yield start, "a table must have an empty line above it", "Add it: otherwise its bars are shown."
    head = _cells(lines[start])
    if not re.search(r"[^\W_]", lines[start]):
        yield start, "a table's head must have words", "Name each column."
    if end - start == 2:
        yield start, "a table must have rows", "Add them, or delete its head."
    for number in range(start + 1, end):
        if (count := len(_cells(lines[number]))) != len(head):
            message = f"a row must have {len(head)} cells, as the head has, but has {count}"
            tip = "Add or delete a '|'; one that is meant to be seen is written '\\|'."
            yield number, message, tip


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return _BAR.split(inner)


# Lists

_DASHED = re.compile(r"\s*(?:[–—·]|[a-z]\)|[ivx]+\.)\s+\S", re.IGNORECASE)
"""What looks like an item where the next line looks so too."""
_IN_ONE_LINE = re.compile(r"[-*] [^-]+(?: - [^-]+){2,}$|1\. .+ 2\. .+")
_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d+\.)[ \t]+\S")
_BULLET = re.compile(r"\s*(?:[•▪●◦‣]\s*\S|-\*\*\w)")
_NO_ITEM = re.compile(r"\s*(?:-[^\W\d_]|\d+\.[^\W\d_]|\d+\)\s)")
"""What is written like an item, and is none: another mark, or no space after it."""
_EMPTY_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s*$")


def lists_hold_together(lines: Sequence[str]) -> Found:
    """A list has an empty line above it, and four spaces before the items of a list inside it."""
    indent: int | None = None
    for number, line in enumerate(lines):
        item, above = _ITEM.match(line), lines[number - 1] if number else ""
        if not item:
            indent = indent if line.startswith(" ") or not line.strip() else None
            continue
        depth = len(item["indent"])
        follows = number + 1 < len(lines) and _ITEM.match(lines[number + 1])
        if above.strip() and indent is None and (follows or above.rstrip().endswith(":")):
            message = f"a list must have an empty line above it, but {quoted(line)} has none"
            yield number, message, "Add it: otherwise the items run on in one line."
        if indent is not None and indent < depth < indent + 4 and above.strip():
            message = f"an inner item must stand four spaces in, but {quoted(line)} has {depth - indent}"
            yield number, message, "Write four: with fewer it is an item like the others."
        if indent is None or depth < indent or depth >= indent + 4:
            indent = depth


_DEEP = re.compile(r"[ ]*(?:(?:[-*+]|\d+\.)[ ]+|>[ ]*){9}(?=.*\w)|[ ]{33,}(?:[-*+]|\d+\.)[ ]")


def marks_do_not_follow_each_other(lines: Sequence[str]) -> Found:
    """A line has few marks of items and quotations at its start, and stands in few lists."""
    for number, line in enumerate(lines):
        if _DEEP.match(line):
            message = f"a line must start with one mark of a list or a quotation, not in many: {quoted(line)}"
            yield number, message, "Keep one of the marks, or start it further to the left."


def items_start_with_a_mark(lines: Sequence[str]) -> Found:
    """An item starts with '- ' or '1. ', and has words."""
    for number, line in enumerate(lines):
        nearby = (*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2])
        if _EMPTY_ITEM.match(line):
            yield number, "an item must have words", "Write them, or delete the line."
        elif _IN_ONE_LINE.match(line):
            message = f"each item must stand on a line of its own, not several on one: {quoted(line)}"
            yield number, message, "Break the line before each mark."
        elif _BULLET.match(line) or any(map(partial(_alike, line, nearby), (_DASHED, _NO_ITEM))):
            message = f"an item must start with '- ' or '1. ', not {quoted(line)}"
            yield number, message, "Write the mark and a space."


def _alike(line: str, nearby: Sequence[str], pattern: re.Pattern[str]) -> bool:
    return bool(pattern.match(line) and any(map(pattern.match, nearby)))


def items_are_counted(lines: Sequence[str]) -> Found:
    """The items of a list are numbered on, or all alike."""
    before = 0
    for number, line in enumerate(lines):
        if found := re.match(r"(\d+)\.\s+\S", line):
            count = int(found[1])
            above = lines[number - 1].strip() if number else ""
            if not before and count > 1 and not above:
                message = f"a list must start with 1, but starts with {count}"
                tip = f"Write '1.', which readers see anyway, or '{count}\\.' where it is no list."
                yield number, message, tip
            elif before and count not in (before, before + 1):
                message = f"the items of a list must be numbered on, but after {before} stands {count}"
                yield number, message, f"Write '{before + 1}.': readers see that anyway."
            before = count
        elif line.strip() and not line.startswith(" "):
            before = 0


RULES: tuple[Rule, ...] = (
    tables_hold_together,
    lists_hold_together,
    marks_do_not_follow_each_other,
    items_start_with_a_mark,
    items_are_counted,
)
