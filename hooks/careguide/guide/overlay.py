"""A thing's texts in another language, laid over the thing: only texts change, never what they hang on.

An entry of a translation, which is a file or an item of a list at any depth, carries `of`: the fingerprint of
the texts it was made from. So what the original says by now can be told from what it said then.
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from careguide.guide.services import REFERENCE
from careguide.model.fields import Form, Part, Prose, Ref, is_part, type_of
from careguide.source import markup
from careguide.source.locations import Loc, texts_in
from careguide.source.problems import nearest, one_of, quoted
from careguide.source.yaml_reader import UNREAD

OF = "of"
"""The field that holds a fingerprint."""
KEYS = ("id", "cause", "remedy", "place", "level")
"""The fields by which an entry of a list is known, the first that its model requires. Other lists keep their
order."""
FREE = {"search_words", "also_called", "common_misspellings", "forms", "about"}
"""Lists that each language writes for itself: what its readers type and say."""
_UNSEEN = {"left_out", "lowered"}
"""Fields that only those who check the guide read."""
_SHAPES: dict[type, str] = {list: "a list", dict: "fields of its own", str: "one text"}
_GAP = re.compile(r"\{[a-z_]+\}")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\w+")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,:/]\d+)*")


def fingerprint(texts: Iterable[str]) -> str:
    """Eight digits that change with the words of texts; where a line is broken does not count."""
    words = "\n".join(" ".join(text.split()) for text in texts)
    return hashlib.sha256(words.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Pair:
    """One text with its translation."""

    loc: Loc
    """The way to it inside the thing."""
    place: Loc
    """The way to its translation inside the translation's file."""
    text: str
    """What the original says."""
    said: str
    """What the translation says."""
    mark: Prose


@dataclass
class Block:
    """One entry of a translation: the texts that one fingerprint stands for."""

    name: str
    """What it is called: 'criteria/e-chest', 'flow/screens/now'."""
    loc: Loc
    """The way to it inside the thing."""
    place: Loc
    """The way to it inside the translation's file."""
    of: str = ""
    """The fingerprint that it carries; empty where it has none."""
    pairs: list[Pair] = field(default_factory=list)

    @property
    def now(self) -> str:
        """The fingerprint of what the original says now."""
        return fingerprint(pair.text for pair in self.pairs)

    @property
    def stale(self) -> bool:
        """Whether the original has changed since it was translated."""
        return bool(self.of) and self.of != self.now


@dataclass(frozen=True)
class Fault:
    """What is wrong with a translation, at a place of its file."""

    place: Loc
    message: str
    tip: str
    blocks: bool = True


@dataclass
class Overlaid:
    """A thing with the texts of another language."""

    value: Any = None
    """Its fields: the original's, with the texts that are translated."""
    blocks: list[Block] = field(default_factory=list)
    missing: list[Loc] = field(default_factory=list)
    """The ways to the texts that nobody has translated."""
    faults: list[Fault] = field(default_factory=list)
    places: dict[Loc, Loc] = field(default_factory=dict)
    """Where each translated value stands in the translation's file, by the way to it inside the thing."""


def overlaid(
    model: type[Part],
    original: Mapping[str, Any],
    given: Mapping[str, Any],
    *,
    name: str,
    prefix: Loc = (),
    also: Collection[str] = (),
) -> Overlaid:
    """A thing called `name` with the texts at `prefix` of a file; fields in `also` are that file's alone."""
    found = Overlaid()
    layer = _Layer(found)
    block = layer.begin(name, given, (), prefix)
    found.value = layer.fields(model, original, given, (), prefix, block, known=(*also, "id"))
    for own in also:
        if own in given:
            found.value[own] = given[own]
            found.places[(own,)] = (*prefix, own)
    found.faults += list(_faults(found.blocks))
    return found


