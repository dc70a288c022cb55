"""What changed between two versions of a check, and what somebody must answer for."""

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
from flows import ASKED_LATER, CRITERIA, FLOW, LOWER, LOWER_DOUBT, STORIES, SYMPTOM, Changed, signed, small

LEVELS = "data/urgency.yml"
SIGNED = signed("    by: A. Person\n    on: 2026-11-20\n")
LOWERED = [LOWER, LOWER_DOUBT, ASKED_LATER]
NEEDS_ENTRY = (
    "data/flows/nosebleed.yml:1: lowered must have a new entry for 'often-thinned', which leads to "
    "'appointment' and led to 'same-day'\n"
    "  Tip: Undo the change, or add an entry: who agreed, or 'signed: false' and a reason."
)


def compared(folder: Path, *after: Changed, before: tuple[Changed, ...] = ()) -> tuple[list[Changes], str]:
    """What changed in the check of the example, and what a contributor must mend."""
    found, problems = changes.compare(
        load(small(folder / "before", *before)), load(small(folder / "after", *after))
    )
    return found, report(problems)


def test_nothing_changed(tmp_path: Path) -> None:
    """Other words, another order of signs, and a date change no result."""
    found, problems = compared(
        tmp_path,
        (FLOW, "title: Check your signs", "title: What do you notice?"),
        (SYMPTOM, "[heavy, bead, long,", "[long, bead, heavy,"),
        ("data/symptoms/nosebleed.yml", "checked: 2026-11-01", "checked: 2026-11-02"),
    )

    assert ([Changes("nosebleed", raised=(), lowered=(), unsigned=())], "") == (found, problems)


def test_a_lowering_must_be_answered_for(tmp_path: Path) -> None:
    """A sign that leads lower is named with both levels and for whom.

    That nobody answers for it is a problem.
    """
    found, problems = compared(tmp_path, *LOWERED)

    assert (
        Change("often-thinned", "true", "medicine", "same-day", "appointment"),
        Change("often-thinned", "not sure", "medicine", "same-day", "appointment"),
    ) == found[0].lowered
    assert problems == NEEDS_ENTRY


def test_a_lowering_can_be_signed(tmp_path: Path) -> None:
    """With an entry of its own it is no problem, but it is still told."""
    found, problems = compared(tmp_path, *LOWERED, SIGNED)

    assert [change.sign for change in found[0].lowered] == ["often-thinned", "often-thinned"]
    assert (found[0].unsigned, problems) == ((), "")


def test_a_lowering_without_a_clinician_is_counted(tmp_path: Path) -> None:
    """It has a reason, and stays visible as unsigned."""
    found, problems = compared(
        tmp_path, *LOWERED, signed("    signed: false\n    reason: The study says so.\n")
    )

    assert (found[0].unsigned, problems) == (("often-thinned",), "")


def test_an_old_entry_does_not_do(tmp_path: Path) -> None:
    """What stood there before was for another change."""
    _, problems = compared(tmp_path, *LOWERED, SIGNED, before=(SIGNED,))

    assert NEEDS_ENTRY.partition(":1:")[2] in problems


def test_a_raise_needs_nobody(tmp_path: Path) -> None:
    """What leads higher is told."""
    found, problems = compared(tmp_path, before=(*LOWERED,))

    assert (
        Change("often-thinned", "true", "medicine", "appointment", "same-day"),
        Change("often-thinned", "not sure", "medicine", "appointment", "same-day"),
    ) == found[0].raised
    assert (found[0].lowered, problems) == ((), "")


def test_a_sign_that_is_asked_of_fewer_is_lowered(tmp_path: Path) -> None:
    """A sign that everyone was asked, and now only some, leads lower for all others."""
    found, problems = compared(
        tmp_path,
        (
            CRITERIA,
            "sign: Your nose bleeds every week.\n  context: [everyone]",
            "sign: Your nose bleeds every week.\n  context: [child]",
        ),
        (FLOW, "    ask: Anything else?\n    signs: [often]\n", "    ask: Anything else?\n    also: [who]\n"),
        (STORIES, "present: [heavy, often]", "present: [heavy]"),
        (STORIES, "present: [often-thinned, often]", "present: [often-thinned]"),
    )

    assert Change("often", "true", "", "appointment", "self-care") in found[0].lowered
    assert "lowered must have a new entry for 'often'" in problems


