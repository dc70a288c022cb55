"""A guide's checks for records systems, in FHIR R4B.

What is asked is a Questionnaire, where it leads a PlanDefinition; the signs are a CodeSystem and ValueSets.
A questionnaire shows by `enableWhen` alone whom a line is for and when nothing more need be asked. The plan
has one action for each level, of which the conditions of exactly one are true. Everything says that it is a
draft, experimental, and reviewed by no clinician.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from careguide.exports.questionnaire import Json, Questions, time_links
from careguide.exports.records import FOLDER as API_FOLDER
from careguide.flow import plan, view
from careguide.flow.plan import NO, UNSURE, YES, Plan
from careguide.guide.guide import Guide
from careguide.guide.page_paths import address, path_of
from careguide.model.flows import Flow
from careguide.source import markup
from careguide.source.digests import digest

FOLDER = f"{API_FOLDER}/fhir"
LONGEST_ID = 64


def files(guide: Guide, site_url: str) -> dict[str, bytes]:
    """Every resource by its path on the site. They are named by its address: without that there is none."""
    if not site_url:
        return {}
    found = {}
    for resource in resources(guide, site_url):
        path = f"{FOLDER}/{resource['resourceType']}/{resource['id']}.json"
        found[path] = (json.dumps(resource, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    return found


def resources(guide: Guide, site_url: str) -> Iterator[Json]:
    """The code systems, the sets of signs, and two resources for each check."""
    made = _Resources(guide, site_url)
    checks = list(view.checks(guide))
    if checks:
        yield from made.code_systems()
    for flow in {flow.id: flow for _, flow in checks if flow.times}.values():
        yield made.times(flow)
    for symptom, flow in checks:
        found = plan.plan(symptom, flow, guide)
        yield made.signs_of(symptom, found)
        yield made.questionnaire(symptom, flow, found)
        yield made.plan_definition(symptom, flow, found)


class _Resources:
    """The resources of one guide."""

    def __init__(self, guide: Guide, site_url: str) -> None:
        self._guide = guide
        self._site = site_url
        self._base = f"{site_url}{FOLDER}"

    def _resource(self, kind: str, id_: str, title: str, version: str, **more: Any) -> Json:
        """What every resource says of itself."""
        site, words = self._guide.site, self._guide.words
        return {
            "resourceType": kind,
            "id": _short(id_),
            "language": site.language,
            "url": self._url(kind, id_),
            "version": version,
            "name": kind + id_.title().replace("-", ""),
            "title": title,
            "status": "draft",
            "experimental": True,
            "publisher": site.owner,
            "description": words.text("open_data.fhir"),
            "copyright": markup.plain(site.licence),
            **more,
        }

    def _url(self, kind: str, id_: str) -> str:
        return f"{self._base}/{kind}/{_short(id_)}"

    def _coding(self, system: str, code: str, display: str = "") -> Json:
        coding = {"system": self._url("CodeSystem", system), "code": code}
        return {**coding, "display": display} if display else coding

    # Codes

    def code_systems(self) -> Iterator[Json]:
        """The signs, the levels, the contexts and the answers; and the set of all signs."""
        guide, words = self._guide, self._guide.words
        signs: list[Json] = []
        for sign in guide.criteria.values():
            concept = _concept(sign.id, sign.sign, sign.why)
            signs.append({**concept, "property": [{"code": "level", "valueCode": sign.level}]})
        levels = _concepts(guide.ladder.levels, "title", "do")
        contexts = _concepts(guide.contexts.values(), "label", "note")
        answers: list[Json] = []
        for said in (YES, NO, UNSURE):
            answers.append(_concept(said, words.text(f"open_data.said.{said}")))
        level = {"code": "level", "description": words.text("open_data.level"), "type": "code"}
        yield self._system("signs", words.text("pages.criteria.title"), signs, property=[level])
        yield self._system("levels", words.text("labels.level"), levels)
        if contexts:
            yield self._system("contexts", words.text("open_data.contexts"), contexts)
        yield self._system("answers", words.text("open_data.answers"), answers)
        include = {"system": self._url("CodeSystem", "signs")}
        title, version = words.text("pages.criteria.title"), digest(signs)[:12]
        yield self._resource("ValueSet", "signs", title, version, compose={"include": [include]})

    def times(self, flow: Flow) -> Json:
        """The answers to 'how long' of a flow."""
        concepts = _concepts(flow.times, "label")
        return self._system(f"times-{flow.id}", self._guide.words.text("open_data.times"), concepts)

    def signs_of(self, symptom: str, plan: Plan) -> Json:
        """The signs that a check asks, as a set."""
        codes = [{"code": line.id} for line in plan.lines]
        include = {"system": self._url("CodeSystem", "signs"), "concept": codes}
        title = f"{self._guide.symptoms[symptom].title}: {self._guide.words.text('pages.criteria.title')}"
        compose = {"include": [include]}
        return self._resource("ValueSet", f"signs-{symptom}", title, digest(codes)[:12], compose=compose)

    def _system(self, id_: str, title: str, concepts: list[Json], **more: Any) -> Json:
        return self._resource(
            "CodeSystem",
            id_,
            title,
            digest(concepts)[:12],
            caseSensitive=True,
            content="complete",
            count=len(concepts),
            **more,
            concept=concepts,
        )

    # What is asked, and where it leads

    def questionnaire(self, symptom: str, flow: Flow, plan_: Plan) -> Json:
        """A check as questions."""
        questions = Questions(self._guide, symptom, flow, plan_, self._coding)
        return self._resource(
            "Questionnaire",
            symptom,
            view.title_of(symptom, flow, self._guide),
            plan.version(symptom, flow, self._guide),
            date=flow.checked.isoformat(),
            subjectType=["Patient"],
            item=list(questions.items()),
        )

    def plan_definition(self, symptom: str, flow: Flow, plan_: Plan) -> Json:
        """A check as a plan: ask the questions; then do what the level says that they lead to."""
        results: list[Json] = []
        above: list[str] = []
        for level in self._guide.ladder.levels:
            reached = _reached(plan_, level.id)
            conditions = [f"{each}.not()" for each in above]
            if level.id != plan_.levels[-1]:
                conditions.append(reached)
                above.append(reached)
            results.append(
                {
                    "title": level.title,
                    "description": markup.plain(level.do),
                    "code": [{"coding": [self._coding("levels", level.id)]}],
                    "input": [{"type": "QuestionnaireResponse"}],
                    "condition": list(map(_condition, conditions)),
                }
            )
        title = view.title_of(symptom, flow, self._guide)
        ask = {"title": title, "definitionCanonical": self._url("Questionnaire", symptom)}
        decide = {"title": self._guide.words.text("labels.level"), "selectionBehavior": "exactly-one"}
        system = "http://terminology.hl7.org/CodeSystem/plan-definition-type"
        page = address(path_of("flows", symptom), self._site)
        return self._resource(
            "PlanDefinition",
            symptom,
            title,
            plan.version(symptom, flow, self._guide),
            date=flow.checked.isoformat(),
            type={"coding": [{"system": system, "code": "eca-rule"}]},
            usage=self._guide.words.text("open_data.conditions"),
            relatedArtifact=[{"type": "documentation", "url": page}],
            action=[ask, {**decide, "action": results}],
        )


def _reached(plan_: Plan, level: str) -> str:
    """The FHIRPath for 'some answer leads to this level'."""
    yes: list[str] = []
    unsure: list[str] = []
    for line in plan_.lines:
        if line.level == level:
            yes.append(line.id)
        if line.not_sure == level:
            unsure.append(line.id)
    times: list[str] = []
    links_of_times: list[str] = []
    for screen in plan_.screens:
        links_of_times += time_links(screen)
        for time in screen.times:
            if time.level == level:
                times.append(time.id)
    clauses = []
    for links, said in ((yes, [YES]), (unsure, [UNSURE])):
        if links:
            clauses.append(f"(linkId in {_union(links)} and answer.value.code in {_union(said)})")
    if times:
        clauses.append(f"(linkId in {_union(links_of_times)} and answer.value.code in {_union(times)})")
    return f"%response.repeat(item).where({' or '.join(clauses) or 'false'}).exists()"


def _union(names: Iterable[str]) -> str:
    joined = "' | '".join(names)
    return f"('{joined}')"


def _condition(expression: str) -> Json:
    return {"kind": "applicability", "expression": {"language": "text/fhirpath", "expression": expression}}


def _concepts(things: Iterable[Any], display: str, definition: str = "") -> list[Json]:
    """Things as concepts, by the fields that say what each is and what it means."""
    found: list[Json] = []
    for thing in things:
        found.append(_concept(thing.id, getattr(thing, display), getattr(thing, definition, None) or ""))
    return found


def _concept(code: str, display: str, definition: str = "") -> Json:
    found = {"code": code, "display": markup.plain(display)}
    return {**found, "definition": markup.plain(definition)} if definition else found


def _short(id_: str) -> str:
    """An id that FHIR takes: what is longer is cut, and stays its own by some digits."""
    return id_ if len(id_) <= LONGEST_ID else f"{id_[: LONGEST_ID - 9]}-{digest(id_)[:8]}"
