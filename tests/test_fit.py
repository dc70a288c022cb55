"""A text that is too long for its sheet is named by the check, before anything is printed."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any

import careguide
import pytest
from careguide import cli, pipeline
from careguide.handouts import layout, pdf
from conftest import TODAY, Project, changed, problems
from pypdf import PdfReader
from sites import copy_example

REMEDY = "data/remedies/steam.yml"
STEP = "Let a hot shower run, and sit beside it for as long as it feels good."
TOO_LONG = re.compile(
    r"^(?P<path>[^:]+):(?P<line>\d+): (?P<field>[\w.\[\]]+) must be (?P<words>\d+) words? shorter, "
    r"so that the "
    r"(?P<edition>[\w-]+) sheet '(?P<sheet>[\w-]+)' fits on \d sides? with a line to spare$",
    re.MULTILINE,
)


def over(root: Path, sheet: str = "steam") -> dict[str, str] | None:
    """What is too long on a sheet in large print, which is full first; None where it fits."""
    found = [match.groupdict() for match in TOO_LONG.finditer(problems(root))]
    return next((each for each in found if (each["sheet"], each["edition"]) == (sheet, "large-print")), None)


LONG = ("Press here, and count to ten. " * 280).split()
"""A step of far too many words."""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a sheet that is full: with some words more in its step it no longer fits."""
    root = copy_example(tmp_path_factory.mktemp("full"))
    long = changed(REMEDY, (STEP, " ".join(LONG)))[REMEDY]
    (root / REMEDY).write_text(long, encoding="utf-8")
    found = over(root)
    assert found, "the step must be too long for its sheet"
    fits = " ".join(LONG[: len(LONG) - int(found["words"])])
    (root / REMEDY).write_text(long.replace(" ".join(LONG), fits), encoding="utf-8")
    careguide.build(root, today=TODAY)
    return root


@pytest.fixture
def full(filled: Path, tmp_path: Path) -> Path:
    """A copy of it, with what was measured."""
    return Path(shutil.copytree(filled, tmp_path / "full"))


def lengthen(root: Path, path: str, text: str, more: str) -> None:
    """Add words to a text of a project."""
    file = root / path
    written = file.read_text(encoding="utf-8")
    assert text in written
    file.write_text(written.replace(text, f"{text} {more}", 1), encoding="utf-8")


def sides(root: Path, **address: str) -> dict[str, int]:
    """How many sides each PDF of the full sheet has."""
    made = careguide.build(root, today=TODAY, **address)
    files, refused = careguide.pdfs(made, root, only=["steam"])
    assert [] == refused
    return {path: len(PdfReader(io.BytesIO(file)).pages) for path, file in files.items()}


def test_the_field_is_named_with_how_many_words_are_too_many(full: Path) -> None:
    """Without so many words the sheet fits, and with one of them it does not: the number is exact."""
    assert over(full) is None

    text = (full / REMEDY).read_text(encoding="utf-8")
    kept = max(count for count in range(len(LONG)) if " ".join(LONG[:count]) in text)
    one_more = text.replace(" ".join(LONG[:kept]), " ".join(LONG[: kept + 1]))
    (full / REMEDY).write_text(one_more, encoding="utf-8")
    found = over(full)
    assert found
    assert (REMEDY, "sections[1].steps", "1") == (found["path"], found["field"], found["words"])


def test_a_title_that_takes_a_second_line_is_named_itself(full: Path) -> None:
    """Not the longest list, which could make room for it too: the words say what else could be shorter."""
    lengthen(full, REMEDY, "title: Breathing steam", "until it stops, and then for as long again")
    found = over(full)

    assert found
    assert (REMEDY, "title") == (found["path"], found["field"])
    line = (full / REMEDY).read_text(encoding="utf-8").splitlines()[int(found["line"]) - 1]
    assert line.startswith("title: ")
    assert re.search(r"Tip: .*Or shorten .*sections\[1\]\.steps by \d+", problems(full))


