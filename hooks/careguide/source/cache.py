"""What takes long to find out or to make is kept in files, each under a digest of everything it depends on.

What something depends on is its data and its code: the module that makes it, every module of this package
which that module imports, directly or not, and the versions of the libraries they use. Templates and fonts
are data here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parents[1]
_IMPORT = re.compile(r"^[ \t]*(?:from ([\w.]+) import (\([^)]*\)|.+)|import ([\w.]+))", re.MULTILINE)
_DISTRIBUTIONS = {"yaml": "PyYAML"}
"""Libraries that are installed under another name than the one they are imported by."""


# ------------------------------------------------------------------------------------------------------------
# What something depends on


def digest(value: object) -> str:
    """64 digits (SHA-256) that change when a value does.

    A value is what JSON has, dataclasses, pydantic models, sets and bytes, one in another. The order of a
    mapping's keys does not count; the order of a list does. Raises a TypeError for anything else.
    """
    text = json.dumps(value, default=_as_json, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if dataclasses.is_dataclass(value):
        return vars(value)
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    raise TypeError(f"a {type(value).__name__} has no digest")


def files_digest(*folders: Path) -> str:
    """Changes with the name or the content of any file in these folders."""
    files = sorted(file for folder in folders for file in folder.rglob("*") if file.is_file())
    return digest([(file.name, file.read_bytes()) for file in files])


@cache
def code_digest(module: str) -> str:
    """Changes with the code of a module of this package: its own, what it imports, their libraries, Python.

    Found out once in a run, because the code that runs is the code as it was read then.
    """
    modules, libraries = closure(module)
    sources = {name: _source(name) for name in modules}
    versions = {name: _version(name) for name in libraries}
    return digest([sources, versions, platform.python_version()])


def closure(module: str) -> tuple[set[str], set[str]]:
    """A module with every module of this package that it needs, and the libraries that they import."""
    modules, libraries, waiting = set[str](), set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules.add(name)
            inside, outside = _imports(name)
            waiting += inside
            libraries |= outside
    return modules, libraries


@cache
def _imports(module: str) -> tuple[set[str], set[str]]:
    """The modules of this package that a module imports, and the libraries.

    The imports are found in the text, also those inside functions: loading a module to ask it would take
    longer than what is kept. A package's `__init__.py` counts only where something is imported from it by
    name.
    """
    inside, outside = set[str](), set[str]()
    for source, names, whole in _IMPORT.findall(_source(module).decode()):
        imported = source or whole
        top = imported.partition(".")[0]
        if top == _PACKAGE.name:
            inner = [f"{imported}.{each}" for each in re.findall(r"\w+", names)]
            found = [each for each in inner if _file(each)]
            inside.update(found or [imported])
        elif top not in sys.stdlib_module_names:
            outside.add(top)
    return inside, outside


@cache
def _file(module: str) -> Path | None:
    """The file of a module of this package; None where there is no such module."""
    path = _PACKAGE.parent.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def _source(module: str) -> bytes:
    file = _file(module)
    return file.read_bytes() if file else b""


@cache
def _version(library: str) -> str:
    """The version of a library; empty where it was put beside us without being installed."""
    with suppress(importlib.metadata.PackageNotFoundError):
        found = importlib.metadata.distribution(_DISTRIBUTIONS.get(library, library))
        # Reading all of it as a message, as `found.version` does, takes ten times longer.
        line = re.search(r"^Version: (.+)$", found.read_text("METADATA") or "", re.MULTILINE)
        return line[1] if line else found.version
    return ""


# ------------------------------------------------------------------------------------------------------------
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

    def close(self) -> None:
        """Write down what was asked for in this run, and nothing else."""
        if self._file and self._now.keys() != self._before.keys():
            with suppress(OSError):  # where nothing can be written, nothing is kept
                write(self._file, json.dumps({"key": self._key, "found": self._now}).encode())


def kept(file: Path | None, data: object, module: str, find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The one value of a file, as JSON has it: what `find`, a function of this module, says of the data."""
    values = Cache(file, code_digest(module)) if file else Cache(None)
    found: dict[str, Any] | None = values.get(data)
    if found is None:
        found = json.loads(json.dumps(find()))
        values.put(data, found)
        values.close()
    return found


def _read(file: Path) -> dict[str, Any]:
    """What a file of values holds; nothing where there is none, or where a run was stopped while it wrote."""
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


# ------------------------------------------------------------------------------------------------------------
# Files in a folder


class FileStore:
    """Files that take long to make, such as PDFs, in a folder of their own, each named by what it depends on.

    The folder would grow for ever: `forget_others` puts away what a build did not ask for, and deletes what
    the build before did not ask for either. So two kinds of build in turn, with the site's address and
    without it, make nothing anew.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._old = folder, folder / "old"
        self._asked: set[str] = set()

    def find(self, key: str, suffix: str) -> bytes | None:
        """The file of this key, `suffix` and all; None where there is none."""
        name = f"{key}{suffix}"
        self._asked.add(name)
        with suppress(OSError):
            return (self._folder / name).read_bytes()
        with suppress(OSError):
            (self._old / name).replace(self._folder / name)
            return (self._folder / name).read_bytes()
        return None

    def put(self, key: str, suffix: str, content: bytes) -> None:
        """Keep the file of this key, where that is possible."""
        with suppress(OSError):
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
        with suppress(OSError):  # another build may be doing the same
            for file in self._old.glob("*"):
                file.unlink()
            for file in self._folder.glob("*.*"):
                if file.name not in self._asked:
                    self._old.mkdir(exist_ok=True)
                    file.replace(self._old / file.name)


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Two programs may do this at the same time, and neither must read half of a file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(file)
