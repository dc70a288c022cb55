"""A small guide with everything a flow can have: two gates, a question about people, a sign for children alone, and a raise."""

from __future__ import annotations

import shutil
from pathlib import Path

from careguide.flow.plan import Plan, plan
from conftest import EXAMPLE, load

FLOW = "data/flows/nosebleed.yml"
STORIES = "data/vignettes/nosebleed.yml"
CRITERIA = "data/criteria.yml"

STEPS = """\
title: Check your signs
intro: For anyone whose nose bleeds.
checked: 2026-11-01
steps:
  - id: now
    kind: gate
    ask: Is this happening now?
    why: It needs help at once.
    signs: [heavy]
  - id: more
    kind: gate
    ask: Or is this?
    why: It needs help at once too.
    signs: [faint]
  - id: you
    kind: people
    ask: Is any of this true of you?
    why: Some signs are only for some people.
    people: [takes-medicine, child]
  - id: today
    kind: ticks
    ask: Is any of this true?
    why: It should be looked at today.
    signs: [long, bead]
  - id: soon
    kind: ticks
    ask: Is any of this true too?
    why: A doctor can find out why.
    signs: [often, dry]
"""

TOLD = """\
stories:
  - {id: v1, story: A man bleeds a lot., present: [heavy], expect: emergency, sources: [leaflet]}
  - {id: v2, story: A man bleeds and faints., present: [faint, often], expect: emergency, sources: [leaflet]}
  - {id: v3, story: A woman has pressed for a long time., present: [long], expect: same-day, sources: [leaflet]}
  - {id: v4, story: A girl has a bead in her nose., people: [child], present: [bead], expect: same-day, sources: [leaflet]}
  - {id: v5, story: A boy bleeds each week., people: [child], present: [often], expect: appointment, sources: [leaflet]}
  - {id: v6, story: A man on a medicine bleeds each week., people: [takes-medicine], present: [often], expect: same-day, sources: [leaflet]}
  - {id: v7, story: A woman has a dry nose., present: [dry, once], expect: appointment, sources: [leaflet]}
  - {id: v8, story: A man bled once., present: [once], expect: self-care, sources: [leaflet]}
  - {id: v9, story: A man is not sure if it is a lot., unsure: [heavy], expect: same-day, sources: [leaflet]}
"""


def sign(id: str, words: str, urgency: str, more: str = "") -> str:
    """A criterion, as the list of criteria has it."""
    why = "  why:\n    text: It matters.\n    sources: [leaflet]\n"
    return f"- id: {id}\n  sign: {words}\n  means: It is so.\n  urgency: {urgency}\n{more}{why}"


MORE = (
    sign("faint", "You fainted.", "emergency")
    + sign("bead", "A bead is stuck in the nose.", "same-day", "  who: child\n")
    + sign("dry", "Your nose is dry.", "appointment")
)

Changed = tuple[str, str, str]
"""A file, words in it, and what stands there instead."""


def small(folder: Path, *changes: Changed) -> Path:
    """The project of the small guide, with changes, in a new folder."""
    shutil.copytree(
        EXAMPLE, folder, ignore=shutil.ignore_patterns("*.[0-9]*")
    )  # which another test is writing
    criteria, symptom = folder / "data/criteria.yml", folder / "data/symptoms/nosebleed.yml"
    criteria.write_text(criteria.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    symptom.write_text(
        symptom.read_text(encoding="utf-8").replace(
            "[heavy, long, often, once]", "[heavy, faint, long, bead, often, dry, once]"
        ),
        encoding="utf-8",
    )
    (folder / FLOW).write_text(STEPS, encoding="utf-8")
    (folder / STORIES).write_text(TOLD, encoding="utf-8")
    for path, old, new in changes:
        text = (folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} must have {old!r} once"
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    return folder


LOWER = (CRITERIA, "it did not stop.\n  urgency: same-day", "it did not stop.\n  urgency: appointment")
"""A sign that is less urgent than it was."""
MOVED = [
    (FLOW, "signs: [long, bead]", "signs: [bead]"),
    (FLOW, "signs: [often, dry]", "signs: [long, often, dry]"),
]
"""The flow asks it further down."""
SIGNED = (
    FLOW,
    "steps:\n",
    "lowered:\n  - what: A long bleed can wait for a visit.\n    signs: [long]\n    by: A. Person, doctor\n    on: 2026-11-02\nsteps:\n",
)
"""The clinician who agreed."""


def plan_of(root: Path) -> Plan:
    """The plan of the small guide's flow."""
    guide = load(root)
    return plan(guide.flows["nosebleed"], guide)
