"""Things in every state, for the page of all parts."""

from __future__ import annotations

from careguide import styling
from careguide.guide import reviews
from careguide.pages import component_states
from conftest import EXAMPLE, TODAY, load


def test_the_fullest_thing_of_each_kind_is_shown() -> None:
    """Rinsing the nose has steps, drawings and more; advice to avoid would show less."""
    assert "rinse-the-nose" == component_states.fullest(load(EXAMPLE), "remedies").id


def test_a_review_is_shown_in_every_standing() -> None:
    """Missing, holding, over, and with changes since."""
    guide = load(EXAMPLE)
    shown = component_states.in_reviews(guide, guide.causes["picking"], "a name", TODAY)

    assert ["unreviewed", "reviewed", "overdue", "changed"] == [
        reviews.standing(guide, each, TODAY) for each in shown
    ]


def test_every_component_that_pages_hold_is_shown() -> None:
    """A new one comes with its states; those named here stand on the page of all parts in another one."""
    inside = {"chart", "country", "drawing", "red_line", "service", "sheet_files", "sources"}
    components = {file.parent for file in (styling.THEME / "components").glob("*/*.md.jinja")}

    assert len(components) > 15
    assert inside == {each.name for each in components if not list(each.glob("*_states.md.jinja"))}
