"""The tests in this folder look at this guide, where those of the generator look at the example."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import GUIDE


@pytest.fixture(scope="session")
def guide_root() -> Path:
    """The project behind `site`."""
    return GUIDE


@pytest.fixture(scope="session")
def site(real_site: Path) -> Path:
    """This guide, built with a public address and a repository."""
    return real_site
