"""A project's folder: where it is, and what in it makes a guide."""

from pathlib import Path

DATA = "data"
CONTENT = "content"
OVERRIDES = "overrides"
FOLDERS = (DATA, CONTENT, OVERRIDES)
SITE = f"{DATA}/site.yml"
"""Who publishes the guide. Every guide has this file."""


def folder(named: Path | None) -> Path:
    """The folder that was named; otherwise the nearest one, from here upwards, that holds a guide."""
    if named:
        return named.resolve()
    here = Path.cwd()
    if not (here / DATA).is_dir():
        for above in here.parents:
            if (above / SITE).is_file():
                return above
    return here
