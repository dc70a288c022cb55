"""The orders in which readers meet things."""

from __future__ import annotations

from typing import Any

import pytest
from careguide.guide import selection
from careguide.model.kinds import TOPICS
from conftest import EXAMPLE, Project, changed, load


def test_signs_stand_worst_first() -> None:
    """Signs are told by how urgent they are, worst first, each level with its place on the ladder.

    A level without signs is left out.
    """
    rungs = selection.by_urgency(load(EXAMPLE), ["once", "often", "heavy"])

    assert [(1, "emergency", ["heavy"]), (3, "appointment", ["often"]), (4, "self-care", ["once"])] == [
        (place, level.id, [sign.id for sign in signs]) for place, level, signs in rungs
    ]


def test_within_a_level_the_given_order_holds(project: Project) -> None:
    """The symptom's list puts the most telling sign first, and pages keep it so."""
    guide = load(
        project(
            changed("data/criteria.yml", ("- id: long\n  level: same-day", "- id: long\n  level: emergency"))
        )
    )

    assert [["long", "heavy"], ["heavy", "long"]] == [
        [sign.id for sign in selection.by_urgency(guide, ids)[0][2]]
        for ids in (["long", "heavy"], ["heavy", "long"])
    ]


def test_a_missing_sign_does_not_stop_the_others() -> None:
    """An id that names nothing is a problem of its own; the rest is still shown and checked."""
    assert ["heavy"] == [
        sign.id for _, _, signs in selection.by_urgency(load(EXAMPLE), ["nothing", "heavy"]) for sign in signs
    ]


def test_groups_come_as_the_model_has_them() -> None:
    """Causes are grouped from everyday to serious, whatever their files are called.

    A group without members is left out.
    """
    groups = selection.grouped(load(EXAMPLE).causes.values(), "group")

    assert [
        ("everyday", ["dry-air", "picking"]),
        ("underlying", ["hay-fever"]),
        ("serious", ["weak-vessels"]),
    ] == [(name, [each.id for each in members]) for name, members in groups]
    assert ["everyday", "serious"] == [
        name for name, _ in selection.grouped([members[-1] for _, members in (groups[2], groups[0])], "group")
    ]


def test_nothing_makes_no_groups() -> None:
    """Where there are no things there are no groups."""
    assert [] == selection.grouped([], "group")


def test_a_lead_is_needed_where_it_says_more_than_its_sentence(project: Project) -> None:
    """A reader who sees both would read the same twice: 'Blood pours out and you feel weak or dizzy.'."""
    for lead, needed in (("Blood that pours", False), ("Heavy bleeding", True), ("Weak", False)):
        guide = load(project(changed("data/criteria.yml", ("lead: Heavy bleeding", f"lead: {lead}"))))

        assert needed == selection.lead_is_needed(guide.criteria["heavy"]), lead


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Zunge", "Ärztin", "Arm", "Öl"], "A Arm Ärztin O Öl Z Zunge"),
        (["ojo", "ñoño", "Nariz", "nuca", "Ébola", "Enfermo"], "E Ébola Enfermo N Nariz nuca Ñ ñoño O ojo"),
    ],
)
def test_a_name_stands_under_its_letter_with_an_accent_or_without(names: list[str], expected: str) -> None:
    """As dictionaries have it: umlauts with their letter, and the Spanish ñ after n."""
    guide = load(EXAMPLE)
    called = {"title": names[0], "also_called": tuple(names[1:]), "covers": ()}
    cause = guide.causes["picking"].model_copy(update=called)
    nothing: dict[str, dict[str, Any]] = {kind: {} for kind in (*TOPICS, "glossary")}
    letters = selection.a_to_z(guide.with_things(**nothing | {"causes": {"picking": cause}}))

    shown: list[str] = []
    for letter, found in letters:
        shown += [letter, *(each.name for each in found)]
    assert expected.split() == shown
