"""Folders → one linked guide: every thing by its id, every reference resolved, every relation known from both ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from careguide.guide import services
from careguide.guide import words as interface_words
from careguide.guide.guide import CONTENT, DATA, SCHEMAS, SHEETS, Guide
from careguide.guide.readability import Vocabulary
from careguide.guide.references import known_ids, reference_problems
from careguide.guide.validation import Origin, build
from careguide.guide.words import Words
from careguide.model.fields import ID, Part, Short, Title
from careguide.model.kinds import FOLDERS, KINDS, LISTS, SINGLES
from careguide.source import articles as article_files
from careguide.source import text_files, yaml_reader
from careguide.source.articles import Article
from careguide.source.cache import Cache, code_digest
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.source.yaml_reader import Document


class FrontMatter(Part):
    """What a hand-written page says of itself."""

    title: Title
    """Its name, as the browser's tab and lists show it."""
    description: Short
    """What it is about, in one sentence: shown by search engines and when the page is shared."""


def load(root: Path, cache: Path | None = None) -> tuple[Guide, list[Problem]]:
    """The guide under `root`, and everything that is wrong with it. What cannot be read is left out of the guide. What files say is kept in `cache`."""
    problems: list[Problem] = []
    files = _Files(root, problems, Cache(cache and cache / "files.json", code_digest(__name__)))
    things: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    origins: dict[tuple[str, str], Origin] = {}
    calls: dict[str, str] = {}
    # The services come first: the other texts refer to their numbers.
    for kind, id, value, origin in sorted(_written(files), key=lambda each: each[0] != "services"):
        if kind != "services" and not calls:
            calls = services.references(next(iter(things["services"].values()), None))
        if id and (kind, id) in origins:
            first = origins[kind, id]
            tip = "Ids are never used twice. Choose another, or merge the two."
            problems.append(
                Problem(
                    origin.path,
                    origin.line(("id",)),
                    f"id must be new, but '{id}' stands on line {first.line()} too",
                    tip,
                )
            )
            continue
        origins[kind, id] = origin
        if (
            value is not None
            and (
                thing := build(
                    KINDS[kind],
                    {**services.filled(value, calls or services.own_references(value)), "id": id},
                    origin,
                    problems,
                )
            )
            is not None
        ):
            things[kind][id] = thing
    articles = _articles(root, problems)
    said, changes = _words(files)
    guide = Guide(
        **things,
        origins=origins,
        articles=articles,
        words=said,
        reading=_reading(files),
        words_file=changes,
    )  # type: ignore[arg-type]  # each kind has its own type
    files.kept.close()
    problems += reference_problems(guide, known_ids(origins))
    return guide, problems


# ---------------------------------------------------------------------------------------------------------------------
# Reading


@dataclass
class _Files:
    """The YAML files of a guide."""

    root: Path
    problems: list[Problem]
    """Where what is wrong with them is noted."""
    kept: Cache
    """The values of files with nothing wrong, because reading YAML takes long."""

    def read(self, path: str) -> Document | None:
        """A file's values; None where there is no file, or nothing that could be read."""
        if not (self.root / path).is_file():
            return None
        written = (self.root / path).read_bytes().decode(errors="replace")
        if (value := self.kept.get(written)) is not None:
            return Document(path, value, written)
        text, found = text_files.read(self.root, path)
        document, more = yaml_reader.parse(path, text)
        self.problems += [*found, *more]
        if not (found or more) and document.value is None:
            self.problems.append(
                Problem(
                    path,
                    1,
                    "the file must not be empty",
                    "Delete it, or see a neighbouring file for its shape.",
                )
            )
        elif not (found or more):
            self.kept.put(written, document.value)
        return document if document.value is not None else None

    def shaped(self, shape: type, path: str, what: str) -> Document | None:
        """Likewise, of a file that must hold a list, or fields."""
        document = self.read(path)
        if document and not isinstance(document.value, shape):
            self.problems.append(
                Problem(
                    path,
                    document.line(()),
                    f"the file must be {what}",
                    "See a neighbouring file for its shape.",
                )
            )
            return None
        return document


def _written(files: _Files) -> Iterator[tuple[str, str, dict[str, Any] | None, Origin]]:
    """Each thing that is written somewhere: kind, id, its fields, and where. What cannot be read has no fields, and in a list no id."""
    for kind in LISTS:
        path = f"{DATA}/{kind}.yml"
        if document := files.shaped(list, path, "a list of entries, each starting with '- id:'"):
            for index, value in enumerate(document.value):
                origin = Origin(document, (index,))
                id = _entry_id(value, origin, files.problems)
                yield kind, id, value if id else None, origin
        elif (files.root / path).is_file():
            yield kind, "", None, Origin(Document(path), ())
    for kind in FOLDERS:
        for path in sorted((files.root / DATA / kind).glob("[!.]*")):
            if document := _topic_document(files, path):
                yield kind, path.stem, document.value, Origin(document, ())
    for name, kind in SINGLES.items():
        path = f"{DATA}/{name}.yml"
        if document := files.shaped(dict, path, "a list of fields, each on a line 'name: value'"):
            yield kind, name, document.value, Origin(document, ())
        elif (files.root / path).is_file():
            yield kind, name, None, Origin(Document(path), ())
    files.problems += _stray_problems(files.root)


