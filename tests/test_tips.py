"""Whoever does what a tip says has no problem left, and no other in its place.

Each tip stands in `tips.yml` with a mistake, and with what comes of following it. Many are tried in one copy
of the example. `make audit` tries each alone, where nothing hides anything.
"""

from __future__ import annotations

import ast
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal

import careguide
import pytest
import yaml
from careguide import cli
from conftest import EXAMPLE, TESTS, TODAY, Project, article
from sites import copy_example
from test_translated import NAMED, SPANISH

Side = Literal["wrong", "right"]
Tip = dict[str, Any]
Files = dict[str, str | bytes | None]
Edit = tuple[str, str | None, str | bytes | None]


def _whole(entry: Tip) -> Tip:
    """An entry with the file that it is about; of a page only the words are given."""
    if "page" not in entry:
        return entry
    name = entry["page"]
    made = {**entry, "file": f"content/{name}.md"}
    for side in entry.keys() & {"wrong", "right"}:
        title, description = f"Noses and the {name}", f"What the {name} does to noses."
        body = f"# {title}\n\n{entry[side]}\n"
        made[side] = article(body, title=title, description=description)
    return made


TIPS = [*map(_whole, yaml.safe_load((TESTS / "tips.yml").read_text(encoding="utf-8")))]
LEFT = {"pages_are_led_to", "reviews_say_of_what", "the_guide_is_small"}
"""Notices on what entries need beside their mistakes: pages of their own, or a change of what was signed."""


def edits(entry: Tip, side: Side) -> Iterator[Edit]:
    """What an entry does to the example on one side: the file, the words there, and what stands instead."""
    for each in (entry, *entry.get("more", ())):
        if side in each and each[side] != each.get("old", ...):
            yield each["file"], each.get("old"), each[side]


def together(entries: Iterable[Tip], side: Side) -> list[tuple[Files, list[Tip]]]:
    """The fewest copies of the example in which each entry finds its words: their files and their entries."""
    copies: list[tuple[Files, list[Tip]]] = []
    for entry in entries:
        for files, inside in (*copies, (start_of(entry), [])):
            if inside and inside[0].get("translated") != entry.get("translated"):
                continue
            changed = made(files, edits(entry, side))
            if changed is not None:
                files.update(changed)
                inside.append(entry)
                copies += [(files, inside)] if inside == [entry] else []
                break
    return copies


def start_of(entry: Tip) -> Files:
    """What a copy of the example has of its own before anything is changed: nothing, or its Spanish texts."""
    return {**_spanish()} if entry.get("translated") else {}


@cache
def _spanish() -> Files:
    """The example's Spanish texts, of which each says of what it is the translation."""
    files: Files = {}
    with tempfile.TemporaryDirectory() as folder:
        root = copy_example(Path(folder))
        for path, text in (SPANISH | NAMED).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        assert cli.main(["--root", str(root), "translate", "es", "--stamp"]) == 0
        for path in SPANISH | NAMED:
            files[path] = (root / path).read_text(encoding="utf-8")
    return files


def made(files: Files, changes: Iterable[Edit]) -> Files | None:
    """Files of the example after some changes more; None where words are not there, or stand there twice."""
    after: Files = {}
    for path, old, new in changes:
        text = after.get(path) or files.get(path)
        if old is None and text is None:
            after[path] = new
            continue
        text = text or (EXAMPLE / path).read_text(encoding="utf-8")
        if not (isinstance(text, str) and isinstance(new, str)) or old is None or text.count(old) != 1:
            return None
        after[path] = text.replace(old, new)
    return after


def told(root: Path) -> dict[tuple[str, str, str], str]:
    """All that is said of a project: file, message and tip, each with its rule."""
    return {
        (each.path, each.message, each.tip): each.rule for each in careguide.build(root, today=TODAY).problems
    }


@pytest.mark.parametrize("hides", [False, True])
def test_a_tip_is_given(project: Project, *, hides: bool) -> None:
    """For the mistake that stands there with it."""
    missing = []
    entries = [each for each in TIPS if each.get("hides", False) is hides and "alone" not in each]
    for files, inside in together(entries, "wrong"):
        tips = [tip for _, _, tip in told(project(files))]
        missing += [each["tip"] for each in inside if not any(tip.startswith(each["tip"]) for tip in tips)]

    assert [] == missing


def test_tips_work_when_they_are_followed(project: Project) -> None:
    """Nothing more is said than of the example itself."""
    before = told(EXAMPLE) | told(project(_spanish()))
    for files, _ in together(TIPS, "right"):
        after = told(project(files))
        assert [] == [said for said, rule in after.items() if said not in before and rule not in LEFT]


ROOMS = ("checks", "flow", "guide", "handouts", "pages", "source")
"""Where tips are about what stands in files. Those about commands are tried in the tests of their rooms."""
UNTRIED = 42
"""So many tips have no entry: of what only a system, a clock, a change since or a very large guide brings."""


def _tips_in(code: str) -> Iterator[str]:
    """Each text in a module that may be a tip, up to its first gap: it starts with a capital and ends."""
    tree = ast.parse(code)
    docs = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        texts = [part.value if isinstance(part, ast.Constant) else "{" for part in parts]
        inside.update(part for part in parts if part is not node)
        if node in docs | inside or not all(isinstance(text, str) for text in texts):
            continue
        text = "".join(texts)
        if re.match(r"[A-Z][^\n]{7,}[.?]$", text):
            yield text.partition("{")[0]


@pytest.mark.every_view
def test_few_tips_are_untried() -> None:
    """A new tip comes with an entry; the message names those that have none."""
    tried = {entry["tip"] for entry in TIPS}
    untried = []
    for room in ROOMS:
        for file in sorted((Path(careguide.__file__).parent / room).glob("*.py")):
            for tip in _tips_in(file.read_text(encoding="utf-8")):
                if not any(tip.startswith(each) or each.startswith(tip) for each in tried):
                    untried.append(f"{file.name}: {tip}")

    assert len(untried) <= UNTRIED, "\n".join(untried)


@pytest.mark.every_view
@pytest.mark.parametrize("entry", TIPS, ids=lambda entry: entry["tip"])
def test_a_tip_works_alone(project: Project, entry: Tip) -> None:
    """It is given, and whoever follows it is told nothing else."""
    start = start_of(entry)
    before = told(project(start))
    wrong, right = made(start, edits(entry, "wrong")), made(start, edits(entry, "right"))

    assert wrong
    assert right is not None
    assert any(tip.startswith(entry["tip"]) for _, _, tip in told(project(start, wrong)))
    left = told(project(start, right))
    assert [] == [said for said, rule in left.items() if said not in before and rule not in LEFT]
