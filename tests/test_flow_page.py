"""The built page of a check, read back.

With script and without it, it is the plan, so the proof holds for readers.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from careguide.flow import safety_figures, view
from careguide.flow.plan import flow_of, plan, version
from careguide.guide.guide import Guide
from careguide.model.lists import EVERYONE
from careguide.source import markup
from conftest import load
from flows import plan_on
from sites import ROOT, page

SCRIPT = ROOT / "hooks/careguide/theme/components/flow/flow.js"


@pytest.fixture(scope="module")
def guide(guide_root: Path) -> Guide:
    """The guide whose checks are looked at."""
    return load(guide_root)


@pytest.fixture(params=["nosebleed"])
def symptom(request: pytest.FixtureRequest) -> str:
    """The symptom of each check."""
    return str(request.param)


@pytest.fixture
def built(symptom: str, site: Path) -> BeautifulSoup:
    """The built page of a check."""
    return page(site / "check" / symptom / "index.html")


# ------------------------------------------------------------------------------------------------------------
# The page is the plan


def test_page_equals_flow(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """What the script reads from the page is the plan, and of that the check proves all that matters."""
    flow = flow_of(guide, symptom)
    assert flow

    assert plan(symptom, flow, guide) == plan_on(built, symptom)


def test_static_page_equals_flow(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """Without script each sign stands once, under the link to its own level.

    One that is for some stands under whom it is for.
    """
    flow = flow_of(guide, symptom)
    assert flow
    asked = {line.id: line for screen in plan(symptom, flow, guide).screens for line in screen.lines}
    for_all = {str(each["data-sign"]): _yes(each) for each in built.select(".flow-step [data-sign]")}
    for_some = [(each, str(each["data-sign"])) for each in built.select(".flow-contexts [data-sign]")]

    assert for_all == {id_: line.level for id_, line in asked.items() if not line.contexts}
    assert for_some
    for item, sign in for_some:
        heading, level = _one(item.find_previous("h2")), _one(item.find_previous("h3"))
        assert heading["id"].removeprefix("if-") in asked[sign].contexts
        assert _one(level.a)["href"] == f"#{asked[sign].level}"
    assert {sign for _, sign in for_some} == asked.keys() - for_all.keys()


def test_a_line_that_leads_elsewhere_would_be_found(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """Reading the page back finds what was changed by hand."""
    flow = flow_of(guide, symptom)
    assert flow
    changed = BeautifulSoup(str(built), "html.parser")
    last = list(guide.urgency)[-1]
    _one(changed.select_one(".flow-step [data-sign]"))["data-level"] = last

    assert plan(symptom, flow, guide) != plan_on(changed, symptom)


def _yes(item: Tag) -> str:
    """The level that the link of a line's screen leads to."""
    form = _one(item.find_parent("form"))
    return str(_one(form.select_one("a.to"))["href"]).removeprefix("#")


def _one(tag: object) -> Tag:
    assert isinstance(tag, Tag)
    return tag


# ------------------------------------------------------------------------------------------------------------
# The words


