"""Checks of the built site that need Node: the HTML of every page, and Lighthouse on one page of each kind.

`make audit` runs it; exit 1 where a target is missed.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import nginx
from browsers import QUIET
from careguide.cli import main as careguide
from sites import ROOT, build

HERE = Path(__file__).parent
BIN = HERE / "node_modules" / ".bin"
KINDS = ("symptoms", "es/symptoms", "causes", "check", "handouts")
"""Folders of which the largest page is measured: an article in each language, a cause, a flow and a sheet."""
SLOWEST = 1300
"""Longest time to the largest paint, in milliseconds, on Lighthouse's simulated phone."""
MEANT = {
    "crawlable-anchors": "where a country has no number, its words stand in a link that leads nowhere",
    "robots-txt": "it is asked for by a script inside the page, which the policy of a sheet forbids",
}
"""What Lighthouse dislikes and is meant, and why."""
RUNS = 3
"""How often each page is looked at. What is told is the middle one: another program may disturb a run."""


def main() -> int:
    """Build the site, run both checks and print a line for each page of the second."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        # Lighthouse wants a canonical address; which one does not matter.
        done = build(ROOT, site, CAREGUIDE_SITE_URL="https://guide.example/")
        if done.returncode:
            sys.exit(done.stderr)
        [port] = nginx.free_ports(1)
        where = ["--folder", str(site), "--pack", str(site), "--out", folder, "--port", str(port)]
        careguide(["--root", str(ROOT), "deploy", "nginx", *where])
        with nginx.running(Path(folder)):
            return max([valid(site), *audited(f"http://127.0.0.1:{port}/", site, Path(folder))])


def valid(site: Path) -> int:
    """html-validate on every page."""
    pages = [str(file) for file in sorted(site.rglob("*.html"))]
    done = subprocess.run(
        [BIN / "html-validate", "--config", HERE / ".htmlvalidate.json", *pages], check=False
    )
    print(f"HTML of {len(pages)} pages: {'no errors' if not done.returncode else 'errors, see above'}")
    return int(done.returncode != 0)


def one_of_each(site: Path) -> list[str]:
    """The home page, the largest page of each kind and a list, by their addresses."""
    largest = []
    for kind in KINDS:
        pages = (site / kind).glob("*/index.html")
        largest.append(max(pages, key=lambda page: page.stat().st_size).parent.name)
    return ["", *(f"{kind}/{name}/" for kind, name in zip(KINDS, largest, strict=True)), "remedies/"]


def audited(address: str, site: Path, folder: Path) -> Iterator[int]:
    """Lighthouse, as a phone on a slow line. 1 for each page that misses a target."""
    for page in one_of_each(site):
        runs = [_lighthouse(address + page, folder) for _ in range(RUNS)]
        scores = {name: _middle(runs, "categories", name, "score") for name in runs[0]["categories"]}
        paint = _middle(runs, "audits", "largest-contentful-paint", "numericValue")
        shift = _middle(runs, "audits", "cumulative-layout-shift", "numericValue")
        missed = []
        for name, found in runs[0]["audits"].items():
            if found.get("score") is not None and found["score"] < 0.9:
                missed.append(name)
        print(
            f"/{page}: {scores}, largest paint {paint / 1000:.2f} s, shift {shift:.3f}, "
            f"machine {_middle(runs, 'environment', 'benchmarkIndex'):.0f}"
            f"{'; below 0.9: ' + ', '.join(missed) if missed else ''}"
        )
        yield int(bool(_wrong(runs[0])) or paint > SLOWEST or shift > 0.01)


def _wrong(found: dict[str, Any]) -> list[str]:
    """What is wrong with a page, speed apart, by the names of audits."""
    wrong = []
    for name, category in found["categories"].items():
        for each in category["auditRefs"] if name != "performance" else ():
            score = found["audits"][each["id"]].get("score")
            if each["weight"] and score is not None and score < 1 and each["id"] not in MEANT:
                wrong.append(each["id"])
    return wrong


def _lighthouse(address: str, folder: Path) -> dict[str, Any]:
    """All that Lighthouse says of a page."""
    told = folder / "lighthouse.json"
    command = [
        BIN / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--output-path={told}",
        f"--chrome-flags=--headless=new {QUIET}",
    ]
    found: dict[str, Any] = {}
    for _ in range(3):  # now and then it loses the browser's trace, and says that it should be run again
        told.unlink(missing_ok=True)
        subprocess.run(command, env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"}, check=False)
        found = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}
        if found and "runtimeError" not in found:
            break
    return found


def _middle(runs: Sequence[dict[str, Any]], *path: str) -> float:
    """The middle one of the numbers that stand at a path."""
    numbers = []
    for run in runs:
        found: Any = run
        for name in path:
            found = found[name]
        numbers.append(found)
    return float(statistics.median(numbers))


if __name__ == "__main__":
    sys.exit(main())
