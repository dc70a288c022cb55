"""What changed between two versions of a flow, and what must be signed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from careguide import report
from careguide.cli import main
from careguide.flow import changes
from careguide.flow.changes import Change, Changes
from careguide.source.problems import Problem
from conftest import load
from flows import CRITERIA, FLOW, LOWER, MOVED, SIGNED, STORIES, Changed, small


def compared(folder: Path, *after: Changed, before: tuple[Changed, ...] = ()) -> tuple[list[Changes], str]:
    """What changed in the small flow, and what a contributor must mend."""
    found, problems = changes.compare(
        load(small(folder / "before", *before)), load(small(folder / "after", *after))
    )
    return found, report(problems)


def test_nothing_changed(tmp_path: Path) -> None:
    """Other words, another order of signs, and a date change nothing for readers' results."""
    found, problems = compared(
        tmp_path,
        (FLOW, "ask: Or is this?", "ask: Or is it this?"),
        (FLOW, "[long, bead]", "[bead, long]"),
        (FLOW, "2026-11-01", "2026-11-02"),
    )

    assert ([Changes("nosebleed", up=0, down=0, same=found[0].same, raised=(), lowered=())], "") == (
        found,
        problems,
    )


def test_a_lowering_must_be_signed(tmp_path: Path) -> None:
    """A sign that leads lower than before is named with both levels; without a clinician's agreement that is a problem."""
    found, problems = compared(tmp_path, LOWER, *MOVED)

    assert (
        Change("long", "true", "", "same-day", "appointment"),
        Change("long", "not sure", "", "same-day", "appointment"),
    ) == found[0].lowered
    assert problems == (
        "data/flows/nosebleed.yml:1: lowered must have a new entry for 'long', which leads to 'appointment' and led to 'same-day'\n"
        "  Tip: Undo the change, or add an entry signed by the clinician who agreed to it."
    )


def test_a_lowering_can_be_signed(tmp_path: Path) -> None:
    """With an entry of its own it is no problem, but it is still told."""
    found, problems = compared(tmp_path, LOWER, *MOVED, SIGNED)

    assert tuple(change.sign for change in found[0].lowered) == ("long", "long")
    assert problems == ""


def test_an_old_signature_does_not_do(tmp_path: Path) -> None:
    """An entry that stood there before was for another change."""
    _, problems = compared(tmp_path, LOWER, *MOVED, SIGNED, before=(SIGNED,))

    assert "lowered must have a new entry for 'long'" in problems


def test_a_raise_is_told_and_needs_no_signature(tmp_path: Path) -> None:
    """A change upwards says for whom: the sign itself, and the one beside it, because 'not sure' counts as both."""
    child = "  - who: takes-medicine\n      to: same-day\n"
    raised = (CRITERIA, child, f"{child}    - who: child\n      to: same-day\n")
    found, problems = compared(
        tmp_path,
        raised,
        (STORIES, "present: [often], expect: appointment", "present: [often], expect: same-day"),
    )

    assert found[0].raised == (
        Change("dry", "not sure", "child", "appointment", "same-day"),
        Change("often", "true", "child", "appointment", "same-day"),
        Change("often", "not sure", "child", "appointment", "same-day"),
    )
    assert (found[0].lowered, problems) == ((), "")


def test_the_combinations_are_counted(tmp_path: Path) -> None:
    """Every sign is no, not sure or yes, for each group of people. Signs that both versions treat alike, such as the two gates, count as one."""
    found, _ = compared(tmp_path, LOWER, *MOVED)

    # Four signs for those who are no child, five for those who are.
    assert found[0].up + found[0].down + found[0].same == 2 * 3**4 + 2 * 3**5
    # It goes down where 'long' is yes or not sure, the gates and 'bead' are no, and the rest is anything.
    # On a medicine 'often' calls for help today: then it is no, 'dry' is not in doubt, and neither is 'long', which is asked beside it now.
    assert (found[0].up, found[0].down) == (0, 2 * (2 * 3 * 3) + 2 * (1 * 1 * 2))


