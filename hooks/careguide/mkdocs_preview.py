"""Under `serve`, a page that somebody edits is shown at once, with its list; the rest follows in a pause.

What is shown at once is a first look. It is not checked, and other pages still say what they said: both come
with the whole build, which begins as soon as nobody has saved a file for a moment.
"""

import logging
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from careguide import pipeline
from careguide.guide.guide import CONTENT
from careguide.guide.page import Page
from careguide.guide.page_paths import path_of
from careguide.model.kinds import DATA, TOPICS
from careguide.source import clock

PAUSE = 2.0
"""Seconds without a change after which the whole site is built."""
MOST = 4
"""The most files that are shown at once; more are no edit of a page."""
Stamps = dict[Path, tuple[int, int]]
"""When each file was changed, and its length."""
log = logging.getLogger("mkdocs.hooks.careguide")


@dataclass
class Built:
    """The site as the engine has built it as a whole."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: jinja2.Environment
    site: pipeline.Site
    stamps: Stamps
    """Its sources, as they were when it was begun."""

    @property
    def root(self) -> Path:
        """The project's folder."""
        return Path(self.config.config_file_path).parent


def stamps(config: MkDocsConfig) -> Stamps:
    """What a site is built from, as it is now."""
    found: Stamps = {}
    for watched in (config.docs_dir, config.config_file_path, *config.watch):
        place = Path(watched)
        for file in (place, *place.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                status = file.stat()
                found[file] = (status.st_mtime_ns, status.st_size)
    return found


class Preview:
    """Builds what a server shows after each change."""

    def __init__(
        self, server: LiveReloadServer, build: Callable[[], None], built: Callable[[], Built | None]
    ) -> None:
        """`build` builds the whole site; `built` is what came of it, or None where it failed."""
        self._build, self._built = build, built
        self._shown: Stamps = {}
        """The sources of what was shown at once."""
        self._folder = Path(tempfile.mkdtemp(prefix="careguide-"))
        """A file in here changes to call for the whole site: the server knows no other way."""
        self._pause: threading.Timer | None = None
        server.watch(str(self._folder))

    def build(self) -> None:
        """Show what has changed since: a page or two at once, else the whole site."""
        if self._pause:
            self._pause.cancel()
        if self._shows_at_once():
            self._pause = threading.Timer(PAUSE, self._call)
            self._pause.daemon = True
            self._pause.start()
        else:
            self._build()

    def close(self) -> None:
        """Leave nothing behind."""
        if self._pause:
            self._pause.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _call(self) -> None:
        self._folder.joinpath("paused").write_text(str(len(self._shown)), encoding="utf-8")

    def _shows_at_once(self) -> bool:
        """Whether the change was one of a page or two, which are now shown."""
        built = self._built()
        if not built:
            return False
        now = stamps(built.config)
        before, self._shown = self._shown, now
        if now == before or now.keys() != built.stamps.keys():  # nothing is new, or files came or went
            return False
        changed = [file for file, stamp in now.items() if stamp != built.stamps[file]]
        paths = edited(changed, built.root)
        drafts = bool(built.config.extra.get("drafts"))
        pages = None
        if paths:
            today = clock.today()
            pages = pipeline.rewritten(built.site, built.root, paths, today=today, with_drafts=drafts)
        for page in pages or ():
            _show(page, built)
            log.info("%s is shown as it is now; the whole site follows", page.path)
        return bool(pages)


def edited(files: Iterable[Path], root: Path) -> set[str]:
    """The pages that changed files are about, and the lists they stand on; none where any is about more."""
    found: set[str] = set()
    for number, file in enumerate(files, 1):
        if not file.is_relative_to(root):
            return set()
        place = PurePosixPath(file.relative_to(root).as_posix())
        kind = place.parent.name
        if place.parent == PurePosixPath(DATA, kind) and kind in TOPICS:
            found |= {path_of(kind, place.stem), f"{kind}/index.md"}
        elif place.parts[0] == CONTENT and place.suffix == ".md":
            found.add(place.relative_to(CONTENT).as_posix())
        else:
            return set()
        if number > MOST:
            return set()
    return found


def _show(page: Page, built: Built) -> None:
    """Make a page anew as the engine makes it, and write it where the server finds it."""
    config, file = built.config, built.files.get_file_from_path(page.path)
    if not file or not file.page:
        return
    shown = file.page
    file.content_string = page.text
    shown.read_source(config)
    text = shown.markdown or ""
    shown.markdown = config.plugins.on_page_markdown(text, page=shown, config=config, files=built.files)
    shown.render(config, built.files)
    html = shown.content or ""
    shown.content = config.plugins.on_page_content(html, page=shown, config=config, files=built.files)
    shown.active = True
    context = get_context(built.nav, built.files.documentation_pages(), config, shown)
    context = config.plugins.on_page_context(context, page=shown, config=config, nav=built.nav)
    template = built.env.get_template(shown.meta.get("template", "main.html"))
    output = config.plugins.on_post_page(template.render(context), page=shown, config=config)
    shown.active = False
    write_file(output.encode("utf-8", errors="xmlcharrefreplace"), file.abs_dest_path)
