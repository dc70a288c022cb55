"""The command line: the same core, without an engine."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from careguide.checks import advice, budgets
from careguide.contribute import commands, revisions
from careguide.contribute import report as change_report
from careguide.contribute.commands import write_files
from careguide.flow import changes
from careguide.guide import loader, reviews
from careguide.handouts import versions as sheet_versions
from careguide.pipeline import Site, build, pdfs
from careguide.source import cache
from careguide.source.problems import FORMATS, Problem, WrongCallError, nearest, one_of, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns the exit code: 0 where all is well, 1 where something must be fixed, 2 for a wrong call.
    """
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    run: _Command = options.run if (root / "data").is_dir() else _no_project
    try:
        return run(options, root) or 0
    except _StoppedError as error:
        print(error, file=sys.stderr)
        return 1
    except WrongCallError as error:
        print(error, file=sys.stderr)
    except OSError as error:  # a full disk, or what this user may not read or write
        print(f"{error.filename or root}: {error.strerror or error}", file=sys.stderr)
    return 2


class _StoppedError(Exception):
    """A report of what must be put right first."""


def _no_project(options: argparse.Namespace, _root: Path) -> None:
    message = f"{options.root} must be a Careguide project, but has no folder data/"
    raise WrongCallError(message, "Name the project with --root.")


_Command = Callable[[argparse.Namespace, Path], int | None]
"""What runs a command in a project's folder. Returns the exit code, if it is another than 0."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="careguide", description="Checks a guide's data and pages, and writes them as plain Markdown."
    )
    parser.set_defaults(today=datetime.date.today())
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: here)")
    known = parser.add_subparsers(required=True, metavar="command")
    _add_making(known)
    _add_comparing(known)
    _add_contributing(known)
    return parser


def _add(known: Any, name: str, run: _Command, summary: str) -> Callable[..., argparse.Action]:
    """Add a command. Returns what adds an argument to it."""
    command: argparse.ArgumentParser = known.add_parser(name, help=summary)
    command.set_defaults(run=run)
    return command.add_argument


def _add_making(known: Any) -> None:
    check = _add(known, "check", _check, "show every problem; exit 1 if there is one")
    check("--format", choices=FORMATS, default="text", help="how to show problems (default: text)")
    plainer = "say too which sentences could be plainer; with BASE only those new since then"
    check("--advice", metavar="BASE", nargs="?", const="", help=plainer)
    words = "count the words of every page, beside its budget, and what is repeated"
    check("--words", action="store_true", help=words)
    write = _add(known, "write", _write, "write every page as plain Markdown, for any engine")
    write("folder", type=Path, metavar="DIR", help="the folder to write into; it must be new or empty")
    summary = "make the printed sheets as PDFs; exit 1 if one does not fit"
    handouts = _add(known, "handouts", _handouts, summary)
    handouts("about", nargs="*", metavar="ID", help="a symptom, a remedy or a sheet (default: all sheets)")
    into = "the folder to write into (default: handouts)"
    handouts("--out", type=Path, default=Path("handouts"), metavar="DIR", help=into)
    about = "the address to print (default: $CAREGUIDE_SITE_URL)"
    handouts("--site-url", default=os.environ.get("CAREGUIDE_SITE_URL", ""), metavar="URL", help=about)
    _add(known, "record", _record, "keep what the printed sheets say now, so that paper can tell its age")


def _add_comparing(known: Any) -> None:
    before = "the version before: a project's folder, or a git revision of this one"
    flow = known.add_parser("flow", help="look at the decision flows")
    summary = (
        "show for how many answers the advice went up or down; exit 1 if it was lowered and nobody signed"
    )
    diff = _add(flow.add_subparsers(required=True, metavar="command"), "diff", _diff, summary)
    diff("old", metavar="OLD", help=before)
    diff("new", metavar="NEW", nargs="?", help="the version now (default: this project as it is)")
    summary = "write as Markdown what readers will see; exit 1 if a result was lowered and nobody signed"
    _add(known, "report", _report, summary)("old", metavar="BASE", help=before)


def _add_contributing(known: Any) -> None:
    sign = _add(known, "sign", _sign, "write down that a clinician has reviewed a page as it is now")
    sign("thing", metavar="KIND:ID", help="what was reviewed, such as cause:caffeine, or its file")
    who = "name and profession of the reviewer, who must have agreed to be named: 'A. Person, nurse'"
    sign("--by", required=True, help=who)
    sign("--on", type=_day, help="day of the review (default: today)")
    sign("--due", type=_day, help="day of the next review (default: a year later)")
    summary = "explain every field of a kind, such as 'cause'; alone, list the kinds"
    _add(known, "fields", commands.explain, summary)("kind", nargs="?", metavar="KIND")
    summary = "write a new thing as a draft to fill in, such as 'new cause too-much-tea'"
    new = _add(known, "new", commands.start, f"{summary}; a symptom comes with all it needs")
    new("kind", metavar="KIND")
    new("id", metavar="ID")
    summary = "turn the answers of an issue form into a draft, or carry out a correction"
    form = _add(known, "form", commands.take, summary)
    form("kind", metavar="KIND", help="a kind that has a form, or 'correction'")
    form("file", type=Path, metavar="FILE", help="the text of the issue")
    form("--id", help="the id of the new thing (default: from its title)")
    summary = "renew what is made from the model and the ids: help for editors, and issue forms"
    _add(known, "schema", commands.renew, summary)


def _day(text: str) -> datetime.date:
    """A day as a contributor types it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        must = "must be a date written as year-month-day, such as 2026-11-21"
        raise argparse.ArgumentTypeError(f"{must}, not '{text}'") from None


