"""What machines look for at the root of a site, the days in its map, and how the guide is cited."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

from careguide.exports import site_files
from careguide.guide import history
from conftest import EXAMPLE, TODAY, Project, changed, load, page
from sites import ROOT, html_files
from sites import page as parsed

SITE = "https://nose.example/"


def test_security_says_whom_to_write_to_for_half_a_year_and_more() -> None:
    """As RFC 9116 wants it: a contact, a day on which it expires within a year, and its own address."""
    for today, expected in (
        ("2026-01-01", "2026-07-01"),
        ("2026-01-02", "2027-01-01"),
        ("2026-06-30", "2027-01-01"),
        ("2026-07-01", "2027-07-01"),
        ("2026-11-21", "2027-07-01"),
    ):
        day = datetime.date.fromisoformat(today)
        text = site_files.files(load(EXAMPLE), SITE, day)[site_files.SECURITY].decode()
        fields = dict(line.split(": ", 1) for line in text.splitlines())

        assert "mailto:desk@clinic.example" == fields["Contact"], today
        assert f"{expected}T00:00:00.000Z" == fields["Expires"], today
        assert f"{SITE}.well-known/security.txt" == fields["Canonical"], today


def test_a_guide_without_a_contact_pretends_none(project: Project) -> None:
    """No file says that somebody reads what nobody reads."""
    root = project(changed("data/site.yml", ("contact: mailto:desk@clinic.example\n", "")))

    assert [site_files.ROBOTS] == list(site_files.files(load(root), SITE, TODAY))


def test_the_site_has_them_and_its_map_tells_days_that_something_was_checked(site: Path) -> None:
    """A page has the day of what it shows; no page has the day of the build."""
    assert "Sitemap: https://guide.example/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")
    assert (site / ".well-known/security.txt").is_file()
    found: dict[str, str] = {}
    for url in ET.parse(site / "sitemap.xml").getroot():
        address, day, *_ = (each.text or "" for each in url)
        found[address.removeprefix("https://guide.example/")] = day
    guide = load(EXAMPLE)
    days = history.days(guide)

    assert found["causes/dry-air/"] == str(guide.causes["dry-air"].checked)
    assert found["causes/weak-vessels/"] == "2026-11-10"  # told of by the last change
    assert found["find-care/xx/"] == str(guide.services["xx"].checked)
    assert set(found.values()) <= {str(day) for day in days.values()}


def test_every_page_says_which_address_is_its_own(site: Path) -> None:
    """So that copies count for nothing."""
    files = html_files(site)
    assert len(files) > 10
    for file in files:
        link = parsed(file).select_one("link[rel=canonical]")
        assert link
        assert str(link["href"]).startswith("https://guide.example/")


def test_the_guide_says_how_it_is_cited(project: Project) -> None:
    """With a version that changes with what it says, and the last day on which anything was checked."""
    root = project()
    first = re.findall(r"Version (\w{8}), 10 November 2026", page(root, "about.md"))
    file = root / "data/causes/picking.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("A nail can scratch", "A nail can cut"))
    then = re.findall(r"Version (\w{8}), 10 November 2026", page(root, "about.md"))

    assert 1 == len(first) == len(then)
    assert first != then


def test_the_package_names_every_licence_that_is_in_it() -> None:
    """Each licence's own words are in the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = [(ROOT / "LICENSE").read_text(encoding="utf-8")]
    for pattern in project["license-files"]:
        texts += [file.read_text(encoding="utf-8") for file in ROOT.glob(pattern)]

    assert "MIT AND CC-BY-4.0 AND OFL-1.1" == project["license"]
    assert any("MIT License" in text for text in texts)
    assert any("SIL OPEN FONT LICENSE" in text.upper() for text in texts)
