"""The figures that are published about a flow: what was proved, which faults the checks find, and how its vignettes end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from . import answers, flow, flow_rules, mutants, proof, vignettes
from .guide import Guide
from .kept import kept
from .order import all_of


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
    each, stories = guide.things["flows"][id], guide.things["vignettes"][id].stories
    plan = flow.plan(each, guide)
    expected = Counter(story.expect for story in stories)
    return Figures(
        version=flow.version(each, guide),
        proof=proof.proved(plan, answers.facts_of(id, guide), cache),
        mutants=_score(id, guide, cache),
        tally=vignettes.tally(plan, vignettes.replayed(plan, stories)),
        stories={level: expected[level] for level in plan.levels},
    )


def _score(id: str, guide: Guide, cache: Path | None) -> mutants.Score:
    """The score of the mutants, kept until what a flow does, what is expected of it or the code that checks them change. Words may change freely."""
    symptom = guide.things["symptoms"][id]
    steps = [step.model_dump(mode="json", include={"id", "kind", "signs", "people"}) for step in guide.things["flows"][id].steps]
    stories = [story.model_dump(mode="json", exclude={"story", "sources"}) for story in guide.things["vignettes"][id].stories]
    signs = [sign.model_dump(mode="json", include={"id", "urgency", "raise_", "who"}) for sign in all_of(guide, "criteria", symptom.criteria)]
    data = [list(guide.things["urgency"]), list(symptom.criteria), steps, stories, signs]
    code = (answers, flow, flow_rules, mutants, proof, vignettes)
    found = kept(cache and cache / f"mutants-{id}.json", data, code, lambda: asdict(mutants.score(id, guide)))
    return mutants.Score(made=found["made"], missed=tuple(found["missed"]))
