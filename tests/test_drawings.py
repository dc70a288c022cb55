"""Drawings that the data names, and those that are there."""

from __future__ import annotations

import pytest
from careguide.guide.guide import DRAWINGS
from conftest import Project, changed, problems

PRESS = "data/remedies/press-the-nose.yml"
STEP = "      - text: Sit down and lean forward, because blood should not run down your throat.[@leaflet]\n"
TIP = f"  Tip: Put the drawing into {DRAWINGS}/ first."


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            changed(PRESS, (STEP, f"{STEP}        picture: sit-down\n")),
            f"{PRESS}:13: sections[1].steps[1].picture must name a drawing, not 'sit-down'\n{TIP}",
        ),
    ],
)
def test_a_drawing_that_is_not_there_is_named(
    project: Project, changes: dict[str, str], expected: str
) -> None:
    """The contributor reads where it is named and where to put it."""
    assert expected == problems(project(changes))


def test_a_drawing_that_nothing_shows_is_told(project: Project) -> None:
    """A step may have lost it, so it is a notice."""
    root = project(changed("data/remedies/rinse-the-nose.yml", ("        picture: fill-a-cup\n", "")))

    assert (
        f"{DRAWINGS}/fill-a-cup.svg:1: notice: a drawing must be shown, but nothing names 'fill-a-cup'"
        in (problems(root))
    )
