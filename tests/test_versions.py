"""Printed sheets that know their age: what paper with an older code is told, and how versions are kept."""

from __future__ import annotations

from pathlib import Path

import careguide
import pytest
from bs4 import BeautifulSoup
from careguide.cli import main
from careguide.handouts import versions
from conftest import EXAMPLE, TODAY, Project, changed, problems


def _words(text: str) -> str:
    return " ".join(text.split())


def _of(made: careguide.Site, sheet: str) -> BeautifulSoup:
    """The web page of a sheet."""
    return BeautifulSoup(made.web_sheets[f"handouts/{sheet}/index.html"], "html.parser")


def _recorded(root: Path) -> str:
    """What `careguide record` writes of a project today."""
    made = careguide.build(root, today=TODAY)
    return versions.record(made.handouts, on=TODAY)


def _answers(root: Path, sheet: str = "nosebleed") -> dict[str, list[str]]:
    """What paper with each code is told by the page of a sheet."""
    made = careguide.build(root, today=TODAY)
    assert not made.blocked, careguide.report(made.problems)
    return {
        str(each["id"]): [_words(line.get_text()) for line in each.select("p, li")]
        for each in _of(made, sheet).select(".age__answer")
    }


def _code(root: Path) -> str:
    handouts = careguide.build(root, today=TODAY).handouts
    return next(sheet.code for sheet in handouts if sheet.id == "nosebleed")


def test_a_current_sheet_is_told_so() -> None:
    """The code of today's sheet has one answer, and no other code has any."""
    code = _code(EXAMPLE)

    assert {code: [f"Your sheet is current. Its code is {code}."]} == _answers(EXAMPLE)


OLD = (
    '{"code":"0LDC0DE1","sheet":"nosebleed","on":"2026-01-02",'
    '"levels":[{"level":"emergency","signs":["long","a-sign-of-old"],"also":[]},{"level":"appointment","signs":["heavy","often"],"also":[]}],'
    '"remedies":[{"id":"press-the-nose","title":"Press the nose","mark":"0"},'
    '{"id":"old-trick","title":"Old trick","mark":"0"}],"avoid":[]}\n'
)
"""A version of the example's sheet with other levels, another remedy, and nothing to avoid."""


def test_an_old_sheet_is_told_what_changed_worst_first(project: Project) -> None:
    """First signs that grew more urgent, then less urgent, then what not to do, then what to do."""
    told = _answers(project({"data/sheets.jsonl": OLD}))["0LDC0DE1"]

    assert [
        "Your sheet is old. Its code is 0LDC0DE1, from 2 January 2026. This has changed since:",
        "More urgent now: Heavy bleeding. It was: soon. Now: emergency.",
        "Less urgent now: It goes on. It was: emergency. Now: today.",
        "No longer named on the sheet: a sign that this guide no longer names. Level before: emergency.",
        "New under what not to do: Tilting your head back.",
        "Other words about: Press the nose.",
        "No longer on the sheet: Old trick.",
        "Please use the sheet on this page, and throw the old one away.",
    ] == told


def test_a_current_code_beside_old_ones_is_current(project: Project) -> None:
    """Today's code is never told that it is old, recorded or not."""
    root = project({"data/sheets.jsonl": _recorded(EXAMPLE) + OLD})

    assert ["0LDC0DE1", _code(EXAMPLE)] == sorted(_answers(root))
    assert [f"Your sheet is current. Its code is {_code(EXAMPLE)}."] == _answers(root)[_code(EXAMPLE)]


def test_the_newest_of_the_old_versions_comes_first(project: Project) -> None:
    """Whoever compares codes by eye finds a younger paper sooner."""
    older, newer = OLD.replace("0LDC0DE1", "0LDC0DE0").replace("2026-01-02", "2025-05-06"), OLD
    newest = OLD.replace("0LDC0DE1", "0LDC0DE2").replace("2026-01-02", "2026-03-04")
    codes = list(_answers(project({"data/sheets.jsonl": newer + older + newest})))

    assert ["0LDC0DE2", "0LDC0DE1", "0LDC0DE0"] == codes[1:]


def test_other_words_alone_are_told_as_that(project: Project) -> None:
    """Where no sign and no step has changed, the page says so."""
    code = _code(EXAMPLE)
    root = project({"data/sheets.jsonl": _recorded(EXAMPLE)}, changed("data/symptoms/nosebleed.yml", SUMMARY))

    assert "Only words have changed. Signs and steps are the same." in _answers(root)[code]


