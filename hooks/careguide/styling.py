"""The look as files: colours, styles and scripts, gathered for each kind of page and named by what they hold.

No style or script stands in a page itself. So a site can forbid those that do, and a browser fetches each
file once and keeps it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal

import rcssmin

THEME = Path(__file__).parent / "theme"
BASE = THEME / "base"
"""The only part that an engine may take for a theme folder: it publishes whatever lies in one."""
TOKENS = THEME / "tokens.toml"
"""The colours of everything: pages, web sheets, printed sheets and share cards."""
FOLDER = "assets/look"
"""Where the files stand on the site."""

_FOUNDATION = ("fonts", "shape", "type", "page")
_FRAME = (
    *(
        "icon",
        "level",
        "country",
        "brand",
        "breadcrumbs",
        "button",
        "care_card",
        "closed",
        "emergency_line",
        "footer",
        "header",
        "numbers",
        "on_this_page",
        "search",
    ),
)
"""Components that stand around every page."""
_GROUPS = {
    "symptom": "symptom",
    "remedy": "remedy",
    **dict.fromkeys(("cause", "treatment", "investigation"), "topic"),
    "home": "home",
    "flow": "flow",
    "design": "design",
}
"""Kinds of page, with the file of styles they share. All others, lists and plain articles, share 'page'."""

_CLASSES = re.compile(r'\bclass="([^"]*)"')
_COMMENT_LINE = re.compile(r"^[ \t]*(?://.*|/\*.*\*/)\n", re.MULTILINE)
"""A line of a script that is only a comment."""
_VARIABLE = re.compile(r"var\(--([\w-]+)")

Scheme = Literal["light", "dark"]
Palette = Mapping[Scheme, Mapping[str, str]]
"""Colours by scheme and name, as `#rrggbb` or `#rrggbbaa`."""
NONE_OF_ITS_OWN: Palette = {"light": {}, "dark": {}}
"""What a guide gives that looks as the package does."""

TEXTS = (
    *(("text", on) for on in ("paper", "sheet", "wash")),
    *(("ink", on) for on in ("paper", "sheet", "wash", "glass")),
    *(("muted", on) for on in ("paper", "sheet", "wash")),
    *(("link", on) for on in ("paper", "sheet", "wash")),
    ("button-text", "button"),
    ("glass-ink", "glass"),
    ("lamp-text", "lamp"),
    ("text", "emergency-tint"),
    ("text", "shade"),
    ("emergency-text", "emergency-fill"),
    ("emergency-word", "sheet"),
    *((f"{level}-text", f"{level}-head") for level in ("same-day", "soon", "appointment", "self-care")),
)
"""What is read, and on what."""
EDGES = (
    "edge",
    "glass-edge",
    "emergency-line",
    "same-day-line",
    "soon-line",
    "appointment-line",
    "self-care-line",
)
"""Lines that carry meaning, on a sheet."""
CONTRAST, EDGE_CONTRAST = 7, 3
"""The least contrast of a text (WCAG 1.4.6), and of a line that carries meaning (1.4.11)."""


def tokens() -> Palette:
    """The package's colours. The dark scheme has those that differ from the light one."""
    schemes = tomllib.loads(TOKENS.read_text(encoding="utf-8"))
    return {"light": schemes["light"], "dark": schemes["dark"]}


def palette(own: Palette) -> Palette:
    """The colours of a guide: the package's with its own. A button under the pointer goes with the button."""
    found: dict[Scheme, Mapping[str, str]] = {}
    for scheme, package in tokens().items():
        colours = {**package, **own[scheme]}
        if "button" in own[scheme]:
            colours["button-hover"] = mixed(colours["button"], colours["text"], 0.3)
        found[scheme] = colours
    return found


