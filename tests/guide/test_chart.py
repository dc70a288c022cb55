"""The pictures of this guide's flow, which are far longer than those of the small one."""

from __future__ import annotations

import pytest
from careguide.guide.guide import Guide
from conftest import load
from sites import GUIDE
from test_chart import (
    test_no_box_lies_on_another_or_outside,
    test_no_line_goes_through_a_box_or_a_line,
    test_text_is_large_enough_to_read,
    test_the_picture_asks_every_question_and_says_where_each_yes_leads,
    test_the_picture_ends_with_how_long_it_has_lasted,
    test_the_picture_is_named_and_described,
    test_the_picture_is_small,
    test_words_fit_their_boxes,
)

__all__ = [
    "test_no_box_lies_on_another_or_outside",
    "test_no_line_goes_through_a_box_or_a_line",
    "test_text_is_large_enough_to_read",
    "test_the_picture_asks_every_question_and_says_where_each_yes_leads",
    "test_the_picture_ends_with_how_long_it_has_lasted",
    "test_the_picture_is_named_and_described",
    "test_the_picture_is_small",
    "test_words_fit_their_boxes",
]


@pytest.fixture(scope="module")
def guide() -> Guide:
    """This guide."""
    return load(GUIDE)
