"""Throws texts that nobody would write at whatever reads what people write, and says what breaks.

`make fuzz` runs it, for as many inputs as it is told; the same seed makes the same inputs. What takes
long counts as broken. It is no test: tests take the same time each time.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import Any

import careguide
import yaml
from careguide import cli
from careguide.checks.links import anchors
from careguide.contribute import forms
from careguide.guide import loader
from careguide.pages import directives
from careguide.pages.prose import Writing
from careguide.pages.safe_html import clean
from careguide.source import articles, drawing_files, markup, yaml_reader
from conftest import TODAY

ROOT = Path(__file__).parent.parent
SLOW = 2.0
"""Seconds that no input may take."""
_LISTED = """
a word - * 1. 1986. # ## > | --- [ ] ( ) [a](b) [a](cause:b) [@a] [@a;@b] ![a](b) [a]: { } {#a} {call:advice}
` ``` ~~~ ** * _ __ < > <b> </b> <!-- --> <!--guide:causes--> <![ & &amp; : a: a:b ' " \\ @ % ! &a *a !!x ?
======= <<<<<<< ### _No <svg> <g> </g> <script> url(x) é 日本 😀 guide: javascript:
"""
PIECES = [
    *_LISTED.split(),
    *(" ", "  ", "\n", "\n\n", "\t", "- ", "a: ", "| a | b |\n", "|\n  ", "### Name\n", "_No response_"),
    *("\u00a0", "\u200b", "\u2028", "\x00", "\x02", "e\u0301", "\ufeff", "\r\n"),
    "<svg xmlns='http://www.w3.org/2000/svg'>",
]


def text_of(chance: random.Random) -> str:
    """A text of pieces; one in ten repeats a few of them thousands of times."""
    if chance.random() < 0.1:
        unit = "".join(chance.choices(PIECES, k=chance.randint(1, 3)))
        return (
            "".join(chance.choices(PIECES, k=2))
            + unit * chance.choice((50, 500, 5_000))
            + chance.choice(PIECES)
        )
    return "".join(chance.choices(PIECES, k=chance.randint(1, 40)))


def readers() -> dict[str, Callable[[str], object]]:
    """What reads a text, by name."""
    guide, _ = loader.load(ROOT / "tests/example")
    writing = Writing(guide, "a.md")
    extensions = {name: {} for name in ("attr_list", "md_in_html", "tables", "toc", "fenced_code")}

    def article(text: str) -> object:
        return list(directives.pieces(articles.split("a.md", f"---\ntitle: a\n---\n{text}")[0]))

    def page(text: str) -> object:
        return anchors(f"---\ntitle: a\n---\n{writing.prose(text[:2_000])}", extensions)

    def drawing(text: str) -> object:
        try:
            return drawing_files.harm(text)
        except drawing_files.expat.ExpatError:
            return None

    return {
        "yaml": lambda text: yaml_reader.parse("a.yml", text),
        "front matter": lambda text: articles.split("a.md", f"---\n{text}\n---\n"),
        "article": article,
        "prose": writing.prose,
        "text": writing.text,
        "paragraphs": writing.paragraphs,
        "plain": markup.plain,
        "runs": markup.runs,
        "links": lambda text: [*markup.targets(text), *markup.references(text)],
        "page": page,
        "html": clean,
        "drawing": drawing,
        "form": lambda text: [*forms._answered(text), forms.correction(text)],
    }


# ------------------------------------------------------------------------------------------------------------
# Whole guides


HOSTILE: tuple[Any, ...] = (
    *(None, [], {}, "", " ", -1, 0, 10**30, 1e308, float("nan"), True, "yes", "2026-02-30", "9999-12-31"),
    *("a" * 3_000, [[[]]], {"a": {"a": {}}}, ["a"] * 200, "heavy", "leaflet", "everyone", "write-here"),
    *("../../x", "/etc/passwd", "{x}", "{", "%s", "[x](cause:", "[@", "https://[", "tel:", "~", "!!x", "<<"),
)
"""Values that no field is made for, and some that are right elsewhere."""


def spoilt(chance: random.Random, text: str, *, values: bool) -> str:
    """A text with an odd piece; or a file of YAML, with values, names and items that nobody would write."""
    document = yaml.safe_load(text) if values and chance.random() < 0.7 else None
    if document is None:
        at = chance.randrange(len(text) + 1)
        odd = text_of(chance)[:2_000] if chance.random() < 0.7 else ""
        return text[:at] + odd + text[at + chance.choice((0, 1, 50, 500)) :]
    for _ in range(chance.choice((1, 1, 2, 5))):
        places = list(_places(document))
        if not places:
            break
        where, key = chance.choice(places)
        kind = chance.random()
        if kind < 0.6:
            where[key] = chance.choice(HOSTILE)
        elif kind < 0.7:
            del where[key]
        elif kind < 0.8 and isinstance(where, dict):
            where[str(chance.choice(HOSTILE))[:50]] = where.pop(key)
        elif kind < 0.9 and isinstance(where, list):
            where.append(where[key])
        else:
            where[key] = chance.choice(([where[key]], {"x": where[key]}))
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=10**6)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Each value inside another, by what holds it and its name or number there."""
    found: list[tuple[Any, Any]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found += [(value, key), *_places(value[key])]
    return found


def guides(chance: random.Random, folder: Path) -> Callable[[], object]:
    """Builds the example with one to three of its files spoilt, and at times what is kept of it too."""
    root = folder / "project"
    shutil.copytree(ROOT / "tests/example", root, ignore=shutil.ignore_patterns("handouts", "cards"))
    whole = {
        file: file.read_text(encoding="utf-8")
        for file in sorted(root.rglob("*"))
        if file.suffix in (".yml", ".md", ".svg") and ".cache" not in file.parts
    }

    def build() -> object:
        chosen = chance.sample(list(whole), chance.choice((1, 1, 2, 3)))
        for file in chosen:
            values = file.suffix == ".yml" and "!ENV" not in whole[file]
            file.write_text(spoilt(chance, whole[file], values=values), encoding="utf-8")
        if chance.random() < 0.2:
            for file in filter(Path.is_file, sorted((root / ".cache").rglob("*"))):
                file.write_bytes(file.read_bytes()[: chance.randrange(99)] + bytes([chance.randrange(256)]))
        try:
            return careguide.report(careguide.build(root, today=TODAY).problems)
        finally:
            for file in chosen:
                file.write_text(whole[file], encoding="utf-8")

    return build


STATES = {
    "no repository": "",
    "no commit": "git init -q",
    "no author": "git init -q; git add -A",
    "detached": "git init -q; git add -A; git commit -qm a; git checkout -q --detach",
    "shallow": "git init -q; git add -A; git commit -qm a; git rev-parse HEAD > .git/shallow",
    "broken index": "git init -q; git add -A; git commit -qm a; echo x > .git/index",
    "broken head": "git init -q; git add -A; git commit -qm a; echo x > .git/HEAD",
    "half a merge": "git init -q; git add -A; git commit -qm a; git rev-parse HEAD > .git/MERGE_HEAD",
    "linked to nowhere": "echo 'gitdir: ../nowhere' > .git",
    "locked": "git init -q; git add -A; git commit -qm a; touch .git/index.lock",
}
"""What git may say of a checkout, and what brings it there."""
COMMANDS = (
    "check",
    "report HEAD",
    "check --advice HEAD",
    "new cause tea-too-hot",
    "remove cause nobody",
    "due",
)


def states(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Commands in a checkout in each state of git, in one process: none may end in a traceback."""
    for name, command in STATES.items():
        root = folder / name.replace(" ", "-")
        shutil.copytree(ROOT / "tests/example", root, ignore=shutil.ignore_patterns("handouts", "cards"))
        author = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@a.example"}
        author |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@a.example"}
        subprocess.run(["sh", "-c", command], cwd=root, env={**os.environ, **author}, check=False)
        for typed in COMMANDS:
            words = ["--root", str(root), "--today", TODAY.isoformat(), *typed.split()]
            yield f"{name}: {typed}", partial(_run, words)


def _run(words: list[str]) -> None:
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), suppress(SystemExit):
        cli.main(words)


def main() -> int:
    """Run, and tell."""
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--guides", type=int, default=100)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    chance = random.Random(asked.seed)
    found: Counter[str] = Counter()
    all_readers = readers()

    def attempt(name: str, read: Callable[[], object], said: str) -> None:
        start = time.process_time()
        try:
            read()
        except Exception:  # noqa: BLE001 - that is what is looked for
            what = traceback.format_exc(limit=-1).strip().splitlines()
            key = f"{name}: {what[-1][:100]} at {what[1].strip()}"
            if not found[key]:
                print(f"{key}\n  {said[:200]!r}", flush=True)
            found[key] += 1
        took = time.process_time() - start
        if took > SLOW:
            key = f"{name}: took long"
            if found[key] < 3:
                print(f"{key}: {took:.1f} s, {len(said)} letters\n  {said[:120]!r}", flush=True)
            found[key] += 1

    for number in range(asked.inputs):
        name = list(all_readers)[number % len(all_readers)]
        text = text_of(chance)
        attempt(name, lambda name=name, text=text: all_readers[name](text), text)
    with tempfile.TemporaryDirectory() as folder:
        build = guides(chance, Path(folder))
        for number in range(asked.guides):
            attempt("guide", build, f"guide {number} of seed {asked.seed}")
        for name, run in states(Path(folder)):
            attempt("state of git", run, name)
    ways = f"{sum(found.values())} broke or took long, in {len(found)} ways"
    print(f"{asked.inputs} texts, {asked.guides} guides; {ways}")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
