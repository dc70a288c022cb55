"""The command that helps translators: what is missing, what the original has changed since, and stamps."""

import argparse
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from careguide.checks import translations
from careguide.contribute.commands import write_files
from careguide.guide import loader, translation
from careguide.guide.guide import CONTENT, Guide
from careguide.guide.overlay import OF, Block
from careguide.guide.translation import Texts
from careguide.model.kinds import DATA
from careguide.source.locations import Loc, spell
from careguide.source.problems import WrongCallError, nearest, one_of, quoted
from careguide.source.yaml_writer import with_field

_OF_LINE = re.compile(r"^of:.*\n(?:[ -].*\n)*", re.MULTILINE)


def translate(options: argparse.Namespace, root: Path) -> None:
    """List what is missing and what is stale; with --stamp, write fingerprints."""
    guide, _ = loader.load(root)
    found, _ = translation.read(root, guide)
    named = {texts.language: texts for texts in found}
    texts = named.get(options.language)
    if not texts:
        tip = nearest(options.language, named) or "Name it in data/site.yml, 'translations', first."
        message = f"a language must be one that the site names, not {quoted(options.language)}"
        raise WrongCallError(message, tip)
    if options.stamp is None:
        print(listed(guide, texts))
        return
    chosen = list(_chosen(texts, options.stamp))
    written = stamped(root, texts, chosen)
    write_files(root, written)
    print(f"{len(chosen)} fingerprints written, in {len(written)} files.")


def listed(guide: Guide, texts: Texts) -> str:
    """What the original has changed since, worst first; what has no fingerprint; and what is missing."""
    lines: list[str] = []
    for level, block, origin in translations.worst_first(guide, texts):
        of = f" ({level})" if level else ""
        place = f"{origin.path}:{origin.line()}"
        lines.append(f"{place}: {block.name}{of}: the original has changed since it was translated")
    for block, origin in texts.blocks():
        if block.pairs and not block.of:
            lines.append(f"{origin.path}:{origin.line()}: {block.name}: has no fingerprint")
    for (kind, id_), thing in texts.things.items():
        if thing.laid.missing:
            names = one_of(map(spell, thing.laid.missing[:3]), last="and")
            more = f", and {len(thing.laid.missing) - 3} more" if thing.laid.missing[3:] else ""
            lines.append(f"{thing.document.path}: {kind}/{id_}: not translated: {names}{more}")
    for path in guide.articles.keys() - texts.articles.keys():
        lines.append(f"{CONTENT}/{texts.language}/{path}: the page is not translated")
    return "\n".join([*lines, f"{len(lines)} to do."])


def _chosen(texts: Texts, named: list[str]) -> Iterator[Block]:
    """The entries to stamp: those that are named, or else those without a fingerprint."""
    known: set[str] = set()
    met: set[str] = set()
    for block, _ in texts.blocks():
        known |= {block.name, block.name.rpartition("/")[2]}
        mine = list(filter(f"/{block.name}/".count, map("/{}/".format, named)))
        met.update(mine)
        if block.pairs and (mine or not (named or block.of)):
            yield block
    for name in named:
        if f"/{name}/" not in met:
            message = f"an entry must be one that is translated, not {quoted(name)}"
            tip = nearest(name, known) or "Run it without --stamp to see their names."
            raise WrongCallError(message, tip)


def stamped(root: Path, texts: Texts, chosen: Iterable[Block]) -> dict[str, str]:
    """The files with the fingerprints of what the original says now."""
    wanted = set(map(id, chosen))
    files: dict[str, dict[Loc, str]] = {}
    for block, origin in texts.blocks():
        if id(block) in wanted and origin.path.startswith(f"{DATA}/"):
            files.setdefault(origin.path, {})[block.place] = block.now
    written: dict[str, str] = {}
    for path, values in files.items():
        written[path] = with_field((root / path).read_text(encoding="utf-8"), OF, values)
    for page in texts.articles.values():
        marks: list[str] = []
        for block in page.blocks:
            marks.append(block.now if id(block) in wanted else block.of or "''")
        path, chosen_here = page.article.path, wanted.intersection(map(id, page.blocks))
        if page.parallel and chosen_here:
            written[path] = _with_marks((root / path).read_text(encoding="utf-8"), marks)
    return written


def _with_marks(text: str, marks: list[str]) -> str:
    line = f"of: [{', '.join(marks)}]\n"
    opening, front, body = text.split("---", 2)
    front = _OF_LINE.sub("", front) if _OF_LINE.search(front) else front
    return f"{opening}---{front}{line}---{body}"
