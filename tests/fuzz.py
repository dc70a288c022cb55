"""Throws texts that nobody would write at whatever reads what people write, and says what breaks.

`make fuzz` runs it, for as many inputs as it is told; the same seed makes the same inputs. What takes
long counts as broken. It is no test: tests take the same time each time.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from careguide.checks.links import anchors
from careguide.contribute import forms
from careguide.guide import loader
from careguide.pages import directives
from careguide.pages.prose import Writing
from careguide.pages.safe_html import clean
from careguide.source import articles, drawing_files, markup, yaml_reader

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


def main() -> int:
    """Run, and tell."""
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=0)
    asked = options.parse_args()
    chance = random.Random(asked.seed)
    found: Counter[str] = Counter()
    all_readers = readers()
    for number in range(asked.inputs):
        name = list(all_readers)[number % len(all_readers)]
        text = text_of(chance)
        start = time.process_time()
        try:
            all_readers[name](text)
        except Exception:  # noqa: BLE001 - that is what is looked for
            what = traceback.format_exc(limit=-1).strip().splitlines()
            key = f"{name}: {what[-1][:100]} at {what[1].strip()}"
            if not found[key]:
                print(f"{key}\n  {text[:200]!r}", flush=True)
            found[key] += 1
        took = time.process_time() - start
        if took > SLOW:
            key = f"{name}: took long"
            if found[key] < 3:
                print(f"{key}: {took:.1f} s, {len(text)} letters\n  {text[:120]!r}", flush=True)
            found[key] += 1
    print(f"{asked.inputs} inputs; {sum(found.values())} broke or took long, in {len(found)} ways")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
