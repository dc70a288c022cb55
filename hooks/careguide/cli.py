"""The command line: the same core, without an engine."""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from careguide.contribute import revisions
from careguide.guide import loader, reviews
from careguide.handouts import versions as sheet_versions
from careguide.pipeline import Site, build, pdfs
from careguide.source import problems
from careguide.source.problems import FORMATS, Problem, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 where all is well, 1 where something must be fixed, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / "data").is_dir():
        print(
            f"{options.root} must be a Careguide project, but has no folder data/\n  Tip: Name the project with --root.",
            file=sys.stderr,
        )
        return 2
    try:
        return options.run(options, root)
    except revisions.UnknownVersion as name:
        print(
            f"{name} must be a project's folder or a git revision of this one\n  Tip: Try 'HEAD', the last commit.",
            file=sys.stderr,
        )
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="careguide", description="Checks a guide's data and pages, and writes them as plain Markdown."
    )
    parser.set_defaults(today=datetime.date.today())
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: here)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="show every problem; exit 1 if there is one")
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
    check.set_defaults(run=_check)
    write = commands.add_parser("write", help="write every page as plain Markdown, for any engine")
    write.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder to write into; it must be new or empty"
    )
    write.set_defaults(run=_write)
    handouts = commands.add_parser(
        "handouts", help="make the printed sheets as PDFs; exit 1 if one does not fit"
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
    handouts.set_defaults(run=_handouts)
    record = commands.add_parser(
        "record", help="keep what the printed sheets say now, so that paper can tell its age"
    )
    record.set_defaults(run=_record)
    flow = commands.add_parser("flow", help="look at the decision flows").add_subparsers(
        required=True, metavar="command"
    )
    diff = flow.add_parser(
        "diff",
        help="show for how many answers the advice went up or down; exit 1 if it was lowered and nobody signed",
    )
    diff.add_argument(
        "old", metavar="OLD", help="the version before: a project's folder, or a git revision of this one"
    )
    diff.add_argument(
        "new", metavar="NEW", nargs="?", help="the version now (default: this project as it is)"
    )
    diff.set_defaults(run=_diff)
    seen = commands.add_parser(
        "report",
        help="write as Markdown what readers will see; exit 1 if a result was lowered and nobody signed",
    )
    seen.add_argument(
        "old", metavar="BASE", help="the version before: a project's folder, or a git revision of this one"
    )
    seen.set_defaults(run=_report)
    sign = commands.add_parser("sign", help="write down that a clinician has reviewed a page as it is now")
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
    sign.set_defaults(run=_sign)
    fields = commands.add_parser(
        "fields", help="explain every field of a kind, such as 'cause'; alone, list the kinds"
    )
    fields.add_argument("kind", nargs="?", metavar="KIND")
    fields.set_defaults(run=_contribute("explain"))
    new = commands.add_parser(
        "new",
        help="write a new thing as a draft to fill in, such as 'new cause too-much-tea'; a symptom comes with all it needs",
    )
    new.add_argument("kind", metavar="KIND")
    new.add_argument("id", metavar="ID")
    new.set_defaults(run=_contribute("start"))
    form = commands.add_parser(
        "form", help="turn the answers of an issue form into a draft, or carry out a correction"
    )
    form.add_argument("kind", metavar="KIND", help="a kind that has a form, or 'correction'")
    form.add_argument("file", type=Path, metavar="FILE", help="the text of the issue")
    form.add_argument("--id", help="the id of the new thing (default: from its title)")
    form.set_defaults(run=_contribute("take"))
    renew = commands.add_parser(
        "schema",
        help="renew what is made from the model and the ids: schemas and VS Code's settings, and issue forms",
    )
    renew.set_defaults(run=_contribute("renew"))
    return parser


def _contribute(name: str) -> Callable[[argparse.Namespace, Path], int]:
    """A command for contributors, by the name of its function."""

    def run(options: argparse.Namespace, root: Path) -> int:
        from careguide.contribute import (
            commands,
        )  # not above, because a check needs none of it, and must be quick

        return getattr(commands, name)(options, root)

    return run


def _check(options: argparse.Namespace, root: Path) -> int:
    made = build(root, today=options.today)
    found = [*made.problems, *(_advice(options.advice, root) if options.advice is not None else ())]
    if found or options.format == "json":
        print(report(found, output_format=options.format))
    if options.format == "text":
        print(_summary(made))
    return int(made.blocked)


def _advice(base: str, root: Path) -> list[Problem]:
    """What could be plainer, in drafts too; with a base, only what is new since then."""
    from careguide.checks import advice  # likewise

    now = loader.load(root, root / ".cache")[0]
    if not base:
        return advice.advice(now, now.reading)
    with revisions.opened(base, root) as old:
        return advice.fresh(loader.load(old)[0], now)


def _summary(made: Site) -> str:
    problems = sum(problem.blocks for problem in made.problems)
    if made.blocked:
        return f"\n{problems} problem{'s' * (problems != 1)}."
    scores = [score for _, score in made.scores]
    words = sum(score.words for score in scores) or 1
    grade, smog, short = (
        sum(getattr(score, name) * score.words for score in scores) / words
        for name in ("grade", "smog", "short")
    )
    return f"{len(made.pages)} pages, no problems. Reading grade {grade:.1f} (SMOG {smog:.1f}); {short:.0%} of sentences have at most 15 words."


def _right(root: Path, today: datetime.date, **more: str) -> Site | None:
    """All that comes of the project. Where something is wrong: None, once it is told."""
    made = build(root, today=today, **more)
    if made.blocked:
        print(report(made.problems), file=sys.stderr)
        return None
    return made


def _write(options: argparse.Namespace, root: Path) -> int:
    if not (made := _right(root, options.today)):
        return 1
    if options.folder.is_file() or (options.folder.is_dir() and any(options.folder.iterdir())):
        print(f"{options.folder} must be new or empty\n  Tip: Choose another folder.", file=sys.stderr)
        return 2
    for path, text in [
        *((page.path, page.text) for page in made.pages),
        *((twin.path, twin.html) for twin in made.twins),
    ]:
        file = options.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print(f"{len(made.pages)} pages written to {options.folder}.")
    return 0


def _handouts(options: argparse.Namespace, root: Path) -> int:
    if not (made := _right(root, options.today, site_url=options.site_url)):
        return 1
    known = {name for each in made.handouts for name in (each.id, each.about)}
    if unknown := [each for each in options.about if each not in known]:
        tip = problems.nearest(unknown[0], known) or (
            f"There is {problems.one_of(sorted(known), last='and')}." if known else "There are no sheets yet."
        )
        print(f"{unknown[0]} must be a symptom, a remedy or a sheet\n  Tip: {tip}", file=sys.stderr)
        return 2
    files, misfits = pdfs(made, root, only=options.about)
    if misfits:
        print(report([*made.problems, *misfits]), file=sys.stderr)
        return 1
    for path, content in files.items():
        file = options.out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    print(f"{len(files)} PDFs written to {options.out}.")
    return 0


def _record(options: argparse.Namespace, root: Path) -> int:
    if not (made := _right(root, options.today)):
        return 1
    new = sheet_versions.unrecorded(made.handouts, sheet_versions.load(root)[0])
    before = (
        (root / sheet_versions.FILE).read_text(encoding="utf-8")
        if (root / sheet_versions.FILE).is_file()
        else ""
    )
    with (root / sheet_versions.FILE).open("a", encoding="utf-8", newline="\n") as file:
        file.write(
            "\n" * bool(before and not before.endswith("\n")) + sheet_versions.record(new, on=options.today)
        )
    print(
        f"{len(new)} of {len(made.handouts)} sheets recorded in {sheet_versions.FILE}; the others were there already."
    )
    return 0


def _diff(options: argparse.Namespace, root: Path) -> int:
    from careguide.flow import changes  # likewise

    with revisions.opened(options.old, root) as old, revisions.opened(options.new or str(root), root) as new:
        found, problems = changes.compare(loader.load(old)[0], loader.load(new)[0])
    for line in (line for each in found for line in changes.told(each)):
        print(line)
    if problems:
        print(report(problems))
    return int(bool(problems))


def _report(options: argparse.Namespace, root: Path) -> int:
    from careguide.contribute import difference  # likewise
    from careguide.contribute import report as change_report

    new = build(root, today=options.today)
    with revisions.opened(options.old, root) as folder:
        old = build(folder, today=options.today)
    found = difference.compare(old, new, today=options.today)
    print(change_report.markdown(found, old, new, site=os.environ.get("CAREGUIDE_SITE_URL", "")), end="")
    return int(bool(found.unsigned))


def _sign(options: argparse.Namespace, root: Path) -> int:
    now, problems = loader.load(root)
    on = options.on or options.today
    thing, wrong = reviews.reviewable(now, options.thing)
    wrong = wrong or reviews.complaint(options.by, on, options.due, today=options.today)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    path = now.origins[reviews.key(thing)].path
    if here := [each for each in problems if each.path == path]:
        print(report(here), file=sys.stderr)
        return 1
    signed = reviews.sign(now, thing, by=options.by, on=on, due=options.due)
    (root / path).write_text(
        reviews.signed((root / path).read_text(encoding="utf-8"), signed), encoding="utf-8"
    )
    print(f"{path}: reviewed by {signed.by} on {signed.on}, due again on {signed.due}.")
    return 0


def _day(text: str) -> datetime.date:
    """A day as a contributor types it."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"must be a date written as year-month-day, such as 2026-11-21, not '{text}'"
        ) from None
