"""What our theme replaces of Material's. A replaced file says which version it was made for, and the letters of the original's checksum."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import material
import pytest
from sites import ROOT

BASE = ROOT / "hooks" / "careguide" / "theme" / "base"
MATERIAL = Path(material.__file__).parent / "templates"
REPLACED = sorted(
    file.relative_to(BASE).as_posix()
    for file in BASE.rglob("*.html")
    if (MATERIAL / file.relative_to(BASE)).is_file()
)
SAYS = re.compile(
    r"\{#- Replaces (?P<name>\S+) of Material (?P<version>[\d.]+) \((?P<checksum>[0-9a-f]{8})\)[,:] (?P<why>\S.+)"
)


def test_there_is_something_to_compare() -> None:
    """The theme's skeleton is replaced, and Material still has one."""
    assert "base.html" in REPLACED


@pytest.mark.parametrize("name", REPLACED)
def test_a_replaced_file_fails_when_its_original_changes(name: str) -> None:
    """A new Material may mend or add what our file leaves out: somebody must look, then write the new version and checksum into our file."""
    said = SAYS.match((BASE / name).read_text(encoding="utf-8"))
    assert said, f"{name} must start with '{{#- Replaces {name} of Material VERSION (CHECKSUM): WHY'"
    assert name == said["name"]
    assert said["checksum"] == hashlib.sha256((MATERIAL / name).read_bytes()).hexdigest()[:8], (
        f"Material's {name} has changed since {said['version']}"
    )
