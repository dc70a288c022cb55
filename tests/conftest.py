"""What the tests of the core share: the example guide with changes, and all that is wrong with it."""

from __future__ import annotations

import datetime
import functools
import gc
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import careguide
import pytest
from browsers import launch
from careguide import pipeline
from careguide.guide import loader as guides
from careguide.guide.guide import Guide
from careguide.source import cache, clock
from careguide.source.problems import Problem
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sites import copied, served

TESTS = Path(__file__).parent
EXAMPLE = TESTS / "example"
TODAY = datetime.date(2026, 11, 21)
"""The day on which the tests of the core take place."""

Project = Callable[..., Path]
Start = Callable[..., Browser]
Window = Callable[..., BrowserContext]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --refresh` writes the expected pages and messages anew: read the difference before you keep it.

    `--every-view` belongs to `make audit`.
    """
    parser.addoption(
        "--refresh", action="store_true", help="write tests/expected/ and tests/wrong/messages.txt anew"
    )
    parser.addoption(
        "--every-view",
        action="store_true",
        help="check every page for accessibility at both widths, light and dark, and every view of a flow, "
        "and all of a flow in Firefox too",
    )


def pytest_configure() -> None:
    """A run is of the day on which it began, in all its processes and past midnight."""
    os.environ.setdefault(clock.VARIABLE, clock.today().isoformat())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What does not differ between browsers is looked at in one: that saves minutes.

    What fails in a browser is played once more, because a busy machine may keep one waiting beyond any limit;
    the end of the run names it as 'RERUN'.
    """
    for item in items:
        if "start" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if config.getoption("--every-view"):
        return
    left = []
    for item in items:
        in_one = item.get_closest_marker("chromium_is_enough") and "firefox" in item.name
        if in_one or item.get_closest_marker("every_view"):
            left.append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def pytest_collection_finish() -> None:
    """What was made so far stays to the end: it is not looked through again and again for what may go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _one_store_of_templates() -> Iterator[None]:
    """Every project takes its compiled templates from the example: they are read once, and not for each."""
    kept = cache.store(EXAMPLE, "templates")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            pipeline, "store", lambda root, name: kept if name == "templates" else cache.store(root, name)
        )
        yield


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Makes a project like the example, with files added or changed; a file given as None is left out.

    Each stands in the place of the one before.
    """

    def make(*changes: Mapping[str, str | bytes | None]) -> Path:
        root = tmp_path / "project"
        shutil.rmtree(root, ignore_errors=True)
        # Of sheets and cards, none is kept from other tests.
        ignored = shutil.ignore_patterns("handouts", "cards", "*.[0-9]*")
        shutil.copytree(EXAMPLE, root, ignore=ignored, copy_function=copied)
        for path, content in {path: content for each in changes for path, content in each.items()}.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                file.unlink()
            else:
                file.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the guide is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def start() -> Iterator[Start]:
    """Starts a browser by its name, once for a whole run."""
    with sync_playwright() as playwright, ExitStack() as running:

        @functools.cache
        def start(name: str, *, script: bool = True) -> Browser:
            return running.enter_context(launch(playwright, name, script=script))

        yield start


@pytest.fixture(scope="session")
def browser(start: Start) -> Browser:
    """Chromium."""
    return start("chromium")


@pytest.fixture(scope="session")
def window() -> Window:
    """Opens a window like this in a browser, once for a whole run: a window takes far longer than a tab.

    Whoever keeps something in a browser needs a window of their own.
    """
    windows: dict[tuple[Browser, str], BrowserContext] = {}

    def window(browser: Browser, **like: object) -> BrowserContext:
        key = browser, json.dumps(like, sort_keys=True)
        if key not in windows:
            windows[key] = browser.new_context(**like)
            windows[key].new_page()  # with its last tab a window would close
        return windows[key]

    return window


@pytest.fixture
def tab(browser: Browser, window: Window) -> Iterator[Page]:
    """A phone's screen, on which a test may add a style; `test_policy.py` holds pages to what they allow."""
    with window(browser, viewport={"width": 360, "height": 800}, bypass_csp=True).new_page() as tab:
        yield tab


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> datetime.date:
    """The command line takes place on the tests' day too."""
    monkeypatch.setenv(clock.VARIABLE, TODAY.isoformat())
    return TODAY


def changed(path: str, *changes: tuple[str, str]) -> dict[str, str]:
    """A file of the example with some words replaced, as `project` takes it."""
    text = (EXAMPLE / path).read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{path} must have {old!r} once"
        text = text.replace(old, new)
    return {path: text}


def article(body: str, *, title: str = "A page", description: str = "A page of its own.") -> str:
    """A hand-written page. Its body starts on line 6."""
    return f"---\ntitle: {title}\ndescription: {description}\n---\n\n{body}"


def load(root: Path) -> Guide:
    """The guide under a folder."""
    return loaded(root)[0]


def loaded(root: Path) -> tuple[Guide, list[Problem]]:
    """The guide under a folder, and what is wrong with it; what is known of the example's files counts."""
    return guides.load(root, cache.opened(root)[0])


def problems(root: Path, *, today: datetime.date = TODAY) -> str:
    """All that is wrong with a project, as a contributor reads it."""
    return careguide.report(_made(root, today).problems)


@functools.cache
def published(root: Path) -> careguide.Site:
    """All that comes today of a guide that no test changes, with a public address."""
    return careguide.build(root, today=clock.today(), site_url="https://guide.example/")


def page(root: Path, path: str, *, today: datetime.date = TODAY) -> str:
    """One page of a project, as Markdown."""
    return next(each.text for each in _made(root, today).pages if each.path == path)


_MADE: dict[tuple[datetime.date, str], careguide.Site] = {}
"""What was made last, by the day and by what all files of the project hold: many tests ask it of the same."""


def _made(root: Path, today: datetime.date) -> careguide.Site:
    held = hashlib.sha256()
    for file in sorted(root.rglob("*")):
        if ".cache" not in file.parts:
            content = file.read_bytes() if file.is_file() else b""
            held.update(
                f"{file.relative_to(root)} {file.lstat().st_mode} {len(content)}\n".encode() + content
            )
    key = today, held.hexdigest()
    if key not in _MADE:
        if len(_MADE) > 3:
            _MADE.pop(next(iter(_MADE)))
        _MADE[key] = careguide.build(root, today=today)
    return _MADE[key]
