"""The texts of another language → a guide of its own, with its site, words, countries and articles.

What nobody has translated yet is shown in the original's language and marked so; what the original has
changed since says so at its place. Nothing is withdrawn without a word.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from careguide.guide import foreign, services
from careguide.guide.files import Files
from careguide.guide.guide import Guide, Translation
from careguide.guide.loader import vocabulary_of, words_of
from careguide.guide.overlay import Block, Overlaid, Pair, overlaid
from careguide.guide.references import known_ids, named_ids_exist
from careguide.guide.translation import LaidDocument, Texts, TranslatedThing, bounds
from careguide.guide.validation import Origin, build
from careguide.guide.words import Words
from careguide.model.kinds import DATA, KINDS
from careguide.model.lists import Source
from careguide.model.site import Site
from careguide.source.articles import Article
from careguide.source.cache import Cache
from careguide.source.digests import code_digest
from careguide.source.locations import Loc, at, with_texts
from careguide.source.problems import Problem, Wrong, named, nearest, one_of, problems_at, quoted

_KEPT = ("sources", "vignettes")
"""Kinds without a word of the guide's own: a translation has the original's."""
_NAMES = "covers"
"""The field with the names of what a page tells besides: in another language nobody looks them up."""
_ONLY_TRANSLATED = ("glossary",)
"""Kinds with only what is translated: a word of another language that is explained explains nothing."""


def site_fits_its_folder(site: Site, folder: str, original: Guide) -> Wrong:
    """A translation must be in the language of its folder, and its countries must be some of the guide's."""
    if folder not in (site.language, site.locale.base):
        must = f"must be {quoted(folder)}, as its folder says, not {quoted(site.language)}"
        yield ("language",), must, f"Write {quoted(folder)}."
    for place, id_ in enumerate(site.countries if original.whole("services") else ()):
        if id_ not in original.services:
            tip = nearest(id_, original.services) or f"Write {one_of(original.services)}."
            yield ("countries", place), f"must be a country of the guide, not {quoted(id_)}", tip


def guide_in(
    texts: Texts, original: Guide, root: Path, cache: Path | None = None
) -> tuple[Guide | None, list[Problem]]:
    """The guide in another language; None where it has no name in it yet. Its words are kept in `cache`."""
    folder = f"{DATA}/{texts.language}"
    if not texts.site:
        tip = "Write name, tagline, home, language and countries there."
        message = (
            f"{texts.language!r} is not published without {folder}/site.yml, which says the guide's name"
        )
        loc = ("translations", original.site.translations.index(texts.language))
        wrong = [original.site_origin.problem(loc, message, tip, blocks=False)]
        return None, list(named(wrong, "translation_has_a_site"))
    kept = Cache(cache and cache / f"words-{texts.language}.json", code_digest(__name__) if cache else "")
    files = Files(root, [], kept)
    origin = _origin(texts.site)
    site, wrong = build(Site, texts.site.laid.value, origin)
    wrong += problems_at(origin, (), site_fits_its_folder(site, texts.language, original)) if site else ()
    if not site or wrong:
        return None, wrong
    site = site.model_copy(update={"translations": ()})
    words, changes = words_of(files, site, origin, folder)
    made = _Maker(texts, original, site, words)
    things, origins = made.things()
    stale: set[str] = set()
    for block, _ in texts.blocks():
        if block.stale:
            stale.add(block.name)
    guide = replace(
        original,
        **things,  # type: ignore[arg-type]  # the names of kinds are the names of these fields
        origins=origins,
        articles=made.articles(),
        site=site,
        site_origin=origin,
        words=words,
        words_file=changes,
        **vocabulary_of(files, folder),
        translation=Translation(texts.language, original, frozenset(texts.things), stale=frozenset(stale)),
    )
    kept.close()
    wrong_ids = named(named_ids_exist(guide, known_ids(original.origins)))
    return guide, [*files.problems, *made.problems, *wrong_ids]


def _kept(thing: Any) -> Any:
    """A thing of the original as a translation shows it: a source is named in its own language."""
    if not isinstance(thing, Source):
        return thing
    date = thing.date and foreign.marked(thing.date[0].upper() + thing.date[1:])
    named = {"title": foreign.marked(thing.title), "publisher": foreign.marked(thing.publisher), "date": date}
    return thing if thing.language else thing.model_copy(update=named)


