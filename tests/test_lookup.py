"""Look-up by code: each code names its pages, and a records system's request opens the right one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from careguide.exports import lookup
from careguide.guide import drafts
from careguide.guide.guide import Guide
from careguide.model.topics import Codes
from conftest import EXAMPLE, load
from playwright.sync_api import Page, expect
from sites import lookup_files, page, served

ICD = "2.16.840.1.113883.6.90"
MESH = "2.16.840.1.113883.6.177"
SNOMED = "2.16.840.1.113883.6.96"


@pytest.fixture(scope="module")
def guide() -> Guide:
    """The example, as it is published, with codes for its symptom."""
    found = drafts.published(load(EXAMPLE))
    codes = Codes(icd_10_cm=("R04.0",), icd_10_gm=("R04.0",), snomed_ct=("249366005",))
    symptom = found.symptoms["nosebleed"].model_copy(update={"codes": codes})
    return found.with_things(symptoms={**found.symptoms, "nosebleed": symptom})


@pytest.fixture(scope="module")
def made(guide: Guide) -> dict[str, bytes]:
    """Its pages."""
    return lookup.files({"": guide}, {("", "nosebleed"): "handouts/nosebleed/"})


def shown(made: dict[str, bytes], path: str) -> BeautifulSoup:
    """One page."""
    return BeautifulSoup(made[f"{path}/index.html"].decode(), "html.parser")


def test_each_code_names_the_pages_about_it(made: dict[str, bytes]) -> None:
    """The symptom first, with its sheet and its page for clinicians; then the cause."""
    links = [link["href"] for link in shown(made, "code/icd-10-cm/R04.0").select("main a")]
    paths = ["symptoms/nosebleed/", "handouts/nosebleed/", "clinicians/nosebleed/", "causes/weak-vessels/"]

    assert [f"../../../{path}" for path in paths] == links
    for path in ("icd-10-cm/J30.1", "icd-10-gm/R04.0", "mesh/D006255", "snomed-ct/249366005"):
        assert shown(made, f"code/{path}").select("main li a")


def test_the_most_general_symptom_comes_first(guide: Guide) -> None:
    """One that may be anywhere in the body is more likely meant than one of a single place."""
    symptom = guide.symptoms["nosebleed"]
    narrow = symptom.model_copy(update={"id": "a-narrow", "places": (), "title": "Narrow"})
    both = guide.with_things(symptoms={"a-narrow": narrow, "nosebleed": symptom})

    titles = [found.title for found in lookup.table({"": both}, {})["icd_10_cm"]["R04.0"]]
    assert titles[:2] == [symptom.title, "Narrow"]


def test_all_codes_are_listed(made: dict[str, bytes]) -> None:
    """By system, each with a link to its page."""
    listed = shown(made, "code")
    links = [link["href"] for link in listed.select(".codes a")]

    assert ["ICD-10-CM", "ICD-10-GM", "MeSH", "SNOMED CT"] == [
        each.get_text() for each in listed.select("h2")
    ]
    assert len(links) > 4
    assert all(f"code/{link}index.html" in made for link in links)


def test_search_engines_keep_the_pages_themselves(made: dict[str, bytes]) -> None:
    """Look-up pages say little: none is listed, and none is heavy."""
    pages = {path: content for path, content in made.items() if path.endswith(".html")}

    assert len(pages) > 6
    for path, content in pages.items():
        html = BeautifulSoup(content.decode(), "html.parser")
        assert "noindex" == html.select_one("meta[name=robots]")["content"]
        assert len(html.select("h1")) == 1
        assert html.html["lang"] == "en-GB"
        assert len(content) < 4096, path


def test_a_code_that_is_no_name_of_a_folder_makes_none(guide: Guide) -> None:
    """Nothing is written outside."""
    cause = guide.causes["dry-air"].model_copy(update={"codes": Codes(icd_10_cm=("../x", "a b", "J34.8"))})
    made = lookup.files({"": guide.with_things(causes={"dry-air": cause})}, {})

    assert "code/icd-10-cm/J34.8/index.html" in made
    assert not [path for path in made if ".." in path or " " in path]


def test_a_guide_without_codes_has_no_such_pages(guide: Guide) -> None:
    """Nothing to look up."""
    assert {} == lookup.files({"": guide.with_things(symptoms={}, causes={})}, {})


def test_links_of_built_pages_lead_somewhere(site: Path) -> None:
    """Also to what they load; and the site's list of pages has none of them."""
    files = lookup_files(site)
    assert len(files) > 3
    for file in files:
        for tag in page(file).select("a[href], link[href], script[src]"):
            target = (file.parent / str(tag.get("src") or tag["href"])).resolve()
            assert (target / "index.html").is_file() or target.is_file(), (file, target)
    listed = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "/causes/" in listed
    assert "/code/" not in listed
    assert "infobutton" not in listed


