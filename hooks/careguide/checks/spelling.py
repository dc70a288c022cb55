"""Words of English that are misspelt, or spelt as the other English does, British or American.

All are notices, each with the right word. They are looked up in lists of codespell, and of our own for
medicine. Names that the guide knows are right, and so is the other English in brackets: '(US: diarrhea)'.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from careguide.checks.sentences import ReaderText
from careguide.guide import selection
from careguide.guide.guide import Guide
from careguide.guide.words import FOLDER
from careguide.source import markup
from careguide.source.problems import Problem, one_of, quoted

_WORD = re.compile(r"(?<![\w@/.-])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@/]|\.\w)")
_ASIDE = re.compile(r"\([^()]*\b(?:US|UK|American|British|America|Britain)\b[^()]*\)|https?://\S+|www\.\S+")
"""Where the other English may be told, and addresses."""
_LISTS = Path(getattr(find_spec("codespell_lib"), "origin", "")).parent / "data"
"""Those of codespell. To import it would take as long as to look all words up."""
_PAIR = re.compile(r"(\S+)->([^\s,]+)")
_AMERICAN, _BRITISH = {"US", "PH", "LR"}, {"GB", "IE", "AU", "NZ", "ZA", "IN", "MT", "SG", "HK", "KE", "NG"}
"""Regions that write in the one way or the other. Canada writes in both."""


def words_are_spelt_right(guide: Guide, texts: Iterable[ReaderText]) -> Iterator[Problem]:
    """A word should be spelt as dictionaries have it, in the English that the guide says it is in."""
    if guide.site.locale.base != "en":
        return  # nobody can say
    region = guide.site.locale.region
    british = _british() if region in _BRITISH else {}
    american = {theirs: word for word, theirs in _british().items()} if region in _AMERICAN else {}
    others, which = british or american, ("American", "British") if british else ("British", "American")
    known: set[str] | None = None
    for text in texts:
        words = markup.plain(markup.without_code(text.text)) if "`" in text.text else text.plain
        for word in dict.fromkeys(_WORD.findall(_ASIDE.sub("", words))):
            lower = word.lower().replace("’", "'")
            other = others.get(lower)
            instead = [other] if other else _meant(lower)
            if not instead or (word.isupper() and len(word) > 1) or (other and _may_be_other(word, text)):
                continue
            known = _names(guide) if known is None else known
            if lower in known:
                continue
            right = [others.get(each, each) for each in instead[:3]]
            right = list(map(str.capitalize, right)) if word[0].isupper() else right
            message = f"{quoted(word)} looks misspelt"
            if other:
                message = f"{quoted(word)} is {which[0]} spelling, and the guide is in {which[1]} English"
            tip = f"Write {one_of(map(quoted, right))}; a name goes into data/reading.yml."
            yield text.problem_at(word, message, tip, blocks=False)


def _may_be_other(word: str, text: ReaderText) -> bool:
    """Whether a word is in a name, such as that of a body, or said to people who write the other English."""
    inside = word[0].isupper() and not re.search(rf"(?:^|[.!?:]\s+){word}\b", text.plain)
    return inside or text.field.startswith("also_called") or text.path.endswith("/services.yml")


def _names(guide: Guide) -> set[str]:
    """The words of all names that the guide knows, in small letters, and those that join other languages."""
    names = [*guide.vocabulary.names, *selection.all_medicines(guide)]
    for term in guide.glossary.values():
        names += [term.term, *term.forms]
    names.append((FOLDER / "joining.txt").read_text(encoding="utf-8"))
    return {"als", "lates", "weill", *re.findall(r"[^\W\d_]+", " ".join(names).lower())}


@cache
def _dictionary() -> list[str]:
    """Every misspelt word with what is meant, such as 'recieve->receive', in the order of letters."""
    lines = (_LISTS / "dictionary.txt").read_text(encoding="utf-8").split("\n")
    lines += (FOLDER / "misspelt.txt").read_text(encoding="utf-8").split("\n")
    return sorted(lines)


def _meant(word: str) -> list[str]:
    """What a misspelt word may mean; nothing where it is right."""
    start = f"{word}->"
    place = bisect_left(_dictionary(), start)
    found = _dictionary()[place] if place < len(_dictionary()) else ""
    if not found.startswith(start):
        return _meant(word.removesuffix("'s")) if word.endswith("'s") else []
    return found.removeprefix(start).strip(",").split(", ")


@cache
def _british() -> dict[str, str]:
    """What British English has for a word of American English: 'colour' for 'color'."""
    of_british = (_LISTS / "dictionary_en-GB_to_en-US.txt").read_text(encoding="utf-8")
    found = {american: british for british, american in _PAIR.findall(of_british)}
    found |= dict(_PAIR.findall((FOLDER / "american.txt").read_text(encoding="utf-8")))
    both = (FOLDER / "both_englishes.txt").read_text(encoding="utf-8").split()
    return {american: british for american, british in found.items() if not {american, british} & {*both}}
