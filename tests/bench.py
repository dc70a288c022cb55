"""How the cost of a guide grows: guides of 100 and 1,000 pages, grown from the example; or of other sizes.

Not a test: it prints, and asserts nothing. A machine that others use too is now quick and now slow, so it
prints seconds of CPU, and stock Material builds the same pages in the same run: as it comes, with every page
in the menu of every page, and with a menu of five entries, as the guide has.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from sites import EXAMPLE

SIZES = (100, 1000)
TOPICS = ("symptoms", "causes", "remedies", "treatments", "investigations", "flows", "vignettes")
PAGES, PAGES_OF_A_COPY = 34, 15
"""Pages of the example, and those that each copy of its topics adds."""
WITHOUT_PDFS = """from careguide import pipeline
from careguide.mkdocs_events import *

pipeline.pdfs = lambda *_, **__: ({}, [])
pipeline.cards = lambda *_, **__: {}
"""
"""The hook of a guide whose sheets and pictures are not made: they are measured for themselves."""
WITHOUT_PAPER = """
pipeline.fit.sheets_fit_their_paper = lambda *_, **__: ()
"""
"""More of the hook: what leaves out all that is done for paper, also whether each sheet fits on it."""
STOCK = """site_name: Stock
site_url: https://guide.example/
docs_dir: pages
theme: {name: material, font: false}
markdown_extensions: [attr_list, md_in_html, tables, toc]
"""
FIVE = """nav: [index.md, symptoms/index.md, causes/index.md, remedies/index.md, when-to-get-help.md]
not_in_nav: "*.md"
"""
STOCKS = {"stock, as it comes": STOCK, "stock, menu of five": STOCK + FIVE}
"""The settings of stock Material, by what is printed of them."""
MOST_IN_MENUS = 3000
"""The most pages with which stock is built as it comes: its menus grow with the square of their number."""


@dataclass
class Cost:
    """What a run of a program took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, its own and the system's for it."""
    memory: int
    """The most that it held, in MB."""


