"""`careguide` in a shell, and `python -m careguide` without installing."""

import gc

from careguide.cli import main


def run() -> None:
    """Run one command and end the program with its exit code."""
    gc.disable()  # a run is short and uses what it makes until its end: looking for rubbish would take a twentieth of it
    raise SystemExit(main())


if __name__ == "__main__":
    run()
