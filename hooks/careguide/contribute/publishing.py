"""The command line, for a whole guide: is it right, and what comes of it.

Its problems, its pages and its sheets as files, and what a change does to what readers see.
"""

import argparse
import datetime
import os
import pickle
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from careguide.checks import advice, budgets
from careguide.contribute import revisions
from careguide.contribute.commands import write_files
from careguide.flow import changes
from careguide.guide import loader, translated, translation, words
from careguide.guide.guide import Guide
from careguide.handouts import versions as sheet_versions
from careguide.pages.plain import plain
from careguide.pipeline import Site, build, pdfs
from careguide.source import cache, progress
from careguide.source.digests import code_digest, digest, files_digest
from careguide.source.problems import Problem, StoppedError, WrongCallError, blocked, nearest, one_of, report


def check(options: argparse.Namespace, root: Path) -> int:
    """Show every problem; with advice or counts where they are asked for."""
    also, shown = partial(_lowered, root), progress.on_terminal()
    made = build(root, today=options.today, try_mutants=False, also=also, progress=shown)
    found = list(made.problems)
    if options.advice is not None:
        found += _advice(options.advice, root)
    if found or options.format == "json":
        print(report(found, output_format=options.format))
    if options.format == "text":
        print(summary(made))
    if options.words:
        print(budgets.table(made.guide, budgets.counts(made.pages, made.guide.reading)))
    return int(made.blocked)


def _lowered(root: Path, editions: Mapping[str, Guide]) -> list[Problem]:
    """What a change takes from readers and nobody answers for, if git knows what the guide was before."""
    try:
        began, changed, cut = revisions.before(root)
    except revisions.GitRefusedError as error:
        why = error.problem.message.partition(", but ")[2]
        message = f"git must answer, or nobody sees what a change lowers, but {why}"
        tip = error.problem.tip.partition(", or ")[0] + "."
        return [replace(error.problem, path=".git", line=1, message=message, tip=tip, blocks=False)]
    message = "the history is cut off before this work began, so what its commits lower is not seen"
    tip = "Type 'git fetch --unshallow', and check again."
    found = [Problem(".git", 1, message, tip, blocks=False)] if cut else []
    if not began or not editions[""].whole():
        return found
    kept = cache.store(root, "before")
    found += changes.compare(_before(root, began, kept), editions[""], proved=False)[1]
    # A language in whose files nothing has changed says what it said.
    folders = set[str]().union(*(Path(each).parts for each in changed))
    for language in sorted(folders.intersection(editions)):
        if old := _before(root, began, kept, language):
            found += changes.weakenings_are_signed(old, editions[language], set())
    kept.forget_others()
    return found


def _before(root: Path, revision: str, kept: cache.FileStore, language: str = "") -> Any:
    """The guide of a revision, or its translation; None where that had none. What git holds never changes."""

    def made() -> bytes:
        with revisions.opened(revision, root, revisions.TEXTS) as folder:
            found, _ = cache.opened(folder)
            guide: Guide | None = loader.load(folder, found)[0]
            if guide and language:
                every = translation.read(folder, guide, found)[0]
                texts = next((each for each in every if each.language == language), None)
                guide = translated.guide_in(texts, guide, folder, found)[0] if texts else None
            return pickle.dumps(guide)

    key = digest([revision, language, code_digest(translated.__name__), files_digest(words.FOLDER)])
    return pickle.loads(kept.get(key, ".pickle", made))  # noqa: S301 - its seal says that we wrote it


def _advice(base: str, root: Path) -> list[Problem]:
    """What could be plainer, in drafts too; with a base, only what is new since then."""
    now = loader.load(root, cache.opened(root)[0])[0]
    if not base:
        return advice.advice(now, now.reading)
    with revisions.opened(base, root) as old:
        return advice.fresh(loader.load(old)[0], now)


def summary(made: Site) -> str:
    """The lines that a check ends with: how many problems, or how the pages of each language read."""
    problems = sum(problem.blocks for problem in made.problems)
    if problems:
        return f"\n{problems} problem{'s' if problems > 1 else ''}."
    drafts = ", 1 draft" if made.drafts == 1 else f", {made.drafts} drafts" if made.drafts else ""
    lines = [f"{len(made.pages)} pages{drafts}, no problems. {_ease(made, '', made.guide)}"]
    for language, guide in made.editions.items():
        if language:
            lines.append(f"In {guide.site.locale.name}: {_ease(made, language, guide)}")
    return "\n".join(lines)


