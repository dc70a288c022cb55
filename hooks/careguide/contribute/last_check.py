"""What the last check said, kept under a digest of all that a check depends on.

A check of what nobody has changed says the same again, and nothing need be loaded for it that makes a check.
So this module imports as little as it can.
"""

import argparse
import io
import json
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout, suppress
from pathlib import Path

from careguide.contribute import revisions
from careguide.source import clock, project
from careguide.source.cache import store
from careguide.source.digests import PACKAGE, digest, installed
from careguide.source.problems import FORMATS, WrongCallError

FILES = ("mkdocs.yml", "LICENSE")
"""What a check reads beside the files of a guide. Of others it asks at most whether they are there."""
_LARGEST = 3_000_000
"""Bytes of a file that are looked at. A check reads nothing larger, and says so."""


def checked(arguments: Sequence[str], run: Callable[[], int]) -> int:
    """Run a command, unless it is a check of what was checked already: then say the same again.

    Returns the exit code.
    """
    check = _asked(arguments)
    root = _root(check) if check else None
    if not check or not root:
        return run()
    kept = store(root, "checks")
    program = _program()  # once, because what runs is the program as it was when it began
    before = key(root, check, program)
    found = kept.find(before, ".json") if before else None
    if found is not None:
        code, text = json.loads(found)
    else:
        said = io.StringIO()
        with redirect_stdout(said):
            code = run()
        text = said.getvalue()
        # What was changed meanwhile was perhaps read as it was before; and what failed has said nothing.
        if before and before == key(root, check, program) and (text or not code):
            kept.put(before, ".json", json.dumps([code, text]).encode())
            kept.forget_others()
    sys.stdout.write(text)
    return int(code)


def _asked(arguments: Sequence[str]) -> argparse.Namespace | None:
    """What a check was asked for; None for another command, and for a check that compares or counts."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--root", type=Path)
    parser.add_argument("--today")
    parser.add_argument("command", nargs="?", choices=["check"])
    parser.add_argument("--format", choices=FORMATS, default="text")
    try:
        known, more = parser.parse_known_args(arguments)
        known.today = known.today or str(clock.today())
    except (argparse.ArgumentError, WrongCallError):
        return None  # whoever runs it says what is wrong
    return known if known.command and not more else None


def _root(check: argparse.Namespace) -> Path | None:
    """The project that a check is about; None where there is none, or this user may not look at it."""
    with suppress(OSError):
        root = project.folder(check.root)
        if (root / project.DATA).is_dir():
            return root
    return None


def _program() -> str:
    """Changes with all code and every library; empty where that cannot be looked at."""
    with suppress(OSError):
        return digest([sys.version, sys.platform, installed(), *_contents(PACKAGE)])
    return ""


def key(root: Path, check: argparse.Namespace, program: str) -> str:
    """Changes with everything that a check of a project depends on; empty where that cannot be looked at."""
    own = {name: value for name, value in os.environ.items() if name.startswith("CAREGUIDE_")}
    try:
        asked = [str(root), check.today, check.format, own, program]
        return digest([*asked, *_inputs(root), revisions.before(root)]) if program else ""
    except (OSError, revisions.GitRefusedError):
        return ""


def _inputs(root: Path) -> Iterator[tuple[str, object]]:
    """What a check looks at in a project, by path: each file with its content, and what is merely there."""
    for folder in project.FOLDERS:
        yield from _contents(root / folder)
    settings, licence = (_content(root / each) if (root / each).exists() else b"" for each in FILES)
    yield FILES[0], settings
    yield FILES[1], licence
    for place in (root, root / "hooks"):
        for entry in sorted(place.iterdir() if place.is_dir() else ()):
            yield str(entry), entry.is_file()
    # The settings name files and folders, which must be there.
    for words in re.split(r"[][{}'\",:#\0\n]", settings.decode(errors="replace")):
        yield words, os.path.exists(root / words.strip(" -"))  # noqa: PTH110 - one too long for a name is not there


def _contents(top: Path) -> Iterator[tuple[str, bytes]]:
    """Every file in a folder by its path, with its content, and every folder."""
    for folder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for path in (Path(folder, name) for name in (*folders, *sorted(names))):
            yield str(path), b"" if path.is_dir() and not path.is_symlink() else _content(path)


def _content(file: Path) -> bytes:
    """The content of a plain file. Raises an OSError for anything else, also for a link to one."""
    found = file.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise OSError(f"{file} is no plain file that is read")
    return file.read_bytes()