def test_a_sign_that_is_no_longer_asked_is_lowered(tmp_path: Path) -> None:
    """Taking a sign off the list needs a signature like any lowering."""
    found, problems = compared(
        tmp_path,
        (FLOW, "signs: [often, dry]", "signs: [often]"),
        ("data/symptoms/nosebleed.yml", "often, dry, once", "often, once"),
    )

    assert found[0].lowered == (
        Change("dry", "true", "", "appointment", "self-care"),
        Change("dry", "not sure", "", "appointment", "self-care"),
        Change("dry", "not sure", "takes-medicine", "same-day", "self-care"),
    )
    assert (
        "lowered must have a new entry for 'dry', which leads to 'self-care' and led to 'appointment'"
        in problems
    )


def test_a_flow_is_not_lost(tmp_path: Path) -> None:
    """A flow may go only with its symptom."""
    old, new = load(small(tmp_path / "before")), load(small(tmp_path / "after"))
    without = new.with_things(flows={})
    gone = without.with_things(symptoms={})

    assert report(changes.compare(old, without)[1]) == (
        "data/flows/nosebleed.yml:1: the flow of 'nosebleed' must still be there, because the symptom is\n  Tip: Restore the file."
    )
    assert changes.compare(old, gone) == ([], [])


def test_only_proved_flows_are_compared(tmp_path: Path) -> None:
    """What is not proved could end anywhere, so it is said which version is not."""
    _, problems = compared(tmp_path, (FLOW, "signs: [often, dry]", "signs: [often]"))

    assert problems == (
        "data/flows/nosebleed.yml:1: the flow as it is must be proved before it can be compared\n"
        "  Tip: Run 'careguide check' on that version, and put right what it finds."
    )


def test_the_ladder_stays(tmp_path: Path) -> None:
    """Levels that have changed cannot be told higher from lower."""
    old, new = load(small(tmp_path / "before")), load(small(tmp_path / "after"))
    turned = new.with_things(urgency=dict(reversed(new.urgency.items())))

    assert changes.compare(old, turned) == (
        [],
        [
            Problem(
                "data/urgency.yml",
                1,
                "the ladder must have the same levels in both versions",
                "Change the ladder by itself, in a version of its own.",
            )
        ],
    )


# ---------------------------------------------------------------------------------------------------------------------
# The command


def test_the_command_compares_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It tells the counts and the signs, then what must be mended; its exit code is 1 if anything must."""
    small(tmp_path / "before")
    root = small(tmp_path / "after", LOWER, *MOVED)

    assert main(["--root", str(root), "flow", "diff", str(tmp_path / "before")]) == 1
    assert capsys.readouterr().out == (
        "nosebleed: of 648 combinations of answers 0 went up, 40 went down and 608 are unchanged.\n"
        "  down: long, true: same-day → appointment\n"
        "  down: long, not sure: same-day → appointment\n"
        "data/flows/nosebleed.yml:1: lowered must have a new entry for 'long', which leads to 'appointment' and led to 'same-day'\n"
        "  Tip: Undo the change, or add an entry signed by the clinician who agreed to it.\n"
    )
    assert main(["--root", str(root), "flow", "diff", str(root), str(tmp_path / "after")]) == 0


def test_the_command_compares_git_revisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision of the project stands for its data as it was; the second may be left out, and is then the project as it is."""
    root = small(tmp_path / "project")
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        [
            "-c",
            "user.name=A. Person",
            "-c",
            "user.email=a@health.example",
            "commit",
            "--quiet",
            "--message",
            "First",
        ],
    ):
        subprocess.run(
            ["git", *command],
            cwd=root,
            check=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
    (root / FLOW).write_text(
        (root / FLOW).read_text(encoding="utf-8").replace("[often, dry]", "[dry, often]"), encoding="utf-8"
    )

    assert main(["--root", str(root), "flow", "diff", "HEAD"]) == 0
    assert (
        capsys.readouterr().out
        == "nosebleed: of 648 combinations of answers 0 went up, 0 went down and 648 are unchanged.\n"
    )
