"""How long the check takes, on this guide and on a made one of 1,000 files.

Not a test: it prints, and asserts nothing.

A machine that others use too is now quick and now slow, so a fixed loop is timed beside each run.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from itertools import islice, product
from pathlib import Path

from sites import EXAMPLE, ROOT

FILES = 1000
RUNS = 5
LOOP = 5_000_000


def main() -> None:
    """Time `careguide check` on both guides: with nothing kept, and then after an edit, a few times."""
    with tempfile.TemporaryDirectory() as folder:
        real, made = Path(folder) / "real", Path(folder) / "made"
        for part in ("data", "content", "overrides", "hooks"):
            shutil.copytree(ROOT / part, real / part)
        shutil.copy(ROOT / "mkdocs.yml", real)
        shutil.copytree(EXAMPLE, made, ignore=shutil.ignore_patterns(".cache"))
        grow(made)
        for name, root in (("the real guide", real), ("a made guide", made)):
            files = sorted((root / "data").rglob("*.yml"))
            first = _check(root)
            runs = sorted(_after_an_edit(root, files[number]) for number in range(RUNS))
            (best, loop), (median, usual) = runs[0], runs[RUNS // 2]
            print(
                f"{name}, {len(files)} data files: best {best:.2f} s (loop {loop:.2f}), "
                f"median {median:.2f} s (loop {usual:.2f}), first run {first:.2f} s"
            )


def _after_an_edit(root: Path, file: Path) -> tuple[float, float]:
    """Seconds of a check after a file has changed, and of the loop."""
    file.write_text(file.read_text(encoding="utf-8") + "# One line more.\n", encoding="utf-8")
    return _check(root), _loop()


def _loop() -> float:
    start = time.perf_counter()
    total = 0
    for number in range(LOOP):
        total += number
    return time.perf_counter() - start


def grow(root: Path) -> None:
    """Copy one cause until the guide has 1,000 data files, and name all copies in its symptom."""
    cause = (root / "data" / "causes" / "dry-air.yml").read_text(encoding="utf-8")
    # Letters, because a number in a text might be one to call.
    letters = map("".join, product("bdgklmnprt", repeat=3))
    names = [
        f"dry-air-{each}" for each in islice(letters, FILES - sum(1 for _ in (root / "data").rglob("*.yml")))
    ]
    for name in names:
        (root / "data" / "causes" / f"{name}.yml").write_text(
            cause.replace("Dry air", f"Dry air {name[8:]}"), encoding="utf-8"
        )
    symptom = root / "data" / "symptoms" / "nosebleed.yml"
    symptom.write_text(
        symptom.read_text(encoding="utf-8").replace("causes: [", f"causes: [{', '.join(names)}, "),
        encoding="utf-8",
    )


def _check(root: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "careguide", "--root", str(root), "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
