"""What is shown about a flow for every combination of answers, and that faults in it do not pass."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from careguide.flow import mutants, proof, safety_figures
from careguide.flow.paths import Facts, collapse, facts_of, paths
from careguide.flow.plan import NO, UNSURE, YES, Answer, Plan, Screen, follow, ids, meant, plan, shown
from careguide.flow.proof import Proof
from careguide.guide.guide import Guide
from conftest import load
from flows import plan_of, small

ROOT = Path(__file__).parent.parent
FLOWS = sorted(file.stem for file in (ROOT / "data/flows").glob("*.yml"))


@pytest.fixture(scope="module")
def real() -> Guide:
    """The real guide."""
    return load(ROOT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small guide."""
    return small(tmp_path / "small")


def facts(root: Path) -> Facts:
    """What the small flow is held against."""
    return facts_of("nosebleed", load(root))


def changed(root: Path, **screens: dict[str, Any]) -> Plan:
    """The small flow with some of its screens changed, by id."""
    sound = plan_of(root)
    return replace(
        sound, screens=tuple(replace(screen, **screens.get(screen.id, {})) for screen in sound.screens)
    )


def test_every_combination_is_covered(root: Path) -> None:
    """All 945 ways to answer the small flow, spelt out one by one, end where the proof says: so many at each level."""
    sound = plan_of(root)
    found = proof.prove(sound, facts(root))
    ends = Counter(follow(sound, answers).level for answers in every_combination(sound))

    assert (
        Proof(
            questions=5,
            combinations=945,
            runs=47,
            reached={"emergency": 525, "same-day": 404, "appointment": 11, "self-care": 5},
            violations=(),
        )
        == found
    )
    assert ends == found.reached


def every_combination(plan: Plan) -> Iterator[Mapping[str, Answer]]:
    """All answers to all screens, those that come after the result too; but no tick at a sign that is not shown."""
    for answers in product(*map(every_answer, plan.screens)):
        said = {screen.id: answer for screen, answer in zip(plan.screens, answers, strict=True)}
        if all(
            screen.kind != "ticks"
            or said[screen.id] == UNSURE
            or said[screen.id] <= {*ids(shown(screen, meant(plan, said)[1]))}
            for screen in plan.screens
        ):
            yield said


def every_answer(screen: Screen) -> list[Answer]:
    """All answers to a screen."""
    if screen.kind == "gate":
        return [NO, UNSURE, YES]
    choices = screen.people or ids(screen.signs)
    return [
        UNSURE,
        *(frozenset(some) for count in range(len(choices) + 1) for some in combinations(choices, count)),
    ]


def test_signs_that_cannot_differ_are_taken_together(root: Path, real: Guide) -> None:
    """With every sign apart, the same combinations end at the same levels: nothing is lost, but much time."""
    sound = plan_of(root)
    apart = Counter(end.result.level for end in paths(sound))
    together = Counter(end.result.level for end in paths(collapse(sound, facts(root))[0]))
    neck = plan(real.flows["neck-twitching"], real)

    assert apart.keys() == together.keys()
    assert 70 > sum(apart.values()) >= sum(together.values()) == 47
    assert sum(len(screen.signs) for screen in neck.screens) == 63
    assert (
        sum(len(screen.signs) for screen in collapse(neck, facts_of("neck-twitching", real))[0].screens) < 30
    )


