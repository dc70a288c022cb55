"""Several things are worked on at a time, and nobody can tell from what comes of them."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from careguide.source import parallel
from careguide.source.parallel import beside, divided, worked
from careguide.source.progress import silent


def test_what_is_made_comes_in_order_and_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first waits here until the second is done; the line is empty once all are."""
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    second_is_done, told = threading.Event(), list[str]()

    def work(name: str) -> str:
        if name == "a":
            assert second_is_done.wait(timeout=30)
        else:
            second_is_done.set()
        return name.upper()

    assert ["A", "B"] == [*worked(work, ["a", "b"], "Sheets to print", told.append)]
    assert ["Sheets to print: 1 of 2", "Sheets to print: 2 of 2", ""] == told


def test_nothing_to_do_says_nothing() -> None:
    """Such as where all sheets are kept."""
    told: list[str] = []

    assert [] == [*worked(str.upper, [], "Sheets to print", told.append)]
    assert [] == told


def test_where_no_thread_can_be_started_one_is_worked_on_after_the_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some machines allow a program none."""

    def refuse(*_: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(ThreadPoolExecutor, "_adjust_thread_count", refuse)

    assert ["A", "B"] == [*worked(str.upper, ["a", "b"], "Sheets to print", silent)]


def test_what_goes_wrong_is_raised_in_its_turn() -> None:
    """What was made before it is there."""
    made: list[float] = []
    with pytest.raises(ZeroDivisionError):
        made.extend(worked(lambda number: 1 / number, [1, 2, 0, 3], "Halves", silent))

    found = worked(lambda number: 1 / number, [1, 2, 0, 3], "Halves", silent)
    assert [1, 0.5] == [next(found), next(found)]
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_work_beside_other_work_comes_out_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the program does it; where there can be none, the program itself does, and sees it fail."""
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(parallel.threading, "active_count", lambda: 1)  # whatever runs the tests has more
    mine = os.getpid()
    assert mine != beside(os.getpid)()
    assert [(1, True), (2, False), (3, True)] == divided(lambda each: (each, mine == os.getpid()), [1, 2, 3])
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)()

    def refuse() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(parallel.os, "fork", refuse)
    assert mine == beside(os.getpid)()
    monkeypatch.setattr(parallel.os, "cpu_count", lambda: 1)
    assert mine == beside(os.getpid)()
