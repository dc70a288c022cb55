"""Whatever somebody writes runs nowhere, asks nothing of other sites and covers nothing.

Every text in `injections.yml` is tried in every text of the example, in every interface word, and as a page,
with the checks that would name it switched off. A browser then opens each page, with the content policy and
without.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import sites
import yaml
from careguide.guide import loader
from careguide.guide.words import FOLDER
from careguide.model.fields import Prose
from careguide.source import yaml_reader, yaml_writer
from careguide.source.locations import texts_in
from conftest import EXAMPLE, TESTS, article
from playwright.sync_api import Browser
from test_policy import Strict
from test_translated import SPANISH

KINDS: dict[str, list[str]] = yaml.safe_load((TESTS / "injections.yml").read_text(encoding="utf-8"))
TRIED = [(kind, text) for kind, texts in KINDS.items() for text in texts]

ELSEWHERE = {
    "title",
    "publisher",
    "date",
    "url",
    "source",
    "find_care",
    "number",
    "search_words",
    "brands",
    "by",
}
ELSEWHERE |= {
    "generic",
    "common_misspellings",
    "forms",
    "story",
    "about",
    "icd_10_cm",
    "mesh",
    "what",
    "regions",
}
"""Fields without prose that stand on pages, in addresses, or in what the site offers as data."""
WITHOUT_CHECKS = """
from careguide.model import fields
fields._safe.__code__ = (lambda text: text).__code__
fields.Form._checked = lambda self, value: value  # before the models are made, which keep it
from careguide import pipeline
pipeline.Site.blocked = property(lambda site: False)
pipeline.blocked = lambda problems: False
pipeline.pdfs = lambda *_, **__: ({}, [])
from careguide.mkdocs_events import *
"""
"""A hook that builds what the check refuses: what it cannot see must be harmless too."""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that is built of a guide in which everything is an attack."""
    root = sites.copy_example(tmp_path_factory.mktemp("attacked"))
    (root / "hooks/mkdocs_hooks.py").write_text(WITHOUT_CHECKS, encoding="utf-8")
    attacks = itertools.cycle(text for _, text in TRIED)
    guide, _ = loader.load(EXAMPLE)
    documents: dict[str, Any] = {}
    for _, thing, origin in guide.all():
        document = documents.setdefault(
            origin.path,
            yaml_reader.parse(origin.path, (root / origin.path).read_text(encoding="utf-8"))[0].value,
        )
        prose = {leaf.loc for leaf in thing.leaves if isinstance(leaf.mark, Prose) and leaf.text != thing.id}
        for loc, _ in texts_in(thing.model_dump(mode="json")):
            if loc in prose or not ELSEWHERE.isdisjoint(loc):
                _append(document, (*origin.prefix, *loc), next(attacks))
    site = yaml.safe_load((root / "data/site.yml").read_text(encoding="utf-8"))
    kept = {"language", "countries", "logo", "colours"}
    documents["data/site.yml"] = {
        name: value if name in kept else _with(value, attacks) for name, value in site.items()
    }
    for path, text in SPANISH.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".md"):
            (root / path).write_text(text + "\n\n".join(attack for _, attack in TRIED), encoding="utf-8")
        else:
            documents[path] = _spanish(yaml.safe_load(text), attacks)
    documents["data/site.yml"]["translations"] = ["es"]
    for path, value in documents.items():
        (root / path).write_text(yaml_writer.written(value), encoding="utf-8")
    words = yaml.safe_load((FOLDER / "en.yml").read_text(encoding="utf-8"))
    changes = _with(words, attacks)
    (root / "data/words.yml").write_text(yaml_writer.written(changes), encoding="utf-8")
    for number, (_, text) in enumerate(TRIED):
        page = article(
            f"# {text}\n\nBefore.\n\n{text}\n\nAfter.\n\n## End\n\n{text} {text}\n",
            title=json.dumps(f"A page {text}"),
            description=json.dumps(text),
        )
        name = re.sub(r"[/\x00#]", "", text)[:80]  # a link would end at a hash
        (root / f"content/attack-{number} {name}.md").write_text(page, encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("strict: true", "strict: false"), encoding="utf-8")
    command = [str(Path(sys.executable).with_name("mkdocs")), "build", "--site-dir", str(root / "out")]
    environment = {**os.environ, **sites.PUBLIC, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return root / "out"


def _spanish(value: Any, attacks: Iterator[str], name: str = "") -> Any:
    """The same texts with an attack at each; what names something stays."""
    if isinstance(value, list):
        return [_spanish(each, attacks, name) for each in value]
    if isinstance(value, dict):
        return {key: _spanish(each, attacks, key) for key, each in value.items()}
    return value if name in ("id", "cause", "language", "countries") else f"{value} {next(attacks)}"


def _append(value: Any, loc: tuple[str | int, ...], attack: str) -> None:
    *way, last = loc
    for step in way:
        value = value[step]
    value[last] = f"{value[last]} {attack}"


def _with(words: Any, attacks: Iterator[str]) -> Any:
    if isinstance(words, list):
        return [_with(each, attacks) for each in words]
    if isinstance(words, dict):
        return {key: _with(each, attacks) for key, each in words.items()}
    return f"{words} {next(attacks)}" if "{" not in words else words


LOOK = """() => {
  for (const each of document.querySelectorAll('main *, header *, footer *')) {
    for (const name of ['mouseover', 'focus', 'toggle', 'error', 'load']) each.dispatchEvent(new Event(name))
  }
  const wrong = []
  for (const each of document.querySelectorAll('body *')) {
    for (const {name, value} of each.attributes) {
      if (name.startsWith('on') || name === 'style') wrong.push(`${each.tagName} ${name}=${value}`)
      if (/^(href|src|action|formaction|xlink:href)$/.test(name)
          && !/^(https?:|mailto:|tel:)/.test(new URL(value, location.href))) wrong.push(`${name}=${value}`)
    }
  }
  const tags = 'iframe, object, embed, style, base, meta[http-equiv=refresh], math, video, audio,'
    + 'body script:not([type="application/ld+json"])'
  for (const each of document.querySelectorAll(tags)) wrong.push(each.outerHTML.slice(0, 99))
  return [...window.ran, ...wrong]
}"""


BESIDE = """(pages) => Promise.all(pages.map((page) => new Promise((loaded) => {
  const frame = document.createElement('iframe')
  frame.addEventListener('load', loaded)
  frame.src = page
  document.body.append(frame)
})))"""
"""Opens pages beside each other in one, and waits until they are there."""
AT_ONCE = 20
"""How many are opened so: each is a document of its own, and comes in half the time."""


@pytest.mark.parametrize("strict", [False, pytest.param(True, marks=pytest.mark.every_view)])
def test_nothing_runs_loads_or_covers(*, strict: bool, attacked: Path, browser: Browser) -> None:
    """On no page does a browser run, ask or place anything that an attack holds, policy or not.

    The policy lets no page be opened in another, so under it they are opened one by one.
    """
    found: dict[str, Any] = {}
    looked: set[str] = set()
    pages = sorted(quote(file.relative_to(attacked).as_posix()) for file in attacked.rglob("*.html"))
    handler = Strict if strict else sites.Handler
    with sites.served(attacked, handler) as address, browser.new_page(bypass_csp=not strict) as tab:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.add_init_script("window.ran = []; window.alert = (said) => window.ran.push(`ran ${said}`)")
        step = 1 if strict else AT_ONCE
        for first in range(0, len(pages), step):
            asked.clear()
            some = pages[first : first + step]
            tab.goto(address + (some[0] if strict else "robots.txt"))
            if not strict:
                tab.evaluate(BESIDE, some)
            for frame in tab.frames if strict else tab.frames[1:]:
                looked.add(frame.url)
                if wrong := frame.evaluate(LOOK):
                    found[frame.url] = wrong
            ran = tab.evaluate("window.ran")
            if outside := [*ran, *(url for url in asked if not url.startswith(address))]:
                found[", ".join(some)] = outside

    assert {} == found
    assert len(pages) > len(TRIED) + 30
    assert {address + page for page in pages} <= looked


def test_the_look_would_see_an_attack(browser: Browser) -> None:
    """Without us, what runs and what loads is noticed."""
    with browser.new_page() as tab:
        tab.add_init_script("window.ran = []; window.alert = (said) => window.ran.push(`ran ${said}`)")
        tab.goto("data:text/html,<main><p onmouseover=alert(1)>x</p><script>alert(2)</script></main>")

        assert {"ran 1", "ran 2", "P onmouseover=alert(1)"} <= set(tab.evaluate(LOOK))
