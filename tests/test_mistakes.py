"""Mistakes planted one by one in a right copy of the real project: what `careguide check` says of each, and that it says nothing else.

The mistakes stand in `mistakes.yml`, with edits that are unusual and right. After a change that was meant, `pytest --refresh` writes what is said anew; read it as a clinician would.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import careguide
import pytest
import yaml
from careguide.guide.loader import load
from careguide.model.kinds import KINDS
from conftest import TESTS, TODAY

ROOT = TESTS.parent
FILE = TESTS / "mistakes.yml"
PLANTED: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
MISTAKES = {each["what"]: each for each in PLANTED["mistakes"]}
VALID = {each["what"]: each for each in PLANTED["valid"]}


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project, as a contributor has it. One for each process; who changes a file puts it back."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("data", "content", "overrides", ".cache"):
        if (ROOT / folder).is_dir():
            shutil.copytree(ROOT / folder, root / folder)
    (root / "hooks").mkdir()
    shutil.copy(ROOT / "hooks" / "mkdocs_hooks.py", root / "hooks")
    shutil.copy(ROOT / "mkdocs.yml", root)
    return root


@pytest.fixture
def project(copy: Path) -> Iterator[Path]:
    """The same, put back as it was when the test is done."""
    before = {path: path.read_bytes() for path in _files(copy)}
    yield copy
    for path in _files(copy) - before.keys():
        path.unlink()
    for path, content in before.items():
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
    for folder in sorted((path for path in copy.glob("data/*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _files(root: Path) -> set[Path]:
    return {path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts}


def plant(root: Path, edit: dict[str, Any]) -> None:
    """Make one edit: words for words, which stand in the file once; a new file; or one file less."""
    file = root / edit["file"]
    if "copy" in edit:
        shutil.copy(root / edit["copy"], file)
    elif edit.get("old") is None and edit.get("new") is None:
        file.unlink()
    elif edit.get("old") is None:
        file.parent.mkdir(exist_ok=True)
        file.write_text(edit["new"], encoding="utf-8")
    else:
        before = file.read_bytes()
        old, new = edit["old"].encode(), edit["new"].encode(edit.get("encoding", "utf-8"))
        assert before.count(old) == 1 or edit["old"] == "\n", f"{edit['file']} must have {edit['old']!r} once"
        file.write_bytes(before.replace(old, new))


def report(root: Path) -> str:
    """All that a contributor reads, with places that do not change when lines are added elsewhere: `file > the line's own words`."""
    problems = careguide.build(root, today=TODAY).problems
    return "\n".join(
        f"{each.path} > {_line(root, each)}\n{each.message}\n  Tip: {each.tip}"
        for each in problems
        if each.blocks
    )


def _line(root: Path, problem: careguide.Problem) -> str:
    """What stands on the line of a problem."""
    file = root / problem.path
    lines = file.read_bytes().decode("utf-8", errors="replace").split("\n") if file.is_file() else []
    return lines[problem.line - 1].strip()[:80] if problem.line <= len(lines) else ""


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_named(what: str, project: Path, request: pytest.FixtureRequest) -> None:
    """Its file, its line, its field, its value and a tip; nothing that is right is accused."""
    plant(project, MISTAKES[what])

    said = report(project)

    if request.config.getoption("refresh"):
        MISTAKES[what]["says"] = said
        _write()
    assert MISTAKES[what]["says"] == said


def _write() -> None:
    """The mistakes with what is said of them now."""

    class Writer(yaml.SafeDumper):
        pass

    Writer.add_representer(
        str,
        lambda dumper, text: dumper.represent_scalar(
            "tag:yaml.org,2002:str", text, style="|" if "\n  Tip" in text else None
        ),
    )
    head = "".join(
        line for line in FILE.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")
    )
    FILE.write_text(
        head + yaml.dump(PLANTED, Dumper=Writer, sort_keys=False, allow_unicode=True, width=10**6),
        encoding="utf-8",
    )


def test_there_are_mistakes_of_every_sort() -> None:
    """At least 80, over data, pages, drawings and settings; each is said in full."""
    folders = {each["file"].split("/")[0] for each in MISTAKES.values()}

    assert 80 <= len(MISTAKES) == len(PLANTED["mistakes"])
    assert {"data", "content", "overrides", "mkdocs.yml"} == folders


@pytest.mark.parametrize("what", MISTAKES)
def test_what_is_said_helps(what: str) -> None:
    """It names the file that was changed, or one that names it; says what must be; and ends with a tip."""
    lines = MISTAKES[what]["says"].split("\n")

    assert lines[1::3] and all(re.search(r"\bmust\b", line) for line in lines[1::3])
    assert all(re.fullmatch(r"  Tip: \S.*[.?'>]", line) for line in lines[2::3])
    assert any(line.startswith(f"{MISTAKES[what]['file']} > ") for line in lines[::3]) != (
        MISTAKES[what].get("seen") == "elsewhere"
    )


def test_what_is_unusual_and_right_is_accepted(project: Path) -> None:
    """At least 20 edits that somebody might make, all at once; nobody is told off for any."""
    for edit in VALID.values():
        plant(project, edit)

    assert 20 <= len(VALID)
    assert "" == report(project)


# ---------------------------------------------------------------------------------------------------------------------
# Misspelt ids


def misspelt(id: str) -> list[str]:
    """An id with one letter dropped, two swapped, one doubled, and one wrong; a different letter each time, and never the hyphen."""
    places = [place for place, letter in enumerate(id) if letter != "-"]
    drop, swap, double, wrong = (places[len(places) * part // 5] for part in (1, 2, 3, 4))
    wrongly = "x" if id[wrong] != "x" else "y"
    found = [
        id[:drop] + id[drop + 1 :],
        id[:swap] + id[swap + 1 : swap + 2] + id[swap] + id[swap + 2 :],
        id[:double] + id[double] + id[double:],
    ]
    return [*found, id[:wrong] + wrongly + id[wrong + 1 :]]


def test_misspelt_ids_are_recognised(project: Path) -> None:
    """Of all real ids, misspelt in four ways each, at least 95 % get the right 'Did you mean'."""
    real = load(ROOT)[0]
    linked = [
        kind
        for kind in KINDS
        if real.of(kind) and kind not in ("flows", "vignettes", "hazards", "services", "urgency")
    ]
    wrong = [
        (kind, id, each)
        for kind in linked
        for id in real.of(kind)
        for each in dict.fromkeys(misspelt(id))
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each)
    ]
    wrong = [(kind, id, each) for kind, id, each in wrong if each not in real.of(kind)]
    links = "\n\n".join(f"[here]({KINDS[kind].singular}:{each})" for kind, _, each in wrong)
    (project / "content" / "misspelt.md").write_text(
        f"---\ntitle: Misspelt\ndescription: All of them.\n---\n\n# Misspelt\n\n{links}\n", encoding="utf-8"
    )

    found = {
        (each.line - 8) // 2: each
        for each in careguide.build(project, today=TODAY).problems
        if each.path == "content/misspelt.md" and each.blocks
    }

    right = [place for place, (_, id, _) in enumerate(wrong) if found[place].tip == f"Did you mean '{id}'?"]
    print(f"{len(right)} of {len(wrong)} misspelt ids get the right tip")
    assert len(found) == len(wrong) > 1000
    assert 0.95 * len(wrong) <= len(right), [wrong[place] for place in set(range(len(wrong))) - set(right)]
