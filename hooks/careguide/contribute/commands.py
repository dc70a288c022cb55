"""The command line, for contributors: what a field means, a new thing to fill in, an issue's answers as a file, and help for editors."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from pathlib import Path
from typing import Any

from careguide.contribute import forms, new_symptom, schema, skeletons
from careguide.guide import guide, loader
from careguide.model import describe, kinds
from careguide.model.fields import ID
from careguide.model.kinds import KINDS, LISTS
from careguide.source.problems import nearest, one_of, quoted, report


def explain(options: argparse.Namespace, root: Path) -> int:
    """Explain every field of a kind; without one, list the kinds."""
    if not options.kind:
        print(
            "\n".join(
                f"{model.singular}: {(model.__doc__ or '').splitlines()[0]} ({kinds.where(kind)})"
                for kind, model in KINDS.items()
            )
        )
        return 0
    if not (kind := describe.kind_of(options.kind)):
        return _unknown_kind(options.kind)
    things = loader.load(root)[0].of(kind).values()
    print(
        f"{KINDS[kind].__doc__}\nWritten in {kinds.where(kind)}\n\n{describe.explained(KINDS[kind], things)}"
    )
    return 0


def _unknown_kind(word: str) -> int:
    kinds = [model.singular for model in KINDS.values()]
    return _refuse(
        f"a kind must be one of {one_of(kinds)}, not {quoted(word)}",
        nearest(word, kinds) or "Type 'careguide fields' to see what each is.",
    )


def _refuse(message: str, tip: str) -> int:
    print(f"{message}\n  Tip: {tip}", file=sys.stderr)
    return 2


def start(options: argparse.Namespace, root: Path) -> int:
    """Write a new thing as a draft to fill in."""
    kind, id = describe.kind_of(options.kind), options.id
    if not kind:
        return _unknown_kind(options.kind)
    if kind == "urgency":
        return _refuse(
            "the ladder of urgency must not be changed by a draft: every sign, flow and page rests on it",
            "Edit data/urgency.yml.",
        )
    found = loader.load(root)[0]
    if kind in _FROM_SIGNS and not found.urgency:
        return _refuse(
            f"a {KINDS[kind].singular} must have a ladder of urgency to stand on, but data/urgency.yml has none that can be read",
            "Write it first.",
        )
    return _write(root, found, kind, id, _given(kind, id, found), options.today)


_FROM_SIGNS = ("symptoms", "flows", "vignettes")
"""The kinds that are written from the guide's signs and its ladder of urgency."""


def _given(kind: str, id: str, found: guide.Guide) -> dict[str, Any]:
    """What can be known of a new thing from the rest of the guide."""
    if kind not in _FROM_SIGNS:
        return {}
    signs = symptom.signs if (symptom := found.symptoms.get(id)) else new_symptom.signs(found)
    if kind == "symptoms":
        return {"signs": signs}
    return new_symptom.flow(found) if kind == "flows" else new_symptom.stories(found, signs)


def _write(
    root: Path, found: guide.Guide, kind: str, id: str, given: dict[str, Any], today: datetime.date
) -> int:
    """Write a new thing, and what a symptom needs beside it."""
    if not ID.fullmatch(id):
        return _refuse(
            f"an id must be made of small letters, digits and hyphens, not {quoted(id)}",
            "Put single hyphens between words, such as 'warm-compress'.",
        )
    if (kind, id) in found.origins:
        return _refuse(
            f"an id must be new, but {found.origins[kind, id].path} has {quoted(id)}",
            "Choose another, or change what is there.",
        )
    if kind in ("flows", "vignettes") and id not in found.symptoms:
        return _refuse(
            f"a {KINDS[kind].singular} must have the id of a symptom, not {quoted(id)}",
            f"Type 'careguide new symptom {id}', which writes all of them.",
        )
    texts = _texts(kind, id, given, found, root, today)
    for path, text in texts.items():
        _put(root, path, text)
    _put(root, schema.IDS, schema.files(loader.load(root)[0])[schema.IDS])
    print(
        f"Written: {', '.join(texts)}.\nIt is a draft: fill it in, run 'careguide check', and delete the line 'draft: true' when all is written."
    )
    return 0


def _texts(
    kind: str, id: str, given: dict[str, Any], found: guide.Guide, root: Path, today: datetime.date
) -> dict[str, str]:
    """The files that change, with their new texts."""
    if kind in LISTS:
        path = f"{guide.DATA}/{kind}.yml"
        before = (
            (root / path).read_text(encoding="utf-8").rstrip("\n") + "\n"
            if (root / path).is_file()
            else skeletons.schema_line(kind)
        )
        return {path: before + skeletons.entry(kind, id, given, today=today)}
    texts = {f"{guide.DATA}/{kind}/{id}.yml": skeletons.file(kind, given, today=today)}
    if kind == "symptoms":
        texts |= {
            f"{guide.DATA}/{each}/{id}.yml": skeletons.file(each, _given(each, id, found), today=today)
            for each in ("vignettes",)
        }
        texts[f"{guide.CONTENT}/{kind}/{id}.md"] = new_symptom.article()
    return {path: text for path, text in texts.items() if not (root / path).exists()}


def _put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="\n")


def take(options: argparse.Namespace, root: Path) -> int:
    """Turn the answers of an issue form into a draft, or carry out a correction."""
    names = {name: kind for kind, name in forms.KINDS_ASKED.items()}
    if not options.file.is_file():
        return _refuse(
            f"{options.file} must be a file with the text of an issue",
            "Copy the issue's text into a file, with its headings.",
        )
    text = options.file.read_text(encoding="utf-8", errors="replace")
    if options.kind == "correction":
        return _correct(root, options.file, text)
    if not (
        kind := names.get(options.kind)
        or (describe.kind_of(options.kind) if describe.kind_of(options.kind) in forms.KINDS_ASKED else "")
    ):
        kinds = [*names, "correction"]
        return _refuse(
            f"a form must be one of {one_of(kinds)}, not {quoted(options.kind)}",
            nearest(options.kind, kinds) or "See .github/ISSUE_TEMPLATE/.",
        )
    found = loader.load(root)[0]
    given, problems = forms.answers(kind, options.file.name, text, found)
    if problems:
        print(report(problems))
    if any(problem.blocks for problem in problems):
        return 1
    return _write(
        root,
        found,
        kind,
        options.id or _slug(given.get("title") or given.get("lead") or given.get("sign") or ""),
        given,
        options.today,
    )


def _slug(title: str) -> str:
    """A title as an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("'", "")).strip("-")


def _correct(root: Path, file: Path, text: str) -> int:
    paths = [
        path
        for folder in (guide.DATA, guide.CONTENT)
        for end in ("yml", "md")
        for path in (root / folder).rglob(f"*.{end}")
    ]
    read = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for path in paths
    }
    path, better, problems = forms.corrected(file.name, text, read)
    if problems:
        print(report(problems))
        return 1
    _put(root, path, better)
    print(f"Changed: {path}. Run 'careguide check'.")
    return 0


def renew(options: argparse.Namespace, root: Path) -> int:
    """Renew what is made from the model and the ids."""
    texts = {**schema.files(loader.load(root)[0]), **forms.files()}
    for path, text in texts.items():
        _put(root, path, text)
    print(f"Written: {len(texts)} files.")
    return 0
