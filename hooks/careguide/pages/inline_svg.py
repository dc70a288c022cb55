"""Small drawings beside words that say the same: a movement as a line, a share of people as ten figures.

In a line, time runs to the right and the muscle's pull upwards, so that movements that are confused can be
told apart. Each is worked out from a formula, so that all look alike and none is a picture to keep.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from math import cos, exp, pi, sin

WIDTH, HEIGHT, MARGIN = 96, 36, 3
"""The size of a drawing, in px, and the room around its line."""
POINTS = 72


def _bell(t: float, at: float, wide: float) -> float:
    """A smooth hill: 1 at `at`, nearly 0 a few times `wide` away."""
    return exp(-(((t - at) / wide) ** 2))


def _rise(t: float, at: float, wide: float) -> float:
    """A smooth step from 0 to 1."""
    return 1 / (1 + exp(-(t - at) / wide))


FORMULAS: dict[str, Callable[[float], float]] = {
    "flutter": lambda t: 0.5 + 0.42 * sin(26 * pi * t) * _bell(t, 0.5, 0.17),
    "hold": lambda t: 0.9 * (_rise(t, 0.22, 0.022) - _rise(t, 0.78, 0.03)),
    "peak": lambda t: (
        0.95 * _rise(t, 0.2, 0.012) * exp(-2.6 * max(0.0, t - 0.32)) - 0.95 * 0.17 * _rise(t, 0.95, 0.02)
    ),
    "spikes": lambda t: 0.9 * sum(_bell(t, at, 0.022) for at in (0.18, 0.32, 0.46, 0.82)),
    "wave": lambda t: 0.5 - 0.42 * cos(14 * pi * t),
    "jolt": lambda t: 0.95 * _bell(t, 0.5, 0.024) - 0.12 * _bell(t, 0.58, 0.03),
    "pull": lambda t: 0.85 * _rise(t, 0.34, 0.06),
}
"""How far the muscle has pulled, from 0 to 1, at each moment from 0 to 1."""


@cache
def line(name: str | None) -> str:
    """The drawing of a movement, as SVG to stand beside its words; empty where there is none.

    It is hidden from readers who hear the page: the words say the same.
    """
    if name is None:
        return ""
    points = []
    for step in range(POINTS + 1):
        moment = step / POINTS
        points.append(f"{_across(moment):g} {_up(FORMULAS[name](moment)):g}")
    return _svg("line", WIDTH, HEIGHT, f'<path d="M{" ".join(points)}"/>')


FIGURE = "M12 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM5 19q7-5 14 0v11h-3v12H8V30H5z"
_FIGURE_WIDTH, _FIGURE_HEIGHT = 24, 45


def people(text: str, share: str) -> str:
    """Ten figures, as many of them filled as a text says; empty where it does not say so.

    `share` is how a text says it, with a gap for the number: '{count} in 10'.
    """
    said = re.escape(share).replace(r"\{count\}", r"(10|\d)")
    # No digit or point before the number: '1.5 in 10' is not 5 in 10.
    found = share and re.search(rf"(?<![\d.,]){said}\b", text)
    if not found:
        return ""
    figures = ""
    for number in range(10):
        kind = "is-one" if number < int(found[1]) else "is-other"
        across = f"translate({_FIGURE_WIDTH * number})"
        figures += f'<path class="{kind}" transform="{across}" d="{FIGURE}"/>'
    return _svg("people", 10 * _FIGURE_WIDTH, _FIGURE_HEIGHT, figures)


def _svg(kind: str, width: int, height: int, inside: str) -> str:
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg class="{kind}" {size} aria-hidden="true">{inside}</svg>'


def _across(t: float) -> float:
    return round(MARGIN + t * (WIDTH - 2 * MARGIN), 1)


def _up(pull: float) -> float:
    return round(HEIGHT - MARGIN - 2 - pull * (HEIGHT - 2 * MARGIN - 2), 1)
