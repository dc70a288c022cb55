"""Work on several processors at a time: the same on many things, or one thing beside another."""

import os
import pickle
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

from careguide.source.progress import Progress

T = TypeVar("T")
R = TypeVar("R")


def worked(work: Callable[[T], R], things: Iterable[T], what: str, progress: Progress) -> Iterator[R]:
    """What the work makes of each thing, in their order; each is told by its number: 'Sheets: 3 of 12'.

    It is worth it for work that lets others run meanwhile, as the typesetter does.
    As many are worked on at a time as the machine has processors, or one where it allows no more. What goes
    wrong is raised in its turn, and then nothing else is begun.
    """
    if not (known := list(things)):
        return
    from concurrent.futures import Future, ThreadPoolExecutor  # noqa: PLC0415 - most checks need no threads

    pool = ThreadPoolExecutor(min(len(known), os.cpu_count() or 1))
    begun: list[Future[R]] = []
    try:
        for thing in known:
            begun.append(pool.submit(work, thing))
    except RuntimeError:  # no more threads may be started here
        pool.shutdown(wait=False, cancel_futures=True)
        begun = []
    try:
        for number, thing in enumerate(known, 1):
            progress(f"{what}: {number} of {len(known)}")
            yield begun[number - 1].result() if begun else work(thing)
    finally:
        pool.shutdown(cancel_futures=True)
        progress("")


def divided(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    """What the work makes of each thing, in their order; a copy of this program does every other one."""
    theirs = things[1::2]
    made = beside(lambda: [*map(work, theirs)]) if theirs else list
    found: list[Any] = [*things]
    found[::2] = map(work, things[::2])
    found[1::2] = made()
    return found


def beside(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work that may be done meanwhile; what is returned waits for what comes of it.

    It is done by a copy of this program, where that is safe: on Linux, and where nothing else goes on in it.
    Elsewhere, and where the copy fails, it is done when it is waited for.
    """
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        return work
    read, write = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no more programs may be started here
        return work
    if not child:
        _hand_over(work, write)
    os.close(write)

    def wait() -> R:
        made: list[R] = []
        with os.fdopen(read, "rb") as pipe, suppress(EOFError, pickle.UnpicklingError):
            made.append(pickle.load(pipe))  # noqa: S301 - our own copy wrote it
        os.waitpid(child, 0)
        return made[0] if made else work()

    return wait


def _hand_over(work: Callable[[], object], write: int) -> NoReturn:
    """In the copy: do the work, write what comes of it, and end. What goes wrong the original finds again."""
    with suppress(BaseException):
        made = work()
        with os.fdopen(write, "wb") as pipe:
            pickle.dump(made, pipe)
    os._exit(0)