class _Layer:
    """Lays one translation over one thing."""

    def __init__(self, found: Overlaid) -> None:
        self._found = found

    def begin(self, name: str, given: Mapping[str, Any], loc: Loc, place: Loc) -> Block:
        """The block of an entry."""
        of = given.get(OF)
        block = Block(name, loc, place, of if isinstance(of, str) else "")
        self._found.blocks.append(block)
        self._found.places[loc] = place
        return block

    def fields(
        self,
        model: type[Part],
        original: Mapping[str, Any],
        given: Mapping[str, Any],
        loc: Loc,
        place: Loc,
        block: Block,
        known: Collection[str] = (),
        repeated: bool = False,
    ) -> dict[str, Any]:
        """The fields of a part. It may give those `known`; with `repeated`, what the original has as well."""
        value = dict(original)
        for name, written in original.items():
            if name in model.model_fields and holds_text(model, name):
                here = (*loc, name), (*place, name)
                value[name] = self._field(model, name, written, given.get(name), *here, block)
        for name, said in given.items():
            if name in (OF, *known) or said is UNREAD:
                continue
            if name not in model.model_fields or not holds_text(model, name):
                if not (repeated and name in original and original[name] == said):
                    self._refuse(model, name, (*place, name))
            elif name not in original and not is_free(model, name):
                tip = "Delete it, or look up its name."
                self._note((*place, name), "must stand in the original too", tip)
            elif name not in original:
                value[name] = said
        return value

    def _refuse(self, model: type[Part], name: str, place: Loc) -> None:
        """Note a field that a translation may not give."""
        texts = list(filter(partial(holds_text, model), model.model_fields))
        if name in model.model_fields:
            message = "must not be given: a translation holds texts alone"
            self._note(place, message, "Delete it: it stands in the original, for every language.")
        else:
            known = f"The texts here are {one_of(texts, last='and')}." if texts else ""
            self._note(place, "must be a text that exists", nearest(name, texts) or known)

    def _field(
        self, model: type[Part], name: str, written: Any, said: Any, loc: Loc, place: Loc, block: Block
    ) -> Any:
        """What a field says in the translation; where that is missing, what the original says."""
        absent = said is None or said is UNREAD
        if is_free(model, name):
            for inner in () if absent else ((), *((index,) for index in range(len(said)))):
                self._found.places[*loc, *inner] = (*place, *inner)
            needed = absent and model.model_fields[name].is_required()
            return written if needed else said or []
        if absent:
            self._miss(written, loc, model, name)
            return written
        self._found.places[loc] = place
        many, held, mark = _form(model, name)
        shape: Any = list if many else dict if is_part(held) else str
        if not isinstance(said, shape):
            return self._unlike(written, _SHAPES[shape], loc, place)
        if is_part(held):
            lay = self._entries if many else self.fields
            return lay(held, written, said, loc, place, block)
        if many:
            return self._texts(written, said, loc, place, block, mark)
        block.pairs.append(Pair(loc, place, written, said, mark))
        return said

    def _texts(
        self, written: list[str], said: list[Any], loc: Loc, place: Loc, block: Block, mark: Prose
    ) -> list[str]:
        if len(said) != len(written):
            message = f"must have as many items as the original, {len(written)}, but has {len(said)}"
            tip = "Translate each item, in the same order. Until then the original is shown."
            self._note(place, message, tip, blocks=False)
            self._found.missing.append(loc)
            return written
        texts = list(written)
        for index, (text, translated) in enumerate(zip(written, said, strict=True)):
            if isinstance(translated, str):
                where = (*place, index)
                block.pairs.append(Pair((*loc, index), where, text, translated, mark))
                self._found.places[*loc, index] = where
                texts[index] = translated
            else:
                self._unlike(text, "one text", (*loc, index), (*place, index))
        return texts

    def _entries(
        self, model: type[Part], written: list[Any], said: list[Any], loc: Loc, place: Loc, block: Block
    ) -> list[Any]:
        """A list of entries: each by its key, or where they have none in their order."""
        key = key_of(model)
        if not key and len(said) != len(written):
            message = f"must have as many entries as the original, {len(written)}, but has {len(said)}"
            tip = "Keep the order of the original, an entry for each. Until then the original is shown."
            self._note(place, message, tip, blocks=False)
            self._found.missing.append(loc)
            return written
        there = self._by_key(written, said, key, place) if key else dict(enumerate(enumerate(said)))
        values = list(written)
        for index, original in enumerate(written):
            position, at = there.get(index, (0, None))
            where, inner = (*place, position), (*loc, index)
            if not isinstance(at, dict):
                self._miss_all(model, original, inner)
                continue
            label = str(original.get(key) if key else index + 1)
            entry = self.begin(f"{block.name}/{loc[-1]}/{label}", at, inner, where)
            values[index] = self.fields(
                model, original, at, inner, where, entry, known=(key,) if key else (), repeated=not key
            )
            if not entry.pairs:
                self._found.blocks.remove(entry)
        return values

    def _by_key(
        self, written: list[Any], said: list[Any], key: str, place: Loc
    ) -> dict[int, tuple[int, Any]]:
        """The entries of a translation, each with its place, by the place of their original."""
        places: dict[str, int] = {}
        for index, each in enumerate(written):
            places[str(each.get(key))] = index
        there: dict[int, tuple[int, Any]] = {}
        for index, each in enumerate(said):
            known = each.get(key) if isinstance(each, dict) else None
            if known is None:
                tip = f"Start it with '{key}: ' and the name that the original has."
                self._note((*place, index), f"an entry must have {key}", tip)
            elif not isinstance(known, str) or known not in places:
                tip = nearest(str(known), places) or "Delete the entry, if the original has it no longer."
                self._note((*place, index, key), f"must be one of the original's, not {quoted(known)}", tip)
            elif places[known] in there:
                message = f"must stand once, but {quoted(known)} stands twice"
                self._note((*place, index, key), message, "Keep one.")
            else:
                there[places[known]] = index, each
        return there

    def _unlike(self, written: Any, shape: str, loc: Loc, place: Loc) -> Any:
        """What the original says, where a translation has another shape."""
        self._note(place, f"must be {shape}, as in the original", "See the original for its shape.")
        self._found.missing.append(loc)
        return written

    def _miss(self, written: Any, loc: Loc, model: type[Part], name: str) -> None:
        """Note that a field's texts are not translated."""
        _, held, _ = type_of(model.model_fields[name])
        if not is_part(held):
            for inner, _ in texts_in(written, loc):
                self._found.missing.append(inner)
            return
        for index, each in enumerate(written) if isinstance(written, list) else ((None, written),):
            self._miss_all(held, each, loc if index is None else (*loc, index))

    def _miss_all(self, model: type[Part], written: Any, loc: Loc) -> None:
        """Note that none of a part's texts is translated."""
        for name, value in written.items() if isinstance(written, dict) else ():
            here = name in model.model_fields and holds_text(model, name)
            if here and not is_free(model, name):
                self._miss(value, (*loc, name), model, name)

    def _note(self, place: Loc, message: str, tip: str, *, blocks: bool = True) -> None:
        self._found.faults.append(Fault(place, message, tip, blocks))


