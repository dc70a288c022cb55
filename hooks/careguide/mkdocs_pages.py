"""MkDocs renders a page's Markdown anew in each build; here what came of it is kept, and rendered once.

What a page becomes depends on its Markdown, where it stands, the files that links may lead to, the settings
of the Markdown, and the code that renders it. Nothing else is asked, and all of it makes the key.

Where nothing is kept yet, a copy of the program renders from the last page on while the engine begins with
the first; what one of them has made, the other finds kept.
"""

import json
import logging
import os
import pkgutil
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import mkdocs.structure.pages
from markdown import Extension, Markdown, extensions
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils import CountHandler

from careguide.source.cache import FileStore, store
from careguide.source.digests import code_digest, digest
from careguide.source.parallel import beside

_OWN = {module.name for module in pkgutil.iter_modules(extensions.__path__)}
"""The extensions that come with Python-Markdown. What others depend on, nobody can say."""


class KeptPages:
    """What came of the pages of a project, as its `.cache` has it."""

    def __init__(self, root: Path, config: MkDocsConfig, files: Files) -> None:
        names = {str(name).removeprefix("markdown.extensions.") for name in config.markdown_extensions}
        self._store = store(root, "pages") if names <= _OWN else FileStore(None)
        places = sorted((file.src_uri, file.url, str(file.inclusion)) for file in files)
        links = {name: str(value) for name, value in config.validation.links.items()}
        settings = [[*config.markdown_extensions], config.mdx_configs, config.use_directory_urls, links]
        self._depends = digest([places, settings, code_digest(__name__)])
        if names <= _OWN:
            config.markdown_extensions = [*config.markdown_extensions, _Quick()]
        self._copy: Callable[[], None] | None = None

    def begin(self, pages: Sequence["KeptPage"], config: MkDocsConfig, files: Files) -> None:
        """Let a copy of this program render pages from the last on, where there can be one.

        It stops at a page that is kept: there the engine was already, or nothing has changed.
        """
        original = os.getpid()

        def render() -> None:
            if os.getpid() == original:
                return  # there is no copy, and the engine renders every page itself
            with Path(os.devnull).open("w", encoding="utf-8") as nothing:
                os.dup2(nothing.fileno(), 2)  # what is to be warned of, the engine finds too
            for page in reversed(pages):
                page.read_source(config)
                if self.find(self.key(page)):
                    return
                page.render(config, files)

        self._copy = beside(render) if self._store.keeps else None

    def key(self, page: Page) -> str:
        """Changes with all that a page's Markdown becomes."""
        return digest([page.file.src_uri, page.markdown, self._depends])

    def find(self, key: str) -> dict[str, Any] | None:
        """What the page of this key became; None where that is not known."""
        found = self._store.find(key, ".json")
        return json.loads(found) if found else None

    def put(self, key: str, made: dict[str, Any]) -> None:
        """Keep what it became."""
        self._store.put(key, ".json", json.dumps(made, default=_as_json).encode())

    def forget_others(self) -> None:
        """Put away what no page of this build has become. Call it when all are rendered."""
        if self._copy:
            self._copy()
        self._store.forget_others()


class KeptPage(Page):
    """A page that is not rendered again as long as nothing that it depends on has changed."""

    kept: KeptPages

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Take what the Markdown became before, or convert it.

        What the engine had to warn of is not kept, so that it warns again.
        """
        key = self.kept.key(self)
        if made := self.kept.find(key):
            self._take(made, files)
            return
        warnings = CountHandler(level=logging.INFO)
        log = logging.getLogger(mkdocs.structure.pages.__name__)
        log.addHandler(warnings)
        try:
            super().render(config, files)
        finally:
            log.removeHandler(warnings)
        if not warnings.get_counts():
            self.kept.put(key, self._made())

    def _made(self) -> dict[str, Any]:
        """What the engine and the theme read of a rendered page."""
        links = {file.src_uri: found for file, found in (self.links_to_anchors or {}).items()}
        made = {"content": self.content, "title": self._title_from_render, "toc": [*self.toc]}
        return made | {"ids": self.present_anchor_ids, "links": links}

    def _take(self, made: dict[str, Any], files: Files) -> None:
        """The same the other way round."""
        self.content, self._title_from_render = made["content"], made["title"]
        self.toc, self.present_anchor_ids = get_toc(made["toc"]), set(made["ids"])
        self.links_to_anchors = {files.src_uris[path]: links for path, links in made["links"].items()}


def pages_of(nav: Navigation, config: MkDocsConfig, files: Files) -> KeptPages:
    """Make the pages that the menu does not name such as are kept, and begin to render them."""
    kept = KeptPages(Path(config.config_file_path).parent, config, files)
    pages: list[KeptPage] = []
    for file in files.documentation_pages():
        if file.page not in nav.pages:
            page = KeptPage(None, file, config)  # the file knows its page from now on
            page.kept = kept
            pages.append(page)
    kept.begin(pages, config, files)
    return kept


def _as_json(value: AnchorLink | set[str]) -> Any:
    """Ids, or a heading of a page as Python-Markdown has it, of which the engine makes its own."""
    return sorted(value) if isinstance(value, set) else {"name": value.title, **vars(value)}


# Quicker than Python-Markdown by itself


_PATTERNS = """
    backtick escape reference link image_link image_reference short_reference short_image_ref autolink
    automail linebreak html entity not_strong em_strong em_strong2
"""
"""The patterns that Python-Markdown holds against each text, one after the other, by their names."""
_MARKS = re.compile(r"[\\`\[<&*_]|  \n")
"""Without one of these, none of them finds anything."""


class _Inline(InlineProcessor):  # type: ignore[misc]  # the library has no types
    """Python-Markdown's own, which does not look at texts in which there is nothing to be found."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Find what stands in lines: links, emphasis and so on."""
        plain: list[Element] = []
        for element in tree.iter():
            if type(element.text) is str and not _MARKS.search(element.text):
                element.text = AtomicString(element.text)  # which it passes over
                plain.append(element)
        made: Element = super().run(tree, ancestors)
        for element in plain:
            element.text = str(element.text)
        return made


class _Quick(Extension):  # type: ignore[misc]  # the same
    """Puts it into Python-Markdown, where no other extension has added a pattern."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that is called
        """Take the place of the one that is slow."""
        if sum(name in md.inlinePatterns for name in _PATTERNS.split()) == len(md.inlinePatterns):
            md.treeprocessors.register(_Inline(md), "inline", 20)
