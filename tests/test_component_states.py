"""Things in every state, for the page of all parts."""

from __future__ import annotations

from typing import get_args

from careguide.guide import reviews
from careguide.model.fields import Grade
from careguide.model.topics import Verdict
from careguide.pages import component_states
from conftest import EXAMPLE, TODAY, load

GUIDE = load(EXAMPLE)


def test_the_fullest_thing_of_each_kind_is_shown() -> None:
    """Rinsing the nose has steps, drawings and more; advice to avoid would show less."""
    assert "rinse-the-nose" == component_states.fullest(load(EXAMPLE), "remedies").id


def test_a_thing_is_shown_in_every_state_and_stays_as_it_is() -> None:
    """Each grade, verdict and likelihood once, in their order; the thing itself does not change."""
    remedy, cause = GUIDE.remedies["press-the-nose"], GUIDE.causes["picking"]
    before = remedy.model_copy(deep=True)

    assert list(get_args(Grade)) == [each.support.grade for each in component_states.in_grades(remedy)]
    assert list(get_args(Verdict)) == [each.verdict for each in component_states.in_verdicts(remedy)]
    assert ["very-common", "common", "uncommon", "rare", "very-rare"] == [
        each.likelihood for each in component_states.in_likelihoods(cause)
    ]
    assert before == remedy


def test_a_review_is_shown_in_every_standing() -> None:
    """Missing, holding, over, and with changes since."""
    guide = load(EXAMPLE)
    shown = component_states.in_reviews(guide, guide.causes["picking"], "a name", TODAY)

    assert ["unreviewed", "reviewed", "overdue", "changed"] == [
        reviews.standing(guide, each, TODAY) for each in shown
    ]