def test_every_sign_has_its_own_words(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """Each line reads as in the data, with its hint."""
    items = built.select("[data-sign]")

    assert items
    for item in items:
        sign = guide.criteria[str(item["data-sign"])]
        assert _text(item.select_one(".flow-line__words")) == " ".join(markup.plain(sign.sign).split())
        assert _text(item.select_one(".flow-line__hint")) == " ".join(markup.plain(sign.hint or "").split())


def test_every_result_says_its_level_in_words(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """The level word, the title and the style of a result come from the ladder, worst first."""
    found = [
        (
            str(each["id"]),
            each["class"][1],
            _text(each.select_one(".result__level")),
            _text(each.select_one(".result__name")),
        )
        for each in built.select("[data-result]")
    ]

    assert found == [
        (each.id, f"style-{each.style}", guide.words.text("flow.result.level", level=each.level), each.title)
        for each in guide.urgency.values()
    ]


def test_each_sign_of_the_worst_level_says_what_to_do_meanwhile(
    symptom: str, built: BeautifulSoup, guide: Guide
) -> None:
    """The result holds a text for every sign that leads to it."""
    worst = next(iter(guide.urgency))
    result = _one(built.select_one(f"#{worst}"))
    meant = {
        sign for each in result.select("[data-meanwhile]") for sign in str(each["data-meanwhile"]).split()
    }
    asked = {str(each["data-sign"]) for each in built.select(f"[data-sign][data-level={worst}]")}

    assert asked
    assert asked <= meant


def test_the_worst_result_has_the_first_countrys_number(built: BeautifulSoup, guide: Guide) -> None:
    """Without script the first country's number stands there, and it can be pressed."""
    first, worst = next(iter(guide.services.values())), next(iter(guide.urgency))

    numbers = [str(each["href"]) for each in built.select(f"#{worst} a[href^='tel:']")]

    assert f"tel:{first.call.emergency}" in numbers


def test_signs_of_the_last_level_stand_with_its_result(
    symptom: str, built: BeautifulSoup, guide: Guide
) -> None:
    """Nobody is asked them; who is well reads them."""
    last = list(guide.urgency)[-1]
    result = " ".join(_one(built.select_one(f"#{last}")).get_text().split())
    flow = flow_of(guide, symptom)
    assert flow
    timed = {time.sign for time in flow.times}
    mine = [
        sign
        for sign in guide.pick("criteria", guide.symptoms[symptom].signs)
        if sign.level == last and sign.id not in timed
    ]

    assert mine
    assert [sign.id for sign in mine if markup.plain(sign.sign) not in result] == []


def test_a_calm_result_offers_every_context_once_more(
    symptom: str, built: BeautifulSoup, guide: Guide
) -> None:
    """A box that was forgotten is offered again, and leads to its signs without script too."""
    last = list(guide.urgency)[-1]
    links = {str(each["data-again"]): str(each["href"]) for each in built.select(f"#{last} [data-again]")}
    hiding = {
        context
        for sign in guide.pick("criteria", guide.symptoms[symptom].signs)
        for context in sign.context
        if context != EVERYONE and sign.level != last
    }

    assert hiding
    assert hiding <= links.keys()
    assert all(built.select_one(href) for href in links.values())


def _text(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


# ------------------------------------------------------------------------------------------------------------
# Without script


def test_nothing_to_fill_in_shows_without_script(built: BeautifulSoup) -> None:
    """Buttons of the check stand hidden until a script can do something with them."""
    assert [
        str(each)
        for each in built.select(".flow :is(input, button)")
        if not each.has_attr("hidden") and not each.find_parent(hidden=True)
    ] == []


def test_every_question_has_a_heading(built: BeautifulSoup) -> None:
    """Each screen has one heading, which takes the focus, and the page has one first heading."""
    forms = built.select("form.flow-step")

    assert forms
    assert [len(form.select("h2[tabindex='-1']")) for form in forms] == [1] * len(forms)
    assert len(built.select("h1")) == 1


def test_a_symptoms_page_shows_the_signs_it_names(symptom: str, site: Path, guide: Guide) -> None:
    """Its levels hold the signs of `shown` in full, and the check is one link away."""
    article = page(site / "symptoms" / symptom / "index.html")
    shown = guide.pick("criteria", guide.symptoms[symptom].shown)
    text = " ".join(article.get_text().split())

    assert shown
    assert [sign.id for sign in shown if " ".join(markup.plain(sign.sign).split()) not in text] == []
    assert article.select(f'a.check-start[href="../../check/{symptom}/"]')


# ------------------------------------------------------------------------------------------------------------
# The player and the published figures


def test_the_player_is_small_and_asks_for_nothing() -> None:
    """The script is at most 5 KB, and holds no word with which a page stores, sends or loads anything."""
    script = SCRIPT.read_text(encoding="utf-8")
    unwanted = (
        r"fetch|XMLHttp|Beacon|Storage|indexedDB|cookie|WebSocket|EventSource|import|eval|innerHTML|https?:"
    )

    assert len(gzip.compress(script.encode())) <= 5 * 1024
    assert re.findall(unwanted, script) == []


def test_the_safety_page_publishes_what_was_found(
    symptom: str, site: Path, guide: Guide, guide_root: Path
) -> None:
    """The figures are those of the proof, the faults and the stories.

    Every hazard stands there with what is still to do and its controls, in plain words.
    """
    found = safety_figures.figures(symptom, guide, guide_root / ".cache")
    built = page(site / "safety" / "index.html")
    text = " ".join(built.get_text().split())

    assert f"{found.effort.words:,}" in text
    assert f"{sum(found.mutants.made.values()):,}" in text
    assert guide.hazards
    for hazard in guide.hazards.values():
        heading = _one(built.select_one(f"h3[id='{hazard.id}']"))
        told, guards = (
            [_text(each) for each in found.select("li")] for found in heading.find_all_next("ul", limit=2)
        )
        assert guards == [" ".join(markup.plain(each).split()) for each in hazard.controls]
        still = " ".join(markup.plain(hazard.open or "").split())
        assert told[-1].endswith(still)
        assert len(told) == (5 if still else 4)


def test_no_function_is_named_on_the_safety_page(site: Path, guide: Guide) -> None:
    """A clinician reads what is done, not what it is called in the code."""
    text = page(site / "safety" / "index.html").get_text()
    rules = {rule for hazard in guide.hazards.values() for rule in hazard.rules}

    assert rules
    assert [rule for rule in rules if "_" in rule and rule in text] == []


def test_the_version_on_the_note_is_the_checks(symptom: str, built: BeautifulSoup, guide: Guide) -> None:
    """The note names the version of the check it was made with."""
    flow = flow_of(guide, symptom)
    assert flow
    assert version(symptom, flow, guide) in _text(built.select_one(".note-slip__end"))


def test_a_symptom_without_a_flow_has_no_check(guide: Guide) -> None:
    """A flow of one symptom's own serves that symptom alone."""
    assert len(guide.symptoms) > 1
    assert [symptom for symptom, _ in view.checks(guide)] == ["nosebleed"]
