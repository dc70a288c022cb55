"""Whoever rewords a text of this guide, and does nothing wrong, turns nothing red."""

from __future__ import annotations

from pathlib import Path

import edits
from sites import GUIDE, PUBLIC, build


def test_a_reworded_text_is_no_problem(tmp_path: Path) -> None:
    """A step, a sentence of a lead or of an article, or a title may change by a word.

    The check of the build finds nothing, and the site is built.
    """
    changed = edits.edit(tmp_path, edits.copy(GUIDE, tmp_path))
    done = build(tmp_path, tmp_path / "site", **PUBLIC)

    assert len(changed) == 4
    assert 0 == done.returncode, done.stderr
