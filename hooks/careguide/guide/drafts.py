"""Things that somebody is still writing: checked with the rest, and kept out of what is published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from careguide.guide.guide import Guide
from careguide.guide.page_paths import topic_of
from careguide.model.fields import WRITE_HERE, WRITE_ID, Prose, Ref
from careguide.model.kinds import KINDS, PLURALS
from careguide.source import markup
from careguide.source.locations import spell, texts_in
from careguide.source.problems import Problem, quoted

Thing = tuple[str, str]
"""A thing by its kind and id."""

_LEFT = re.compile(WRITE_ID.replace("-", r"[\s-]+"), re.IGNORECASE)


def drafts(guide: Guide) -> set[Thing]:
    """Every thing that is not published: what says so of itself, and the flow and vignettes of a symptom that does."""
    said = {(kind, thing.id) for kind, thing, _ in guide.all() if thing.draft}
    flows = {("flows", id) for kind, id in said if kind == "symptoms"} | {
        thing for thing in said if thing[0] == "flows"
    }
    return said | {(kind, id) for _, id in flows for kind in ("flows", "vignettes") if id in guide.of(kind)}


def published(guide: Guide) -> Guide:
    """The guide without its drafts: the guide itself where it has none."""
    if not (out := drafts(guide)):
        return guide
    kept = {
        kind: {id: thing for id, thing in guide.of(kind).items() if (kind, id) not in out} for kind in KINDS
    }
    origins = {key: origin for key, origin in guide.origins.items() if key not in out}
    articles = {path: article for path, article in guide.articles.items() if topic_of(path) not in out}
    return replace(guide.with_things(**kept), origins=origins, articles=articles)


def check(guide: Guide) -> list[Problem]:
    """Everything that would let a draft, or a piece of one, be published."""
    out = drafts(guide)
    return [
        *nothing_is_left_to_write(guide, out),
        *drafts_are_not_named(guide, out),
        *flows_keep_their_vignettes(guide, out),
    ]


def nothing_is_left_to_write(guide: Guide, out: Collection[Thing]) -> Iterator[Problem]:
    """What is published must not hold a place where somebody should have written something."""
    # Few files hold such a place; walking every text of all takes far longer.
    texts = {origin.path: origin.document.text for origin in guide.origins.values()}
    unwritten = {path for path, text in texts.items() if _LEFT.search(text)}
    for kind, thing, origin in guide.all():
        for loc, text in (
            texts_in(thing.model_dump(mode="json", by_alias=True))
            if origin.path in unwritten and (kind, thing.id) not in out
            else ()
        ):
            # An id that is left to write is unknown, and `guide` says so.
            if _LEFT.search(text) and text != WRITE_ID:
                yield Problem(
                    origin.path,
                    origin.line(loc),
                    f"{spell(loc)} must be written, not {quoted(text)}",
                    _UNREADY,
                )
    for path, article in guide.articles.items():
        for name, text in texts_in(article.front.value or {}):
            if topic_of(path) not in out and _LEFT.search(text):
                yield Problem(
                    article.path,
                    article.front.line(name),
                    f"{spell(name)} must be written, not {quoted(text)}",
                    "Write it.",
                )
        for number, line in enumerate(article.body.split("\n"), article.first_line):
            if topic_of(path) not in out and WRITE_HERE in line:
                yield Problem(
                    article.path,
                    number,
                    f"the text must be written, not {quoted(line)}",
                    "Write it, or delete the line.",
                )


_UNREADY = "Write it; until it is ready, put 'draft: true' at the top."


def drafts_are_not_named(guide: Guide, out: Collection[Thing]) -> Iterator[Problem]:
    """What is published must not name a draft: a reader would be sent to a page that is not there."""
    for kind, thing, origin in guide.all():
        for leaf in thing.leaves if out and (kind, thing.id) not in out else ():
            for named in _named(leaf.mark, leaf.text):
                if named in out:
                    message = f"{spell(leaf.loc)} must not name a draft, but {quoted(named[1])} is one"
                    yield Problem(origin.path, origin.line(leaf.loc), message, _tip(guide, named))
    for path, article in guide.articles.items() if out else ():
        for each in markup.references(article.body) if topic_of(path) not in out else ():
            if (named := (PLURALS.get(each.singular, ""), each.id)) in out:
                line = article.first_line + article.body.count("\n", 0, each.start)
                yield Problem(
                    article.path,
                    line,
                    f"the text must not name a draft, but {quoted(each.id)} is one",
                    _tip(guide, named),
                )


def _named(mark: Ref | Prose, text: str) -> list[Thing]:
    """The things a text names: itself, where it is an id, or in its links."""
    return (
        [(mark.kind, text)]
        if isinstance(mark, Ref)
        else [(PLURALS.get(each.singular, ""), each.id) for each in markup.references(text)]
    )


def _tip(guide: Guide, named: Thing) -> str:
    return f"Once it is ready, take 'draft: true' out of {guide.origins[named].path}; until then, leave it out here."


def flows_keep_their_vignettes(guide: Guide, out: Collection[Thing]) -> Iterator[Problem]:
    """A flow is published only with stories that were really written."""
    for id in guide.flows:
        if ("flows", id) not in out and ("vignettes", id) in out:
            origin = guide.origins["vignettes", id]
            tip = "Take it out when the stories are ready, or make the flow a draft too."
            yield Problem(
                origin.path,
                origin.line(("draft",)),
                "draft must not be given, because its flow is published",
                tip,
            )
