"""This guide as it is built: what holds for the example's site holds for this larger one too."""

from __future__ import annotations

from pathlib import Path

from sites import first_view, html_files
from test_site import (  # noqa: F401 - run again, with the site of this folder
    test_a_shared_page_shows_its_own_card,
    test_every_address_is_a_file,
    test_every_anchor_is_there,
    test_every_page_about_a_thing_ends_with_its_sources_and_its_review_state,
    test_every_page_of_the_guide_is_built,
    test_every_page_says_where_you_are_and_what_is_an_emergency,
    test_every_source_number_leads_to_a_source,
    test_no_page_offers_a_file_that_is_not_there,
    test_no_style_or_script_stands_in_a_page,
    test_nothing_is_asked_of_another_host,
    test_nothing_is_published_that_nobody_asks_for,
    test_the_first_font_file_has_all_letters_of_the_guide,
)
from test_structured_data import (  # noqa: F401 - likewise
    graphs,
    test_every_page_says_what_it_shows,
    test_every_page_speaks_the_vocabulary,
    test_the_way_leads_to_pages_that_are_there,
)


def test_every_page_is_light(site: Path) -> None:
    """In any language: a first view costs at most 50 KB, an article 40; all questions together 58 KB."""
    articles = ("symptoms", "causes", "remedies", "treatments", "investigations", ".", "")
    heavy = {}
    for file in html_files(site):
        name = file.parent.relative_to(site).as_posix()
        folder = name.removeprefix("es").lstrip("/").partition("/")[0]
        most = 40 if folder in articles else 58 if folder == "check" else 50
        if first_view(file) > most * 1024:
            heavy[name] = first_view(file)

    assert len(html_files(site)) > 50
    assert {} == heavy
