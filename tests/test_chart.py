"""The picture of a flow: what stands in it, that nothing overlaps, and that it is the same each time."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from careguide.flow import chart, view
from careguide.flow.plan import plan
from careguide.guide.guide import Guide
from conftest import load
from flows import small
from sites import EXAMPLE

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (720, 360)


@dataclass(frozen=True)
class Box:
    """One box of the picture."""

    left: int
    top: int
    right: int
    foot: int
    words: str


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Guide:
    """A small guide with everything a flow can have."""
    return load(small(tmp_path_factory.mktemp("chart") / "small"))


def pictures(guide: Guide) -> list[tuple[str, int, str]]:
    """Every picture of a guide, with its symptom and its width."""
    found = [(id_, width, chart.draw(id_, guide, width)) for id_, _ in view.checks(guide) for width in WIDTHS]
    assert found
    return found


def boxes(svg: str) -> list[Box]:
    """The boxes of a picture, from top to bottom."""
    found = []
    for group in ElementTree.fromstring(svg).iter("g"):
        if (rect := group.find("rect")) is not None:
            left, top, width, height = (int(rect.attrib[name]) for name in ("x", "y", "width", "height"))
            found.append(
                Box(
                    left,
                    top,
                    left + width,
                    top + height,
                    " ".join(text.text or "" for text in group.findall("text")),
                )
            )
    return found


def test_the_picture_asks_every_question_and_says_where_each_yes_leads(guide: Guide) -> None:
    """Each question stands with its number, in order.

    Beside it stands what a yes leads to, with the level in words.
    """
    for symptom, _, svg in pictures(guide):
        flow = view.flow_for(guide, symptom)
        assert flow
        shown, said = view.screens(symptom, flow, guide), [box.words for box in boxes(svg)]
        places = [said.index(f"{each.number}. {each.written.ask}") for each in shown]

        assert places == sorted(places)
        for each, place in zip(shown, places, strict=True):
            if each.screen.level and not each.screen.times:
                level = guide.urgency[each.screen.level]
                assert level.title in said[place + 1]
                assert level.level in said[place + 1]


def test_the_picture_ends_with_how_long_it_has_lasted(guide: Guide) -> None:
    """Each time has its own box, and beside it where it leads."""
    for symptom, _, svg in pictures(guide):
        flow = view.flow_for(guide, symptom)
        assert flow
        said = [box.words for box in boxes(svg)]
        planned = plan(symptom, flow, guide).screens[-1].times

        assert planned
        for time, written in zip(planned, flow.times, strict=True):
            assert guide.urgency[time.level].title in said[said.index(written.label) + 1]


def test_no_box_lies_on_another_or_outside(guide: Guide) -> None:
    """Boxes keep apart, and inside the picture."""
    for _, width, svg in pictures(guide):
        for one, other in combinations(boxes(svg), 2):
            assert (
                one.right <= other.left
                or other.right <= one.left
                or one.foot <= other.top
                or other.foot <= one.top
            ), (one, other)
        assert all(box.left >= 0 and box.right <= width for box in boxes(svg))


def test_no_line_goes_through_a_box_or_a_line(guide: Guide) -> None:
    """Lines run from a box to the next box, along a strip where no box stands."""
    for _, _, svg in pictures(guide):
        for way in re.findall(r'class="chart__(?:down|out)"[^>]* d="M(\d+) (\d+)(?:H(\d+)|v(\d+))"', svg):
            x, y, across, down = (int(each or 0) for each in way)
            inside = [
                box
                for box in boxes(svg)
                if box.left < (across or x + 1) and x < box.right and box.top < y + down and y < box.foot
            ]
            assert [] == inside


def test_words_fit_their_boxes(guide: Guide) -> None:
    """No line of text is wider than its box, by widths that hold for our typeface and for stand-ins."""
    for _, _, svg in pictures(guide):
        for group in ElementTree.fromstring(svg).iter("g"):
            if (rect := group.find("rect")) is not None:
                for text in group.findall("text"):
                    assert chart._width(text.text or "") * int(text.attrib["font-size"]) / 100 <= int(
                        rect.attrib["width"]
                    ) - 2 * (int(text.attrib["x"]) - int(rect.attrib["x"]))


def test_text_is_large_enough_to_read(guide: Guide) -> None:
    """No text is smaller than 12 px, in the narrow picture either."""
    assert 12 <= min(
        int(size) for _, _, svg in pictures(guide) for size in re.findall(r'font-size="(\d+)"', svg)
    )


def test_the_picture_is_named_and_described(guide: Guide) -> None:
    """A screen reader hears one picture, its name and what it shows, and no links."""
    for _, width, svg in pictures(guide):
        assert 'role="img"' in svg
        assert f'aria-labelledby="chart-{width}-title chart-{width}-about"' in svg
        assert all(f'id="chart-{width}-{name}"' in svg for name in ("title", "about"))
        assert "<a" not in svg


def test_the_picture_is_small(guide: Guide) -> None:
    """At most 2.5 KB as it is sent."""
    assert [] == [
        (symptom, width) for symptom, width, svg in pictures(guide) if len(gzip.compress(svg.encode())) > 2500
    ]


def test_the_picture_is_the_same_each_time() -> None:
    """Two runs, with the sets of Python in another order, draw the same bytes."""
    program = (
        "from careguide.flow import chart; from careguide.guide import loader; from pathlib import Path; "
        "print(chart.draw('nosebleed', loader.load(Path('.'))[0], 360))"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=EXAMPLE,
            env={"PYTHONPATH": str(Path(chart.__file__).parent.parent), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert 1 == len(drawn)
