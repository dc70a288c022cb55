"""Whether people find what they ask for: lay queries in the search of this guide's own site, as it is sent.

Levels are asserted, not single answers: who wants to know which queries fail runs `make search`.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from careguide.guide import loader
from careguide.guide.guide import Guide
from careguide.model.kinds import TOPICS
from playwright.sync_api import Browser, expect
from sites import GUIDE, page, served

HERE = Path(__file__).parent
ASK = """queries => queries.map((query) => {
    const field = document.getElementById("search-words");
    field.value = query;
    field.dispatchEvent(new Event("input"));
    const links = (list) => [...document.querySelectorAll(`.search__${list} .search__link`)];
    const address = ({pathname, hash}) => pathname.slice(1) + hash;
    return {dangers: links("dangers").map(address), pages: links("pages").map(address)};
})"""


@dataclass(frozen=True)
class Found:
    """What stands on the screen for one query."""

    dangers: list[str]
    """Addresses of the signs on red cards, and their like."""
    pages: list[str]
    """Addresses of the pages below them."""

    @property
    def first_three(self) -> list[str]:
        """The first three pages that its links lead to, in the order in which they stand."""
        links = [each.partition("#")[0] for each in (*self.dangers, *self.pages)]
        return list(dict.fromkeys(links))[:3]


Ask = Callable[[list[str]], list[Found]]


@pytest.fixture(scope="module")
def ask(site: Path, browser: Browser) -> Iterator[Ask]:
    """Types queries into the search of the built site."""
    with served(site) as address, browser.new_page() as tab:
        tab.goto(f"{address}search/")
        tab.locator("#search-words").focus()
        expect(tab.locator("#search")).to_have_attribute("data-state", "ready")
        yield lambda queries: [Found(**each) for each in tab.evaluate(ASK, queries)]


@pytest.fixture(scope="module")
def guide() -> Guide:
    """What the guide says."""
    return loader.load(GUIDE)[0]


def queries(name: str) -> list[dict[str, Any]]:
    """The queries in a file: what is typed, the right pages (best first), and the signs of a danger."""
    return list(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))


def share(good: int, of: int) -> float:
    """In per cent."""
    assert of > 20, "too few to say anything"
    return 100 * good / of


HALVES = ("queries.yml", "queries_kept.yml")


@pytest.mark.parametrize("half", HALVES)
def test_the_right_page_is_among_the_first_three_and_mostly_the_first(half: str, ask: Ask) -> None:
    """Of 100 queries at least 95, and 80; only what has no meaning finds nothing."""
    asked = [each for each in queries(half) if each["pages"]]
    found = ask([each["query"] for each in asked])
    first = three = 0
    nothing = []
    for each, got in zip(asked, found, strict=True):
        right = [address in each["pages"] for address in got.first_three]
        first += right[:1] == [True]
        three += any(right)
        if not right:
            nothing.append(each["query"])

    assert share(three, len(asked)) >= 95
    assert share(first, len(asked)) >= 80
    assert [] == nothing


@pytest.mark.parametrize("half", HALVES)
def test_a_danger_comes_first_and_hardly_anything_else_does(half: str, ask: Ask) -> None:
    """Every query that names a danger shows its sign first; of 100 others at most 5 show one."""
    asked = queries(half)
    found = ask([each["query"] for each in asked])
    missed, alarms, dangers = [], [], 0
    for each, got in zip(asked, found, strict=True):
        signs = {f"when-to-get-help/#{sign}" for sign in each.get("signs", ())}
        dangers += bool(signs)
        if signs and not signs & set(got.dangers):
            missed.append(each["query"])
        if not signs and got.dangers:
            alarms.append(each["query"])

    assert dangers > 20
    assert [] == missed
    assert share(len(alarms), len(asked) - dangers) <= 5, alarms


def test_a_sign_in_its_own_words_is_a_danger(ask: Ask, guide: Guide) -> None:
    """Whoever types the lead of a sign that needs help today sees that sign among the first two."""
    signs = [each for each in guide.criteria.values() if each.level in guide.ladder.ids[:2]]
    found = ask([each.lead for each in signs])
    missed = [
        sign.id
        for sign, got in zip(signs, found, strict=True)
        if f"when-to-get-help/#{sign.id}" not in got.dangers[:2]
    ]

    assert len(signs) > 20
    assert [] == missed


def test_a_short_word_does_not_go_on_to_be_another(ask: Ask) -> None:
    """Whoever fears to die is not led to a diet."""
    (found,) = ask(["am i going to die"])

    assert "causes/worry-and-panic/" in found.pages
    assert not [page for page in found.pages if "food" in page or "minerals" in page]


def test_everything_says_what_people_type_for_it(guide: Guide) -> None:
    """Each topic, each hard word, and each sign that needs help today."""
    silent = [
        thing.id
        for kind in TOPICS
        for thing in guide.of(kind).values()
        if not (thing.also_called and thing.search_words)
    ]
    silent += [term.id for term in guide.glossary.values() if not (term.forms or term.search_words)]
    today = guide.ladder.ids[:2]
    silent += [sign.id for sign in guide.criteria.values() if sign.level in today and not sign.search_words]

    assert len(guide.criteria) > 20
    assert [] == silent


# ------------------------------------------------------------------------------------------------------------
# Names, with letters that are wrong


def names(guide: Guide) -> dict[str, set[str]]:
    """Names of one word, of at least five letters, with the pages that have them."""
    found: dict[str, set[str]] = {}
    for kind in TOPICS:
        for thing in guide.of(kind).values():
            for name in (thing.title, *thing.also_called, *thing.covers):
                if re.fullmatch(r"[A-Za-z]{5,}", name):
                    found.setdefault(name.lower(), set()).add(f"{kind}/{thing.id}/")
    return found


def one_slip(word: str, place: int) -> str:
    """The word with one slip: a letter left out, doubled, changed round with the next, or another vowel."""
    at = 1 + place % (len(word) - 2)
    return (
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + ("o" if word[at] != "o" else "e") + word[at + 1 :],
    )[place % 4]


def two_slips(word: str, place: int) -> str:
    """The word with two slips, in places apart."""
    half = len(word) // 2
    return one_slip(word[:half] + "..", place)[:-2] + one_slip(".." + word[half:], place + 1)[2:]


@pytest.mark.parametrize(("slips", "least", "shortest"), [(1, 95, 5), (2, 85, 7)])
def test_names_are_found_with_letters_wrong(
    slips: int, least: float, shortest: int, ask: Ask, guide: Guide
) -> None:
    """One wrong letter, and two in a longer word."""
    known = {word: pages for word, pages in names(guide).items() if len(word) >= shortest}
    typed = {}
    for place, (word, pages) in enumerate(sorted(known.items())):
        for more in range(2):
            wrong = (one_slip if slips == 1 else two_slips)(word, place + more)
            if wrong not in known:
                typed[wrong] = pages
    found = ask(list(typed))
    right = [bool(pages & set(got.first_three)) for pages, got in zip(typed.values(), found, strict=True)]

    assert share(sum(right), len(right)) >= least


def test_medicines_are_found_by_generic_name_and_by_brand(ask: Ask, guide: Guide) -> None:
    """All that a page is about."""
    known: dict[str, set[str]] = {}
    for kind in ("causes", "treatments"):
        for thing in guide.of(kind).values():
            for medicine in thing.medicines:
                for name in (medicine.generic, *medicine.brands):
                    known.setdefault(name, set()).add(f"{kind}/{thing.id}/")
    found = ask(list(known))
    missed = [
        name
        for (name, pages), got in zip(known.items(), found, strict=True)
        if not pages & set(got.first_three)
    ]

    assert len(known) > 40
    assert [] == missed


# ------------------------------------------------------------------------------------------------------------
# Weight, and the way without script


def test_script_and_index_are_light(site: Path) -> None:
    """At most 45 KB, compressed, and all of it in one file."""
    (file,) = site.glob("assets/look/search.*.js")

    assert len(gzip.compress(file.read_bytes())) <= 45 * 1024


def test_every_name_stands_in_the_a_to_z_two_clicks_from_home(site: Path, guide: Guide) -> None:
    """Each title, and what else a page is called or covers; home leads there in one click."""
    links = page(site / "search/index.html").select(".names a")
    named = {each.get_text().split(": see ")[0].lower() for each in links}
    missed = [
        name
        for kind in TOPICS
        for thing in guide.of(kind).values()
        for name in (thing.title, *thing.also_called, *thing.covers)
        if name.split(": see ")[0].lower() not in named
    ]

    assert len(links) > 300
    assert [] == missed
    assert page(site / "index.html").select('header a[href="search/"]')
