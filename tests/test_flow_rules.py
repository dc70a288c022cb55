"""What a contributor is told about a flow that would not do."""

from __future__ import annotations

from pathlib import Path

import careguide
import pytest
from careguide import report
from careguide.flow import rules
from conftest import EXAMPLE, TODAY, load
from flows import CRITERIA, FLOW, STORIES, Changed, small

ROOT = Path(__file__).parent.parent
SYMPTOM = "data/symptoms/nosebleed.yml"


def told(folder: Path, *changes: Changed) -> str:
    """All that is wrong with the flow of the small guide, as a contributor reads it."""
    return report(rules.check(load(small(folder / "small", *changes))))


def test_the_small_flow_is_right(tmp_path: Path) -> None:
    """What these tests change is right to begin with."""
    assert told(tmp_path) == ""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [(FLOW, "    people: [takes-medicine, child]\n", "")],
            "data/flows/nosebleed.yml:15: steps[3] must have people, because its kind is 'people'\n  Tip: Add 'people:' to the step.",
            id="a step without what it asks",
        ),
        pytest.param(
            [(FLOW, "    signs: [faint]\n", "    signs: [faint]\n    people: [child]\n")],
            "data/flows/nosebleed.yml:15: steps[2].people must not be given, because the step's kind is 'gate'\n"
            "  Tip: Delete it, or move it to a step of its own.",
            id="a step that asks two things",
        ),
        pytest.param(
            [(FLOW, "- id: more", "- id: now")],
            "data/flows/nosebleed.yml:10: steps[2].id must be new, not 'now'\n  Tip: Choose another name.",
            id="two steps with one id",
        ),
        pytest.param(
            [(FLOW, "- id: more", "- id: emergency")],
            "data/flows/nosebleed.yml:10: steps[2].id must be new, not 'emergency'\n  Tip: Choose another name.",
            id="a step with the id of a level",
        ),
        pytest.param(
            [
                (
                    FLOW,
                    "    kind: ticks\n    ask: Is any of this true too?",
                    "    kind: gate\n    ask: Is any of this true too?",
                ),
                (FLOW, "[takes-medicine, child]", "[child]"),
            ],
            "data/flows/nosebleed.yml:25: steps[5] must not be 'gate' after 'ticks'\n"
            "  Tip: First gates, then one step about people, then ticks.\n"
            "data/flows/nosebleed.yml:29: steps[5].signs[1] must be 'emergency' on a gate, but 'often' is 'appointment'\n"
            "  Tip: Move it to a step of ticks, or put its urgency back.\n"
            "data/flows/nosebleed.yml:29: steps[5].signs[1] must come after a question about 'takes-medicine', for whom 'often' is raised\n"
            "  Tip: Add the person to the step about people.\n"
            "data/flows/nosebleed.yml:29: steps[5].signs[2] must be 'emergency' on a gate, but 'dry' is 'appointment'\n"
            "  Tip: Move it to a step of ticks, or put its urgency back.",
            id="a gate after ticks",
        ),
        pytest.param(
            [
                (
                    FLOW,
                    "    kind: gate\n    ask: Is this happening now?",
                    "    kind: ticks\n    ask: Is this happening now?",
                )
            ],
            "data/flows/nosebleed.yml:5: steps[1] must be a gate, so that emergencies come first\n"
            "  Tip: Start with the emergency signs that concern everyone.\n"
            "data/flows/nosebleed.yml:9: steps[1].signs[1] must not lead to 'emergency' from ticks, but 'heavy' can\n"
            "  Tip: Ask it on a gate.\n"
            "data/flows/nosebleed.yml:10: steps[2] must not be 'gate' after 'ticks'\n"
            "  Tip: First gates, then one step about people, then ticks.",
            id="a flow that does not start with a gate",
        ),
        pytest.param(
            [(CRITERIA, "to: same-day", "to: emergency")],
            "data/flows/nosebleed.yml:29: steps[5].signs[1] must not lead to 'emergency' from ticks, but 'often' can\n  Tip: Ask it on a gate.",
            id="a raise that makes an emergency come late",
        ),
        pytest.param(
            [
                (FLOW, "signs: [long, bead]", "signs: [long, bead, dry]"),
                (FLOW, "signs: [often, dry]", "signs: [often]"),
            ],
            "data/flows/nosebleed.yml:24: steps[4].signs[3] must be 'same-day' like its step, but 'dry' is 'appointment'\n"
            "  Tip: Move it to a step of its own urgency.",
            id="two urgencies in one step",
        ),
        pytest.param(
            [
                (
                    FLOW,
                    "signs: [often, dry]",
                    "signs: [dry]\n  - id: last\n    kind: ticks\n    ask: And this?\n    why: It is the last.\n    signs: [often]",
                )
            ],
            "data/flows/nosebleed.yml:34: steps[6].signs[1] must not come after step 'soon', because 'often' can be 'same-day'\n"
            "  Tip: Move it to 'soon' or above.",
            id="a sign that can be more urgent than the step before it",
        ),
        pytest.param(
            [(FLOW, "signs: [often, dry]", "signs: [often]")],
            "data/flows/nosebleed.yml:4: steps must ask 'dry', because its symptom has it\n"
            "  Tip: Add it to a step of 'appointment', or take it off the symptom.",
            id="a sign that is not asked",
        ),
        pytest.param(
            [(SYMPTOM, "often, dry, once", "often, once")],
            "data/flows/nosebleed.yml:29: steps[5].signs[2] must be in the symptom's criteria, but 'dry' is not\n"
            "  Tip: Delete it, or add it to data/symptoms/nosebleed.yml.",
            id="a sign that the page does not have",
        ),
        pytest.param(
            [(FLOW, "signs: [often, dry]", "signs: [often, dry, dry]")],
            "data/flows/nosebleed.yml:29: steps[5].signs[3] must be asked once, but 'dry' is in step 'soon' too\n  Tip: Delete one of the two.",
            id="a sign that is asked twice",
        ),
        pytest.param(
            [(FLOW, "signs: [often, dry]", "signs: [often, dry, once]")],
            "data/flows/nosebleed.yml:29: steps[5].signs[3] must not be 'self-care', but 'once' is\n"
            "  Tip: Delete it: signs for home care are shown with the result.",
            id="a sign of home care",
        ),
        pytest.param(
            [(FLOW, "[takes-medicine, child]", "[takes-medicine, child, pregnant]")],
            "data/flows/nosebleed.yml:19: steps[3].people[3] must matter to a later sign, but 'pregnant' does not\n"
            "  Tip: Delete it: every question has its price.",
            id="a question about people that changes nothing",
        ),
        pytest.param(
            [(FLOW, "[takes-medicine, child]", "[child]")],
            "data/flows/nosebleed.yml:29: steps[5].signs[1] must come after a question about 'takes-medicine', for whom 'often' is raised\n"
            "  Tip: Add the person to the step about people.",
            id="a raise for someone who is not asked about",
        ),
        pytest.param(
            [(CRITERIA, "you feel weak or dizzy.\n", "you feel weak or dizzy.\n  who: child\n")],
            "data/flows/nosebleed.yml:9: steps[1].signs[1] must concern everyone, but 'heavy' is for 'child'\n  Tip: Move it to a later gate.",
            id="a first gate that is not for everyone",
        ),
        pytest.param(
            [(FLOW, "ask: Or is this?", "ask: Is there deterioration?")],
            "data/flows/nosebleed.yml:12: steps[2].ask must read at grade 6.0 or below, but reads at 13.1: 'Is there deterioration?'\n  Tip: Use shorter words.",
            id="a hard question",
        ),
        pytest.param(
            [(FLOW, "ask: Or is this?", "ask: Is it so, or is it so, or is it so, or is it so, or so?")],
            "data/flows/nosebleed.yml:12: steps[2].ask must have at most 15 words, but has 17: 'Is it so, or is it so, or is it so, or is it so, or so?'\n"
            "  Tip: Cut words, or say the rest in 'why'.",
            id="a long question",
        ),
        pytest.param(
            [(CRITERIA, "sign: You fainted.", "sign: Your consciousness deteriorated.")],
            "data/criteria.yml:35: sign must read at grade 6.0 or below, but reads at 21.0: 'Your consciousness deteriorated.'\n"
            "  Tip: Use shorter words, or more sentences.",
            id="a hard sign",
        ),
    ],
)
def test_a_wrong_flow_is_told_what_to_mend(tmp_path: Path, changes: list[Changed], message: str) -> None:
    """Each mistake has its line, the rule it breaks, and a tip. Its followers are not reported."""
    assert message == told(tmp_path, *changes)


