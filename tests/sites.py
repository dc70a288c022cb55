"""Built sites for the tests: each is built once, by the engine itself, and served over HTTP."""

from __future__ import annotations

import fcntl
import functools
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example"
GUIDE = Path(os.environ.get("CAREGUIDE_GUIDE", ROOT))
"""The guide that `tests/guide/` looks at: this one, or an edited copy of it."""
REPOSITORY = "https://github.com/careguide/guide"


def build(
    root: Path, site: Path, *, engine: str = "mkdocs", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Build a project strictly, as a fresh checkout would; `settings` are environment variables."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    command = [str(Path(sys.executable).with_name(engine)), "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def built(root: Path, name: str, factory: pytest.TempPathFactory, **settings: str) -> Path:
    """The site of a project, built once for a whole run, also where several processes share it."""
    run = factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else factory.getbasetemp()
    site = run / name
    with (run / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not site.is_dir():
            done = build(root, run / f"{name}.part", **settings)
            assert done.returncode == 0, done.stderr
            (run / f"{name}.part").rename(site)
    return site


def files(site: Path) -> dict[str, bytes]:
    """What a site is made of, apart from the packed list of its pages, which has the time in it."""
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*.*")
        if file.is_file() and file.suffix != ".gz"
    }


PUBLIC = {"CAREGUIDE_SITE_URL": "https://guide.example/", "CAREGUIDE_REPO_URL": REPOSITORY}
"""The settings of a site that is online."""


@pytest.fixture(scope="session")
def guide_root() -> Path:
    """The project behind `site`."""
    return EXAMPLE


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example guide, built with a public address and a repository."""
    return built(EXAMPLE, "site", tmp_path_factory, **PUBLIC)


@pytest.fixture(scope="session")
def bare_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example guide, built with nothing set."""
    return built(EXAMPLE, "bare-site", tmp_path_factory)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built with a public address and a repository."""
    return built(GUIDE, "real-site", tmp_path_factory, **PUBLIC)


@functools.cache
def page(file: Path) -> BeautifulSoup:
    """A built page, parsed."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def styles(file: Path) -> str:
    """All styles that a built page asks for."""
    links = page(file).select("link[rel=stylesheet]")
    return "\n".join((file.parent / str(link["href"])).read_text(encoding="utf-8") for link in links)


def first_view(file: Path) -> int:
    """How many bytes a host sends for a page with everything it asks for, compressed."""
    asks = "link[rel=icon][type*=svg], link[rel=preload], link[rel=stylesheet], script[src], img[src]"
    asked = [str(tag.get("src") or tag["href"]) for tag in page(file).select(asks)]
    files = {file, *((file.parent / each).resolve() for each in asked if "://" not in each)}
    return sum(_compressed(each) for each in files)


@functools.cache
def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes()))


@functools.cache
def html_files(site: Path) -> list[Path]:
    """Every page of a built site, apart from bare sheets, look-up by code and what is not found."""
    others = {site / "404.html", *sheet_files(site), *lookup_files(site)}
    return sorted(file for file in site.rglob("*.html") if file not in others)


@functools.cache
def lookup_files(site: Path) -> list[Path]:
    """The pages of codes."""
    return sorted(file for name in ("code", "infobutton") for file in (site / name).rglob("*.html"))


@functools.cache
def sheet_files(site: Path) -> list[Path]:
    """The bare pages of all sheets."""
    return sorted((site / "handouts").glob("*/**/*.html"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site as a real host does: a folder without a page is not found.

    Python's own listing would hide missing pages.
    """

    def end_headers(self) -> None:
        self.send_header(
            "LinkChecker", "welcome"
        )  # it asks at most twice a second of a host that does not say so
        self.send_header(
            "Cache-Control", "no-cache"
        )  # two sites may be served at one port, one after the other
        super().end_headers()

    def list_directory(self, _path: str | os.PathLike[str]) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """The address of a site served on this machine."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(handler, directory=site)
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def copy_example(folder: Path, name: str = "project") -> Path:
    """The example guide in a folder of its own, which a test may change."""
    root = folder / name
    shutil.copytree(
        EXAMPLE, root, ignore=shutil.ignore_patterns("*.[0-9]*", "__pycache__"), copy_function=copied
    )
    return root


def copied(source: str, target: str) -> None:
    """Copy a file, unless it went meanwhile: tests beside this one put away what the example keeps.

    What it keeps is many files, of which none is ever written into: each is replaced as a whole.
    """
    with suppress(FileNotFoundError):
        if ".cache" in Path(source).parts:
            with suppress(OSError):  # elsewhere than on the same disk
                os.link(source, target)
                return
        shutil.copy2(source, target)
