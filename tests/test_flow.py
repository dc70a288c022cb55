"""Where a reader's answers lead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from careguide.flow.plan import (
    NO,
    NONE,
    UNSURE,
    YES,
    Answer,
    Plan,
    Result,
    Screen,
    end_of,
    follow,
    ids,
    shown,
    version,
)
from conftest import load
from flows import CRITERIA, FLOW, plan_of, small

Where = Callable[..., Result]


def some(*chosen: str) -> frozenset[str]:
    """What a reader ticks."""
    return frozenset(chosen)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The small guide's flow."""
    return plan_of(small(tmp_path / "small"))


@pytest.fixture
def where(plan: Plan) -> Where:
    """Where a reader ends who says no to everything but what is given."""

    def answered(**answers: Answer) -> Result:
        result = follow(plan, {"now": NO, "more": NO, "you": NONE, "today": NONE, "soon": NONE, **answers})
        assert isinstance(result, Result)
        return result

    return answered


def test_a_reader_with_no_sign_looks_after_it_at_home(where: Where) -> None:
    """Who says no to everything reaches the last level, after the last question."""
    assert Result("self-care", "soon") == where()


def test_an_emergency_ends_the_questions_at_once(where: Where) -> None:
    """A yes on a gate leads to the emergency advice, whatever else is true. All the gate's signs are named: at least one of them is meant."""
    assert Result("emergency", "now", because=("heavy",)) == where(now=YES, today=some("long"))


def test_not_sure_of_an_emergency_sign_is_remembered(where: Where) -> None:
    """The other gates are still asked; then the reader gets help today, and is told which signs were in doubt."""
    assert Result("same-day", "more", unsure=("heavy",)) == where(now=UNSURE)
    assert Result("same-day", "more", unsure=("heavy", "faint")) == where(now=UNSURE, more=UNSURE)


def test_an_emergency_wins_over_a_doubt(where: Where) -> None:
    """A reader who is not sure of the first gate and sure of the second is not sent away too early."""
    assert Result("emergency", "more", because=("faint",), unsure=("heavy",)) == where(now=UNSURE, more=YES)


def test_a_tick_leads_to_its_signs_urgency(where: Where) -> None:
    """Help today, or an appointment; of several signs the most urgent decides, and those that were ticked are named."""
    assert Result("same-day", "today", because=("long",)) == where(today=some("long"))
    assert Result("appointment", "soon", because=("often", "dry")) == where(soon=some("dry", "often"))


def test_a_sign_can_be_more_urgent_for_some(where: Where) -> None:
    """Weekly bleeds can wait for an appointment, but not for someone who takes a medicine. Their other signs are as urgent as ever."""
    assert where(you=some("takes-medicine"), soon=some("often")).level == "same-day"
    assert where(you=some("takes-medicine"), soon=some("dry")).level == "appointment"
    assert where(you=some("child"), soon=some("often")).level == "appointment"


def test_not_sure_among_ticks_counts_as_all_of_them(where: Where) -> None:
    """Below emergency, doubt counts as yes; all the signs shown are in doubt."""
    assert Result("same-day", "today", unsure=("long",)) == where(today=UNSURE)
    assert Result("appointment", "soon", unsure=("often", "dry")) == where(soon=UNSURE)
    assert where(you=some("takes-medicine"), soon=UNSURE).level == "same-day"


def test_not_sure_who_it_is_about_means_everyone(where: Where) -> None:
    """Then every sign is shown, and raised as if all the people were meant."""
    assert Result("same-day", "today", because=("bead",)) == where(you=UNSURE, today=some("bead"))
    assert where(you=UNSURE, soon=some("often")).level == "same-day"


def test_a_sign_for_children_is_shown_to_children(plan: Plan) -> None:
    """It is hidden only from those who said that it is about no child."""
    today = plan.screens[3]

    assert ids(shown(today)) == ("long", "bead")
    assert ids(shown(today, some("child"))) == ("long",)
    assert ids(shown(today, some("takes-medicine"))) == ("long", "bead")


def test_a_hidden_sign_does_not_count(where: Where) -> None:
    """Who ticked it and then went back to say that it is about no child, is not sent anywhere for it."""
    assert where(today=some("bead")).level == "self-care"
    assert where(you=some("child"), today=some("bead")).level == "same-day"


def test_the_questions_come_in_order(plan: Plan) -> None:
    """With some answers given, the next question is the first that is open on the reader's way."""
    answers: dict[str, Answer] = {}
    asked = []
    while isinstance(screen := follow(plan, answers), Screen):
        asked.append(screen.id)
        answers[screen.id] = NO if screen.kind == "gate" else NONE

    assert asked == ["now", "more", "you", "today", "soon"]


def test_answers_off_the_way_do_not_count(where: Where) -> None:
    """Who goes back and changes an answer is led by the new one; what was said further on is passed over."""
    assert where(now=YES, more=UNSURE, soon=some("dry")).level == "emergency"


def test_a_reader_says_yes_before_not_sure(plan: Plan) -> None:
    """A reader who has one sign and doubts another says yes on a gate and ticks what is true."""
    assert end_of(plan, present=some("heavy"), unsure=some("faint")).level == "emergency"
    assert Result("same-day", "more", unsure=("faint",)) == end_of(plan, unsure=some("faint"))
    assert Result("same-day", "today", because=("bead",)) == end_of(
        plan, some("child", "baby"), present=some("bead"), unsure=some("long")
    )


def test_the_last_gate_settles_a_doubt_where_nothing_follows(tmp_path: Path) -> None:
    """A flow may be nothing but gates."""
    steps = (tmp_path / "small" / FLOW, "  - id: you")
    root = small(tmp_path / "small")
    steps[0].write_text(steps[0].read_text(encoding="utf-8").split(steps[1])[0], encoding="utf-8")

    assert Result("same-day", "more", unsure=("heavy",)) == follow(plan_of(root), {"now": UNSURE, "more": NO})
    assert Result("self-care", "more") == follow(plan_of(root), {"now": NO, "more": NO})


@pytest.mark.parametrize(
    "change",
    [
        (FLOW, "ask: Or is this?", "ask: Or is that?"),  # the words of a question
        (FLOW, "signs: [long, bead]", "signs: [bead, long]"),  # the order of signs
        (CRITERIA, "sign: Your nose is dry.", "sign: Your nose is very dry."),  # the words of a sign
        (CRITERIA, "to: same-day", "to: emergency"),  # the urgency of a sign
        ("data/urgency.yml", "do: Try the steps on this page.", "do: Wait."),  # what to do at a level
    ],
)
def test_a_version_changes_with_what_a_reader_can_notice(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    """A printed note carries the version, so that it can be told which questions were asked."""
    before, after = (
        load(small(tmp_path / name, *changes)) for name, changes in (("before", ()), ("after", (change,)))
    )

    assert version(before.flows["nosebleed"], before) != version(after.flows["nosebleed"], after)


def test_a_version_stays_when_a_date_changes(tmp_path: Path) -> None:
    """The same questions have the same version: eight letters."""
    before, after = (
        load(small(tmp_path / name, *changes))
        for name, changes in (("before", ()), ("after", ((FLOW, "2026-11-01", "2026-11-02"),)))
    )

    assert version(before.flows["nosebleed"], before) == version(after.flows["nosebleed"], after)
    assert len(version(before.flows["nosebleed"], before)) == 8
