"""The web pages of this guide's printed sheets."""

from __future__ import annotations

from test_web_sheets import (  # noqa: F401 - run again, with this guide
    made,
    test_no_two_links_to_a_sheet_sound_alike,
    test_the_page_of_a_sheet_is_bare_and_small,
    test_the_page_of_a_sheet_says_what_its_pdf_says,
)
