"""The figures that are published about a check.

They are what was proved, which faults the checks find, what a reader reads, and how its stories end.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from careguide.flow import mutants, paths, plan, proof, vignettes
from careguide.flow.view import Effort, effort
from careguide.guide.guide import Guide
from careguide.model.fields import Part
from careguide.model.flows import Flow, Story
from careguide.source.cache import kept


@dataclass(frozen=True)
class Figures:
    """What is published about one check."""

    version: str
    effort: Effort
    """What a healthy adult reads and taps."""
    proof: proof.Proof
    """What was shown for every combination of answers."""
    mutants: mutants.Score | None
    """Which faults, put in on purpose, the checks found; None where nobody tried."""
    tally: vignettes.Tally
    """How many stories end where they expect, higher and lower."""
    stories: Mapping[str, int]
    """How many stories expect each level, worst first."""
    forgotten: tuple[vignettes.Forgotten, ...]
    """What drops if a context is forgotten."""
    judged: int
    """Signs whose level is the guide's own judgement."""
    signs: int
    unsigned: int
    """Lowerings that no clinician has signed."""


def figures(symptom: str, guide: Guide, cache: Path | None = None, *, try_mutants: bool = True) -> Figures:
    """The figures of one check. What takes long, mutants above all, is kept in `cache` until it changes."""
    flow = plan.flow_of(guide, symptom)
    stories = guide.vignettes[symptom].stories
    found = plan.plan(symptom, flow, guide)
    told = [*stories, *vignettes.others(symptom, guide)]
    expected = Counter(story.expect for story in stories)
    signs = guide.pick("criteria", guide.symptoms[symptom].signs)
    return Figures(
        version=plan.version(symptom, flow, guide),
        effort=effort(symptom, flow, guide),
        proof=proof.proved(found, paths.facts_of(symptom, guide, flow.times), cache),
        mutants=_tried(found, flow, told, guide, cache) if try_mutants else None,
        tally=vignettes.tally(found, vignettes.replayed(found, told, cache)[: len(stories)]),
        stories={level: expected[level] for level in found.levels},
        forgotten=_forgotten(found, stories, cache),
        judged=sum(sign.judgement for sign in signs),
        signs=len(signs),
        unsigned=sum(not entry.signed for entry in flow.lowered),
    )


def _tried(
    found: plan.Plan, flow: Flow, told: Sequence[Story], guide: Guide, cache: Path | None
) -> mutants.Score:
    """How the mutants do, kept until what a check does, or should do, changes. Words may change freely."""
    data = [
        found,
        _only(flow.screens, "id", "kind", "level", "also", "signs"),
        _only(guide.contexts.values(), "id", "asked", "symptoms"),
        guide.symptoms[found.id].signs,
        _said(told),
    ]
    file = cache and cache / f"tried-{found.id}.json"
    score = kept(file, data, __name__, lambda: asdict(mutants.score(found.id, guide)))
    return TypeAdapter(mutants.Score).validate_python(score)


def _forgotten(
    found: plan.Plan, stories: Sequence[Story], cache: Path | None
) -> tuple[vignettes.Forgotten, ...]:
    """What drops if a context is forgotten, kept in the same way."""
    file, data = cache and cache / f"forgotten-{found.id}.json", [found, _said(stories)]
    drops = kept(
        file, data, __name__, lambda: {"all": list(map(asdict, vignettes.forgotten(found, stories)))}
    )
    return TypeAdapter(tuple[vignettes.Forgotten, ...]).validate_python(drops["all"])


def _said(stories: Iterable[Story]) -> list[dict[str, Any]]:
    return [story.model_dump(mode="json", exclude={"story", "sources"}) for story in stories]


def _only(parts: Iterable[Part], *fields: str) -> list[dict[str, Any]]:
    return [part.model_dump(mode="json", include={*fields}) for part in parts]