def main() -> None:
    """Measure guides of the sizes that are asked for, each beside the one before."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="pages (default: 100 1000)")
    parser.add_argument("--no-stock", action="store_true", help="leave stock Material out")
    parser.add_argument("--pdfs", action="store_true", help="make all sheets and pictures too")
    options = parser.parse_args()
    print(f"{'':32}{'CPU s':>8}{'wall s':>8}{'MB':>7}{'ms a page':>11}{'growth':>8}")
    before: dict[str, float] = {}
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            before = measure(Path(folder), size, before, stock=not options.no_stock, pdfs=options.pdfs)


def measure(
    folder: Path, size: int, before: dict[str, float], *, stock: bool, pdfs: bool
) -> dict[str, float]:
    """Print what a guide of so many pages costs. Growth is the cost of a page beside that of `before`."""
    root, site = folder / "guide", folder / "site"
    grow(root, size)
    careguide = [sys.executable, "-m", "careguide", "--root", str(root)]
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir"]
    found: dict[str, Cost] = {"check, cold": run([*careguide, "check"], root)}
    found["check, warm"] = run([*careguide, "check"], root)
    reword(root, "Quite")
    found["check, after one edit"] = run([*careguide, "check"], root)
    shutil.rmtree(root / ".cache")
    found["build, cold"] = run([*build, str(site)], root)
    found["build, warm"] = run([*build, str(folder / "again")], root)
    hook = root / "hooks" / "mkdocs_hooks.py"
    hook.write_text(WITHOUT_PDFS + WITHOUT_PAPER, encoding="utf-8")
    shutil.rmtree(root / ".cache")
    found["cold, no paper"] = run([*build, str(folder / "apart")], root)
    hook.write_text(WITHOUT_PDFS, encoding="utf-8")
    if stock:
        run([*careguide, "write", str(folder / "pages")], root)
        for number, (name, settings) in enumerate(STOCKS.items()):
            if size > MOST_IN_MENUS and FIVE not in settings:
                print(f"{name}: left out, because it would take an hour and more")
                continue
            (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
            found[name] = run([*build[:-2], "--site-dir", str(folder / f"stock{number}")], folder)
    if pdfs:
        found["sheets as PDFs"] = run([*careguide, "handouts", "--out", str(folder / "sheets")], root)
    pages = len(list(site.rglob("*.html"))) - len(list(site.glob("handouts/*/**/*.html")))
    costs = {}
    for name, cost in found.items():
        costs[name] = 1000 * cost.cpu / pages
        growth = f"{costs[name] / before[name]:8.2f}" if name in before else ""
        row = f"{pages:6} pages, {name}"
        print(f"{row:32}{cost.cpu:8.1f}{cost.wall:8.1f}{cost.memory:7}{costs[name]:11.1f}{growth}")
    sizes = [file.stat().st_size for file in site.rglob("*.html")]
    alike = same(site, folder / "again")
    verdict = "alike" if alike else "NOT ALIKE"
    print(f"{'':8}{sum(sizes) // len(sizes)} bytes a page; cold and warm are {verdict}")
    for name in filter(found.__contains__, STOCKS):
        whole, apart = (found[mine].cpu / found[name].cpu for mine in ("build, cold", "cold, no paper"))
        print(f"{'':8}built cold: {whole:.2f} of the CPU of {name}; {apart:.2f} without what is for paper")
    print(f"{'':8}an edit shows after {edited(root):.1f} s under serve", flush=True)
    return costs


def run(command: list[str], folder: Path) -> Cost:
    """Run a program to its end. What it prints counts only if it fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=folder, env=environment(), stdout=said, stderr=said)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            said.seek(0)
            sys.exit(said.read().decode()[-3000:])
    return Cost(time.monotonic() - start, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def environment() -> dict[str, str]:
    """What programs are told: a public address, and no notice about another engine."""
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "CAREGUIDE_SITE_URL": "https://guide.example/"}


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files, byte for byte."""
    mine, theirs = names(one), names(other)
    return mine == theirs and all((one / each).read_bytes() == (other / each).read_bytes() for each in mine)


def names(folder: Path) -> list[Path]:
    """The files of a folder."""
    return sorted(file.relative_to(folder) for file in folder.rglob("*") if file.is_file())


def edited(root: Path) -> float:
    """Seconds until the third of three edits shows in the page that a server sends."""
    port = 8765
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}"]
    took = 0.0
    with subprocess.Popen(command, cwd=root, env=environment(), stdout=subprocess.DEVNULL) as server:
        try:
            page = f"http://127.0.0.1:{port}/causes/dry-air/"
            until(lambda: b"Dry air" in fetched(page))
            for word in ("Very", "Quite", "Often"):
                start = time.monotonic()
                reword(root, word)
                until(lambda word=word: f"{word} air".encode() in fetched(page))
                took = time.monotonic() - start
                time.sleep(1)
        finally:
            server.send_signal(signal.SIGINT)
    return took


def reword(root: Path, word: str) -> None:
    """Edit one cause: its short text begins with another word."""
    cause = root / "data" / "causes" / "dry-air.yml"
    text = cause.read_text(encoding="utf-8")
    cause.write_text(re.sub(r"short: \w+", f"short: {word}", text), encoding="utf-8")


def fetched(address: str) -> bytes:
    """What a server sends; nothing where it is not there yet."""
    try:
        with urllib.request.urlopen(address, timeout=600) as answer:
            return bytes(answer.read())
    except urllib.error.URLError:
        return b""


def until(seen: Callable[[], bool]) -> None:
    """Wait for something to show up. A quarter of an hour is too long."""
    end = time.monotonic() + 900
    while not seen():
        if time.monotonic() > end:
            sys.exit("The server does not show the page.")
        time.sleep(0.02)


def grow(root: Path, pages: int) -> None:
    """A copy of the example with so many pages: each copy of its topics has its own ids, titles and signs."""
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns(".cache", "__pycache__"))
    (root / "hooks" / "mkdocs_hooks.py").write_text(WITHOUT_PDFS, encoding="utf-8")
    files = [file for kind in TOPICS for file in sorted((root / "data" / kind).glob("*.yml"))]
    files += sorted((root / "content" / "symptoms").glob("*.md"))
    signs = root / "data" / "criteria.yml"
    written = signs.read_text(encoding="utf-8")
    ids = "|".join({file.stem for file in files} | set(re.findall(r"^- id: (.*)$", written, re.MULTILINE)))
    named = re.compile(rf"(?<![\w-])({ids})(?![\w-])")
    # Letters, because a number in a text might be one to call.
    names = map("".join, product("bdgklmnprt", "aeiou", "bdgklmnprt", "aeiou"))
    more = [written]
    for name in islice(names, max(0, round((pages - PAGES) / PAGES_OF_A_COPY))):
        for file in files:
            text = renamed(file.read_text(encoding="utf-8"), named, name)
            file.with_name(f"{file.stem}-{name}{file.suffix}").write_text(text, encoding="utf-8")
        own = renamed(written, named, name)
        more.append(re.sub(r"^(  lead: .*)$", rf"\1 {name}", own, flags=re.MULTILINE))
    signs.write_text("".join(more), encoding="utf-8")


def renamed(text: str, ids: re.Pattern[str], name: str) -> str:
    """A text of its own: with other ids and names, and another word in each sentence."""
    text = ids.sub(rf"\1-{name}", text)
    text = re.sub(r"^(title: .*?)(\"?)$", rf"\1 {name}\2", text, count=1, flags=re.MULTILINE)
    lists = r"^((?:also_called|common_misspellings): \[.*)\]"
    text = re.sub(
        lists, lambda found: found[1].replace(",", f" {name},") + f" {name}]", text, flags=re.MULTILINE
    )
    return re.sub(r"(?<=[a-z])(?=[.?](?:\s|\"|\[@))", f" {name}", text)


if __name__ == "__main__":
    main()
