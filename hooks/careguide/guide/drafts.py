"""Things that somebody is still writing: checked with the rest, and kept out of what is published."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace

from careguide.guide.guide import Guide
from careguide.guide.page_paths import PAGE_FOLDERS, topic_of
from careguide.model.fields import WRITE_HERE, WRITE_ID, Leaf, Prose
from careguide.model.kinds import KINDS, TOPICS, thing_named
from careguide.source import markup
from careguide.source.articles import Article
from careguide.source.locations import texts_in
from careguide.source.problems import Problem, Wrong, named, problems_at, quoted

Thing = tuple[str, str]
"""A thing by its kind and id."""
_LEFT = re.compile(WRITE_ID.replace("-", r"[\s-]+"), re.IGNORECASE)
"""What somebody should have written over, however its words are set."""


def drafts(guide: Guide) -> set[Thing]:
    """Every thing that is not published: each draft, and the flow and vignettes of a symptom that is one."""
    found = set[Thing]()
    for kind, thing, _ in guide.all():
        # A flow and vignettes of a symptom's own have its id.
        symptom = guide.symptoms.get(thing.id) if kind in ("flows", "vignettes") else None
        if thing.draft or (symptom and symptom.draft):
            found.add((kind, thing.id))
    return found


def published(guide: Guide) -> Guide:
    """The guide without its drafts: the guide itself where it has none."""
    out = drafts(guide)
    if not out:
        return guide
    kept = {}
    for kind in KINDS:
        kept[kind] = {id_: thing for id_, thing in guide.of(kind).items() if (kind, id_) not in out}
    origins = {key: origin for key, origin in guide.origins.items() if key not in out}
    articles = {path: article for path, article in guide.articles.items() if topic_of(path) not in out}
    return replace(guide.with_things(**kept), origins=origins, articles=articles)


def may_show(guide: Guide, paths: Iterable[str]) -> set[str]:
    """Those of a guide's pages that may show a draft: lists, articles, drafts, and what drafts name.

    A draft without a page, such as a word of the glossary, or a flow of what is published, may show on any.
    """
    out = drafts(guide)
    concerned = set(out)
    for kind, id_ in out:
        if kind in TOPICS:
            for leaf in guide.of(kind)[id_].leaves:
                concerned.update(_named_in(leaf))
        elif kind not in ("flows", "vignettes") or ("symptoms", id_) not in out:
            return set(paths)
    found = set[str]()
    for path in paths:
        kind, id_ = topic_of(path)
        if kind in (PAGE_FOLDERS["flows"], PAGE_FOLDERS["clinicians"]):  # other views of a symptom
            kind = "symptoms"
        is_of_thing = kind in TOPICS and id_ in guide.of(kind)
        if not is_of_thing or (kind, id_) in concerned:
            found.add(path)
    return found


def check(guide: Guide) -> list[Problem]:
    """Everything that would let a draft, or a piece of one, be published."""
    out = drafts(guide)
    return [
        *named(nothing_is_left_to_write(guide, out)),
        *named(drafts_are_not_named(guide, out)),
        *named(flows_keep_their_vignettes(guide, out)),
    ]


# What is left to write


def nothing_is_left_to_write(guide: Guide, out: AbstractSet[Thing]) -> Iterator[Problem]:
    """What is published must not hold a place where somebody should have written something."""
    # Few files hold such a place, and walking every text of all takes far longer than looking at each file.
    texts = {origin.path: origin.document.text for origin in guide.origins.values()}
    unwritten = {path for path, text in texts.items() if _LEFT.search(text)}
    for kind, thing, origin in guide.all():
        if origin.path in unwritten and (kind, thing.id) not in out:
            tip = "Write it; until it is ready, put 'draft: true' at the top."
            # An id that is left to write is unknown, and the rule on ids says so.
            values = thing.model_dump(mode="json")
            yield from problems_at(origin, (), _left_in(values, tip, but=WRITE_ID))
    for path, article in guide.articles.items():
        if topic_of(path) not in out:
            yield from problems_at(article.front, (), _left_in(article.front.value or {}, "Write it."))
            yield from _left_in_body(article)


def _left_in(values: object, tip: str, but: str = "") -> Wrong:
    for loc, text in texts_in(values):
        if _LEFT.search(text) and text != but:
            yield loc, f"must be written, not {quoted(text)}", tip


def _left_in_body(article: Article) -> Iterator[Problem]:
    for number, line in enumerate(article.body.split("\n"), article.first_line):
        if WRITE_HERE in line:
            message = f"the text must be written, not {quoted(line)}"
            yield Problem(article.path, number, message, "Write it, or delete the line.")


# What names a draft


def drafts_are_not_named(guide: Guide, out: AbstractSet[Thing]) -> Iterator[Problem]:
    """What is published must not name a draft: a reader would be sent to a page that is not there."""
    if not out:
        return
    for kind, thing, origin in guide.all():
        if (kind, thing.id) in out:
            continue
        for leaf in thing.leaves:
            for draft in out & set(_named_in(leaf)):
                message = f"must not name a draft, but {quoted(draft[1])} is one"
                yield origin.problem(leaf.loc, message, _ready_tip(guide, draft))
    for path, article in guide.articles.items():
        if topic_of(path) in out:
            continue
        for reference in markup.references(markup.without_code(article.body)):
            draft = thing_named(reference)
            if draft in out:
                message = f"the text must not name a draft, but {quoted(reference.id)} is one"
                yield article.problem(reference.start, message, _ready_tip(guide, draft))


def _named_in(leaf: Leaf) -> list[Thing]:
    """The things a text names: itself, where it is an id, or in its links."""
    if isinstance(leaf.mark, Prose):
        return list(map(thing_named, markup.references(leaf.text)))
    return [(leaf.mark.kind, leaf.text)]


def _ready_tip(guide: Guide, draft: Thing) -> str:
    path = guide.origins[draft].path
    return f"Once it is ready, take 'draft: true' out of {path}; until then, leave it out here."


def flows_keep_their_vignettes(guide: Guide, out: AbstractSet[Thing]) -> Iterator[Problem]:
    """A check is published only with stories that were really written."""
    for id_ in guide.symptoms:
        if ("symptoms", id_) not in out and ("vignettes", id_) in out:
            message = "must not be given, because its check is published"
            tip = "Take it out when the stories are ready, or make the symptom a draft too."
            yield guide.origins["vignettes", id_].problem(("draft",), message, tip)
