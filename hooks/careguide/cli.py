"""The command line: the same core, without an engine."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from careguide.checks import advice, budgets
from careguide.contribute import commands, revisions
from careguide.contribute import report as change_report
from careguide.flow import changes
from careguide.guide import loader, reviews
from careguide.handouts import versions as sheet_versions
from careguide.pipeline import Site, build, pdfs
from careguide.source.problems import FORMATS, Problem, about_command, nearest, one_of, report

_Command = Callable[[argparse.Namespace, Path], int]
"""What runs a command in a project's folder. Returns the exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns the exit code: 0 where all is well, 1 where something must be fixed, 2 for a wrong call.
    """
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    run: _Command = options.run
    if not (root / "data").is_dir():
        message = f"{options.root} must be a Careguide project, but has no folder data/"
        return _refuse(message, "Name the project with --root.")
    try:
        return run(options, root)
    except revisions.UnknownVersionError as error:
        return _refuse(error.message, error.tip)


def _say(text: object, *, wrong: bool = False) -> None:
    """Show something: what was asked for, or what is wrong with the guide or the call."""
    print(text, file=sys.stderr if wrong else sys.stdout)


def _refuse(message: str, tip: str) -> int:
    """Say what is wrong with a call."""
    _say(about_command(message, tip), wrong=True)
    return 2


# ------------------------------------------------------------------------------------------------------------
# What can be typed


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


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add(
    known: _Commands[argparse.ArgumentParser], name: str, run: _Command, summary: str
) -> argparse.ArgumentParser:
    command = known.add_parser(name, help=summary)
    command.set_defaults(run=run)
    return command


def _add_making(known: _Commands[argparse.ArgumentParser]) -> None:
    check = _add(known, "check", _check, "show every problem; exit 1 if there is one")
    check.add_argument(
        "--format", choices=FORMATS, default="text", help="how to show problems (default: text)"
    )
    check.add_argument(
        "--advice",
        metavar="BASE",
        nargs="?",
        const="",
        help="say too which sentences could be plainer; with BASE only those new since then",
    )
    check.add_argument(
        "--words",
        action="store_true",
        help="count the words of every page, beside its budget, and what is repeated",
    )
    write = _add(known, "write", _write, "write every page as plain Markdown, for any engine")
    write.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder to write into; it must be new or empty"
    )
    handouts = _add(
        known, "handouts", _handouts, "make the printed sheets as PDFs; exit 1 if one does not fit"
    )
    handouts.add_argument(
        "about", nargs="*", metavar="ID", help="a symptom, a remedy or a sheet (default: all sheets)"
    )
    handouts.add_argument(
        "--out",
        type=Path,
        default=Path("handouts"),
        metavar="DIR",
        help="the folder to write into (default: handouts)",
    )
    handouts.add_argument(
        "--site-url",
        default=os.environ.get("CAREGUIDE_SITE_URL", ""),
        metavar="URL",
        help="the address to print (default: $CAREGUIDE_SITE_URL)",
    )
    _add(known, "record", _record, "keep what the printed sheets say now, so that paper can tell its age")


def _add_comparing(known: _Commands[argparse.ArgumentParser]) -> None:
    before = "the version before: a project's folder, or a git revision of this one"
    flow = known.add_parser("flow", help="look at the decision flows")
    diff = _add(
        flow.add_subparsers(required=True, metavar="command"),
        "diff",
        _diff,
        "show for how many answers the advice went up or down; exit 1 if it was lowered and nobody signed",
    )
    diff.add_argument("old", metavar="OLD", help=before)
    diff.add_argument(
        "new", metavar="NEW", nargs="?", help="the version now (default: this project as it is)"
    )
    summary = "write as Markdown what readers will see; exit 1 if a result was lowered and nobody signed"
    seen = _add(known, "report", _report, summary)
    seen.add_argument("old", metavar="BASE", help=before)


def _add_contributing(known: _Commands[argparse.ArgumentParser]) -> None:
    sign = _add(known, "sign", _sign, "write down that a clinician has reviewed a page as it is now")
    sign.add_argument(
        "thing", metavar="KIND:ID", help="what was reviewed, such as cause:caffeine, or its file"
    )
    sign.add_argument(
        "--by",
        required=True,
        help="name and profession of the reviewer, who must have agreed to be named: 'A. Person, nurse'",
    )
    sign.add_argument("--on", type=_day, help="day of the review (default: today)")
    sign.add_argument("--due", type=_day, help="day of the next review (default: a year later)")
    summary = "explain every field of a kind, such as 'cause'; alone, list the kinds"
    fields = _add(known, "fields", commands.explain, summary)
    fields.add_argument("kind", nargs="?", metavar="KIND")
    summary = "write a new thing as a draft to fill in, such as 'new cause too-much-tea'"
    new = _add(known, "new", commands.start, f"{summary}; a symptom comes with all it needs")
    new.add_argument("kind", metavar="KIND")
    new.add_argument("id", metavar="ID")
    summary = "turn the answers of an issue form into a draft, or carry out a correction"
    form = _add(known, "form", commands.take, summary)
    form.add_argument("kind", metavar="KIND", help="a kind that has a form, or 'correction'")
    form.add_argument("file", type=Path, metavar="FILE", help="the text of the issue")
    form.add_argument("--id", help="the id of the new thing (default: from its title)")
    summary = "renew what is made from the model and the ids: help for editors, and issue forms"
    _add(known, "schema", commands.renew, summary)


def _day(text: str) -> datetime.date:
    """A day as a contributor types it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        must = "must be a date written as year-month-day, such as 2026-11-21"
        raise argparse.ArgumentTypeError(f"{must}, not '{text}'") from None


