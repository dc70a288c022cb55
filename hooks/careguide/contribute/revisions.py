"""Adapter: a project as it was. A folder stands for itself, a git revision for what it held."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

PARTS = ("data", "content", "overrides", "hooks", "mkdocs.yml")
"""What a guide is made of, and all that its settings name."""
CACHE = ".cache"
"""What was found out, and still holds in any version in which nothing it depends on differs."""


class UnknownVersion(Exception):
    """There is no such folder or revision."""


@contextmanager
def opened(name: str, root: Path) -> Iterator[Path]:
    """The folder of a version, for as long as it is looked at. Raises `UnknownVersion`."""
    if (Path(name) / "data").is_dir():
        yield Path(name).resolve()
        return
    with TemporaryDirectory() as folder:
        _unpack(name, root, Path(folder))
        (Path(folder) / CACHE).mkdir()
        for file in (root / CACHE).glob("*.json"):
            shutil.copy(file, Path(folder) / CACHE)
        yield Path(folder)


def _unpack(revision: str, root: Path, folder: Path) -> None:
    # What is no revision is refused here; so nothing else is ever handed to the second command.
    held = _git(root, "ls-tree", "--name-only", revision, "--", *PARTS).decode().split()
    if "data" not in held:
        raise UnknownVersion(revision)
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", revision, "--", *held))) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    """What git says; nothing where it fails, or where there is no git."""
    try:
        return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False).stdout
    except FileNotFoundError:
        return b""
