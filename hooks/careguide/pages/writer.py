"""Guide → Markdown pages.

A page is a template's blocks in their order. A hand-written Markdown page at the same path supplies the
prose; its directives say where blocks stand, and the rest follow.
"""

import datetime
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from careguide import styling
from careguide.flow import chart, plan, view
from careguide.guide import due, foreign, history, reviews, selection, services
from careguide.guide.guide import Guide
from careguide.guide.page import Page
from careguide.guide.page_paths import (
    LIST_PAGES,
    PAGE_FOLDERS,
    SheetLink,
    breadcrumbs,
    country_path,
    path_of,
    topic_of,
)
from careguide.model.kinds import LISTS, TOPICS
from careguide.model.lists import Service
from careguide.model.topics import Page as Written
from careguide.model.topics import Topic
from careguide.pages import component_states, foreign_links, inline_svg, page_kinds
from careguide.pages.kept_pages import KeptPages
from careguide.pages.page_blocks import PageBlocks
from careguide.pages.page_front import front_of
from careguide.pages.page_kinds import QUALITY, SINGLE_PAGES, About, Check
from careguide.pages.prose import Terms, Writing
from careguide.source import markup
from careguide.source.articles import Article, front_matter
from careguide.source.cache import FileStore
from careguide.source.parallel import divided
from careguide.source.problems import Problem
from careguide.templating import Blocks, Store, Templates

_TEMPLATES = (Path(__file__).parent / "templates", styling.THEME / "components")
"""One template for each kind of page, with sections that some share, and the components of the look."""


def pages(
    guide: Guide,
    *,
    today: datetime.date,
    figures: Mapping[str, Any] | None = None,
    sheets: Sequence[SheetLink] = (),
    addressed: bool = False,
    quality: Any = None,
    compiled: Store | None = None,
    kept: FileStore | None = None,
    only: Collection[str] = (),
) -> tuple[list[Page], list[Problem]]:
    """Every page of the guide, sorted by path, hand-written ones with their directives carried out.

    `figures` are the figures of safety to publish, by flow; `sheets` are the printed sheets to link.
    The page that counts the others is written alone, where their `quality` is given. The site is `addressed`
    where it has a public address. Templates are kept `compiled`. Pages on which nothing has changed are taken
    from those `kept`. Where there are paths in `only`, nothing else is written.
    """
    names = _names(guide, today, figures or {}, sheets) | {"addressed": addressed, "quality": quality}
    templates = Blocks(Templates(_TEMPLATES, compiled, markup.escape), names)
    writer = PageWriter(guide, templates)
    every = guide.translation.pages if guide.translation else paths(guide, sheets=bool(sheets))
    chosen = [each for each in sorted(every) if (each == QUALITY) == bool(quality)]
    chosen = [each for each in chosen if each in only] if only else chosen
    # A review lapses when any word of its page changes, and other pages may tell how it stands.
    stand = [reviews.standing(guide, thing, today) for thing, _, _ in reviews.reviewed(guide)]
    depends = (str(today), names["figures"], sheets, addressed, stand)
    before = KeptPages(guide, kept, __name__, depends) if kept else None
    made: dict[str, Page | None] = {path: before.find(path) if before else None for path in chosen}
    problems: list[Problem] = []
    left = [path for path, page in made.items() if not page]
    write = divided if len(left) >= _FEWEST else map
    for path, (page, found) in zip(left, write(writer.write, left), strict=True):
        made[path] = page
        problems += found
        if before and not found:
            before.put(path, page)
    return [page for page in made.values() if page], problems


_FEWEST = 10
"""Fewer pages are written sooner than a copy of the program is made that helps."""


def paths(guide: Guide, *, sheets: bool) -> set[str]:
    """The paths of all pages: those that data alone would make, and the hand-written ones."""
    found = {"index.md", *guide.articles}
    if sheets:
        found.add("handouts.md")
    for path, single in SINGLE_PAGES.items():
        if getattr(guide, single.needs or single.template, None):
            found.add(path)
    for kind in TOPICS:
        for thing in guide.of(kind):
            found |= {f"{kind}/index.md", path_of(kind, thing)}
    found |= {path_of("clinicians", symptom) for symptom in guide.symptoms}
    found |= set(map(country_path, guide.services)) if guide.urgency else set()
    found |= {path_of("flows", symptom) for symptom, _ in view.checks(guide)}
    return found


def translated_paths(guide: Guide, *, sheets: bool) -> set[str]:
    """The pages that a translation has, by the paths of their originals.

    A page that somebody wrote by hand must be translated as a whole; of any other, that is said of the things
    it shows. What is only for those who check the guide stays in its own language.
    """
    found: set[str] = set()
    mine = guide.translation
    if not mine:
        return found
    for path in paths(mine.original, sheets=sheets):
        if path in guide.articles or (path not in mine.original.articles and _shows_translated(guide, path)):
            found.add(path)
    return found


