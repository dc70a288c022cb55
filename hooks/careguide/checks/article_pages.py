"""Whether each page that somebody wrote has a title and is led to. A rule's docstring is the rule."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.page_paths import topic_of
from careguide.model.kinds import TOPICS, file_of
from careguide.pages.page_kinds import QUALITY
from careguide.source import markup
from careguide.source.problems import Problem, nearest, quoted


def pages_have_a_title(guide: Guide, pages: Sequence[Page]) -> Iterator[Problem]:
    """A page that somebody wrote must have a title, which its template gives it or its first line."""
    for page in pages:
        written = guide.articles.get(page.path)
        if not written or page.kind != "article" or not written.body.strip():
            continue
        if not re.search(r"^#[ \t]*[^#\s]|^\S.*\n=+[ \t]*$", markup.without_code(page.text), re.MULTILINE):
            message = "a page must have a title as its first heading"
            tip = f"Write '# {page.title}' under the front matter." if page.title else "Write '# …' first."
            yield Problem(page.source, 1, message, tip)


def _files_named(text: str) -> set[str]:
    """The names of the files of pages in a text. Only what stands before '.md' is read: texts are long."""
    return {re.split(r"[^\w-]", before[-80:])[-1] + ".md" for before in text.split(".md")[:-1]}


def pages_are_led_to(guide: Guide, pages: Sequence[Page], settings: str) -> Iterator[Problem]:
    """A page that no page and no menu names is found by nobody: a notice, where the menu is whole."""
    menu = set(re.findall(r"[\w./-]+\.md\b", settings))
    sure = menu and menu <= {page.path for page in pages}
    files: dict[str, set[str]] = {}
    leading = Counter[str]()
    for page in pages:
        # The quality page lists every page, for editors.
        files[page.path] = _files_named(page.text) if page.path != QUALITY else set()
        leading.update(files[page.path])
    written = {page.path for page in pages if page.kind == "article"}
    for path, article in guide.articles.items():
        if path not in written or not article.body.strip():
            continue
        kind, id_ = topic_of(path)
        if not sure and kind not in TOPICS:
            continue
        file = path.rpartition("/")[2]
        if path in settings or leading[file] > (file in files[path]):
            continue
        tip = "Link to it, or name it under 'nav' in mkdocs.yml."
        if kind in TOPICS:
            tip = nearest(id_, guide.of(kind)) or f"Write {file_of(kind, id_)} for it, or link to it."
        message = f"no page and no menu leads to {quoted(path)}"
        yield Problem(article.path, 1, message, tip, blocks=False)
