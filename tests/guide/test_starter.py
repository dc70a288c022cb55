"""What every new guide starts with was taken from this one, and says how soon, and what number, as it does.

Words may differ, because those of a new guide are about no one illness.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from careguide.contribute import starter_guide
from careguide.guide import loader
from careguide.guide.guide import Guide
from sites import GUIDE

STARTER = Path(starter_guide.__file__).parent / "starter/en/data"
MEND = "hooks/careguide/contribute/starter/ says otherwise than data/: say the same in both"


@pytest.fixture(scope="module")
def guide() -> Guide:
    """This guide."""
    return loader.load(GUIDE)[0]


def entries(name: str) -> dict[str, dict]:
    """A list of the starter, by id."""
    return {each["id"]: each for each in yaml.safe_load((STARTER / name).read_text(encoding="utf-8"))}


def test_a_sign_is_as_urgent_in_a_new_guide(guide: Guide) -> None:
    """Its level, where a doubt about it leads, and what to do meanwhile."""
    starter = entries("criteria.yml")
    assert len(starter) >= 10
    fields = ("level", "not_sure", "now", "meanwhile")
    for id_, sign in starter.items():
        here = guide.criteria[id_]
        assert {name: getattr(here, name) for name in fields} == {
            name: sign.get(name, False if name == "now" else None) for name in fields
        }, f"{id_}: {MEND}"
        assert {*sign["sources"]} <= {*here.sources}, f"{id_}: {MEND}"


def test_a_number_is_the_same_in_a_new_guide(guide: Guide) -> None:
    """Every number of every country that it can start with."""
    starter = entries("services.yml")
    assert len(starter) >= 8
    for id_, service in starter.items():
        here = guide.services[id_].model_dump(mode="json")
        assert here["call"] == service["call"], f"{id_}: {MEND}"
        for kind in ("emergency", "advice", "poison", "crisis"):
            numbers = [str(line.get("number")) for line in service.get(kind, ())]
            assert [str(line["number"]) for line in here[kind]] == numbers, f"{id_}: {MEND}"
