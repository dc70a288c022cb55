"""The proof of a check, the faults that it finds, and the built page proved once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from careguide.flow import mutants, proof
from careguide.flow.paths import combinations_of, reached
from careguide.flow.plan import Answers, Ask, Plan, Result, end_of, follow
from conftest import EXAMPLE, load
from flows import facts, plan_of, reader

PLAN, FACTS = plan_of(EXAMPLE), facts(EXAMPLE)


def found(plan: Plan) -> set[str]:
    """The properties that do not hold."""
    return {each.property for each in proof.prove(plan, FACTS).violations}


def changed(screen: str, **changes: object) -> Plan:
    """The plan with one screen otherwise."""
    return replace(
        PLAN, screens=tuple(replace(each, **changes) if each.id == screen else each for each in PLAN.screens)
    )


def lines(screen: str, **changes: object) -> Plan:
    """The plan with the lines of one screen otherwise."""
    there = next(each for each in PLAN.screens if each.id == screen).lines
    return changed(screen, lines=tuple(replace(line, **changes) for line in there))


def test_the_example_is_proved() -> None:
    """Every combination is covered, and each level is reached by some."""
    shown = proof.prove(PLAN, FACTS)

    assert () == shown.violations
    assert shown.combinations == sum(shown.reached.values()) > shown.runs > 0
    assert list(PLAN.levels) == list(shown.reached)
    assert all(shown.reached.values())


def test_what_is_wrong_is_found() -> None:
    """Each property is told apart by its name."""
    for plan, property_ in (
        (lines("today", level="appointment"), "lines_are_their_signs"),
        (lines("now", not_sure=""), "lines_are_their_signs"),
        (lines("today", contexts=()), "lines_are_their_signs"),
        (changed("today", lines=()), "total"),
        (replace(PLAN, screens=(PLAN.screens[0], *PLAN.screens[2:], PLAN.screens[1])), "total"),
        (
            replace(PLAN, screens=(PLAN.screens[0], *PLAN.screens[2:4], PLAN.screens[1], PLAN.screens[4])),
            "worst_first",
        ),
        (changed("last", lines=()), "every_sign_asked_once"),
        (changed("boxes", contexts=("child",)), "asked_in_its_context"),
        (changed("last", level="emergency"), "worst_first"),
    ):
        assert property_ in found(plan)


def test_a_step_that_takes_doubt_for_no_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only the plan is looked at: what `follow` makes of it is."""
    honest = follow
    monkeypatch.setattr(
        "careguide.flow.paths.follow",
        lambda plan, answers: honest(
            plan, replace(answers, said={k: "no" if v == "unsure" else v for k, v in answers.said.items()})
        ),
    )
    assert "floor" in found(PLAN)


def test_a_step_that_forgets_a_sign_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan may name a sign of some people, and `follow` never ask it."""
    monkeypatch.setattr("careguide.flow.paths.follow", _without("often-thinned"))

    assert "asked_in_its_context" in found(PLAN)


def _without(sign: str) -> Callable[[Plan, Answers], Ask | Result]:
    def forgetful(plan: Plan, answers: Answers) -> Ask | Result:
        return follow(plan, replace(answers, said={**answers.said, sign: "no"}))

    return forgetful


def test_signs_that_are_alike_are_counted_one_by_one() -> None:
    """They are walked as one, and every combination of them is covered all the same."""
    plan, signs = PLAN, dict(FACTS.signs)
    for screen, sign in ("now", "heavy"), ("today", "long"):
        there = next(each for each in plan.screens if each.id == screen)
        line = next(each for each in there.lines if each.id == sign)
        more = replace(there, lines=(*there.lines, replace(line, id=f"{sign}-too")))
        plan = replace(plan, screens=tuple(more if each is there else each for each in plan.screens))
        signs[f"{sign}-too"] = signs[sign]
    alone, shown = proof.prove(PLAN, FACTS), proof.prove(plan, replace(FACTS, signs=signs))

    assert () == shown.violations
    # One more sign with three answers, and one with two.
    assert alone.combinations * 3 * 2 == shown.combinations
    assert alone.runs == shown.runs


def test_results_do_not_hang_on_contexts_that_say_nothing() -> None:
    """A box more with nothing true in it changes no result; with something true it never lowers one."""
    for sign in ("", "long", "often"):
        alone = end_of(PLAN, reader("adult", present=sign)).level
        boxed = end_of(PLAN, reader("adult", "medicine", present=sign)).level
        more = end_of(PLAN, reader("adult", "medicine", present=f"{sign} often-thinned")).level
        assert alone == boxed
        assert PLAN.levels.index(more) <= PLAN.levels.index(boxed)


def test_counting_knows_each_combination() -> None:
    """By hand: of an adult without a box, three lines and two times."""
    # heavy: no, yes, unsure; long and often: no, yes; time: two.
    ((_, found),) = reached(PLAN, FACTS, [frozenset(["adult"])])
    assert 3 * 2 * 2 * 2 == sum(found.values())
    assert 8 == found["emergency"]
    assert 1 == found["self-care"]
    assert sum(combinations_of(PLAN, FACTS).values()) > 24


def test_faults_put_in_on_purpose_are_found() -> None:
    """Every kind of fault is made, and at least 99 in 100 are found."""
    score = mutants.score("nosebleed", load(EXAMPLE))
    made = sum(score.made.values())
    kinds = {kind.__name__ for kind in (*mutants.IN_THE_PLAN, *mutants.IN_THE_FLOW, *mutants.IN_THE_CRITERIA)}

    assert kinds == set(score.made)
    assert len(score.missed) <= made / 100, score.missed


def test_a_proof_is_kept_until_the_plan_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is proved; another plan is."""
    first = proof.proved(PLAN, FACTS, tmp_path)
    asked: list[Plan] = []
    honest = proof.prove
    monkeypatch.setattr(proof, "prove", lambda plan, facts: asked.append(plan) or honest(plan, facts))

    assert first == proof.proved(PLAN, FACTS, tmp_path)
    assert not asked
    proof.proved(changed("last", lines=()), FACTS, tmp_path)
    assert asked