SUMMARY = ("than they are, and stop by themselves.", "than they are, and stop without help.")


def test_other_steps_of_a_remedy_are_told(project: Project) -> None:
    """Who follows old paper must know that what to do has changed, not only its words."""
    code = next(sheet.code for sheet in careguide.build(EXAMPLE, today=TODAY).handouts if sheet.id == "steam")
    step = changed("data/remedies/steam.yml", ("Let a hot shower run", "Let a warm shower run"))
    told = _answers(project({"data/sheets.jsonl": _recorded(EXAMPLE)}, step), "steam")[code]

    assert "Other words about: Breathing steam." in told
    assert "Only words have changed. Signs and steps are the same." not in told


def test_a_code_that_nobody_knows_gets_a_plain_word() -> None:
    """Without an answer for its code, the page says what that means, and the current sheet follows."""
    shown = _of(careguide.build(EXAMPLE, today=TODAY), "nosebleed")

    assert (
        "If your code is not named here, we do not know your sheet. Please use the one on this page."
        in _words(shown.select_one(".age__codes").get_text())
    )
    assert "Nosebleed" == shown.main.h1.get_text()


def test_codes_can_be_compared_by_eye(project: Project) -> None:
    """The page says today's code and day, and lists the earlier codes with theirs, so no script is needed."""
    root = project({"data/sheets.jsonl": _recorded(EXAMPLE)}, changed("data/symptoms/nosebleed.yml", SUMMARY))
    text = _words(
        _of(careguide.build(root, today=TODAY), "nosebleed").select_one(".age__codes").get_text(" ")
    )

    assert f"The sheet on this page has the code {_code(root)}." in text
    assert f"{_code(EXAMPLE)}, from 21 November 2026" in text


def test_a_change_that_is_not_recorded_is_noticed(project: Project) -> None:
    """A guide that keeps versions is told when one is missing. It does not block: the change can be right."""
    root = project({"data/sheets.jsonl": _recorded(EXAMPLE)}, changed("data/symptoms/nosebleed.yml", SUMMARY))

    assert (
        "data/sheets.jsonl:1: notice: sheets have changed since they were recorded: nosebleed\n"
        "  Tip: Before you publish, run 'careguide record'." == problems(root)
    )


def test_record_adds_what_is_new_and_changes_nothing_else(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command writes each version once; what stands there stays as it is."""
    root = project()
    file = root / versions.FILE

    assert 0 == main(["--root", str(root), "record"])
    first = file.read_text(encoding="utf-8")
    assert 0 == main(["--root", str(root), "record"])

    assert first == file.read_text(encoding="utf-8")
    assert "0 of" in capsys.readouterr().out.splitlines()[-1]
    assert len(careguide.build(root, today=TODAY).handouts) == len(versions.load(root)[0])
    assert [] == [
        problem for problem in careguide.build(root, today=TODAY).problems if problem.path == versions.FILE
    ]


def test_record_starts_on_a_line_of_its_own(project: Project) -> None:
    """Also where an editor has left the last line without its end: no version may be lost."""
    root = project(
        {"data/sheets.jsonl": _recorded(EXAMPLE).rstrip("\n")},
        changed("data/symptoms/nosebleed.yml", SUMMARY),
    )
    before = len(versions.load(root)[0])

    assert 0 == main(["--root", str(root), "record"])
    assert before < len(versions.load(root)[0])
    assert [] == versions.load(root)[1]


def test_a_version_that_is_wrong_is_named(project: Project) -> None:
    """A line that was changed by hand, or broken by a merge, is a problem; the other lines still count."""
    lines = _recorded(EXAMPLE).splitlines(keepends=True)
    wrong = ["<<<<<<< HEAD\n", *lines, lines[0].replace("2026-11-21", "yesterday")]
    root = project({"data/sheets.jsonl": "".join(wrong)})

    assert [(1, True), (len(wrong), True)] == [
        (each.line, each.blocks) for each in careguide.build(root, today=TODAY).problems
    ]
    assert (
        "data/sheets.jsonl:1: a line must be as 'careguide record' wrote it\n"
        "  Tip: Take the line from the last version of the file." in problems(root)
    )
