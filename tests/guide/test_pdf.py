"""The printed sheets of this guide: they fit, they say all, and their boxes differ without colour."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from test_pdf import (  # noqa: F401 - run again, with this guide
    ONE_BIT,
    Printed,
    sheets,
    test_emergency_comes_first,
    test_every_picture_says_what_it_shows,
    test_every_sheet_keeps_to_its_sides_on_both_papers,
    test_every_sign_stands_on_the_handout,
    test_every_word_of_the_content_is_found_on_the_paper,
    test_files_are_small,
    test_nothing_stands_where_a_printer_cannot_print,
    test_the_code_reads_from_a_grey_copy,
)


@pytest.fixture(scope="module")
def neck(sheets: list[Printed]) -> Printed:  # noqa: F811 - as it was handed on
    """The handout on neck twitching, whose boxes are large."""
    return next(each for each in sheets if str(each) == "neck-twitching letter standard")


def one_bit(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> float:
    """How much of a box on a page is ink, in pure black and white at 150 dpi.

    The box is left, top, right and foot, in points from the top.
    """
    picture = (
        page.render(scale=150 / 72, grayscale=True)
        .to_pil()
        .crop(tuple(round(side * 150 / 72) for side in box))
    )
    return picture.point(lambda grey: grey < ONE_BIT).histogram()[1] / (picture.width * picture.height)


def test_levels_differ_without_colour(neck: Printed) -> None:
    """In black and white the worst box has a solid head, the next a thick line, the last a dashed one."""
    page = neck.pages[0]
    heads = {level.style: _place(page, level.title) for level in neck.handout.levels}
    inked = {
        style: one_bit(page, (right + 20, top, right + 60, foot))
        for style, (_, top, right, foot) in heads.items()
    }
    lines = {style: _line_left(page, top, foot) for style, (_, top, _, foot) in heads.items()}

    assert [1, 2, 3, 4] == list(heads)
    assert inked[1] > 0.99
    assert max(inked[3], inked[4]) < 0.01
    assert [1, 1] == [lines[2], lines[3]]
    assert 0.3 < lines[4] < 0.9


def _place(page: pdfium.PdfPage, words: str) -> tuple[float, float, float, float]:
    """Where words stand first: left, top, right and foot, in points from the top."""
    text = page.get_textpage()
    start, count = text.search(words).get_next()
    boxes = [text.get_charbox(start + index) for index in range(count)]
    (left, foot, right, top), height = (
        (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        ),
        page.get_size()[1],
    )
    left, right = left - page.get_mediabox()[0], right - page.get_mediabox()[0]
    up = page.get_mediabox()[1]
    return left, height - (top - up), right, height - (foot - up)


def _line_left(page: pdfium.PdfPage, top: float, foot: float) -> float:
    """How much of the line at the left of a box is ink, from its head to 18 points below."""
    picture = page.render(scale=150 / 72, grayscale=True).to_pil()
    rows = range(round((foot + 6) * 150 / 72), round((foot + 18) * 150 / 72))
    edge = next(
        x
        for x in range(picture.width)
        if sum(picture.getpixel((x, y)) < ONE_BIT for y in rows) > len(rows) * 0.3
    )
    return sum(any(picture.getpixel((edge + dx, y)) < ONE_BIT for dx in range(2)) for y in rows) / len(rows)


def test_the_heads_of_the_boxes_are_easy_to_read(neck: Printed) -> None:
    """White on the emergency box and black on grey have a contrast of at least 7 to 1."""
    page = neck.pages[0]
    picture = page.render(scale=4).to_pil()
    for title in [level.title for level in neck.handout.levels]:
        box = tuple(round(side * 4) for side in _place(page, title))
        lights = sorted(_luminance(colour) for _, colour in picture.crop(box).getcolors(1 << 16))
        assert (lights[-1] + 0.05) / (lights[0] + 0.05) >= 7, title


def _luminance(colour: tuple[int, ...]) -> float:
    """How light a colour is, as WCAG has it."""
    red, green, blue = (
        each / 255 / 12.92 if each <= 10 else ((each / 255 + 0.055) / 1.055) ** 2.4 for each in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
