"""The copy of the guide that a reader's browser keeps for when there is no network: what it is made of.

The script that keeps it, a service worker, is written for one site: it holds a list of files for each
language, each with what tells its version, and the words that it says. A reader has the copy of one language.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rjsmin

from careguide import styling
from careguide.guide.guide import Guide
from careguide.source import text_files

SCRIPT = "worker.js"
"""Where it stands: a browser lets it serve what stands beside it and below."""
MOST = 3_000_000
"""Bytes that the copy of one language has at most, as a browser keeps them."""
DAYS = 30
"""For how long advice is shown offline without saying how old it is."""
_ENDS = (".html", ".css", ".js", ".woff2", ".svg", ".png")
_NEVER = re.compile(r"404\.html|assets/cards/|about/design/|api/|changes/|code/|infobutton/|worker\.js")
_FRAME = re.compile(rf"{styling.FOLDER}/frame\.\w+\.css")
_ORDER = (
    "assets/",
    "index.html when-to-get-help/ find-care/",
    "check/ symptoms/",
    "handouts/",
    "causes/ remedies/ treatments/ investigations/ movements/ search/ glossary/",
    "",
    "sources/ safety/ clinicians/",
)
"""Beginnings of paths, most needed first: where not all has room, the last are left out."""


def version(content: str) -> str:
    """What tells one text of a page from another, in eight letters."""
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def script(site: Path, editions: Mapping[str, Guide]) -> str:
    """The script for a built site, with the guide of each language by its folder. Raises an OSError."""
    paths = [path for path in text_files.all_in(site, "") if path.endswith(_ENDS)]
    files: dict[str, dict[str, str]] = {}
    for folder in editions:
        others = [other for other in editions if other and other != folder]
        files[folder] = dict(_files(site, [path for path in paths if _belongs(path, folder, others)], folder))
    copy: dict[str, Any] = {
        "version": version(json.dumps(files)),
        "script": SCRIPT,
        "style": next(path for path in files[""] if _FRAME.fullmatch(path)),
        "days": DAYS,
        "language": editions[""].site.language,
        "texts": {guide.site.language: _texts(guide) for guide in editions.values()},
        "files": files,
    }
    code = Path(__file__).with_name(SCRIPT).read_text(encoding="utf-8")
    declared = json.dumps(copy, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\nconst COPY = {declared};\n{rjsmin.jsmin(code)}'


def _belongs(path: str, folder: str, others: Iterable[str]) -> bool:
    """Whether a file is for those who read the pages in a folder: one of theirs, or one that all share."""
    if path.startswith("assets/"):
        return not any(f"/search-{other}." in path for other in others) and not (
            folder and "/search." in path
        )
    if folder:
        return _stands_in(path, folder)
    return not any(_stands_in(path, other) for other in others)


def _stands_in(path: str, language: str) -> bool:
    """Whether a page is in a language: `find-care/es/` is a country. Sheets stand among all others."""
    return path.startswith((f"{language}/", f"handouts/{language}/"))


def _files(site: Path, paths: Iterable[str], folder: str) -> Iterator[tuple[str, str]]:
    """The address of each file of the copy for one language, with what tells its version."""
    room = MOST
    for path in sorted(paths, key=lambda path: _rank(f"/{path}".replace(f"/{folder}/", "/", 1)[1:])):
        content = (site / path).read_bytes()
        if _NEVER.match(path) or b'http-equiv="refresh"' in content or len(content) > room:
            continue
        room -= len(content)
        yield re.sub(r"(?:^|(?<=/))index\.html$", "", path), hashlib.sha256(content).hexdigest()[:12]


def _rank(path: str) -> int:
    """How much a file is needed, from 0."""
    for rank, starts in enumerate(_ORDER):
        if starts and path.startswith(tuple(starts.split())):
            return rank
    return _ORDER.index("")


def _texts(guide: Guide) -> dict[str, Any]:
    """What it says in one language, as HTML."""
    words = guide.words
    return {
        "old": html.escape(words.text("offline_copy.old", date="{date}")),
        "unknown": html.escape(words.text("offline_copy.unknown")),
        "title": html.escape(words.text("offline_copy.missing")),
        "text": html.escape(words.text("offline_copy.missing_help")),
        "ways": {
            "": html.escape(words.text("pages.home.crumb")),
            "when-to-get-help/": html.escape(words.text("pages.criteria.title")),
        },
    }
