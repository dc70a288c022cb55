"""`careguide remove`: a thing goes once nothing names it, and with it what belongs to it alone."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from careguide.contribute import schema
from careguide.contribute.commands import kind_named, write_files
from careguide.guide import loader
from careguide.guide.guide import CONTENT, Guide
from careguide.model.fields import Leaf, Ref
from careguide.model.kinds import KINDS, LISTS, file_of, thing_named, where
from careguide.source import markup, text_files
from careguide.source.locations import spell
from careguide.source.problems import Problem, StoppedError, WrongCallError, nearest, quoted

Thing = tuple[str, str]
"""A thing by its kind and id."""
_WORST_FIRST = ("flows", "symptoms", "criteria", "vignettes")
"""Where a missing thing does most harm: what is asked, what is shown, what is said of a sign, the tests."""


def remove(options: argparse.Namespace, root: Path) -> None:
    """Take a thing out of the guide, unless something names it: then these places are listed, worst first."""
    kind = kind_named(options.kind)
    guide = loader.load(root)[0]
    thing = kind, options.id
    if thing not in guide.origins:
        known = [id_ for each, id_ in guide.origins if each == kind]
        tip = nearest(options.id, known) or f"See {where(kind)}."
        raise WrongCallError(f"there must be a {KINDS[kind].singular} with the id {quoted(options.id)}", tip)
    gone = _with_it(guide, thing)
    places = list(_named_by(guide, thing, gone))
    if places:
        count = f"{len(places)} place{'s' if len(places) > 1 else ''}"
        must = f"Nothing was removed: {count} must stop naming {KINDS[kind].singular}:{options.id} first."
        raise StoppedError("\n".join([*map(str, places), "", must]))
    left = _named_by_nothing_else(guide, gone)
    removed = [_take_out(root, guide, each) for each in gone]
    if kind == "symptoms" and (article := root / CONTENT / kind / f"{options.id}.md").is_file():
        article.unlink()
        removed.append(article.relative_to(root).as_posix())
    write_files(root, {schema.IDS: schema.files(loader.load(root)[0])[schema.IDS]})
    print(f"Removed: {', '.join(removed)}.")
    if left:
        print(f"Nothing names these any more: {', '.join(left)}.")


def _with_it(guide: Guide, thing: Thing) -> list[Thing]:
    """A thing, and what has no meaning without it: a symptom's own questions and stories."""
    kind, id_ = thing
    own = [("flows", id_), ("vignettes", id_)] if kind == "symptoms" else []
    return [thing, *(each for each in own if each in guide.origins)]


def _named_by(guide: Guide, thing: Thing, gone: list[Thing]) -> Iterator[Problem]:
    """Every place that names a thing, apart from what goes with it: the worst first, and drafts last."""
    found: list[tuple[tuple[bool, int, int], Problem]] = []
    for by, naming, origin in guide.all():
        order = _WORST_FIRST.index(by) if by in _WORST_FIRST else len(_WORST_FIRST)
        level = getattr(naming, "level", "")
        place = guide.ladder.ids.index(level) if level in guide.ladder.ids else 0
        for leaf in naming.leaves if (by, naming.id) not in gone else ():
            if _names(leaf, thing):
                message = f"{spell(leaf.loc)} names {quoted(thing[1])}, in {naming.singular}:{naming.id}"
                line = origin.line(leaf.loc)
                found.append(((naming.draft, order, place), Problem(origin.path, line, message)))
    for _, problem in sorted(found):
        yield problem
    if thing[0] == "services" and thing[1] in guide.site.countries:
        yield guide.site_origin.problem(("countries",), f"names {quoted(thing[1])}", "")
    yield from _named_by_articles(guide, thing)


def _named_by_articles(guide: Guide, thing: Thing) -> Iterator[Problem]:
    """Every link in a hand-written page, and every section that it asks of the thing's page."""
    kind, id_ = thing
    asked = f" {KINDS[kind].singular}:{id_} "
    for path, article in guide.articles.items():
        if path == f"{kind}/{id_}.md":
            continue  # it goes with the thing
        for start, end in markup.comments(article.body):
            if asked in f"{article.body[start:end]} ":
                yield article.problem(start, f"a section names {quoted(id_)}")
        for reference in markup.references(markup.without_code(article.body)):
            if thing_named(reference) == thing:
                yield article.problem(reference.start, f"the text names {quoted(id_)}")


def _names(leaf: Leaf, thing: Thing) -> bool:
    """Whether a value is the id of a thing, or a text with a link to it."""
    kind, id_ = thing
    if isinstance(leaf.mark, Ref):
        return leaf.mark.kind == kind and leaf.text == id_
    return thing in map(thing_named, markup.references(leaf.text))


def _named_by_nothing_else(guide: Guide, gone: list[Thing]) -> list[str]:
    """What only the things that go have named so far: it stays, and somebody may want to remove it too."""
    left: dict[str, None] = {}
    for kind, id_ in gone:
        thing = guide.of(kind).get(id_)
        for leaf in thing.leaves if thing else ():
            if isinstance(leaf.mark, Ref) and leaf.text in guide.of(leaf.mark.kind):
                named = leaf.mark.kind, leaf.text
                if named not in gone and not any(_named_by(guide, named, gone)):
                    left[f"{KINDS[named[0]].singular}:{named[1]}"] = None
    return list(left)


def _take_out(root: Path, guide: Guide, thing: Thing) -> str:
    """Delete a thing's file, or its lines in a list; a list ends with its last one. Returns what went."""
    kind, id_ = thing
    path = guide.origins[thing].path
    if kind not in LISTS:
        (root / file_of(kind, id_)).unlink()
        return path
    file = root / path
    starts = sorted(origin.line() for key, origin in guide.origins.items() if key[0] == kind)
    start = guide.origins[thing].line()
    following = [line for line in starts if line > start]
    if len(starts) == 1:
        file.unlink()
        return path
    lines = file.read_text(encoding="utf-8").rstrip("\n").split("\n")
    del lines[start - 1 : following[0] - 1 if following else None]
    text_files.write(file, ("\n".join(lines) + "\n").encode())
    return f"{id_} in {path}"
