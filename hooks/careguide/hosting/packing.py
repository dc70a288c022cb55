"""Files packed beforehand, for hosts that send what is packed already: smaller than a host would make them.

They are the same bytes on any day, so a copy of the site that was not changed is not sent again.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

from careguide.source import text_files

SUFFIXES = (".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonl", ".md", ".svg", ".txt", ".xml")
"""The ends of names of files that get smaller. Letters and pictures are packed by themselves."""
_LEAST = 256
"""From so many bytes on it is worth it."""


def pack(site: Path) -> int:
    """Write each file that gets smaller once more as `.gz` and `.br`, beside it. Returns how many there are.

    What was packed before, and what it was made of is gone, is deleted. Raises an OSError.
    """
    for file in (*site.rglob("*.gz"), *site.rglob("*.br")):
        if file.with_suffix("").suffix in SUFFIXES:
            file.unlink()
    number = 0
    for file in _texts(site):
        content = file.read_bytes()
        for suffix, packed in (
            (".gz", gzip.compress(content, 9, mtime=0)),
            (".br", brotli.compress(content, mode=brotli.MODE_TEXT, quality=11)),
        ):
            text_files.write(file.with_name(file.name + suffix), packed)
        number += 1
    return number


def _texts(site: Path) -> Iterator[Path]:
    for file in sorted(site.rglob("*")):
        if file.suffix in SUFFIXES and file.is_file() and file.stat().st_size >= _LEAST:
            yield file
