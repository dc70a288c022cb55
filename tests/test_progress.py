"""What somebody who waits is told: each step on one line of the terminal, and nothing anywhere else."""

from __future__ import annotations

import sys

import careguide
import pytest
from careguide.cli import main
from conftest import EXAMPLE, TODAY

pytestmark = pytest.mark.usefixtures("today")


def test_a_build_tells_its_steps_and_ends_with_an_empty_line() -> None:
    """What takes longest is named: the proof, the search for faults, the sheets."""
    told: list[str] = []
    careguide.build(EXAMPLE, today=TODAY, progress=told.append)

    assert "Proving the questions" in told
    assert "Looking for faults in the questions" in told
    assert "" == told[-1]


def test_a_terminal_shows_it_and_keeps_none_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command says is what it always says; a file or another program is shown nothing else."""
    assert 0 == main(["--root", str(EXAMPLE), "check"])
    quiet = capsys.readouterr()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert 0 == main(["--root", str(EXAMPLE), "check"])
    shown = capsys.readouterr()

    assert ("", quiet.out) == (quiet.err, shown.out)
    assert "\r\x1b[KProving the questions …" in shown.err
    assert shown.err.endswith("\r\x1b[K")
