"""A file's bytes → text that every other module can trust: UTF-8, line feeds, nothing invisible.

What every tool on some machine writes is made right without a word: line ends of Windows, a byte order mark,
and accents that stand as letters of their own.
"""

import html
import os
import re
import shutil
import stat
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice, takewhile
from pathlib import Path

from careguide.source.problems import MOST, Problem, named, quoted

_MERGE = re.compile(r"[ ]*<{7} |={7}[ ]*$|[ ]*>{7} |\|{7} ", re.MULTILINE)
"""What git writes at the start of a line where two versions could not be merged."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)
"""Characters that an editor hides."""
_JOINED = (
    "[\u0600-\u0dff\u1000-\u109f\u1780-\u18af\u1900-\u1aff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff]"
)
"""Letters of scripts in which a joiner says how two of them are drawn: Arabic, Hindi, Khmer and others."""
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
"""Letters of scripts without spaces between words, in which a line may end at a space that has no width."""
_PICTURE = "[\u203c-\u3299\ufe0f\U0001f000-\U0001faff]"
_IDEOGRAPH = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_NEEDED = re.compile(
    rf"(?<={_JOINED})[\u200c\u200d](?![\u200c\u200d])|[\u200c\u200d](?={_JOINED})|(?<={_PICTURE})\u200d(?={_PICTURE})"
    rf"|(?<={_UNSPACED})\u200b(?={_UNSPACED})|(?<={_IDEOGRAPH})[\U000e0100-\U000e01ef]"
    "|(?<=[^A-Za-z\\s\ufe00-\ufe0f])[\ufe00-\ufe0f]"
)
"""An invisible character in its place: a joiner, a place where a line may end, which form a sign has."""
_DIRECTIONS = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
LEFT_BEHIND = re.compile(
    r"\..*|.*~|#.*#|~\$.*|4913|.*\.(?:bak|orig|rej|sw[a-p]|tmp)|Thumbs\.db|desktop\.ini", re.IGNORECASE
)
"""What editors and systems leave beside a file. It is harmless, and never published."""
LARGEST = 3_000_000
"""The most bytes of a file: nobody writes more by hand. The signs of 10,000 pages have half as many."""
_NO_TEXT = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a file of an office program or a ZIP archive",
}
"""How files begin that somebody may have given the name of a text."""


def all_in(root: Path, *folders: str, left_behind: bool = False) -> list[str]:
    """The paths of all files in some folders, sorted; those `left_behind` if asked. No link is followed."""
    found: list[str] = []
    for top in folders:
        for folder, _, names in os.walk(root / top):
            for name in names:
                if left_behind or not LEFT_BEHIND.fullmatch(name):
                    found.append((Path(folder) / name).relative_to(root).as_posix())
    return sorted(found)


def read(root: Path, path: str) -> tuple[str, list[Problem]]:
    """A file's text with its line ends and marks put right, and what was wrong with it."""
    raw, problems = read_bytes(root, path)
    return ("", problems) if problems else decoded(path, raw)


def decoded(path: str, raw: bytes) -> tuple[str, list[Problem]]:
    """A file's bytes as text, put right, and what was wrong with them."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"the file must be UTF-8 text, but has the byte 0x{raw[error.start]:02x}"
        tip = "Open the file in your editor and save it with the encoding UTF-8."
        for start, kind in _NO_TEXT.items():
            if raw.startswith(start):
                tip = f"It is {kind}: give it the ending that it should have, or put a text in its place."
        return "", [Problem(path, line, message, tip, rule="text_is_clean")]
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    problems = list(islice(named(text_is_clean(path, text)), MOST + 1))
    if problems and any(map(_MERGE.match, text.split("\n"))):
        return "", problems  # of two versions in one, nobody can say what else is wrong
    return without_hidden(text), problems


def read_bytes(root: Path, path: str, *, largest: int = LARGEST) -> tuple[bytes, list[Problem]]:
    """A file's bytes, and why it was not read: then there are none."""
    wrong = list(named(file_can_be_read(root, path, largest=largest)))
    if wrong:
        return b"", wrong
    try:
        return (root / path).read_bytes(), []
    except OSError as error:
        return b"", [unread(path, error)]


def write(file: Path, content: bytes, *, mode: int = 0o666) -> None:
    """Write a file whole or not at all. Raises an OSError."""
    write_all({file: content}, mode=mode)