def test_steps_hold_a_few_signs(tmp_path: Path) -> None:
    """Seven signs on a screen, four gates and ten steps are the most."""
    gates = "".join(
        f"  - id: gate-{number}\n    kind: gate\n    ask: Is this so?\n    why: It is.\n    signs: [heavy]\n"
        for number in range(9)
    )
    found = told(
        tmp_path,
        (FLOW, "  - id: more", f"{gates}  - id: more"),
        (FLOW, "signs: [often, dry]", f"signs: [often, dry{', dry' * 6}]"),
    )

    assert "data/flows/nosebleed.yml:4: steps must have at most 4 gates, but have 11\n" in found
    assert "data/flows/nosebleed.yml:4: steps must have at most 10 steps, but have 14\n" in found
    assert "data/flows/nosebleed.yml:74: steps[14].signs must have at most 7 signs, but has 8\n" in found


def test_a_flow_has_its_symptoms_name_and_vignettes(tmp_path: Path) -> None:
    """A flow that belongs to no symptom is named with the nearest; one without vignettes is not published."""
    root = small(tmp_path / "small")
    (root / FLOW).rename(root / "data/flows/nosebleeds.yml")
    (root / STORIES).unlink()

    assert report(rules.check(load(root))) == (
        "data/flows/nosebleeds.yml:1: the file's name must be a symptom's id, not 'nosebleeds'\n  Tip: Did you mean 'nosebleed'?"
    )
    (root / "data/flows/nosebleeds.yml").rename(root / FLOW)
    assert report(rules.check(load(root))) == (
        "data/flows/nosebleed.yml:1: a flow must have vignettes\n  Tip: Let someone who has not seen it write data/vignettes/nosebleed.yml."
    )


