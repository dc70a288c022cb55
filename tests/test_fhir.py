"""The checks in FHIR: valid, marked as drafts, and with the results of the flow when FHIR alone is read."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from careguide.exports import fhir
from careguide.flow import plan, view
from careguide.flow.plan import Reader
from careguide.flow.vignettes import reader_of
from careguide.guide import drafts
from careguide.guide.guide import Guide
from conftest import EXAMPLE, load
from fhir.resources.R4B.codesystem import CodeSystem
from fhir.resources.R4B.plandefinition import PlanDefinition
from fhir.resources.R4B.questionnaire import Questionnaire
from fhir.resources.R4B.valueset import ValueSet

URL = "https://guide.example/"
KINDS = {each.__name__: each for each in (CodeSystem, PlanDefinition, Questionnaire, ValueSet)}

Json = dict[str, Any]


# ----------------------------------------------------------------------------------------------------------
# A reader of FHIR that knows nothing of a guide: `enableWhen`, and conditions of the form that the plans have


class Respondent:
    """Fills in a questionnaire as it is true of somebody, item by item, and asks a plan where it leads."""

    def __init__(self, questionnaire: Json, reader: Reader) -> None:
        self.answers: dict[str, list[str]] = {}
        self._reader = reader
        self._fill(questionnaire["item"])

    def _fill(self, items: list[Json]) -> None:
        for item in items:
            if self._enabled(item):
                if item["type"] == "choice":
                    self.answers[item["linkId"]] = self._answer(item)
                self._fill(item.get("item", []))

    def _enabled(self, item: Json) -> bool:
        true = []
        for when in item.get("enableWhen", ()):
            has = when["answerCoding"]["code"] in self.answers.get(when["question"], ())
            assert when["operator"] in ("=", "!=")
            true.append(has == (when["operator"] == "="))
        every = item.get("enableBehavior", "all") == "all"
        return not true or (all(true) if every else any(true))

    def _answer(self, item: Json) -> list[str]:
        """Options that are true of the reader; a sign is answered with yes, no or unsure."""
        offered = [option["valueCoding"]["code"] for option in item["answerOption"]]
        if item.get("code"):
            sign, unsure = item["code"][0]["code"], self._reader.unsure
            return ["yes" if sign in self._reader.present else "unsure" if sign in unsure else "no"]
        if "repeats" not in item:
            return [self._reader.time if self._reader.time in offered else offered[0]]
        mine = [code for code in offered if code in self._reader.contexts]
        return mine if item["repeats"] else (mine or offered[-1:])[:1]

    def results(self, definition: Json) -> list[str]:
        """The codes of the results whose conditions are all true."""
        found = []
        for action in definition["action"][1]["action"]:
            if all(self._holds(each["expression"]["expression"]) for each in action.get("condition", ())):
                found.append(action["code"][0]["coding"][0]["code"])
        return found

    def _holds(self, expression: str) -> bool:
        whole = re.fullmatch(r"%response\.repeat\(item\)\.where\((.*)\)\.exists\(\)(\.not\(\))?", expression)
        assert whole, expression
        clause = r"\(linkId in \(([^()]*)\) and answer\.value\.code in \(([^()]*)\)\)"
        assert whole[1] == "false" or re.fullmatch(rf"{clause}( or {clause})*", whole[1])
        exists = False
        for links, codes in re.findall(clause, whole[1]):
            for link in re.findall(r"'([^']*)'", links):
                exists |= not set(re.findall(r"'([^']*)'", codes)).isdisjoint(self.answers.get(link, ()))
        return exists != bool(whole[2])


def by_name(guide: Guide) -> dict[str, Json]:
    """Every resource of a guide, by kind and id."""
    made = fhir.resources(guide, URL)
    return {f"{each['resourceType']}/{each['id']}": json.loads(json.dumps(each)) for each in made}


def readers(guide: Guide, symptom: str) -> Iterator[Reader]:
    """The readers of all stories, and a hundred who say anything at all."""
    for each in guide.vignettes[symptom].stories:
        yield reader_of(each)
    signs, contexts = guide.symptoms[symptom].signs, list(guide.contexts)
    times = [time.id for time in plan.flow_of(guide, symptom).times]
    chance = random.Random(symptom)
    for _ in range(100):
        some = chance.sample(signs, k=min(len(signs), chance.randrange(4)))
        yield Reader(
            frozenset(chance.sample(contexts, k=min(len(contexts), chance.randrange(4)))),
            frozenset(some[:1]),
            frozenset(some[1:]),
            chance.choice(["", *times]),
        )


def round_trip(guide: Guide) -> int:
    """How many readers were told the same by FHIR as by the flow; all must be."""
    made, told = by_name(guide), 0
    for symptom, flow in view.checks(guide):
        found = plan.plan(symptom, flow, guide)
        for reader in readers(guide, symptom):
            walk = plan.walk(found, reader)
            respondent = Respondent(made[f"Questionnaire/{symptom}"], reader)
            assert [walk.result.level] == respondent.results(made[f"PlanDefinition/{symptom}"]), reader
            asked = {line.id for ask in walk.asked for line in ask.lines}
            assert asked == respondent.answers.keys() & set(plan.ids(found.lines)), reader
            told += 1
    return told


# ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide() -> Guide:
    """The example, as it is published."""
    return drafts.published(load(EXAMPLE))


@pytest.fixture(scope="module")
def made(guide: Guide) -> dict[str, Json]:
    """Its resources."""
    return by_name(guide)


def test_every_resource_is_valid(made: dict[str, Json]) -> None:
    """As the public library has it; and it refuses one that is not."""
    assert {name.partition("/")[0] for name in made} == KINDS.keys()
    for resource in made.values():
        KINDS[resource["resourceType"]].model_validate(resource)
    with pytest.raises(ValueError, match="status"):
        Questionnaire.model_validate({**made["Questionnaire/nosebleed"], "status": 1})


def test_every_resource_says_that_it_is_a_draft(made: dict[str, Json]) -> None:
    """Nobody may take one for reviewed, or for a medical device."""
    assert len(made) > 6
    for name, resource in made.items():
        assert ("draft", True) == (resource["status"], resource["experimental"])
        assert f"{URL}api/v1/fhir/{name}" == resource["url"]
        for words in ("No clinician has reviewed it", "not a medical device"):
            assert words in resource["description"]


def test_the_signs_are_told_with_their_level(made: dict[str, Json], guide: Guide) -> None:
    """In a code system; and the set of those that a check asks."""
    concepts = {each["code"]: each for each in made["CodeSystem/signs"]["concept"]}
    assert list(guide.criteria) == list(concepts)
    for sign in guide.criteria.values():
        assert [{"code": "level", "valueCode": sign.level}] == concepts[sign.id]["property"]
        assert concepts[sign.id]["display"]
    (asked,) = made["ValueSet/signs-nosebleed"]["compose"]["include"]
    assert len(asked["concept"]) > 3
    assert {each["code"] for each in asked["concept"]} <= concepts.keys()


def test_every_code_is_of_a_system_that_there_is(made: dict[str, Json]) -> None:
    """No answer, condition or result names a code that no system has."""
    known = {}
    for name, resource in made.items():
        if name.startswith("CodeSystem/"):
            known[resource["url"]] = {each["code"] for each in resource["concept"]}
    codings = re.findall(
        r'"system": "(https://guide[^"]*)", "code": "([^"]*)"', json.dumps(list(made.values()))
    )

    assert len(codings) > 20
    for system, code in codings:
        assert code in known[system]


def test_the_example_runs_the_same_in_fhir(guide: Guide) -> None:
    """For every story and a hundred readers besides, the same lines are asked, and the result is the same."""
    assert round_trip(guide) > 100


def test_a_fault_in_a_condition_would_show(made: dict[str, Json], guide: Guide) -> None:
    """A reader of FHIR that is told otherwise ends elsewhere."""
    questionnaire, definition = made["Questionnaire/nosebleed"], made["PlanDefinition/nosebleed"]
    worst = next(
        sign for sign in guide.symptoms["nosebleed"].signs if guide.criteria[sign].level == "emergency"
    )
    reader = Reader(frozenset(guide.criteria[worst].context), frozenset([worst]))
    without = json.loads(json.dumps(definition).replace(f"'{worst}'", "'nothing'"))

    assert ["emergency"] == Respondent(questionnaire, reader).results(definition)
    assert ["emergency"] != Respondent(questionnaire, reader).results(without)


def test_without_an_address_there_is_none(guide: Guide) -> None:
    """A resource is named by the address of its site."""
    assert {} == fhir.files(guide, "")
    files = fhir.files(guide, URL)
    assert "api/v1/fhir/Questionnaire/nosebleed.json" in files
    assert all(Path(path).suffix == ".json" for path in files)


def test_a_long_name_is_cut_to_an_id() -> None:
    """FHIR takes 64 letters; two long names stay two."""
    one, other = (fhir._short("a" * 80 + each) for each in "xy")

    assert len({one, other}) == 2
    assert all(len(each) <= 64 for each in (one, other))
