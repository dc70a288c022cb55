"""What takes long to find out or to make is kept in files, each under a digest of everything it depends on.

What is read again is believed only where this user's programs wrote it: each file carries a seal, made of its
name and its content with a secret that never stands in a project. So a damaged file, or one that somebody
committed, is as good as none.
"""

import hmac
import json
import os
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from careguide.source import text_files
from careguide.source.digests import code_digest, digest
from careguide.source.problems import Problem

FOLDER = ".cache"
"""Where a project keeps what was found out."""
_LARGEST = 100_000_000
"""Bytes of a file; what is kept is far smaller, and the memory ends somewhere."""


# The folder, and who may write into it


def opened(root: Path) -> tuple[Path | None, list[Problem]]:
    """The folder in which a project keeps what was found out; None and a notice where nothing can be kept."""
    folder = root / FOLDER
    wrong = _unusable(folder)
    if not wrong:
        for left in (*folder.glob("*.part"), *folder.glob("*/*.part")):  # by a program that was stopped
            with suppress(OSError):
                left.unlink()
        return folder, []
    tip = "Everything is right without it, but takes longer each time."
    return None, [
        Problem(FOLDER, 1, f"nothing is kept from run to run: {wrong}", tip, False, "cache_is_usable")
    ]


def store(root: Path, name: str) -> "FileStore":
    """The folder of a project in which files of one kind are kept."""
    usable = not _unusable(root / FOLDER)
    return FileStore(root / FOLDER / name if usable else None)


def _unusable(folder: Path) -> str:
    """Why nothing can be kept in a folder; empty where it can."""
    if folder.is_symlink():
        return f"{FOLDER} must be a folder, not a link"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        return f"{FOLDER} must be a folder that can be made ({error.strerror})"
    if not os.access(folder, os.W_OK | os.X_OK):
        return f"{FOLDER} must be a folder that you may write into"
    return "" if _secret() else f"{_secret_file()} must be a file that you may read and write"


def _secret_file() -> Path:
    """Where this user's secret stands: apart from any project."""
    own = os.environ.get("XDG_CACHE_HOME", "")
    with suppress(RuntimeError):  # nobody's home
        own = own or str(Path.home() / ".cache")
    return Path(own, "careguide", "seal")


@cache
def _secret() -> bytes:
    """32 bytes that this user's programs know, and nobody else; empty where they cannot be kept."""
    file = _secret_file()
    with suppress(OSError):
        if not file.exists() or file.stat().st_size != 32:
            text_files.write(file, os.urandom(32), mode=0o600)
        own = sys.platform == "win32" or file.stat().st_uid == os.geteuid()
        if own and len(found := _plain(file)) == 32:
            return found
    return b""


def _seal(name: str, content: bytes) -> bytes:
    return hmac.new(_secret(), name.encode() + b"\n" + content, "sha256").hexdigest().encode()


def _plain(file: Path) -> bytes:
    """The content of a plain file. A link is not followed, and nothing is waited for. Raises an OSError."""
    opened = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(opened, "rb") as content:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise OSError(f"{file} is no plain file that was written here")
        return content.read()


def read(file: Path) -> bytes | None:
    """What was kept in a file; None where there is none, or where it does not bear its seal."""
    with suppress(OSError):
        seal, _, content = _plain(file).partition(b"\n")
        if _secret() and hmac.compare_digest(seal, _seal(file.name, content)):
            return content
    return None


def write(file: Path, content: bytes) -> None:
    """Keep a file with its seal, where that is possible."""
    if _secret() and not file.parent.is_symlink():
        with suppress(OSError):
            text_files.write(file, _seal(file.name, content) + b"\n" + content)


# Values, many in one file


class Cache:
    """Values as JSON has them, each found out about something and kept in one file.

    Without a file, for one run only.
    """

    def __init__(self, file: Path | None, *depends: object) -> None:
        """`depends` is what every value depends on. When it has changed, nothing that was kept counts."""
        self._file = file
        self._key = digest(depends)
        before = _read(file) if file else {}
        self._before: dict[str, Any] = before["found"] if before.get("key") == self._key else {}
        self._now: dict[str, Any] = {}

    def get(self, about: object) -> Any:
        """What was found out about something; None where nothing is kept."""
        key = digest(about)
        if key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def put(self, about: object, found: Any) -> None:
        """Keep what was found out about something."""
        self._now[digest(about)] = found

    def made(self, about: object, make: Callable[[], Any]) -> Any:
        """What was found out about something, found out now if it was not."""
        key = digest(about)
        found = self._now.get(key, self._before.get(key))
        self._now[key] = make() if found is None else found
        return self._now[key]

    def close(self) -> None:
        """Write down what was asked for in this run, and nothing else."""
        if self._file and self._now.keys() != self._before.keys():
            write(self._file, json.dumps({"key": self._key, "found": self._now}).encode())


def kept(file: Path | None, data: object, module: str, find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The one value of a file, as JSON has it: what `find`, a function of this module, says of the data."""
    values = Cache(file, code_digest(module)) if file else Cache(None)
    found: dict[str, Any] = values.made(data, lambda: json.loads(json.dumps(find())))
    values.close()
    return found


def _read(file: Path) -> dict[str, Any]:
    """What a file of values holds; nothing where there is none that can be believed."""
    found: dict[str, Any] = json.loads(read(file) or b"{}")
    return found


# Files in a folder


class FileStore:
    """Files that take long to make, such as PDFs, in a folder of their own, each named by what it depends on.

    The folder would grow for ever: `forget_others` puts away what a build did not ask for, and deletes what
    the build before did not ask for either. So two kinds of build in turn, with the site's address and
    without it, make nothing anew.
    """

    def __init__(self, folder: Path | None) -> None:
        """Without a folder nothing is kept. Nor in one that is a link: files would be deleted elsewhere."""
        self._folder = None if folder is None or folder.is_symlink() else folder
        self._asked: set[str] = set()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._folder is not None

    def find(self, key: str, suffix: str) -> bytes | None:
        """The file of this key, `suffix` and all; None where there is none."""
        if not self._folder:
            return None
        file, old = self._folder / f"{key}{suffix}", self._folder / "old"
        self._asked.add(file.name)
        content = read(file)
        if content is None and not old.is_symlink():
            with suppress(OSError):
                (old / file.name).replace(file)
                content = read(file)
        return content

    def put(self, key: str, suffix: str, content: bytes) -> None:
        """Keep the file of this key, where that is possible."""
        if self._folder:
            write(self._folder / f"{key}{suffix}", content)

    def get(self, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """The file of this key, made if there is none."""
        content = self.find(key, suffix)
        if content is None:
            content = make()
            self.put(key, suffix, content)
        return content

    def forget_others(self) -> None:
        """Put away what nobody has asked this store for. Call it when a build has asked for all it needs."""
        if not self._folder or (old := self._folder / "old").is_symlink():
            return
        with suppress(OSError):  # another build may be doing the same
            for file in old.glob("*"):
                file.unlink()
            for file in self._folder.glob("*.*"):
                if file.name not in self._asked:
                    old.mkdir(exist_ok=True)
                    file.replace(old / file.name)
