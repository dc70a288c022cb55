"""A file's bytes → text that every other module can trust: UTF-8, line feeds, nothing invisible."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from careguide.source.problems import Problem, named, quoted

MERGE = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")
"""What git writes at the start of a line where two versions could not be merged."""
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def read(root: Path, path: str) -> tuple[str, list[Problem]]:
    """A file's text with its line ends and marks put right, and what was wrong with them."""
    raw = (root / path).read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"the file must be UTF-8 text, but has the byte 0x{raw[error.start]:02x}"
        tip = "Open the file in your editor and save it with the encoding UTF-8."
        return "", [Problem(path, line, message, tip, rule="text_is_clean")]
    problems = list(named(text_is_clean(path, text)))
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")), problems


def text_is_clean(path: str, text: str) -> Iterator[Problem]:
    """A text must hold nothing that an editor hides, and no traces of a merge."""
    if text.startswith("\ufeff"):
        message = "the file must not start with a byte order mark"
        yield Problem(path, 1, message, "Save it as 'UTF-8', not as 'UTF-8 with BOM'.")
    if "\r" in text:
        number = text.count("\n", 0, text.index("\r")) + 1
        message = "lines must end with a line feed alone, not with a carriage return"
        yield Problem(path, number, message, "Set your editor's line ends to LF.")
    if not (_INVISIBLE.search(text) or MERGE.search(text)):  # looking at each line takes far longer
        return
    for number, line in enumerate(text.replace("\r", "").removeprefix("\ufeff").split("\n"), 1):
        if MERGE.match(line):
            message = f"the file must not hold merge-conflict marks, but has {quoted(line)}"
            yield Problem(path, number, message, "Choose one of the two versions and delete the marks.")
        if found := _INVISIBLE.search(line):
            message = f"text must not hold invisible characters, but has U+{ord(found.group()):04X}"
            yield Problem(path, number, message, "Delete it and type the words again.")