@pytest.mark.parametrize(
    "change",
    [
        (CRITERIA, "id: dry", "id: drier"),
        (CRITERIA, "to: same-day", "to: sooner"),
        ("data/urgency.yml", "id: same-day", "id: same"),
    ],
)
def test_what_is_missing_is_said_elsewhere(tmp_path: Path, change: Changed) -> None:
    """A sign or a level that does not exist is a problem where it is named; the flow adds nothing to that."""
    assert told(tmp_path, change) == ""


@pytest.mark.parametrize("root", [ROOT, EXAMPLE])
def test_the_flows_in_this_repository_are_right(root: Path) -> None:
    """Shape, words, proof and vignettes of the real guide and of the example."""
    assert rules.check(load(root)) == []


@pytest.mark.parametrize("file", [CRITERIA, FLOW, STORIES, SYMPTOM, "data/urgency.yml"])
@pytest.mark.parametrize("text", [None, "", "a: 1\n", "- a\n"])
def test_a_lost_file_does_not_stop_the_check(tmp_path: Path, file: str, text: str | None) -> None:
    """Whatever is missing or unreadable, the rest is checked in the same run."""
    root = small(tmp_path / "small")
    if text is None:
        (root / file).unlink()
    else:
        (root / file).write_text(text, encoding="utf-8")

    careguide.build(root, today=TODAY)
