"""The command line: the same core, without an engine."""

from __future__ import annotations

import argparse
import datetime
import io
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from . import FORMATS, Made, changes, contribute, guide, make, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 where all is well, 1 where something must be fixed, 2 for a wrong call."""
    options = _parser().parse_args(arguments)
    root = options.root.resolve()
    if not (root / "data").is_dir():
        print(f"{options.root} must be a Careguide project, but has no folder data/\n  Tip: Name the project with --root.", file=sys.stderr)
        return 2
    return options.run(options, root)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="careguide", description="Checks a guide's data and pages, and writes them as plain Markdown.")
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: here)")
    commands = parser.add_subparsers(required=True, metavar="command")
    check = commands.add_parser("check", help="show every problem; exit 1 if there is one")
    check.add_argument("--format", choices=FORMATS, default="text", help="how to show problems (default: text)")
    check.set_defaults(run=_check)
    write = commands.add_parser("write", help="write every page as plain Markdown, for any engine")
    write.add_argument("folder", type=Path, metavar="DIR", help="the folder to write into; it must be new or empty")
    write.set_defaults(run=_write)
    flow = commands.add_parser("flow", help="look at the decision flows").add_subparsers(required=True, metavar="command")
    diff = flow.add_parser("diff", help="show for how many answers the advice went up or down; exit 1 if it was lowered and nobody signed")
    diff.add_argument("old", metavar="OLD", help="the version before: a project's folder, or a git revision of this one")
    diff.add_argument("new", metavar="NEW", nargs="?", help="the version now (default: this project as it is)")
    diff.set_defaults(run=_diff)
    contribute.add(commands, today=datetime.date.today())
    return parser


def _check(options: argparse.Namespace, root: Path) -> int:
    made = make(root, today=datetime.date.today())
    if made.problems or options.format == "json":
        print(report(made.problems, format=options.format))
    if options.format == "text":
        print(_summary(made))
    return int(made.blocked)


def _summary(made: Made) -> str:
    problems = sum(problem.blocks for problem in made.problems)
    if made.blocked:
        return f"\n{problems} problem{'s' * (problems != 1)}."
    scores = [score for _, score in made.scores]
    words = sum(score.words for score in scores) or 1
    grade, smog, short = (sum(getattr(score, name) * score.words for score in scores) / words for name in ("grade", "smog", "short"))
    return f"{len(made.pages)} pages, no problems. Reading grade {grade:.1f} (SMOG {smog:.1f}); {short:.0%} of sentences have at most 15 words."


def _write(options: argparse.Namespace, root: Path) -> int:
    made = make(root, today=datetime.date.today())
    if made.blocked:
        print(report(made.problems), file=sys.stderr)
        return 1
    if options.folder.is_file() or (options.folder.is_dir() and any(options.folder.iterdir())):
        print(f"{options.folder} must be new or empty\n  Tip: Choose another folder.", file=sys.stderr)
        return 2
    for page in made.pages:
        file = options.folder / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.text, encoding="utf-8")
    print(f"{len(made.pages)} pages written to {options.folder}.")
    return 0


def _diff(options: argparse.Namespace, root: Path) -> int:
    with TemporaryDirectory() as folder:
        old = _version(options.old, root, Path(folder) / "old")
        new = _version(options.new, root, Path(folder) / "new") if options.new else root
        if not (old and new):
            name = options.new if old else options.old
            print(f"{name} must be a project's folder or a git revision of this one\n  Tip: Try 'careguide flow diff HEAD'.", file=sys.stderr)
            return 2
        found, problems = changes.compare(guide.load(old)[0], guide.load(new)[0])
    for line in (line for each in found for line in _told(each)):
        print(line)
    if problems:
        print(report(problems))
    return int(bool(problems))


def _version(name: str, root: Path, folder: Path) -> Path | None:
    """The folder of a version: the folder itself, or the data of a git revision unpacked into `folder`. None where there is neither."""
    if (Path(name) / "data").is_dir():
        return Path(name)
    packed = subprocess.run(["git", "archive", name, "data"], cwd=root, capture_output=True, check=False)
    if packed.returncode:
        return None
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _told(each: changes.Changes) -> Iterator[str]:
    """What changed in one flow: how much, then a line for each sign."""
    total = each.up + each.down + each.same
    yield f"{each.id}: of {total:,} combinations of answers {each.up:,} went up, {each.down:,} went down and {each.same:,} are unchanged."
    for way, signs in ("down", each.lowered), ("up", each.raised):
        for change in signs:
            whom = f" for {change.who}" if change.who else ""
            yield f"  {way}: {change.sign}, {change.said}{whom}: {change.before} → {change.after}"
