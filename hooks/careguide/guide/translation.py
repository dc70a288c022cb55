"""A guide in another language: texts under `data/<language>/` and `content/<language>/` over the original's.

A translation says what the original says, in other words. Ids, levels, sources and who is asked a sign stand
in the original alone, so no translation can change one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from careguide.guide.files import Files
from careguide.guide.guide import CONTENT, HOME, Guide
from careguide.guide.overlay import OF, Block, Fault, Overlaid, Pair, lost, overlaid
from careguide.guide.validation import Origin
from careguide.model.fields import Prose
from careguide.model.kinds import DATA, FOLDERS, KINDS, LISTS, SINGLES
from careguide.model.site import Site
from careguide.source import articles as article_files
from careguide.source import markup, text_files
from careguide.source.articles import Article
from careguide.source.cache import Cache
from careguide.source.digests import code_digest
from careguide.source.locations import Loc, spell
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.source.yaml_reader import Document

OWN = ("language", "countries", "owner")
"""What a translation's `site.yml` says besides texts."""
_HEADING = re.compile(r"^(?P<marks>#+) .*", re.MULTILINE)
_SECTION = re.compile(r"^## ", re.MULTILINE)
_RULE = "translations_keep_to_the_original"


@dataclass(frozen=True)
class LaidDocument(Document):
    """A translation's file as the original's shape: the way to a value is the way inside the thing."""

    source: Document = field(default_factory=lambda: Document(""))
    places: Mapping[Loc, Loc] = field(default_factory=dict)
    """Where in it each value stands, by the way inside the thing."""

    @cached_property
    def lines(self) -> Mapping[Loc, int]:
        """The line of each value of the thing that the file holds."""
        return {loc: self.source.line(place) for loc, place in self.places.items()}

    def line(self, loc: Loc) -> int:
        """The line of a value, or of the nearest thing around it, without those of all others."""
        while loc and loc not in self.places:
            loc = loc[:-1]
        return self.source.line(self.places.get(loc, ()))

    def holds(self, loc: Loc) -> bool:
        """Whether a value is translated."""
        return loc in self.places


@dataclass(frozen=True)
class TranslatedThing:
    """A thing with its texts in another language, as it was read."""

    document: Document
    laid: Overlaid


@dataclass(frozen=True)
class TranslatedArticle:
    """A hand-written page in another language."""

    article: Article
    blocks: tuple[Block, ...]
    """Its sections, the opening first."""
    parallel: bool
    """Whether it has as many as the original."""


@dataclass
class Texts:
    """All that is written of a guide in one language."""

    language: str
    """The folder's name: 'es'."""
    things: dict[tuple[str, str], TranslatedThing] = field(default_factory=dict)
    site: TranslatedThing | None = None
    articles: dict[str, TranslatedArticle] = field(default_factory=dict)
    """By path inside the language's folder."""

    def blocks(self) -> Iterator[tuple[Block, Origin]]:
        """Every entry with a fingerprint, and where it is written: of a page's section, its fingerprint."""
        for thing in filter(None, (self.site, *self.things.values())):
            for block in thing.laid.blocks:
                yield block, Origin(thing.document, block.place)
        for page in self.articles.values():
            for block in page.blocks:
                yield block, Origin(page.article.front, block.place)


def read(root: Path, guide: Guide, cache: Path | None = None) -> tuple[list[Texts], list[Problem]]:
    """What is written of the guide in each of its other languages, and what is wrong with it."""
    found: list[Texts] = []
    problems: list[Problem] = []
    for language in guide.site.translations:
        kept = Cache(cache and cache / f"files-{language}.json", code_digest(__name__))
        files = Files(root, [], kept)
        found.append(_Reader(files, guide, language).texts())
        kept.close()
        problems += files.problems
    return found, problems


