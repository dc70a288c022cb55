"""The package by itself: a guide in a folder of its own needs nothing of this repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLE
from sites import ROOT, copy_example


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
    made, expected = _files(tmp_path / "site"), _files(bare_site)
    assert {".html", ".css", ".js", ".pdf", ".woff2", ".svg", ".png"} <= {Path(name).suffix for name in made}
    assert expected.keys() == made.keys()
    assert [] == [name for name, content in made.items() if content != expected[name]]


@pytest.mark.parametrize("command", [["new", "symptom", "cough"], ["schema"], ["report", str(EXAMPLE)]])
def test_the_package_has_all_that_its_commands_write_from(
    installed: Path, tmp_path: Path, command: list[str]
) -> None:
    """The templates of a new symptom, of forms and of the report came along."""
    done = subprocess.run(
        [sys.executable, "-m", "careguide", "--root", str(copy_example(tmp_path)), *command],
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout


def _files(site: Path) -> dict[str, bytes]:
    """What a site is made of, apart from the packed list of its pages, which has the time in it."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*.*")
        if file.is_file() and file.suffix != ".gz"
    }
