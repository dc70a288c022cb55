"""The blocks of a page in their order: those that its article places, then the rest."""

import re
from collections.abc import Mapping
from typing import Any

from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.model.kinds import PLURALS, TOPICS
from careguide.model.topics import Topic
from careguide.pages import directives
from careguide.pages.frame import mark
from careguide.pages.page_kinds import About, template_of
from careguide.pages.prose import Writing
from careguide.source.articles import Article
from careguide.source.problems import Problem, nearest, one_of, quoted
from careguide.templating import Blocks

_OPENING = ("title", "late", "message")
"""The blocks that open a page. No directive places them."""
_BEFORE_THE_TEXT = (*_OPENING, "check", "red_line", "movements")
"""Blocks that stand before the text. On phones the list of the page's sections stands between the two."""
_OWN_PARTS = ("home", "flow")
"""Kinds of page whose templates say themselves where their parts begin, or have none."""
_SECTION = re.compile(r"^## ", re.MULTILINE)


class PageBlocks:
    """The blocks of one page. Each is written once: where it is asked for, or with the rest at the end."""

    def __init__(self, guide: Guide, templates: Blocks, about: About, writing: Writing) -> None:
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
        return template_of(known[thing]), known[thing]

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


class _WrongCall(Exception):  # noqa: N818 - it is about a call, and never leaves this module
    """A directive that cannot be carried out: why, and a tip. Without both, a problem says so already."""

    def problems(self, path: str, line: int) -> list[Problem]:
        """The same as a problem of the file that the directive stands in."""
        if not self.args:
            return []
        message, tip = self.args
        return [Problem(path, line, message, tip, rule="directives_ask_for_sections")]
