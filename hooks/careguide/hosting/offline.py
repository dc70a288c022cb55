"""A site that is opened from a disk, where nobody adds the page of a folder; and a site as one file."""

import io
import re
import zipfile
from pathlib import Path

from careguide.source import text_files

_ADDRESS = re.compile(r'(?P<start>\bhref="|\bcontent="0; url=)(?P<path>[^":?#]*)(?P<rest>[^"]*")')
_OF_A_HOST = ("404.html", "sitemap.xml", "sitemap.xml.gz")
"""Files that only a host asks for."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day that such a file knows: so it holds none of its own."""


def make_local(site: Path) -> None:
    """Let every link of a built site name the file that it leads to. Raises an OSError."""
    for name in _OF_A_HOST:
        (site / name).unlink(missing_ok=True)
    for file in filter(Path.is_file, site.rglob("*.html")):
        file.write_text(with_files(file.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


def with_files(html: str) -> str:
    """A page whose links name files: 'causes/dry-air/' → 'causes/dry-air/index.html'."""
    return _ADDRESS.sub(lambda found: f"{found['start']}{_file(found['path'])}{found['rest']}", html)


def _file(path: str) -> str:
    if path.endswith("/") and not path.startswith("/"):
        return f"{path}index.html"
    return f"{path}/index.html" if path.rpartition("/")[2] in (".", "..") else path


def archive(site: Path, file: Path, folder: str) -> int:
    """Write a site as one zip, in a `folder`, the same on any day; returns its size. Raises an OSError."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compresslevel=9) as whole:
        for each in sorted(site.rglob("*")):
            if each.is_file():
                entry = zipfile.ZipInfo(f"{folder}/{each.relative_to(site).as_posix()}", _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 3  # what Python would take from the machine
                entry.external_attr = 0o644 << 16
                whole.writestr(entry, each.read_bytes())
    text_files.write(file, written.getvalue())
    return written.tell()
