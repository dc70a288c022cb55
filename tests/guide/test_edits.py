"""Whoever rewords a text of this guide, and does nothing wrong, turns nothing red."""

from __future__ import annotations

import datetime
from pathlib import Path

import careguide
import edits
from sites import GUIDE, PUBLIC, build

TODAY = datetime.datetime.now(tz=datetime.UTC).date()


def test_a_reworded_text_is_no_problem(tmp_path: Path) -> None:
    """A step, a sentence of a lead or of an article, or a title may change by a word.

    The check finds nothing, and the site is built.
    """
    changed = edits.edit(tmp_path, edits.copy(GUIDE, tmp_path))
    made = careguide.build(tmp_path, today=TODAY)
    done = build(tmp_path, tmp_path / "site", **PUBLIC)

    assert len(changed) == 4
    assert "" == careguide.report(problem for problem in made.problems if problem.blocks)
    assert 0 == done.returncode, done.stderr
