"""A project folder → its pages, sheets, figures and problems. The one place that knows all rooms."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import Any

from careguide import typesetting
from careguide.checks import budgets, editorial, quality, written
from careguide.checks import handouts as handout_rules
from careguide.flow import rules as flow_rules
from careguide.flow import safety_figures, view
from careguide.guide import drafts, loader, readability, translated, translation
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.readability import Score
from careguide.handouts import build as sheets_of
from careguide.handouts import drawings, fit, layout, web
from careguide.handouts import versions as sheet_versions
from careguide.handouts.handout import FOLDER, Handout
from careguide.hosting import redirects
from careguide.pages import writer
from careguide.pages.page_kinds import QUALITY
from careguide.source.cache import Cache, FileStore, opened, store
from careguide.source.parallel import beside, divided
from careguide.source.problems import Problem, blocked, capped, named
from careguide.source.progress import Progress, silent

_Make = Callable[[], dict[str, bytes]]
_Also = Callable[[Mapping[str, Guide]], list[Problem]]


@dataclass(frozen=True)
class Site:
    """All that comes of one project folder."""

    guide: Guide
    """What the data says, linked."""
    pages: list[Page]
    """Every page in every language. Only worth publishing where nothing blocks."""
    handouts: list[Handout]
    """Every printed sheet, sorted by id; worth printing where nothing blocks."""
    make_web_sheets: Sequence[_Make]
    """What makes the bare web pages of the sheets in each language, or has begun to."""
    make_exports: _Make
    """What makes the files for other systems, or has begun to."""
    moved: dict[str, str]
    """The new address of each page that once stood elsewhere, by its old one, from the site's root."""
    scores: list[tuple[Page, Score]]
    """How hard each page is to read."""
    problems: list[Problem]
    """What is wrong, sorted by file and line."""
    drafts: int = 0
    """How many things somebody is still writing: they are checked, and not published."""
    editions: Mapping[str, Guide] = field(default_factory=dict)
    """The guide in each of its languages, by the folder of its pages; the original under an empty name."""

    def pages_in(self, language: str) -> list[Page]:
        """The pages in one language, by the folder of its pages."""
        return [page for page in self.pages if page.language == language]

    @cached_property
    def web_sheets(self) -> dict[str, bytes]:
        """The sheets as bare web pages, with styles and script, by path on the site. Made when asked for."""
        return {path: file for make in self.make_web_sheets for path, file in make().items()}

    @property
    def blocked(self) -> bool:
        """Whether anything is wrong that must not be published."""
        return blocked(self.problems)


def build(
    root: Path,
    *,
    today: datetime.date,
    with_drafts: bool = False,
    site_url: str = "",
    try_mutants: bool = True,
    begin_files: bool = False,
    also: _Also | None = None,
    progress: Progress = silent,
) -> Site:
    """Read, check and write the guide under `root`.

    Everything that is wrong is found in one run, in drafts too; their pages come `with_drafts` alone.
    Sheets name `site_url`, the site's public address; without one they have no QR code.
    A site that is not published need not `try_mutants`: only the page on safety names their number.
    Meanwhile `begin_files` makes web sheets and exports, and `also` finds what else is wrong in any language.
    """
    progress("Reading the guide")
    cache, unkept = opened(root)
    run = _Run(root, today, site_url, cache, store(root, "templates"), store(root, "written"))
    guide, problems = loader.load(root, cache)
    shown = guide if with_drafts else drafts.published(guide)
    run.begin(partial(_check_texts, [guide] if shown is guide else [guide, shown], run))
    texts, wrong = translation.read(root, guide, cache)
    progress("Proving the questions")
    problems += [*wrong, *unkept, *flow_rules.check(guide, cache), *drafts.check(guide)]
    progress("Looking for faults in the questions")
    # A guide that is wrong has no figures to publish.
    figures = {} if blocked(problems) else _figures(shown, cache, try_mutants=try_mutants)
    progress("Measuring the sheets, and writing the pages")
    sheets, make, found = _sheets(shown, run, whole=not blocked(problems))
    problems += found
    translations, wrong = _in_others(texts if not blocked(problems) else [], shown, run)
    problems += wrong
    translated_sheets = [sheet for edition in translations for sheet in edition.handouts]
    sheet_links = [*map(layout.link_to, sheets), *layout.links_beside(translated_sheets)]
    editions = {"": shown} | {each.texts.language: each.guide for each in translations}
    run.begin(partial(_check_beside, editions, run, also))
    known = readability.known(guide.reading, cache, budgets.__name__)
    write = partial(run.pages, sheets=sheet_links, addressed=bool(site_url))
    pages, wrong = write(shown, figures=figures, kept=None if blocked(problems) else run.kept)
    export: _Make = partial(exports, editions, [*sheets, *translated_sheets], site_url, today)
    makes = [export, make, *(edition.make_web_sheets for edition in translations)]
    begun = list(map(beside, makes)) if begin_files and not blocked(problems) else []
    scores = readability.scores(pages, guide.reading, known)
    counted = quality.quality(shown, pages, scores, figures.values(), known)
    one_more, found = write(shown, figures=figures, quality=counted)
    pages, problems = sorted([*pages, *one_more], key=_path), [*problems, *wrong, *found]
    check = partial(written.pages, shown, pages, scores, known, root)
    # With drafts all is checked with them first, and what is right there is not looked at again.
    run.later.append(beside(check) if shown is guide else check)
    translated_pages = [_translated(edition, pages, run) for edition in translations]
    if shown is not guide:
        problems += _check_drafts(guide, pages, known, write, run)
    problems += run.finished()
    known.close()
    if blocked(problems):
        editions = {"": shown}
        for wait in begun:
            wait()  # nobody wants it now, but a copy of the program ends only where it is waited for
    else:
        for more, their_scores, wrong in translated_pages:
            problems += wrong
            pages, scores = [*pages, *more], [*scores, *their_scores]
        sheets = [*sheets, *translated_sheets]
    problems += written.files(guide, pages, sheets, root, cache)
    moved = redirects.moved(shown, list(map(layout.link_to, sheets)), {page.path for page in pages}, editions)
    progress("")
    export, *bare = begun or makes
    drafted = len(drafts.drafts(guide))
    return Site(shown, pages, sheets, bare, export, moved, scores, capped(problems), drafted, editions)


