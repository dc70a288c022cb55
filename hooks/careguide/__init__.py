"""Careguide: checked data in, a linked health site out. What adapters and tests need is named here."""

from importlib import import_module
from typing import Any

_MODULES = {
    "pipeline": ("Site", "build", "cards", "exports", "pdfs"),
    "source.problems": ("FORMATS", "Problem", "report"),
}
__all__ = [name for names in _MODULES.values() for name in names]


def __getattr__(name: str) -> Any:
    """Load a name when it is first asked for: the command line may end before it needs any."""
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
