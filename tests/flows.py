"""The example's check with changes, and a plan read back from a built page."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag
from careguide.flow.paths import Facts, facts_of
from careguide.flow.plan import Line, Plan, Reader, Screen, Time, flow_of, plan
from conftest import load
from sites import copy_example

FLOW = "data/flows/nosebleed.yml"
STORIES = "data/vignettes/nosebleed.yml"
CRITERIA = "data/criteria.yml"
CONTEXTS = "data/contexts.yml"
SYMPTOM = "data/symptoms/nosebleed.yml"

Changed = tuple[str, str, str]
"""A file, words in it, and what stands there instead."""


def small(folder: Path, *changes: Changed) -> Path:
    """The example as a project of its own, with changes."""
    copy_example(folder.parent, folder.name)
    for path, old, new in changes:
        text = (folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path} must have {old!r} once"
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    return folder


LOWER = (
    CRITERIA,
    "- id: often-thinned\n  level: same-day",
    "- id: often-thinned\n  level: appointment",
)
"""A sign that is less urgent than it was."""
LOWER_DOUBT = (CRITERIA, "judgement: true\n  not_sure: same-day", "judgement: true\n  not_sure: appointment")
"""And so is a doubt about it."""
ASKED_LATER = (FLOW, "    ask: Anything else?\n", "    ask: Anything else?\n    also: [boxes]\n")
"""The check asks it further down."""


def signed(entry: str) -> Changed:
    """An entry for what was lowered."""
    return (
        FLOW,
        "bar: [heavy]\n",
        f"bar: [heavy]\nlowered:\n  - what: It can wait.\n    signs: [often-thinned]\n{entry}",
    )


def plan_of(root: Path, symptom: str = "nosebleed") -> Plan:
    """The plan of a symptom's check."""
    guide = load(root)
    flow = flow_of(guide, symptom)
    assert flow
    return plan(symptom, flow, guide)


def facts(root: Path, symptom: str = "nosebleed") -> Facts:
    """What the plan is held against."""
    guide = load(root)
    flow = flow_of(guide, symptom)
    assert flow
    return facts_of(symptom, guide, flow.times)


def reader(*contexts: str, present: str = "", unsure: str = "", time: str = "") -> Reader:
    """Somebody with a story."""
    return Reader(frozenset(contexts), frozenset(present.split()), frozenset(unsure.split()), time)


def plan_on(page: BeautifulSoup, symptom: str) -> Plan:
    """The plan that a built page holds, in the attributes that its player reads."""
    levels = tuple(str(each["id"]) for each in page.select("[data-result]"))
    lines = {str(each["data-sign"]): each for each in reversed(page.select("[data-sign]"))}
    screens = []
    for form in page.select("form.flow-step"):
        mine = [each for each in page.select("[data-sign]") if lines[str(each["data-sign"])] is each]
        mine = [each for each in mine if each["data-screen"] == form["id"]]
        mine.sort(key=lambda each: not each.has_attr("data-contexts"))
        choices = tuple(str(each["data-choice"]) for each in form.select("[data-choice]"))
        times = tuple(map(_time, form.select("[data-time]")))
        screens.append(
            Screen(
                str(form["id"]),
                str(form["data-kind"]),
                str(form["data-level"]),
                choices,
                tuple(map(_line, mine)),
                times,
            )
        )
    return Plan(symptom, levels, tuple(screens))


def _words(tag: Tag, name: str) -> tuple[str, ...]:
    return tuple(str(tag.get(name, "")).split())


def _line(tag: Tag) -> Line:
    return Line(
        str(tag["data-sign"]), str(tag["data-level"]), str(tag["data-unsure"]), _words(tag, "data-contexts")
    )


def _time(tag: Tag) -> Time:
    return Time(str(tag["data-time"]), str(tag["data-level"]), _words(tag, "data-contexts"))
