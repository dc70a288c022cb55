"""The command line, as a contributor types it."""

from __future__ import annotations

import datetime
import json
import os
import re
import resource
import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import careguide
import pytest
import yaml
from careguide.cli import main
from careguide.contribute import engine, publishing
from careguide.guide import words
from careguide.pages.plain import plain
from careguide.source import clock
from careguide.source.yaml_reader import Document
from conftest import EXAMPLE, TODAY, Project, changed

HOOKS = Path(careguide.__file__).parent.parent
PICKING = "data/causes/picking.yml"
TITEL = (
    f"{PICKING}:1: titel must be a field that exists\n  Tip: Did you mean 'title'?\n"
    f"{PICKING}:4: groop must be a field that exists\n  Tip: Did you mean 'group'?"
)
OVERDUE = (
    "data/causes/weak-vessels.yml:7: notice: cause 'weak-vessels' was to be checked again by '2026-11-03'\n"
    "  Tip: Ask for a new review."
)


pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def wrong(project: Project) -> Path:
    """The example with two misspelt fields."""
    return project(changed(PICKING, ("title: Picking", "titel: Picking"), ("group:", "groop:")))


@pytest.fixture
def overdue(project: Project) -> Path:
    """The example with a review that is past its date."""
    return project(changed("data/causes/weak-vessels.yml", ("due: 2027-11-02", "due: 2026-11-03")))


def summary(root: Path) -> str:
    """The line that a clean check ends with. Its grades have tests of their own."""
    built = careguide.build(root, today=TODAY, try_mutants=False)
    scores = [score for _, score in built.scores]
    words = sum(score.words for score in scores)
    grade, smog, short = (
        sum(getattr(score, name) * score.words for score in scores) / words
        for name in ("grade", "smog", "short")
    )
    return (
        f"{len(built.pages)} pages, 1 draft, no problems. Reading grade {grade:.1f} (SMOG {smog:.1f}); "
        f"{short:.0%} of sentences have at most 15 words."
    )


def test_each_language_is_summed_up_by_its_own_formula() -> None:
    """And what no rule looks at there is said; a language without a formula has no figure."""
    built = careguide.build(EXAMPLE, today=TODAY, try_mutants=False)
    page = built.scores[0][0]
    editions, scores = {"": built.guide}, [*built.scores]
    for tag in ("es", "fr"):
        editions[tag] = replace(built.guide, site=built.guide.site.model_copy(update={"language": tag}))
        score = editions[tag].reading.score(["Espere una hora.", " ".join(["no"] * 16)])
        assert score
        scores.append((replace(page, language=tag), score))
    declared = yaml.safe_load((words.FOLDER / "en.yml").read_text(encoding="utf-8"))
    unwritten = words.changed(declared, Document("data/words.yml", {}), {})[0]
    editions["fr"] = replace(editions["fr"], words=unwritten)
    first, *others = publishing.summary(replace(built, editions=editions, scores=scores)).split("\n")

    short = "50% of sentences have at most 15 words."
    unseen = f"{short} Rules on wording know English alone: look for "
    assert summary(EXAMPLE) == first
    # 206.835 − 62.3 × 23 syllables ÷ 19 words − 19 words ÷ 2 sentences
    assert f"In Spanish: INFLESZ 121.9; {short}" == others[0]
    assert others[1].startswith(f"In French: No formula for how hard French is to read; {unseen}")


def test_a_clean_guide_is_summed_up_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """How many pages, and how hard they are to read; the exit code is 0."""
    assert 0 == main(["--root", str(EXAMPLE), "check"])
    assert (summary(EXAMPLE) + "\n", "") == capsys.readouterr()


