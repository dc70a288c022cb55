"""The built pages of a flow, read back: with script and without it they are the flow itself, so its proof holds for what readers get."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from careguide import emergency_numbers
from careguide.flow import plan as plan_module
from careguide.flow import proof, safety_figures
from careguide.flow.paths import facts_of
from careguide.flow.plan import ALL, REMEMBERED, Asked, Plan, Screen
from careguide.guide.guide import Guide
from careguide.guide.loader import load
from careguide.model.lists import Criterion
from careguide.source import markup
from conftest import TODAY
from sites import ROOT, page

FLOWS = sorted(file.stem for file in (ROOT / "data" / "flows").glob("*.yml"))


@pytest.fixture(scope="module")
def guide() -> Guide:
    """The real guide."""
    return load(ROOT)[0]


@pytest.fixture(params=FLOWS)
def id(request: pytest.FixtureRequest) -> str:
    """Each symptom that has a flow."""
    return str(request.param)


@pytest.fixture
def built(id: str, real_site: Path) -> BeautifulSoup:
    """The built page of a flow."""
    return page(real_site / "check" / id / "index.html")


# ---------------------------------------------------------------------------------------------------------------------
# The page as a plan


def played(built: BeautifulSoup, id: str) -> Plan:
    """The plan that the script reads: buttons, and what the signs carry."""
    return Plan(id, _levels(built), tuple(map(_played, built.select("form"))))


def _played(form: Tag) -> Screen:
    kind, routes = (
        str(form["data-kind"]),
        {str(button.get("value", "none")): button for button in form.select("button")},
    )
    none = routes["no" if kind == "gate" else "none"]
    signs = tuple(
        Asked(
            str(sign["data-sign"]),
            str(sign["data-next"]),
            _raises(sign),
            str(sign.get("data-who", "everyone")),
        )
        for sign in form.select("[data-sign]")
    )
    screen = Screen(str(form["id"]), kind, str(none["data-next"]), signs, _people(form))
    if kind != "gate":
        return screen
    doubt = str(none.get("data-doubt", ""))
    assert str(routes["unsure"]["data-next"]) == (doubt or screen.none)
    return Screen(
        screen.id,
        kind,
        screen.none,
        signs,
        yes=str(routes["yes"]["data-next"]),
        unsure=REMEMBERED,
        doubt=doubt,
    )


def _raises(sign: Tag) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.removeprefix("data-raise-"), str(to))
        for name, to in sign.attrs.items()
        if name.startswith("data-raise-")
    )


def _people(form: Tag) -> tuple[str, ...]:
    return tuple(str(person["data-person"]) for person in form.select("[data-person]"))


def read(built: BeautifulSoup, id: str, guide: Guide) -> Plan:
    """The plan of a reader without script, or on paper: links, and what the signs say."""
    return Plan(id, _levels(built), tuple(_read(form, guide) for form in built.select("form")))


def _read(form: Tag, guide: Guide) -> Screen:
    kind, links = (
        str(form["data-kind"]),
        {
            str(link["data-answer"]): str(link["href"]).removeprefix("#")
            for link in form.select("a[data-answer]")
        },
    )
    none, doubt = links["no" if kind == "gate" else "none"], links.get("doubt", "")
    assert links["unsure"] == {"gate": doubt or none, "people": none, "ticks": links["yes"]}[kind]
    words = {f"{words}:": who for who, words in guide.words["who"].items()}
    signs = tuple(
        Asked(
            str(sign["data-sign"]),
            links["yes"],
            tuple(
                (str(each["data-who"]), str(_only(each, "a")["href"]).removeprefix("#"))
                for each in sign.select(".sign__raise")
            ),
            next((words[who.get_text()] for who in sign.select(".sign__who")), "everyone"),
        )
        for sign in form.select("[data-sign]")
    )
    if kind == "gate":
        return Screen(str(form["id"]), kind, none, signs, yes=links["yes"], unsure=REMEMBERED, doubt=doubt)
    return Screen(str(form["id"]), kind, none, signs, _people(form), unsure=ALL)


def _levels(built: BeautifulSoup) -> tuple[str, ...]:
    return tuple(str(result["id"]) for result in built.select(".result"))


def _only(tag: Tag | BeautifulSoup, selector: str) -> Tag:
    (found,) = tag.select(selector)
    return found


def test_page_equals_flow(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """What the script reads from the page is the flow's plan, and the whole proof holds for it."""
    found = played(built, id)

    assert plan_module.plan(guide.flows[id], guide) == found
    assert () == proof.prove(found, facts_of(id, guide)).violations


