"""The real guide: every file of it is free of problems, and readers see what it says."""

from __future__ import annotations

import datetime
from pathlib import Path

import careguide
import pytest
from careguide.guide.page_paths import path_of
from careguide.model.kinds import LISTS, TOPICS
from conftest import TESTS

ROOT = TESTS.parent
FILES = sorted(
    file.relative_to(ROOT).as_posix()
    for folder in ("data", "content")
    for file in (ROOT / folder).rglob("*.*")
)
THINGS = [(kind, Path(file).stem) for file in FILES for kind in TOPICS if file.startswith(f"data/{kind}/")]
ARTICLES = [
    file.removeprefix("content/") for file in FILES if file.startswith("content/") and file.endswith(".md")
]


@pytest.fixture(scope="session")
def made() -> careguide.Site:
    """All that comes of the real guide. The clock is asked only for what was checked in the future."""
    return careguide.build(ROOT, today=datetime.date.today())


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_free_of_problems(made: careguide.Site, file: str) -> None:
    """Nothing in this file must be mended before the guide may go out."""
    assert "" == careguide.report(each for each in made.problems if each.path == file and each.blocks)


def test_nothing_else_is_wrong(made: careguide.Site) -> None:
    """No problem stands at a place that the tests of the files pass by."""
    assert "" == careguide.report(each for each in made.problems if each.path not in FILES and each.blocks)


@pytest.mark.parametrize(("kind", "id"), THINGS)
def test_a_thing_has_a_page_of_its_own(made: careguide.Site, kind: str, id: str) -> None:
    """Its page carries its title, or an article's, and says what it is in one line, where its sources are, and how far it was checked."""
    thing = made.guide.of(kind)[id]
    text = next(page.text for page in made.pages if page.path == path_of(kind, id))
    heading = f"# {thing.title}" if path_of(kind, id) not in made.guide.articles else "# "

    assert [1, 1, 1, 1] == [
        sum(line.startswith(heading) for line in text.split("\n")),
        text.count('<div class="message" markdown>\n'),
        text.count("{ #sources }\n"),
        text.count('<div class="review-line" markdown>\n'),
    ]


@pytest.mark.parametrize("path", ARTICLES)
def test_an_article_is_a_page(made: careguide.Site, path: str) -> None:
    """Every hand-written page stands at its path, is what 'Improve this page' opens, and has one title."""
    page = next(page for page in made.pages if page.path == path)

    assert f"content/{path}" == page.source
    assert 1 == sum(line.startswith("# ") for line in page.text.split("\n"))


@pytest.mark.parametrize(
    "kind", [kind for kind in LISTS if (ROOT / "data" / f"{kind}.yml").is_file() and path_of(kind, "x")]
)
def test_every_entry_of_a_list_can_be_linked(made: careguide.Site, kind: str) -> None:
    """Each entry has its place on the list's page, so that a link by id leads to it."""
    text = next(page.text for page in made.pages if page.path == path_of(kind, "x").partition("#")[0])

    assert [] == [
        id for id in made.guide.of(kind) if not any(mark in text for mark in (f"{{ #{id} ", f'id="{id}"'))
    ]