def test_problems_are_shown_and_counted(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each with its line and tip, then how many; the exit code is 1."""
    assert 1 == main(["--root", str(wrong), "check"])
    assert (f"{TITEL}\n\n2 problems.\n", "") == capsys.readouterr()


def test_one_problem_is_one_problem(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The count reads as English."""
    root = project(changed(PICKING, ("group: everyday", "group: evryday")))

    assert 1 == main(["--root", str(root), "check"])
    assert ["", "1 problem.", ""] == capsys.readouterr().out.split("\n")[-3:]


def test_a_notice_does_not_fail_the_check(overdue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What need not be mended today is shown, and the guide may go out."""
    assert 0 == main(["--root", str(overdue), "check"])
    assert (f"{OVERDUE}\n{summary(overdue)}\n", "") == capsys.readouterr()


@pytest.mark.parametrize(
    ("which", "code", "expected"),
    [
        ("wrong", 1, ["titel must be a field that exists", "groop must be a field that exists"]),
        ("overdue", 0, ["cause 'weak-vessels' was to be checked again by '2026-11-03'"]),
    ],
)
def test_check_speaks_json(
    which: str,
    code: int,
    expected: list[str],
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A program reads a list of problems and nothing else."""
    assert code == main(["--root", str(request.getfixturevalue(which)), "check", "--format", "json"])
    assert expected == [each["message"] for each in json.loads(capsys.readouterr().out)]


def test_a_clean_guide_is_an_empty_list_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A program always gets a list."""
    assert 0 == main(["--root", str(EXAMPLE), "check", "--format", "json"])
    assert ("[]\n", "") == capsys.readouterr()


def test_check_speaks_to_github(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a pull request each problem stands beside its line."""
    assert 1 == main(["--root", str(wrong), "check", "--format", "github"])
    assert (
        (
            f"::error file={PICKING},line=1::titel must be a field that exists Did you mean 'title'?\n"
            f"::error file={PICKING},line=4::groop must be a field that exists Did you mean 'group'?\n"
        ),
        "",
    ) == capsys.readouterr()


def test_a_clean_guide_says_nothing_to_github(capsys: pytest.CaptureFixture[str]) -> None:
    """No news is good news."""
    assert 0 == main(["--root", str(EXAMPLE), "check", "--format", "github"])
    assert ("", "") == capsys.readouterr()


def test_write_writes_every_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each page stands as plain Markdown at its path, for any engine; a bare sheet has its styles."""
    folder = tmp_path / "new" / "folder"

    assert 0 == main(["--root", str(EXAMPLE), "write", str(folder)])

    made = careguide.build(EXAMPLE, today=TODAY)
    written = {}
    for file in folder.rglob("*.*"):
        if file.suffix != ".svg":  # `test_plain.py` looks at those
            written[file.relative_to(folder).as_posix()] = file.read_bytes()
    assert {each.path: plain(each.text).encode() for each in made.pages} | made.web_sheets == written
    assert (f"{len(made.pages)} pages written to {folder}.\n", "") == capsys.readouterr()


def test_write_writes_nothing_of_a_wrong_guide(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a guide would be worse than none."""
    assert 1 == main(["--root", str(wrong), "write", str(tmp_path / "out")])
    assert ("", TITEL + "\n") == capsys.readouterr()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["file", "folder"])
def test_write_overwrites_nothing(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with something in it, or a file, stays as it is."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.md").write_text("mine", encoding="utf-8")

    assert 2 == main(["--root", str(EXAMPLE), "write", str(tmp_path / name)])
    assert (
        "",
        f"{tmp_path / name} must be new or empty\n  Tip: Choose another folder.\n",
    ) == capsys.readouterr()
    assert {"file": "mine", "folder/index.md": "mine"} == {
        file.relative_to(tmp_path).as_posix(): file.read_text()
        for file in tmp_path.rglob("*")
        if file.is_file()
    }


def test_write_may_fill_an_empty_folder(tmp_path: Path) -> None:
    """A folder made for it is as good as a new one."""
    assert 0 == main(["--root", str(EXAMPLE), "write", str(tmp_path)])
    assert (tmp_path / "index.md").is_file()


@pytest.mark.parametrize("command", [["check"], ["write", "out"]])
def test_a_folder_that_is_no_project_is_named(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Started in the wrong place, the command says so instead of finding nothing wrong with nothing."""
    assert 2 == main(["--root", str(tmp_path), *command])
    assert (
        "",
        (
            f"{tmp_path} must be a Careguide project, but has no folder data/\n"
            "  Tip: Name the project with --root, or start one with 'careguide init DIR'.\n"
        ),
    ) == capsys.readouterr()


@pytest.mark.parametrize("arguments", [["chekc"], ["check", "--format", "xml"], ["write"]])
def test_a_wrong_call_is_explained(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The command says how it is used; the exit code is 2."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert 2 == stopped.value.code
    assert capsys.readouterr().err.startswith("usage: careguide ")


def test_a_command_that_was_misspelt_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """As every other misspelt word is."""
    with pytest.raises(SystemExit):
        main(["chekc"])

    assert "not 'chekc'. Did you mean 'check'?" in capsys.readouterr().err


def test_alone_it_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Every command with its sentence; and each says of itself what it does."""
    assert 0 == main([])
    commands = re.findall(r"^    (\w+)  +\w", capsys.readouterr().out, flags=re.MULTILINE)

    assert {"check", "build", "serve", "new", "fields"} <= {*commands}
    for command in commands:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert re.search(r"\n\n[A-Z][^\n].+?\.\n\n", capsys.readouterr().out, flags=re.DOTALL), command


def test_its_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """As `pip` knows it."""
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])

    assert 0 == stopped.value.code
    assert f"careguide {metadata.version('careguide')}\n" == capsys.readouterr().out


