"""Legal edits of this guide's texts, made in a copy of it.

They are what somebody who edits on GitHub may do on any day.

`make edits` then runs the tests of this guide on the copy: none may turn red. Which words stand there does
not matter: each edit rewords what it finds.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from careguide.guide import loader
from careguide.guide.guide import Guide

PARTS = ("data", "content", "overrides", "hooks", ".cache", ".vscode")
"""What is copied of a project, beside its settings."""


def copy(guide: Path, root: Path) -> Guide:
    """A copy of a guide in a new folder."""
    for part in PARTS:
        if (guide / part).is_dir():
            left_out = shutil.ignore_patterns("careguide*", "edits", "__pycache__", "*.[0-9]*")
            shutil.copytree(guide / part, root / part, ignore=left_out)
    shutil.copy(guide / "mkdocs.yml", root)
    return loader.load(root)[0]


def edit(root: Path, guide: Guide) -> list[str]:
    """Rework a step, a lead, a title and an article; the files that were changed."""
    remedy = next(each for each in guide.remedies.values() if len(each.steps) > 1)
    cause = next(iter(guide.causes.values()))
    titled = next(each for each in guide.treatments.values())
    article = next(each for path, each in guide.articles.items() if path.startswith("symptoms/"))
    files = {
        (guide.origins["remedies", remedy.id].path, remedy.steps[-1].text),
        (guide.origins["causes", cause.id].path, _sentence(cause.lead)),
        (article.path, _sentence(article.body)),
    }
    for path, text in files:
        _replace(root / path, text, reworded(text))
    path = guide.origins["treatments", titled.id].path
    _replace(root / path, f"title: {titled.title}", f"title: {titled.title} today")
    return sorted({path, *(path for path, _ in files)})


def reworded(text: str) -> str:
    """A text that says the same in other words, and is no longer."""
    for old, new in (
        ("You can", "You may"),
        ("may", "can"),
        ("It is", "It’s"),
        (" a ", " one "),
        (" the ", " this "),
    ):
        if old in text:
            return text.replace(old, new, 1)
    return re.sub(r"(\w+)\.", r"\1, too.", text, count=1)


def _sentence(body: str) -> str:
    """The first plain sentence of an article or a lead."""
    found = re.search(r"^[A-Z][\w ,’']{20,}\.", body, re.MULTILINE)
    assert found
    return found[0]


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old != new
    assert old in text, f"{file} must have {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


if __name__ == "__main__":
    place = Path(sys.argv[1])
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    print("\n".join(edit(place, copy(Path(__file__).parent.parent, place))))
