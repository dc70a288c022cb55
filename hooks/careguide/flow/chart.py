"""A flow as a picture: a ladder of questions from top to bottom, with the result of a 'yes' beside each.

A result is drawn again on every row that leads to it, so no two lines ever cross. Text is wrapped by a table
of widths, so the picture is the same on every machine. Colours are left to `chart.css`; without it boxes are
outlines, and each says its level in words anyway.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from careguide.flow import view
from careguide.flow.plan import levels
from careguide.guide.guide import Guide
from careguide.source import markup

_WIDTHS = {"ijl.,:;'|!": 34, ' fIrt()[]/-"': 43, "mwMW%@": 100}
_CAPITAL, _OTHER = 77, 64
"""Widths of letters in hundredths of the size, enough for our bold typeface and the usual stand-ins."""
_CORNERS = (4, 8, 11, 14, 18, 22)
"""The corners of the six numbered styles: they soften as urgency falls."""
_BETWEEN = 6
"""From one line of text to the next."""


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
class _Box:
    """A box with its lines of text, each with its style."""

    style: str
    corner: int
    lines: list[tuple[str, str]]


def draw(symptom: str, guide: Guide, width: int) -> str:
    """The picture as SVG, 720 or 360 wide. The page says the same in words, so nothing in it is a link."""
    words, name = guide.words, f"chart-{width}"
    picture = _Picture(guide, _SIZES[width])
    if flow := view.flow_for(guide, symptom):
        picture.draw(view.screens(symptom, flow, guide))
    about = words.text("flow.chart.about", count=len(picture.rows) - 1)
    return (
        f'<svg class="chart__picture chart__picture--{width}" viewBox="0 0 {width} {picture.top}" '
        f'width="{width}" height="{picture.top}" role="img" aria-labelledby="{name}-title {name}-about">'
        f'<title id="{name}-title">{escape(words.text("flow.chart.title"))}</title>'
        f'<desc id="{name}-about">{escape(about)}</desc>{"".join(picture.rows)}</svg>'
    )


class _Picture:
    """A picture as it grows from top to bottom, one row a question."""

    def __init__(self, guide: Guide, size: _Size) -> None:
        self.guide = guide
        self.size = size
        self.rows: list[str] = []
        self.top = 2

    def draw(self, screens: Iterable[view.ShownScreen]) -> None:
        """A row for each screen, and for each time. The last is where 'no' to everything leads."""
        words = self.guide.words
        yes, none, go_on = (words.text(f"flow.chart.{name}") for name in ("yes", "none", "go_on"))
        for shown in screens:
            screen = shown.screen
            ask = f"{shown.number}. {shown.written.ask}"
            reach = {screen.level, *levels(screen.times)}
            ends = [level for level in self.guide.urgency if level in reach]
            if not screen.times:
                end, down = self._end(ends, yes), none if ends else go_on
                self._row(screen.id, ask, "ask", end=end, ends=ends, down=down)
                continue
            self._row(screen.id, ask, "ask", ends=ends)
            for written, time in zip(shown.times, screen.times, strict=True):
                id_ = f"{screen.id}-{written.id}"
                self._row(id_, written.label, end=self._end([time.level]), ends=[time.level])

    def _end(self, levels: Sequence[str], answer: str = "") -> _Box | None:
        """The box of the first of some levels, if there is any and the ladder has it."""
        if not levels or levels[0] not in self.guide.urgency:
            return None
        level, words = self.guide.urgency[levels[0]], self.guide.words
        head = words.text("flow.chart.level", answer=answer, level=level.level) if answer else level.level
        lines = self._wrapped(head, self.size.end) + self._wrapped(level.title, self.size.end, "title")
        return _Box(f"style-{level.style}", _CORNERS[level.style - 1], lines)

    def _letters(self, style: str) -> int:
        return self.size.small if style == "small" else self.size.text

    def _wrapped(self, text: str, width: int, style: str = "small") -> list[tuple[str, str]]:
        """A text as lines that fit a box of this width."""
        room, lines = (width - 2 * self.size.pad) * 100 // self._letters(style), [""]
        for word in markup.plain(text).split():
            longer = f"{lines[-1]} {word}".strip()
            if _width(longer) <= room or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        return [(line, style) for line in lines if line]

    def _height(self, box: _Box) -> int:
        return 2 * self.size.pad + sum(self._letters(style) + _BETWEEN for _, style in box.lines)

    def _row(
        self,
        step: str,
        ask: str,
        style: str = "small",
        *,
        end: _Box | None = None,
        ends: Iterable[str] = (),
        down: str = "",
    ) -> None:
        """A question of a step, the result and the levels of a 'yes', and what is said on the way down."""
        size, top = self.size, self.top
        box = _Box("chart__box--ask", 2, self._wrapped(ask, size.ask, style))
        height = max(self._height(box), self._height(end) if end else 0)
        middle, foot, left = top + height // 2, top + height, size.width - size.end - 2
        parts = [self._box(box, 2, size.ask, height)]
        if end:
            parts += [
                _arrow("out", f"M{size.ask + 2} {middle}H{left - 2}", f"M{left - 2} {middle}l-8-5v10z"),
                self._box(end, left, size.end, height),
            ]
        if down:
            parts += [
                _arrow("down", f"M22 {foot}v{size.drop - 2}", f"M22 {foot + size.drop - 2}l-5-8h10z"),
                _text("small", 34, foot + size.drop // 2 + 4, size.small, down),
            ]
        row = f'<g class="chart__row" data-step="{step}" data-ends="{" ".join(ends)}">{"".join(parts)}</g>'
        self.rows.append(row)
        self.top = foot + (size.drop if down else 2)

    def _box(self, box: _Box, x: int, width: int, height: int) -> str:
        texts, y = [], self.top + self.size.pad
        for line, style in box.lines:
            letters = self._letters(style)
            texts.append(_text(style, x + self.size.pad, y + letters, letters, line))
            y += letters + _BETWEEN
        rect = (
            f'<rect x="{x}" y="{self.top}" width="{width}" height="{height}" rx="{box.corner}" fill="none" '
            'stroke="currentColor" stroke-width="2"/>'
        )
        return f'<g class="chart__box {box.style}">{rect}{"".join(texts)}</g>'


def _text(style: str, x: int, y: int, size: int, words: str) -> str:
    return f'<text class="chart__{style}" x="{x}" y="{y}" font-size="{size}">{escape(words)}</text>'


def _arrow(way: str, line: str, head: str) -> str:
    return (
        f'<path class="chart__{way}" fill="none" stroke="currentColor" stroke-width="2" '
        f'd="{line}"/><path class="chart__head chart__head--{way}" d="{head}"/>'
    )


def _width(text: str) -> int:
    """A safe width, in hundredths of the size."""
    return sum(map(_letter_width, text))


@cache
def _letter_width(letter: str) -> int:
    for letters, width in _WIDTHS.items():
        if letter in letters:
            return width
    return _CAPITAL if letter.isupper() else _OTHER
