"""Guide → Markdown pages.

A page is a template's blocks in their order. A hand-written Markdown page at the same path supplies the prose; its directives say where blocks stand, and the rest follow.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from careguide.flow import chart, plan, view
from careguide.guide import reviews, selection
from careguide.guide.guide import CONTENT, DATA, Guide
from careguide.guide.page_paths import PAGE_FOLDERS, SheetLink, breadcrumbs, path_of, topic_of
from careguide.model.flows import Flow
from careguide.model.kinds import LISTS, PLURALS, TOPICS
from careguide.model.topics import Topic
from careguide.pages import component_states, directives, inline_svg
from careguide.pages.prose import Writing
from careguide.source import markup
from careguide.source.articles import Article, front_matter
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.templating import Blocks

SINGLE_PAGES = {
    "index.md": "home",
    "when-to-get-help.md": "criteria",
    "movements.md": "movements",
    "places.md": "places",
    "find-care.md": "services",
    "glossary.md": "glossary",
    "sources.md": "sources",
    "safety.md": "safety",
    "check/index.md": "flows",
    "about/design.md": "design",
    "handouts.md": "handouts",
}
"""Pages of which there is one, with the template that writes each: the name of the list it shows."""

_NEEDS = {"safety": "flows", "design": "remedies"}
"""What a guide must have for a page that is not the list of it."""

_SHOWN_BY = (
    selection.all_of,
    selection.day,
    selection.emergency_numbers,
    selection.grouped,
    selection.ladder,
    selection.leads_to,
    selection.likeliest,
    selection.shown_first,
    selection.to_avoid,
    selection.worth_trying,
    view.asked_first,
    view.fits,
    view.flows_of,
    view.in_doubt,
    view.results,
    view.routes,
    view.sooner,
    view.stage_of,
    view.stages,
    view.steps,
    view.title_at,
    view.title_of,
    plan.version,
    chart.draw,
    inline_svg.line,
    inline_svg.people,
    path_of,
    *component_states.MADE,
    reviews.standing,
)
"""What templates may call."""


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
    cited: tuple[str, ...]
    """Ids of the sources it cites, in order."""


def pages(
    guide: Guide,
    *,
    today: datetime.date,
    figures: Mapping[str, Any] | None = None,
    sheets: Sequence[SheetLink] = (),
) -> tuple[list[Page], list[Problem]]:
    """Every page of the guide, hand-written ones with their directives carried out, sorted by path. `figures` are those to publish, by flow; `sheets` those to link."""
    shelf = _Shelf(guide, today, figures or {}, sheets)
    made: list[Page] = []
    problems: list[Problem] = []
    for path in sorted({*_generated(guide, sheets), *guide.articles}):
        page, found = shelf.page(path)
        made.append(page)
        problems += found
    return made, problems


def _generated(guide: Guide, sheets: Sequence[SheetLink]) -> Iterator[str]:
    """The paths of all pages that data alone would make."""
    yield "index.md"
    if sheets:
        yield "handouts.md"
    yield from (path for path, kind in SINGLE_PAGES.items() if getattr(guide, _NEEDS.get(kind, kind), None))
    for kind in TOPICS:
        if guide.of(kind):
            yield f"{kind}/index.md"
        yield from (path_of(kind, id) for id in guide.of(kind))
    yield from (path_of("flows", flow.id) for id in guide.flows for flow in view.flows_of(guide, id))


class _Shelf:
    """The templates, and what every page can use."""

    def __init__(
        self, guide: Guide, today: datetime.date, figures: Mapping[str, Any], sheets: Sequence[SheetLink]
    ) -> None:
        self.guide = guide
        self.writing = Writing(guide, "")
        self.templates = Blocks(_names(guide, self.writing, today, figures, sheets))

    def page(self, path: str) -> tuple[Page, list[Problem]]:
        """One page, from its template, its article, or both."""
        template, subject, origin = self._made_of(path)
        self.writing.turn(path)
        sheet = _Sheet(self, template, subject)
        article = self.guide.articles.get(path)
        body, problems = sheet.with_article(article) if article else (sheet.rest(), [])
        front = {
            **self._front(template, subject),
            **(article.front.value if article and article.front.value else {}),
        }
        front |= {"breadcrumbs": breadcrumbs(self.guide, path), "kind": template}
        text = _without_gaps(body).strip()
        source = article.path if article else origin
        return Page(
            path,
            f"{front_matter(front)}\n{text}\n",
            source,
            str(front.get("title", "")),
            tuple(sheet.writing.cited),
        ), problems

    def _made_of(self, path: str) -> tuple[str, Any, str]:
        """The template of the page at a path, what the page is about, and the file to edit."""
        kind, name = topic_of(path)
        if path in SINGLE_PAGES:
            shown = SINGLE_PAGES[path]
            return shown, None, f"{DATA}/{shown if shown in LISTS else 'words'}.yml"
        if kind in TOPICS and name == "index":
            return "topics", kind, f"{DATA}/words.yml"
        if kind in TOPICS and name in self.guide.of(kind):
            return TOPICS[kind].singular, self.guide.of(kind)[name], self.guide.origins[kind, name].path
        if kind == PAGE_FOLDERS["flows"] and view.flows_of(self.guide, name):
            return "flow", self.guide.flows[name], self.guide.origins["flows", name].path
        return "article", None, f"{CONTENT}/{path}"

    def _front(self, template: str, subject: Any) -> dict[str, str]:
        if isinstance(subject, Topic):
            return {"title": subject.title, "description": markup.plain(subject.short)}
        if isinstance(subject, Flow):
            return {
                "title": view.title_of(subject, self.guide),
                "description": markup.plain(subject.intro),
                "template": "flow.html",
            }
        if template == "article":
            return {}
        words = self.guide.words["pages"][subject or template]
        return {name: words[name] for name in ("title", "description")}


def _without_gaps(text: str) -> str:
    """The text with one empty line where a block without words has left more."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text


