"""Folders → one linked guide: every thing by its id, and every id that is named looked up."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from careguide.guide import services
from careguide.guide import words as interface_words
from careguide.guide.files import Files
from careguide.guide.guide import CONTENT, HOME, SCHEMAS, SHEETS, Guide
from careguide.guide.readability import Vocabulary
from careguide.guide.references import known_ids, named_ids_exist
from careguide.guide.validation import Origin
from careguide.guide.words import Words
from careguide.model.fields import ID, Part, Plain, Short, Title
from careguide.model.kinds import DATA, FOLDERS, KINDS, LISTS, SINGLES, where
from careguide.model.measured import Measured
from careguide.model.site import FILE as SITE
from careguide.model.site import UNNAMED, Site
from careguide.source import articles as article_files
from careguide.source import text_files, yaml_reader
from careguide.source.articles import Article
from careguide.source.cache import Cache
from careguide.source.digests import code_digest
from careguide.source.problems import Problem, named, nearest, one_of, problems_at, quoted
from careguide.source.yaml_reader import Document

LONGEST_ID = 80
"""The most letters of an id: it is part of addresses and of the names of files."""


class FrontMatter(Part):
    """What a hand-written page says of itself."""

    title: Title
    """Its name, as the browser's tab and lists show it."""
    description: Short
    """What it is about, in one sentence: shown by search engines and when the page is shared."""
    search_words: tuple[Plain, ...] = ()
    """What people type who look for it: 'phone number'."""


def load(root: Path, cache: Path | None = None) -> tuple[Guide, list[Problem]]:
    """The guide under `root`, as far as it can be read, and all that is wrong. Files are kept in `cache`."""
    files = Files(root, [], Cache(cache and cache / "files.json", code_digest(__name__)))
    things: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    origins: dict[tuple[str, str], Origin] = {}
    calls: dict[str, str] = {}
    site, site_origin = _site(files)
    # The services come first: the other texts refer to their numbers.
    for kind, id_, value, origin in sorted(_written(files), key=lambda each: each[0] != "services"):
        if kind != "services" and not calls:
            things["services"] = _ordered(things["services"], site.countries)
            calls = services.references(next(iter(things["services"].values()), None))
        if id_ and (kind, id_) in origins:
            message = f"id must be new, but '{id_}' stands on line {origins[kind, id_].line()} too"
            tip = "Ids are never used twice. Choose another, or merge the two."
            files.note(origin.path, origin.line(("id",)), message, tip)
            continue
        origins[kind, id_] = origin
        if value is not None:
            if "{" in origin.document.text:  # as in few
                value = services.filled(value, calls or services.own_references(value))  # noqa: PLW2901
            if thing := files.build(KINDS[kind], {**value, "id": id_}, origin):
                things[kind][id_] = thing
    things["services"] = _ordered(things["services"], site.countries)
    languages = [*site.translations, *_unnamed_languages(files, site, site_origin)]
    _note_strays(files, languages)
    articles = _articles(files, languages)
    said, changes = words_of(files, site, site_origin)
    guide = Guide(
        **things,  # type: ignore[arg-type]  # the names of kinds are the names of these fields
        origins=origins,
        articles=articles,
        site=site,
        site_origin=site_origin,
        words=said,
        **vocabulary_of(files),
        measured=_measured(files),
        words_file=changes,
    )
    files.kept.close()
    return guide, [*files.problems, *named(named_ids_exist(guide, known_ids(origins)))]


def _written(files: Files) -> Iterator[tuple[str, str, dict[str, Any] | None, Origin]]:
    """Each thing that is written: kind, id, fields, place. Unread, it has no fields, and in a list no id."""
    for kind in LISTS:
        yield from _entries(files, kind)
    for kind in FOLDERS:
        for file in files.inside(where(kind)):
            document = _topic_document(files, file)
            if document:
                yield kind, file.stem, document.value, Origin(document, ())
    for name, kind in SINGLES.items():
        path = f"{DATA}/{name}.yml"
        document = files.shaped(dict, path)
        if document:
            yield kind, name, document.value, Origin(document, ())
        elif files.has(path):
            yield kind, name, None, Origin(Document(path), ())


