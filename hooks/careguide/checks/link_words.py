"""Links whose words name another page than the one that they lead to: notices, because words are free."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from careguide.checks.sentences import ReaderText
from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.model.kinds import PLURALS, TOPICS
from careguide.source import markup
from careguide.source.problems import Problem, quoted

_LINK = re.compile(
    r"(?<!!)\[(?P<words>(?!@)[^\[\]]+)\]\((?:(?P<kind>[a-z]+):)?(?P<target>[^()\s#]+)[^()\s]*\)"
)
_NAMES = ("title", "term", "id", "also_called", "covers", "forms", "search_words")
"""The fields in which a thing is named, first the one that others may not have."""


def links_lead_where_they_say(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """The words of a link should not be the name of another page."""
    small = set(guide.words.text("search.language.small").split())
    names: dict[tuple[str, str], list[set[str]]] = {}
    for kind, thing, _ in guide.all((*TOPICS, "movements", "glossary")):
        every: list[str] = []
        for field in _NAMES:
            value = getattr(thing, field, ())
            every += [value] if isinstance(value, str) else value
        names[kind, thing.id] = [_words(name) - small for name in every]
    for text in texts:
        for link in _LINK.finditer(text.text) if "](" in text.text else ():
            page = posixpath.join(posixpath.dirname(text.path.partition("/")[2]), link["target"])
            target = PLURALS.get(link["kind"] or "", ""), link["target"]
            if text.path.endswith(".md") and not link["kind"]:
                target = topic_of(posixpath.normpath(page))
            words = _words(markup.plain(link["words"])) - small
            if not words or target not in names or any(words & name for name in names[target]):
                continue
            for other, (title, *more) in names.items():
                if words in (title, *more) or (len(title) > 1 and title <= words):
                    leads = f"names {quoted(other[1])}, but leads to {quoted(target[1])}"
                    tip = "Change the words or the id, so that both mean the same page."
                    yield text.problem_at(link.group(), f"{quoted(link['words'])} {leads}", tip, blocks=False)
                    break


def _words(name: str) -> set[str]:
    """What tells names apart: their words, without an s."""
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{3,}", name.casefold())}
