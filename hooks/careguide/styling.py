"""The look as files: colours, styles and scripts, gathered for each kind of page and named by what they hold.

No style or script stands in a page itself. So a site can forbid those that do, and a browser fetches each
file once and keeps it.
"""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import rcssmin
import rjsmin

THEME = Path(__file__).parent / "theme"
BASE = THEME / "base"
"""The only part that an engine may take for a theme folder: it publishes whatever lies in one."""
FOLDER = "assets/look"
"""Where the files stand on the site."""
_FOUNDATION = ("fonts", "shape", "type", "page")
_FRAME = (
    "icon level country brand breadcrumbs button care_card closed emergency_line footer header numbers "
    "offline_copy on_this_page search"
)
"""Components that stand around every page."""
_ALONE = {"symptom", "remedy", "home", "flow", "design"}
"""Kinds of page that have a file of styles each."""
_TOPICS = {"cause", "treatment", "investigation"}
"""Kinds that share one. All others, lists and plain articles, share another."""
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_VARIABLE = re.compile(r"var\(--([\w-]+)")
Palette = Mapping[str, Mapping[str, str]]
"""Colours by scheme, 'light' and 'dark', and name, as `#rrggbb` or `#rrggbbaa`."""
NONE_OF_ITS_OWN: Palette = {"light": {}, "dark": {}}
"""What a guide gives that looks as the package does."""
CONTRAST = 7
"""The least contrast of a text (WCAG 1.4.6)."""


def tokens() -> dict[str, Any]:
    """The package's colours: `light`, those that differ in the `dark`; and the `grounds` each is read on."""
    return tomllib.loads((THEME / "tokens.toml").read_text(encoding="utf-8"))


def palette(own: Palette) -> Palette:
    """The colours of a guide: the package's with its own. A button under the pointer goes with the button."""
    package = tokens()
    found = {scheme: {**package[scheme], **colours} for scheme, colours in own.items()}
    for scheme, colours in found.items():
        if "button" in own[scheme]:
            colours["button-hover"] = mixed(colours["button"], colours["text"], 0.3)
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
    return [part / 255 for part in bytes.fromhex(colour[1:7])]


def mixed(one: str, other: str, share: float) -> str:
    """A colour with a share of another, from 0 to 1."""
    found = "#"
    for a, b in zip(_parts(one), _parts(other), strict=True):
        found += f"{round((a + (b - a) * share) * 255):02x}"
    return found


def nearest_readable(colour: str, beside: Collection[str]) -> str:
    """The nearest colour of its hue that has enough contrast with all of these; empty where none has."""
    for step in range(101):
        for end in ("#000000", "#ffffff"):
            tried = mixed(colour, end, step / 100)
            if all(contrast(tried, other) >= CONTRAST for other in beside):
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
        self._folders = (THEME, own) if own else (THEME,)

    def of_pages(self, pages: Mapping[str, Iterable[str]]) -> dict[str, Any]:
        """The paths of all that pages load, as the theme asks for them; `pages` has the HTML of each kind.

        By kind of page: its `styles`, and its `scripts` beside that of the `frame`.
        """
        used = {kind: self._used(kind, html) for kind, html in pages.items()}
        groups = defaultdict[str, set[str]](set)
        for kind, names in used.items():
            groups[_group(kind)] |= names
        frame = self.add("frame.css", self._frame())
        styles: dict[str, list[str]] = {}
        scripts: dict[str, list[str]] = {}
        for kind, names in used.items():
            group = _group(kind)
            styles[kind] = [frame, self.add(f"{group}.css", self._styles(sorted(groups[group])))]
            scripts[kind] = []
            for name in sorted(names):
                if script := self._read(name, "js"):
                    scripts[kind].append(self.add(f"{name}.js", _alone(script)))
        frame_script = self.add("frame.js", _alone(_foundation("frame.js")))
        return {"styles": styles, "scripts": scripts, "frame": frame_script}

    def script(self, component: str) -> str:
        """The path of the script of one component, which some sites have on every page."""
        return self.add(f"{component}.js", _alone(self._read(component, "js")))

    def bare_style(self, name: str, css: str) -> str:
        """The path of the styles of a page without the frame: `css`, with the colours that it names."""
        return self.add(f"{name}.css", _properties(self._colours, _VARIABLE.findall(css)) + css)

    def add(self, name: str, text: str) -> str:
        """The path of a file that is sent for good: its name changes with what it holds."""
        stem, _, suffix = name.partition(".")
        content = (rcssmin.cssmin(text) if suffix == "css" else rjsmin.jsmin(text)).encode()
        path = f"{FOLDER}/{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{suffix}"
        self.files[path] = content
        return path

    def _used(self, kind: str, pages: Iterable[str]) -> set[str]:
        """The components that a kind of page needs beyond the frame: those with its name or a class's."""
        classes, names = set[str](), {kind}
        for html in pages:
            classes.update(" ".join(_CLASSES.findall(html)).split())
        for name in classes:
            names.add(re.split("__|--", name)[0].replace("-", "_"))
        return {name for name in names.difference(_FRAME.split()) if self._read(name, "css")}

    def _frame(self) -> str:
        text = _properties(self._colours)
        for name in _FOUNDATION:
            text += _foundation(f"{name}.css")
        return text + self._styles(_FRAME.split()) + _foundation("print.css")

    def _styles(self, components: Iterable[str]) -> str:
        return "".join(self._read(name, "css") for name in components)

    def _read(self, component: str, suffix: str) -> str:
        """A file of a component; empty where it has none."""
        text = ""
        for folder in self._folders:
            file = folder / f"components/{component}/{component}.{suffix}"
            if file.is_file():
                text += file.read_text(encoding="utf-8")
        return text


def _group(kind: str) -> str:
    """The file of styles that a kind of page has beside the frame's."""
    if kind in _TOPICS:
        return "topic"
    return kind if kind in _ALONE else "page"


def _alone(script: str) -> str:
    """A script as a function of its own: its names are its own, also where it is no module."""
    return f'"use strict";\n(() => {{\n{script}}})();\n'


def _foundation(name: str) -> str:
    return (THEME / "foundation" / name).read_text(encoding="utf-8")


def _properties(colours: Palette, names: Collection[str] | None = None) -> str:
    """The colours as custom properties: all for the frame, or those that a page without the frame names.

    They are light, and dark on screens: where the reader's system says so, or the switch in the frame.
    """
    light, dark = _declared("light", colours, names), _declared("dark", colours, names)
    system, chosen = ":root", ""
    if names is None:
        system = ':root:not([data-scheme="light"])'
        chosen = f'@media screen {{ :root[data-scheme="dark"] {{ {dark} }} }}\n'
    by_system = f"@media screen and (prefers-color-scheme: dark) {{ {system} {{ {dark} }} }}\n"
    return f":root {{ {light} }}\n{chosen}{by_system}"


def _declared(scheme: str, colours: Palette, names: Collection[str] | None) -> str:
    text = f"color-scheme: {scheme};"
    for name, value in colours[scheme].items():
        if names is None or name in names:
            text += f" --{name}: {value};"
    return text
