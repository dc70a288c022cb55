"""What a long piece of work is at: on one line of a terminal, which is written over, and nowhere else."""

import sys
from collections.abc import Callable

Progress = Callable[[str], None]
"""Is told what comes next in a few words; no words end it."""
_CLEAR = "\r\x1b[K"
"""Back to the start of the line, which is emptied."""


def silent(_what: str) -> None:
    """Say nothing."""


def on_terminal() -> Progress:
    """What shows it to somebody who waits in front of a terminal; silent where nobody does."""
    return _shown if sys.stderr.isatty() else silent


def _shown(what: str) -> None:
    sys.stderr.write(f"{_CLEAR}{what[:76]}{' …' if what else ''}")
    sys.stderr.flush()
