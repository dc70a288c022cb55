"""What pages say to machines: in known words, each where the vocabulary allows it, and as readers see it."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from careguide.exports import structured_data
from careguide.exports.structured_data import Shown
from careguide.guide import reviews
from careguide.guide.guide import Guide
from careguide.model import languages
from careguide.model.topics import Medicine
from conftest import EXAMPLE, load
from sites import html_files, page

URL = "https://guide.example/"
VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text(encoding="utf-8"))
TYPES: dict[str, list[str]] = VOCABULARY["types"]
PROPERTIES: dict[str, dict[str, list[str]]] = VOCABULARY["properties"]

Node = dict[str, Any]


# ----------------------------------------------------------------------------------------------------------
# The vocabulary


def kinds(type_: str) -> set[str]:
    """A type with all that it is a kind of."""
    return {type_}.union(*map(kinds, TYPES[type_]))


def faults(value: Any, known: dict[str, str]) -> Iterator[str]:
    """What a graph says that the vocabulary does not allow; `known` are the types of nodes by their id."""
    for node in value if isinstance(value, list) else [value]:
        if not isinstance(node, dict) or "@type" not in node:
            continue
        if node["@type"] not in TYPES:
            yield f"{node['@type']} is no type"
            continue
        for name, said in node.items():
            if name.startswith("@"):
                continue
            if name not in PROPERTIES:
                yield f"{name} is no property"
            elif kinds(node["@type"]).isdisjoint(PROPERTIES[name]["on"]):
                yield f"a {node['@type']} has no {name}"
            else:
                for each in said if isinstance(said, list) else [said]:
                    if not fits(each, PROPERTIES[name]["is"], known):
                        yield f"{name} cannot be {each}"
            yield from faults(said, known)


def fits(value: Any, ranges: list[str], known: dict[str, str]) -> bool:
    """Whether a value is one that a property may have."""
    if isinstance(value, dict):
        type_ = value.get("@type") or known.get(value["@id"], "Thing")
        return not kinds(type_).isdisjoint(ranges)
    if isinstance(value, int):
        return "Integer" in ranges
    if "Date" in ranges:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value))
    if value.startswith("https://schema.org/"):
        return VOCABULARY["members"][value.rpartition("/")[2]] in ranges
    return "Text" in ranges or ("URL" in ranges and value.startswith("https://"))


def wrong(graph: list[Node]) -> list[str]:
    """All that is wrong with a graph. What it names without saying what it is stands on another page."""
    return list(faults(graph, {node["@id"]: node["@type"] for node in graph}))


def test_a_wrong_word_is_found() -> None:
    """A type, a property or a value that the vocabulary does not have, and a property on the wrong type."""
    page_ = {"@id": URL, "@type": "MedicalWebPage"}

    assert [] == wrong([{**page_, "lastReviewed": "2026-11-01", "citation": {"@type": "CreativeWork"}}])
    assert ["MedicalWebSite is no type"] == wrong([{**page_, "@type": "MedicalWebSite"}])
    assert ["reviewed is no property"] == wrong([{**page_, "reviewed": "2026-11-01"}])
    assert ["a MedicalWebPage has no codeValue"] == wrong([{**page_, "codeValue": "R25.3"}])
    assert ["lastReviewed cannot be yesterday"] == wrong([{**page_, "lastReviewed": "yesterday"}])
    assert ["a Person has no code"] == wrong([{**page_, "reviewedBy": {"@type": "Person", "code": "x"}}])


# ----------------------------------------------------------------------------------------------------------
# Built pages


def graph_of(file: Path) -> list[Node]:
    """What a built page says."""
    (script,) = page(file).select("script[type='application/ld+json']")
    said = json.loads(script.get_text())
    assert "https://schema.org" == said["@context"]
    found: list[Node] = said["@graph"]
    return found


@pytest.fixture(scope="module")
def graphs(site: Path) -> dict[Path, list[Node]]:
    """What each page of the site says."""
    return {file: graph_of(file) for file in html_files(site)}


def test_every_page_speaks_the_vocabulary(graphs: dict[Path, list[Node]]) -> None:
    """No unknown word, and every property where it may stand."""
    assert len(graphs) > 20
    assert {} == {file: found for file, graph in graphs.items() if (found := wrong(graph))}


def test_every_page_says_what_it_shows(graphs: dict[Path, list[Node]]) -> None:
    """Its address, title, description, language, the way to it, its sources in their order, and its day."""
    cites, dated = 0, 0
    for file, (whole, *others) in graphs.items():
        shown = page(file)
        assert shown.select_one("link[rel=canonical]")["href"] == whole["url"] == whole["@id"]
        assert whole["name"] in shown.title.get_text()
        assert shown.select_one("meta[name=description]")["content"] == whole["description"]
        assert shown.html["lang"] == whole["inLanguage"]

        way = [step.get_text() for step in shown.select("nav.breadcrumbs li")]
        lists = [node for node in others if node["@type"] == "BreadcrumbList"]
        items = [item for node in lists for item in node["itemListElement"]]
        assert way == [item["name"] for item in items]
        assert list(range(1, len(way) + 1)) == [item["position"] for item in items]

        sources = [link["href"] for link in shown.select("#sources ~ * .sources a, #sources ~ .sources a")]
        assert sources == [source["url"] for source in whole.get("citation", ())]
        cites += bool(sources)

        line = shown.select_one(".review-line")
        if day := whole.get("lastReviewed", whole.get("dateModified")):
            dated += 1
            locale = languages.known(str(shown.html["lang"]))
            assert locale.day(datetime.date.fromisoformat(day)) in line.get_text()
        assert ("lastReviewed" in whole) == bool(line and line.get_text().strip().startswith("Reviewed by"))
    assert cites > 5
    assert dated > 5


def test_the_way_leads_to_pages_that_are_there(graphs: dict[Path, list[Node]], site: Path) -> None:
    """Each step, and the page of everything that is named."""
    addresses = set()
    for graph in graphs.values():
        addresses |= set(re.findall(rf'"({URL}[^"#]*)', json.dumps(graph)))
    assert len(addresses) > 20
    for address in addresses:
        assert (site / address.removeprefix(URL) / "index.html").is_file(), address


# ----------------------------------------------------------------------------------------------------------
# Kinds


@pytest.fixture(scope="module")
def guide() -> Guide:
    """The example."""
    return load(EXAMPLE)


def nodes(guide: Guide, path: str, kind: str, **shown: Any) -> list[Node]:
    """What a page says."""
    url = URL + path.removesuffix(".md") + "/"
    given = Shown(
        path, url, "A title", "What it is about.", kind, [{"title": "Home", "address": ""}], **shown
    )
    return structured_data.nodes(guide, given, URL)


def about(found: list[Node]) -> Node:
    """What a page is about: the last of its nodes, which the first refers to."""
    assert found[0]["about"] == {"@id": found[-1]["@id"]}
    return found[-1]


def test_a_page_says_what_its_thing_is(guide: Guide) -> None:
    """Under its own name, with what else it is called and its codes."""
    for kind, id_, type_ in (
        ("symptoms", "nosebleed", "MedicalSignOrSymptom"),
        ("causes", "dry-air", "MedicalCause"),
        ("causes", "weak-vessels", "MedicalCondition"),
        ("remedies", "press-the-nose", "MedicalTherapy"),
        ("treatments", "closing-the-vessel", "MedicalTherapy"),
        ("investigations", "looking-inside", "MedicalTest"),
    ):
        thing = guide.of(kind)[id_]
        found = about(nodes(guide, f"{kind}/{id_}.md", thing.singular))

        assert (type_, thing.title) == (found["@type"], found["name"]), kind
        codes = [each["codeValue"] for each in found.get("code", ())]
        assert codes == [*thing.codes.icd_10_cm, *thing.codes.mesh, *thing.codes.snomed_ct], kind


def test_advice_to_avoid_is_no_therapy(guide: Guide) -> None:
    """Nobody's machine may offer it as one."""
    found = nodes(guide, "remedies/head-back.md", "remedy")

    assert "MedicalTherapy" not in json.dumps(found)
    assert "head-back" in found[0]["url"]


