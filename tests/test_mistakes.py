"""Mistakes planted one by one in the example guide: where each is found, and that nothing right is accused.

The mistakes stand in `mistakes.yml`, with edits that are unusual and right. What is said of a mistake
stands in `wrong/messages.txt`. After a change that was meant, `pytest --refresh` writes anew what is found:
read it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import careguide
import pytest
import yaml
from conftest import TESTS, TODAY, Project

FILE = TESTS / "mistakes.yml"
PLANTED: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
MISTAKES = {each["what"]: each for each in PLANTED["mistakes"]}
VALID = {each["what"]: each for each in PLANTED["valid"]}


def plant(root: Path, edit: dict[str, Any]) -> None:
    """Make one edit: words for words, which stand in the file once; a new file; or one file less.

    What is worth a notice changes no other, so many such edits are made at once: the rest stand under `also`.
    """
    for other in edit.get("also", ()):
        plant(root, other)
    file = root / edit["file"]
    if "move" in edit:
        file.rename(root / edit["move"])
    elif "copy" in edit:
        shutil.copy(root / edit["copy"], file)
    elif "old" in edit:
        before = file.read_bytes()
        old, new = edit["old"].encode(), edit["new"].encode(edit.get("encoding", "utf-8"))
        assert 1 == before.count(old), f"{edit['file']} must have {edit['old']!r} once"
        file.write_bytes(before.replace(old, new))
    elif "new" in edit:
        if "instead" in edit:
            (root / edit["instead"]).unlink()
        file.parent.mkdir(exist_ok=True)
        file.write_text(edit["new"], encoding="utf-8")
    else:
        file.unlink()


def found(root: Path, *, notices: bool) -> list[str]:
    """Each problem as `file > the words of its line: rule`, which stays when lines are added elsewhere."""
    problems = careguide.build(root, today=TODAY).problems
    told = [each for each in problems if each.blocks or notices]
    return [f"{each.path} > {_line(root, each)}: {each.rule}" for each in told]


def _line(root: Path, problem: careguide.Problem) -> str:
    """What stands on the line of a problem."""
    file = root / problem.path
    lines = file.read_bytes().decode("utf-8", errors="replace").split("\n") if file.is_file() else []
    return lines[problem.line - 1].strip()[:80] if problem.line <= len(lines) else ""


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_named_and_nothing_else(
    what: str, project: Project, request: pytest.FixtureRequest
) -> None:
    """Its file and its line; what is right is not accused, even where it names what cannot be read."""
    root = project()
    plant(root, MISTAKES[what])
    said = found(root, notices="notices" in MISTAKES[what])
    if request.config.getoption("refresh"):
        MISTAKES[what]["says"] = said
        _write()

    then = MISTAKES[what]["says"]
    assert said
    assert len(then) == len(said), said
    assert all(now.startswith(each) for now, each in zip(said, then, strict=True)), said


def _write() -> None:
    """The mistakes with what is found of them now."""
    text = FILE.read_text(encoding="utf-8")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    body = yaml.safe_dump(PLANTED, sort_keys=False, allow_unicode=True, width=10**6)
    FILE.write_text(head + body, encoding="utf-8")


def test_what_is_unusual_and_right_is_accepted(project: Project) -> None:
    """At least 60 edits that somebody might make, all at once; nobody is told off for any.

    Notices are of what the edits leave out on purpose: links to new pages, and words for an ornament.
    """
    root = project()
    for edit in VALID.values():
        plant(root, edit)
    meant = {"drawings_are_there", "pages_are_led_to", "pictures_have_words", "texts_are_whole"}
    meant.add("the_guide_is_small")
    problems = careguide.build(root, today=TODAY).problems

    assert 60 <= len(VALID)
    assert "" == careguide.report(each for each in problems if each.blocks or each.rule not in meant)