def _ease(made: Site, language: str, guide: Guide) -> str:
    """How hard the pages in one language are to read, and what no rule looks at there."""
    words, grade, smog, short = 0, 0.0, 0.0, 0.0
    for page, score in made.scores:
        if page.language == language:
            words += score.words
            grade += (score.grade or 0) * score.words
            smog += (score.smog or 0) * score.words
            short += score.short * score.words
    words = words or 1
    name, formula = guide.site.locale.name, guide.reading.formula
    said = f"{formula.name} {grade / words:.1f}" if formula else f"No formula for how hard {name} is to read"
    said += f" (SMOG {smog / words:.1f})" if smog else ""
    said += f"; {short / words:.0%} of sentences have at most 15 words."
    if not guide.words.text("language.promises"):
        what = "promises, doses, and words that play an urgent sign down"
        said += f" Rules on wording know English alone: look for {what}."
    return said


def _publishable(root: Path, today: datetime.date, site_url: str = "") -> Site:
    """All that comes of the project, if nothing is wrong that blocks."""
    made = build(root, today=today, site_url=site_url, progress=progress.on_terminal())
    if made.blocked:
        raise StoppedError(report(made.problems))
    return made


def write(options: argparse.Namespace, root: Path) -> None:
    """Write every page as plain Markdown, with the drawings that it shows and the bare sheets."""
    made = _publishable(root, options.today)
    folder: Path = options.folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise WrongCallError(f"{folder} must be new or empty", "Choose another folder.")
    write_files(folder, {page.path: plain(page.text) for page in made.pages})
    write_files(folder, made.web_sheets)
    for file in sorted((root / "overrides/assets").rglob("*.svg")):
        write_files(folder, {file.relative_to(root / "overrides").as_posix(): file.read_bytes()})
    print(f"{len(made.pages)} pages written to {folder}.")


def print_sheets(options: argparse.Namespace, root: Path) -> None:
    """Make the printed sheets as PDFs."""
    made = _publishable(root, options.today, options.site_url)
    known = set[str]()
    for sheet in made.handouts:
        known |= {sheet.id, sheet.about}
    for name in options.about:
        if name not in known:
            names = f"There is {one_of(sorted(known), last='and')}." if known else "There are no sheets yet."
            message = f"{name} must be a symptom, a remedy or a sheet"
            raise WrongCallError(message, nearest(name, known) or names)
    files, misfits = pdfs(made, root, only=options.about, progress=progress.on_terminal())
    if misfits:
        raise StoppedError(report([*made.problems, *misfits]))
    write_files(options.out, files)
    print(f"{len(files)} PDFs written to {options.out}.")
    for sheet in made.handouts:
        if sheet.withdrawn and (not options.about or {sheet.id, sheet.about} & {*options.about}):
            print(f"{sheet.title}: {sheet.withdrawn}", file=sys.stderr)


def record(options: argparse.Namespace, root: Path) -> None:
    """Keep what the printed sheets say now."""
    made = _publishable(root, options.today)
    new = sheet_versions.unrecorded(made.handouts, sheet_versions.load(root)[0])
    record = root / sheet_versions.FILE
    before = record.read_bytes() if record.is_file() else b""
    if before and not before.endswith(b"\n"):
        before += b"\n"
    # Nothing in the file is ever changed: lines are only added.
    write_files(root, {sheet_versions.FILE: before + sheet_versions.record(new, on=options.today).encode()})
    of_all = f"{len(new)} of {len(made.handouts)} sheets recorded in {sheet_versions.FILE}"
    print(f"{of_all}; the others were there already.")


def compare(options: argparse.Namespace, root: Path) -> int:
    """Show how the advice changed between two versions."""
    with revisions.opened(options.old, root) as old, revisions.opened(options.new or str(root), root) as new:
        was, now = _editions(old), _editions(new)
        found, problems = changes.compare(was[""], now[""])
        for language in sorted((was.keys() & now.keys()) - {""}):
            problems += changes.weakenings_are_signed(was[language], now[language], set())
    for change in found:
        print(*changes.told(change), sep="\n")
    if problems:
        print(report(problems))
    return int(blocked(problems))


def _editions(root: Path) -> dict[str, Guide]:
    """The guide in a folder, and its translations by language."""
    found = {"": loader.load(root)[0]}
    for texts in translation.read(root, found[""])[0]:
        if made := translated.guide_in(texts, found[""], root)[0]:
            found[texts.language] = made
    return found


def report_change(options: argparse.Namespace, root: Path) -> int:
    """Write what readers will see of a change."""
    from careguide.contribute import report as change_report  # noqa: PLC0415 - it loads slowly

    new = build(root, today=options.today)
    with revisions.opened(options.old, root) as folder:
        old = build(folder, today=options.today)
    site = os.environ.get("CAREGUIDE_SITE_URL", "")
    text, unsigned = change_report.markdown(old, new, today=options.today, site=site)
    print(text)
    return int(unsigned)
