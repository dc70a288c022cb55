"""The files that MkDocs is given: the guide's pages, and what the site does not need is taken out."""

import posixpath
import re
from collections.abc import Collection, Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from careguide.checks import content_files
from careguide.guide.guide import CONTENT
from careguide.guide.page import Page
from careguide.source.text_files import LEFT_BEHIND

_UNUSED = re.compile(r"components/|assets/stylesheets/|assets/javascripts/|assets/.*\.map$")
"""Files of Material that no page asks for."""


def is_left_out(file: File, pages: Collection[str], config: MkDocsConfig) -> bool:
    """Whether nobody asks for a file, or nobody may: a draft's article, what only Material needs."""
    if file.is_documentation_page():
        return file.src_uri not in pages
    if file.src_dir != config.docs_dir:
        return bool(_UNUSED.match(file.src_uri) or LEFT_BEHIND.fullmatch(posixpath.basename(file.src_uri)))
    in_settings = [*config.extra_css, *map(str, config.extra_javascript)]
    root = Path(config.config_file_path).parent
    place = f"{CONTENT}/{file.src_uri}"
    return file.src_uri not in in_settings and not content_files.is_published(root, place)


def add_pages(pages: Iterable[Page], files: Files, config: MkDocsConfig) -> None:
    """Generated pages become files of their own; those that somebody wrote keep theirs."""
    for page in pages:
        file = files.get_file_from_path(page.path)
        if file is None:
            file = File.generated(config, page.path, content=page.text)
            files.append(file)
            if (Path(config.config_file_path).parent / page.source).is_file():
                file.edit_uri = posixpath.relpath(page.source, "content")
        file.content_string = page.text