def _origin(thing: TranslatedThing) -> Origin:
    """Where a translated thing is written, by the ways inside the thing."""
    source, value, places = thing.document, thing.laid.value, thing.laid.places
    start = source.first_line
    return Origin(LaidDocument(source.path, value, source.text, start, source=source, places=places), ())


class _Maker:
    """Makes the things and articles of a guide in another language."""

    def __init__(self, texts: Texts, original: Guide, site: Site, words: Words) -> None:
        self.problems: list[Problem] = []
        self._texts = texts
        self._original = original
        self._site = site
        self._words = words
        self._language = site.locale.name_of(original.site.locale)

    def things(self) -> tuple[dict[str, dict[str, Any]], dict[tuple[str, str], Origin]]:
        """Every thing by kind and id, and where each is written."""
        things: dict[str, dict[str, Any]] = {}
        origins = dict(self._original.origins)
        calls: Mapping[str, str] = {}
        for kind in ("services", *KINDS):  # texts refer to the numbers of services
            if kind in things:
                continue
            things[kind] = {}
            for id_ in self._ids(kind):
                thing = self._texts.things.get((kind, id_))
                if kind in _KEPT:
                    things[kind][id_] = _kept(self._original.of(kind)[id_])
                    continue
                origin = _origin(thing) if thing else origins[kind, id_]
                value = self._value(kind, id_, thing)
                filled = services.filled(value, calls or services.own_references(value))
                made, wrong = build(KINDS[kind], {**filled, "id": id_}, origin)
                self.problems += wrong
                if made:
                    things[kind][id_], origins[kind, id_] = made, origin
            if kind == "services":
                calls = services.references(next(iter(things[kind].values()), None))
        return things, origins

    def _ids(self, kind: str) -> list[str]:
        """The ids of a kind: of services those of the site's countries, in their order."""
        known = self._original.of(kind)
        if kind == "services" and self._site.countries:
            return list(filter(known.__contains__, self._site.countries))
        if kind in _ONLY_TRANSLATED:
            return [id_ for id_ in known if (kind, id_) in self._texts.things]
        return list(known)

    def _value(self, kind: str, id_: str, thing: TranslatedThing | None) -> Any:
        """The fields of a thing, with what is not translated marked, and what is stale told."""
        laid = thing.laid if thing else self._untouched(kind, id_)
        value = with_texts(laid.value, str)
        value.pop("reviewed", None)  # it is of the original's words
        for loc in laid.missing:
            if loc[0] != _NAMES:
                _change(value, loc, partial(with_texts, change=foreign.marked))
        if any(loc[0] == _NAMES for loc in laid.missing):
            value[_NAMES] = []
        for block in laid.blocks:
            if block.stale and (pair := self._told_at(block)):
                _change(value, pair.loc, partial("{1} {0}".format, self._note(kind, pair)))
        return value

    def _untouched(self, kind: str, id_: str) -> Overlaid:
        return overlaid(KINDS[kind], self._original.origins[kind, id_].written, {}, name=id_)

    def _told_at(self, block: Block) -> Pair | None:
        """The text at which a stale entry says so: a sign at the sign, any other at its longest text."""
        signs = [pair for pair in block.pairs if pair.loc[-1] == "sign"]
        return max(signs or block.pairs, key=lambda pair: len(pair.said), default=None)

    def _note(self, kind: str, pair: Pair) -> str:
        """What is said at a text whose original has changed: of a sign, the sign as it is now."""
        if kind == "criteria":
            sign = foreign.marked(pair.text)
            return self._words.text("translation.changed_sign", language=self._language, sign=sign)
        return self._words.text("translation.changed", language=self._language)

    def articles(self) -> dict[str, Article]:
        """The hand-written pages. A section that is stale says so under its heading."""
        made: dict[str, Article] = {}
        for path, page in self._texts.articles.items():
            article = page.article
            pieces: list[str] = []
            for (start, end), block in zip(bounds(article.body), page.blocks, strict=True):
                piece = article.body[start:end]
                changed = block.stale if page.parallel else not start
                pieces.append(self._with_note(piece) if changed else piece)
            made[path] = replace(article, body="".join(pieces))
        return made

    def _with_note(self, section: str) -> str:
        heading, _, rest = section.lstrip("\n").partition("\n")
        note = self._words.text("translation.changed_part", language=self._language)
        return f"{heading}\n\n**{note}**\n{rest}"


def _change(value: Any, loc: Loc, change: Callable[[Any], Any]) -> None:
    inside, last = at(value, loc[:-1]), loc[-1]
    inside[last] = change(inside[last])