def test_a_project_is_found_from_inside(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever stands in one of its folders need not name it."""
    root = project()
    for folder in ("data/causes", "content"):
        monkeypatch.chdir(root / folder)

        assert 0 == main(["check"])
        assert (summary(root) + "\n", "") == capsys.readouterr()


def test_fields_are_explained_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has no guide yet can read what one is made of."""
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["fields", "cause"])
    out, err = capsys.readouterr()
    assert "\ngroup: one of everyday, underlying or serious; required\n" in out
    assert not err


def test_drafts_are_counted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """No reader sees them, so a contributor is told how many there are."""
    root = project()
    for name in ("cold-air", "altitude"):
        assert 0 == main(["--root", str(root), "new", "cause", name])
    capsys.readouterr()

    assert 0 == main(["--root", str(root), "check"])
    assert " pages, 3 drafts, no problems. " in capsys.readouterr().out


def test_the_command_runs_without_installing(project: Project) -> None:
    """`python -m careguide` does the same, in the folder it is started in."""
    # The command asks the clock, and this review should not be overdue.
    later = clock.today() + datetime.timedelta(days=300)
    root = project(changed("data/causes/weak-vessels.yml", ("due: 2027-11-02", f"due: {later}")))
    done = subprocess.run(
        [sys.executable, "-m", "careguide", "check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(HOOKS)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, summary(root) + "\n", "") == (done.returncode, done.stdout, done.stderr)


def test_the_sheets_of_one_thing_are_made_alone(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`careguide handouts nosebleed` writes that symptom's sheets, for both papers and in two sizes."""
    assert 0 == main(["--root", str(project()), "handouts", "nosebleed", "--out", str(tmp_path / "out")])

    names = [
        f"{sheet}/{sheet}-{paper}{large}.pdf"
        for sheet in ("nosebleed", "nosebleed-diary", "nosebleed-visit")
        for paper in ("a4", "letter")
        for large in ("", "-large-print")
    ]
    assert sorted(names) == sorted(
        file.relative_to(tmp_path / "out").as_posix() for file in (tmp_path / "out").rglob("*.pdf")
    )
    assert (f"12 PDFs written to {tmp_path / 'out'}.\n", "") == capsys.readouterr()


def test_a_sheet_that_is_not_there_is_a_wrong_call(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The tip names the one that may have been meant."""
    assert 2 == main(["--root", str(project()), "handouts", "nosebleeds"])
    assert (
        "",
        "nosebleeds must be a symptom, a remedy or a sheet\n  Tip: Did you mean 'nosebleed'?\n",
    ) == capsys.readouterr()


def test_a_wrong_guide_is_told_its_problems_whatever_was_asked_for(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sheet that is not there because its file is wrong was not misspelt."""
    assert 1 == main(["--root", str(wrong), "handouts", "no-such-thing"])
    assert ("", f"{TITEL}\n") == capsys.readouterr()


def test_no_sheet_is_made_of_a_wrong_guide(
    wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The problems are shown instead."""
    assert 1 == main(["--root", str(wrong), "handouts", "--out", str(tmp_path / "out")])
    assert ("", f"{TITEL}\n") == capsys.readouterr()
    assert not (tmp_path / "out").exists()


def run(root: Path, *arguments: str, code: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """The program itself, as a shell starts it; `code` is carried out before."""
    program = f"import sys; {code}sys.argv[0] = 'careguide'; from careguide.__main__ import run; run()"
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(HOOKS), **settings},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_problems_are_shown_on_any_console(project: Project, encoding: str) -> None:
    """A letter that the console does not know is shown by its number."""
    root = project(changed(PICKING, ("group: everyday", "group: ‘alltäglich’")))
    done = run(root, "check", PYTHONIOENCODING=encoding, PYTHONUTF8="0")

    assert (1, "") == (done.returncode, done.stderr)
    assert f"{PICKING}:4: group must be one of" in done.stdout


def test_a_program_can_read_it_through_any_console(project: Project) -> None:
    """What it is given is JSON, whatever letters a problem quotes."""
    root = project(changed(PICKING, ("group: everyday", "group: ‘alltäglich’")))
    done = run(root, "check", "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert "‘alltäglich’" in json.loads(done.stdout)[0]["message"]


def test_who_reads_only_the_beginning_sees_no_traceback() -> None:
    """As behind `| head`: the program ends with the code by which shells know it."""
    code = "import os; read, write = os.pipe(); os.dup2(write, 1); os.close(write); os.close(read);"
    done = run(EXAMPLE, "fields", "symptom", code=code)

    assert (141, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os; os.dup2(os.open('/dev/full', 1), 1);", (2, "What was to be said cannot be written: ")),
        ("sys.stdout = None;", (0, "")),
    ],
)
def test_words_that_nobody_can_keep_are_no_traceback(code: str, expected: tuple[int, str]) -> None:
    """They go to a full disk, or whoever started the program has closed its output."""
    done = run(EXAMPLE, "check", code=code, CAREGUIDE_TODAY=str(TODAY))

    assert expected == (done.returncode, done.stderr[: len(expected[1])])


def test_a_full_disk_is_told_in_a_sentence(project: Project) -> None:
    """A file may have 1,000 bytes here, and more is refused, as on a full disk."""
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, {resource.RLIM_INFINITY}));"
    root = project()
    sources = (root / "data/sources.yml").read_bytes()
    for command in (["write", "pages"], ["new", "source", "leaflet-2"]):
        done = run(root, *command, code=code)

        assert 2 == done.returncode
        assert "File too large" in done.stderr
        assert "Traceback" not in done.stderr
    assert sources == (root / "data/sources.yml").read_bytes(), "what was there is whole"
    assert [] == [*root.rglob("*.part")]


def test_a_site_is_of_the_day_that_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is told, so that nothing in it looks at the clock again past midnight."""
    told: list[str] = []

    def run(*_: object, **settings: str) -> int:
        told.append(settings[clock.VARIABLE])
        return 0

    monkeypatch.setattr(engine, "_run", run)

    assert 0 == main(["--root", str(EXAMPLE), "--today", "2029-01-01", "build"])
    assert ["2029-01-01"] == told
