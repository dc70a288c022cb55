"""Built sites for the tests: each is built once, by the engine itself, and served over HTTP."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "example"
REPOSITORY = "https://github.com/careguide/guide"


def build(
    root: Path, site: Path, *, engine: str = "mkdocs", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Build a project strictly, as a fresh checkout would; `settings` are environment variables."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **settings}
    command = [str(Path(sys.executable).with_name(engine)), "build", "--strict", "--site-dir", str(site)]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built with a public address and a repository."""
    site = tmp_path_factory.mktemp("real") / "site"
    done = build(ROOT, site, CAREGUIDE_SITE_URL="https://guide.example/", CAREGUIDE_REPO_URL=REPOSITORY)
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example guide, built with nothing set."""
    site = tmp_path_factory.mktemp("example") / "site"
    done = build(EXAMPLE, site)
    assert done.returncode == 0, done.stderr
    return site


@functools.cache
def page(file: Path) -> BeautifulSoup:
    """A built page, parsed."""
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def styles(file: Path) -> str:
    """All styles that a built page asks for."""
    links = page(file).select("link[rel=stylesheet]")
    return "\n".join((file.parent / str(link["href"])).read_text(encoding="utf-8") for link in links)


def html_files(site: Path) -> list[Path]:
    """Every page of a built site, apart from the page for what is not found and the bare sheets."""
    return sorted(
        file for file in site.rglob("*.html") if file.name != "404.html" and file not in sheet_files(site)
    )


def sheet_files(site: Path) -> list[Path]:
    """The bare pages of all sheets."""
    return sorted((site / "handouts").glob("*/**/*.html"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a site as a real host does: a folder without a page is not found. Python's own listing would hide missing pages."""

    def end_headers(self) -> None:
        self.send_header(
            "LinkChecker", "welcome"
        )  # it asks at most twice a second of a host that does not say so
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
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


def copy_example(folder: Path) -> Path:
    """The example guide in a folder of its own, which a test may change."""
    root = folder / "project"
    shutil.copytree(EXAMPLE, root, ignore=shutil.ignore_patterns("*.[0-9]*", "__pycache__"))
    return root