def _shows_translated(guide: Guide, path: str) -> bool:
    """Whether a page that data makes shows what is translated."""
    translated = guide.translation.translated if guide.translation else frozenset()
    kind, name = topic_of(path)
    if path in SINGLE_PAGES:
        template = SINGLE_PAGES[path].template
        if template in LISTS:
            return all((template, id_) in translated for id_ in guide.of(template))
        if template == "flows":
            return any(kind == "flows" for kind, _ in translated)
        return template in ("home", "search", "handouts")
    if kind == PAGE_FOLDERS["flows"]:
        flow = view.flow_for(guide, name)
        return flow is not None and ("flows", flow.id) in translated
    thing = guide.of(kind).get(name) if kind in TOPICS else None
    if not isinstance(thing, Written) or (kind, name) not in translated:
        return False  # a symptom's page has an article
    return thing.lead == foreign.without(thing.lead)


class PageWriter:
    """Writes the pages of one guide."""

    def __init__(self, guide: Guide, templates: Blocks) -> None:
        self._guide = guide
        self._terms = Terms(guide)
        self._templates = templates

    def write(self, path: str) -> tuple[Page, list[Problem]]:
        """One page, from its template, its article, or both."""
        about = page_kinds.about(self._guide, path)
        article = self._guide.articles.get(path)
        writing = Writing(self._guide, path, self._terms)
        blocks = PageBlocks(self._guide, self._templates.for_page(_page_names(writing)), about, writing)
        body, problems = blocks.with_article(article) if article else (blocks.rest(), [])
        front = front_of(about, self._guide)
        if article:
            written = article.front.value or {}
            front |= {name: said for name, said in written.items() if isinstance(said, str)}
        front |= {"breadcrumbs": breadcrumbs(self._guide, path), "kind": about.kind}
        language = self._guide.translation.folder if self._guide.translation else ""
        if language:
            front |= {"language": language, "original": path}
        body = foreign_links.led(_without_gaps(body).strip(), path, self._guide)
        page = Page(
            path=self._guide.place(path),
            text=foreign.without(f"{front_matter(front)}\n{body}\n"),
            source=article.path if article else about.source,
            title=foreign.without(str(front.get("title", ""))),
            kind=about.kind,
            cited=tuple(writing.cited),
            language=language,
            files=self._files(about, article),
        )
        return page, problems

    def _files(self, about: About, article: Article | None) -> tuple[tuple[str, int], ...]:
        """The files that a page is made from: its article, its own data, its questions, its first sign."""
        guide = self._guide
        found = {article.path: 1} if article else {}
        subject = about.subject
        named: list[tuple[str, str]] = []
        if isinstance(subject, Check):
            named += [("flows", subject.flow.id), ("symptoms", subject.symptom.id)]
            subject = subject.symptom
        elif isinstance(subject, Topic | Service):
            named.append(reviews.key(subject))
        else:
            found.setdefault(about.source, 1)
        shown = getattr(subject, "shown", ()) or getattr(subject, "signs", ())
        named += [("criteria", sign) for sign in shown[:1]]
        for key in named:
            if origin := guide.origins.get(key):
                found.setdefault(origin.path, origin.line())
        return tuple(found.items())


def _without_gaps(text: str) -> str:
    """The text with one empty line where a block without words has left more."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _names(
    guide: Guide, today: datetime.date, figures: Mapping[str, Any], sheets: Sequence[SheetLink]
) -> dict[str, Any]:
    """What every template can name, beside the `thing` that its page is about and the `parts` of other pages.

    Modules stand under their own names: `selection.a_to_z(…)` is `a_to_z` in `guide/selection.py`.
    """
    offered = [each for each in sheets if not each.withdrawn]
    about: dict[str, list[SheetLink]] = {}  # each page asks only for its own, however many there are
    for sheet in offered:
        about.setdefault(sheet.about, []).append(sheet)
    return {
        "guide": guide,
        "words": guide.words,
        "today": today,
        "figures": figures,
        "sheets": offered,
        "sheets_about": about,
        "withdrawn": [each for each in sheets if each.withdrawn],
        "selection": selection,
        "reviews": reviews,
        "due": due,
        "history": history,
        "inline_svg": inline_svg,
        "component_states": component_states,
        "path_of": path_of,
        "country_path": country_path,
        "services": services,
        "list_pages": LIST_PAGES,
        "plain": markup.plain,
        "view": view,
        "version": plan.version,
        "draw": lambda *asked: Markup(chart.draw(*asked)),  # noqa: S704 - its words were escaped
        "zip": zip,
    }


def _page_names(writing: Writing) -> dict[str, Any]:
    """What templates can name of the page that is being written; what they use most, without `writing.`."""
    return {
        "writing": writing,
        "text": writing.text,
        "cite": writing.cite,
        "call": writing.call,
        "address": markup.address,
        "link": writing.link,
    }
