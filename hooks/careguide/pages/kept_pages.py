"""Pages on which nothing has changed are not written again.

What stands between the headings of a page shows on that page alone. Whatever else a guide says may show
anywhere: a title, a sign, which source is cited. So a page depends on its own sentences and on all the rest.
"""

import pickle
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from careguide import styling
from careguide.guide.guide import Guide
from careguide.guide.page_paths import path_of
from careguide.guide.words import FOLDER
from careguide.model.kinds import KINDS, TOPICS
from careguide.source import markup
from careguide.source.cache import FileStore
from careguide.source.digests import code_digest, digest, files_digest

DEPEND_ON_ALL = frozenset({"about.md", "about/quality.md"})
"""Pages that name the version of the guide, which changes with every word, or count its words."""
_HEADING_OR_COMMENT = re.compile(r"^(?:#|<!--).*", re.MULTILINE)


class KeptPages:
    """The pages of one guide, as they were written before from the same."""

    def __init__(self, guide: Guide, store: FileStore, writer: str, *depends: object) -> None:
        """`writer` is the module that writes them; they depend on its code, and on what else is given."""
        self._store = store
        self._own: defaultdict[str, list[object]] = defaultdict(list)
        every = [guide, guide.translation.original] if guide.translation else [guide]
        templates = files_digest(Path(__file__).parent / "templates", styling.THEME, FOLDER)
        self._rest = digest([*map(self._apart, every), code_digest(writer), templates, *depends])

    def _apart(self, guide: Guide) -> list[object]:
        """All that a guide is made of, without what shows on one page alone: that is put with its page."""
        files: dict[str, object] = {}
        for (kind, name), origin in guide.origins.items():
            document = origin.document
            if kind in TOPICS and isinstance(document.value, dict):
                files[document.path] = self._without_sections(path_of(kind, name), document.value)
            else:
                files[document.path] = document.text
        for path, article in guide.articles.items():
            self._own[path].append([article.front.text, article.body])
            files[article.path] = [article.front.text, _marks(article.body)]
        mine = guide.translation and (guide.translation.pages, guide.translation.translated)
        site = [guide.site_origin.document.text, guide.site, guide.words, guide.vocabulary, guide.measured]
        return [files, site, mine, *(list(guide.of(kind)) for kind in KINDS)]

    def _without_sections(self, page: str, value: Mapping[str, Any]) -> object:
        """The fields of a thing with the marks of its sections instead of their texts."""
        left: list[object] = []
        for section in value.get("sections", ()):
            text = section.get("text") or ""
            self._own[page].append(text)
            left.append({**section, "text": _marks(text)})
        return {**value, "sections": left}

    def find(self, path: str) -> Any:
        """The page at a path; None where it must be written."""
        kept = None if path in DEPEND_ON_ALL else self._store.find(self._key(path), ".pickle")
        return pickle.loads(kept) if kept else None  # noqa: S301 - its seal says that we wrote it

    def put(self, path: str, page: object) -> None:
        """Keep the page at a path."""
        if path not in DEPEND_ON_ALL:
            self._store.put(self._key(path), ".pickle", pickle.dumps(page))

    def _key(self, path: str) -> str:
        return digest([path, self._own[path], self._rest])


def _marks(text: str) -> object:
    """What other pages may show of a text: its headings, and what it names or leads to."""
    named = [(each.singular, each.id) for each in markup.references(text)]
    return named, [each.address for each in markup.targets(text)], _HEADING_OR_COMMENT.findall(text)