def _entries(files: Files, kind: str) -> Iterator[tuple[str, str, dict[str, Any] | None, Origin]]:
    """The entries of one list, each as `_written` yields it."""
    path = where(kind)
    document = files.shaped(list, path, "a list of entries, each starting with '- id:'")
    if document:
        for index, value in enumerate(document.value):
            origin = Origin(document, (index,))
            id_ = _entry_id(files, value, origin)
            yield kind, id_, value if id_ else None, origin
    elif files.has(path):
        yield kind, "", None, Origin(Document(path), ())


def _topic_document(files: Files, file: Path) -> Document | None:
    """A thing's own file; without a value where it cannot be read. None for a file that is no thing's."""
    path, name, tip = file.relative_to(files.root).as_posix(), file.stem, ""
    if file.suffix != ".yml":
        message = f"a data file's name must end in .yml, not {quoted(file.name)}"
        tip = f"Rename it, or move it out of {DATA}/."
    elif name == "index":
        message = "a file's name must not be 'index': that is the page of the list"
        tip = "Give it the name of what it is about."
    elif len(name) > LONGEST_ID:
        message = f"a file's name must have at most {LONGEST_ID} letters, but has {len(name)}"
        tip = "Choose a short name: readers see it in the address."
    elif not ID.fullmatch(name):
        message = f"a file's name must be made of small letters, digits and hyphens, not {quoted(name)}"
        tip = "Put single hyphens between words, such as 'warm-compress.yml'."
    if tip:
        files.note(path, 1, message, tip)
        return None
    document = files.shaped(dict, path)
    if document and "id" in document.value:
        message = "id must not be given: the file's name is the id"
        files.note(path, document.line(("id",)), message, "Delete the line.")
    return document or Document(path)


def _entry_id(files: Files, value: Any, origin: Origin) -> str:
    """An entry's id; empty where it has none that can be used."""
    if value is yaml_reader.UNREAD:
        return ""
    id_ = value.get("id") if isinstance(value, dict) else None
    if isinstance(id_, str) and ID.fullmatch(id_) and len(id_) <= LONGEST_ID:
        return id_
    if id_ is None:
        tip = "Start it with '- id: ' and a name in small letters."
        files.note(origin.path, origin.line(), "an entry must have an id", tip)
    else:
        form = "made of small letters, digits and hyphens"
        form = f"at most {LONGEST_ID} letters long" if ID.fullmatch(str(id_)) else form
        message = f"id must be {form}, not {quoted(id_)}"
        tip = "Put single hyphens between words, such as 'warm-compress'."
        files.note(origin.path, origin.line(("id",)), message, tip)
    return ""


def site_of(root: Path) -> Site:
    """Who publishes the guide under `root`; where its file is wrong, what stands for it."""
    return _site(Files(root, [], Cache(None)))[0]


def _site(files: Files) -> tuple[Site, Origin]:
    """Who publishes the guide, and where that is written. The file must be there."""
    document = files.shaped(dict, SITE)
    if not document:
        if not files.has(SITE):
            tip = "Write it: name, tagline, owner, licence, and home with headline and description."
            files.note(SITE, 1, "the file must exist: it says who publishes the guide", tip)
        return UNNAMED, Origin(Document(SITE), ())
    origin = Origin(document, ())
    return files.build(Site, document.value, origin) or UNNAMED, origin


def _ordered(services: dict[str, Any], countries: Iterable[str]) -> dict[str, Any]:
    """The services in the order of the guide's countries; those that it does not name come last."""
    first = {id_: services[id_] for id_ in countries if id_ in services}
    return first | services


def words_of(files: Files, site: Site, written: Origin, folder: str = DATA) -> tuple[Words, Document]:
    """Interface words: the package's with the guide's changes in a folder; and these as they are written."""
    path = f"{folder}/words.yml"
    changes = files.shaped(dict, path, "a list of fields") or Document(path, {})
    files.problems += problems_at(written, (), interface_words.the_language_is_one(site))
    declared, package = _package_words(files, "en"), None
    if site.locale.base != "en":
        package = _package_words(files, site.locale.base)
        missing = interface_words.words_are_in_the_language(declared, package, changes, site.locale)
        files.problems += named(missing)
    words, problems = interface_words.changed(declared, changes, package)
    files.problems += problems
    return words, changes


def _package_words(files: Files, language: str) -> Mapping[str, Any]:
    """The package's words in a language; none where it has no file for it."""
    document = replace(files, root=interface_words.FOLDER).read(f"{language}.yml")
    return document.value if document else {}