def test_a_summary_that_is_too_long_is_named_itself(full: Path) -> None:
    """The words under the title are a field like any other."""
    lengthen(full, REMEDY, "but it can scald you.", "Sit down, and take your time. " * 12)
    found = over(full)

    assert found
    assert (REMEDY, "short") == (found["path"], found["field"])


def test_where_the_typesetter_has_worked_no_copy_of_the_program_measures(
    full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would wait for ever for threads that only the program itself has."""
    sides(full)
    measured: list[int] = []
    real = pdf.sides
    monkeypatch.setattr(pdf, "sides", lambda *given: measured.append(0) or real(*given))
    monkeypatch.setattr(pipeline, "beside", lambda _: list)  # what a copy is given, this program does not do
    lengthen(full, REMEDY, "but it can scald you.", "Sit down.")
    careguide.build(full, today=TODAY)
    assert measured


def test_where_no_field_alone_is_enough_the_sheet_is_named(project: Project) -> None:
    """Several lists that are far too long need more than one correction."""
    many = "Press here, and count to ten. " * 400
    root = project(changed(REMEDY, (STEP, many), ("Stop if you feel faint.", many)))

    assert (
        f"{REMEDY}:1: several texts must be shorter, so that the standard sheet 'steam' fits on 2 sides"
        in problems(root)
    )


def test_the_check_and_the_build_say_the_same(
    full: Path, today: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """What passes the check fits when printed, with an address and without; what does not stops both."""
    command = ["--root", str(full), "check"]
    assert 0 == cli.main(command)
    assert {2, 4} == set(sides(full).values())
    for address in ("", "https://nose.example/", f"https://{'x' * 40}.example/"):
        printed = sides(full, site_url=address)
        assert 4 == printed["steam/steam-a4-large-print.pdf"], address
        assert 4 == printed["steam/steam-letter-large-print.pdf"], address

    lengthen(full, REMEDY, "count to ten.", "Then rest for a while, and press again.")
    assert 1 == cli.main(command)
    assert TOO_LONG.search(capsys.readouterr().out)
    assert careguide.build(full, today=TODAY, site_url="https://nose.example/").blocked


def test_whether_a_sheet_fits_does_not_depend_on_the_address(full: Path) -> None:
    """A title has less room beside a QR code. The check says so, though only the build knows the address."""
    lengthen(full, REMEDY, "title: Breathing steam", "in a warm bathroom or so")
    report = problems(full)

    assert "title must be" in report
    made = careguide.build(full, today=TODAY, site_url="https://nose.example/")
    assert report == careguide.report(made.problems)


def test_a_line_is_free_for_what_no_check_knows(full: Path) -> None:
    """A review by somebody with a long name needs a second line; the sheet has room for it."""
    made = careguide.build(full, today=TODAY)
    sheet = next(each for each in made.handouts if each.id == "steam")
    content = layout.content(sheet, layout.EDITIONS[1], made.guide, {})
    content["end"] = [*content["end"], "Reviewed by a nurse with a long name."]

    assert 4 == len(PdfReader(io.BytesIO(pdf.build(content, dated=TODAY)["a4"])).pages)


def test_what_was_measured_once_is_not_measured_again(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check after an edit lays out the sheets that the edit concerns, and no other."""
    careguide.build(full, today=TODAY)
    measured: list[str] = []
    measure = pdf.sides

    def counted(contents: list[dict[str, Any]], colours: dict[str, str]) -> list[int]:
        measured.extend(content["title"] for content in contents)
        return measure(contents, colours)

    monkeypatch.setattr(pdf, "sides", counted)
    careguide.build(full, today=TODAY)
    assert [] == measured

    lengthen(full, "data/remedies/press-the-nose.yml", "title: Press", "on")
    careguide.build(full, today=TODAY)
    assert measured
    assert "Breathing steam" not in measured
