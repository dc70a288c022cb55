"""`careguide` in a shell, and `python -m careguide` without installing."""

import gc
import os
import sys
from pathlib import Path
from typing import NoReturn

from careguide.contribute import last_check
from careguide.source.problems import on_any_console

BROKEN_PIPE = 128 + 13
"""The exit code of a program that wrote to where nobody reads on, as shells know it."""


def run() -> NoReturn:
    """Run one command and end the program with its exit code."""
    # A run is short: to look for what is no longer used takes a twentieth of it, and finds nothing.
    gc.disable()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started the program has closed it
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
    on_any_console()
    try:
        code = last_check.checked(sys.argv[1:], _main)
        sys.stdout.flush()
    except OSError as error:  # nobody reads on, as behind `| head`, or it is a file on a full disk
        code = BROKEN_PIPE
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"What was to be said cannot be written: {error.strerror}\n")
            code = 2
    # All is said and written; to take everything apart first would cost a check a tenth of its time.
    sys.stderr.flush()
    os._exit(code)


def _main() -> int:
    from careguide.cli import main  # noqa: PLC0415 - it loads all that a check may find it need not make again

    return main()


if __name__ == "__main__":
    run()
