"""Guide → Markdown pages.

A page is a template's blocks in their order. A hand-written Markdown page at the same path supplies the
prose; its directives say where blocks stand, and the rest follow.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from careguide import styling
from careguide.flow import chart, plan, view
from careguide.guide import due, foreign, history, reviews, selection, services
from careguide.guide.guide import CONTENT, Guide
from careguide.guide.page_paths import (
    COUNTRIES,
    LIST_PAGES,
    PAGE_FOLDERS,
    SheetLink,
    breadcrumbs,
    country_path,
    path_of,
    topic_of,
)
from careguide.model.flows import Flow
from careguide.model.kinds import DATA, LISTS, PLURALS, TOPICS
from careguide.model.lists import Service
from careguide.model.topics import Page as Written
from careguide.model.topics import Symptom, Topic
from careguide.pages import component_states, directives, foreign_links, inline_svg
from careguide.pages.frame import mark
from careguide.pages.prose import Terms, Writing
from careguide.source import markup
from careguide.source.articles import Article, front_matter
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.templating import Blocks, Store, Templates


@dataclass(frozen=True)
class SinglePage:
    """A page of which there is one, whatever the guide holds."""

    template: str
    """The template that writes it: the name of the list it shows, or its own."""
    needs: str = ""
    """The kind that a guide must have something of, if not the list itself."""


QUALITY = "about/quality.md"
"""The page that counts all others, and so is written after them."""
SINGLE_PAGES = {
    "index.md": SinglePage("home"),
    "when-to-get-help.md": SinglePage("criteria"),
    "movements.md": SinglePage("movements"),
    "find-care.md": SinglePage("services"),
    "glossary.md": SinglePage("glossary"),
    "sources.md": SinglePage("sources"),
    "safety.md": SinglePage("safety", needs="flows"),
    "check/index.md": SinglePage("flows"),
    "about/design.md": SinglePage("design", needs="remedies"),
    "handouts.md": SinglePage("handouts"),
    "changes.md": SinglePage("changes"),
    "search.md": SinglePage("search", needs="urgency"),
    QUALITY: SinglePage("quality", needs="urgency"),
}
"""By path. The home page stands in every guide, the list of sheets where there are sheets."""


_OTHER_VIEWS = {PAGE_FOLDERS["clinicians"]: ("clinician", "symptoms"), COUNTRIES: ("country", "services")}
"""Folders of pages that show a thing in another way: the template that writes them, and the kind of thing."""
_TEMPLATES = (Path(__file__).parent / "templates", styling.THEME / "components")
"""One template for each kind of page, with sections that some share, and the components of the look."""


@dataclass(frozen=True)
class Check:
    """What the page of a check is about."""

    symptom: Symptom
    flow: Flow


@dataclass(frozen=True)
class Page:
    """One page, as Markdown for any engine."""

    path: str
    """Where it stands among the pages: `causes/caffeine.md`."""
    text: str
    """Its Markdown, with front matter."""
    source: str
    """The file to edit, relative to the project: what 'Improve this page' opens. It need not exist yet."""
    title: str
    """Its name."""
    kind: str
    """What kind of page it is, such as 'cause', 'topics' or 'article'."""
    cited: tuple[str, ...]
    """Ids of the sources it cites, in order."""
    language: str = ""
    """The folder of its language; empty where it is the original's."""
    files: tuple[tuple[str, int], ...] = ()
    """Every file that it is made from, each with the line from which on: the one to edit comes first."""


def pages(
    guide: Guide,
    *,
    today: datetime.date,
    figures: Mapping[str, Any] | None = None,
    sheets: Sequence[SheetLink] = (),
    addressed: bool = False,
    quality: Any = None,
    compiled: Store | None = None,
    only: Collection[str] = (),
) -> tuple[list[Page], list[Problem]]:
    """Every page of the guide, sorted by path, hand-written ones with their directives carried out.

    `figures` are the figures of safety to publish, by flow; `sheets` are the printed sheets to link.
    The page that counts the others is written alone, where their `quality` is given. The site is `addressed`
    where it has a public address. Templates are kept `compiled`. Where there are paths in `only`, nothing
    else is written.
    """
    names = _names(guide, today, figures or {}, sheets) | {"addressed": addressed, "quality": quality}
    templates = Blocks(Templates(_TEMPLATES, compiled, markup.escape), names)
    writer = PageWriter(guide, templates)
    made: list[Page] = []
    problems: list[Problem] = []
    every = guide.translation.pages if guide.translation else paths(guide, sheets=bool(sheets))
    for path in sorted(every):
        if (path == QUALITY) != bool(quality) or (only and path not in only):
            continue
        page, found = writer.write(path)
        made.append(page)
        problems += found
    return made, problems


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


