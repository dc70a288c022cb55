"""This guide: no file of it is wrong, readers see what it says, and editors are helped with it."""

from __future__ import annotations

import json
import re

import careguide
import pytest
from careguide.contribute import schema
from careguide.contribute.skeletons import schema_line
from careguide.guide.page_paths import path_of
from careguide.model.kinds import KINDS, LISTS, TOPICS
from conftest import EXAMPLE, load, published
from editors import WRITTEN, complaints, data_files
from sites import GUIDE

RENEW = "type 'careguide schema' and commit what it writes"


@pytest.fixture(scope="session")
def made() -> careguide.Site:
    """All that comes of this guide."""
    return published(GUIDE)


def test_nothing_is_wrong(made: careguide.Site) -> None:
    """Nothing must be mended before the guide may go out."""
    assert "" == careguide.report(problem for problem in made.problems if problem.blocks)


AVOID = re.compile(r'^<div class="avoid" markdown>\s*<p class="avoid__label".*</p>\s*')
"""The mark of advice to avoid, which stands around its lead."""


@pytest.mark.parametrize("kind", TOPICS)
def test_each_thing_has_a_page_of_its_own(made: careguide.Site, kind: str) -> None:
    """Its page says what it is called, what matters most, where its sources are, and how far it was checked.

    The heading is its title, or an article's, and its lead comes next, before every other heading.
    """
    texts = {page.path: page.text for page in made.pages}
    things = made.guide.of(kind)

    assert things
    for id_, thing in things.items():
        path = path_of(kind, id_)
        heading = "# " if path in made.guide.articles else f"# {thing.title}"
        lead = texts[path].partition(f"\n{heading}")[2].partition("\n## ")[0].partition("\n")[2].strip()
        assert re.match(r"[*\[]*[A-Z0-9]", AVOID.sub("", lead)), path
        assert [1, 1, 1] == [
            sum(line.startswith(heading) for line in texts[path].split("\n")),
            texts[path].count("{ #sources }\n"),
            texts[path].count('<div class="review-line" markdown>\n'),
        ], path


def test_each_article_is_a_page(made: careguide.Site) -> None:
    """It stands at its path, is what 'Improve this page' opens, and has one title."""
    pages = {page.path: page for page in made.pages}

    assert made.guide.articles
    for path in made.guide.articles:
        assert f"content/{path}" == pages[path].source
        assert 1 == sum(line.startswith("# ") for line in pages[path].text.split("\n")), path


def test_every_entry_of_a_list_can_be_linked(made: careguide.Site) -> None:
    """Each entry has its place on the list's page, so that a link by id leads to it."""
    texts = {page.path: page.text for page in made.pages}
    linked = [(kind, id_) for kind in LISTS for id_ in made.guide.of(kind) if path_of(kind, id_)]

    assert linked
    missing = []
    for kind, id_ in linked:
        path, _, anchor = path_of(kind, id_).partition("#")
        if not any(mark in texts[path] for mark in (f"{{ #{anchor} ", f'id="{anchor}"')):
            missing.append(f"{path}#{anchor}")
    assert [] == missing


# ------------------------------------------------------------------------------------------------------------
# Editors


def test_what_is_made_from_the_model_is_current() -> None:
    """A new field, or a sentence that was changed, reaches the editor; a kind that is gone goes."""
    made = schema.files(load(EXAMPLE))
    written = {f"{schema.FOLDER}/{file.name}" for file in (GUIDE / schema.FOLDER).iterdir()}

    assert {path for path in made if path.startswith(schema.FOLDER)} == written
    old = [path for path, text in made.items() if text != (GUIDE / path).read_text(encoding="utf-8")]
    assert [schema.IDS] == old, RENEW


def test_every_id_that_an_editor_offers_exists() -> None:
    """It offers none that is gone.

    Of one that it does not know yet, `careguide check` says so: a new source alone must not stop a pull
    request.
    """
    offered = json.loads((GUIDE / schema.IDS).read_text(encoding="utf-8"))["definitions"]
    guide = load(GUIDE)

    assert offered
    gone = {kind: set(found["enum"]) - set(guide.of(kind)) for kind, found in offered.items()}
    assert {} == {kind: ids for kind, ids in gone.items() if ids}, RENEW


@pytest.mark.parametrize("kind", WRITTEN)
def test_an_editor_finds_nothing_wrong_with_it(kind: str) -> None:
    """Each file names its schema first, so that any editor with YAML help explains its fields."""
    paths = (GUIDE / schema.FOLDER).iterdir()
    files = {f"{schema.FOLDER}/{path.name}": path.read_text(encoding="utf-8") for path in paths}

    assert data_files(GUIDE, kind)
    for file in data_files(GUIDE, kind):
        text = file.read_text(encoding="utf-8")
        line = schema_line(kind) if kind in KINDS else "# yaml-language-server: $schema=schema/site.json\n"
        if file.parent.name == "data":
            line = line.replace("../schema", "schema")
        assert text.startswith(line), f"the first line of {file} must be {line}"
        assert [] == complaints(files, kind, text), file
