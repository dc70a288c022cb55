"""A page that is kept is the page that would be written now, whatever was changed."""

import re
from pathlib import Path

import pytest
from careguide.guide import reviews
from careguide.pages import writer
from careguide.source.cache import FileStore
from conftest import EXAMPLE, TODAY, Project, loaded

INSIDE = re.compile(r"(?<=[a-z]) (?=[a-z]{3,} [a-z])")
"""Where a sentence can have one more word."""


def with_one_more_word(path: str) -> str:
    """A file of the example in which the last sentence that can has one more word."""
    text = (EXAMPLE / path).read_text(encoding="utf-8")
    *_, place = INSIDE.finditer(text)
    return f"{text[: place.start()]} truly{text[place.start() :]}"


def written(root: Path, kept: FileStore | None) -> dict[str, writer.Page]:
    """The pages by their paths. With a store, those that are kept there are taken from it."""
    guide, _ = loaded(root)
    return {page.path: page for page in writer.pages(guide, today=TODAY, kept=kept)[0]}


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("data/causes/dry-air.yml", {"causes/dry-air.md"}),
        ("content/symptoms/nosebleed.md", {"symptoms/nosebleed.md"}),
        ("data/criteria.yml", set()),
        ("data/site.yml", set()),
    ],
)
def test_no_kept_page_is_behind(project: Project, path: str, own: set[str], tmp_path: Path) -> None:
    """What stands in a section changes its own page, which is known; anything else may change every page."""
    kept = FileStore(tmp_path / "kept")
    before = written(project(), kept)
    root = project({path: with_one_more_word(path)})
    now = written(root, None)

    assert before != now
    assert now == written(root, kept)
    changed = {each for each in now if now[each] != before.get(each)}
    assert not own or own <= changed <= own | {"about.md", "about/quality.md"}


def test_pages_are_taken_from_where_they_are_kept(project: Project, tmp_path: Path) -> None:
    """Otherwise nothing is gained; and what is kept is believed only with its seal."""
    kept = FileStore(tmp_path / "kept")
    before = written(project(), kept)
    files = sorted((tmp_path / "kept").glob("*.pickle"))
    assert len(before) - 2 <= len(files) <= len(before)

    for file in files:
        file.write_bytes(file.read_bytes() + b"!")
    assert before == written(project(), kept)


def test_a_page_that_tells_how_a_review_stands_is_written_when_it_lapses(
    project: Project, tmp_path: Path
) -> None:
    """It may be another one than the page whose words have changed."""
    symptom, page = "data/symptoms/nosebleed.yml", "content/symptoms/nosebleed.md"
    guide, _ = loaded(EXAMPLE)
    seen = reviews.fingerprint(guide, guide.symptoms["nosebleed"])
    review = f"reviewed: {{by: A. Person, on: 2026-11-01, due: 2027-11-01, fingerprint: {seen}}}\n"
    signed = {symptom: review + (EXAMPLE / symptom).read_text(encoding="utf-8")}
    kept = FileStore(tmp_path / "kept")
    before = written(project(signed), kept)["clinicians/nosebleed.md"].text
    now = written(project(signed, {page: with_one_more_word(page)}), kept)["clinicians/nosebleed.md"].text

    assert "Reviewed by A. Person" in before
    assert "Changed since the review by A. Person" in now
