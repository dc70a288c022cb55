"""Ids that point from one thing to another: which are known, who points where, and what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from careguide.guide.guide import Guide
from careguide.guide.services import CALLS, REFERENCE
from careguide.guide.validation import Origin
from careguide.model.fields import WRITE_ID, Leaf, Prose, Ref
from careguide.model.kinds import KINDS, PLURALS, where
from careguide.source import markup
from careguide.source.problems import Problem, closest, nearest, one_of, quoted

Ids = Mapping[str, Mapping[str, None]]
"""The ids of each kind, in order, looked up as quickly as in a set."""


def known_ids(origins: Mapping[tuple[str, str], Origin]) -> Ids:
    """The ids that are written, by kind, without lists with an unreadable one: one problem says so."""
    ids: dict[str, dict[str, None]] = {kind: {} for kind in KINDS}
    for kind, id_ in sorted(origins):
        ids[kind][id_] = None
    return {kind: found for kind, found in ids.items() if "" not in found}


_AT_MOST = 3
"""In how many places a missing id is told one by one. In more it was renamed or deleted, not misspelt."""


class _Found(NamedTuple):
    """What is wrong with something that names an id."""

    message: str
    tip: str
    words: str
    """The words of the text that it is about."""
    missing: tuple[str, str] = ("", "")
    """The kind and the id that should be there and is not."""


def named_ids_exist(guide: Guide, known: Ids) -> Iterator[Problem]:
    """Every id that is named must exist; a thing that is written but wrong counts as existing."""
    missing: dict[tuple[str, str], list[Problem]] = {}
    for found, problem in _wrong_in_guide(guide, known):
        if all(found.missing):
            missing.setdefault(found.missing, []).append(problem)
        else:
            yield problem
    for (kind, id_), problems in missing.items():
        if len(problems) <= _AT_MOST:
            yield from problems
        else:
            yield _told_once(guide, kind, id_, problems, known[kind])


def _told_once(guide: Guide, kind: str, id_: str, problems: list[Problem], ids: Iterable[str]) -> Problem:
    """One problem for an id that many places name: where it was renamed, else at the first of them."""
    places = [f"{each.path}:{each.line}" for each in sorted(problems)]
    message = f"{where(kind)} must have the id {quoted(id_)}, because {len(places)} places name it"
    message = f"{message}: {', '.join(places[:_AT_MOST])} …"
    unnamed = [each for each in ids if not guide.backlinks.get((kind, each))]
    if renamed := closest(id_, unnamed):
        origin = guide.origins[kind, renamed]
        tip = f"If {quoted(renamed)} is its new name, change all of them, or give it its old name back."
        return Problem(origin.path, origin.line(), message, tip)
    first = min(problems)
    tip = first.tip if first.tip.startswith("Did") else "Put it back, or change all of them."
    return Problem(first.path, first.line, message, tip)


def _wrong_in_guide(guide: Guide, known: Ids) -> Iterator[tuple[_Found, Problem]]:
    """All that is wrong, each with the problem that tells it."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if thing.draft and leaf.text == WRITE_ID:
                continue
            for found in _wrong_in_leaf(leaf, known):
                yield found, origin.problem(leaf.loc, found.message, found.tip, words=found.words)
    for article in guide.articles.values():
        text = markup.without_code(article.body)
        places: list[tuple[int, _Found]] = []
        for match in REFERENCE.finditer(text):
            places += ((match.start(), each) for each in _wrong_call(match["call"]))
        for reference in markup.references(text):
            places += ((reference.start, each) for each in _wrong_link(reference, known))
        for start, found in places:
            yield found, article.problem(start, f"the text {found.message}", found.tip)


def _wrong_in_leaf(leaf: Leaf, known: Ids) -> Iterator[_Found]:
    if isinstance(leaf.mark, Ref):
        kind = leaf.mark.kind
        if leaf.text not in known.get(kind, [leaf.text]):
            message = f"must be an id from {where(kind)}, not {quoted(leaf.text)}"
            yield _missing(message, kind, leaf.text, known)
    elif isinstance(leaf.mark, Prose):
        for match in REFERENCE.finditer(leaf.text) if "{" in leaf.text else ():
            yield from _wrong_call(match["call"], filled=True)
        for reference in markup.references(leaf.text):
            # What a text cites follows it as a leaf of its own.
            if not (leaf.mark.cites and reference.singular == "source"):
                yield from _wrong_link(reference, known)


def _wrong_call(call: str, *, filled: bool = False) -> Iterator[_Found]:
    """What is wrong with a reference to a number. In data, one that still stands was filled by nothing."""
    written = f"{{call:{call}}}"
    reference = quoted(written)
    if call not in CALLS:
        tip = nearest(call, CALLS) or f"Write one of {one_of([f'{{call:{each}}}' for each in CALLS])}."
        yield _Found(f"must refer to a number that services have, not {reference}", tip, written)
    elif filled:
        message = f"must not refer to {reference}, because no service can be read"
        yield _Found(message, "Write data/services.yml first.", written)


def _wrong_link(reference: markup.Reference, known: Ids) -> Iterator[_Found]:
    kind = PLURALS.get(reference.singular)
    if reference.singular == "call":
        yield from _wrong_call(reference.id)
    elif reference.singular == markup.PAGE:
        return  # which pages there are is known once they are made: see checks/links.py
    elif not kind:
        tip = nearest(reference.singular, PLURALS) or f"Before the colon stands one of {one_of(PLURALS)}."
        message = f"must link to a kind of thing that exists, not {quoted(reference.singular)}"
        yield _Found(message, tip, reference.id)
    elif reference.id not in known.get(kind, [reference.id]):
        message = f"must link to an id from {where(kind)}, not {quoted(reference.id)}"
        yield _missing(message, kind, reference.id, known)


def _missing(message: str, kind: str, id_: str, known: Ids) -> _Found:
    """An id that is not there, with a tip."""
    if id_ == WRITE_ID:
        tip = "Write the id that is meant; until it is ready, put 'draft: true' at the top."
        return _Found(message, tip, id_)
    *most, last = id_.split() or [id_]
    if most and {*most, last} <= {*known[kind]}:
        tip = f"Put a comma between {one_of(map(quoted, [*most, last]), last='and')}."
        return _Found(message, tip, id_)
    others = [where(other) for other, ids in known.items() if id_ in ids]
    tip = nearest(id_, known[kind]) or f"Add it to {where(kind)} first."
    if kind == "urgency" and known[kind] and not tip.startswith("Did"):
        tip = f"The levels are {one_of(known[kind], last='and')}."  # a ladder gets no new step for one sign
    if others:
        tip = f"Choose one of {where(kind)}." if tip.startswith("Add") else tip
        tip = f"{quoted(id_)} stands in {one_of(others)}. {tip}"
    return _Found(message, tip, id_, (kind, id_))
