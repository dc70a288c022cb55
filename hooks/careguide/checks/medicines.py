"""Names of medicines: a word one letter off one is worth a look, because it can be another medicine."""

import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source.problems import Problem, quoted

_SHORT_NAME, _LONG_NAME = 5, 7
"""From how many letters on a name is looked for, and from how many on few other words are like it."""
_TURNED = set((FOLDER / "turned.txt").read_text(encoding="utf-8").split())
_WORD = re.compile(r"[^\W\d_]+")
_LONG_WORD = re.compile(rf"[^\W\d_]{{{_SHORT_NAME - 1},}}")
Near = Mapping[str, set[str]]
"""The names that are left of a word when one letter is taken away."""


def medicines_are_spelt_right(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A word one letter off the name of a medicine is worth a look, in a text and where a page defines it.

    Of two such names the one that texts say less often is the odd one.
    """
    names, beside = _names(guide)
    near: defaultdict[str, set[str]] = defaultdict(set)
    for word in names:
        for key in _shortened(word):
            near[key].add(word)
    places: defaultdict[str, list[ReaderText]] = defaultdict(list)
    for text in texts if names else ():
        for word in _LONG_WORD.findall(text.plain):
            places[word].append(text)
    said = Counter(beside)
    said.update({selection.filed(word): len(there) for word, there in places.items()})
    instead: dict[str, str] = {}
    for word, there in places.items():
        meant = _nearly(selection.filed(word), names, near)
        if not meant or _is_another(word, meant, places, translated=bool(guide.translation)):
            continue
        if not said[meant] and len(there) > 1:
            instead[meant] = word.casefold()  # nobody says the name: it is looked at where it is defined
            continue
        for text in there:
            message = f"{quoted(word)} is almost a name that the guide knows, {quoted(meant)}"
            tip = f"If it is that, write '{meant}'; if it is another word, nothing is wrong."
            yield text.problem_at(word, message, tip, blocks=False)
    yield from _turned(places)
    if not guide.translation:
        yield from _misspelt_where_defined(guide, near, said, instead)


def _turned(places: Mapping[str, list[ReaderText]]) -> Iterator[Problem]:
    """Words with two letters the other way round than in one that texts say often: 'giude'."""
    for word, there in places.items():
        once = len(there) == 1 and len(word) > 4 and (word.islower() or word.lower() not in places)
        for place in range(1, len(word) - 1) if once and word.lower() not in _TURNED else ():
            other = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            if other != word and len(places.get(other.lower(), ())) > 2:  # and so no slip itself
                message = f"{quoted(word)} has two letters of {quoted(other)} the other way round"
                yield there[0].problem_at(word, message, f"Write '{other}', if that is meant.", blocks=False)


def _names(guide: Guide) -> tuple[set[str], list[str]]:
    """The words of all names that the guide has, and those of them that its search or its reading knows."""
    names: set[str] = set()
    known = guide.words.text("language.known_medicines")
    for word in _WORD.findall(" ".join([*selection.all_medicines(guide), known]).casefold()):
        if len(word) >= _SHORT_NAME:
            names.add(word)
    beside: list[str] = []
    for word in _WORD.findall(" ".join(guide.vocabulary.names).casefold()):
        if len(word) > _LONG_NAME:
            beside.append(word)
    for group in guide.words.text("search.language.subject").split(";"):
        alike = set(_WORD.findall(group.casefold()))
        if alike & names:
            beside += [word for word in alike if len(word) >= _SHORT_NAME]
    return names.union(beside), beside


def _is_another(word: str, meant: str, places: Mapping[str, object], *, translated: bool) -> bool:
    """Whether a word is none of the names: a short name is like many words, and ends differ by language."""
    # Two words that are one letter off each other may still differ in every place: 'prove' and 'rover'.
    differ = sum(map(operator.ne, word.casefold(), meant)) if len(word) == len(meant) else 0
    if len(meant) < _LONG_NAME and (word.islower() or word.lower() in places or differ > 2):
        return True
    return translated and word[:-1].casefold() in (meant, meant[:-1], meant[:-2])


def _misspelt_where_defined(
    guide: Guide, near: Near, said: Mapping[str, int], instead: Mapping[str, str]
) -> Iterator[Problem]:
    """The medicines of a page whose names are one letter off what texts say oftener."""
    for _, thing, origin in guide.all(("causes", "treatments")):
        for place, each in enumerate(thing.medicines):
            for name in (each.generic, *each.brands):
                like = {instead.get(name.casefold(), "")}
                for key in _shortened(name.casefold()):
                    like |= near.get(key, set())
                meant = max(sorted(like), key=lambda other: said.get(other, 0))
                if said.get(meant, 0) > said.get(name.casefold(), 0) and len(name) >= _LONG_NAME - 1:
                    message = f"{quoted(name)} is almost {quoted(meant)}, which stands elsewhere"
                    tip = f"If it is that, write '{meant}'; if it is another medicine, nothing is wrong."
                    loc = ("medicines", place, "generic" if name == each.generic else "brands")
                    yield origin.problem(loc, message, tip, blocks=False)


def _nearly(word: str, names: AbstractSet[str], near: Near) -> str:
    """The name that a word is one letter off; empty where it is a name itself, or one with an s."""
    if names & {word, f"{word}s", word.removesuffix("s")}:
        return ""
    return min((name for key in _shortened(word) for name in near.get(key, ())), default="")


def _shortened(word: str) -> set[str]:
    """A word, and it without each of its letters in turn: two words one letter apart share one of these.

    So do two that sound alike: 'ibuprophen' is 'ibuprofen'.
    """
    sound = word.replace("ph", "f").replace("th", "t").replace("y", "i").replace("k", "c")
    return {word, sound, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
