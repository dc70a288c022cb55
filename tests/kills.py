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

from careguide.hosting import offline_copy
from sites import EXAMPLE

TITLES = ("Dry air", "Very dry air")
"""What two versions of the example differ in, so that each build changes the site."""


def main(times: int) -> int:
    """Kill as many builds; returns 1 where a site was not whole, or the build after was not right."""
    killed = whole = late = tried = right = 0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("__pycache__"))
        sites = []
        for title in (*TITLES, *TITLES):  # the second time as long as with what is kept
            _write(root, title)
            started = time.monotonic()
            _build(root).wait()
            took = time.monotonic() - started
            sites.append(_read(root / "site"))
        assert sites[0] == sites[2] != sites[1] == sites[3]
        while killed < times:
            _write(root, TITLES[killed % 2])
            build = _build(root)
            if killed % 2:  # the site is exchanged at the end: every other build is killed there
                _wait_for_last_file(root, build)
                time.sleep(random.uniform(0, 0.05))
            else:
                time.sleep(random.uniform(0, took))
            if build.poll() is not None:  # it was done before
                continue
            os.killpg(build.pid, signal.SIGKILL)
            build.wait()
            late += killed % 2
            killed += 1
            whole += _read(root / "site") in sites
            if killed % 10 == 0:  # what was left behind disturbs nobody
                _build(root).wait()
                tried += 1
                right += _read(root / "site") == sites[(killed - 1) % 2] and not [*root.glob(".site-*")]
    print(f"{killed} builds killed, {late} of them at their end: a site stood whole after {whole}. ", end="")
    print(f"{tried} builds after that: {right} were right.")
    return int((whole, right) != (killed, tried))


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


def _wait_for_last_file(root: Path, build: subprocess.Popen[bytes]) -> None:
    """Wait until a build has written all of its site, or has ended: then it puts the site into its place."""
    while build.poll() is None and not [*root.glob(f".site-*/site/{offline_copy.SCRIPT}")]:
        time.sleep(0.001)


def _read(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
