"""The hazard log: every control it names is a check that really runs."""

from __future__ import annotations

import ast
import datetime
import functools
from pathlib import Path

import careguide
import pytest
from careguide.model.flows import Hazard
from sites import ROOT

HAZARDS = careguide.build(ROOT, today=datetime.date(2026, 11, 21)).guide.hazards.values()


@functools.cache
def _checks() -> set[str]:
    """Every function of the modules that check, and every test without its `test_`."""
    core = [
        ROOT / "hooks" / "careguide" / f"{name}.py"
        for name in ("checks/editorial", "checks/safety", "flow/rules", "flow/proof", "flow/vignettes")
    ]
    return {name for file in core for name in _functions(file)} | {
        name.removeprefix("test_")
        for file in (ROOT / "tests").glob("test_*.py")
        for name in _functions(file)
        if name.startswith("test_")
    }


def _functions(file: Path) -> list[str]:
    return [
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    ]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_every_control_of_a_hazard_is_a_check(hazard: Hazard) -> None:
    """A hazard is not answered by a check that does not exist."""
    assert [] == [control for control in hazard.controls if control not in _checks()]