_COUNTED = {"safety.md", QUALITY}
"""Pages with figures that only a whole build knows."""


def rewritten(
    site: Site, root: Path, only: Collection[str], *, today: datetime.date, with_drafts: bool
) -> list[Page] | None:
    """Some pages of a site as they would be now, unchecked; for a first look.

    None where the guide has become another meanwhile: with other pages, or wrong so that nothing comes of it.
    """
    guide, problems = loader.load(root, opened(root)[0])
    shown = guide if with_drafts else drafts.published(guide)
    sheets = [layout.link_to(sheet) for sheet in site.handouts if not sheet.language]
    before = {page.path for page in site.pages_in("")}
    if blocked(problems) or before != writer.paths(shown, sheets=bool(sheets)) or _COUNTED & {*only}:
        return None
    compiled = store(root, "templates")
    pages, problems = writer.pages(shown, today=today, sheets=sheets, compiled=compiled, only=only)
    return None if blocked(problems) else pages


@dataclass(frozen=True)
class _Edition:
    """The guide in another language, with its sheets: pages of the original link to those in both."""

    texts: translation.Texts
    guide: Guide
    handouts: list[Handout]
    make_web_sheets: _Make


@dataclass(frozen=True)
class _Run:
    """What each part of one run is given."""

    root: Path
    today: datetime.date
    site_url: str
    cache: Path | None
    compiled: FileStore
    kept: FileStore
    """Pages that were written before."""
    later: list[Callable[[], list[Problem]]] = field(default_factory=list)
    """What waits for what is wrong besides, which is found meanwhile."""

    def begin(self, check: Callable[[], list[Problem]]) -> None:
        """Begin to look for what is wrong."""
        self.later.append(beside(check))

    def finished(self) -> list[Problem]:
        """What is wrong besides; call it once all pages are written."""
        self.kept.forget_others()
        return [each for wait in self.later for each in wait()]

    def pages(self, guide: Guide, **options: Any) -> tuple[list[Page], list[Problem]]:
        """The pages of a guide."""
        return writer.pages(guide, today=self.today, compiled=self.compiled, **options)


def _figures(guide: Guide, cache: Path | None, *, try_mutants: bool) -> dict[str, Any]:
    """The figures of safety of each check, by its symptom."""
    symptoms = [symptom for symptom, _ in view.checks(guide)]
    work = partial(safety_figures.figures, guide=guide, cache=cache, try_mutants=try_mutants)
    made = divided(work, symptoms) if try_mutants else map(work, symptoms)
    return dict(zip(symptoms, made, strict=True))


def _in_others(
    texts: Iterable[translation.Texts], original: Guide, run: _Run
) -> tuple[list[_Edition], list[Problem]]:
    """The guide in each other language in which it can be published, and what is wrong with it there."""
    made: list[_Edition] = []
    problems: list[Problem] = []
    for each in texts:
        guide, wrong = translated.guide_in(each, original, run.root, run.cache)
        problems += wrong
        if not guide or not guide.translation or blocked(wrong):
            continue
        paths = writer.translated_paths(guide, sheets=bool(guide.symptoms))
        guide = replace(guide, translation=replace(guide.translation, pages=frozenset(paths)))
        sheets, bare, found = _sheets(guide, run, whole=True)
        problems += found
        made.append(_Edition(each, guide, sheets, bare))
    return made, problems


def _translated(
    edition: _Edition, original_pages: list[Page], run: _Run
) -> tuple[list[Page], _Scores, list[Problem]]:
    """The pages in another language, how hard they are to read, and what is wrong with them."""
    texts, guide = edition.texts, edition.guide
    links_to_sheets = list(map(layout.link_to, edition.handouts))
    pages, found_in_pages = run.pages(guide, sheets=links_to_sheets, kept=run.kept)
    known = readability.known(guide.reading, run.cache)
    scores = readability.scores(pages, guide.reading, known)
    known.close()
    wrong = written.translated_pages(guide, texts, pages, scores, original_pages, run.root)
    return pages, scores, [*found_in_pages, *wrong]


