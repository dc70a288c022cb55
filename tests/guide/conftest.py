"""The tests in this folder look at this guide, where those of the generator look at the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import GUIDE

AUDITED = {
    "test_every_view_is_accessible",
    "test_nothing_scrolls_sideways_on_a_narrow_screen",
    "test_the_note_prints_alone_on_one_page",
}
"""What `make test` looks at on the example, and `make audit` on this guide too."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long checks of this guide are walked by `make audit`."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.name.partition("[")[0] in AUDITED:
            item.add_marker("every_view")


@pytest.fixture(scope="session")
def guide_root() -> Path:
    """The project behind `site`."""
    return GUIDE


@pytest.fixture(scope="session")
def site(real_site: Path) -> Path:
    """This guide, built with a public address and a repository."""
    return real_site
