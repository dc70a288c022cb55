"""The command line: the same core, without an engine. Here it is said which commands there are."""

import argparse
import datetime
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from careguide.contribute import commands, engine, hosts, init, publishing, remove, services, translate
from careguide.contribute.commands import write_files
from careguide.contribute.starter_guide import countries
from careguide.guide import loader, reviews
from careguide.hosting import deploy
from careguide.model.kinds import DATA, LISTS, PLURALS
from careguide.source import clock, project
from careguide.source.digests import version
from careguide.source.problems import FORMATS, StoppedError, WrongCallError, nearest, one_of, quoted, report


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; without one, show what there is.

    Returns the exit code: 0 where all is well, 1 where something must be fixed, 2 for a wrong call.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.run:
        parser.print_help()
        return 0
    root: Path | str = options.root or "."
    try:
        root = project.folder(options.root)
        run: _Command = options.run if options.anywhere or (root / DATA).is_dir() else _no_project
        options.today = options.today or clock.today()
        return run(options, root) or 0
    except StoppedError as error:
        print(error, file=sys.stderr)
        return 1
    except WrongCallError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # whoever reads it has seen enough
        raise
    except OSError as error:  # a full disk, or what this user may not read or write
        print(f"{error.filename or root}: {error.strerror or error}", file=sys.stderr)
    return 2


def _no_project(options: argparse.Namespace, root: Path) -> NoReturn:
    message = f"{options.root or root} must be a Careguide project, but has no folder {DATA}/"
    raise WrongCallError(message, "Name the project with --root, or start one with 'careguide init DIR'.")


_Command = Callable[[argparse.Namespace, Path], int | None]
"""What runs a command in a project's folder. Returns the exit code, if it is another than 0."""


