"""The command line, for whoever puts the built site online."""

import argparse
import re
import sys
from pathlib import Path

from careguide.contribute.commands import write_files
from careguide.exports import records
from careguide.hosting import deploy, packing
from careguide.pipeline import build
from careguide.source.problems import StoppedError, WrongCallError, quoted, report

_PATH = re.compile(r"/[\w./-]*")
_NAMES = re.compile(r"_|[a-z0-9][a-z0-9.-]*(?: [a-z0-9][a-z0-9.-]*)*")


def deploy_to(options: argparse.Namespace, root: Path) -> None:
    """Print, or write, what a host needs; pack the built site where that is asked for."""
    place = _place(options)
    made = build(root, today=options.today, try_mutants=False)
    if made.blocked:
        raise StoppedError(report(made.problems))
    if options.pack:
        if not (options.pack / "index.html").is_file():
            message = f"{options.pack} must be a built site, but has no index.html"
            raise WrongCallError(message, "Build it first.")
        number = packing.pack(options.pack)
        print(f"{number} files packed in {options.pack}, each as .gz and .br.", file=sys.stderr)
    lines = [f"{records.root(each)}/guide.jsonl" for each in made.editions.values()]
    found = deploy.files(options.host, place, made.moved, lines)
    if options.out:
        write_files(options.out, found)
        print(f"{', '.join(found)} written to {options.out}.", file=sys.stderr)
        return
    for name, text in found.items():
        heading = f"# ---- {name} ----\n" if len(found) > 1 else ""
        print(f"{heading}{text}", end="")


def _place(options: argparse.Namespace) -> deploy.Place:
    """Where the site is to be served, as somebody typed it."""
    for option, value in (("--folder", options.folder), ("--certificate", options.certificate)):
        if value and not _PATH.fullmatch(value):
            must = "must be a path of letters, digits and -._/ from the root"
            message = f"{option} {must}, not {quoted(value)}"
            raise WrongCallError(message, f"Write it such as {deploy.FOLDER}.")
    if not _NAMES.fullmatch(options.name):
        message = f"--name must be names of the host in small letters, not {quoted(options.name)}"
        raise WrongCallError(message, "Write it such as guide.example, without https:// and /.")
    for option, port in (("--port", options.port), ("--tls-port", options.tls_port)):
        if not 0 < port < 65_536:
            message = f"{option} must be a number from 1 to 65535, not {port}"
            raise WrongCallError(message, "The usual ones are 80, and 443 with TLS.")
    return deploy.Place(options.folder, options.port, options.name, options.certificate, options.tls_port)
