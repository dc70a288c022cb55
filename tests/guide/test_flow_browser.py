"""The checks of this guide, which are far longer than that of the example. Firefox plays the example's."""

from __future__ import annotations

import pytest
from test_flow_browser import (
    guide,
    tab,
    test_every_view_is_accessible,
    test_everything_prints,
    test_nothing_is_asked_of_the_network_and_nothing_is_stored,
    test_nothing_scrolls_sideways_on_a_narrow_screen,
    test_player_equals_flow,
    test_the_note_prints_alone_on_one_page,
    test_words_of_the_picture_stay_in_their_boxes,
)

__all__ = [
    "guide",
    "tab",
    "test_every_view_is_accessible",
    "test_everything_prints",
    "test_nothing_is_asked_of_the_network_and_nothing_is_stored",
    "test_nothing_scrolls_sideways_on_a_narrow_screen",
    "test_player_equals_flow",
    "test_the_note_prints_alone_on_one_page",
    "test_words_of_the_picture_stay_in_their_boxes",
]


@pytest.fixture(params=["neck-twitching", "muscle-twitching", "eyelid-twitching"])
def symptom(request: pytest.FixtureRequest) -> str:
    """The symptom of each check."""
    return str(request.param)


@pytest.fixture
def longest() -> str:
    """The symptom whose check asks the most."""
    return "neck-twitching"
