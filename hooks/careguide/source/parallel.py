"""The same work on many things, several at a time.

It is worth it for work that lets others run meanwhile, as the typesetter does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from careguide.source.progress import Progress

T = TypeVar("T")
R = TypeVar("R")


def worked(work: Callable[[T], R], things: Iterable[T], what: str, progress: Progress) -> Iterator[R]:
    """What the work makes of each thing, in their order; each is told by its number: 'Sheets: 3 of 12'.

    As many are worked on at a time as the machine has processors, or one where it allows no more. What goes
    wrong is raised in its turn, and then nothing else is begun.
    """
    known = list(things)
    pool = ThreadPoolExecutor(min(len(known), os.cpu_count() or 1) or 1)
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
        if known:
            progress("")
