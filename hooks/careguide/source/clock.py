"""Which day it is: the one place that looks at a clock. All else is handed a day."""

import datetime
import os

from careguide.source.problems import WrongCallError, quoted

VARIABLE = "CAREGUIDE_TODAY"
"""The environment may name another day: to see what a guide will show then, or to build it once more."""


def day(text: str) -> datetime.date:
    """A day as somebody types it. Raises a ValueError, also for a year in which nobody reads a guide."""
    found = datetime.date.fromisoformat(text)
    if not 1900 <= found.year < 3000:
        raise ValueError(text)
    return found


def today() -> datetime.date:
    """The day in UTC, so that a build says the same wherever it runs. Raises `WrongCallError`."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return day(given)
    except ValueError:
        message = f"{VARIABLE} must be a date written as year-month-day, not {quoted(given)}"
        raise WrongCallError(message, "Write it like 2026-11-21, or leave it out for today.") from None
