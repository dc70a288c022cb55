"""The engine, run as a program of its own: whoever has a guide need not know which one it is.

What it builds is the same as when it is called by its own name. The core imports no engine; it starts one.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from careguide.checks import mkdocs_settings
from careguide.hosting import offline
from careguide.source import clock
from careguide.source.problems import StoppedError, WrongCallError, report

SETTINGS = "mkdocs.yml"
OFFLINE = "site-offline"
"""Where a site for a disk is built."""


def build(options: argparse.Namespace, root: Path) -> int:
    """Build the site, with every printed sheet."""
    if options.zip and not options.offline:
        raise WrongCallError("--zip must come with --offline", "Other sites are for a host, not for a disk.")
    folder: Path | None = options.site_dir
    if options.offline and not folder:
        folder = root / OFFLINE
    into = ["--site-dir", str(folder.resolve())] if folder else []
    settings = {clock.VARIABLE: options.today.isoformat()}  # the whole site is of one day, also past midnight
    if options.offline:
        settings["CAREGUIDE_OFFLINE"] = "true"
    code = _run(root, "build", "--strict", *into, **settings)
    if options.zip and folder and not code:
        size = offline.archive(folder, options.zip, options.zip.stem)
        print(f"{options.zip} written: {size / 1e6:.1f} MB. Unpack it, and open index.html.")
    return code


def serve(options: argparse.Namespace, root: Path) -> int:
    """Show the site on this machine, drafts included, and follow every change, until it is stopped."""
    return _run(root, "serve", "--dev-addr", options.address, CAREGUIDE_DRAFTS="true")


def _run(root: Path, *arguments: str, **settings: str) -> int:
    """Run the engine in a project's folder, and return its exit code. What it says is shown as it says it."""
    if not os.path.lexists(root / SETTINGS):
        message = f"{root} must have {SETTINGS}, the settings of the site"
        raise WrongCallError(message, "Take it from a guide that 'careguide init DIR' makes.")
    if found := mkdocs_settings.unusable(root):
        raise StoppedError(report(found))
    # Its notice about a version to come does not concern this one, which pins it out.
    known = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    with subprocess.Popen([sys.executable, "-m", "mkdocs", *arguments], cwd=root, env=known) as engine:
        try:
            return engine.wait()
        except KeyboardInterrupt:  # the engine was told to stop too, and says so itself
            return engine.wait()
