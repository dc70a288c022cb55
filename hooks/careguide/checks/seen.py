"""Texts that every rule on single texts found right before. Only the others are looked at again."""

from collections.abc import Collection, Iterable
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source.cache import Cache
from careguide.source.digests import code_digest, digest, files_digest, version

_TOGETHER = 16
"""Texts of one file that are known together: to know each alone takes longer than to look at some again."""


class Seen:
    """What was found right, by the words and all that rules on single texts hold them against."""

    def __init__(self, guide: Guide, cache: Path | None, module: str) -> None:
        """Kept in the folder `cache`, as long as the code of the rules in this module stays the same.

        Those of a translation stand apart.
        """
        name = f"texts-{guide.site.locale.base}.json" if guide.translation else "texts.json"
        self._kept = Cache(cache and cache / name, code_digest(module) if cache else "")
        medicines = sorted(selection.all_medicines(guide))
        words = [guide.words["language"], guide.words["search"]["language"], guide.site.language]
        lists = [version("codespell"), files_digest(FOLDER), medicines, guide.site.locale.region]
        beside = [list(guide.sources), guide.amounts, guide.services, words, lists]
        terms = map(attrgetter("term", "forms"), guide.glossary.values())
        self._beside = digest([*beside, guide.vocabulary.names, *terms])
        self._new: list[tuple[object, str]] = []

    def others(self, texts: Iterable[ReaderText]) -> list[ReaderText]:
        """Those of the texts that are new, or stand with one that is."""
        left: list[ReaderText] = []
        for path, of_one_file in groupby(texts, key=lambda each: each.path):
            while together := list(islice(of_one_file, _TOGETHER)):
                key = [self._beside, path, [(each.field, each.most, each.text) for each in together]]
                if not self._kept.get(key):
                    self._new.append((key, path))
                    left += together
        return left

    def close(self, wrong: Collection[str]) -> None:
        """Keep what was new, but for that of the files in which something is wrong."""
        for key, path in self._new:
            if path not in wrong:
                self._kept.put(key, True)
        self._kept.close()
