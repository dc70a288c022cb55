"""Careguide: checked data in, a linked health site out. What adapters and tests need is named here."""

from importlib import import_module
from typing import Any

_MODULES = {
    "FORMATS": "source.problems",
    "Footnotes": "pages.footnotes",
    "Guide": "guide.guide",
    "Handout": "handouts.handout",
    "Page": "pages.writer",
    "Problem": "source.problems",
    "Site": "pipeline",
    "bar": "flow.view",
    "build": "pipeline",
    "cards": "pipeline",
    "countries": "guide.services",
    "exports": "pipeline",
    "pdfs": "pipeline",
    "report": "source.problems",
}
__all__ = list(_MODULES)


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: the command line may end before it needs any."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
