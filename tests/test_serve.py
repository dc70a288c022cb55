"""`make serve`: the site follows every change, and a mistake does not stop the server."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nginx import free_ports
from sites import copy_example

PATIENCE = 300
"""Seconds after which a change that has not shown up counts as lost."""


class Server:
    """A running `mkdocs serve` of a project that the test may change."""

    def __init__(self, root: Path, log: Path, port: int) -> None:
        self.root, self.log, self.address = root, log, f"http://127.0.0.1:{port}/"

    def text(self, path: str) -> str:
        """A page as a browser gets it; empty where there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, OSError):
            return ""

    def output(self) -> str:
        """What the terminal shows."""
        return self.log.read_text(encoding="utf-8")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The example guide, being served."""
    root, log = copy_example(tmp_path), tmp_path / "log.txt"
    [port] = free_ports(1)
    command = [str(Path(sys.executable).with_name("mkdocs")), "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (
        log.open("w") as output,
        subprocess.Popen(
            command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stdout=output, stderr=output
        ) as process,
    ):
        running = Server(root, log, port)
        _wait(lambda: "Dry air" in running.text("causes/dry-air/"))
        yield running
        process.terminate()


def _wait(seen: Callable[[], bool]) -> bool:
    """Whether something shows up before patience ends."""
    end = time.monotonic() + PATIENCE
    while not (found := seen()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_the_server_follows_new_and_changed_data_and_survives_a_mistake(server: Server) -> None:
    """A contributor adds a file with a mistake, reads what is wrong, mends it, and sees the page."""
    cause = server.root / "data" / "causes" / "dry-air.yml"
    right = cause.read_text(encoding="utf-8")

    named = server.root / "data" / "symptoms" / "nosebleed.yml"
    line = "  - cause: picking\n"
    says = "  - cause: cold-air\n    says: The cold dries the inside of your nose.\n"
    named.write_text(named.read_text(encoding="utf-8").replace(line, says + line), encoding="utf-8")
    (cause.parent / "cold-air.yml").write_text(right.replace("Dry air", "Cold air"), encoding="utf-8")
    assert _wait(lambda: "Cold air" in server.text("causes/cold-air/"))

    cause.write_text(right.replace("group: everyday", "group: everyda"), encoding="utf-8")
    message = (
        "data/causes/dry-air.yml:5: group must be one of everyday, underlying or serious, not 'everyda'\n"
        "  Tip: Did you mean 'everyday'?"
    )
    assert _wait(lambda: message in server.output())
    assert "Traceback" not in server.output()
    # The browser, which loads each page anew, says the same; it goes on asking whether that is mended.
    assert _wait(lambda: "<h1>The guide has problems</h1>" in server.text("symptoms/nosebleed/"))
    shown = server.text("symptoms/nosebleed/")
    assert message.split("\n", maxsplit=1)[0].replace("'", "&#39;") in shown
    assert "livereload" in shown

    cause.write_text(right.replace("Dry air makes", "Very dry air makes"), encoding="utf-8")
    assert _wait(lambda: "Very dry air makes" in server.text("causes/dry-air/"))

    before = server.output().count("Building documentation")
    for word in ("Quite", "Often"):
        text = cause.read_text(encoding="utf-8")
        cause.write_text(
            text.replace("Very dry", f"{word} dry").replace("Quite dry", f"{word} dry"), encoding="utf-8"
        )
        assert _wait(lambda word=word: f"{word} dry air makes" in server.text("causes/dry-air/"))
    assert _wait(lambda: "causes/dry-air.md is shown as it is now" in server.output())
    assert _wait(lambda: "Often dry air makes" in server.text("causes/"))
    assert _wait(lambda: server.output().count("Building documentation") > before)
