"""Dates that act: what a guide says on a day, to its readers and to its editors."""

from __future__ import annotations

import datetime
from pathlib import Path

import careguide
import pytest
from bs4 import BeautifulSoup
from careguide.cli import main
from careguide.guide import due
from careguide.source import clock
from conftest import EXAMPLE, TODAY, Project, changed, load, page, problems

AIR = "data/causes/dry-air.yml"


def built(today: datetime.date, root: Path = EXAMPLE) -> careguide.Site:
    """All that comes of the example on a day."""
    return careguide.build(root, today=today, site_url="https://nose.example/", try_mutants=False)


def sheet(made: careguide.Site, name: str) -> BeautifulSoup:
    """The web page of a sheet."""
    return BeautifulSoup(made.web_sheets[f"handouts/{name}/index.html"], "html.parser")


def test_the_worse_a_mistake_the_sooner_a_thing_is_checked_again(project: Project) -> None:
    """Numbers first, then signs and medicines, then the rest; a guide may say otherwise."""
    guide = load(EXAMPLE)
    number, sign = guide.services["xx"], guide.symptoms["nosebleed"]
    prose = guide.causes["dry-air"]
    assert due.interval(guide, number) < due.interval(guide, sign) < due.interval(guide, prose)
    assert due.interval(guide, guide.flows["nosebleed"]) == due.interval(guide, guide.criteria["heavy"])

    own = load(project(changed("data/site.yml", ("home:", "check_again:\n  prose: 3\nhome:"))))
    assert due.months_after(prose.checked, 3) == due.due(own, prose)


def test_months_are_those_of_the_calendar() -> None:
    """The last day of a short month stands for those that it does not have."""
    for day, months, expected in (
        ("2026-11-21", 12, "2027-11-21"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
    ):
        assert expected == str(due.months_after(datetime.date.fromisoformat(day), months))


def test_editors_are_told_a_month_before_and_readers_on_the_day(project: Project) -> None:
    """The page says on every day when it will be checked again."""
    for after, notice, line in (
        (-31, "", False),
        (-30, "must be checked again by", False),
        (0, "was to be checked again by", True),
    ):
        root = project(changed(AIR, ("checked: 2026-11-01", "checked: 2024-12-21")))
        guide = load(root)
        last = due.due(guide, guide.causes["dry-air"])
        assert last, after
        today = last + datetime.timedelta(days=after)

        told = [each for each in problems(root, today=today).splitlines() if "'dry-air'" in each]
        assert bool(notice) == (len(told) == 1), after
        assert all(notice in each and each.startswith(f"{AIR}:") for each in told), after
        text = page(root, "causes/dry-air.md", today=today)
        assert line == ("This page was due to be checked again on 21 December 2026" in text), after
        assert "21 December 2026" in text, after


def test_after_half_a_year_without_a_check_a_sheet_is_withdrawn() -> None:
    """Its page says why and still says when to get help; nothing offers it, and no PDF is made of it."""
    last = due.due(load(EXAMPLE), load(EXAMPLE).symptoms["nosebleed"])
    assert last
    before, after = built(last + due.WITHDRAWN - datetime.timedelta(days=1)), built(last + due.WITHDRAWN)
    offered, gone = sheet(before, "nosebleed"), sheet(after, "nosebleed")

    assert offered.select("a[href$='.pdf']")
    assert not gone.select("a[href$='.pdf']")
    assert "was to be checked again by" in gone.main.text
    assert [each.text for each in offered.select(".level li")] == [
        each.text for each in gone.select(".level li")
    ]
    assert not gone.select(".age")
    assert "handouts/nosebleed/tailor/index.html" not in after.web_sheets
    texts = {each.path: each.text for each in after.pages}
    assert "handouts/nosebleed/" not in texts["symptoms/nosebleed.md"]
    assert "Sheets that are withdrawn for now" in texts["handouts.md"]
    assert "Sheets that are withdrawn for now" not in {e.path: e.text for e in before.pages}["handouts.md"]
    codes = {each.id: each.code for each in after.handouts}
    assert codes == {each.id: each.code for each in before.handouts}


def test_two_years_on_lines_stand_on_pages_and_sheets_are_withdrawn(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line takes the day as an argument, so that an editor can see what will be."""
    root, out = project(), tmp_path / "pages"
    day = ["--root", str(root), "--today", str(TODAY.replace(year=TODAY.year + 2))]

    assert 0 == main([*day, "write", str(out)])
    assert "was due to be checked again" in (out / "causes/dry-air.md").read_text(encoding="utf-8")
    assert "Withdrawn for now" in (out / "handouts/nosebleed/index.html").read_text(encoding="utf-8")
    assert 0 == main([*day, "handouts", "nosebleed", "--out", str(tmp_path / "sheets")])
    said = capsys.readouterr()
    assert "0 PDFs written" in said.out
    assert "Nosebleed: This sheet was to be checked again by" in said.err


def test_on_another_day_a_guide_is_the_same_to_the_byte_unless_a_date_acts() -> None:
    """So a daily build publishes nothing new on most days."""
    first, second = built(TODAY), built(TODAY + datetime.timedelta(days=2))

    assert first.pages
    assert first.pages == second.pages
    assert first.web_sheets == second.web_sheets
    assert first.handouts == second.handouts


def test_a_writer_ahead_of_utc_writes_their_own_day(project: Project) -> None:
    """In Auckland it is tomorrow already; the day after tomorrow it is nowhere."""
    ahead = project(changed(AIR, ("checked: 2026-11-01", "checked: 2026-11-22")))
    assert "" == problems(ahead)
    assert "must not be in the future" in problems(ahead, today=TODAY - datetime.timedelta(days=1))


def test_a_source_past_its_own_review_is_listed(project: Project) -> None:
    """With the day that its publisher named."""
    root = project(changed("data/sources.yml", ("- id: study\n", "- id: study\n  next_review: 2026-11-20\n")))

    assert "may say something else by now: study (2026-11-20)" in problems(root)
    assert "" == problems(root, today=datetime.date(2026, 11, 20))


def test_many_that_are_due_are_one_notice() -> None:
    """Fifty lines would hide all others."""
    told = problems(EXAMPLE, today=TODAY.replace(year=TODAY.year + 4)).splitlines()
    notices = [each for each in told if "checked again by" in each]

    assert notices
    assert len(notices) <= 10
    assert any(" more" in each for each in notices)


def test_the_clock_can_be_set_and_a_day_that_is_none_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """For a published build the environment says which day it is."""
    monkeypatch.setenv(clock.VARIABLE, "2029-02-03")
    assert datetime.date(2029, 2, 3) == clock.today()
    monkeypatch.setenv(clock.VARIABLE, "tomorrow")
    assert 2 == main(["--root", str(EXAMPLE), "check"])
    assert (
        "CAREGUIDE_TODAY must be a date written as year-month-day, not 'tomorrow'" in capsys.readouterr().err
    )