def _names(
    guide: Guide,
    writing: Writing,
    today: datetime.date,
    figures: Mapping[str, Any],
    sheets: Sequence[SheetLink],
) -> dict[str, Any]:
    """What templates can name."""
    return {
        **{each.__name__: each for each in _SHOWN_BY},
        "guide": guide,
        "words": guide.words,
        "today": today,
        "figures": figures,
        "sheets": sheets,
        "plain": markup.plain,
        "writing": writing,
        "text": writing.text,
        "cite": writing.cite,
        "link": writing.link,
    }


class _Sheet:
    """The blocks of one page. Each is written once: where it is asked for, or with the rest at the end."""

    def __init__(self, shelf: _Shelf, template: str, subject: Any) -> None:
        self.shelf, self.writing, self.templates = shelf, shelf.writing, shelf.templates
        self.template, self.subject = template, subject
        self.left = self.templates.names(template)
        self.block = self.templates.of(template, subject)

    def write(self, block: str) -> str:
        """A block of this page."""
        self.left.remove(block)
        return self.block(block)

    def rest(self) -> str:
        """All blocks that have not been written yet, in order."""
        return "\n\n".join([self.write(block) for block in list(self.left)])

    def with_article(self, article: Article) -> tuple[str, list[Problem]]:
        """The page as its article has it."""
        written: list[str] = []
        problems: list[Problem] = []
        for piece in directives.pieces(article):
            match piece:
                case directives.Prose(text):
                    written.append(self.writing.prose(text))
                case directives.Opening():
                    written.append(self._opening(article))
                case directives.Call():
                    section, found = self._section(piece, article.path)
                    written.append(section)
                    problems += found
        return "\n\n".join([*written, self.rest()]), problems

    def _opening(self, article: Article) -> str:
        """What stands under the title of every page of this kind. The title itself is the article's, where it has one."""
        if directives.has_title(article) and "title" in self.left:
            self.left.remove("title")
        return "\n\n".join([self.write(block) for block in ("title", "message") if block in self.left])

    def _section(self, call: directives.Call, path: str) -> tuple[str, list[Problem]]:
        """The section a directive asks for."""
        template, subject = self.template, self.subject
        if call.about:
            singular, _, id = call.about.partition(":")
            kind = PLURALS.get(singular, "")
            if self.shelf.guide.unread(kind, id):
                return "", []
            if kind not in TOPICS or id not in self.shelf.guide.of(kind):
                near = nearest(id, self.shelf.guide.of(kind)) if kind in TOPICS else ""
                tip = near or "Write its kind and its id, as in 'symptom:id' or 'cause:id'."
                return "", [
                    Problem(
                        path,
                        call.line,
                        f"a directive must name a thing with a page, not {quoted(call.about)}",
                        tip,
                    )
                ]
            template, subject = singular, self.shelf.guide.of(kind)[id]
        block = call.name.replace("-", "_")
        names = [name for name in self.templates.names(template) if name not in ("title", "message")]
        if block not in names and self.shelf.guide.unread(*topic_of(self.writing.path)):
            return "", []
        if block not in names:
            known = [name.replace("_", "-") for name in names if name != "end"]
            others = "This page has no sections of its own. Ask for one of another page, as in 'causes symptom:id'."
            here = f"The sections here are {one_of(known, last='and')}." if known else others
            return "", [
                Problem(
                    path,
                    call.line,
                    f"a directive must name a section, not {quoted(call.name)}",
                    nearest(call.name, known) or here,
                )
            ]
        if call.about:
            return self.templates.of(template, subject)(block), []
        if block not in self.left:
            message = f"a section must be placed once, but {quoted(call.name)} is placed twice"
            return "", [Problem(path, call.line, message, "Delete one of the two directives.")]
        return self.write(block), []
