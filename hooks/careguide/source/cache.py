"""What takes long to find out is kept in files, under everything it depends on: the data and the code. A change of either and it is found out again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any


def kept(
    file: Path | None, data: Any, code: Iterable[ModuleType], find: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """What `find` says, as JSON has it: from the file if data and code are those it was found out for, otherwise anew. Without a file always anew."""
    if not file:
        return find()
    key = _key(data, code)
    before = _read(file)
    if before.get("key") == key:
        return before["found"]
    found = find()
    _write(file, {"key": key, "found": found})
    return found


class Kept:
    """Many small findings, each about one text, kept in one file until the text, the data or the code change. Without a file nothing is kept."""

    def __init__(self, file: Path | None, data: Any, code: Iterable[ModuleType]) -> None:
        self._file = file
        self._key = _key(data, code) if file else ""
        before = _read(file) if file else {}
        self._before: dict[str, Any] = before["found"] if before.get("key") == self._key else {}
        self._now: dict[str, Any] = {}

    def get(self, text: str) -> Any:
        """What was found out about a text, as JSON has it; None where nothing is kept."""
        key = _hash(text.encode())
        if key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def put(self, text: str, found: Any) -> None:
        """Keep what was found out about a text."""
        self._now[_hash(text.encode())] = found

    def close(self) -> None:
        """Write down what was asked for in this run, and nothing else."""
        if self._file and self._now.keys() != self._before.keys():
            _write(self._file, {"key": self._key, "found": self._now})


def digest(value: Any) -> str:
    """64 hexadecimal digits that change when a value does: JSON, or dataclasses in it. The order of keys does not count."""
    form = json.dumps(value, default=vars, ensure_ascii=False, sort_keys=True)
    return _hash(form.encode())


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: two programs may do this at the same time, and neither must read half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_bytes(content)
    new.replace(file)


def _write(file: Path, content: dict[str, Any]) -> None:
    with suppress(OSError):  # where nothing can be written, nothing is kept
        write(file, json.dumps(content).encode())


def _key(data: Any, code: Iterable[ModuleType]) -> str:
    parts = [Path(module.__file__).read_bytes() for module in code if module.__file__]
    return _hash(b"\0".join([json.dumps(data, default=vars).encode(), *parts]))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
