"""What takes long to find out is kept in a folder, under everything it depends on: the data and the code. A change of either and it is found out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any


def kept(file: Path | None, data: Any, code: Iterable[ModuleType], find: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `find` says, as JSON has it: from the file if data and code are those it was found out for, otherwise anew. Without a file always anew."""
    if not file:
        return find()
    key = _key(data, code)
    before = _read(file)
    if before.get("key") == key:
        return before["found"]
    found = find()
    file.parent.mkdir(parents=True, exist_ok=True)
    # Two programs may do this at the same time: neither must read half a file.
    new = file.with_suffix(f".{key[:8]}")
    new.write_text(json.dumps({"key": key, "found": found}, indent=2), encoding="utf-8")
    new.replace(file)
    return found


def _key(data: Any, code: Iterable[ModuleType]) -> str:
    parts = [Path(module.__file__).read_bytes() for module in code if module.__file__]
    return hashlib.sha256(b"\0".join([json.dumps(data).encode(), *parts])).hexdigest()


def _read(file: Path) -> dict[str, Any]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
