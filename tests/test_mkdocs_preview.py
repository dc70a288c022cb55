"""What is shown at once after an edit is what the whole build shows later."""

from __future__ import annotations

from pathlib import Path

import careguide
import pytest
from careguide import pipeline
from careguide.mkdocs_preview import edited
from conftest import TODAY, Project, changed

DRY = "data/causes/dry-air.yml"
PAGES = {"causes/dry-air.md", "causes/index.md"}


@pytest.mark.parametrize(
    ("files", "pages"),
    [
        ([DRY], PAGES),
        (["content/symptoms/nosebleed.md"], {"symptoms/nosebleed.md"}),
        ([DRY, "content/about.md"], {*PAGES, "about.md"}),
        ([DRY, "data/words.yml"], set()),
        (["data/flows/nosebleed.yml"], set()),
        (["data/es/causes/dry-air.yml"], set()),
        (["overrides/main.html"], set()),
        (["../elsewhere/a.md"], set()),
        ([f"data/causes/{each}.yml" for each in "abcde"], set()),
    ],
)
def test_a_file_of_one_thing_is_a_page_and_its_list(
    tmp_path: Path, files: list[str], pages: set[str]
) -> None:
    """Whatever may stand on any page asks for the whole site."""
    assert pages == edited([(tmp_path / file).resolve() for file in files], tmp_path)


def test_a_first_look_is_what_the_whole_build_makes(project: Project) -> None:
    """The page and its list, to the letter."""
    root = project()
    site = careguide.build(root, today=TODAY)
    for path, text in changed(DRY, ("Dry air makes", "Very dry air makes")).items():
        (root / path).write_text(text, encoding="utf-8")
    look = pipeline.rewritten(site, root, PAGES, today=TODAY, with_drafts=False)

    assert look
    assert PAGES == {page.path for page in look}
    assert all("Very dry air makes" in page.text for page in look)
    assert look == [page for page in careguide.build(root, today=TODAY).pages if page.path in PAGES]


@pytest.mark.parametrize(
    ("old", "new"), [("group: everyday", "group: everyda"), ("dry-air", "no-such-thing")]
)
def test_what_is_wrong_is_left_to_the_whole_build(project: Project, old: str, new: str) -> None:
    """It says what is wrong, and where."""
    root = project()
    site = careguide.build(root, today=TODAY)
    file = root / (DRY if old in (root / DRY).read_text(encoding="utf-8") else "data/symptoms/nosebleed.yml")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert None is pipeline.rewritten(site, root, PAGES, today=TODAY, with_drafts=False)