def write_all(files: Mapping[Path, bytes], *, mode: int = 0o666) -> None:
    """Write all of some files or none, each whole even for who reads meanwhile. Raises an OSError."""
    begun: dict[Path, Path] = {}
    folders = set[Path]()  # which were not there before
    try:
        for file, content in files.items():
            folders.update(takewhile(lambda folder: not folder.exists(), file.parents))
            file.parent.mkdir(parents=True, exist_ok=True)
            new = file.with_name(f".{len(begun)}-{os.getpid()}-{threading.get_ident()}.part")
            begun[new] = file
            with open(new, "xb", opener=lambda path, flags: os.open(path, flags, mode)) as written:
                written.write(content)
            if file.is_file():
                shutil.copymode(file, new)
        for new, file in begun.items():
            new.replace(file)
    except BaseException:
        for new in begun:
            new.unlink(missing_ok=True)
        for folder in sorted(folders, reverse=True):  # the inner ones first
            with suppress(OSError):
                folder.rmdir()
        raise


def file_can_be_read(root: Path, path: str, *, largest: int = LARGEST) -> Iterator[Problem]:
    """A file must be one: no folder, no device, nothing outside the project, and no larger than a text is."""
    try:
        found = (root / path).stat()
        inside = _is_inside(root, path)
    except (OSError, RuntimeError) as error:  # before Python 3.13 a link to itself is a RuntimeError
        yield unread(path, error)
        return
    if not stat.S_ISREG(found.st_mode):
        message = "the file must be a file, not a folder, a pipe or a device"
        yield Problem(path, 1, message, "Give it another name, or move it out of the project.")
    elif not inside:
        message = "the file must lie in the project, but is a link that leads out of it"
        yield Problem(path, 1, message, "Copy the file here: links out of the project are never followed.")
    elif found.st_size > largest:
        message = f"the file must have at most {largest:,} bytes, but has {found.st_size:,}"
        yield Problem(path, 1, message, "Split it, or check whether it is the right file.")


def _is_inside(root: Path, path: str) -> bool:
    """Whether a file lies in its folder; that folder itself, such as data/, may be a link."""
    parts = Path(path).parts
    if not any(root.joinpath(*parts[:number]).is_symlink() for number in range(2, len(parts) + 1)):
        return True  # nearly always, and quicker than to ask where it leads
    own = (root / path).resolve(strict=True)
    folders = (root.resolve(), (root / parts[0]).resolve())
    return any(map(own.is_relative_to, folders))


def unread(path: str, error: Exception, what: str = "file") -> Problem:
    """A file or a folder must be one that can be read."""
    why = getattr(error, "strerror", None) or "it is a link that leads to itself"
    message = f"the {what} must be one that can be read, but: {str(why)[0].lower()}{str(why)[1:]}"
    return Problem(path, 1, message, "Delete it, or let yourself read it.", rule="file_can_be_read")


def hidden(text: str) -> Iterator[str]:
    """The invisible characters of a text that its script does not need, as a message names them."""
    for found in INVISIBLE.finditer(text):
        if not _seen(found):
            name = unicodedata.name(found.group(), "control character").lower()
            yield f"U+{ord(found.group()):04X} ({name})"


def without_hidden(text: str) -> str:
    """The text without them."""
    return INVISIBLE.sub(_seen, text)


def _seen(found: re.Match[str]) -> str:
    """An invisible character if one sees what it does, such as a joiner in Persian or Hindi; else nothing.

    Marks of direction belong beside letters that are written from right to left. What turns a whole run of
    letters round is never needed: a reader, and whoever checks the text, would see another one.
    """
    sign, start = found.group(), found.start()
    turned = sign in _DIRECTIONS and _RIGHT_TO_LEFT.search(found.string, max(0, start - 100), start + 100)
    return sign if turned or _NEEDED.match(found.string, start) else ""


def text_is_clean(path: str, text: str) -> Iterator[Problem]:
    """A text must hold nothing that an editor hides, and no traces of a merge."""
    is_page = path.endswith(".md")  # in which a letter may be written by its name, as HTML has it
    odd = INVISIBLE.search(text) or _MERGE.search(text) or (is_page and "&" in text)
    if not odd:
        return  # looking at each line takes far longer
    for number, line in enumerate(text.split("\n"), 1):
        if _MERGE.match(line):
            message = f"the file must not hold merge-conflict marks, but has {quoted(line)}"
            yield Problem(path, number, message, "Choose one of the two versions and delete the marks.")
        for named_ in islice(hidden(html.unescape(line) if is_page else line), 1):
            message = f"text must not hold invisible characters, but has {named_}"
            yield Problem(path, number, message, "Delete it and type the words again.")