@dataclass(frozen=True)
class _About:
    """What a page is made of."""

    template: str
    """The template that writes it."""
    kind: str
    """What kind of page it is, which decides how it looks: the template's name, or the thing's."""
    subject: Any
    """The thing it is about, the kind it lists, or None."""
    source: str
    """The file to edit where no article supplies its prose."""


class PageWriter:
    """Writes the pages of one guide."""

    def __init__(self, guide: Guide, templates: Blocks) -> None:
        self._guide = guide
        self._terms = Terms(guide)
        self._templates = templates

    def write(self, path: str) -> tuple[Page, list[Problem]]:
        """One page, from its template, its article, or both."""
        about = self._about(path)
        article = self._guide.articles.get(path)
        writing = Writing(self._guide, path, self._terms)
        blocks = PageBlocks(self._guide, self._templates.for_page(_page_names(writing)), about, writing)
        body, problems = blocks.with_article(article) if article else (blocks.rest(), [])
        front = self._front(about)
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

    def _files(self, about: _About, article: Article | None) -> tuple[tuple[str, int], ...]:
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

    def _about(self, path: str) -> _About:
        kind, name = topic_of(path)
        if path in SINGLE_PAGES:
            template = SINGLE_PAGES[path].template
            file = "site" if template == "home" else "words"
            source = f"{DATA}/{template if template in LISTS else file}.yml"
            return _About(template, template, None, source)
        if kind in TOPICS and name == "index":
            return _About("topics", "topics", kind, f"{DATA}/words.yml")
        if kind in TOPICS and (thing := self._guide.of(kind).get(name)):
            return _About(_template(thing), thing.singular, thing, self._guide.origins[kind, name].path)
        if kind in _OTHER_VIEWS:
            template, of = _OTHER_VIEWS[kind]
            if thing := self._guide.of(of).get(name):
                return _About(template, template, thing, self._guide.origins[of, name].path)
        if kind == PAGE_FOLDERS["flows"] and (flow := view.flow_for(self._guide, name)):
            check = Check(self._guide.symptoms[name], flow)
            return _About("flow", "flow", check, self._guide.origins["flows", flow.id].path)
        return _About("article", "article", None, f"{CONTENT}/{path}")

    def _front(self, about: _About) -> dict[str, Any]:
        """The front matter that a page has of itself. An article has its own."""
        if about.template in ("clinician", "country"):
            words, name = self._guide.words, selection.name_of(about.subject)
            title = words.text(f"pages.{about.template}.title", title=name)
            return {"title": title, "description": words.text(f"pages.{about.template}.description")}
        if isinstance(about.subject, Topic):
            return {"title": about.subject.title, "description": markup.plain(about.subject.short)}
        if isinstance(about.subject, Check):
            return {
                "title": view.title_of(about.subject.symptom.id, about.subject.flow, self._guide),
                "description": markup.plain(about.subject.flow.intro),
                "template": "flow.html",
            }
        if about.template == "article":
            return {}
        if about.template == "home":
            return {"title": self._guide.site.name, "description": self._guide.site.home.description}
        words, name = self._guide.words, about.subject or about.template
        front = {
            "title": words.text(f"pages.{name}.title"),
            "description": words.text(f"pages.{name}.description"),
        }
        return front | {"template": "search.html"} if about.template == "search" else front


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


_OPENING = ("title", "late", "message")
"""The blocks that open a page. No directive places them."""
_BEFORE_THE_TEXT = (*_OPENING, "check", "red_line", "movements")
"""Blocks that stand before the text. On phones the list of the page's sections stands between the two."""
_OWN_PARTS = ("home", "flow")
"""Kinds of page whose templates say themselves where their parts begin, or have none."""
_SECTION = re.compile(r"^## ", re.MULTILINE)


