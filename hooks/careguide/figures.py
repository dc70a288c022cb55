"""The figures that are published about a flow: what was proved, which faults the checks find, and how its vignettes end."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from . import answers, flow, flow_rules, mutants, proof, vignettes
from .guide import Guide
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
    """The figures of one flow. With a folder for a cache, mutants are made again only when something they depend on has changed."""
    each, stories = guide.things["flows"][id], guide.things["vignettes"][id].stories
    plan = flow.plan(each, guide)
    expected = Counter(story.expect for story in stories)
    return Figures(
        version=flow.version(each, guide),
        proof=proof.prove(plan, answers.facts_of(id, guide)),
        mutants=_kept(id, guide, cache / f"mutants-{id}.json") if cache else mutants.score(id, guide),
        tally=vignettes.tally(plan, stories),
        stories={level: expected[level] for level in plan.levels},
    )


def _kept(id: str, guide: Guide, file: Path) -> mutants.Score:
    """The score in a file, or a new one in its place."""
    key = _key(id, guide)
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if kept.get("key") == key:
        return mutants.Score(made=kept["made"], missed=tuple(kept["missed"]))
    found = mutants.score(id, guide)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"key": key, **asdict(found)}, indent=2), encoding="utf-8")
    new.replace(file)
    return found


def _key(id: str, guide: Guide) -> str:
    """Letters that change with anything a score depends on: the flow, its signs, its vignettes, the ladder, and the code that checks them."""
    symptom = guide.things["symptoms"][id]
    parts = [guide.things["flows"][id], guide.things["vignettes"][id], *all_of(guide, "criteria", symptom.criteria)]
    data = json.dumps([*guide.things["urgency"], *symptom.criteria, *(part.model_dump(mode="json") for part in parts)])
    code = [Path(module.__file__).read_bytes() for module in (answers, flow, flow_rules, mutants, proof, vignettes) if module.__file__]
    return hashlib.sha256(b"\0".join([data.encode(), *code])).hexdigest()
