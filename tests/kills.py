"""Kills builds at random moments, and says how often a whole site stood there afterwards.

`make kills`; with a number beside it `make kills TIMES=200`.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sites import EXAMPLE

TITLES = ("Dry air", "Very dry air")
"""What two versions of the example differ in, so that each build changes the site."""


def main(times: int) -> int:
    """Kill as many builds; returns 1 where a site was not whole, or the build after was not right."""
    whole = right = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("__pycache__"))
        sites = []
        for title in TITLES:
            _write(root, title)
            started = time.monotonic()
            _build(root).wait()
            took = time.monotonic() - started
            sites.append(_read(root / "site"))
        assert sites[0] != sites[1]
        for number in range(times):
            _write(root, TITLES[number % 2])
            build = _build(root)
            # The site is exchanged near the end, so most builds are killed there.
            time.sleep(took * random.choice([random.uniform(0, 1), random.gauss(1, 0.05)]))
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
            whole += _read(root / "site") in sites
            if (number + 1) % 10 == 0:  # what was left behind disturbs nobody
                _build(root).wait()
                right += _read(root / "site") == sites[number % 2] and not [*root.glob(".site-*")]
    print(f"{times} builds killed: a site stood whole after {whole}. ", end="")
    print(f"{times // 10} builds after that: {right} were right.")
    return int((whole, right) != (times, times // 10))


def _write(root: Path, title: str) -> None:
    text = (EXAMPLE / "data/causes/dry-air.yml").read_text(encoding="utf-8")
    (root / "data/causes/dry-air.yml").write_text(
        text.replace("title: Dry air", f"title: {title}"), encoding="utf-8"
    )


def _build(root: Path) -> subprocess.Popen[bytes]:
    """A build that has just begun, in a group of processes of its own."""
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("mkdocs")), "build", "--strict", "--quiet"],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _read(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
