"""A site that is opened from a disk, without a host and without a network; and as one file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import NAMES, becomes, until
from careguide.cli import main
from careguide.hosting import offline
from conftest import Start
from playwright.sync_api import Browser, Page
from sites import EXAMPLE, PUBLIC, copy_example, page


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example guide, built for a disk, with `guide.zip` beside it."""
    folder = tmp_path_factory.mktemp("offline")
    root = copy_example(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in PUBLIC.items():
            patch.setenv(name, value)
        assert 0 == main(["--root", str(root), "build", "--offline", "--zip", str(folder / "guide.zip")])
    (root / "site-offline").rename(folder / "site")
    return folder / "site"


def test_a_zip_is_for_a_disk(capsys: pytest.CaptureFixture[str]) -> None:
    """A site for a host would not open from one."""
    assert 2 == main(["--root", str(EXAMPLE), "build", "--zip", "guide.zip"])
    assert "--zip must come with --offline" in capsys.readouterr().err


def test_a_link_to_a_folder_names_its_page() -> None:
    """Any other stays as it is."""
    for address, local in (
        ("causes/dry-air/", "causes/dry-air/index.html"),
        ("../../when-to-get-help/#emergency", "../../when-to-get-help/index.html#emergency"),
        ("../?in=uk#top", "../index.html?in=uk#top"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("../..", "../../index.html"),
        ("#top", "#top"),
        ("", ""),
        ("sheet-a4.pdf", "sheet-a4.pdf"),
        ("https://guide.example/causes/", "https://guide.example/causes/"),
        ("mailto:desk@clinic.example", "mailto:desk@clinic.example"),
        ("tel:555", "tel:555"),
    ):
        assert f'<a class="x" href="{local}">' == offline.with_files(f'<a class="x" href="{address}">')
        assert f'content="0; url={local}"' == offline.with_files(f'content="0; url={address}"')


def test_every_link_leads_to_a_file(disk: Path) -> None:
    """Nobody adds a page, and nothing starts at the top of a host."""
    files = sorted(disk.rglob("*.html"))
    assert len(files) > 40
    assert not (disk / "worker.js").exists()  # it is for a host
    for file in files:
        for tag in page(file).select("a[href], link[href], script[src], img[src]"):
            address = str(tag.get("href") or tag.get("src"))
            path = address.partition("#")[0].partition("?")[0]
            if path and ":" not in path:
                assert (file.parent / path).is_file(), f"{file.relative_to(disk)}: {address}"


def test_one_file_holds_all_and_no_day(disk: Path, tmp_path: Path) -> None:
    """Two that were made of one site are the same; unpacked, it stands in a folder of its own."""
    made = disk.with_name("guide.zip")
    with zipfile.ZipFile(made) as whole:
        names = set(whole.namelist())
        whole.extractall(tmp_path)
    size = offline.archive(tmp_path / "guide", tmp_path / "again.zip", "guide")  # files of another day

    assert made.read_bytes() == (tmp_path / "again.zip").read_bytes()
    assert size == made.stat().st_size
    assert {f"guide/{file.relative_to(disk)}" for file in disk.rglob("*") if file.is_file()} == names
    assert "guide/handouts/nosebleed/nosebleed-a4.pdf" in names


@pytest.fixture(scope="module", params=NAMES)
def browser(request: pytest.FixtureRequest, start: Start) -> Browser:
    """Chromium, and Firefox."""
    return start(request.param)


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab without a network, that notes what is asked for beyond the disk."""
    without = {"offline": True} if browser.browser_type.name == "chromium" else {}
    with browser.new_page(**without) as tab:
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        yield tab
        assert asked or without == {}  # Firefox does not tell of files
        assert [] == [each for each in asked if not each.startswith(("file:", "data:"))]


def test_a_reader_finds_their_way_from_a_disk(tab: Page, disk: Path) -> None:
    """Reads in the guide's own letters, follows links, searches, is asked to a result, and opens a sheet."""
    tab.goto((disk / "index.html").as_uri())
    until(tab, lambda: tab.evaluate("[...document.fonts].some((each) => each.status === 'loaded')"))

    tab.locator("main a[href^='symptoms/']").first.click()
    tab.wait_for_url(f"{(disk / 'symptoms').as_uri()}/**")

    tab.locator("header [data-does=search]").click()
    tab.keyboard.type("dry air")
    tab.locator(".search__pages a").first.click()
    tab.wait_for_url((disk / "causes/dry-air/index.html").as_uri())

    tab.goto((disk / "check/nosebleed/index.html").as_uri())
    for _ in range(2):  # who it is for, and the first danger
        tab.locator(".is-now .flow-line__control").first.click()
    assert tab.locator(".flow--ended .is-now .result__name").inner_text()

    tab.goto((disk / "handouts/index.html").as_uri())
    tab.locator("a[href='nosebleed/tailor/index.html']").first.click()
    tab.locator("form [value=letter]").check()
    becomes(tab, lambda: tab.evaluate("document.documentElement.dataset.paper"), "letter")
