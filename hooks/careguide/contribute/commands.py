"""The command line, for contributors.

What a field means, a new thing to fill in, an issue's answers as a file, and help for editors.
"""

import argparse
import datetime
import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from careguide.contribute import forms, new_symptom, schema, skeletons
from careguide.contribute.skeletons import Given
from careguide.guide import loader
from careguide.guide.guide import CONTENT, Guide
from careguide.model import describe
from careguide.model.fields import ID
from careguide.model.kinds import DATA, KINDS, LISTS, PLURALS, file_of, kind_of, where
from careguide.source import text_files
from careguide.source.problems import Problem, WrongCallError, blocked, nearest, one_of, quoted, report


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write all of some files or none, by path, also behind a link. Text may hold surrogate escapes."""
    found: dict[Path, bytes] = {}
    for path, content in files.items():
        raw = content.encode(errors="surrogateescape") if isinstance(content, str) else content
        found[(folder / path).resolve()] = raw
    text_files.write_all(found)


_CALLED = {
    "sign": "criterion",
    "warning-sign": "criterion",
    "level": "urgency",
    "test": "investigation",
    "word": "term",
    "story": "vignettes",
    "number": "service",
    "country": "service",
    "advice": "remedy",
}
"""What people call a kind that has another name."""


def kind_named(word: str) -> str:
    """A kind by its name, or by its singular. Raises a WrongCallError for what is none."""
    kind = kind_of(word)
    if not kind:
        meant = _CALLED.get(word, "")
        tip = f"Did you mean '{meant}'?" if meant else nearest(word, PLURALS)
        tip = tip or "Type 'careguide fields' to see what each is."
        raise WrongCallError(f"a kind must be one of {one_of(PLURALS)}, not {quoted(word)}", tip)
    return kind


def explain(options: argparse.Namespace, root: Path) -> None:
    """Explain every field of a kind; without one, list the kinds."""
    if options.kind:
        kind = kind_named(options.kind)
        print(f"{describe.meaning(KINDS[kind])}\nWritten in {where(kind)}\n")
        known = loader.load(root)[0].of(kind).values() if (root / DATA).is_dir() else ()
        print(describe.explained(KINDS[kind], known))
    else:
        for kind, model in KINDS.items():
            print(f"{model.singular}: {describe.meaning(model)} ({where(kind)})")


def start(options: argparse.Namespace, root: Path) -> None:
    """Write a new thing as a draft to fill in."""
    kind = kind_named(options.kind)
    if kind == "urgency":
        message = "the ladder of urgency must not be changed by a draft: each sign, flow and page rests on it"
        raise WrongCallError(message, f"Edit {where(kind)}.")
    guide = loader.load(root)[0]
    if kind in new_symptom.KINDS and not guide.urgency:
        message = (
            f"a {KINDS[kind].singular} must have a ladder of urgency to stand on, "
            f"but {where('urgency')} has none that can be read"
        )
        raise WrongCallError(message, "Write it first.")
    given = new_symptom.known(kind, options.id, guide)
    _write(root, guide, kind, options.id, given, options.today)


def _write(root: Path, guide: Guide, kind: str, id_: str, given: Given, today: datetime.date) -> None:
    """Write a new thing, and what a symptom needs beside it."""
    if not ID.fullmatch(id_):
        message = f"an id must be made of small letters, digits and hyphens, not {quoted(id_)}"
        raise WrongCallError(message, "Put single hyphens between words, such as 'warm-compress'.")
    if (kind, id_) in guide.origins:
        message = f"an id must be new, but {guide.origins[kind, id_].path} has {quoted(id_)}"
        raise WrongCallError(message, "Choose another, or change what is there.")
    if kind in ("flows", "vignettes") and id_ not in guide.symptoms:
        message = f"a {KINDS[kind].singular} must have the id of a symptom, not {quoted(id_)}"
        raise WrongCallError(message, f"Type 'careguide new symptom {id_}', which writes all of them.")
    texts = new_files(root, guide, kind, id_, given, today)
    write_files(root, texts)
    write_files(root, {schema.IDS: schema.files(loader.load(root)[0])[schema.IDS]})
    print(f"Written: {', '.join(texts)}.")
    print(f"Renewed: {schema.IDS}, from which editors offer its id.")
    print(
        "It is a draft: fill it in, run 'careguide check', "
        "and delete the line 'draft: true' when all is written."
    )


def new_files(
    root: Path,
    guide: Guide,
    kind: str,
    id_: str,
    given: Given,
    today: datetime.date,
    stories: Given | None = None,
) -> dict[str, str]:
    """The files of a new thing by path; a symptom has several, with its `stories` where they are known."""
    path = file_of(kind, id_)
    if kind in LISTS:
        list_ = root / path
        before = list_.read_text(encoding="utf-8", errors="surrogateescape") if list_.is_file() else ""
        texts = {
            path: (before.rstrip("\n") + "\n" if before else skeletons.schema_line(kind))
            + skeletons.entry(kind, id_, given, today)
        }
    else:
        texts = {path: skeletons.file(kind, given, today)}
    if kind == "symptoms":
        vignettes, article = file_of("vignettes", id_), f"{CONTENT}/{kind}/{id_}.md"
        if not (root / vignettes).exists():
            known = stories or new_symptom.known("vignettes", id_, guide)
            texts[vignettes] = skeletons.file("vignettes", known, today)
        if not (root / article).exists():
            texts[article] = new_symptom.article()
    return texts


def take(options: argparse.Namespace, root: Path) -> int:
    """Turn the answers of an issue form into a draft, or carry out a correction."""
    if not options.file.is_file():
        message = f"{options.file} must be a file with the text of an issue"
        raise WrongCallError(message, "Copy the issue's text into a file, with its headings.")
    text = options.file.read_text(encoding="utf-8", errors="replace")
    if options.kind == "correction":
        return _correct(root, options.file.name, text)
    kind = forms.KINDS_ASKED.get(options.kind) or kind_of(options.kind)
    if kind not in forms.KINDS_ASKED.values():
        names = [*forms.KINDS_ASKED, "correction"]
        message = f"a form must be one of {one_of(names)}, not {quoted(options.kind)}"
        raise WrongCallError(message, nearest(options.kind, names) or f"See {forms.FOLDER}/.")
    guide = loader.load(root)[0]
    given, problems = forms.answers(kind, options.file.name, text, guide)
    if problems:
        print(report(problems))
    if blocked(problems):
        return 1
    name = given.get("title") or given.get("lead") or given.get("sign") or ""
    _write(root, guide, kind, options.id or id_from(name), given, options.today)
    return 0


def id_from(name: str) -> str:
    """The id of a thing with this name, without accents: 'Ärztin' is 'arztin'. Empty in other scripts."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("'", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _correct(root: Path, issue: str, text: str) -> int:
    """Put the better words into the file, where the words now stand once in it."""
    wanted = forms.correction(text)
    name, now, better = wanted.get("file", ""), wanted.get("now", ""), wanted.get("better", "")
    texts = [*(root / DATA).rglob("*.yml"), *(root / CONTENT).rglob("*.md")]
    known = [file.relative_to(root).as_posix() for file in texts]
    if name not in known:
        message = f"the file must be one of data/ or content/, not {quoted(name)}"
        tip = nearest(name, known) or "Give its path, such as data/causes/dry-air.yml."
        print(Problem(issue, 1, message, tip))
        return 1
    before = (root / name).read_text(encoding="utf-8", errors="surrogateescape")
    count = before.count(now) if now else 0
    if better in ("", forms.NO_ANSWER) or "\n" in better or count != 1:
        message = (
            f"the words now must stand once in {name}, and the better words must be one line; "
            f"they stand there {count} times"
        )
        print(Problem(issue, 1, message, "Make the change by hand."))
        return 1
    write_files(root, {name: before.replace(now, better)})
    print(f"Changed: {name}. Run 'careguide check'.")
    return 0


def renew(_options: argparse.Namespace, root: Path) -> None:
    """Renew what is made from the model and the ids."""
    texts = {**schema.files(loader.load(root)[0]), **forms.files()}
    texts[schema.SETTINGS] = _with_settings(root / schema.SETTINGS, texts[schema.SETTINGS])
    old = {path: (root / path).read_bytes() for path in texts if (root / path).is_file()}
    changed = {path: text for path, text in texts.items() if old.get(path) != text.encode()}
    write_files(root, changed)
    where_ = f"in {forms.FOLDER}, .vscode and {schema.FOLDER}"
    print(f"Written: {len(changed)} of {len(texts)} files, {where_}; the others were current.")


def _with_settings(file: Path, ours: str) -> str:
    """An editor's settings: those that somebody else made stay; a file that cannot be read is left alone."""
    if not file.is_file():
        return ours
    before = file.read_text(encoding="utf-8", errors="surrogateescape")
    try:
        merged = json.loads(before) | json.loads(ours)
    except (ValueError, TypeError):  # VS Code allows comments in it, JSON does not
        return before
    return schema.as_text(merged)
