"""Validates every printed sheet against PDF/UA-1 with veraPDF.

Some are broken on purpose, so that a validator that has stopped finding faults is noticed.

Called by `make verapdf` with the folder of the wheel that carries the engine, and the folder of the sheets.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf

JAVA = Path("/usr/share/java")
BEFORE = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
"""What the engine's jar needs and has been stripped of. It must stand before it."""


def _no_language(document: pikepdf.Pdf) -> None:
    del document.Root.Lang


def _no_title(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


def _no_alternative(document: pikepdf.Pdf) -> None:
    for tag in document.objects:
        if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == pikepdf.Name.Figure:
            del tag["/Alt"]


def _no_tags(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


BROKEN: tuple[Callable[[pikepdf.Pdf], None], ...] = (_no_language, _no_title, _no_alternative, _no_tags)


def main(wheels: Path, sheets: Path) -> int:
    """Print what fails, and how many pass. Returns 1 if a sheet fails, or a broken one passes."""
    files = sorted(sheets.rglob("*.pdf"))
    broken = [_broken(files[0], fault, wheels) for fault in BROKEN]
    lines = _validated([*files, *broken], wheels)
    wrong = [line for line in lines if line.startswith("PASS") == (Path(line.split()[1]) in broken)]
    print("\n".join(wrong + [line for line in lines if Path(line.split()[1]) in broken]))
    print(f"{len(files)} sheets and {len(broken)} broken ones validated; {len(wrong)} not as they should be.")
    return int(bool(wrong) or len(lines) != len(files) + len(broken) or not files)


def _broken(file: Path, fault: Callable[[pikepdf.Pdf], None], folder: Path) -> Path:
    target = folder / f"{fault.__name__.strip('_')}.pdf"
    with pikepdf.open(file) as document:
        fault(document)
        document.save(target)
    return target


def _validated(files: list[Path], wheels: Path) -> list[str]:
    """A line for each file: PASS or FAIL, the file, and the rules it breaks."""
    with zipfile.ZipFile(next(wheels.glob("*.whl"))) as wheel:
        jar = wheel.extract(next(name for name in wheel.namelist() if name.endswith(".jar")), wheels)
    path = ":".join([*(str(JAVA / f"{name}.jar") for name in BEFORE), jar])
    done = subprocess.run(
        ["java", "-cp", path, str(Path(__file__).with_name("Check.java")), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode > 1 or not done.stdout:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