def _topic_document(files: _Files, path: Path) -> Document | None:
    """A thing's own file; without a value where it cannot be read. None for a file that is no thing's."""
    name, problems = path.relative_to(files.root).as_posix(), files.problems
    if path.suffix != ".yml":
        problems.append(
            Problem(
                name,
                1,
                f"a data file's name must end in .yml, not {quoted(path.name)}",
                "Rename it, or move it out of data/.",
            )
        )
        return None
    if not ID.fullmatch(path.stem):
        tip = "Put single hyphens between words, such as 'warm-compress.yml'."
        problems.append(
            Problem(
                name,
                1,
                f"a file's name must be made of small letters, digits and hyphens, not {quoted(path.stem)}",
                tip,
            )
        )
        return None
    document = files.shaped(dict, name, "a list of fields, each on a line 'name: value'")
    if document and "id" in document.value:
        problems.append(
            Problem(
                name,
                document.line(("id",)),
                "id must not be given: the file's name is the id",
                "Delete the line.",
            )
        )
    return document or Document(name)


def _entry_id(value: Any, origin: Origin, problems: list[Problem]) -> str:
    """An entry's id; empty where it has none that can be used."""
    if isinstance(value, dict) and isinstance(id := value.get("id"), str) and ID.fullmatch(id):
        return id
    if value is yaml_reader.UNREAD:
        return ""
    if isinstance(value, dict) and value.get("id") is not None:
        message = f"id must be made of small letters, digits and hyphens, not {quoted(value['id'])}"
        tip = "Put single hyphens between words, such as 'warm-compress'."
        problems.append(Problem(origin.path, origin.line(("id",)), message, tip))
    else:
        problems.append(
            Problem(
                origin.path,
                origin.line(),
                "an entry must have an id",
                "Start it with '- id: ' and a name in small letters.",
            )
        )
    return ""


def _words(files: _Files) -> tuple[Words, Document]:
    """Interface words: the package's with the guide's changes; and these as they are written."""
    path = f"{DATA}/words.yml"
    changes = files.shaped(dict, path, "a list of fields") or Document(path, {})
    name, missing = interface_words.language_file(changes)
    declared = replace(files, root=interface_words.FOLDER).read(name)
    words, problems = interface_words.changed(declared.value if declared else {}, changes)
    files.problems += [*missing, *problems]
    return words, changes


def _reading(files: _Files) -> Vocabulary:
    document = files.read(f"{DATA}/reading.yml")
    return (
        document and build(Vocabulary, document.value, Origin(document, ()), files.problems)
    ) or Vocabulary()


def _stray_problems(root: Path) -> Iterator[Problem]:
    """Files in data/ that nothing would read."""
    expected = {*LISTS, *SINGLES, "words", "reading"}
    for path in sorted((root / DATA).glob("[!.]*")):
        if path.is_dir() and path.name not in (*FOLDERS, SCHEMAS):
            tip = nearest(path.name, FOLDERS) or "Rename it, or move it out of data/."
            yield Problem(
                f"{DATA}/{path.name}", 1, f"a folder in data/ must be one of {one_of(FOLDERS)}", tip
            )
        elif path.is_file() and path.name != SHEETS and (path.suffix != ".yml" or path.stem not in expected):
            near = nearest(path.stem, expected) and nearest(path.name, [f"{name}.yml" for name in expected])
            tip = near or "Things with a page of their own go into a folder, such as data/causes/."
            yield Problem(
                f"{DATA}/{path.name}",
                1,
                f"a file in data/ must be a known list, not {quoted(path.name)}",
                tip,
            )


def _articles(root: Path, problems: list[Problem]) -> dict[str, Article]:
    articles: dict[str, Article] = {}
    for path in sorted((root / CONTENT).rglob("*.md")):
        name = path.relative_to(root).as_posix()
        text, found = text_files.read(root, name)
        article, more = article_files.split(name, text)
        problems += [*found, *(more if text or not found else [])]
        if not more and (
            article.front.text or not found
        ):  # what could not be read is not complained of twice
            build(FrontMatter, article.front.value, Origin(article.front, ()), problems)
        articles[path.relative_to(root / CONTENT).as_posix()] = article
    return articles


# ---------------------------------------------------------------------------------------------------------------------
# Linking
