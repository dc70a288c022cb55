"""This guide's page on its open data: its program runs, and lists what the guide says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from careguide.exports import fhir, open_data
from careguide.guide import drafts
from conftest import load
from sites import GUIDE, served

PAGE = GUIDE / "content" / "about" / "data.md"


def test_a_reusers_program_lists_the_emergency_signs(tmp_path: Path) -> None:
    """It is read out of the page and given the site's address: every emergency sign, with day and page."""
    guide = drafts.published(load(GUIDE))
    for path, content in open_data.files(guide).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with served(tmp_path) as address:
        done = subprocess.run(
            [sys.executable, "-c", program, address], capture_output=True, text=True, check=False
        )
    signs = guide.pick("criteria", guide.symptoms["neck-twitching"].signs)
    worst = [sign for sign in signs if sign.level == guide.ladder.worst]

    assert (0, "") == (done.returncode, done.stderr)
    assert len(program.splitlines()) <= 15
    assert len(worst) > 10
    listed = done.stdout.splitlines()
    assert [sign.sign for sign in worst] == listed[::2]
    for sign, told in zip(worst, listed[1::2], strict=True):
        assert "unreviewed" in told
        assert told.endswith(f"#{sign.id}")


def test_the_page_names_files_that_there_are() -> None:
    """Every address in it is one that the site has."""
    guide = drafts.published(load(GUIDE))
    named = re.findall(r"`((?:api|llms)[\w./-]+)`", PAGE.read_text(encoding="utf-8"))

    assert len(named) > 4
    assert (open_data.files(guide) | fhir.files(guide, "https://guide.example/")).keys() >= set(named)
