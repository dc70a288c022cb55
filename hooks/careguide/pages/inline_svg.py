"""Small drawings beside words that say the same: a movement as a line.

Time runs to the right and the muscle's pull upwards, so that movements that are confused can be
told apart. Each is worked out from a formula, so that all look alike and none is a picture to keep.
"""

from collections.abc import Callable
from functools import cache
from math import cos, exp, pi, sin

from markupsafe import Markup

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
def line(name: str | None) -> Markup:
    """The drawing of a movement, as SVG beside words that say the same; empty where there is none."""
    if name is None:
        return Markup()
    points = []
    for step in range(POINTS + 1):
        moment = step / POINTS
        across = MARGIN + moment * (WIDTH - 2 * MARGIN)
        up = HEIGHT - MARGIN - 2 - FORMULAS[name](moment) * (HEIGHT - 2 * MARGIN - 2)
        points.append(f"{round(across, 1):g} {round(up, 1):g}")
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return Markup(  # noqa: S704 - made of numbers
        f'<svg class="line" {size} aria-hidden="true"><path d="M{" ".join(points)}"/></svg>'
    )