@cache
def _form(model: type[Part], name: str) -> tuple[bool, Any, Prose]:
    """Whether a field is a list, what it holds, and what that allows."""
    many, held, marks = type_of(model.model_fields[name])
    return many, held, next((mark for mark in marks if isinstance(mark, Prose)), Prose())


@cache
def key_of(model: type[Part]) -> str:
    """The field by which an entry of a list is known; empty where its place tells."""
    for key in KEYS:
        if key in model.model_fields and model.model_fields[key].is_required():
            return key
    return ""


@cache  # each text of each thing asks it
def holds_text(model: type[Part], name: str) -> bool:
    """Whether a field holds words that a translation gives."""
    _, held, marks = type_of(model.model_fields[name])
    if name in _UNSEEN:
        return False
    if is_part(held):
        return any(map(partial(holds_text, held), held.model_fields))
    return is_free(model, name) or any(isinstance(mark, Prose) for mark in marks)


@cache
def is_free(model: type[Part], name: str) -> bool:
    """Whether a field holds words that each language has of its own."""
    marks = type_of(model.model_fields[name])[2]
    return name in FREE and not any(isinstance(mark, Ref | Form) for mark in marks)


# What a translation must keep


def _faults(blocks: Iterable[Block]) -> Iterator[Fault]:
    """What translations have lost. Where the original has changed since, that alone is told."""
    for block in blocks:
        if not block.of and block.pairs:
            tip = "Once the words are right, run 'careguide translate LANGUAGE --stamp', which writes it."
            yield Fault(block.place, "of must be given: it says what was translated", tip)
        if not block.stale:
            for pair in block.pairs:
                for message, tip in lost(pair.text, pair.said, cites=pair.mark.cites):
                    yield Fault(pair.place, message, tip)


def lost(text: str, said: str, *, cites: bool = False) -> Iterator[tuple[str, str]]:
    """What a translation must have as the original has it: what must be true of it, and a tip."""
    if not said.strip():
        yield "must hold words, but is blank", "Write the translation, or delete the line."
        return
    gaps, kept = _gaps(text), _gaps(said)
    for gap in sorted(gaps ^ kept):
        had = "keep" if gap in gaps else "not have"
        yield f"must {had} {gap}, as the original does", "What stands in brackets is filled in by the page."
    if cites and set(markup.cited_in(text)) != set(markup.cited_in(said)):
        named = one_of(map("@{}".format, markup.cited_in(text) or ["none"]), last="and")
        yield "must cite the sources of the original", f"They are {named}."
    before, after = numbers(text), numbers(said)
    if before != after:
        message = f"must have the numbers of the original, {_spelt(before)}, but has {_spelt(after)}"
        yield message, "A time, a count or a dose is the same in every language; write it in digits."


def _gaps(text: str) -> set[str]:
    """What a page fills in: '{number}', '{call:emergency}'."""
    if "{" not in text:  # as nearly always
        return set()
    return {*_GAP.findall(text), *(match.group() for match in REFERENCE.finditer(text))}


def numbers(text: str) -> list[str]:
    """The numbers in a text's words, in digits alone and sorted: a dose, a time, a count."""
    if not _NUMBER.search(text):
        return []
    words = _ADDRESS.sub("", markup.plain(REFERENCE.sub("", text)))
    return sorted(re.sub(r"\D", "", number) for number in _NUMBER.findall(words))


def _spelt(found: list[str]) -> str:
    return one_of(found, last="and") if found else "none"