def test_a_sign_that_is_no_longer_asked_is_lowered(tmp_path: Path) -> None:
    """Taking a sign off the list needs an entry like any lowering."""
    found, problems = compared(
        tmp_path,
        (SYMPTOM, "often-thinned, often, lasting, once]", "often-thinned, lasting, once]"),
        (SYMPTOM, "shown: [heavy, long, often, once]", "shown: [heavy, long, once]"),
        (FLOW, "    signs: [often]\n", ""),
    )

    assert found[0].lowered == (
        Change("often", "true", "", "appointment", "self-care"),
        Change("often", "not sure", "", "appointment", "self-care"),
    )
    assert "lowered must have a new entry for 'often', which leads to 'self-care'" in problems


def test_a_check_is_not_lost(tmp_path: Path) -> None:
    """A check may go only with its symptom."""
    old, new = load(small(tmp_path / "before")), load(small(tmp_path / "after"))
    without = new.with_things(flows={})
    gone = without.with_things(symptoms={})

    assert report(changes.compare(old, without)[1]) == (
        "data/flows/nosebleed.yml:1: the check of 'nosebleed' must still be there, because the symptom is\n"
        "  Tip: Restore the file."
    )
    assert changes.compare(old, gone) == ([], [])


def test_only_proved_checks_are_compared(tmp_path: Path) -> None:
    """What is not proved could end anywhere, so it is said which version is not."""
    _, problems = compared(tmp_path, (FLOW, "    signs: [often]\n", ""))

    assert "the check of 'nosebleed' as it is must be proved before it can be compared" in problems


def test_an_older_form_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """A version that this program cannot read is not compared sign by sign."""
    _, problems = compared(tmp_path, before=((CRITERIA, "- id: heavy\n  level:", "- id: heavy\n  urgency:"),))

    assert problems == (
        "data/criteria.yml:1: the version before is in an older form, so its checks cannot be compared\n"
        "  Tip: Compare with a version that 'careguide check' of today can read."
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


# ------------------------------------------------------------------------------------------------------------
# The command


def test_a_guide_that_had_no_ladder_took_nothing(tmp_path: Path) -> None:
    """It is compared all the same: what somebody starts with has no levels yet."""
    before, after = small(tmp_path / "before"), small(tmp_path / "after")
    for path in (LEVELS, FLOW, STORIES):
        (before / path).unlink()

    assert ([], []) == changes.compare(load(before), load(after), proved=False)


def test_the_command_compares_folders(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It tells the counts and the signs, then what must be mended; its exit code is 1 if anything must."""
    small(tmp_path / "before")
    root = small(tmp_path / "after", *LOWERED)

    assert main(["--root", str(root), "flow", "diff", str(tmp_path / "before")]) == 1
    assert capsys.readouterr().out == (
        "nosebleed: 0 answers lead higher, 2 lower (0 signs without a clinician's agreement).\n"
        "  down: often-thinned, true for medicine: same-day → appointment\n"
        "  down: often-thinned, not sure for medicine: same-day → appointment\n"
        f"{NEEDS_ENTRY}\n"
    )
    assert main(["--root", str(root), "flow", "diff", str(root), str(tmp_path / "after")]) == 0


def test_the_command_compares_git_revisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A revision stands for the project as it was; the second, if left out, for the project as it is."""
    root = small(tmp_path / "project")
    person = ["-c", "user.name=A. Person", "-c", "user.email=a@health.example"]
    for command in (["init", "--quiet"], ["add", "."], [*person, "commit", "--quiet", "--message", "First"]):
        subprocess.run(
            ["git", *command],
            cwd=root,
            check=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"},
        )
    flow = root / FLOW
    flow.write_text(
        flow.read_text(encoding="utf-8").replace("Check your signs", "What is it?"), encoding="utf-8"
    )

    assert main(["--root", str(root), "flow", "diff", "HEAD"]) == 0
    assert capsys.readouterr().out == (
        "nosebleed: 0 answers lead higher, 0 lower (0 signs without a clinician's agreement).\n"
    )
