"""Stories of readers, replayed on their check."""

from __future__ import annotations

from pathlib import Path

import pytest
from careguide import report
from careguide.flow import rules, vignettes
from careguide.flow.vignettes import Tally
from conftest import EXAMPLE, load
from flows import FLOW, STORIES, Changed, plan_of, small


def problems(folder: Path, *changes: Changed) -> str:
    """All that is wrong with the check of the example after some changes, as a contributor reads it."""
    return report(rules.check(load(small(folder / "small", *changes))))


def test_stories_are_counted_by_how_they_end(tmp_path: Path) -> None:
    """Where they expect, where they accept, above that, and below."""
    root = small(
        tmp_path / "small",
        (STORIES, "present: [long]\n    expect: same-day", "present: [long]\n    expect: appointment"),
        (
            STORIES,
            "time: long-time\n    expect: appointment",
            "time: long-time\n    expect: self-care\n    acceptable: [appointment]",
        ),
        (STORIES, "unsure: [heavy]\n    expect: same-day", "unsure: [heavy]\n    expect: emergency"),
    )
    stories, plan = load(root).vignettes["nosebleed"].stories, plan_of(root)

    assert vignettes.tally(plan, vignettes.replay(plan, stories)) == Tally(
        exact=5, acceptable=1, over=1, under=1
    )


CASES: dict[str, tuple[list[Changed], str]] = {
    "two stories with one id": (
        [(STORIES, "id: v2", "id: v1")],
        "data/vignettes/nosebleed.yml:7: stories[2].id must be new, not 'v1'\n  Tip: Choose another id.",
    ),
    "a sign that is not the symptom's": (
        [(STORIES, "present: [heavy, often]", "present: [heavy, oftn]")],
        (
            "data/vignettes/nosebleed.yml:4: stories[1].present[2] must be a sign of the symptom, not "
            "'oftn'\n"
            "  Tip: Did you mean 'often'?"
        ),
    ),
    "a sign that cannot be the reader's": (
        [(STORIES, "contexts: [child]\n    present: [bead]", "present: [bead]")],
        (
            "data/vignettes/nosebleed.yml:35: stories[7].present[1] must concern the reader, but 'bead' "
            "is for 'child'\n"
            "  Tip: Was the sign narrowed? The story must tell of a context."
        ),
    ),
    "a time that there is not": (
        [(STORIES, "time: long-time", "time: longtime")],
        (
            "data/vignettes/nosebleed.yml:41: stories[8].time must be a time of the flow, not 'longtime'\n"
            "  Tip: Did you mean 'long-time'?"
        ),
    ),
    "a story that ends too low": (
        [(STORIES, "unsure: [heavy]\n    expect: same-day", "unsure: [heavy]\n    expect: emergency")],
        (
            "data/vignettes/nosebleed.yml:31: stories[6].expect must be reached, but 'v6' expects "
            "'emergency' and ends at 'same-day'\n"
            "  Tip: A sign is missing, or its level is too low. Do not change the story to fit."
        ),
    ),
    "a story that ends too high": (
        [(STORIES, "present: [long]\n    expect: same-day", "present: [long]\n    expect: appointment")],
        (
            "data/vignettes/nosebleed.yml:10: stories[2].expect must be where 'v2' ends, but it expects "
            "'appointment' and ends at 'same-day'\n"
            "  Tip: Is a sign's level too high, or what the story expects too low? "
            "If neither, write 'ends: same-day': it is counted."
        ),
    ),
    "too many stories that end too high": (
        [
            (
                STORIES,
                "present: [long]\n    expect: same-day",
                "present: [long]\n    expect: appointment\n    ends: same-day",
            )
        ],
        (
            "data/vignettes/nosebleed.yml:1: stories must seldom end higher than they expect, at most 5% "
            "of them, but 1 of 8 do\n"
            "  Tip: Is a sign's level too high, or what the story expects too low?"
        ),
    ),
    "a story that is no longer too alarming": (
        [
            (
                STORIES,
                "present: [long]\n    expect: same-day",
                "present: [long]\n    expect: same-day\n    ends: emergency",
            )
        ],
        (
            "data/vignettes/nosebleed.yml:11: stories[2].ends must not be given, because 'v2' ends at "
            "'same-day'\n"
            "  Tip: Delete the line: it is no longer too alarming."
        ),
    ),
    "a sign without a story": (
        [(STORIES, "present: [long]\n", "unsure: [heavy]\n")],
        (
            "data/vignettes/nosebleed.yml:1: stories must have one in which 'long' decides\n"
            "  Tip: Add a story, written from the sources."
        ),
    ),
    "a level without a story": (
        [
            (
                STORIES,
                "    expect: self-care\n",
                "    present: [often]\n    expect: appointment\n",
            )
        ],
        (
            "data/vignettes/nosebleed.yml:1: stories must have one that expects 'self-care'\n"
            "  Tip: Add a story, written from the sources."
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_wrong_stories_are_told_what_to_mend(tmp_path: Path, case: str) -> None:
    """Each mistake has its line, the rule it breaks, and a tip."""
    changes, message = CASES[case]

    assert message == problems(tmp_path, *changes)


def test_a_box_that_is_forgotten_is_counted(tmp_path: Path) -> None:
    """For each context, what is lost without it.

    That is the signs that it hides, the stories that end lower, and those that the last look catches.
    """
    root = small(tmp_path / "small")
    found = {
        each.context: each
        for each in vignettes.forgotten(plan_of(root), load(root).vignettes["nosebleed"].stories)
    }

    assert found["medicine"].hidden == (("same-day", 1),)
    assert found["medicine"].dropped == (("v4", "same-day", "appointment"),)
    assert found["child"].hidden == (("emergency", 1),)
    assert found["child"].dropped == (("v7", "emergency", "self-care"),)
    assert found["child"].caught == 1


def test_a_last_look_that_asks_nobody_catches_nothing(tmp_path: Path) -> None:
    """What is not offered once more stays forgotten, and that is a problem."""
    assert "again must offer 'child': signs are hidden if it is forgotten" in problems(
        tmp_path, (FLOW, "contexts: [medicine, child]", "contexts: [medicine]")
    )


def test_stories_that_differ_in_words_alone_are_told_once() -> None:
    """A story of another symptom is told of this one too; a second with its facts would show nothing new."""
    guide = load(EXAMPLE)
    told = vignettes.others("blocked-nose", guide)
    twice = {**guide.vignettes, "sneezing": guide.vignettes["nosebleed"]}

    assert told
    assert told == vignettes.others("blocked-nose", guide.with_things(vignettes=twice))
