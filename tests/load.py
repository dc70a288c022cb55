"""How many pages a second nginx sends as `careguide deploy nginx` tells it to, and how long one takes.

Not a test: it prints, and asserts nothing. The machine that asks is the one that answers, so a host
of its own does better.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import nginx
from careguide.cli import main as careguide
from sites import ROOT

SECONDS = 5
CONNECTIONS = 64
PAGES = {
    "home": "",
    "an article": "symptoms/{symptom}/",
    "its check": "check/{symptom}/",
    "the search": "assets/look/{search}",
}


def main() -> None:
    """Ask for pages of the built site with wrk, packed by Brotli, by gzip and not at all."""
    site = ROOT / "site"
    symptom = min((ROOT / "data/symptoms").glob("*.yml")).stem
    [search] = (site / "assets/look").glob("search.*.js")
    with tempfile.TemporaryDirectory() as folder:
        [port] = nginx.free_ports(1)
        where = ["--folder", str(site), "--pack", str(site), "--out", folder, "--port", str(port)]
        careguide(["--root", str(ROOT), "deploy", "nginx", *where])
        with nginx.running(Path(folder)):
            for name, path in PAGES.items():
                address = f"http://127.0.0.1:{port}/{path.format(symptom=symptom, search=search.name)}"
                for accepted in ("br", "gzip", "identity"):
                    print(f"{name:12} {accepted:9} {_asked(address, accepted)}")


def _asked(address: str, accepted: str) -> str:
    """What wrk measures, in a line."""
    command = f"wrk --threads 1 --connections {CONNECTIONS} --duration {SECONDS}s --latency".split()
    command += ["--header", f"Accept-Encoding: {accepted}", address]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    number, rate = (re.search(rf"{what}:\s+(\S+)", said)[1] for what in ("Requests/sec", "Transfer/sec"))
    half, most = (re.search(rf"{share}%\s+([\d.]+\w+)", said)[1] for share in (50, 99))
    wrong = re.search(r"Non-2xx.*|Socket errors.*", said)
    times = f"half in {half}, 99 of 100 in {most}"
    return f"{float(number):>7,.0f} a second, {rate:>8} a second, {times} {wrong[0] if wrong else ''}"


if __name__ == "__main__":
    main()
