"""A flow as a picture: a ladder of questions from top to bottom, with the result of a 'yes' beside each.

A result is drawn again on every row that leads to it, so no two lines ever cross. Text is wrapped by a table
of widths, so the picture is the same on every machine. Colours are left to `chart.css`; without it boxes are
outlines, and each says its level in words anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape

from careguide.flow import view
from careguide.guide.guide import Guide
from careguide.model.lists import Urgency
from careguide.source import markup

_WIDTHS = {"ijl.,:;'|!": 34, ' fIrt()[]/-"': 43, "mwMW%@": 100}
_CAPITAL, _OTHER = 77, 64
"""Widths of letters in hundredths of the size: enough for our typeface in bold, and for the usual
stand-ins."""
_CORNERS = (4, 8, 11, 14, 18, 22)
"""The corners of the six numbered styles: they soften as urgency falls."""


@dataclass(frozen=True)
class _Size:
    """How large things are in a picture of one width."""

    width: int
    ask: int
    """Width of a question's box."""
    end: int
    """Width of a result's box."""
    text: int
    small: int
    pad: int
    """From the edge of a box to its text."""
    drop: int
    """From one row to the next."""


_SIZES = {
    720: _Size(720, ask=424, end=254, text=15, small=14, pad=9, drop=26),
    360: _Size(360, ask=204, end=132, text=13, small=12, pad=7, drop=24),
}


@dataclass(frozen=True)
class _Line:
    """One line of text in a box."""

    words: str
    size: int
    style: str = "small"


@dataclass(frozen=True)
class _Box:
    """A box with its text."""

    style: str
    corner: int
    lines: tuple[_Line, ...]


@dataclass(frozen=True)
class _Row:
    """A question, the result beside it where a 'yes' has one, and what is said on the way down."""

    step: str
    """The id of the step it shows, or of the level where the ladder ends."""
    ask: _Box
    end: _Box | None = None
    ends: tuple[str, ...] = ()
    """The levels a 'yes' can lead to."""
    down: str = ""


def draw(symptom: str, guide: Guide, width: int) -> str:
    """The picture as SVG, 720 or 360 wide.

    The questions on the same page say the same, so nothing in it is a link.
    """
    size, words = _SIZES[width], guide.words
    shapes, top = [], 2
    rows = list(_rows(symptom, guide, size))
    for row in rows:
        height = max(_height(box, size) for box in (row.ask, row.end) if box)
        shapes.append(_draw_row(row, top, height, size))
        top += height + (size.drop if row.down else 2)
    name = f"chart-{width}"
    return (
        f'<svg class="chart__picture chart__picture--{width}" viewBox="0 0 {width} {top}" '
        f'width="{width}" height="{top}" role="img" aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{escape(words.text("flow.chart.title"))}</title>'
        f'<desc id="{name}-about">{escape(words.text("flow.chart.about", count=len(rows) - 1))}</desc>'
        f"{''.join(shapes)}</svg>"
    )


# ------------------------------------------------------------------------------------------------------------
# What is drawn


def _rows(symptom: str, guide: Guide, size: _Size) -> Iterator[_Row]:
    """The rows from top to bottom. The last is where 'no' to everything leads."""
    words, levels = guide.words, guide.urgency
    flow = view.flow_for(guide, symptom)
    if not flow:
        return
    for shown in view.screens(symptom, flow, guide):
        ask = _Box(
            "chart__box--ask", 2, _wrapped(f"{shown.number}. {shown.written.ask}", size, size.ask, "ask")
        )
        if not shown.screen.level:
            yield _Row(shown.screen.id, ask, down=words.text("flow.chart.go_on"))
            continue
        reach = (shown.screen.level, *(time.level for time in shown.screen.times))
        ends = tuple(level for level in levels if level in reach)
        end = (
            _end(words.text("flow.chart.yes"), levels[ends[0]], guide, size)
            if not shown.screen.times
            else None
        )
        yield _Row(
            shown.screen.id, ask, end, ends, "" if shown.screen.times else words.text("flow.chart.none")
        )
        if shown.screen.times:
            for time, plan_time in zip(flow.times, shown.screen.times, strict=True):
                box = _Box("chart__box--ask", 2, _wrapped(time.label, size, size.ask))
                yield _Row(
                    f"{shown.screen.id}-{time.id}",
                    box,
                    _end("", levels[plan_time.level], guide, size),
                    (plan_time.level,),
                )


def _end(head: str, level: Urgency, guide: Guide, size: _Size) -> _Box:
    words = guide.words.text("flow.chart.level", answer=head, level=level.level) if head else level.level
    lines = [
        _wrapped(text, size, size.end, style) for text, style in ((words, "small"), (level.title, "title"))
    ]
    return _Box(
        f"style-{level.style}", _CORNERS[level.style - 1], tuple(line for each in lines for line in each)
    )


def _wrapped(text: str, size: _Size, width: int, style: str = "small") -> tuple[_Line, ...]:
    """A text as lines that fit a box of this width."""
    letters = size.small if style == "small" else size.text
    room, lines = (width - 2 * size.pad) * 100 // letters, [""]
    for word in markup.plain(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if _width(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(_Line(line, letters, style) for line in lines if line)


def _width(text: str) -> int:
    """A safe width, in hundredths of the size."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> int:
    return next(
        (width for letters, width in _WIDTHS.items() if letter in letters),
        _CAPITAL if letter.isupper() else _OTHER,
    )


# ------------------------------------------------------------------------------------------------------------
# How it is drawn


def _height(box: _Box, size: _Size) -> int:
    return 2 * size.pad + sum(map(_step, box.lines))


def _step(line: _Line) -> int:
    """From one line to the next."""
    return line.size + 6


def _draw_row(row: _Row, top: int, height: int, size: _Size) -> str:
    """A row, its question at the start, its result at the end, and the way down."""
    middle, foot, left = top + height // 2, top + height, size.width - size.end - 2
    parts = [_draw_box(row.ask, 2, top, size.ask, height, size)]
    if row.end:
        parts += [
            _arrow("out", f"M{size.ask + 2} {middle}H{left - 2}", f"M{left - 2} {middle}l-8-5v10z"),
            _draw_box(row.end, left, top, size.end, height, size),
        ]
    if row.down:
        parts.append(_arrow("down", f"M22 {foot}v{size.drop - 2}", f"M22 {foot + size.drop - 2}l-5-8h10z"))
        parts.append(
            f'<text class="chart__small" x="34" y="{foot + size.drop // 2 + 4}" '
            f'font-size="{size.small}">{escape(row.down)}</text>'
        )
    return (
        f'<g class="chart__row" data-step="{row.step}" data-ends="{" ".join(row.ends)}">{"".join(parts)}</g>'
    )


def _arrow(way: str, line: str, head: str) -> str:
    return (
        f'<path class="chart__{way}" fill="none" stroke="currentColor" stroke-width="2" '
        f'd="{line}"/><path class="chart__head chart__head--{way}" d="{head}"/>'
    )


def _draw_box(box: _Box, x: int, top: int, width: int, height: int, size: _Size) -> str:
    texts, y = [], top + size.pad
    for line in box.lines:
        texts.append(
            f'<text class="chart__{line.style}" x="{x + size.pad}" y="{y + line.size}" '
            f'font-size="{line.size}">{escape(line.words)}</text>'
        )
        y += _step(line)
    rect = (
        f'<rect x="{x}" y="{top}" width="{width}" height="{height}" rx="{box.corner}" fill="none" '
        'stroke="currentColor" stroke-width="2"/>'
    )
    return f'<g class="chart__box {box.style}">{rect}{"".join(texts)}</g>'
