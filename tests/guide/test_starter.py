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

STARTER = Path(starter_guide.__file__).parent / "starter"
in_every_language = pytest.mark.parametrize("language", starter_guide.languages_with_texts())
MEND = "hooks/careguide/contribute/starter/ says otherwise than data/: say the same in both"


@pytest.fixture(scope="module")
def guide() -> Guide:
    """This guide."""
    return loader.load(GUIDE)[0]


def entries(language: str, name: str) -> dict[str, dict]:
    """A list of the starter, by id."""
    text = (STARTER / language / "data" / name).read_text(encoding="utf-8")
    return {each["id"]: each for each in yaml.safe_load(text)}


@in_every_language
def test_a_sign_is_as_urgent_in_a_new_guide(guide: Guide, language: str) -> None:
    """Its level, where a doubt about it leads, and what to do meanwhile."""
    starter = entries(language, "criteria.yml")
    assert len(starter) >= 10
    fields = ("level", "not_sure", "now", "meanwhile")
    for id_, sign in starter.items():
        here = guide.criteria[id_]
        assert {name: getattr(here, name) for name in fields} == {
            name: sign.get(name, False if name == "now" else None) for name in fields
        }, f"{id_}: {MEND}"
        assert {*sign["sources"]} <= {*here.sources}, f"{id_}: {MEND}"


@in_every_language
def test_a_number_is_the_same_in_a_new_guide(guide: Guide, language: str) -> None:
    """Every number of every country that it can start with."""
    starter = entries(language, "services.yml")
    assert len(starter) >= 8
    for id_, service in starter.items():
        here = guide.services[id_].model_dump(mode="json")
        assert here["call"] == service["call"] or language != "en", f"{id_}: {MEND}"
        assert here["call"]["emergency"][:3] == service["call"]["emergency"][:3], f"{id_}: {MEND}"
        for kind in ("emergency", "advice", "poison", "crisis"):
            numbers = [str(line.get("number")) for line in service.get(kind, ())]
            assert [str(line["number"]) for line in here[kind]] == numbers, f"{id_}: {MEND}"
