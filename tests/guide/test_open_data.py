"""This guide's page on its open data: its program runs, and lists what the guide says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from careguide.exports import open_data
from careguide.pipeline import Site
from conftest import published
from jsonschema import Draft202012Validator
from sites import GUIDE, served

PAGE = GUIDE / "content" / "about" / "data.md"


@pytest.fixture(scope="module")
def made() -> Site:
    """This guide, as it is published."""
    return published(GUIDE)


def test_a_reusers_program_lists_the_emergency_signs(tmp_path: Path, made: Site) -> None:
    """It is read out of the page and given the site's address: every emergency sign, with day and page."""
    guide = made.guide
    for path, content in open_data.files({"": guide}).items():
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
    assert [sign.sign for sign in worst] == listed[::3]
    for sign, checked, place in zip(worst, listed[1::3], listed[2::3], strict=True):
        assert checked.endswith("unreviewed")
        assert place.endswith(f"#{sign.id}")


def test_the_page_names_files_that_there_are(made: Site) -> None:
    """Every address in it is one that the site has."""
    named = re.findall(r"`((?:api|llms)[\w./-]+)`", PAGE.read_text(encoding="utf-8"))

    assert len(named) > 4
    assert made.make_exports().keys() >= set(named)


def test_the_spanish_records_say_what_the_english_ones_do(made: Site) -> None:
    """The same ids, levels and sources; each has its form, names its original and is reviewed by nobody."""
    files = open_data.files(made.editions)
    of_both, forms = {}, {}
    for name in ("", "es/"):
        lines = files[f"api/v1/{name}guide.jsonl"].splitlines()
        of_both[name] = {(each["type"], each["id"]): each for each in map(json.loads, lines)}
    english, spanish = of_both[""], of_both["es/"]

    assert len(spanish) > 100
    for key, record in spanish.items():
        original = english[key]
        if key[0] not in forms:
            forms[key[0]] = Draft202012Validator(json.loads(files[f"api/v1/schema/{key[0]}.json"]))
        assert forms[key[0]].is_valid(record)
        assert (record["level"] or {}).get("id") == (original["level"] or {}).get("id")
        assert record["sources"] == original["sources"]
        assert record["translation"]["language"] == original["language"]
        assert "unreviewed" == record["review"]["state"]
    signs = {name for type_, name in spanish if type_ == "sign"}
    assert signs == {name for type_, name in english if type_ == "sign"}
