"""The built page of each of this guide's checks is looked at as that of the example is.

Its ladder has another length than the example's, and its checks are far larger.
"""

from __future__ import annotations

import pytest
from careguide.flow import view
from careguide.flow.plan import SHARED
from careguide.guide.guide import Guide
from conftest import EXAMPLE, load
from test_flow_page import (
    built,
    guide,
    test_a_calm_result_offers_every_context_once_more,
    test_a_symptoms_page_shows_the_signs_it_names,
    test_each_sign_of_the_worst_level_says_what_to_do_meanwhile,
    test_every_question_has_a_heading,
    test_every_result_says_its_level_in_words,
    test_every_sign_has_its_own_words,
    test_no_function_is_named_on_the_safety_page,
    test_nothing_to_fill_in_shows_without_script,
    test_page_equals_flow,
    test_signs_of_the_last_level_stand_with_its_result,
    test_static_page_equals_flow,
    test_the_safety_page_publishes_what_was_found,
    test_the_version_on_the_note_is_the_checks,
    test_the_worst_result_has_the_first_countrys_number,
)

__all__ = [
    "built",
    "guide",
    "test_a_calm_result_offers_every_context_once_more",
    "test_a_symptoms_page_shows_the_signs_it_names",
    "test_each_sign_of_the_worst_level_says_what_to_do_meanwhile",
    "test_every_question_has_a_heading",
    "test_every_result_says_its_level_in_words",
    "test_every_sign_has_its_own_words",
    "test_no_function_is_named_on_the_safety_page",
    "test_nothing_to_fill_in_shows_without_script",
    "test_page_equals_flow",
    "test_signs_of_the_last_level_stand_with_its_result",
    "test_static_page_equals_flow",
    "test_the_safety_page_publishes_what_was_found",
    "test_the_version_on_the_note_is_the_checks",
    "test_the_worst_result_has_the_first_countrys_number",
]


@pytest.fixture(params=["neck-twitching", "muscle-twitching", "eyelid-twitching"])
def symptom(request: pytest.FixtureRequest) -> str:
    """The symptom of each check."""
    return str(request.param)


def test_nothing_counts_the_levels(guide: Guide) -> None:
    """The example's ladder has another length than this guide's, and both are built by the same code."""
    assert len(load(EXAMPLE).urgency) != len(guide.urgency)


def test_the_shared_flow_serves_every_symptom(guide: Guide) -> None:
    """Each symptom that names signs has a check, though the guide has one flow."""
    assert list(guide.flows) == [SHARED]
    assert {each for each, _ in view.checks(guide)} == {
        each.id for each in guide.symptoms.values() if each.signs
    }
