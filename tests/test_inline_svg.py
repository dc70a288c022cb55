"""Kinds of movement drawn as lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args

from careguide.model.lists import Line
from careguide.pages import inline_svg


def heights(name: str) -> list[float]:
    """How far down each point of a line stands."""
    path = re.search(r'd="M(.*?)"', inline_svg.line(name))[1]
    return [float(number) for number in path.split()[1::2]]


def test_every_kind_of_line_can_be_drawn() -> None:
    """The model and the formulas name the same lines."""
    assert set(get_args(Line)) == set(inline_svg.FORMULAS)


def test_a_line_stays_in_its_box() -> None:
    """Its stroke is not cut off."""
    for name in inline_svg.FORMULAS:
        assert (
            inline_svg.MARGIN - 1.5
            <= min(heights(name))
            <= max(heights(name))
            <= inline_svg.HEIGHT - inline_svg.MARGIN + 1.5
        ), name


def test_lines_can_be_told_apart() -> None:
    """A tremor turns steadily, a flutter only for a while, a tic now and then, a jerk once.

    A spasm and a pull hold on.
    """
    turns = {
        name: sum((b - a) * (c - b) < 0 for (a, b), (_, c) in pairwise(pairwise(heights(name))))
        for name in inline_svg.FORMULAS
    }
    high = {
        name: sum(height < inline_svg.HEIGHT / 2 for height in heights(name)) for name in inline_svg.FORMULAS
    }

    assert turns["wave"] > 10 > turns["spikes"] > turns["jolt"] > turns["pull"] == 0
    assert turns["flutter"] > 10
    assert heights("flutter")[0] == heights("flutter")[1] != heights("wave")[1]
    assert high["hold"] > 30
    assert high["pull"] > 30
    assert heights("pull")[-1] < heights("hold")[-1] == heights("hold")[0]
    assert 0 < high["jolt"] < 6


def test_a_spasm_comes_at_once_and_goes_slowly() -> None:
    """A cramp is at its height within a third of the time, then only weaker, and at rest at the end."""
    found = heights("peak")
    top = min(found)
    after = found[found.index(top) :]

    assert top < inline_svg.HEIGHT / 4
    assert len(after) > len(found) * 2 / 3
    assert after == sorted(after)
    assert abs(found[-1] - found[0]) < 0.5
    assert after[len(after) // 2] < inline_svg.HEIGHT * 2 / 3  # half of the time later it is still felt


def test_no_line_is_no_picture() -> None:
    """A kind of movement without a line has only its words."""
    assert "" == inline_svg.line(None)


def test_a_reader_who_hears_the_page_hears_only_the_words() -> None:
    """The drawing repeats them, so it is hidden."""
    assert 'aria-hidden="true"' in inline_svg.line("wave")