def on_paper(own: Palette = NONE_OF_ITS_OWN) -> dict[str, str]:
    """The colours of what is printed or set as a picture: the light ones, by name."""
    return dict(palette(own)["light"])


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG 2 has it."""
    bright, dark = sorted(map(_luminance, (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    total = 0.0
    for part, share in zip(_parts(colour), (0.2126, 0.7152, 0.0722), strict=True):
        total += share * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return total


def _parts(colour: str) -> list[float]:
    """Red, green and blue, each from 0 to 1."""
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another, from 0 to 1."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round((a + (b - a) * share) * 255):02x}" for a, b in pairs)


def nearest_readable(colour: str, beside: Iterable[str]) -> str:
    """The colour nearest to this one that has enough contrast with all of these; empty where none has.

    It is made lighter or darker in steps of one in a hundred, and keeps its hue.
    """
    others = list(beside)
    for step in range(101):
        for end in ("#000000", "#ffffff"):
            tried = mixed(colour, end, step / 100)
            if all(contrast(tried, other) >= CONTRAST for other in others):
                return tried
    return ""


class Look:
    """The files of one site's look, by path, as far as somebody has asked for them.

    `own` is the site's own folder: what stands in `components/` there is added to the component of that name.
    `colours` are the guide's own.
    """

    def __init__(self, own: Path | None = None, colours: Palette = NONE_OF_ITS_OWN) -> None:
        self.files: dict[str, bytes] = {}
        self._colours = palette(colours)
        self._own = own

    def styles(self, pages: Mapping[str, str]) -> dict[str, list[str]]:
        """The paths of the stylesheets of each kind of page. `pages` has the HTML of all pages of a kind."""
        groups: dict[str, set[str]] = {}
        for kind, html in pages.items():
            groups.setdefault(_GROUPS.get(kind, "page"), set()).update(self._used(kind, html))
        frame = self.add("frame.css", self._frame())
        own = {
            group: self.add(f"{group}.css", self._components(sorted(names)))
            for group, names in groups.items()
        }
        return {kind: [frame, own[_GROUPS.get(kind, "page")]] for kind in pages}

    def scripts(self, pages: Mapping[str, str]) -> dict[str, list[str]]:
        """The paths of the scripts of each kind of page, beside that of the frame."""
        return {
            kind: [self.script(name) for name in sorted(self._used(kind, html)) if self._read(name, "js")]
            for kind, html in pages.items()
        }

    def script(self, component: str) -> str:
        """The path of a component's script."""
        return self.add(f"{component}.js", _alone(self._read(component, "js")))

    def frame_script(self) -> str:
        """The path of the script that every page has."""
        return self.add("frame.js", _alone(_foundation("frame.js")))

    def bare_style(self, name: str, css: str) -> str:
        """The path of the styles of a page without the frame: `css`, with the colours that it names."""
        return self.add(
            f"{name}.css", _properties(self._colours, set(_VARIABLE.findall(css)), switch=False) + css
        )

    def _used(self, kind: str, html: str) -> set[str]:
        """The components that a kind of page needs beyond the frame: those with its name or a class's."""
        roots = {re.split("__|--", name)[0] for names in _CLASSES.findall(html) for name in names.split()}
        names = {root.replace("-", "_") for root in roots} | {kind}
        return {name for name in names - set(_FRAME) if self._read(name, "css")}

    def _frame(self) -> str:
        foundation = "".join(_foundation(f"{name}.css") for name in _FOUNDATION)
        return _properties(self._colours) + foundation + self._components(_FRAME) + _foundation("print.css")

    def _components(self, names: list[str] | tuple[str, ...]) -> str:
        return "".join(self._read(name, "css") for name in names)

    def _read(self, component: str, suffix: str) -> str:
        """A file of a component; empty where it has none."""
        path = f"components/{component}/{component}.{suffix}"
        files = (folder / path for folder in (THEME, self._own) if folder)
        return "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())

    def add(self, name: str, text: str) -> str:
        """The path of a file that is sent for good: its name changes with what it holds."""
        stem, _, suffix = name.partition(".")
        content = (rcssmin.cssmin(text) if suffix == "css" else _COMMENT_LINE.sub("", text)).encode()
        path = f"{FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
        self.files[path] = content
        return path


def _alone(script: str) -> str:
    """A script as a function of its own: its names are its own, also where it is no module."""
    return f'"use strict";\n(() => {{\n{script}}})();\n'


def _foundation(name: str) -> str:
    return (THEME / "foundation" / name).read_text(encoding="utf-8")


def _properties(colours: Palette, names: set[str] | None = None, *, switch: bool = True) -> str:
    """The colours as custom properties, all of them or those named.

    They are light, and dark on screens: where the reader's system says so, or the `switch` of the page.
    """
    light, dark = (
        "".join(
            f"--{name}: {value};" for name, value in colours[scheme].items() if names is None or name in names
        )
        for scheme in ("light", "dark")
    )
    light, dark = f"color-scheme: light; {light}", f"color-scheme: dark; {dark}"
    system = ':root:not([data-scheme="light"])' if switch else ":root"
    return (
        f":root {{ {light} }}\n"
        + (f'@media screen {{ :root[data-scheme="dark"] {{ {dark} }} }}\n' if switch else "")
        + f"@media screen and (prefers-color-scheme: dark) {{ {system} {{ {dark} }} }}\n"
    )
