"""The figures that are published about a check.

They are what was proved, which faults the checks find, what a reader reads, and how its stories end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

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
    """The version of the check they are about."""
    effort: Effort
    """What a healthy adult reads and taps."""
    proof: proof.Proof
    """What was shown for every combination of answers."""
    mutants: mutants.Score
    """Which faults, put in on purpose, the checks found."""
    tally: vignettes.Tally
    """How many stories end where they expect, higher and lower."""
    stories: Mapping[str, int]
    """How many stories expect each level, worst first."""
    forgotten: tuple[vignettes.Forgotten, ...]
    """What drops if a context is forgotten."""
    judged: int
    """Signs whose level is the guide's own judgement."""
    signs: int
    """All its signs."""
    unsigned: int
    """Lowerings that no clinician has signed."""


def figures(symptom: str, guide: Guide, cache: Path | None = None) -> Figures:
    """The figures of one check. What takes long is kept in `cache` until what it depends on changes."""
    flow = plan.flow_of(guide, symptom)
    stories = guide.vignettes[symptom].stories
    found = plan.plan(symptom, flow, guide)
    told = [*stories, *vignettes.others(symptom, guide)]
    tried = _tried(found, flow, told, guide, cache)
    expected = Counter(story.expect for story in stories)
    signs = guide.pick("criteria", guide.symptoms[symptom].signs)
    return Figures(
        version=plan.version(symptom, flow, guide),
        effort=effort(symptom, flow, guide),
        proof=proof.proved(found, paths.facts_of(symptom, guide, flow.times), cache),
        mutants=mutants.Score(tried["made"], tuple(tried["missed"])),
        tally=vignettes.tally(found, vignettes.replayed(found, told, cache)[: len(stories)]),
        stories={level: expected[level] for level in found.levels},
        forgotten=tuple(_forgotten(each) for each in tried["forgotten"]),
        judged=sum(sign.judgement for sign in signs),
        signs=len(signs),
        unsigned=sum(not entry.signed for entry in flow.lowered),
    )


def _tried(
    found: plan.Plan, flow: Flow, told: Sequence[Story], guide: Guide, cache: Path | None
) -> dict[str, Any]:
    """How mutants and forgetful readers do, kept until what a check does, or should do, changes.

    Words may change freely.
    """
    data = [
        found,
        _only(flow.screens, "id", "kind", "level", "also", "signs"),
        _only(guide.contexts.values(), "id", "asked", "symptoms"),
        guide.symptoms[found.id].signs,
        [story.model_dump(mode="json", exclude={"story", "sources"}) for story in told],
    ]
    file = cache and cache / f"tried-{found.id}.json"
    return kept(file, data, __name__, lambda: _try(found, guide))


def _try(found: plan.Plan, guide: Guide) -> dict[str, Any]:
    forgotten = vignettes.forgotten(found, guide.vignettes[found.id].stories)
    return {**asdict(mutants.score(found.id, guide)), "forgotten": [asdict(each) for each in forgotten]}


def _forgotten(kept: Mapping[str, Any]) -> vignettes.Forgotten:
    """What was kept as JSON has no tuples."""
    pairs = {name: tuple(tuple(each) for each in kept[name]) for name in ("hidden", "dropped")}
    return vignettes.Forgotten(**{**kept, **pairs})


def _only(parts: Iterable[Part], *fields: str) -> list[dict[str, Any]]:
    return [part.model_dump(mode="json", include={*fields}) for part in parts]
