"""Every page of this guide, held against axe."""

from __future__ import annotations

from test_accessibility import test_no_page_breaks_a_rule  # noqa: F401 - run again, with this guide