def _check(options: argparse.Namespace, root: Path) -> int:
    made = build(root, today=options.today, try_mutants=False)
    found = list(made.problems)
    if options.advice is not None:
        found += _advice(options.advice, root)
    if found or options.format == "json":
        print(report(found, output_format=options.format))
    if options.format == "text":
        print(_summary(made))
    if options.words:
        print(budgets.table(made.guide, budgets.counts(made.pages)))
    return int(made.blocked)


def _advice(base: str, root: Path) -> list[Problem]:
    """What could be plainer, in drafts too; with a base, only what is new since then."""
    now = loader.load(root, cache.opened(root)[0])[0]
    if not base:
        return advice.advice(now, now.reading)
    with revisions.opened(base, root) as old:
        return advice.fresh(loader.load(old)[0], now)


def _summary(made: Site) -> str:
    problems = sum(problem.blocks for problem in made.problems)
    if problems:
        return f"\n{problems} problem{'s' if problems > 1 else ''}."
    words, grade, smog, short = 0, 0.0, 0.0, 0.0
    for _, score in made.scores:
        words += score.words
        grade += score.grade * score.words
        smog += score.smog * score.words
        short += score.short * score.words
    words = words or 1
    grades = f"Reading grade {grade / words:.1f} (SMOG {smog / words:.1f})"
    lengths = f"{short / words:.0%} of sentences have at most 15 words"
    return f"{len(made.pages)} pages, no problems. {grades}; {lengths}."


def _publishable(root: Path, today: datetime.date, site_url: str = "") -> Site:
    """All that comes of the project, if nothing is wrong that blocks."""
    made = build(root, today=today, site_url=site_url)
    if made.blocked:
        raise _StoppedError(report(made.problems))
    return made


def _write(options: argparse.Namespace, root: Path) -> None:
    made = _publishable(root, options.today)
    folder: Path = options.folder
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise WrongCallError(f"{folder} must be new or empty", "Choose another folder.")
    write_files(folder, {page.path: page.text for page in made.pages})
    write_files(folder, made.web_sheets)
    print(f"{len(made.pages)} pages written to {folder}.")


def _handouts(options: argparse.Namespace, root: Path) -> None:
    made = _publishable(root, options.today, options.site_url)
    known = set[str]()
    for sheet in made.handouts:
        known |= {sheet.id, sheet.about}
    for name in options.about:
        if name not in known:
            names = f"There is {one_of(sorted(known), last='and')}." if known else "There are no sheets yet."
            message = f"{name} must be a symptom, a remedy or a sheet"
            raise WrongCallError(message, nearest(name, known) or names)
    files, misfits = pdfs(made, root, only=options.about)
    if misfits:
        raise _StoppedError(report([*made.problems, *misfits]))
    write_files(options.out, files)
    print(f"{len(files)} PDFs written to {options.out}.")


def _record(options: argparse.Namespace, root: Path) -> None:
    made = _publishable(root, options.today)
    new = sheet_versions.unrecorded(made.handouts, sheet_versions.load(root)[0])
    record = root / sheet_versions.FILE
    before = record.read_text(encoding="utf-8") if record.is_file() else ""
    # Nothing in the file is ever written anew: lines are only added.
    with record.open("a", encoding="utf-8", newline="\n") as file:
        if before and not before.endswith("\n"):
            file.write("\n")
        file.write(sheet_versions.record(new, on=options.today))
    of_all = f"{len(new)} of {len(made.handouts)} sheets recorded in {sheet_versions.FILE}"
    print(f"{of_all}; the others were there already.")


def _diff(options: argparse.Namespace, root: Path) -> int:
    with revisions.opened(options.old, root) as old, revisions.opened(options.new or str(root), root) as new:
        found, problems = changes.compare(loader.load(old)[0], loader.load(new)[0])
    for change in found:
        print(*changes.told(change), sep="\n")
    if problems:
        print(report(problems))
    return int(bool(problems))


def _report(options: argparse.Namespace, root: Path) -> int:
    new = build(root, today=options.today)
    with revisions.opened(options.old, root) as folder:
        old = build(folder, today=options.today)
    site = os.environ.get("CAREGUIDE_SITE_URL", "")
    text, unsigned = change_report.markdown(old, new, today=options.today, site=site)
    print(text)
    return int(unsigned)


def _sign(options: argparse.Namespace, root: Path) -> None:
    now, problems = loader.load(root)
    on = options.on or options.today
    thing = reviews.reviewable(now, options.thing)
    reviews.check_signature(options.by, on, options.due, today=options.today)
    path = now.origins[reviews.key(thing)].path
    here = [problem for problem in problems if problem.path == path]
    if here:
        raise _StoppedError(report(here))
    signed = reviews.sign(now, thing, by=options.by, on=on, due=options.due)
    write_files(root, {path: reviews.signed((root / path).read_text(encoding="utf-8"), signed)})
    print(f"{path}: reviewed by {signed.by} on {signed.on}, due again on {signed.due}.")
