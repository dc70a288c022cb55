"""The folder of the built site: the next site is made beside it, and takes its place once it is whole.

Whatever stops a build, the site before stays as it was.
"""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_SWAP = 2
"""The flag by which Linux and macOS know an exchange of two names."""


def refused(site: Path, read_from: Iterable[Path]) -> str:
    """Why no site may take the place of this folder; empty where one may. The guide is `read_from` others."""
    if site.is_symlink():
        return f"{site} must be a folder, not a link. Delete the link, or name the folder that it leads to."
    if site.exists() and not site.is_dir():
        return f"{site} must be a folder, but is a file. Delete it, or name another folder."
    for folder in read_from:
        if site == folder or site in folder.parents or folder in site.parents:
            return (
                f"{site} must stand apart from {folder}, which the guide is read from. Name another folder."
            )
    return ""


class NextSite:
    """A site that is being built in a folder of its own, beside the one whose place it will take.

    Where nothing can be made beside that, as in a container, it is built in a hidden folder inside it.
    """

    def __init__(self, site: Path) -> None:
        """Tidy up after builds that were stopped, and make the folder. Raises an OSError."""
        self._site = site
        site.parent.mkdir(parents=True, exist_ok=True)
        only_inside = site.is_dir() and not os.access(site.parent, os.W_OK)
        self._around = site if os.path.ismount(site) or only_inside else site.parent
        prefix = f".{site.name}-"
        with _alone(self._around):
            for folder in self._around.glob(f"{prefix}*"):
                self._tidy(folder)
            self._own = Path(tempfile.mkdtemp(prefix=prefix, dir=self._around))
            self._lock = _lock(self._own)
        self.folder = self._own / "site"
        self.folder.mkdir()

    def publish(self) -> None:
        """Put the new site into the place of the old one, which is deleted. Raises an OSError."""
        with _alone(self._around):
            if self._site.is_dir():
                shutil.copymode(self._site, self.folder)
            if self._around == self._site:
                _pour(self.folder, self._site)
            elif not self._site.exists():
                self.folder.rename(self._site)
            elif not _exchanged(self.folder, self._site):
                self._rename_both()
        self.drop()

    def _rename_both(self) -> None:
        """The same in two steps, where the system knows none; whoever tidies up finds the old site."""
        try:
            self._site.rename(self._own / "old")
        except OSError:  # such as a folder that an image of a container holds
            _pour(self.folder, self._site)
        else:
            self.folder.rename(self._site)

    def drop(self) -> None:
        """Delete what is not the site: the new one, or, once that is published, the old one."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        self._clear(self._own)

    def _tidy(self, folder: Path) -> None:
        """Delete what a build left that was stopped; those that still run hold their folder."""
        try:
            lock = _lock(folder)
        except OSError:
            return
        if (folder / "old").is_dir() and not self._site.exists():  # it was stopped between the two steps
            (folder / "old").rename(self._site)
        self._clear(folder)
        if lock is not None:
            os.close(lock)

    def _clear(self, folder: Path) -> None:
        """Delete a folder.

        Hidden files, such as `.git`, belong to whoever put them into the site: the engine makes none, and
        they go where the site is now.
        """
        for old in (folder / "site", folder / "old"):
            for file in old.glob(".*"):
                if self._site.is_dir() and not (self._site / file.name).exists():
                    file.rename(self._site / file.name)
        shutil.rmtree(folder, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, which nothing can stop half way; False where that is not known."""
    names = os.fsencode(one), os.fsencode(other)
    with suppress(OSError, TypeError, AttributeError):  # no library of that kind, or an old one
        library = ctypes.CDLL(None)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _SWAP) == 0)
        here = -100  # both names are whole, so it does not matter which folder they are seen from
        return bool(library.renameat2(here, names[0], here, names[1], _SWAP) == 0)
    return False


def _pour(new: Path, site: Path) -> None:
    """Replace a site file by file, each in one step; last what is gone goes."""
    made = sorted(new.rglob("*"))
    for file in made:
        place = site / file.relative_to(new)
        if place.is_dir() and not file.is_dir():
            shutil.rmtree(place)
        if file.is_dir():
            if place.is_file():
                place.unlink()
            place.mkdir(exist_ok=True)
        else:
            file.replace(place)
    kept = {site / file.relative_to(new) for file in made}
    for file in sorted(site.rglob("*"), reverse=True):
        if file not in kept and not file.relative_to(site).parts[0].startswith("."):
            if file.is_dir() and not file.is_symlink():
                file.rmdir()
            else:
                file.unlink()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other build tidies up or exchanges here meanwhile; where there are no such locks, none waits."""
    lock = None
    with suppress(OSError):
        lock = _lock(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def _lock(folder: Path, *, wait: bool = False) -> int | None:
    """Hold a folder until what is returned is closed; None without locks. Raises an OSError if it is held."""
    if sys.platform == "win32":
        return None
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(opened)
        raise
    return opened
