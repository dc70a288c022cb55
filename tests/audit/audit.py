"""Checks of the built site that need Node: the HTML of every page, and Lighthouse on one page of each kind.

`make audit` runs it; exit 1 where a target is missed.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from browsers import QUIET
from sites import ROOT, Handler, build, served

HERE = Path(__file__).parent
BIN = HERE / "node_modules" / ".bin"
KINDS = ("symptoms", "causes", "check")
"""Folders of which one page each is measured: an article, a cause and a flow."""
SLOWEST = 1200
"""Longest time to the largest paint, in milliseconds, on Lighthouse's simulated phone."""


class Zipped(Handler):
    """Sends what can be read compressed, as every public host does."""

    def end_headers(self) -> None:
        # Addresses are never reused within one audit, so nothing may be asked for twice.
        self.send_header("Cache-Control", "max-age=31536000")
        super().end_headers()

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.suffix not in (".html", ".css", ".js", ".svg", ".json") or not file.is_file():
            return super().do_GET()
        packed = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)
        return None


def main() -> int:
    """Build the site, run both checks and print a line for each page of the second."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        # Lighthouse wants a canonical address; which one does not matter.
        done = build(ROOT, site, CAREGUIDE_SITE_URL="https://guide.example/")
        if done.returncode:
            sys.exit(done.stderr)
        with served(site, Zipped) as address:
            return max([valid(site), *audited(address, site, Path(folder))])


def valid(site: Path) -> int:
    """html-validate on every page."""
    pages = [str(file) for file in sorted(site.rglob("*.html"))]
    done = subprocess.run(
        [BIN / "html-validate", "--config", HERE / ".htmlvalidate.json", *pages], check=False
    )
    print(f"HTML of {len(pages)} pages: {'no errors' if not done.returncode else 'errors, see above'}")
    return int(done.returncode != 0)


def one_of_each(site: Path) -> list[str]:
    """The home page, the first page of each kind and a list, by their addresses."""
    first = [min((site / kind).glob("*/index.html")).parent.name for kind in KINDS]
    return ["", *(f"{kind}/{name}/" for kind, name in zip(KINDS, first, strict=True)), "remedies/"]


def audited(address: str, site: Path, folder: Path) -> Iterator[int]:
    """Lighthouse, as a phone on a slow line. 1 for each page that misses a target."""
    for page in one_of_each(site):
        told = folder / "lighthouse.json"
        command = [
            BIN / "lighthouse",
            address + page,
            "--quiet",
            "--output=json",
            f"--output-path={told}",
            f"--chrome-flags=--headless=new {QUIET}",
        ]
        subprocess.run(command, env={**os.environ, "CHROME_PATH": "/usr/bin/chromium"}, check=True)
        found = json.loads(told.read_text(encoding="utf-8"))
        scores = {name: round(each["score"] * 100) for name, each in found["categories"].items()}
        paint, shift = (
            found["audits"][name]["numericValue"]
            for name in ("largest-contentful-paint", "cumulative-layout-shift")
        )
        missed = [
            each["id"]
            for each in found["audits"].values()
            if each.get("score") is not None and each["score"] < 0.9
        ]
        print(
            f"/{page}: {scores}, largest paint {paint / 1000:.2f} s, shift {shift:.3f}"
            f"{'; below 0.9: ' + ', '.join(missed) if missed else ''}"
        )
        yield int(min(scores.values()) < 100 or paint > SLOWEST or shift > 0)


if __name__ == "__main__":
    sys.exit(main())
