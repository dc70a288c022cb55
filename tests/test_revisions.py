"""Versions of a project: a folder, or what a git revision held."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import careguide
import pytest
import yaml
from careguide.cli import main
from careguide.contribute import revisions
from careguide.contribute.last_check import checked
from careguide.flow import mutants
from careguide.handouts import pdf
from conftest import EXAMPLE, TODAY, article
from flows import small

MUST = "must be a project's folder or a git revision of this one"
UNSEEN = ".git:1: notice: git must answer, or nobody sees what a change lowers"
AUTHOR = ["-c", "user.name=A. Person", "-c", "user.email=a@health.example"]
FIRST = [*AUTHOR, "commit", "--quiet", "--message", "First"]


def committed(root: Path) -> Path:
    """A project as the only commit of a repository, which is the folder around it."""
    alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for command in (["init", "--quiet"], ["add", "."], FIRST):
        subprocess.run(["git", *command], cwd=root.parent, check=True, env=alone)
    return root


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one version before."""
    return committed(small(tmp_path_factory.mktemp("repository") / "project"))


def test_a_git_revision_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data and pages as they were, even where the project is a folder inside the repository."""
    root = committed(small(tmp_path / "repository" / "project"))
    page = article("# A new page\n\nFour words are here.\n", title="A new page")
    (root / "content/a.md").write_text(page, encoding="utf-8")

    assert 0 == main(["--root", str(root), "report", "HEAD"])
    assert "| A new page (`a.md`) | new | +4 | |  |\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        ("data/criteria.yml", "  now: true\n", "", "needs advice at once no longer"),
        ("data/criteria.yml", "weak or dizzy.\n  search", "weak and dizzy.\n  search", "true of fewer"),
        ("data/remedies/press-the-nose.yml", "red: [heavy]\n", "", "shows heavy no longer"),
    ],
)
def test_a_check_tells_what_a_change_takes_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: str, old: str, new: str, says: str
) -> None:
    """What only the version before shows: each of these is a right guide by itself."""
    root = tmp_path / "repository" / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".cache"))
    committed(root)
    check = ["--root", str(root), "--today", str(TODAY), "check"]
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")

    assert 1 == main(check)
    assert says in capsys.readouterr().out


def test_a_revision_has_all_that_the_settings_name() -> None:
    """Otherwise the check would find fault with every version before."""
    settings = yaml.load((EXAMPLE / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    folders = [settings["docs_dir"], settings["theme"]["custom_dir"], "mkdocs.yml"]
    named = [*settings["hooks"], *settings["watch"], *folders]

    assert set(revisions.PARTS) == {path.split("/")[0] for path in named}


@pytest.mark.parametrize("command", [["report"], ["flow", "diff"]])
@pytest.mark.parametrize("name", ["no-such-version", "--output=file", "HEAD:project/content"])
def test_a_version_there_is_not_is_a_wrong_call(
    command: list[str], name: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What starts with a hyphen is never handed to git as an option."""
    assert 2 == main(["--root", str(repository), *command, "--", name])
    assert f"{name} {MUST}\n  Tip: Try 'HEAD', the last commit.\n" == capsys.readouterr().err
    assert not list(repository.rglob("file"))


def test_what_git_says_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a container the project often belongs to another user: git refuses, and says what to type."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    assert 2 == main(["--root", str(repository), "report", "HEAD"])
    message, tip = capsys.readouterr().err.strip().split("\n")
    assert message.startswith(f"HEAD {MUST}, but git says: ")
    assert message.endswith(f"git config --global --add safe.directory {repository.parent}")
    assert tip.startswith("  Tip: Type 'git status' and put right what it says, or ")

    assert 0 == checked(["--root", str(repository), "--today", str(TODAY), "check"], lambda: 0)
    main(["--root", str(repository), "--today", str(TODAY), "check"])
    assert f"{UNSEEN}, but git says: detected dubious ownership" in capsys.readouterr().out


@pytest.mark.parametrize("spoilt", ["HEAD", "config", "refs", "index"])
def test_a_damaged_history_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], spoilt: str) -> None:
    """Otherwise nobody would know that a change is compared to nothing."""
    root = committed(small(tmp_path / "repository" / "project"))
    (root / "content/a.md").write_text(article("# A page\n\nFour words are here.\n"), encoding="utf-8")
    place = root.parent / ".git" / spoilt
    if place.is_dir():
        place.rename(tmp_path / "moved")
    else:
        place.write_text("[odd", encoding="utf-8")

    main(["--root", str(root), "--today", str(TODAY), "check"])
    assert f"{UNSEEN}, but git says: " in capsys.readouterr().out


def test_the_environment_names_no_other_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works in the hook of one, say, would compare a guide to something else."""
    (repository / "content/a.md").write_text(article("# A page\n\nWords.\n"), encoding="utf-8")
    began = revisions.before(repository)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, os.devnull)

    assert ["content/a.md"] == began[1]
    assert began == revisions.before(repository)


def test_a_folder_that_git_does_not_know_has_no_revisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A project that was sent as an archive, say."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    assert 2 == main(["--root", str(small(tmp_path / "project")), "report", "HEAD"])
    assert f"HEAD {MUST}, but git says: not a git repository" in capsys.readouterr().err


def test_without_git_there_are_no_revisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder can still be compared."""
    monkeypatch.setenv("PATH", str(tmp_path))

    assert 2 == main(["--root", str(EXAMPLE), "report", "HEAD"])
    assert f"HEAD {MUST}, but there is no git to ask\n  Tip: Install git" in capsys.readouterr().err
    main(["--root", str(EXAMPLE), "--today", str(TODAY), "check"])
    assert f"{UNSEEN}, but there is no git to ask\n  Tip: Install git.\n" in capsys.readouterr().out
    assert 0 == main(["--root", str(EXAMPLE), "report", str(EXAMPLE)])


def test_what_was_found_out_holds_in_a_version_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report tries no faults in a flow and measures no sheet again where nothing differs."""
    root = committed(small(tmp_path / "repository" / "project"))
    careguide.build(root, today=TODAY)
    done: list[str] = []
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # no copy of this program does any of it
    monkeypatch.setattr(mutants, "score", lambda *_: done.append("tried"))
    monkeypatch.setattr(pdf, "sides", lambda *_: done.append("measured"))

    assert 0 == main(["--root", str(root), "report", "HEAD"])
    assert [] == done


def test_a_history_that_is_cut_off_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was committed since the work began cannot be compared then."""
    root = committed(small(tmp_path / "repository" / "project"))
    for command in (["branch", "--move", "work"], ["rev-parse", "HEAD"]):
        said = subprocess.run(["git", *command], cwd=root, check=True, capture_output=True).stdout
    assert not revisions.before(root)[2]
    (root.parent / ".git/shallow").write_bytes(said)

    assert 0 == main(["--root", str(root), "--today", str(TODAY), "check"])
    told = capsys.readouterr().out
    assert ".git:1: notice: the history is cut off" in told
    assert "Tip: Type 'git fetch --unshallow'" in told
