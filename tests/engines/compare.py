"""This guide by three engines: MkDocs and ProperDocs, and Zensical from what `careguide write` writes.

It prints which words one has and another lacks, and fails where there are any. What stands around an article
is no part of it: menus, the search, what only a script shows.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from careguide.cli import main as careguide
from sites import ROOT, build

ZENSICAL = Path(sys.argv[1])
"""Zensical's program, in an environment of its own."""
SETTINGS = """\
site_name: The same guide
docs_dir: pages
site_dir: site
markdown_extensions: [attr_list, md_in_html, tables, toc]
"""
AROUND = "script, svg title, nav, .headerlink, .on-this-page, .kind, .addresses, .search, [hidden]"
BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "summary", "figcaption"]


def main() -> int:
    """Build with each, and compare page by page. Returns the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for engine in ("mkdocs", "properdocs"):
            done = build(ROOT, folder / engine, engine=engine, CAREGUIDE_SITE_URL="")
            if done.returncode:
                print(done.stderr)
                return 1
        other = folder / "zensical"
        other.mkdir()
        (other / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        careguide(["--root", str(ROOT), "write", str(other / "pages")])
        subprocess.run([ZENSICAL, "build", "--clean"], cwd=other, check=True)
        pages = sorted(file.relative_to(other / "pages") for file in (other / "pages").rglob("*.md"))
        differ = list(_differences(pages, folder / "mkdocs", folder / "properdocs", "main"))
        differ += _differences(pages, folder / "mkdocs", other / "site", "article")
    print(*differ, sep="\n")
    print(f"{len(pages)} pages by three engines: {len(differ)} differences")
    return int(bool(differ))


def _differences(pages: list[Path], one: Path, other: Path, place: str) -> Iterator[str]:
    """What an article has in one engine and not in the other, where it stands in a tag of its own."""
    for page in pages:
        path = page.with_suffix("") / "index.html" if page.stem != "index" else page.with_suffix(".html")
        first, second = _article(one / path, "main"), _article(other / path, place)
        for site, has, lacks in ((one, first, second), (other, second, first)):
            words = f" {_words(lacks)} "
            for block in has.find_all(BLOCKS):
                if not block.find(BLOCKS) and (said := _words(block)) and f" {said} " not in words:
                    yield f"{path}: only in {site.name}: {said[:100]}"


def _article(file: Path, place: str) -> Tag:
    found = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser").select_one(place)
    assert found, f"{file} has no {place}"
    for part in found.select(AROUND):
        part.decompose()
    return found


def _words(part: Tag) -> str:
    """Words in small letters: how engines set quotes, dashes and marks is their own."""
    return re.sub(r"[\W_]+", " ", part.get_text(" ")).strip().lower()


if __name__ == "__main__":
    sys.exit(main())
