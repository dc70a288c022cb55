"""Stories of readers, replayed on their flow."""

from __future__ import annotations

from pathlib import Path

import pytest
from careguide import report
from careguide.flow import rules, vignettes
from careguide.flow.plan import plan
from careguide.flow.vignettes import Tally
from conftest import load
from flows import CRITERIA, STORIES, Changed, plan_of, sign, small

ROOT = Path(__file__).parent.parent
FLOWS = sorted(file.stem for file in (ROOT / "data/flows").glob("*.yml"))


def test_stories_are_counted_by_how_they_end(tmp_path: Path) -> None:
    """Where they expect, higher (too careful), or lower (unsafe)."""
    root = small(
        tmp_path / "small",
        (STORIES, "present: [dry, once], expect: appointment", "present: [dry, once], expect: self-care"),
    )
    stories, plan = load(root).vignettes["nosebleed"].stories, plan_of(root)

    assert Tally(exact=8, over=1, under=0) == vignettes.tally(plan, vignettes.replayed(plan, stories))
    assert vignettes.replay(plan, stories[5]).level == "same-day"
    assert vignettes.replay(plan, stories[5]).because == ("often",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param(
            [(STORIES, "{id: v2,", "{id: v1,")],
            "data/vignettes/nosebleed.yml:3: stories[2].id must be new, not 'v1'\n  Tip: Choose another id.",
            id="two stories with one id",
        ),
        pytest.param(
            [
                (STORIES, "present: [dry, once]", "present: [dry, migraine]"),
                (CRITERIA, "- id: heavy", f"{sign('migraine', 'Your head hurts.', 'same-day')}- id: heavy"),
            ],
            "data/vignettes/nosebleed.yml:8: stories[7].present[2] must be a sign of the symptom, not 'migraine'\n"
            "  Tip: Add it to the symptom, or take it out of the story.",
            id="a sign that is not the symptom's",
        ),
        pytest.param(
            [(STORIES, "people: [child], present: [bead]", "present: [bead]")],
            "data/vignettes/nosebleed.yml:5: stories[4].present[1] must concern the reader, but 'bead' is for 'child'\n  Tip: Add the person to the story's people.",
            id="a sign that cannot be the reader's",
        ),
        pytest.param(
            [(CRITERIA, "to: same-day", "to: appointment")],
            "data/vignettes/nosebleed.yml:7: stories[6].expect must be reached, but 'v6' expects 'same-day' and ends at 'appointment'\n"
            "  Tip: A sign is missing, or its urgency is too low. Do not change the story to fit.",
            id="a story that ends too low",
        ),
        pytest.param(
            [(STORIES, "present: [long], expect: same-day", "present: [long], expect: appointment")],
            "data/vignettes/nosebleed.yml:1: stories must seldom end higher than they expect, at most 10% of them, but 1 of 9 do\n"
            "  Tip: Is a sign's urgency too high, or what the story expects too low?",
            id="too many stories that end higher",
        ),
        pytest.param(
            [(STORIES, "present: [faint, often]", "present: [heavy, often]")],
            "data/vignettes/nosebleed.yml:1: stories must have one in which 'faint' is present\n  Tip: Add a story, written from the sources.",
            id="a sign without a story",
        ),
        pytest.param(
            [
                (
                    STORIES,
                    "  - {id: v8, story: A man bled once., present: [once], expect: self-care, sources: [leaflet]}\n",
                    "",
                )
            ],
            "data/vignettes/nosebleed.yml:1: stories must have one that expects 'self-care'\n  Tip: Add a story, written from the sources.",
            id="a level without a story",
        ),
    ],
)
def test_wrong_vignettes_are_told_what_to_mend(tmp_path: Path, changes: list[Changed], message: str) -> None:
    """Each mistake has its line, the rule it breaks, and a tip."""
    assert message == report(rules.check(load(small(tmp_path / "small", *changes))))


@pytest.mark.parametrize("id", FLOWS)
def test_the_real_flows_are_safe_on_many_stories(id: str) -> None:
    """At least 30 stories each; none ends below what a careful clinician would choose, and at least nine in ten end exactly there."""
    guide = load(ROOT)
    stories = guide.vignettes[id].stories
    flow = plan(guide.flows[id], guide)
    found = vignettes.tally(flow, vignettes.replayed(flow, stories))

    assert len(stories) >= 30
    assert found.under == 0
    assert found.exact >= 0.9 * len(stories)