class PageBlocks:
    """The blocks of one page. Each is written once: where it is asked for, or with the rest at the end."""

    def __init__(self, guide: Guide, templates: Blocks, about: _About, writing: Writing) -> None:
        self._guide = guide
        self._templates = templates
        self._about = about
        self._writing = writing
        self._left = templates.names(about.template)
        self._block = templates.of(about.template, about.subject)
        self._text_began = about.template in _OWN_PARTS

    def _write(self, block: str) -> str:
        self._left.remove(block)
        return ("" if block in _BEFORE_THE_TEXT else self._text()) + self._block(block)

    def _text(self) -> str:
        """The mark of the page's text, once: before its first piece."""
        if self._text_began:
            return ""
        self._text_began = True
        return mark("text") + "\n\n"

    def _prose(self, text: str) -> str:
        """What somebody wrote. With its first section the text of the page begins."""
        section = _SECTION.search(text)
        if not section:
            return self._writing.prose(text)
        before, after = text[: section.start()], text[section.start() :]
        return "".join((self._writing.prose(before), self._text(), self._writing.prose(after)))

    def rest(self) -> str:
        """All blocks that have not been written yet, in order."""
        return "\n\n".join(map(self._write, list(self._left)))

    def with_article(self, article: Article) -> tuple[str, list[Problem]]:
        """The page as its article has it."""
        written: list[str] = []
        problems: list[Problem] = []
        for piece in directives.pieces(article):
            match piece:
                case directives.Prose(text):
                    written.append(self._prose(text))
                case directives.Opening():
                    written.append(self._opening(article))
                case directives.Call():
                    try:
                        written.append(self._section(piece))
                    except _WrongCall as wrong:
                        problems += wrong.problems(article.path, piece.line)
        return "\n\n".join([*written, self.rest()]), problems

    def _opening(self, article: Article) -> str:
        """What stands under the title of every page of this kind. An article may have a title of its own."""
        if directives.has_title(article) and "title" in self._left:
            self._left.remove("title")
        return "\n\n".join(self._write(block) for block in _OPENING if block in self._left)

    def _section(self, call: directives.Call) -> str:
        """The section a directive asks for: one of this page, or of the page of the thing it names."""
        if call.about:
            template, thing = self._thing(call.about)
            return self._text() + self._templates.of(template, thing)(self._name(call, template))
        block = self._name(call, self._about.template)
        if block not in self._left:
            message = f"a section must be placed once, but {quoted(call.name)} is placed twice"
            raise _WrongCall(message, "Delete one of the two directives.")
        return self._write(block)

    def _thing(self, about: str) -> tuple[str, Topic]:
        """The thing that a directive names, as `cause:picking`, with the template of its page."""
        singular, _, thing = about.partition(":")
        kind = PLURALS.get(singular, "")
        if self._guide.unread(kind, thing):
            raise _WrongCall
        known: Mapping[str, Any] = self._guide.of(kind) if kind in TOPICS else {}
        if thing not in known:
            tip = nearest(thing, known) or "Write its kind and its id, as in 'symptom:id' or 'cause:id'."
            raise _WrongCall(f"a directive must name a thing with a page, not {quoted(about)}", tip)
        return _template(known[thing]), known[thing]

    def _name(self, call: directives.Call, template: str) -> str:
        """The block of a template that a directive names."""
        block = call.name.replace("-", "_")
        names = [name for name in self._templates.names(template) if name not in _OPENING]
        if block in names:
            return block
        if self._guide.unread(*topic_of(self._writing.path)):
            raise _WrongCall
        known = [name.replace("_", "-") for name in names if name not in ("end", "cite_guide")]
        others = (
            "This page has no sections of its own. Ask for one of another page, as in 'causes symptom:id'."
        )
        here = f"The sections here are {one_of(known, last='and')}." if known else others
        tip = nearest(call.name, known) or here
        raise _WrongCall(f"a directive must name a section, not {quoted(call.name)}", tip)


def _template(thing: Topic) -> str:
    """The template that writes a thing's page."""
    return "page" if isinstance(thing, Written) else thing.singular


class _WrongCall(Exception):  # noqa: N818 - it is about a call, and never leaves this module
    """A directive that cannot be carried out: why, and a tip. Without both, a problem says so already."""

    def problems(self, path: str, line: int) -> list[Problem]:
        """The same as a problem of the file that the directive stands in."""
        if not self.args:
            return []
        message, tip = self.args
        return [Problem(path, line, message, tip, rule="directives_ask_for_sections")]
