"""What a guide in another language must keep. A rule's docstring is the rule."""

import re
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter

from careguide.flow import view
from careguide.flow.plan import plan
from careguide.guide import readability
from careguide.guide.guide import Guide
from careguide.guide.overlay import Block, Pair
from careguide.guide.translation import Texts
from careguide.guide.validation import Origin
from careguide.model.kinds import DATA, where
from careguide.source import markup
from careguide.source.locations import spell
from careguide.source.problems import Problem, named, one_of, quoted

_LONGER, _MORE = 0.3, 3
"""By what share a text may be longer, as Spanish needs a fifth, and by how many words where it is short."""
_NAMED = 8
"""How many entries a notice names."""
_SHOWN = ("criteria", "urgency", "contexts", "meanwhile", "services", "questions", "flows", "symptoms")
"""The kinds whose texts stand on pages that a translation has."""


def check(guide: Guide, texts: Texts) -> Iterator[Problem]:
    """Every rule, for one language."""
    yield from named(translations_say_what_the_original_says(guide, texts))
    yield from named(what_is_shown_is_translated(guide, texts))
    yield from named(translations_keep_their_length(texts))
    yield from named(translations_are_made(texts))
    yield from named(checks_ask_the_same(guide))


def worst_first(guide: Guide, texts: Texts) -> list[tuple[str, Block, Origin]]:
    """The entries whose original has changed since, each with the level of its sign in words; signs first."""
    found: list[tuple[int, str, Block, Origin]] = []
    original = guide.translation.original if guide.translation else guide
    for block, origin in texts.blocks():
        kind, _, id_ = block.name.partition("/")
        sign = original.criteria.get(id_) if kind == "criteria" else None
        if block.stale and sign:
            level = original.urgency[sign.level].level
            found.append((original.ladder.index(sign.level), level, block, origin))
        elif block.stale:
            found.append((len(guide.ladder.levels), "", block, origin))
    return [(level, block, origin) for _, level, block, origin in sorted(found, key=itemgetter(0))]


def translations_say_what_the_original_says(guide: Guide, texts: Texts) -> Iterator[Problem]:
    """A translation should say what the original says now. The worst signs are named first.

    It is a notice: whoever changed the original need not know the language. Its pages say so at that place.
    """
    found = worst_first(guide, texts)
    names: list[str] = []
    for level, block, origin in found:
        name = f"{block.name} ({level})" if level else block.name
        names.append(name)
        command = f"careguide translate {texts.language} --stamp {block.name}"
        tip = f"Correct the words, then run '{command}'."
        message = f"{name} must be translated anew, because the original has changed since"
        yield Problem(origin.path, origin.line(), message, tip, blocks=False)
    if len(names) > 1:
        shown = one_of(names[:_NAMED], last="and") + (
            f" and {len(names) - _NAMED} more" * (len(names) > _NAMED)
        )
        message = (
            f"{len(names)} translated texts are of what the original no longer says, the worst first: {shown}"
        )
        yield Problem(f"{DATA}/{texts.language}", 1, message, "The pages say so at each place.", blocks=False)


def what_is_shown_is_translated(guide: Guide, texts: Texts) -> Iterator[Problem]:
    """What a translated page shows should be translated. Until then the original's words stand there."""
    for kind in _SHOWN if guide.translation else ():
        missing: list[str] = []
        for id_ in guide.of(kind):
            page = f"{kind}/{id_}.md"
            thing = texts.things.get((kind, id_))
            if kind == "symptoms" and guide.place(page) == page:
                continue
            if not thing:
                missing.append(id_)
            elif thing.laid.missing:
                missing.append(f"{id_} ({spell(thing.laid.missing[0])})")
        if missing:
            shown, rest = missing[:_NAMED], len(missing) - _NAMED
            listed = f"{', '.join(shown)} and {rest} more" if rest > 0 else one_of(shown, last="and")
            message = f"{len(missing)} of {len(guide.of(kind))} are not wholly translated: {listed}"
            path = where(kind).replace(f"{DATA}/", f"{DATA}/{texts.language}/", 1)
            tip = "Translate them; until then the pages show the original's words, marked as such."
            yield Problem(path, 1, message, tip, blocks=False)


def translations_keep_their_length(texts: Texts) -> Iterator[Problem]:
    """A text that may have so many words may have some more in another language, and no more than that."""
    for block, origin in texts.blocks():
        for pair in block.pairs:
            words = readability.length(markup.plain(pair.said)) if pair.mark.most else 0
            most = pair.mark.most + max(_MORE, int(pair.mark.most * _LONGER))
            if words > most:
                name = spell(pair.loc)
                message = f"{block.name}: {name} should have at most {most} words, but has {words}"
                line = origin.document.line(pair.place)
                yield Problem(origin.path, line, message, "Say it in fewer words.", blocks=False)


def translations_are_made(texts: Texts) -> Iterator[Problem]:
    """A text, or a word, that is the original's is worth a look: it may be left to translate."""
    pairs: list[tuple[Origin, Pair]] = []
    ours, theirs = Counter[str](), Counter[str]()
    for block, origin in texts.blocks():
        for pair in block.pairs:
            pairs.append((origin, pair))
            ours.update(_SMALL.findall(pair.text))
            theirs.update(_SMALL.findall(pair.said))
    for origin, pair in pairs:
        same = pair.said == pair.text and pair.loc[-1] != "name" and len(_SMALL.findall(pair.said)) > 1
        both = {word.strip(".,;:!?()") for word in {*pair.said.split()} & {*pair.text.split()}}
        left = min((word for word in both if theirs[word] == 1 and ours[word] >= _OFTEN), default="")
        if same or left:
            shown = quoted(pair.said if same else left)
            message = f"{spell(pair.loc)} says what the original says, word for word: {shown}"
            tip = "Translate it; if it is the same in both languages, nothing is wrong."
            yield Problem(origin.path, origin.document.line(pair.place), message, tip, blocks=False)


_SMALL = re.compile(r"(?<![\w@:/{.-])(?<!guide: )[^\W\d_A-Z]{4,}(?![\w:/@-]|\.\w)")
"""A word in small letters that is no id and no address."""
_OFTEN = 8
"""So often the original has a word that is hardly the same in both languages by chance."""


def checks_ask_the_same(guide: Guide) -> Iterator[Problem]:
    """A check in another language must ask the same of the same people, and lead to the same results."""
    original = guide.translation.original if guide.translation else guide
    there = dict(view.checks(original))
    for symptom, flow in view.checks(guide):
        if plan(symptom, flow, guide) != plan(symptom, there[symptom], original):
            message = "the check must be that of the original, but another order or level came of the texts"
            tip = "Report this: only texts are translated."
            yield guide.origins["flows", flow.id].problem((), message, tip)
