"""What stands on the printed sheets of this guide."""

from __future__ import annotations

from test_handout import (  # noqa: F401 - run again, with this guide
    guide,
    test_a_sheet_prints_the_signs_that_its_symptom_shows,
    test_codes_are_eight_letters_and_no_two_are_alike,
    test_every_symptom_and_every_remedy_with_steps_has_its_sheets,
    test_no_markup_reaches_the_paper,
)
