"""Templates → text. The only module that knows their engine."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

_PACKAGE = Path(__file__).parent
_PAGES = [_PACKAGE / "pages/templates", _PACKAGE / "theme/components"]
_HANDOUTS = [_PACKAGE / "handouts/templates"]


class Blocks:
    """The Markdown templates of one run, each loaded when it is first used. They name `names`, the thing a page is about, and each other's `parts`."""

    def __init__(self, names: dict[str, Any]) -> None:
        env = _environment(html=False)
        self._load = cache(lambda name: env.get_template(f"{name}.md.jinja"))
        self._names = {**env.globals, **names, "parts": _Parts(self._module)}

    def for_page(self, names: dict[str, Any]) -> Blocks:
        """The same templates, with what they can name on one page besides."""
        page = copy(self)
        page._names = {**self._names, **names, "parts": _Parts(page._module)}
        return page

    def _module(self, name: str) -> Any:
        """A template with what it defines."""
        # `shared`: the names are whole already, and copying them for each block takes longer than writing it.
        return self._load(name).make_module(self._names, shared=True)

    def of(self, template: str, subject: Any) -> Callable[[str], str]:
        """A template as it is written of one thing, block by block."""
        loaded = self._load(template)
        context = loaded.new_context({**self._names, "thing": subject}, shared=True)
        return lambda block: "".join(loaded.blocks[block](context))

    def names(self, template: str) -> list[str]:
        """The names of a template's blocks, in order."""
        return list(self._load(template).blocks)


class _Parts:
    """The partials, by name."""

    def __init__(self, module: Callable[[str], Any]) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        part = getattr(self._module(_places()[name]), name)
        setattr(self, name, part)
        return part


@cache
def _places() -> dict[str, str]:
    """Where each partial stands: in the folder of its component, or among the sections of pages."""
    found = {}
    for folder in _PAGES:
        for file in folder.glob("*/*.md.jinja"):
            name = file.name.removesuffix(".md.jinja")
            found[name] = f"{file.parent.name}/{name}"
    return found


def html(template: str, **names: Any) -> str:
    """A whole page of HTML from its template. What it names is text, not HTML, unless the template says so."""
    return _environment(html=True).get_template(f"{template}.html.jinja").render(names)


@cache
def _environment(*, html: bool) -> jinja2.Environment:
    """The templates. Kept, also between runs, because compiling them takes longer than all else; one that has changed is read again."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HANDOUTS if html else _PAGES),
        bytecode_cache=jinja2.FileSystemBytecodeCache(),
        autoescape=html,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