def vocabulary_of(files: Files, folder: str = DATA) -> dict[str, Any]:
    """What the reading scores must know, and its file; nothing where none says it, or can be read."""
    document = files.read(f"{folder}/reading.yml")
    found = files.build(Vocabulary, document.value, Origin(document, ())) if document else None
    return {
        "vocabulary": found or Vocabulary(),
        "reading_file": document or Document(f"{folder}/reading.yml"),
    }


def _measured(files: Files) -> Measured | None:
    document = files.shaped(dict, f"{DATA}/measured.yml")
    return files.build(Measured, document.value, Origin(document, ())) if document else None


def _unnamed_languages(files: Files, site: Site, origin: Origin) -> Iterator[str]:
    """The languages whose texts are there although the site does not name them; a note about each."""
    for folder in files.inside(DATA):
        if files.has(f"{DATA}/{folder.name}/site.yml") and folder.name not in site.translations:
            name = f"{DATA}/{folder.name}/"
            message = f"translations must have {quoted(folder.name)}, because {name} holds its texts"
            tip = f"Write 'translations: [{folder.name}]', or delete {name}."
            files.note(origin.path, origin.line(("translations",)), message, tip)
            yield folder.name


def _note_strays(files: Files, translations: Collection[str]) -> None:
    """Note what stands in data/ and nothing would read."""
    expected = {*LISTS, *SINGLES, "site", "words", "reading", "measured"}
    for file in files.inside(DATA):
        path = f"{DATA}/{file.name}"
        if file.is_dir() and file.name not in (*FOLDERS, *translations, SCHEMAS):
            tip = nearest(file.name, FOLDERS) or f"Rename it, or move it out of {DATA}/."
            files.note(path, 1, f"a folder in {DATA}/ must be one of {one_of(FOLDERS)}", tip)
        elif not (file.is_dir() or file.name == SHEETS or (file.suffix == ".yml" and file.stem in expected)):
            tip = f"Things with a page of their own go into a folder, such as {where('causes')}."
            if nearest(file.stem, expected):  # the name alone, because every ending is like '.yml'
                tip = nearest(file.name, [f"{name}.yml" for name in expected]) or tip
            files.note(path, 1, f"a file in {DATA}/ must be a known list, not {quoted(file.name)}", tip)


def _note_folders(files: Files) -> None:
    """Note folders that are links or cannot be read: what stands in them would vanish without a word."""

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            path = Path(error.filename).relative_to(files.root).as_posix()
            files.problems.append(text_files.unread(path, error, "folder"))

    for top in (DATA, CONTENT):
        for folder, names, _ in os.walk(files.root / top, onerror=note):
            for name in sorted(names):
                if (Path(folder) / name).is_symlink():
                    path = (Path(folder) / name).relative_to(files.root).as_posix()
                    message = "the folder must be a folder of the project, not a link to one"
                    files.note(path, 1, message, "Copy its files here.")


def _note_second_place(files: Files, home: Article) -> None:
    """Note what the home page says of itself: all of it stands in one place."""
    for name in home.front.value or {}:
        message = f"{name} must not be given on the home page: the site's own words stand in {SITE}"
        files.note(home.path, home.front.line((name,)), message, "Delete the line, or write it there.")


def _articles(files: Files, translations: Collection[str]) -> dict[str, Article]:
    """The hand-written pages, by their path inside the folder, without their `translations`."""
    _note_folders(files)
    articles: dict[str, Article] = {}
    for file in files.inside(CONTENT, "**/*.md"):
        path = file.relative_to(files.root).as_posix()
        if path.split("/")[1] in translations:
            continue
        text, found = text_files.read(files.root, path)
        article, more = article_files.split(path, text)
        if path == f"{CONTENT}/{HOME}":
            _note_second_place(files, article)
            more = [each for each in more if each.rule != "front_matter"]
        # What could not be read is not complained of twice.
        files.problems += [*found, *(more if text or not found else [])]
        if path != f"{CONTENT}/{HOME}" and not more and (article.front.text or not found):
            files.build(FrontMatter, article.front.value, Origin(article.front, ()))
        articles[file.relative_to(files.root / CONTENT).as_posix()] = article
    return articles
