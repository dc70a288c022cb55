"""The signs of this guide.

What became of those of its first edition, how much is read, and where phrases stand.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from careguide.flow import view
from careguide.guide.guide import Guide
from careguide.model.lists import EVERYONE
from conftest import load
from sites import ROOT

FIRST: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "first_signs.yml").read_text(encoding="utf-8")
)
WITHHOLD = re.compile(r"do not take the next|take no more of|stop taking|without the next", re.IGNORECASE)
MAY_WITHHOLD = {
    "overdose": "medicine",
    "medicine-now": "medicine",
    "medicine-stop": "medicine",
    "lithium": "lithium",
    "rhabdo": "pee",
}
"""Where a medicine may be held back before somebody has been asked, and what such a sign speaks of."""


@pytest.fixture(scope="module")
def guide() -> Guide:
    """This guide."""
    return load(ROOT)


def test_no_sign_of_the_first_edition_is_lost(guide: Guide) -> None:
    """Each became one sign, which some symptom asks."""
    asked = {sign for symptom in guide.symptoms.values() for sign in symptom.signs}

    assert len(FIRST) == 72
    assert {old: new for old, (_, new) in FIRST.items() if new not in asked} == {}


def test_no_sign_is_lowered_without_a_reason(guide: Guide) -> None:
    """Where a sign leads lower than in the first edition, 'lowered' says why, and that it is not signed."""
    levels = list(guide.urgency)
    flow = guide.flows["flow"]
    answered_for = {sign for entry in flow.lowered for sign in entry.signs}
    lower = {
        old
        for old, (was, new) in FIRST.items()
        if levels.index(guide.criteria[new].level) > levels.index(was)
    }

    assert lower
    assert lower - answered_for == set()
    assert [entry.what for entry in flow.lowered if not (entry.signed or entry.reason)] == []


def test_no_sign_was_narrowed_without_a_reason(guide: Guide) -> None:
    """An emergency that only some people are asked about names a context that everyone can choose."""
    for sign in guide.criteria.values():
        for context in sign.context:
            assert context == EVERYONE or guide.contexts[context].again


@pytest.mark.parametrize("symptom", ["neck-twitching", "muscle-twitching", "eyelid-twitching"])
def test_a_healthy_adult_reads_little(guide: Guide, symptom: str) -> None:
    """At most 1,150 words and 7 taps to the result 'at home'; with every box it stays a matter of minutes."""
    flow = view.flow_for(guide, symptom)
    assert flow
    least = view.effort(symptom, flow, guide)
    contexts = frozenset(each.id for each in guide.contexts.values() if each.asked == "boxes")
    most = view.effort(symptom, flow, guide, contexts)

    assert 0 < least.words <= 1150
    assert 0 < least.taps <= 7
    assert least.words < most.words <= 3 * least.words


def test_medicines_are_held_back_only_where_that_is_right(guide: Guide) -> None:
    """A text on the harm of stopping a needed medicine stands only with signs of that medicine."""
    withhold = {each.id for each in guide.meanwhile.values() if WITHHOLD.search(each.text)}
    shown = [sign for sign in guide.criteria.values() if sign.meanwhile in withhold]

    assert withhold
    assert withhold <= MAY_WITHHOLD.keys()
    assert shown
    for sign in shown:
        assert re.search(MAY_WITHHOLD[sign.meanwhile or ""], sign.sign, re.IGNORECASE), sign.id
