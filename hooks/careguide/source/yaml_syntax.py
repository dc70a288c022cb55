"""What YAML stumbles over, in plain words: the usual mistakes, each with its line and a tip."""

import re
from collections.abc import Iterator

import yaml

from careguide.source.problems import Problem

_FIT = (
    "Start it as far to the right as its neighbours, close all quotes, "
    "and put a text that starts with a bracket, a star or a quote in quotes."
)
_KEPT = ("a text starts with a character that YAML keeps for itself", "Put the text in quotes.")
_BACKSLASH = (
    "a text in double quotes has a backslash",
    "Delete the backslash, or put the text in single quotes.",
)
_SYNTAX = {
    "mapping values are not allowed": (
        "a colon stands where none can be",
        (
            "If a text has a colon followed by a space, put the whole text in quotes; "
            "otherwise start the line as far to the right as its neighbours."
        ),
    ),
    "did not find expected key": ("this line does not fit those above it", _FIT),
    "did not find expected <document start>": ("this line does not fit those above it", _FIT),
    "did not find expected '-' indicator": (
        "this line does not fit the list above it",
        "Start a field as far to the right as those above it, and an item of the list with '- '.",
    ),
    "did not find expected ',' or": (
        "a bracket is not closed",
        "Close the bracket, or put the whole text in quotes.",
    ),
    "found unexpected end of stream": ("quotes are opened here and never closed", "Close the quotes."),
    "found unknown escape character": _BACKSLASH,
    "did not find expected hexdecimal number": _BACKSLASH,
    "invalid Unicode character escape": _BACKSLASH,
    "could not find expected ':'": (
        "a name has no colon after it",
        "Write it as 'name: value'; a text over several lines stands further to the right than its name.",
    ),
    "cannot start any token": _KEPT,
    "did not find expected alphabetic": _KEPT,
    "did not find expected comment or line break": _KEPT,
    "did not find expected node content": _KEPT,
}
"""What YAML's own words mean, and a tip."""
_OTHER_TIP = (
    "Compare the line, and the one above it, with a neighbouring file; "
    "text with special characters needs quotes."
)


def syntax_problem(path: str, error: yaml.YAMLError, first_line: int, text: str) -> Problem:
    """What is wrong with YAML that cannot be read, in plain words, at the line to mend."""
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    # What is never closed, or lacks its colon, is noticed further down: the line to mend is where it starts.
    begins = any(words in what for words in ("end of stream", "',' or ']'", "',' or '}'", "expected ':'"))
    first, second = ("context_mark", "problem_mark") if begins else ("problem_mark", "context_mark")
    mark = getattr(error, first, None) or getattr(error, second, None)
    meaning, tip = next((plain for words, plain in _SYNTAX.items() if words in what), (what, _OTHER_TIP))
    noticed = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    for row, why in _suspects(text.split("\n"), max(line, noticed.line if noticed else 0)):
        line, (meaning, tip) = row, why
        break
    return Problem(
        path, line + first_line, f"the file must be valid YAML, but {meaning}", tip, rule="yaml_is_valid"
    )


_ROW = re.compile(r"(?P<indent>[ ]*)(?:-[ ]+)*(?:(?P<name>[\w-]+):(?:[ ]+|$))?(?P<value>.*)")
_BLOCK_MARK = re.compile(r"[|>][-+0-9]*[ ]*(?:#.*)?")
_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_NO_SPACE = re.compile(r"[ ]*(?:-[ ]+)*[a-z_]+:[^\s/:]")
_NO_DASH_SPACE = re.compile(r"[ ]*(?:-[ ]+)*-(?:[a-z]|[ ]*\t)", re.IGNORECASE)


def _suspects(rows: list[str], last: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """Rows up to the one at which YAML stumbled that have a usual mistake, with what it is and a tip."""
    block = -1
    before = above = at = 0
    for number, row in enumerate(rows[: last + 1]):
        match = _ROW.match(row)
        if not match or not row.strip() or row.lstrip().startswith("#"):
            continue
        indent, name_at, value = len(match["indent"]), match.start("name"), match["value"]
        if 0 <= block < indent:
            continue  # inside a text in a block, which may hold anything
        block = indent if _BLOCK_MARK.fullmatch(value) else -1
        if why := _wrong_quotes(value, rows[number + 1 :]):
            yield number, why
        elif _NO_DASH_SPACE.match(row) and number >= last - 1:
            yield number, ("a dash has no space after it", "Write '- ', with a space after the dash.")
        elif _NO_SPACE.match(row) and number >= last - 1:
            yield number, ("a colon has no space after it", "Write it as 'name: value', with a space.")
        elif value[:1] in "[{" and re.match(r"[^\]}\"']* #", value):
            yield number, ("a list is cut by ' #'", "Put the text with the '#' in quotes.")
        elif " #" in value and value[:1] not in "\"'[{|>" and number >= last - 1:
            yield number, ("a text is cut by ' #'", "Put the whole text in quotes.")
        elif number == last and name_at > above and ": " not in value:
            tip = "Start it as far to the right as its neighbours, or put a text with a colon in quotes."
            place, side = (at, "left") if name_at == before else (number, "right")
            yield place, (f"this line starts further to the {side} than it should", tip)
        before, above, at = above, (name_at if match["name"] and value else indent + 100), number


def _wrong_quotes(value: str, below: list[str]) -> tuple[str, str] | None:
    """What is wrong with a text that starts with a quote: it is never closed, or closed too early."""
    closed = _CLOSED.get(value[:1])
    if not closed:
        return None
    if found := closed.match(value):
        rest = value[found.end() :].strip()
        if not rest or rest.startswith("#"):
            return None
        tip = "Put the whole text in quotes of the other kind, or write a quote inside it twice."
        return "a text goes on after its quotes are closed", tip
    for row in below:
        if value[0] in row and not re.match(r"[ ]*(?:-[ ]+)*[\w-]+:(?:[ ]|$)", row):
            return None  # closed further down
        if re.match(r"[ ]*(?:-[ ]+)*[\w-]+:(?:[ ]|$)", row):
            break
    return "quotes are opened here and never closed", "Close the quotes."
