"""How long the check takes: on the real guide, and on a made guide of 1,000 files. Not a test: it prints and asserts nothing."""

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
RUNS = 3


def main() -> None:
    """Time `careguide check` on both guides and print the best and the median of a few runs."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "guide"
        shutil.copytree(EXAMPLE, made)
        grow(made)
        for name, root in (("the real guide", ROOT), (f"a made guide of {FILES:,} files", made)):
            files = sum(1 for file in (root / "data").rglob("*.yml"))
            seconds = sorted(_check(root) for _ in range(RUNS))
            print(f"{name}: {files} data files, best {seconds[0]:.2f} s, median {seconds[RUNS // 2]:.2f} s")


def grow(root: Path) -> None:
    """Copy one cause under other names until the guide has 1,000 data files, and name all copies in its symptom."""
    cause = (root / "data" / "causes" / "dry-air.yml").read_text(encoding="utf-8")
    # Letters, because a number in a text might be one to call.
    letters = map("".join, product("bdgklmnprt", repeat=3))
    names = [f"dry-air-{each}" for each in islice(letters, FILES - sum(1 for _ in (root / "data").rglob("*.yml")))]
    for name in names:
        (root / "data" / "causes" / f"{name}.yml").write_text(cause.replace("Dry air", f"Dry air {name[8:]}"), encoding="utf-8")
    symptom = root / "data" / "symptoms" / "nosebleed.yml"
    symptom.write_text(symptom.read_text(encoding="utf-8").replace("causes: [", f"causes: [{', '.join(names)}, "), encoding="utf-8")


def _check(root: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "careguide", "--root", str(root), "check"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