class _Parser(argparse.ArgumentParser):
    """A parser that names the choice that may have been meant."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            names = list(map(str, action.choices))
            tip = nearest(str(value), names)
            message = f"must be one of {one_of(names)}, not {quoted(value)}. {tip}"
            raise argparse.ArgumentError(action, message.strip())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="careguide",
        description="Turns a guide's checked data and pages into a health site with printed sheets.",
        epilog="'careguide COMMAND --help' says more of one.",
    )
    parser.set_defaults(run=None, anywhere=False)
    installed = f"careguide {version('careguide') or '(not installed)'}"
    parser.add_argument("--version", action="version", version=installed)
    looked_for = "the project's folder (default: here, or the nearest one upwards)"
    parser.add_argument("--root", type=Path, metavar="DIR", help=looked_for)
    day = f"the day on which it takes place (default: ${clock.VARIABLE}, else today in UTC)"
    parser.add_argument("--today", type=_day, metavar="DATE", help=day)
    known = parser.add_subparsers(metavar="COMMAND", title="commands", parser_class=_Parser)
    _add_starting(known)
    _add_making(known)
    _add_comparing(known)
    _add_contributing(known)
    return parser


def _add(
    known: Any, name: str, run: _Command, summary: str, *, anywhere: bool = False
) -> Callable[..., argparse.Action]:
    """Add a command; `anywhere` if it needs no project. Returns what adds an argument to it."""
    sentence = f"{summary[0].upper()}{summary[1:]}."
    command: argparse.ArgumentParser = known.add_parser(name, help=summary, description=sentence)
    command.set_defaults(run=run, anywhere=anywhere)
    return command.add_argument


def _add_making(known: Any) -> None:
    check = _add(known, "check", publishing.check, "show every problem; exit 1 if there is one")
    check("--format", choices=FORMATS, default="text", help="how to show problems (default: text)")
    plainer = "say too which sentences could be plainer; with BASE only those new since then"
    check("--advice", metavar="BASE", nargs="?", const="", help=plainer)
    words = "count the words of every page, beside its budget, and what is repeated"
    check("--words", action="store_true", help=words)
    summary = "list the countries: which numbers are old, and what no official page confirms"
    _add(known, "services", services.listed, summary)
    summary = "build the site, with every printed sheet; whatever is wrong, the site before stays"
    site = _add(known, "build", engine.build, summary)
    folder = f"the folder to build it in (default: site; {engine.OFFLINE} with --offline)"
    site("--site-dir", type=Path, metavar="DIR", help=folder)
    summary = "build a site that is opened from a disk, without a host"
    site("--offline", action="store_true", help=summary)
    site("--zip", type=Path, metavar="FILE", help="with --offline: write it as one file too, to hand on")
    summary = "show the site on this machine, drafts included, and follow every change"
    serve = _add(known, "serve", engine.serve, summary)
    serve("--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="where (default: 127.0.0.1:8000)")
    summary = "write every page as plain Markdown, for any engine"
    write = _add(known, "write", publishing.write, summary)
    write("folder", type=Path, metavar="DIR", help="the folder to write into; it must be new or empty")
    summary = "make the printed sheets as PDFs; exit 1 if one does not fit"
    handouts = _add(known, "handouts", publishing.print_sheets, summary)
    handouts("about", nargs="*", metavar="ID", help="a symptom, a remedy or a sheet (default: all sheets)")
    into = "the folder to write into (default: handouts)"
    handouts("--out", type=Path, default=Path("handouts"), metavar="DIR", help=into)
    about = "the address to print (default: $CAREGUIDE_SITE_URL)"
    handouts("--site-url", default=os.environ.get("CAREGUIDE_SITE_URL", ""), metavar="URL", help=about)
    _add_deploying(known)
    summary = "keep what the printed sheets say now, so that paper can tell its age"
    _add(known, "record", publishing.record, summary)


def _add_deploying(known: Any) -> None:
    summary = "print what a host needs beside the built site: headers, redirects, how long to keep what"
    deploys = _add(known, "deploy", hosts.deploy_to, summary)
    deploys("host", choices=list(deploy.HOSTS), metavar="HOST", help=one_of(list(deploy.HOSTS)))
    deploys("--out", type=Path, metavar="DIR", help="write the files into this folder (default: print them)")
    packed = "pack the built site in this folder, for nginx: each text once more as .gz and .br"
    deploys("--pack", type=Path, metavar="SITE", help=packed)
    where = f"the site's folder on the host (default: {deploy.FOLDER})"
    deploys("--folder", default=deploy.FOLDER, metavar="PATH", help=where)
    deploys("--name", default="_", metavar="NAMES", help="the host's names (default: any)")
    deploys("--port", type=int, default=80, metavar="N", help="where it is asked without TLS (default: 80)")
    keys = "the folder on the host with fullchain.pem and privkey.pem, for TLS (default: no TLS)"
    deploys("--certificate", default="", metavar="PATH", help=keys)
    with_tls = "where it is asked with TLS (default: 443)"
    deploys("--tls-port", type=int, default=443, metavar="N", help=with_tls)


def _add_comparing(known: Any) -> None:
    before = "the version before: a project's folder, or a git revision of this one"
    look = "look at the decision flows"
    flow = known.add_parser("flow", help=look, description=f"{look.capitalize()}.")
    summary = (
        "show for how many answers the advice went up or down; exit 1 if it was lowered and nobody signed"
    )
    inner = flow.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    diff = _add(inner, "diff", publishing.compare, summary)
    diff("old", metavar="OLD", help=before)
    diff("new", metavar="NEW", nargs="?", help="the version now (default: this project as it is)")
    summary = "write as Markdown what readers will see; exit 1 if a result was lowered and nobody signed"
    _add(known, "report", publishing.report_change, summary)("old", metavar="BASE", help=before)


def _add_starting(known: Any) -> None:
    summary = "start a guide in a folder of its own; it asks for what is not given, and writes over no file"
    new = _add(known, "init", init.init, summary, anywhere=True)
    new("folder", type=Path, metavar="DIR", help="the folder; it is made if it is not there")
    new("--name", help="the guide's name (default: that of the folder)")
    new("--owner", help="who publishes it (default: its name)")
    new("--country", metavar="ID", help=f"{one_of(countries())}; several with commas (default: gb)")
    new("--lang", metavar="TAG", help="its language, such as en-US or es (default: the country's English)")
    new("--symptom", metavar="ID", help="the id of its first symptom, which is a draft")
    new("--wheel", metavar="FILE", help="Careguide for its requirements: a wheel, or its address#sha256=HASH")
    new("--yes", action="store_true", help="ask nothing, and take what is usual")


def _add_contributing(known: Any) -> None:
    sign = _add(known, "sign", _sign, "write down that a clinician has reviewed something as it is now")
    reviewed = "what was reviewed, such as cause:caffeine or criterion:choking, or its file"
    sign("thing", metavar="KIND:ID", help=reviewed)
    who = (
        "name of the reviewer, who must have agreed to be named, and stand under 'reviewers' in data/site.yml"
    )
    sign("--by", required=True, help=who)
    sign("--on", type=_day, help="day of the review (default: today)")
    sign("--due", type=_day, help="day of the next review (default: a year later)")
    kinds = one_of(PLURALS)
    summary = "explain every field of a kind, such as 'cause'; alone, list the kinds"
    fields = _add(known, "fields", commands.explain, summary, anywhere=True)
    fields("kind", nargs="?", metavar="KIND", help=kinds)
    summary = "write a new thing as a draft to fill in, such as 'new cause too-much-tea'"
    new = _add(known, "new", commands.start, f"{summary}; a symptom comes with all it needs")
    new("kind", metavar="KIND", help=kinds)
    new("id", metavar="ID", help="its id: small letters, digits and hyphens, never used before")
    summary = "take a thing out again; where something names it, list these places instead, worst first"
    removing = _add(known, "remove", remove.remove, summary)
    removing("kind", metavar="KIND", help=kinds)
    removing("id", metavar="ID", help="its id")
    summary = "turn the answers of an issue form into a draft, or carry out a correction"
    form = _add(known, "form", commands.take, summary)
    form("kind", metavar="KIND", help="a kind that has a form, or 'correction'")
    form("file", type=Path, metavar="FILE", help="the text of the issue")
    form("--id", help="the id of the new thing (default: from its title)")
    summary = "list what is missing of a translation such as 'es', and what the original has changed since"
    language = _add(known, "translate", translate.translate, summary)
    language("language", metavar="LANGUAGE")
    mark = "write fingerprints of what was translated, where they are missing; with IDs, those of these anew"
    language("--stamp", nargs="*", metavar="ID", help=mark)
    summary = "renew what is made from the model and the ids: help for editors, and issue forms"
    _add(known, "schema", commands.renew, summary)


def _day(text: str) -> datetime.date:
    """A day as a contributor types it."""
    try:
        return clock.day(text)
    except ValueError:
        must = "must be a date written as year-month-day, such as 2026-11-21"
        raise argparse.ArgumentTypeError(f"{must}, not '{text}'") from None


def _sign(options: argparse.Namespace, root: Path) -> None:
    now, problems = loader.load(root)
    on = options.on or options.today
    thing = reviews.reviewable(now, options.thing)
    by = reviews.signer(now, options.by)
    reviews.check_days(on, options.due, today=options.today)
    kind, id_ = reviews.key(thing)
    origin = now.origins[kind, id_]
    path = origin.path
    here = [problem for problem in problems if problem.path == path]
    if here:
        raise StoppedError(report(here))
    review = reviews.sign(now, thing, by=by, on=on, again=options.due)
    text = (root / path).read_text(encoding="utf-8")
    write_files(root, {path: reviews.signed(text, review, line=origin.line() if kind in LISTS else 0)})
    name = f"{path}, {id_}" if kind in LISTS else path
    print(f"{name}: reviewed by {review.by} on {review.on}, due again on {review.due}.")
