"""The package by itself: a guide in a folder of its own needs nothing of this repository."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pypdfium2
import pytest
from conftest import EXAMPLE
from nginx import free_ports
from sites import ROOT, copy_example, files


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package from a wheel. What it needs is among the tests' packages."""
    source, wheels, folder = (tmp_path_factory.mktemp(name) for name in ("source", "wheels", "installed"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    unwanted = shutil.ignore_patterns("__pycache__", "*.egg-info")
    shutil.copytree(ROOT / "hooks", source / "hooks", ignore=unwanted)
    _pip("wheel", "--no-build-isolation", "--wheel-dir", str(wheels), str(source))
    (wheel,) = wheels.glob("*.whl")
    _pip("install", "--target", str(folder), str(wheel))
    return folder


def _pip(command: str, *arguments: str) -> None:
    asked = [sys.executable, "-m", "pip", command, "--quiet", "--no-deps", "--no-index", *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_package_builds_a_guide_in_an_empty_folder(
    installed: Path, tmp_path: Path, bare_site: Path
) -> None:
    """The example guide, copied out of the repository, has the same site: pages, look, sheets and PDFs."""
    root = copy_example(tmp_path)
    environment = {**os.environ, "PYTHONPATH": str(installed), "NO_MKDOCS_2_WARNING": "1"}
    code = "import careguide, mkdocs.__main__ as mkdocs; print(careguide.__file__, flush=True); mkdocs.cli()"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    assert f"{installed / 'careguide' / '__init__.py'}\n" == done.stdout
    made, expected = files(tmp_path / "site"), files(bare_site)
    assert {".html", ".css", ".js", ".pdf", ".woff2", ".svg", ".png"} <= {Path(name).suffix for name in made}
    assert expected.keys() == made.keys()
    assert [] == [name for name, content in made.items() if content != expected[name]]


def test_the_package_has_all_that_its_commands_write_from(installed: Path, tmp_path: Path) -> None:
    """The templates of forms and of the report came along; those of new things the README's guide needs."""
    run = (
        "import sys; from careguide.cli import main\n"
        "for command in (['schema'], ['report', sys.argv[2]]):\n"
        "    assert not main(['--root', sys.argv[1], *command]); print('\\f')"
    )
    done = subprocess.run(
        [sys.executable, "-c", run, str(copy_example(tmp_path)), str(EXAMPLE)],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    schema, report, rest = done.stdout.split("\f\n")
    assert schema
    assert report
    assert not rest


# ------------------------------------------------------------------------------------------------------------
# The README: somebody else's guide


README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## Your own guide in ten minutes\n")[2].partition("\n## Make it yours\n")[0]
INSTALLS = ("python3 -m venv ", "pip install ")
"""What the tests have done already: here the package comes from a wheel, beside what the tests have."""
PUBLIC = {"CAREGUIDE_SITE_URL": "https://guide.example/", "CAREGUIDE_REPO_URL": "https://github.com/a/b"}


class Transcript:
    """The README's commands, typed in an empty folder by somebody who has nothing but the package."""

    def __init__(self, folder: Path, installed: Path) -> None:
        programs = folder / "bin"
        programs.mkdir()
        command = programs / "careguide"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m careguide "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        # No setting of whoever runs the tests counts.
        others = {name: value for name, value in os.environ.items() if not name.startswith("CAREGUIDE_")}
        self.environment = {
            **others,
            "PYTHONPATH": str(installed),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HOME": str(folder),
        }
        blocks = re.findall(r"^```console\n(.*?)^```$", SECTION, flags=re.MULTILINE | re.DOTALL)
        lines = [line for line in "".join(blocks).splitlines() if not line.startswith(INSTALLS)]
        assert "careguide serve" == lines.pop()
        done = self.run("\n".join(lines), folder)
        assert 0 == done.returncode, done.stdout + done.stderr
        self.said = done.stdout
        self.root = folder / "back-pain"

    def run(
        self, commands: str, folder: Path | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """What a shell says to some commands; the first that fails is the last."""
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands],
            cwd=folder or self.root,
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def transcript(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Transcript:
    """The guide that comes of it."""
    return Transcript(tmp_path_factory.mktemp("newcomer"), installed)


def test_the_readme_leads_to_a_guide_with_a_sheet(transcript: Transcript) -> None:
    """Started, checked, filled in, built and printed, with nothing read but the README."""
    checks = re.findall(r"\d+ pages(?:, \d+ drafts)?, no problems\.", transcript.said)
    assert 2 == len(checks)
    assert "2 drafts" in checks[0]
    assert "drafts" not in checks[1]
    page = (transcript.root / "site/symptoms/back-pain/index.html").read_text(encoding="utf-8")
    assert "A strained back" in page
    assert "numb between the legs" in page
    assert (transcript.root / "site/check/back-pain/index.html").is_file()
    sheets = sorted(file.name for file in (transcript.root / "sheets").rglob("*.pdf"))
    assert "back-pain-a4.pdf" in sheets
    assert "My emergency number: 999" in _words_of(transcript.root / "sheets/back-pain/back-pain-a4.pdf")


def test_the_readme_shows_the_guide_as_it_grows(transcript: Transcript) -> None:
    """`careguide serve` answers with the page of the new symptom."""
    [port] = free_ports(1)
    serve = [sys.executable, "-m", "careguide", "serve", "--address", f"127.0.0.1:{port}"]
    with subprocess.Popen(
        serve,
        cwd=transcript.root,
        env=transcript.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            assert "A strained back" in _asked(f"http://127.0.0.1:{port}/symptoms/back-pain/")
        finally:
            # To the engine too. What runs the tests in the background may ignore Ctrl and C.
            os.killpg(process.pid, signal.SIGTERM)


def _asked(address: str) -> str:
    """A page of a server that may still be starting; empty where none comes within five minutes."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    return ""


def test_another_guide_is_nothing_but_its_own(transcript: Transcript) -> None:
    """With a name, colours and a logo of its own: nothing on a page, a sheet or a card is another guide's."""
    root = transcript.root
    logo = root / "overrides/assets/images/logo.svg"
    logo.parent.mkdir(parents=True)
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>\n')
    site = root / "data/site.yml"
    colours = "colours:\n  light:\n    ink: '#4a1942'\n    button: '#4a1942'\n"
    own = f"logo: overrides/assets/images/logo.svg\n{colours}"
    site.write_text(site.read_text(encoding="utf-8") + own, encoding="utf-8")

    done = transcript.run("careguide build --site-dir public", **PUBLIC)

    assert 0 == done.returncode, done.stderr
    texts = {
        file.relative_to(root / "public").as_posix(): file.read_text(encoding="utf-8")
        for file in (root / "public").rglob("*.*")
        if file.suffix in (".html", ".css", ".js", ".json", ".jsonl", ".txt", ".svg", ".xml")
    }
    pdfs = {file.name: _words_of(file) for file in (root / "public").rglob("*.pdf")}
    assert len(pdfs) > 10
    assert len([name for name in texts if name.endswith(".html")]) > 20
    foreign = re.compile(r"twitch|fascicul|neck-|nosebleed|clinician of Careguide", re.IGNORECASE)
    assert [] == [name for name, text in (texts | pdfs).items() if foreign.search(text)]
    pages = {name: text for name, text in texts.items() if name.endswith(".html")}
    credit = "made with Careguide, which is free."
    named = [name for name, text in (pages | pdfs).items() if "careguide" in text.replace(credit, "").lower()]
    assert [] == named
    assert credit in texts["about/index.html"]
    home = texts["index.html"]
    assert "Harbour Clinic" in home
    assert "assets/images/logo.svg" in home
    assert any("#4a1942" in text for name, text in texts.items() if name.endswith(".css"))
    # A card is a picture: all that it is made of is the name, the tagline, a page's title and the colours.
    cards = [*(root / "public/assets/cards").rglob("*.png")]
    assert len(cards) > 15
    typeset = (ROOT / "hooks/careguide/typst/card.typ").read_text(encoding="utf-8")
    assert not re.search(r"careguide|twitch|#[0-9a-f]{6}\b", typeset, re.IGNORECASE)


def _words_of(file: Path) -> str:
    """The words of a PDF, on one line."""
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
