"""The hazard log: every control it names is a check that really runs."""

from __future__ import annotations

import ast
from pathlib import Path

from careguide.checks import phrases
from conftest import load
from sites import GUIDE, ROOT

CORE = ROOT / "hooks" / "careguide"
CHECKS = (
    *("checks/dates", "checks/editorial", "checks/safety", "checks/translations"),
    *("flow/rules", "flow/proof", "flow/vignettes"),
)
"""The modules whose functions are checks."""


def test_every_control_of_a_hazard_is_a_check() -> None:
    """A hazard is not answered by a check that does not exist."""
    there = {name for module in CHECKS for name in _functions(CORE / f"{module}.py")}
    for file in (ROOT / "tests").rglob("test_*.py"):
        there |= {name.removeprefix("test_") for name in _functions(file) if name.startswith("test_")}
    there |= {wording.rule for wording in phrases.wordings(load(GUIDE))}
    named = {(hazard.id, control) for hazard in load(GUIDE).hazards.values() for control in hazard.rules}

    assert named
    assert set() == {(hazard, control) for hazard, control in named if control not in there}


def test_advice_to_avoid_opens_with_do_not() -> None:
    """Its lead, its line in lists and what a sheet says of it: none can be read as advice to follow."""
    told = {
        (remedy.id, words)
        for remedy in load(GUIDE).remedies.values()
        if remedy.verdict == "avoid"
        for words in (remedy.lead, remedy.short, remedy.handout)
    }

    assert told
    assert set() == {(remedy, words) for remedy, words in told if not (words or "").startswith("Do not ")}


def _functions(file: Path) -> list[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return [node.name for node in body if isinstance(node, ast.FunctionDef)]
