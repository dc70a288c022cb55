"""What our theme replaces of Material's.

A replaced file says which version it was made for, and the first letters of the original's checksum.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import material
import pytest
from sites import ROOT

THEME = ROOT / "hooks" / "careguide" / "theme"
MATERIAL = Path(material.__file__).parent / "templates"
SAYS = re.compile(
    r"\{#- Replaces (?P<name>\S+) of Material (?P<version>[\d.]+) "
    r"\((?P<checksum>[0-9a-f]{8})\)[,:] (?P<why>\S.+)"
)
REPLACED = sorted(
    file.relative_to(THEME).as_posix()
    for file in THEME.rglob("*.html")
    if file.read_text(encoding="utf-8").startswith("{#- Replaces")
)


def test_what_stands_in_materials_place_says_so() -> None:
    """A template of the same name is used instead of Material's."""
    base = THEME / "base"
    names = {file.relative_to(base).as_posix() for file in base.rglob("*.html")}
    there = {f"base/{name}" for name in names if (MATERIAL / name).is_file()}

    assert {"base/base.html", "components/header/header.html"} <= set(REPLACED)
    assert there <= set(REPLACED)


@pytest.mark.parametrize("name", REPLACED)
def test_a_replaced_file_fails_when_its_original_changes(name: str) -> None:
    """A new Material may mend or add what our file leaves out.

    Somebody must look, then write the new version and checksum into our file.
    """
    said = SAYS.match((THEME / name).read_text(encoding="utf-8"))
    assert said, f"{name} must start with '{{#- Replaces NAME of Material VERSION (CHECKSUM): WHY'"
    original = (MATERIAL / said["name"]).read_bytes()
    assert said["checksum"] == hashlib.sha256(original).hexdigest()[:8], (
        f"Material's {said['name']} has changed since {said['version']}"
    )