def test_a_check_and_a_page_for_clinicians_are_about_their_symptom(guide: Guide) -> None:
    """They name it where it has its own page."""
    (check, *_), (clinicians, *_) = (
        nodes(guide, f"{folder}/nosebleed.md", kind)
        for folder, kind in (("check", "flow"), ("clinicians", "clinician"))
    )

    assert clinicians["about"] == {"@id": f"{URL}symptoms/nosebleed/#about"}
    assert "https://schema.org/Clinician" == clinicians["medicalAudience"]
    assert ["MedicalWebPage"] * 2 == [check["@type"], clinicians["@type"]]


def test_the_home_page_says_who_publishes_the_guide(guide: Guide) -> None:
    """The other pages name the site."""
    home, other = (
        next(node for node in nodes(guide, path, kind) if node["@type"] == "WebSite")
        for path, kind in (("index.md", "home"), ("about.md", "article"))
    )

    assert guide.site.owner == home["publisher"]["name"]
    assert (home["@id"], guide.site.name) == (other["@id"], other["name"])


def test_a_review_is_told_while_it_holds(guide: Guide) -> None:
    """Not before there was one, and not of words that have changed since."""
    cause, day = guide.causes["dry-air"], datetime.date(2026, 11, 1)
    review = reviews.sign(guide, cause, by="A. Person, nurse", on=day, again=None)

    def said(**changed: Any) -> Node:
        now = guide.with_things(causes={"dry-air": cause.model_copy(update=changed)})
        return nodes(now, "causes/dry-air.md", "cause")[0]

    assert "lastReviewed" not in said()
    told = said(reviewed=review)
    assert ("2026-11-01", "A. Person, nurse") == (told["lastReviewed"], told["reviewedBy"]["name"])
    assert "lastReviewed" not in said(reviewed=review, short="Other words.")


def test_one_medicine_is_named_as_a_drug(guide: Guide) -> None:
    """A page about several is not about one."""
    treatment = guide.treatments["closing-the-vessel"]
    one = Medicine(generic="tranexamic acid", brands=("Cyklokapron",))

    def said(*medicines: Medicine) -> Node:
        changed = treatment.model_copy(update={"medicines": medicines})
        now = guide.with_things(treatments={treatment.id: changed})
        found = nodes(now, f"treatments/{treatment.id}.md", "treatment")
        assert [] == wrong(found)
        return about(found)

    assert ("Drug", "tranexamic acid") == tuple(said(one)["drug"][name] for name in ("@type", "name"))
    assert "drug" not in said(one, Medicine(generic="silver nitrate"))


def test_no_text_ends_the_script(guide: Guide) -> None:
    """Whatever stands in a title, the page's HTML stays as it is, and the text comes out whole."""
    title = "a </script><script>alert(1)</script> <!-- & \u2028"
    shown = Shown("about.md", f"{URL}about/", title, title, "article", ())
    html = f"<script type=x>{structured_data.script(guide, shown, URL)}</script>"
    (only,) = BeautifulSoup(html, "html.parser").find_all("script")

    assert json.loads(only.get_text())["@graph"][0]["name"] == title
    assert "<" not in only.get_text()
