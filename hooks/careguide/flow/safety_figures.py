"""The figures that are published about a flow: what was proved, which faults the checks find, and how its vignettes end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from careguide.flow import mutants, paths, proof, vignettes
from careguide.flow import plan as plan_module
from careguide.guide.guide import Guide
from careguide.guide.selection import all_of
from careguide.source.cache import kept


@dataclass(frozen=True)
class Figures:
    """What is published about one flow."""

    version: str
    """The version of the flow they are about."""
    proof: proof.Proof
    """What was shown for every combination of answers."""
    mutants: mutants.Score
    """Which faults, put in on purpose, the checks found."""
    tally: vignettes.Tally
    """How many vignettes end where they expect, higher and lower."""
    stories: Mapping[str, int]
    """How many vignettes expect each level, worst first."""


def figures(id: str, guide: Guide, cache: Path | None = None) -> Figures:
    """The figures of one flow. With a folder for a cache, what takes long is found out again only when something it depends on has changed."""
    each, stories = guide.flows[id], guide.vignettes[id].stories
    plan = plan_module.plan(each, guide)
    expected = Counter(story.expect for story in stories)
    found = _tried(plan, guide, cache)
    return Figures(
        version=plan_module.version(each, guide),
        proof=proof.proved(plan, paths.facts_of(id, guide), cache),
        mutants=mutants.Score(found["made"], tuple(found["missed"])),
        tally=vignettes.Tally(**found["tally"]),
        stories={level: expected[level] for level in plan.levels},
    )


def _tried(plan: plan_module.Plan, guide: Guide, cache: Path | None) -> dict[str, Any]:
    """How the mutants and the vignettes do, kept until what a flow does, what is expected of it or the code that checks it change. Words may change freely."""
    symptom = guide.symptoms[plan.id]
    steps = [
        step.model_dump(mode="json", include={"id", "kind", "signs", "people"})
        for step in guide.flows[plan.id].steps
    ]
    stories = guide.vignettes[plan.id].stories
    told = [story.model_dump(mode="json", exclude={"story", "sources"}) for story in stories]
    signs = [
        sign.model_dump(mode="json", include={"id", "urgency", "raise_", "who"})
        for sign in all_of(guide, "criteria", symptom.criteria)
    ]
    data = [list(guide.urgency), list(symptom.criteria), steps, told, signs]

    def find() -> dict[str, Any]:
        return {
            **asdict(mutants.score(plan.id, guide)),
            "tally": asdict(vignettes.tally(plan, vignettes.replayed(plan, stories))),
        }

    return kept(cache and cache / f"tried-{plan.id}.json", data, __name__, find)