def test_static_page_equals_flow(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """What a reader reads without script, or on paper, is the same plan, and the whole proof holds for it."""
    found = read(built, id, guide)

    assert plan_module.plan(guide.flows[id], guide) == found
    assert () == proof.prove(found, facts_of(id, guide)).violations


def test_an_answer_that_leads_elsewhere_would_be_found(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """Reading the page back finds a button and a link that were changed by hand."""
    plan = plan_module.plan(guide.flows[id], guide)
    html = str(built)

    button = BeautifulSoup(html, "html.parser")
    button.select_one("button[value=yes]")["data-next"] = "self-care"
    link = BeautifulSoup(
        re.sub(r'(<a class="to" data-answer="yes" href=")#emergency', r"\1#self-care", html, count=1),
        "html.parser",
    )

    assert plan != played(button, id)
    assert plan == read(button, id, guide)
    assert plan != read(link, id, guide)
    assert plan == played(link, id)


# ---------------------------------------------------------------------------------------------------------------------
# The words


def test_questions_and_signs_are_worded_as_in_the_data(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """Every question, every sign and what each sign means stand on the page as they stand in the data, in the same order."""
    steps, criteria = guide.flows[id].steps, guide.criteria
    asked = [criteria[sign] for step in steps for sign in step.signs]

    assert [step.ask for step in steps] == _texts(built, ".flow-step__ask")
    assert list(map(_said, asked)) == _texts(built, "[data-sign] .sign__text")
    assert [markup.plain(each.means) for each in asked] == _texts(built, "[data-sign] .sign__means")


def test_every_result_says_its_level_in_words(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """The level word, the place on the ladder and the style of a result come from the same field; worst first."""
    levels = guide.urgency.values()
    expected = [
        (f"result--{each.card}", f"level {place} of {len(levels)}, {each.level}", each.title)
        for place, each in enumerate(levels, 1)
    ]

    found = [
        (
            result["class"][1],
            _only(result, ".result__level").get_text().removeprefix("Your result: "),
            _only(result, ".result__name").get_text(),
        )
        for result in built.select(".result")
    ]

    assert expected == found


def test_every_lower_result_says_what_would_make_it_more_urgent(
    id: str, built: BeautifulSoup, guide: Guide
) -> None:
    """Each result names every sign of every level above it, and for whom a sign is raised; the worst has nothing above it."""
    criteria, levels = guide.criteria, list(guide.urgency)
    asked = [criteria[sign] for step in guide.flows[id].steps for sign in step.signs]
    for place, level in enumerate(levels):
        above = levels[:place]
        expected = {each.lead or each.sign for each in asked if each.urgency in above}
        raised = {
            f"{guide.words['who'][one.who]}: {each.lead or each.sign}"
            for each in asked
            for one in each.raise_
            if one.to in above
        }

        assert expected | raised == set(_texts(_only(built, f"#{level}"), ".safety-net li")), level


def test_the_emergency_result_has_every_countrys_number(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """Each emergency number can be pressed, with its countries beside it."""
    numbers = emergency_numbers(guide)

    found = [(str(link["href"]), link.get_text()) for link in built.select("#emergency a[href^='tel:']")]

    assert [(f"tel:{number}", f"{number} {', '.join(countries)}") for number, countries in numbers] == found


def test_home_care_says_when_it_fits(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """The last result shows the signs of home care, which nobody is asked."""
    listed = [guide.criteria[each] for each in guide.symptoms[id].criteria]
    expected = [_said(each) for each in listed if each.urgency == "self-care"]

    assert expected == [text for text in _texts(built, "#self-care li") if text in expected]


def test_paper_says_to_remember_what_is_not_sure(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """Under every emergency list stands what a doubt leads to, with the title of that result."""
    title = list(guide.urgency.values())[1].title
    memories = _texts(built, "[data-kind=gate] .flow-links p")

    assert len(built.select("[data-kind=gate]")) == len(memories)
    assert all(each.endswith(f"your result is: {title}.") for each in memories)


def _said(criterion: Criterion) -> str:
    """A sign as a reader sees it."""
    sign = markup.plain(criterion.sign)
    return f"{criterion.lead}: {sign}" if criterion.lead else sign


def _texts(tag: Tag | BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in tag.select(selector)]


# ---------------------------------------------------------------------------------------------------------------------
# Without script


def test_nothing_to_fill_in_shows_without_script(built: BeautifulSoup) -> None:
    """Boxes and buttons of the flow stand hidden until a script can do something with them."""
    loose = [
        control
        for control in built.select("main :is(input, button)")
        if not control.has_attr("hidden") and not control.find_parent(hidden=True)
    ]

    assert [] == loose


def test_every_question_is_a_group_with_its_question_as_heading(built: BeautifulSoup) -> None:
    """Each form is one fieldset, its legend holds the heading, and the page has one first heading."""
    assert len(built.select("form")) == len(built.select("form > fieldset > legend h2"))
    assert 1 == len(built.select("h1"))


def test_the_article_shows_the_first_emergency_list_without_a_click(
    id: str, real_site: Path, guide: Guide
) -> None:
    """On the symptom's own page the emergency card holds every sign of the flow's first list, and the flow's page is one link away."""
    article = page(real_site / "symptoms" / id / "index.html")
    first = [guide.criteria[sign] for sign in guide.flows[id].steps[0].signs]

    shown = _texts(article, ".care-card--emergency li")

    assert set(map(_said, first)) <= set(shown)
    assert article.select(f'.check a[href="../../check/{id}/"]')


# ---------------------------------------------------------------------------------------------------------------------
# The player and the published figures


def test_the_player_is_small_and_asks_for_nothing() -> None:
    """The script is at most 3 KB, and holds no word with which a page stores, sends or loads anything."""
    script = (ROOT / "hooks/careguide/theme/components/flow/flow.js").read_text(encoding="utf-8")

    assert len(gzip.compress(script.encode())) <= 3 * 1024
    assert [] == re.findall(
        r"fetch|XMLHttp|Beacon|Storage|indexedDB|cookie|WebSocket|EventSource|import|eval|innerHTML|https?:",
        script,
    )


def test_the_safety_page_publishes_what_was_found(id: str, real_site: Path, guide: Guide) -> None:
    """The numbers on the page are those of the proof, the faults and the stories; every hazard stands there with its controls."""
    found = safety_figures.figures(id, guide, ROOT / ".cache")
    made = sum(found.mutants.made.values())
    built = page(real_site / "safety" / "index.html")
    heading = _only(built, f"h3[id='{id}']")

    text = " ".join(heading.find_next("ul").get_text().split())

    assert f"{found.proof.combinations:,}" in text
    assert (
        f"{made}, of {len(found.mutants.made)} kinds. The checks found {made - len(found.mutants.missed)}."
        in text
    )
    assert (
        f"as soon as the story says: {found.tally.exact}; sooner than it says: {found.tally.over}; later than it says: {found.tally.under}"
        in text
    )
    for hazard in guide.hazards.values():
        controls = {
            each.get_text() for each in _only(built, f"h3[id='{hazard.id}']").find_next("ul").select("code")
        }
        assert set(hazard.controls) == controls


def test_the_version_on_the_note_is_the_flows(id: str, built: BeautifulSoup, guide: Guide) -> None:
    """The note names the version of the list it was made with."""
    assert plan_module.version(guide.flows[id], guide) in _only(built, ".note-slip__end").get_text()
    assert TODAY.year >= guide.flows[id].checked.year
