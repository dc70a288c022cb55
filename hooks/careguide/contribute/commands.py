"""The command line, for contributors.

What a field means, a new thing to fill in, an issue's answers as a file, and help for editors.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from pathlib import Path
from typing import Any

from careguide.contribute import forms, new_symptom, schema, skeletons
from careguide.guide import loader
from careguide.guide.guide import CONTENT, Guide
from careguide.model import describe
from careguide.model.fields import ID
from careguide.model.kinds import DATA, KINDS, LISTS, file_of, kind_of, where
from careguide.source.problems import about_command, nearest, one_of, quoted, report


def _refuse(message: str, tip: str) -> int:
    print(about_command(message, tip), file=sys.stderr)
    return 2


def _refuse_kind(word: str) -> int:
    singulars = [model.singular for model in KINDS.values()]
    message = f"a kind must be one of {one_of(singulars)}, not {quoted(word)}"
    return _refuse(message, nearest(word, singulars) or "Type 'careguide fields' to see what each is.")


# ------------------------------------------------------------------------------------------------------------
# careguide fields


def explain(options: argparse.Namespace, root: Path) -> int:
    """Explain every field of a kind; without one, list the kinds."""
    if not options.kind:
        for kind, model in KINDS.items():
            print(f"{model.singular}: {describe.meaning(model)} ({where(kind)})")
        return 0
    kind = kind_of(options.kind)
    if not kind:
        return _refuse_kind(options.kind)
    things = loader.load(root)[0].of(kind).values()
    print(f"{describe.meaning(KINDS[kind])}\nWritten in {where(kind)}\n")
    print(describe.explained(KINDS[kind], things))
    return 0


# ------------------------------------------------------------------------------------------------------------
# careguide new

_FROM_SIGNS = ("symptoms", "flows", "vignettes")
"""The kinds that are written from the guide's signs and its ladder of urgency."""


def start(options: argparse.Namespace, root: Path) -> int:
    """Write a new thing as a draft to fill in."""
    kind = kind_of(options.kind)
    if not kind:
        return _refuse_kind(options.kind)
    if kind == "urgency":
        message = (
            "the ladder of urgency must not be changed by a draft: every sign, flow and page rests on it"
        )
        return _refuse(message, f"Edit {where(kind)}.")
    guide = loader.load(root)[0]
    if kind in _FROM_SIGNS and not guide.urgency:
        message = (
            f"a {KINDS[kind].singular} must have a ladder of urgency to stand on, "
            f"but {where('urgency')} has none that can be read"
        )
        return _refuse(message, "Write it first.")
    return _write(root, guide, kind, options.id, _given(kind, options.id, guide), options.today)


def _given(kind: str, id_: str, guide: Guide) -> dict[str, Any]:
    """What can be known of a new thing from the rest of the guide."""
    if kind not in _FROM_SIGNS:
        return {}
    symptom = guide.symptoms.get(id_)
    signs = symptom.signs if symptom else new_symptom.signs(guide)
    if kind == "symptoms":
        return {"signs": signs}
    return new_symptom.flow(guide) if kind == "flows" else new_symptom.stories(guide, signs)


def _write(root: Path, guide: Guide, kind: str, id_: str, given: dict[str, Any], today: datetime.date) -> int:
    """Write a new thing, and what a symptom needs beside it."""
    if not ID.fullmatch(id_):
        message = f"an id must be made of small letters, digits and hyphens, not {quoted(id_)}"
        return _refuse(message, "Put single hyphens between words, such as 'warm-compress'.")
    if (kind, id_) in guide.origins:
        message = f"an id must be new, but {guide.origins[kind, id_].path} has {quoted(id_)}"
        return _refuse(message, "Choose another, or change what is there.")
    if kind in ("flows", "vignettes") and id_ not in guide.symptoms:
        message = f"a {KINDS[kind].singular} must have the id of a symptom, not {quoted(id_)}"
        return _refuse(message, f"Type 'careguide new symptom {id_}', which writes all of them.")
    texts = _texts(kind, id_, given, guide, root, today)
    for path, text in texts.items():
        _put(root, path, text)
    _put(root, schema.IDS, schema.files(loader.load(root)[0])[schema.IDS])
    print(f"Written: {', '.join(texts)}.")
    print(
        "It is a draft: fill it in, run 'careguide check', "
        "and delete the line 'draft: true' when all is written."
    )
    return 0


