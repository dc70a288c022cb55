"""What `careguide write` writes asks nothing of a theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from careguide.guide.page import Page
from careguide.pages.plain import plain
from careguide.pipeline import build
from conftest import EXAMPLE, TODAY


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    """The example's pages, as our theme takes them."""
    return {page.path: page for page in build(EXAMPLE, today=TODAY, try_mutants=False).pages}


def test_front_matter_says_what_every_engine_knows(pages: dict[str, Page]) -> None:
    """No template that another theme has not, and nothing for our frame."""
    for page in pages.values():
        front = plain(page.text).split("---\n")[1]
        assert re.fullmatch(r"title: .+\ndescription: .+\n", front), page.path


def test_no_mark_and_no_data_of_ours_is_left(pages: dict[str, Page]) -> None:
    """Nor what would stay hidden for ever without our script."""
    assert any("<!-- part:" in page.text and " hidden" in page.text for page in pages.values())
    for page in pages.values():
        body = plain(page.text)
        assert "<!--" not in body, page.path
        assert not re.search(r"<[a-z][^<>]* (?:hidden\b|data-)", body), page.path


def test_every_word_that_a_reader_sees_stays(pages: dict[str, Page]) -> None:
    """Here of a check, with its questions and results as one list, and of a page with numbers by country."""
    check = plain(pages["check/nosebleed.md"].text)
    assert "Is this happening now?" in check
    assert '<p class="flow-paper">' in check
    help_ = pages["when-to-get-help.md"].text
    for line in help_.splitlines():
        if line.startswith(("- ", "#")):
            assert line in plain(help_)


def test_the_drawings_come_along(tmp_path: Path) -> None:
    """A page shows them from beside it."""
    from careguide.cli import main

    assert 0 == main(["--root", str(EXAMPLE), "write", str(tmp_path / "out")])
    text = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "out").rglob("*.md"))
    shown = set(re.findall(r"\]\((?:\.\./)*(assets/[\w/.-]+)\)", text))

    assert shown
    assert all((tmp_path / "out" / each).is_file() for each in shown)