# ----------------------------------------------------------------------------------------------------------
# The Infobutton


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, guide: Guide, made: dict[str, bytes]) -> Iterator[str]:
    """Look-up pages beside pages with nothing on them."""
    folder = tmp_path_factory.mktemp("lookup")
    names = ("symptoms/nosebleed", "clinicians/nosebleed", "handouts/nosebleed", "search")
    pages = {f"{name}/index.html": b"<title>x</title>" for name in names}
    for cause in guide.causes:
        pages[f"causes/{cause}/index.html"] = b"<title>x</title>"
    for path, content in {**pages, **made}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    with served(folder) as address:
        yield address


def ask(tab: Page, address: str, **request: str) -> None:
    """Ask as a records system does. `c`, `cs`, `dn` and `ot` are those of the main search criterion."""
    given = {
        f"mainSearchCriteria.v.{name}" if len(name) < 3 else name: each for name, each in request.items()
    }
    tab.goto(f"{address}infobutton/?{urlencode(given)}", wait_until="commit")


def test_a_request_opens_the_right_page(tab: Page, address: str) -> None:
    """By code or by name; for a patient, for a clinician, or the sheet that a clinician hands over."""
    for request_, page_ in (
        ({"c": "R04.0", "cs": ICD}, "symptoms/nosebleed/"),
        ({"c": "r040", "cs": f"urn:oid:{ICD}"}, "symptoms/nosebleed/"),
        ({"c": "R04.0", "cs": "http://hl7.org/fhir/sid/icd-10-cm"}, "symptoms/nosebleed/"),
        ({"c": "R04.0"}, "symptoms/nosebleed/"),
        ({"c": "R04", "cs": "ICD-10-CM"}, "symptoms/nosebleed/"),
        ({"c": "249366005", "cs": SNOMED}, "symptoms/nosebleed/"),
        ({"c": "D006255", "cs": MESH}, "causes/hay-fever/"),
        ({"c": "J30.1", "cs": ICD, "dn": "whatever it is called there"}, "causes/hay-fever/"),
        ({"c": "R04.0", "cs": ICD, "informationRecipient": "PROV"}, "clinicians/nosebleed/"),
        ({"c": "R04.0", "cs": ICD, "informationRecipient": "PAT"}, "symptoms/nosebleed/"),
        (
            {"c": "R04.0", "cs": ICD, "informationRecipient": "PAT", "performer": "PROV"},
            "handouts/nosebleed/",
        ),
        ({"c": "J30.1", "cs": ICD, "informationRecipient": "PROV"}, "causes/hay-fever/"),
        ({"c": "R04.0", "cs": "9.9.9", "dn": "Hay fever"}, "causes/hay-fever/"),
        ({"ot": "a broken toe"}, "search/#search=a%20broken%20toe"),
    ):
        ask(tab, address, **request_)
        tab.wait_for_url(address + page_)


def test_what_is_unknown_is_said(tab: Page, address: str) -> None:
    """The reader can choose a code, and nothing of the request becomes an address or HTML."""
    ask(tab, address, c="<img src=x onerror=alert(1)>", cs="javascript:alert(1)")
    tab.locator("#none").wait_for()

    assert tab.url.startswith(f"{address}infobutton/?")
    assert "no page" in tab.locator("#none").inner_text()
    assert 0 == tab.locator("img, #pages a").count()
    assert "code/" in str(tab.locator("main p a").get_attribute("href"))


def test_several_pages_are_offered(guide: Guide, tmp_path: Path, tab: Page) -> None:
    """Where a code stands for two causes, the reader chooses."""
    codes = Codes(icd_10_cm=("J34.8",))
    causes = {
        id_: guide.causes[id_].model_copy(update={"codes": codes}) for id_ in ("dry-air", "weak-vessels")
    }
    for path, content in lookup.files({"": guide.with_things(causes=causes)}, {}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    with served(tmp_path) as address:
        ask(tab, address, c="J34.8", cs=ICD)
        expect(tab.locator("#pages a")).to_have_text([guide.causes[id_].title for id_ in causes])


def test_without_script_the_page_says_what_it_is_for(made: dict[str, bytes]) -> None:
    """And leads to all codes."""
    main = shown(made, "infobutton").main
    hidden = main.select("[hidden]")
    assert hidden
    for each in hidden:
        each.extract()

    assert "JavaScript" in main.get_text()
    assert main.select("a[href='../code/']")
