"""Ids that point from one thing to another: which are known, who points where, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from careguide.guide.guide import Guide
from careguide.guide.services import CALLS, REFERENCE
from careguide.guide.validation import Origin
from careguide.model.fields import WRITE_ID, Leaf, Prose, Ref
from careguide.model.kinds import KINDS, PLURALS, where
from careguide.source import markup
from careguide.source.problems import Problem, nearest, one_of, quoted


def known_ids(origins: Mapping[tuple[str, str], Origin]) -> dict[str, list[str]]:
    """The ids that are written, by kind.

    A list in which an id cannot be read is left out: one problem says so, and a thousand more would hide it.
    """
    ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, id_ in sorted(origins):
        ids[kind].append(id_)
    return {kind: found for kind, found in ids.items() if "" not in found}


def named_ids_exist(guide: Guide, known: Mapping[str, list[str]]) -> Iterator[Problem]:
    """Every id that is named must exist; a thing that is written but wrong counts as existing."""
    for _, thing, origin in guide.all():
        for leaf in thing.leaves:
            if thing.draft and leaf.text == WRITE_ID:
                continue
            for message, tip, words in _wrong_in_leaf(leaf, known):
                yield origin.problem(leaf.loc, message, tip, words=words)
    for article in guide.articles.values():
        text = markup.without_code(article.body)
        for match in REFERENCE.finditer(text):
            for message, tip in _wrong_call(match["call"]):
                yield Problem(article.path, article.line_of(match.start()), f"the text {message}", tip)
        for reference in markup.references(text):
            for message, tip in _wrong_link(reference, known):
                yield Problem(article.path, article.line_of(reference.start), f"the text {message}", tip)


def _wrong_in_leaf(leaf: Leaf, known: Mapping[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """What is wrong, a tip, and the words of the text that it is about."""
    if isinstance(leaf.mark, Ref):
        kind = leaf.mark.kind
        if leaf.text not in known.get(kind, [leaf.text]):
            message = f"must be an id from {where(kind)}, not {quoted(leaf.text)}"
            yield message, _missing_tip(kind, leaf.text, known), leaf.text
    elif isinstance(leaf.mark, Prose):
        for match in REFERENCE.finditer(leaf.text):
            for message, tip in _wrong_call(match["call"], filled=True):
                yield message, tip, match.group()
        for reference in markup.references(leaf.text):
            # What a text cites follows it as a leaf of its own.
            if not (leaf.mark.cites and reference.singular == "source"):
                for message, tip in _wrong_link(reference, known):
                    yield message, tip, reference.id


def _wrong_call(call: str, *, filled: bool = False) -> Iterator[tuple[str, str]]:
    """What is wrong with a reference to a number. In data, one that still stands was filled by nothing."""
    reference = quoted(f"{{call:{call}}}")
    if call not in CALLS:
        tip = nearest(call, CALLS) or f"Write one of {one_of([f'{{call:{each}}}' for each in CALLS])}."
        yield f"must refer to a number that services have, not {reference}", tip
    elif filled:
        yield (
            f"must not refer to {reference}, because no service can be read",
            "Write data/services.yml first.",
        )


def _wrong_link(reference: markup.Reference, known: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    kind = PLURALS.get(reference.singular)
    if reference.singular == "call":
        yield from _wrong_call(reference.id)
    elif reference.singular == markup.PAGE:
        return  # which pages there are is known once they are made: see checks/links.py
    elif not kind:
        tip = nearest(reference.singular, PLURALS) or f"Before the colon stands one of {one_of(PLURALS)}."
        yield f"must link to a kind of thing that exists, not {quoted(reference.singular)}", tip
    elif reference.id not in known.get(kind, [reference.id]):
        message = f"must link to an id from {where(kind)}, not {quoted(reference.id)}"
        yield message, _missing_tip(kind, reference.id, known)


def _missing_tip(kind: str, id_: str, known: Mapping[str, list[str]]) -> str:
    if id_ == WRITE_ID:
        return "Write the id that is meant; until it is ready, put 'draft: true' at the top."
    *most, last = id_.split() or [id_]
    if most and {*most, last} <= {*known[kind]}:
        return f"Put a comma between {one_of(map(quoted, [*most, last]), last='and')}."
    return nearest(id_, known[kind]) or f"Add it to {where(kind)} first."
