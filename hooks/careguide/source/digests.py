"""Short strings of digits that change when a value, a file or a piece of code does.

What code depends on is the module itself, every module of this package which it imports, directly or not,
and the versions of the libraries they use. Templates and fonts are data.
"""

import dataclasses
import hashlib
import json
import os
import platform
import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
_IMPORT = re.compile(r"^[ \t]*(?:from ([\w.]+) import (\([^)]*\)|.+)|import ([\w.]+))", re.MULTILINE)
_DISTRIBUTIONS = {"yaml": "PyYAML"}
"""Libraries that are installed under another name than the one they are imported by."""


def digest(value: object) -> str:
    """64 digits (SHA-256) that change when a value does.

    A value is what JSON has, dataclasses, pydantic models, sets and bytes, one in another. The order of a
    mapping's keys does not count; the order of a list does. Raises a TypeError for anything else.
    """
    text = json.dumps(value, default=_as_json, ensure_ascii=False, sort_keys=True)
    # Names of files may hold stray bytes.
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, set | frozenset):
        return sorted(value)
    if dataclasses.is_dataclass(value):
        # Not `vars`: what a value has worked out of its fields meanwhile does not change it.
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
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
    sources = dict(zip(modules, map(_source, modules), strict=True))
    versions = dict(zip(libraries, map(version, libraries), strict=True))
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
        if top == PACKAGE.name:
            inner = [f"{imported}.{each}" for each in re.findall(r"\w+", names)]
            found = [each for each in inner if _file(each)]
            inside.update(found or [imported])
        elif top not in sys.stdlib_module_names:
            outside.add(top)
    return inside, outside


@cache
def _file(module: str) -> Path | None:
    """The file of a module of this package; None where there is no such module."""
    path = PACKAGE.parent.joinpath(*module.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


@cache
def _source(module: str) -> bytes:
    file = _file(module)
    return file.read_bytes() if file else b""


def version(library: str) -> str:
    """The version of a library; empty where it was put beside us without being installed."""
    return installed().get(_plain(_DISTRIBUTIONS.get(library, library)), "")


@cache
def installed() -> dict[str, str]:
    """The version of every library by its name, as folders are called: to read files takes far longer."""
    found: dict[str, str] = {}
    for place in map(Path, filter(os.path.isdir, sys.path)):  # also where one may not look
        for folder in place.glob("*.dist-info"):
            name, _, number = folder.stem.partition("-")
            found.setdefault(_plain(name), number)
    return found


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
