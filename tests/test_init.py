"""A new guide: `careguide init` writes a folder that checks, builds and publishes from the first minute."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import careguide
import pytest
import yaml
from careguide.cli import main
from careguide.contribute import starter_guide
from conftest import TODAY, load

WHEEL = "careguide-9.9.9-py3-none-any.whl"


pytestmark = pytest.mark.usefixtures("today")


def started(folder: Path, *options: str) -> Path:
    """A new guide in a folder of its own, with all that is usual."""
    root = folder / "leg-cramps"
    assert 0 == main(["init", str(root), "--yes", *options])
    return root


def files(root: Path) -> dict[str, bytes]:
    """Every file under a folder, by its path."""
    return {
        file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()
    }


def blocking(root: Path) -> list[str]:
    """What would stop a guide from being published."""
    return [str(each) for each in careguide.build(root, today=TODAY).problems if each.blocks]


def test_a_new_guide_passes_the_check(tmp_path: Path) -> None:
    """Its first symptom is a draft; its signs, numbers and pages are there."""
    root = started(tmp_path, "--country", "ie", "--symptom", "night-cramps")
    guide = load(root)

    assert [] == blocking(root)
    assert ("Leg cramps", "en-IE", ("ie",)) == (guide.site.name, guide.site.language, guide.site.countries)
    assert ["ie"] == list(guide.services)
    assert guide.symptoms["night-cramps"].draft
    assert {each.level for each in guide.criteria.values()} < guide.urgency.keys()
    pages = {page.path for page in careguide.build(root, today=TODAY).pages}
    assert {"index.md", "about.md", "privacy.md", "disclaimer.md", "editorial-policy.md"} <= pages
    assert {"when-to-get-help.md", "find-care.md"} <= pages
    assert "symptoms/night-cramps.md" not in pages


def test_it_has_all_that_a_repository_needs(tmp_path: Path) -> None:
    """Workflows that are safe, help for editors, a Makefile of five lines, and a hook of one."""
    root = started(tmp_path)
    made = files(root)

    assert {".gitignore", ".vscode/settings.json", "README.md", "requirements.txt"} <= made.keys()
    assert {".github/workflows/check.yml", ".github/workflows/deploy.yml"} <= made.keys()
    assert "data/schema/symptom.json" in made
    assert 5 == made["Makefile"].count(b"\n")
    assert 1 == made["hooks/mkdocs_hooks.py"].count(b"\n")
    linter = str(Path(sys.executable).with_name("zizmor"))
    done = subprocess.run(
        [linter, "--offline", "--persona", "auditor", "."],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout


def test_it_writes_over_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which are in the way is said, and nothing at all is written."""
    root = tmp_path / "leg-cramps"
    (root / "data").mkdir(parents=True)
    (root / "data" / "urgency.yml").write_text("mine", encoding="utf-8")
    (root / "README.md").write_text("mine", encoding="utf-8")
    (root / "notes.txt").write_text("mine", encoding="utf-8")
    before = files(root)

    assert 2 == main(["init", str(root), "--yes"])
    assert "but has README.md and data/urgency.yml\n" in capsys.readouterr().err
    assert before == files(root)


def test_what_is_not_given_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal; Enter takes what is usual, which stands beside the question."""
    asked: list[str] = []
    answers = iter(["Calf clinic", "", "US, gb", "", "calf-cramps"])

    def ask(question: str) -> str:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr("builtins.input", ask)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert 0 == main(["init", str(tmp_path / "calves")])

    site = load(tmp_path / "calves").site
    assert "What is the guide called? [Calves] " == asked[0]
    assert ("Calf clinic", "Calf clinic", ("us", "gb"), "en-US") == (
        site.name,
        site.owner,
        site.countries,
        site.language,
    )
    assert (tmp_path / "calves/data/symptoms/calf-cramps.yml").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "a new guide must have a name, and nobody can be asked for it here"),
        (["--yes", "--country", "germany"], "a country must be one of gb, ie, eu, "),
        (["--yes", "--country", ","], "a new guide must have a country"),
        (["--yes", "--lang", "english"], "a language must be the tag of one, such as 'en-GB' or 'es'"),
        (["--yes", "--symptom", "Leg cramps"], "an id must be made of small letters, digits and hyphens"),
        (["--yes", "--name", "<b>"], "the name must be a few plain words, not '<b>'"),
        (["--yes", "--wheel", "nothing.whl"], "the wheel must be a file such as 'careguide-1.0-"),
        (["--yes", "--wheel", f"https://guide.example/{WHEEL}"], "the wheel's address must be 'https://"),
    ],
)
def test_a_wrong_call_is_explained(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written; the tip says what would do."""
    assert 2 == main(["init", str(tmp_path / "new"), *options])

    error = capsys.readouterr().err
    assert said in error
    assert "\n  Tip: " in error
    assert not (tmp_path / "new").exists()