_Scores = list[tuple[Page, Score]]
_Write = Callable[..., tuple[list[Page], list[Problem]]]
_path = attrgetter("path")


def _check_drafts(guide: Guide, pages: list[Page], known: Cache, write: _Write, run: _Run) -> list[Problem]:
    """What is wrong with the guide once its drafts stand among the pages that are shown."""
    again, wrong = write(guide, only=drafts.may_show(guide, writer.paths(guide, sheets=True)))
    with_them = sorted({page.path: page for page in (*pages, *again)}.values(), key=_path)
    scores = readability.scores(with_them, guide.reading, known)
    return [*wrong, *written.pages(guide, with_them, scores, known, run.root)]


def _check_texts(guides: Iterable[Guide], run: _Run) -> list[Problem]:
    """What is wrong with the words of a guide: as all of it, and as it is shown."""
    return [each for guide in guides for each in editorial.check(guide, today=run.today, cache=run.cache)]


def _check_beside(editions: Mapping[str, Guide], run: _Run, also: _Also | None) -> list[Problem]:
    """What is wrong with the words of translations, and with the guide in any language besides."""
    found: list[Problem] = []
    for language, guide in editions.items():
        found += editorial.check_translated(guide, run.cache) if language else []
    return [*found, *(also(editions) if also else [])]


def _sheets(guide: Guide, run: _Run, *, whole: bool) -> tuple[list[Handout], _Make, list[Problem]]:
    """Every printed sheet, what makes them as bare web pages, and what is wrong with them before printing."""
    pictures, cache = drawings.printed(run.root), run.cache
    sheets = sheets_of.handouts(guide, drawings=pictures, site_url=run.site_url, today=run.today)
    printable = handout_rules.has_letters(guide, cache)
    sheets = [replace(sheet, printable=printable) for sheet in sheets]
    versions, found = sheet_versions.load(run.root)
    bare = partial(web.web_sheets, sheets, guide, versions, run.compiled, cache)
    found += handout_rules.check(guide, sheets, site_url=run.site_url, cache=cache)
    if whole and printable and not blocked(found):  # what cannot be printed has no size

        def measure() -> list[Problem]:
            return list(named(fit.sheets_fit_their_paper(sheets, guide, pictures, cache)))

        takes_long = not fit.all_are_measured(sheets, guide, cache)
        run.later.append(beside(measure) if takes_long and typesetting.is_unused() else measure)
    return sheets, bare, found


def cards(site: Site, root: Path, progress: Progress = silent) -> dict[str, bytes]:
    """The picture of each page that shows when it is shared, as PNG by its path on the site.

    They are kept in the project's `.cache`.
    """
    from careguide.pages import social_cards  # noqa: PLC0415 - a check sets nothing; the typesetter loads slowly

    if not handout_rules.has_letters(site.guide, opened(root)[0]):
        return {}
    sites = {language: guide.site for language, guide in site.editions.items()}
    return social_cards.cards(site.pages, sites, root, progress)


def exports(
    editions: Mapping[str, Guide], every_sheet: Iterable[Handout], site_url: str, today: datetime.date
) -> dict[str, bytes]:
    """What other systems are given, by path on the site; addresses in it start with `site_url`.

    What a host is asked for at its root goes with it on the day of a build, `today`.
    """
    # A check writes none of these, and they load slowly.
    from careguide.exports import feed, fhir, lookup, open_data, reviews_calendar, site_files  # noqa: PLC0415

    sheets: dict[tuple[str, str], str] = {}
    for sheet in every_sheet:
        if sheet.kind == "symptom" and not sheet.withdrawn:
            sheets[sheet.language, sheet.about] = f"{FOLDER}/{sheet.id}/"
    guide = editions[""]
    files = open_data.files(editions, site_url) | fhir.files(guide, site_url)
    files |= lookup.files(editions, sheets) | site_files.files(guide, site_url, today)
    files[reviews_calendar.FILE] = reviews_calendar.calendar(guide, site_url)
    if site_url and guide.changes:  # an entry of a feed is known by its address for ever
        files[feed.FILE] = feed.feed(guide, site_url)
    return files


def pdfs(
    site: Site,
    root: Path,
    *,
    only: Collection[str] = (),
    only_kept: bool = False,
    progress: Progress = silent,
) -> tuple[dict[str, bytes], list[Problem]]:
    """The PDFs of all sheets, or of those about `only` these things, by path; and what does not fit on paper.

    They are kept in the project's `.cache`; with `only_kept` nothing is made that is not there already.
    """
    from careguide.handouts import pdf  # noqa: PLC0415 - for the same reason

    chosen = [sheet for sheet in site.handouts if sheet.printable and not sheet.withdrawn]
    if only:
        chosen = [sheet for sheet in chosen if sheet.id in only or sheet.about in only]
    return pdf.pdfs(chosen, site.editions, root, only_kept=only_kept, every=not only, progress=progress)
