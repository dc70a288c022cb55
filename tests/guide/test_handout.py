"""What stands on the printed sheets of this guide."""

from __future__ import annotations

from test_handout import (  # noqa: F401 - run again, with this guide
    guide,
    test_codes_are_eight_letters_and_no_two_are_alike,
    test_every_symptom_and_every_remedy_with_steps_has_its_sheets,
    test_no_markup_reaches_the_paper,
    test_no_sign_of_a_symptom_is_lost,
    test_the_first_signs_are_those_the_flow_asks_first,
)
