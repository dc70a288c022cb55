"""What lies in `content/` beside pages: pictures and leaflets that pages show, and nothing that runs."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from careguide.checks.drawings import alive
from careguide.guide.guide import CONTENT
from careguide.source import text_files
from careguide.source.problems import Problem, named, one_of, quoted

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
OTHERS = (".pdf", ".txt", ".csv")
LARGEST = 3_000_000
"""The most bytes of a file that readers load: some seconds on a slow phone."""
_STARTS = {
    ".avif": re.compile(rb"^....ftyp(?:avif|avis|mif1)", re.DOTALL),
    ".gif": re.compile(rb"^GIF8[79]a"),
    ".jpeg": re.compile(rb"^\xff\xd8\xff"),
    ".jpg": re.compile(rb"^\xff\xd8\xff"),
    ".pdf": re.compile(rb"%PDF-"),
    ".png": re.compile(rb"^\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb"^RIFF....WEBP", re.DOTALL),
}
"""How a file of each kind begins."""


def check(root: Path, known: Collection[str] = (), settings: str = "") -> Iterator[Problem]:
    """Every file that will not be published, and why; but for those `known` to the site's `settings`."""
    found = [each for each in text_files.all_in(root, CONTENT) if not each.endswith(".md")]
    for path in found:
        if path.removeprefix(f"{CONTENT}/") not in known:
            yield from named(files_can_be_published(root, path))
    leaflets = [each for each in found if each.endswith(OTHERS) and not _ASKED_BY_PROGRAMS.search(each)]
    yield from named(leaflets_are_named(root, leaflets, settings))


_ASKED_BY_PROGRAMS = re.compile(r"/(?:robots|humans|security|ads|llms\w*|[0-9a-f-]{20,}|\w+verif\w+)\.txt$")


def leaflets_are_named(root: Path, leaflets: list[str], settings: str) -> Iterator[Problem]:
    """A leaflet should be linked by a page, or named in the settings: nobody finds it otherwise."""
    texts = [settings]
    for page in text_files.all_in(root, CONTENT) if leaflets else ():
        texts.append(text_files.read(root, page)[0] if page.endswith(".md") else "")
    for path in leaflets:
        if not any(Path(path).name in text for text in texts):
            message = f"no page and no setting names {quoted(Path(path).name)}, and it would be published"
            yield Problem(path, 1, message, "Link to it, or move it out of content/.", blocks=False)


def is_published(root: Path, path: str) -> bool:
    """Whether a file, which is no page, may stand on the site."""
    return not (text_files.LEFT_BEHIND.fullmatch(Path(path).name) or any(files_can_be_published(root, path)))


def files_can_be_published(root: Path, path: str) -> Iterator[Problem]:
    """A file must be a picture or a leaflet of this project that a reader can load."""
    suffix = Path(path).suffix
    if suffix not in (*PICTURES, *OTHERS):
        if suffix.lower() in (*PICTURES, *OTHERS, ".md"):
            message = f"the file's name must end in small letters, not in '{suffix}'"
            yield Problem(path, 1, message, f"Rename it: '{suffix.lower()}'.")
            return
        kind = f"'{suffix}'" if suffix else "a file without an ending"
        message = f"a file in {CONTENT}/ must be a page (.md), a picture or a leaflet, not {kind}"
        tip = f"Published are {one_of((*PICTURES, *OTHERS), last='and')}; move other files out of {CONTENT}/."
        if suffix in (".markdown", ".mdown", ".mkd"):
            tip = "Rename it: a page's name ends in '.md'."
        yield Problem(path, 1, message, tip)
        return
    wrong = list(text_files.file_can_be_read(root, path, largest=LARGEST))
    yield from wrong
    starts = _STARTS.get(suffix)
    if starts and not wrong and not starts.search((root / path).read_bytes()[:64]):
        message = f"the file must be what its name says, but does not begin as '{suffix}' does"
        yield Problem(path, 1, message, "Save it again in that format, or give it the ending of its own.")
    if suffix == ".svg" and not wrong:
        text, found = text_files.read(root, path)
        yield from found or alive(path, text)
