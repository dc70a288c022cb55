"""`careguide` in a shell, and `python -m careguide` without installing."""

import gc

from careguide.cli import main
from careguide.source.problems import on_any_console


def run() -> None:
    """Run one command and end the program with its exit code."""
    # A run is short and uses what it makes until its end: looking for what is no longer used takes a
    # twentieth of it, and finds nothing.
    gc.disable()
    on_any_console()
    raise SystemExit(main())


if __name__ == "__main__":
    run()