def _texts(
    kind: str, id_: str, given: dict[str, Any], guide: Guide, root: Path, today: datetime.date
) -> dict[str, str]:
    """The files that change, with their new texts."""
    path = file_of(kind, id_)
    if kind in LISTS:
        before = skeletons.schema_line(kind)
        if (root / path).is_file():
            before = (root / path).read_text(encoding="utf-8").rstrip("\n") + "\n"
        return {path: before + skeletons.entry(kind, id_, given, today=today)}
    texts = {path: skeletons.file(kind, given, today=today)}
    if kind == "symptoms":
        for beside in ("vignettes",):
            texts[file_of(beside, id_)] = skeletons.file(beside, _given(beside, id_, guide), today=today)
        texts[f"{CONTENT}/{kind}/{id_}.md"] = new_symptom.article()
    return {path: text for path, text in texts.items() if not (root / path).exists()}


def _put(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="\n")


# ------------------------------------------------------------------------------------------------------------
# careguide form


def take(options: argparse.Namespace, root: Path) -> int:
    """Turn the answers of an issue form into a draft, or carry out a correction."""
    if not options.file.is_file():
        message = f"{options.file} must be a file with the text of an issue"
        return _refuse(message, "Copy the issue's text into a file, with its headings.")
    text = options.file.read_text(encoding="utf-8", errors="replace")
    if options.kind == "correction":
        return _correct(root, options.file, text)
    by_form = {name: kind for kind, name in forms.KINDS_ASKED.items()}
    kind = by_form.get(options.kind) or kind_of(options.kind)
    if kind not in forms.KINDS_ASKED:
        names = [*by_form, "correction"]
        message = f"a form must be one of {one_of(names)}, not {quoted(options.kind)}"
        return _refuse(message, nearest(options.kind, names) or f"See {forms.FOLDER}/.")
    guide = loader.load(root)[0]
    given, problems = forms.answers(kind, options.file.name, text, guide)
    if problems:
        print(report(problems))
    if any(problem.blocks for problem in problems):
        return 1
    name = given.get("title") or given.get("lead") or given.get("sign") or ""
    return _write(root, guide, kind, options.id or _slug(name), given, options.today)


def _slug(title: str) -> str:
    """A title as an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().replace("'", "")).strip("-")


def _correct(root: Path, file: Path, text: str) -> int:
    read: dict[str, str] = {}
    for pattern in (f"{folder}/**/*.{end}" for folder in (DATA, CONTENT) for end in ("yml", "md")):
        for path in root.glob(pattern):
            read[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8", errors="replace")
    name, better, problems = forms.corrected(file.name, text, read)
    if problems:
        print(report(problems))
        return 1
    _put(root, name, better)
    print(f"Changed: {name}. Run 'careguide check'.")
    return 0


# ------------------------------------------------------------------------------------------------------------
# careguide schema


def renew(_options: argparse.Namespace, root: Path) -> int:
    """Renew what is made from the model and the ids."""
    texts = {**schema.files(loader.load(root)[0]), **forms.files()}
    texts[schema.SETTINGS] = _with_settings(root / schema.SETTINGS, texts[schema.SETTINGS])
    for path, text in texts.items():
        _put(root, path, text)
    folders = sorted({path.rpartition("/")[0] for path in texts})
    print(f"Written: {len(texts)} files, in {one_of(folders, last='and')}.")
    return 0


def _with_settings(file: Path, ours: str) -> str:
    """An editor's settings: those that somebody else made stay; a file that cannot be read is left alone."""
    if not file.is_file():
        return ours
    before = file.read_text(encoding="utf-8")
    try:
        merged = json.loads(before) | json.loads(ours)
    except (ValueError, TypeError):  # VS Code allows comments in it, JSON does not
        return before
    return schema.as_text(merged)