def test_a_country_goes_by_its_names() -> None:
    """Its id, its name, its letters, or those of a country that it serves."""
    for asked, id_ in (("gb", "gb"), ("UK", "gb"), ("ireland", "ie"), ("eu", "eu"), ("germany", "")):
        known = starter_guide.countries()
        assert {"gb", "ie", "eu", "us"} <= known.keys(), asked
        try:
            found = starter_guide.country(asked)
        except careguide.source.problems.WrongCallError:
            found = ""
        assert id_ == found, asked


@pytest.mark.parametrize("name", ['Dr. O\'Neill & "Söhne": legs #1', "* [Cramps](x) | & @ #\\ `a`", "2024"])
def test_a_name_is_taken_as_it_is_written(name: str, tmp_path: Path) -> None:
    """Whatever YAML, Markdown or the engine's settings take for a mark is a letter of it."""
    root = started(tmp_path, "--name", name, "--owner", name)

    assert [] == blocking(root)
    assert (name, name) == (load(root).site.name, load(root).site.owner)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV", "")
    assert name == yaml.safe_load(settings)["site_name"]


@pytest.mark.parametrize("language", ["es", "de"])
def test_another_language_passes_too(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the package has no texts for is English, and whoever starts the guide is told so."""
    root = started(tmp_path, "--lang", language)

    assert [] == blocking(root)
    told = capsys.readouterr().out
    assert (language in starter_guide.languages_with_texts()) == ("are in English" not in told)
    home = next(page for page in careguide.build(root, today=TODAY).pages if page.path == "index.md")
    assert (language == "es") == ("cuándo pedir ayuda" in home.text)


def test_the_generator_is_pinned(tmp_path: Path) -> None:
    """A wheel goes into the guide, with its hash in the requirements, beside every package it needs."""
    wheel = tmp_path / WHEEL
    wheel.write_bytes(b"a wheel")
    root = started(tmp_path, "--wheel", str(wheel))
    lines = (root / "requirements.txt").read_text(encoding="utf-8").replace(" \\\n    ", " ").splitlines()

    sha256 = hashlib.sha256(b"a wheel").hexdigest()
    assert f"./wheels/{WHEEL} --hash=sha256:{sha256}" in lines
    assert b"a wheel" == (root / "wheels" / WHEEL).read_bytes()
    packages = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert len(packages) > 20
    assert [] == [line for line in packages if "--hash=sha256:" not in line]


def test_the_generator_is_pinned_by_its_address(tmp_path: Path) -> None:
    """Where it is on the web, as it is on a package index too."""
    sha256 = "0" * 64
    root = started(tmp_path, "--wheel", f"https://guide.example/{WHEEL}#sha256={sha256}")
    text = (root / "requirements.txt").read_text(encoding="utf-8")

    assert f"\ncareguide @ https://guide.example/{WHEEL} \\\n    --hash=sha256:{sha256}\n" in text
    assert not (root / "wheels").exists()


def test_a_new_guide_is_built(tmp_path: Path) -> None:
    """By `careguide build`, from one of its folders; drafts, and pages without anything on them, stay out."""
    root = started(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "careguide", "build"],
        cwd=root / "content",
        env={**os.environ, "PYTHONPATH": str(Path(careguide.__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    home = (root / "site" / "index.html").read_text(encoding="utf-8")
    assert "Leg cramps" in home
    assert "when-to-get-help/" in home
    assert "causes/" not in home
    assert not (root / "site" / "symptoms").exists()


def test_the_pins_are_those_of_the_generator() -> None:
    """What a new guide installs is what the generator was tested with: `make lock` writes both."""
    here = Path(starter_guide.__file__).parent / "starter/common/requirements.txt"
    lock = Path(__file__).parent.parent / "requirements.lock"

    assert lock.read_bytes() == here.read_bytes()
