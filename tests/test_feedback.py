"""How a reader says that something is wrong on a page, and which files a page came from."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import careguide
import pytest
import yaml
from careguide.contribute import forms
from careguide.pages.feedback import FORM, Feedback
from conftest import EXAMPLE, TODAY, Project, changed
from sites import REPOSITORY, html_files, page
from test_site import _edit_link as edit_link


def made(root: Path = EXAMPLE, repository: str = REPOSITORY) -> Feedback:
    """The ways of a guide with a repository, or without."""
    site = careguide.build(root, today=TODAY, try_mutants=False)
    files = {each.relative_to(root).as_posix() for each in root.rglob("*.*")}
    edit = "edit/main/" if repository else ""
    return Feedback(site.guide, site.pages, files, repository=repository, edit=edit)


def test_a_form_is_filled_with_the_page_and_its_version() -> None:
    """Each part that is filled in is a question of the form; the version changes with the page's words."""
    ways = made()
    link = ways.link("causes/picking.md", "Picking your nose", "https://nose.example/causes/picking/")
    asked = {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}
    form = yaml.safe_load(forms.files()[f"{forms.FOLDER}/{FORM}"])

    assert link.startswith(f"{REPOSITORY}/issues/new?")
    assert "https://nose.example/causes/picking/" == asked["page"]
    assert ways.version("causes/picking.md") == asked["version"] != ways.version("causes/dry-air.md")
    assert FORM == asked["template"]
    assert asked.keys() - {"template", "title"} <= {each.get("id") for each in form["body"]}
    assert "section" in {each.get("id") for each in form["body"]}


@pytest.mark.parametrize(
    ("contact", "start"),
    [
        (
            "mailto:desk@clinic.example",
            "mailto:desk@clinic.example?subject=Page%3A%20A%20page&body=Page%3A%20",
        ),
        ("https://clinic.example/contact/", "https://clinic.example/contact/"),
        (None, ""),
    ],
)
def test_without_a_repository_a_guide_gives_its_contact_or_says_that_it_has_none(
    project: Project, contact: str | None, start: str
) -> None:
    """A mail is filled in too; no link leads nowhere."""
    line = f"contact: {contact}\n" if contact else ""
    root = project(changed("data/site.yml", ("contact: mailto:desk@clinic.example\n", line)))
    link = made(root, repository="").link("causes/picking.md", "A page", "https://nose.example/")

    assert link.startswith(start)
    assert bool(link) == bool(start)


def test_a_page_names_every_file_it_came_from_with_the_line() -> None:
    """A symptom's article, its data and its signs; a check's questions too; a list's own file."""
    ways = made()
    symptom = {each.path: each for each in ways.places("symptoms/nosebleed.md")}
    text = (EXAMPLE / "data/criteria.yml").read_text(encoding="utf-8").splitlines()

    assert ["content/symptoms/nosebleed.md", "data/symptoms/nosebleed.yml", "data/criteria.yml"] == list(
        symptom
    )
    assert text[symptom["data/criteria.yml"].line - 1].startswith("- id:")
    assert "data/flows/nosebleed.yml" in [each.path for each in ways.places("check/nosebleed.md")]
    assert ["data/services.yml"] == [each.path for each in ways.places("find-care.md")]
    assert [] == made(repository="").places("find-care.md")


def test_every_page_says_how_to_tell(site: Path, bare_site: Path) -> None:
    """With a repository by its form, else by mail; 'Leave a comment' leads to the same."""
    for built, start in ((site, f"{REPOSITORY}/issues/new?template={FORM}"), (bare_site, "mailto:")):
        files = html_files(built)
        assert len(files) > 10
        for file in files:
            links = [str(link["href"]) for link in page(file).select("footer a[data-wrong]")]
            assert 2 == len(links)
            assert 1 == len(set(links))
            assert links[0].startswith(start)


def test_improve_this_page_is_the_first_of_its_files(site: Path) -> None:
    """The button and the list agree."""
    file = site / "symptoms/nosebleed/index.html"
    first = page(file).select_one(".footer__files a")
    assert first
    assert str(first["href"]) == edit_link(file)
