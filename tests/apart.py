"""The generator's tests stand on the example guide.

None may read the guide that happens to be in this repository.

What they read is watched while they are collected and run, so they pass just as well beside another guide.
This guide's own tests stand in `tests/guide/` and may read what they like.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDE = tuple(f"{ROOT / name}" for name in ("data", "content", "overrides", "mkdocs.yml"))
"""What another guide has otherwise."""
PROGRAMS = {"careguide", "mkdocs", "properdocs"}
"""What reads the guide of the folder that it is started in."""

_watched: list[Path] = []
"""The file of the test that is collected or run now, unless it may read the guide."""


def _heard(event: str, given: tuple[object, ...]) -> None:
    """Python tells of each file that is opened, each folder that is read and each program that is started."""
    if not _watched:
        return
    if event in ("open", "os.listdir", "os.scandir"):
        path = given[0]
        if isinstance(path, str) and path.startswith(GUIDE):
            _fail(path)
    elif event == "subprocess.Popen":
        program, command, folder = given[:3]
        inside = folder is not None and Path(str(folder)).resolve() == ROOT
        if inside and Path(str(program)).name in PROGRAMS and not {"--help", "--root"} & set(command):
            _fail(f"what {Path(str(program)).name} finds in {ROOT}")


def _fail(what: str) -> None:
    raise AssertionError(
        f"{_watched[0].name} reads {what}. The generator's tests must stand on tests/example; "
        "a test of this guide belongs in tests/guide."
    )


def _may_read(file: Path) -> bool:
    return (ROOT / "tests" / "guide") in file.parents


def pytest_configure() -> None:
    """From now on, hear what is read."""
    sys.addaudithook(_heard)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """A test file's own lines count too."""
    return (yield from _watching(collector.path if isinstance(collector, pytest.Module) else None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test with all it asks for."""
    return (yield from _watching(item.path))


def _watching(file: Path | None) -> Iterator[None]:
    if file is None or _may_read(file):
        return (yield)
    _watched.append(file)
    try:
        return (yield)
    finally:
        _watched.pop()