@pytest.mark.parametrize(
    ("screens", "messages"),
    [
        pytest.param(
            {"soon": {"none": "now"}},
            ["total: none must lead to a later step or to a level, not to 'now'"],
            id="a circle",
        ),
        pytest.param(
            {"today": {"none": ""}},
            ["total: none must lead to a later step or to a level, not to ''"],
            id="a dead end",
        ),
        pytest.param(
            {"now": {"yes": "doctor"}},
            ["total: yes must lead to a later step or to a level, not to 'doctor'"],
            id="a level that is none",
        ),
        pytest.param(
            {"more": {"id": "now"}},
            ["total: a step's id must be its own, but 'now' is used twice"],
            id="an id used twice",
        ),
        pytest.param(
            {"now": {"none": "you"}},
            [
                "every_step_reached: some answers must lead to 'more', but none do",
                "floor: 'faint' must lead to 'emergency', but can end at 'self-care' (no to all)",
            ],
            id="a gate that is passed over",
        ),
        pytest.param(
            {"more": {"none": "today"}},
            [
                "every_step_reached: some answers must lead to 'you', but none do",
                "floor: 'often' must lead to 'same-day', but can end at 'appointment' (soon: often)",
            ],
            id="people who are not asked about",
        ),
        pytest.param(
            {"now": {"yes": "same-day"}},
            ["floor: 'heavy' must lead to 'emergency', but can end at 'same-day' (now: yes)"],
            id="a yes that leads too low",
        ),
        pytest.param(
            {"now": {"doubt": "same-day"}},
            ["floor: 'faint' must lead to 'emergency', but can end at 'same-day' (now: unsure)"],
            id="not sure that leaves early",
        ),
        pytest.param(
            {"more": {"doubt": ""}},
            ["floor: 'heavy' must lead to 'same-day', but can end at 'self-care' (now: unsure)"],
            id="a doubt that is forgotten",
        ),
        pytest.param(
            {"soon": {"unsure": ""}},
            ["floor: 'dry' must lead to 'appointment', but can end at 'self-care' (soon: unsure)"],
            id="not sure that counts as no",
        ),
        pytest.param(
            {"you": {"unsure": ""}},
            ["floor: 'bead' must lead to 'same-day', but can end at 'self-care' (you: unsure)"],
            id="not sure that counts as nobody",
        ),
        pytest.param(
            {"soon": {"none": "appointment"}},
            ["ceiling: answers must lead to 'self-care', but end at 'appointment' (no to all)"],
            id="care for nothing",
        ),
        pytest.param(
            {"more": {"yes": "appointment"}},
            [
                "monotone_in_certainty: saying more must not lead below 'same-day' (more: unsure), but these answers end at 'appointment' (more: yes)"
            ],
            id="yes that leads below not sure",
        ),
    ],
)
def test_what_does_not_hold_is_told_with_answers_that_show_it(
    root: Path, screens: dict[str, dict[str, Any]], messages: list[str]
) -> None:
    """Each property that fails is named once for each step, with the fewest answers that show it."""
    found = proof.prove(changed(root, **screens), facts(root)).violations

    assert set(messages) <= {f"{each.property}: {each.message}" for each in found}
    assert len({(each.property, each.screen) for each in found}) == len(found)


def test_every_property_has_a_name_and_a_tip() -> None:
    """A property is called as the function that says it, so that hazards can name it as their control."""
    named = set(
        re.findall(r'(?:Violation|_lowered)\(\s*"(\w+)"', Path(proof.__file__).read_text(encoding="utf-8"))
    )

    assert named == set(proof.TIPS)
    assert all(callable(getattr(proof, name)) for name in proof.TIPS)


def test_a_plan_read_from_a_page_can_be_anything(root: Path) -> None:
    """A page whose steps are lost, whose ladder is turned, or that asks about something else is told so, and nothing is proved of it."""
    sound = plan_of(root)
    stranger = tuple(replace(sign, id="stranger") for sign in sound.screens[0].signs)
    turned, empty = replace(sound, levels=sound.levels[::-1]), replace(sound, screens=())

    for faulty in (
        turned,
        empty,
        changed(root, now={"signs": ()}),
        changed(root, you={"people": ()}),
        changed(root, now={"signs": stranger}),
    ):
        found = proof.prove(faulty, facts(root))
        assert {each.property for each in found.violations} == {"total"}
        assert (found.combinations, found.runs) == (0, 0)


def test_a_sign_is_hidden_only_from_those_it_does_not_concern(root: Path) -> None:
    """A sign for everyone that waits for a child is named, and so is what it would do to the others."""
    sound = plan_of(root)
    signs = tuple(replace(sign, who="child") for sign in sound.screens[3].signs)
    found = {
        each.property: each.message
        for each in proof.prove(changed(root, today={"signs": signs}), facts(root)).violations
    }

    assert found["filters_hide_only_their_own"] == "'long' must not wait for 'child': it concerns 'everyone'"
    assert found["floor"] == "'long' must lead to 'same-day', but can end at 'self-care' (no to all)"


def test_a_sign_that_is_not_asked_is_one_the_reader_may_have(root: Path) -> None:
    """Leaving a sign out breaks the floor too, not only the list."""
    sound = plan_of(root)
    found = {
        each.property: each.message
        for each in proof.prove(
            changed(root, soon={"signs": sound.screens[4].signs[:1]}), facts(root)
        ).violations
    }

    assert found["every_sign_asked_once"] == "'dry' must be asked once, but is asked 0 times"
    assert found["floor"] == "'dry' must lead to 'appointment', but can end at 'self-care' (no to all)"


