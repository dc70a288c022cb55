"""What is kept between two runs makes the second quicker, and changes nothing that anyone sees."""

from __future__ import annotations

import shutil
from pathlib import Path

import careguide
import pytest
from careguide.source.problems import report
from conftest import TESTS, TODAY, Project

PICKING, PRESS, READING, PAGE = (
    "data/causes/picking.yml",
    "data/remedies/press-the-nose.yml",
    "data/reading.yml",
    "content/symptoms/nosebleed.md",
)


def made(root: Path) -> tuple[str, list[tuple[str, object]]]:
    """What a contributor sees of a project: its problems, and how hard its pages are."""
    found = careguide.build(root, today=TODAY)
    return report(found.problems), [(page.path, score) for page, score in found.scores]


def test_a_second_run_says_what_the_first_said(tmp_path: Path) -> None:
    """Every problem is found again, at its line."""
    root = tmp_path / "wrong"
    shutil.copytree(TESTS / "wrong", root, ignore=shutil.ignore_patterns(".cache"))

    first = made(root)
    assert (root / ".cache/files.json").is_file()
    assert first == made(root)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PICKING, "title: ", "titel: "),
        (PRESS, "text: ", "text: Undoubtedly, notwithstanding considerable disagreement, "),
        (READING, "", "names: [nose, blood]\n"),
        (
            PAGE,
            "# Nosebleed",
            "# Nosebleed\n\nNotwithstanding considerable disagreement, perseverance is recommended.",
        ),
    ],
    ids=["a wrong field", "a hard sentence", "the words of the formulas", "a hand-written page"],
)
def test_what_has_changed_is_found_out_anew(project: Project, path: str, old: str, new: str) -> None:
    """After any edit a run with what was kept says what a run without it says."""
    root = project()
    before = made(root)
    text = (root / path).read_text(encoding="utf-8") if old else ""
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    after = made(root)
    assert before != after
    shutil.rmtree(root / ".cache")
    assert after == made(root)


def test_a_line_is_right_in_a_file_that_is_kept(project: Project) -> None:
    """A file that did not change may be wrong all the same, because another did."""
    root = project()
    made(root)
    (root / PRESS).unlink()
    line = next(
        number
        for number, line in enumerate((root / PICKING).read_text(encoding="utf-8").split("\n"), 1)
        if "press-the-nose" in line
    )

    assert f"{PICKING}:{line}: " in made(root)[0]


def test_half_a_file_is_not_believed(project: Project) -> None:
    """What a run that was stopped left behind is found out again."""
    root = project()
    first = made(root)
    for file in (root / ".cache").glob("*.json"):
        file.write_text(file.read_text(encoding="utf-8")[:50], encoding="utf-8")

    assert first == made(root)


def test_only_what_was_asked_for_is_kept(project: Project) -> None:
    """A file that is gone is not kept for ever."""
    root = project()
    made(root)
    before = (root / ".cache/files.json").stat().st_size
    (root / PICKING).unlink()
    made(root)

    assert (root / ".cache/files.json").stat().st_size < before


def test_a_project_that_cannot_be_written_to_is_checked_all_the_same(project: Project) -> None:
    """Nothing is kept then, and nothing is said of it."""
    root = project()
    shutil.rmtree(root / ".cache", ignore_errors=True)
    first = made(root)
    shutil.rmtree(root / ".cache")
    (root / ".cache").write_text("in the way", encoding="utf-8")

    assert first == made(root)