# ------------------------------------------------------------------------------------------------------------
# Checking and making


def _check(options: argparse.Namespace, root: Path) -> int:
    made = build(root, today=options.today)
    found = list(made.problems)
    if options.advice is not None:
        found += _advice(options.advice, root)
    if found or options.format == "json":
        _say(report(found, output_format=options.format))
    if options.format == "text":
        _say(_summary(made))
    if options.words:
        _say(budgets.table(made.guide, budgets.counts(made.pages)))
    return int(made.blocked)


def _advice(base: str, root: Path) -> list[Problem]:
    """What could be plainer, in drafts too; with a base, only what is new since then."""
    now = loader.load(root, root / ".cache")[0]
    if not base:
        return advice.advice(now, now.reading)
    with revisions.opened(base, root) as old:
        return advice.fresh(loader.load(old)[0], now)


def _summary(made: Site) -> str:
    problems = sum(problem.blocks for problem in made.problems)
    if made.blocked:
        return f"\n{problems} problem{'s' * (problems != 1)}."
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


def _publishable(root: Path, today: datetime.date, site_url: str = "") -> Site | None:
    """All that comes of the project. Where something is wrong that blocks: None, once it is said."""
    made = build(root, today=today, site_url=site_url)
    if made.blocked:
        _say(report(made.problems), wrong=True)
        return None
    return made


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _write(options: argparse.Namespace, root: Path) -> int:
    made = _publishable(root, options.today)
    if not made:
        return 1
    if options.folder.is_file() or (options.folder.is_dir() and any(options.folder.iterdir())):
        return _refuse(f"{options.folder} must be new or empty", "Choose another folder.")
    _write_files(options.folder, {page.path: page.text.encode() for page in made.pages})
    _write_files(options.folder, made.web_sheets)
    _say(f"{len(made.pages)} pages written to {options.folder}.")
    return 0


def _handouts(options: argparse.Namespace, root: Path) -> int:
    made = _publishable(root, options.today, options.site_url)
    if not made:
        return 1
    known = {sheet.id for sheet in made.handouts} | {sheet.about for sheet in made.handouts}
    for name in options.about:
        if name not in known:
            names = f"There is {one_of(sorted(known), last='and')}." if known else "There are no sheets yet."
            return _refuse(f"{name} must be a symptom, a remedy or a sheet", nearest(name, known) or names)
    files, misfits = pdfs(made, root, only=options.about)
    if misfits:
        _say(report([*made.problems, *misfits]), wrong=True)
        return 1
    _write_files(options.out, files)
    _say(f"{len(files)} PDFs written to {options.out}.")
    return 0


def _record(options: argparse.Namespace, root: Path) -> int:
    made = _publishable(root, options.today)
    if not made:
        return 1
    new = sheet_versions.unrecorded(made.handouts, sheet_versions.load(root)[0])
    record = root / sheet_versions.FILE
    before = record.read_text(encoding="utf-8") if record.is_file() else ""
    # Nothing in the file is ever written anew: lines are only added.
    with record.open("a", encoding="utf-8", newline="\n") as file:
        if before and not before.endswith("\n"):
            file.write("\n")
        file.write(sheet_versions.record(new, on=options.today))
    of_all = f"{len(new)} of {len(made.handouts)} sheets recorded in {sheet_versions.FILE}"
    _say(f"{of_all}; the others were there already.")
    return 0


# ------------------------------------------------------------------------------------------------------------
# Comparing, and reviews


def _diff(options: argparse.Namespace, root: Path) -> int:
    with revisions.opened(options.old, root) as old, revisions.opened(options.new or str(root), root) as new:
        found, problems = changes.compare(loader.load(old)[0], loader.load(new)[0])
    for change in found:
        for line in changes.told(change):
            _say(line)
    if problems:
        _say(report(problems))
    return int(bool(problems))


def _report(options: argparse.Namespace, root: Path) -> int:
    new = build(root, today=options.today)
    with revisions.opened(options.old, root) as folder:
        old = build(folder, today=options.today)
    site = os.environ.get("CAREGUIDE_SITE_URL", "")
    text, unsigned = change_report.markdown(old, new, today=options.today, site=site)
    _say(text)
    return int(unsigned)


def _sign(options: argparse.Namespace, root: Path) -> int:
    now, problems = loader.load(root)
    on = options.on or options.today
    thing, wrong = reviews.reviewable(now, options.thing)
    wrong = wrong or reviews.complaint(options.by, on, options.due, today=options.today)
    if wrong or not thing:
        _say(wrong, wrong=True)
        return 2
    path = now.origins[reviews.key(thing)].path
    here = [problem for problem in problems if problem.path == path]
    if here:
        _say(report(here), wrong=True)
        return 1
    signed = reviews.sign(now, thing, by=options.by, on=on, due=options.due)
    text = reviews.signed((root / path).read_text(encoding="utf-8"), signed)
    (root / path).write_text(text, encoding="utf-8")
    _say(f"{path}: reviewed by {signed.by} on {signed.on}, due again on {signed.due}.")
    return 0