def test_a_tick_never_leads_lower(root: Path) -> None:
    """A screen on which a tick leads lower than none is found out, even if none leads too high."""
    low = tuple(replace(sign, level="self-care", raises=()) for sign in plan_of(root).screens[4].signs)
    found = {
        each.property: each.message
        for each in proof.prove(
            changed(root, soon={"none": "appointment", "signs": low}), facts(root)
        ).violations
    }

    assert (
        found["monotone_in_signs"]
        == "saying more must not lead below 'appointment' (no to all), but these answers end at 'self-care' (soon: dry)"
    )


def test_both_proofs_must_agree(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If running the answers and counting them differ while all else holds, the checks themselves are wrong, and that is said."""
    monkeypatch.setattr(proof, "ways", lambda *_: 7)
    found = proof.prove(plan_of(root), facts(root)).violations

    assert {"both_proofs_agree"} == {each.property for each in found}
    assert "both proofs must agree, but 525 combinations end at 'emergency' and counting finds 0" in [
        each.message for each in found
    ]


@pytest.mark.parametrize("id", FLOWS)
def test_the_real_flows_are_proved(real: Guide, id: str) -> None:
    """Every property holds for every combination, in at most 10 questions, and in less than a second of work."""
    start = time.process_time()
    found = proof.prove(plan(real.flows[id], real), facts_of(id, real))

    assert found.violations == ()
    assert found.questions <= 10
    assert all(found.reached.values())
    assert time.process_time() - start < 1


# ---------------------------------------------------------------------------------------------------------------------
# Faults put in on purpose


@pytest.mark.parametrize("id", FLOWS)
def test_faults_are_found(real: Guide, id: str) -> None:
    """Of at least 200 faults of at least 12 kinds in each real flow, at least 99 in 100 are found."""
    found = mutants.score(id, real)
    made = sum(found.made.values())

    assert len(found.made) >= 12
    assert made >= 200
    assert len(found.missed) <= made / 100, "\n".join(found.missed)


def test_faults_in_a_plan_are_found_by_the_proof_alone(real: Guide) -> None:
    """Without the rules of shape and without vignettes, the proof finds every fault in what the answers do."""
    sound = plan(real.flows["neck-twitching"], real)
    held = facts_of("neck-twitching", real)
    faulty = [(kind.__name__, where, plan) for kind in mutants.IN_THE_PLAN for where, plan in kind(sound)]

    assert len(faulty) >= 200
    assert [
        (kind, where) for kind, where, plan in faulty if next(proof.violations(plan, held, []), None) is None
    ] == []


def test_faults_are_made_the_same_each_time(root: Path) -> None:
    """The same flow has the same mutants, each different from the flow; and the flow itself has none of the complaints."""
    guide = load(root)
    first, second = (list(mutants.mutants("nosebleed", guide)) for _ in range(2))
    sound = mutants.Mutant("none", "", plan_of(root), guide)

    assert [(each.kind, each.where, each.plan) for each in first] == [
        (each.kind, each.where, each.plan) for each in second
    ]
    assert len({(each.kind, each.where) for each in first}) == len(first)
    assert list(mutants.complaints(sound)) == []


# ---------------------------------------------------------------------------------------------------------------------
# The figures that are published


def test_figures_are_kept_until_something_changes(root: Path, tmp_path: Path) -> None:
    """Mutants are made again only when the flow, its signs or its stories have changed; the figures are the same either way."""
    guide, cache = load(root), tmp_path / "cache"
    fresh, first = (
        safety_figures.figures("nosebleed", guide),
        safety_figures.figures("nosebleed", guide, cache),
    )
    kept = cache / "tried-nosebleed.json"
    kept.write_text(
        kept.read_text(encoding="utf-8").replace('"missed": []', '"missed": ["kept"]'), encoding="utf-8"
    )
    other = load(
        small(tmp_path / "other", ("data/flows/nosebleed.yml", "signs: [long, bead]", "signs: [bead, long]"))
    )
    reworded = load(
        small(tmp_path / "reworded", ("data/flows/nosebleed.yml", "Is this happening now?", "Is it so now?"))
    )

    assert fresh == first
    assert safety_figures.figures("nosebleed", guide, cache).mutants.missed == ("kept",)
    assert safety_figures.figures("nosebleed", reworded, cache).mutants.missed == ("kept",)
    assert safety_figures.figures("nosebleed", other, cache).mutants.missed == ()
    assert first.stories == {"emergency": 2, "same-day": 4, "appointment": 2, "self-care": 1}
