"""How the code is built: what `make structure` counts, and what may not get worse."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from sites import ROOT
from structure import Structure, structure

MOST_LINES = 25_000
MOST_COMPREHENSIONS = 2.0
"""For every 100 lines."""
WIDEST = 110
"""Letters of a line that 99 of 100 lines do not exceed."""

FILES = {
    "__init__.py": '"""A package."""\n\nfrom careguide.shell import run\n',
    "shell.py": '"""Beside the rooms."""\nfrom careguide.upper import writer\n\nrun = writer.write\n',
    "upper/__init__.py": '"""A room."""\n',
    "upper/writer.py": (
        '"""It imports a module, and a name of one."""\n'
        "from careguide.lower import names  # a comment\n"
        "from careguide.lower.lines import LINES\n"
        "import json\n"
        "def write():\n"
        "    return [json.dumps(line) for line in LINES if any(name in line for name in names.NAMES)]\n"
    ),
    "lower/__init__.py": '"""A room."""\n',
    "lower/names.py": "NAMES = ()\n",
    "lower/lines.py": "from careguide.lower.names import NAMES\nLINES = NAMES\n",
}


def made(root: Path, files: dict[str, str]) -> Structure:
    """The structure of a package with these files."""
    for name, text in files.items():
        file = root / "hooks" / "careguide" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return structure(root)


def test_a_package_is_counted(tmp_path: Path) -> None:
    """Modules by room, arrows between rooms, statements without docstrings, comprehensions and comments."""
    found = made(tmp_path, FILES)

    assert Counter(upper=1, lower=2, shell=1) == found.modules
    assert {("careguide", "shell"), ("shell", "upper"), ("upper", "lower")} == found.arrows
    assert [] == found.circles
    assert (18, 11) == (found.lines, found.statements)
    assert (100 * 2 / 18, 100 * 1 / 18) == (found.comprehensions, found.comments)
    assert 92 == found.width


def test_a_circle_is_found(tmp_path: Path) -> None:
    """Its modules are named, so that it can be opened."""
    found = made(tmp_path, FILES | {"lower/lines.py": "import careguide.upper.writer\nLINES = ()\n"})

    assert [{"careguide.lower.lines", "careguide.upper.writer"}] == [set(circle) for circle in found.circles]


@pytest.fixture(scope="module")
def now() -> Structure:
    """The code as it is."""
    return structure(ROOT)


def test_nothing_imports_itself_by_way_of_others(now: Structure) -> None:
    """Each module can be read with those below it, and without those above."""
    assert now.modules.total() > 50
    assert [] == now.circles


def test_the_code_does_not_get_denser_wider_or_longer(now: Structure) -> None:
    """Whoever makes it better lowers the number; who needs more room looks first for what can go."""
    assert now.comprehensions <= MOST_COMPREHENSIONS
    assert now.width <= WIDEST
    assert now.lines <= MOST_LINES