class _Reader:
    """Reads what is written of a guide in one language."""

    def __init__(self, files: Files, guide: Guide, language: str) -> None:
        self._files = files
        self._guide = guide
        self._texts = Texts(language)
        self._folder = f"{DATA}/{language}"

    def texts(self) -> Texts:
        """All of it."""
        for file in self._files.inside(self._folder):
            path = f"{self._folder}/{file.name}"
            if file.is_dir():
                self._folder_of(file)
            elif file.suffix == ".yml" and file.stem in LISTS:
                self._list(file.stem, path)
            elif file.suffix == ".yml" and file.stem in SINGLES:
                self._file(SINGLES[file.stem], file.stem, path)
            elif file.name == "site.yml":
                self._site(path)
            elif file.name not in ("words.yml", "reading.yml"):
                known = [f"{name}.yml" for name in (*LISTS, *SINGLES, "site", "words", "reading")]
                tip = nearest(file.name, known) or f"It has the name of a file in {DATA}/."
                self._note(path, 1, f"the file must be the translation of one in {DATA}/", tip)
        self._articles()
        return self._texts

    def _note(self, path: str, line: int, message: str, tip: str, *, blocks: bool = True) -> None:
        self._files.problems.append(Problem(path, line, message, tip, blocks, rule=_RULE))

    # Data

    def _folder_of(self, folder: Path) -> None:
        for file in self._files.inside(f"{self._folder}/{folder.name}"):
            path = f"{self._folder}/{folder.name}/{file.name}"
            if folder.name in FOLDERS and file.suffix == ".yml":
                self._file(folder.name, file.stem, path)
            else:
                tip = nearest(folder.name, FOLDERS) or f"It has the name of a file in {DATA}/."
                self._note(path, 1, f"the file must be the translation of one in {DATA}/", tip)

    def _file(self, kind: str, id_: str, path: str) -> None:
        document = self._files.shaped(dict, path)
        if document and self._is_known(kind, id_, document, ()):
            self._lay(kind, id_, document, document.value, ())

    def _list(self, kind: str, path: str) -> None:
        document = self._files.shaped(list, path, "a list of entries, each starting with '- id:'")
        for index, given in enumerate(document.value if document else ()):
            id_ = given.get("id") if isinstance(given, dict) else None
            if document and not isinstance(id_, str):
                tip = "Start it with '- id: ' and the id that the original has."
                self._note(document.path, document.line((index,)), "an entry must have an id", tip)
            elif document and (kind, str(id_)) in self._texts.things:
                message = f"id must stand once, but {quoted(id_)} stands twice"
                self._note(document.path, document.line((index, "id")), message, "Keep one of the two.")
            elif document and self._is_known(kind, str(id_), document, (index, "id")):
                self._lay(kind, str(id_), document, given, (index,))

    def _is_known(self, kind: str, id_: str, document: Document, loc: Loc) -> bool:
        """Whether the original has a thing, and it could be read; a note where it has none."""
        if (kind, id_) not in self._guide.origins:
            known = self._guide.of(kind)
            tip = nearest(id_, known) or "Delete it, if the original has it no longer."
            must = "id must be" if loc else "the file's name must be"
            message = f"{must} that of one of the original's {kind}, not {quoted(id_)}"
            self._note(document.path, document.line(loc), message, tip)
        return id_ in self._guide.of(kind)

    def _lay(self, kind: str, id_: str, document: Document, given: dict[str, Any], prefix: Loc) -> None:
        original = self._guide.origins[kind, id_].written
        name = id_ if id_ in SINGLES else f"{kind}/{id_}"
        laid = overlaid(KINDS[kind], original, given, name=name, prefix=prefix)
        self._texts.things[kind, id_] = TranslatedThing(document, laid)
        self._note_faults(document, laid.faults)

    def _site(self, path: str) -> None:
        document = self._files.shaped(dict, path)
        original = self._guide.site_origin.document.value
        if document and isinstance(original, dict):
            laid = overlaid(Site, original, document.value, name="site", also=OWN)
            self._texts.site = TranslatedThing(document, laid)
            self._note_faults(document, laid.faults)

    def _note_faults(self, document: Document, faults: list[Fault]) -> None:
        for fault in faults:
            message = f"{spell(fault.place)} {fault.message}".strip()
            self._note(document.path, document.line(fault.place), message, fault.tip, blocks=fault.blocks)

    # Articles

    def _articles(self) -> None:
        folder = f"{CONTENT}/{self._texts.language}"
        for file in self._files.inside(folder, "**/*.md"):
            path = file.relative_to(self._files.root).as_posix()
            name = file.relative_to(self._files.root / folder).as_posix()
            text, found = text_files.read(self._files.root, path)
            article, more = article_files.split(path, text)
            self._files.problems += [*found, *(more if text or not found else [])]
            original = self._guide.articles.get(name)
            if not original:
                tip = nearest(name, self._guide.articles) or f"It has the name of a file in {CONTENT}/."
                self._note(path, 1, f"the page must be the translation of one in {CONTENT}/", tip)
            elif not more:
                self._article(name, article, original)

    def _article(self, name: str, article: Article, original: Article) -> None:
        """A page with its sections, and what it has lost."""
        written, said = sections(original), sections(article)
        front = article.front.value or {}
        of = front.get(OF, [])
        of = of if isinstance(of, list) else [of]
        blocks: list[Block] = []
        for index, text in enumerate(said):
            loc: Loc = (index,)
            mark = str(of[index]) if index < len(of) else ""
            block = Block(f"{name}/{index + 1}", loc, (OF, *loc), mark)
            original_text = written[index] if index < len(written) else ""
            block.pairs.append(Pair(loc, loc, original_text, text, Prose(cites=True)))
            blocks.append(block)
        self._texts.articles[name] = TranslatedArticle(article, tuple(blocks), len(said) == len(written))
        self._note_front(article, front, name)
        changed = len(of) == len(said) != len(written)
        if len(said) != len(written):
            heads = zip(_HEADING.finditer(article.body), _HEADING.findall(original.body), strict=False)
            odd = next((found for found, marks in heads if found["marks"] != marks), None)
            line = article.line_of(odd.start()) if odd else article.first_line
            message = f"the page must have the sections of the original, {len(written)}, but has {len(said)}"
            message += f": the level of {quoted(odd[0])} differs" if odd else ""
            tip = "The opening counts as one; each heading of the second level starts another."
            self._note(article.path, line, message, tip, blocks=not changed)
            return
        if len(of) != len(said):
            tip = f"Run 'careguide translate {self._texts.language} --stamp', which writes it."
            message = "of must be given: it says what was translated, one for each section"
            self._note(article.path, article.front.line((OF,)), message, tip)
        for number, block in enumerate(blocks):
            if not block.stale:
                line = article.line_of(bounds(article.body)[number][0])
                for message, tip in _lost_in_section(block.pairs[0]):
                    self._note(article.path, line, f"the section {message}", tip)

    def _note_front(self, article: Article, front: Mapping[str, Any], name: str) -> None:
        """What a page says of itself: its title, its description, and what its readers type."""
        needed = () if name == HOME else ("title", "description")
        for each in needed:
            if not isinstance(front.get(each), str):
                self._note(article.path, article.front.line(()), f"{each} must be given", "Translate it.")
        for each in front:
            if each not in ("title", "description", "search_words", OF):
                message = f"{each} must not be given: a translation holds texts alone"
                self._note(article.path, article.front.line((each,)), message, "Delete the line.")


def sections(article: Article) -> list[str]:
    """The sections of a page, each with its heading; the first is what stands above all, title and all."""
    front = article.front.value or {}
    found = [article.body[start:end] for start, end in bounds(article.body)]
    found[0] = "\n".join([str(front.get("title", "")), str(front.get("description", "")), found[0]])
    return found


def bounds(body: str) -> list[tuple[int, int]]:
    """Where in a page's text each section starts and ends."""
    return list(pairwise([0, *map(re.Match.start, _SECTION.finditer(body)), len(body)]))


def _lost_in_section(pair: Pair) -> Iterator[tuple[str, str]]:
    """What a section has lost of the original: directives, sources, gaps or numbers."""
    directives = _directives(pair.text)
    if directives != _directives(pair.said):
        named = one_of(map(quoted, directives.elements()), last="and") if directives else "none"
        yield "must have the directives of the original", f"They are {named}."
    yield from lost(markup.without_comments(pair.text), markup.without_comments(pair.said), cites=True)


def _directives(text: str) -> Counter[str]:
    return Counter(match["call"] for match in markup.DIRECTIVE.finditer(text))
