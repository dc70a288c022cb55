"""Care near a reader: a page for each country, a choice kept only if asked, and what is old or missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import becomes
from bs4 import BeautifulSoup
from careguide.cli import main
from careguide.contribute import services
from careguide.guide import services as calls
from conftest import EXAMPLE, TODAY, Project, changed, load, page
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.usefixtures("today")

FIND_CARE = "data/services.yml"


def test_a_country_has_a_page_with_everything_by_level_and_its_sources() -> None:
    """Each level but the last, worst first, in that country's words; each number with its official page."""
    guide = load(EXAMPLE)
    for service in guide.services.values():
        text = page(EXAMPLE, f"find-care/{service.id}.md")
        places = [text.index(f"{{ #{level.id} }}") for level in guide.ladder.levels[:-1]]
        assert places == sorted(places)
        assert service.call.emergency in text[: places[1]]
        for line in (*service.emergency, *service.advice, *service.poison, *service.crisis):
            assert line.source in text
            assert not line.number or f"**{line.number}**" in text
        assert f"Checked against its sources on {guide.site.locale.day(service.checked)}" in text
        assert f"find-care/{service.id}.md" in page(EXAMPLE, "find-care.md")


def test_another_country_is_told_its_own_numbers() -> None:
    """A text that was filled for the first country never keeps its number."""
    first, other = load(EXAMPLE).services.values()
    worst = load(EXAMPLE).ladder.levels[0]

    assert first.call.emergency in calls.whom_to_call(worst, first)
    assert other.call.emergency in calls.whom_to_call(worst, other)
    assert first.call.emergency not in calls.whom_to_call(worst, other)


def test_a_line_ends_in_one_mark_and_its_hours_are_a_sentence(project: Project) -> None:
    """A name that is a question keeps its own mark."""
    line = '- number: "777"\n      name: '
    more = f"{line}Need to talk?\n      hours: Day and night\n"
    asks = changed(FIND_CARE, (f"{line}Emergency services\n", more))

    assert "Need to talk? Day and night. [" in page(project(asks), "find-care.md")


def test_old_numbers_and_what_nobody_confirmed_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Old ones end in a failure, so that a program can watch."""
    root = ["--root", str(EXAMPLE)]
    assert 0 == main([*root, "services"])
    now = capsys.readouterr().out
    assert 1 == main([*root, "--today", str(TODAY.replace(year=TODAY.year + 1)), "services"])
    then = capsys.readouterr().out

    assert "OLD" not in now
    assert then.count("OLD") == len(load(EXAMPLE).services)
    missing = [line for line in now.splitlines() if line.startswith("  ")]
    assert len(missing) == sum(
        len(list(services._unconfirmed(load(EXAMPLE), s))) for s in load(EXAMPLE).services.values()
    )
    assert missing


def test_a_country_is_remembered_only_where_the_reader_says_so(tab: Page, address: str) -> None:
    """Choosing keeps nothing; a tick does, on every page; clearing it forgets."""
    tab.goto(address)
    tab.evaluate("document.getElementById('countries').showPopover()")
    tab.click("button[data-does=country][value=yy]")
    numbers = tab.locator("[data-call=emergency]").first
    number = load(EXAMPLE).services["yy"].call.emergency
    expect(numbers).to_contain_text(number)
    assert 0 == tab.evaluate("localStorage.length")

    tab.evaluate("document.getElementById('countries').showPopover()")
    tab.check("[data-remember]")
    becomes(tab, lambda: tab.evaluate("({...localStorage})"), {"country": "yy"})
    tab.goto(f"{address}causes/picking/")
    expect(tab.locator("[data-remember]")).to_be_checked()
    expect(numbers).to_contain_text(number)

    tab.evaluate("document.getElementById('countries').showPopover()")
    tab.uncheck("[data-remember]")
    becomes(tab, lambda: tab.evaluate("localStorage.length"), 0)


def test_a_browser_that_can_keep_nothing_does_not_say_that_it_does(tab: Page, address: str) -> None:
    """Its storage is full, or closed: the box cannot be ticked, and the choice still counts on the page."""
    tab.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') }")
    tab.goto(address)
    tab.evaluate("document.getElementById('countries').showPopover()")
    tab.click("[data-remember]")

    expect(tab.locator("[data-remember]")).not_to_be_checked()
    tab.click("button[data-does=country][value=yy]")
    number = load(EXAMPLE).services["yy"].call.emergency
    expect(tab.locator("[data-call=emergency]").first).to_contain_text(number)


def test_the_page_of_a_country_shows_its_own_numbers_and_only_there(tab: Page, address: str) -> None:
    """Also the number in the line above it; the next page is that of the reader's country again."""
    first, other = load(EXAMPLE).services.values()
    tab.goto(f"{address}find-care/{other.id}/")
    expect(tab.locator("[data-call=emergency]").first).to_contain_text(other.call.emergency)
    tab.click("main a[href*='when-to-get-help']")
    tab.wait_for_url("**/when-to-get-help/**")
    expect(tab.locator("[data-call=emergency]").first).to_contain_text(first.call.emergency)


def test_a_sheet_is_printed_for_a_chosen_country(tab: Page, address: str, site: Path) -> None:
    """Where its parts are chosen; each level then says whom to call there."""
    file = site / "handouts/nosebleed/tailor/index.html"
    options = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select("select option")
    other = load(EXAMPLE).services["yy"]
    assert ["xx", "yy"] == [option["value"] for option in options]

    tab.goto(f"{address}handouts/nosebleed/tailor/")
    tab.select_option("select[name=country]", "yy")
    expect(tab.locator("[data-level='1']")).to_contain_text(other.call.emergency)
    assert tab.evaluate("localStorage.length") == 0
