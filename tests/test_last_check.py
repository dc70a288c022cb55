"""A check of what nobody has changed says the same again; whatever is changed is seen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from careguide.contribute import last_check
from careguide.source import project as projects
from conftest import Project

SAID = "data/causes/dry-air.yml:2: title must hold words\n\n1 problem.\n"
CAUSE = "data/causes/dry-air.yml"
Change = Callable[[Path, pytest.MonkeyPatch], object]


class Checks:
    """Counts how often a check is really made."""

    def __init__(self, root: Path, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.root, self.meanwhile, self.made = root, meanwhile, 0

    def __call__(self, *arguments: str) -> int:
        """Ask for a check."""
        return last_check.checked(["--root", str(self.root), *(arguments or ("check",))], self._make)

    def _make(self) -> int:
        self.made += 1
        self.meanwhile()
        print(SAID, end="")
        return 1


def write(root: Path, path: str, text: str = "# changed\n") -> None:
    """Add to a file, which need not be there."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def put_in_place(root: Path, path: str) -> None:
    """Change a file so that neither its size nor its time tells."""
    before, text = (root / path).stat(), (root / path).read_text(encoding="utf-8")
    (root / path).write_text(text.replace("e", "o", 1), encoding="utf-8")
    os.utime(root / path, ns=(before.st_atime_ns, before.st_mtime_ns))


def git(root: Path, *commands: str) -> None:
    who = ["-c", "user.name=A. Person", "-c", "user.email=a@guide.example"]
    for command in commands:
        subprocess.run(["git", *who, *command.split()], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a project, and one like the program; nothing is really checked."""
    assert (last_check.PACKAGE / "cli.py").is_file()
    monkeypatch.setattr(last_check, "PACKAGE", tmp_path / "careguide")
    write(tmp_path, "careguide/theme/base/main.html")
    root = tmp_path / "project"
    write(root, CAUSE, "title: Dry air\n")
    write(root, "content/index.md", "# Noses\n")
    write(root, "mkdocs.yml", "site_name: Noses\nwatch: [data, 'deep/down/there.txt']\n")
    return root


CHANGES: dict[str, Change] = {
    "a text": lambda root, _: write(root, CAUSE),
    "a text of the same size and time": lambda root, _: put_in_place(root, CAUSE),
    "an article": lambda root, _: write(root, "content/index.md"),
    "a new file": lambda root, _: write(root, "content/about/new.md"),
    "an empty folder": lambda root, _: (root / "data/causses").mkdir(),
    "a file that is gone": lambda root, _: (root / CAUSE).unlink(),
    "a file with another name": lambda root, _: (root / CAUSE).rename(root / "data/causes/air.yml"),
    "what an editor left": lambda root, _: write(root, "data/causes/dry-air.yml~"),
    "a drawing": lambda root, _: write(root, "overrides/assets/drawings/pinch.svg"),
    "the record of sheets": lambda root, _: write(root, "data/sheets.jsonl"),
    "a schema": lambda root, _: write(root, "data/schema/cause.json"),
    "the settings": lambda root, _: write(root, "mkdocs.yml"),
    "second settings": lambda root, _: write(root, "mkdocs.yaml"),
    "a licence": lambda root, _: write(root, "LICENSE"),
    "a hook": lambda root, _: write(root, "hooks/other.py"),
    "what the settings name": lambda root, _: write(root, "deep/down/there.txt"),
    "the day": lambda _, patch: patch.setenv("CAREGUIDE_TODAY", "2027-11-21"),
    "an address": lambda _, patch: patch.setenv("CAREGUIDE_SITE_URL", "https://guide.example/"),
    "the program": lambda root, _: write(root.parent, "careguide/theme/base/main.html"),
    "a library": lambda _, patch: patch.setattr(last_check, "installed", lambda: {"typst": "9.0"}),
    "Python": lambda _, patch: patch.setattr(sys, "version", "4.0"),
    "the commit that the work began from": lambda root, _: git(root, "add data", "commit -m Now"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_is_checked_again(
    what: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And what is not is not, but the same is said."""
    monkeypatch.setenv("CAREGUIDE_TODAY", "2026-11-21")
    git(root, "init -b main", "add .", "commit -m First")
    write(root, CAUSE)
    check = Checks(root)
    assert (1, 1) == (check(), check.made)
    assert SAID == capsys.readouterr().out
    assert (1, 1) == (check(), check.made)
    assert SAID == capsys.readouterr().out

    CHANGES[what](root, monkeypatch)

    assert (1, 2) == (check(), check.made)


def test_each_way_to_ask_has_an_answer_of_its_own(root: Path) -> None:
    """What is compared or counted is found out each time; a wrong call is left to whoever runs it."""
    check = Checks(root)
    own = (["check"], ["check", "--format", "github"], ["--today", "2027-01-01", "check"])
    for number, asked in enumerate(own, 1):
        check(*asked)
        check(*asked)
        assert number == check.made
    others = (["check", "--advice", "main"], ["check", "--words"], ["fields"], ["check", "--format"], [])
    for number, asked in enumerate(others, check.made + 1):
        last_check.checked(["--root", str(check.root), *asked], check._make)
        assert number == check.made
    check()


@pytest.mark.parametrize("what", ["data/causes/other.yml", "data/causes/\udcff.yml", "content/about"])
def test_what_is_no_plain_file_is_checked_each_time(what: str, root: Path) -> None:
    """What a link leads to may change unseen."""
    write(root, "elsewhere/text.yml")
    target = root / "elsewhere"
    (root / what).symlink_to(target / "text.yml" if what.endswith(".yml") else target)
    check = Checks(root)
    for number in (1, 2):
        check()
        assert number == check.made


def test_what_is_changed_during_a_check_is_checked_again(root: Path) -> None:
    """It may have been read before or after; so is what the answer was kept in, if somebody writes there."""
    during = Checks(root, lambda: write(root, CAUSE))
    during()
    during()
    assert 2 == during.made
    assert not list((root / ".cache/checks").glob("*"))
    check = Checks(root)
    check()
    (kept,) = (root / ".cache/checks").glob("*.json")
    kept.write_bytes(kept.read_bytes().replace(b"title", b"tittle"))
    check()
    assert 2 == check.made


def test_a_check_reads_nothing_else(project: Project) -> None:
    """Every file that a whole check opens, and every folder it lists, is one that would be seen to change."""
    root = project()
    program = (
        "import sys; seen = set()\n"
        "def note(event, values):\n"
        "    if event in ('open', 'os.listdir', 'os.scandir'): seen.add(str(values[0]))\n"
        "from careguide.cli import main\n"
        "sys.addaudithook(note)\n"
        f"main(['--root', {str(root)!r}, '--today', '2026-11-21', 'check'])\n"
        "print('', *sorted(seen), sep='\\n')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    seen = [path for path in done.stdout.splitlines() if path.startswith(str(root))]
    folders = tuple(str(root / each) for each in (*projects.FOLDERS, ".cache"))
    known = [str(root / each) for each in ("", "hooks", *last_check.FILES)]
    assert str(root / CAUSE) in seen
    assert [] == [path for path in seen if path not in known and not path.startswith(folders)]
