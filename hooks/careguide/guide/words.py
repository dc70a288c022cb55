"""Interface words: headings, labels and messages, which are part of no thing and no article.

English declares each word, in `words/en.yml`: its key, and its text with named gaps that the page fills in,
such as {level}. Other languages have the same words in files beside it. A guide's own `data/words.yml` holds
only what it says otherwise, or the words of a language that the package has none of.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pydantic import TypeAdapter, ValidationError

from careguide.model import languages
from careguide.model.fields import Plain
from careguide.model.languages import Language
from careguide.model.site import Site
from careguide.source.locations import Loc, spell, texts_in, with_texts
from careguide.source.markup import escape
from careguide.source.problems import Problem, Wrong, nearest, one_of, problems_at, quoted
from careguide.source.yaml_reader import UNREAD, Document

_ABOUT_ENGLISH: set[Loc] = {("language",), ("search", "language")}
"""Groups of words that tell what the language is like. They say nothing of another."""
_NAMED = 4
"""How many missing words a notice names."""
FOLDER = Path(__file__).parents[1] / "words"
_PLAIN = TypeAdapter[str](Plain)
_BRACES = re.compile(r"\{[^{}]*\}?|\}")
"""A gap, or a bracket that was meant to be part of one."""
_GAP = re.compile(r"\{([a-z_]+)\}")


class Phrase(str):
    """A word, or a text with named gaps, such as {level}: a name, and no attribute, format or index."""

    __slots__ = ()

    def format(self, **gaps: object) -> str:  # type: ignore[override]  # fills fewer kinds of gap, on purpose
        """The text with its gaps filled. A gap not given is a KeyError.

        With Markdown in a gap all of it is Markdown, and its own words are words there too.
        """
        made = any(hasattr(value, "__html__") for value in gaps.values())
        first, *rest = _GAP.split(self)
        filled: list[str] = [escape(first) if made else first]
        for name, words in zip(rest[::2], rest[1::2], strict=True):
            value = gaps[name]
            own = value if hasattr(value, "__html__") else escape(str(value)) if made else str(value)
            filled += [str(own), escape(words) if made else words]
        return Markup("".join(filled)) if made else "".join(filled)  # noqa: S704 - each piece was escaped


class Words(dict[str, Any]):
    """Every word by its key, in groups. Templates write `words.flow.back`, and fill gaps with `.format`."""

    def text(self, key: str, **gaps: object) -> str:
        """The text at a key such as 'flow.go_on', with its gaps filled. A gap not given is a KeyError."""
        value: Any = self
        for name in key.split("."):
            value = value[name]
        return Phrase(value).format(**gaps)

    def phrases(self, *keys: str) -> re.Pattern[str]:
        """What finds a phrase of lists, which have semicolons between, as whole words in any capitals.

        Of words with slashes between, any may stand there; a star stands for up to three words.
        """
        listed = filter(None, map(str.strip, ";".join(map(self.text, keys)).casefold().split(";")))
        either = "|".join(map(_phrase, sorted(listed, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?:{either or '(?!)'})(?!\w)", re.IGNORECASE)


def _phrase(phrase: str) -> str:
    parts: list[str] = []
    for word in phrase.split():
        words = "|".join(map(re.escape, word.split("/"))).replace("'", "['’]")
        parts.append(r"(?:[\w'’-]+ +){0,3}" if word == "*" else f"(?:{words}) +")
    return "".join(parts).removesuffix(" +")


def languages_with_words() -> list[str]:
    """The languages in which the package has words: 'en' and others."""
    return sorted(file.stem for file in FOLDER.glob("*.yml"))


def the_language_is_one(site: Site) -> Wrong:
    """A guide's language must be the tag of one."""
    if not languages.language(site.language):
        meant = languages.tag_for(site.language)
        ours = f"The package has words in {one_of(map(quoted, languages_with_words()), last='and')}."
        tip = f"Write {quoted(meant)}. {ours}" if meant else ours
        must = f"must be the tag of a language, such as {quoted(languages.DEFAULT)}"
        yield ("language",), f"{must}, not {quoted(site.language)}", tip


def changed(
    declared: Mapping[str, Any], changes: Document, package: Mapping[str, Any] | None = None
) -> tuple[Words, list[Problem]]:
    """The words of a guide, and what is wrong with its changes; a wrong one is left out.

    English declares each word. `package` holds those of the guide's language as far as the package has them;
    None stands for a guide in English.
    """
    problems = problems_at(changes, (), words_exist_and_keep_their_gaps(declared, changes.value))
    words = declared if package is None else _changed(_without(declared), package)
    return Words(with_texts(_changed(words, changes.value, declared), Phrase)), list(problems)


def words_are_in_the_language(
    declared: Mapping[str, Any], package: Mapping[str, Any], changes: Document, language: Language
) -> Iterator[Problem]:
    """A word that neither the package nor the guide has in the guide's language stands in English."""
    have = {loc for loc, _ in texts_in(_changed(package, changes.value, declared))}
    every = [loc for loc, _ in texts_in(declared)]
    missing = [spell(loc) for loc in every if loc not in have]
    if missing:
        named, rest = missing[:_NAMED], len(missing) - _NAMED
        listed = f"{', '.join(named)} and {rest} more" if rest > 0 else one_of(named, last="and")
        said = f"{len(missing)} of {len(every)} interface words are in English, not in"
        message = f"{said} {language.name} ({language.tag}): {listed}"
        tip = "Write them here, under the same names. Until then a screen reader speaks them wrongly."
        yield Problem(changes.path, 1, message, tip, blocks=False)


def words_exist_and_keep_their_gaps(
    declared: Mapping[str, Any], changes: Mapping[str, Any], loc: Loc = ()
) -> Wrong:
    """Each change must be of a declared word, and have that word's gaps, each plain, and no other."""
    for key, change in changes.items():
        here = (*loc, key)
        if key not in declared:
            yield here, "must be a word that exists", nearest(key, declared) or _names(declared)
        elif isinstance(declared[key], Mapping) and isinstance(change, Mapping):
            yield from words_exist_and_keep_their_gaps(declared[key], change, here)
        elif fault := _fault(change, declared[key]):
            yield here, *fault


def _without(declared: Mapping[str, Any], way: Loc = ()) -> dict[str, Any]:
    """English words to fall back on: all but those that tell about English itself, which are empty."""
    words: dict[str, Any] = {}
    for key, value in declared.items():
        here = (*way, key)
        if isinstance(value, Mapping):
            words[key] = _without(value, here)
        else:
            words[key] = "" if here[:-1] in _ABOUT_ENGLISH else value
    return words


def gaps_in(text: str) -> list[str]:
    """What stands in brackets in a text, with the brackets: '{level}'."""
    return _BRACES.findall(text)


def _changed(
    words: Mapping[str, Any], changes: Mapping[str, Any], declared: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """One group of words with those changes that are right, as they are declared: there, or elsewhere."""
    declared = words if declared is None else declared
    made = dict(words)
    for key in sorted(changes.keys() & declared.keys()):
        if isinstance(declared[key], Mapping) and isinstance(changes[key], Mapping):
            made[key] = _changed(words.get(key, {}), changes[key], declared[key])
        elif isinstance(changes[key], str) and not _fault(changes[key], declared[key]):
            made[key] = changes[key]
    return made


def _names(group: Mapping[str, Any]) -> str:
    return f"The words here are {one_of(group, last='and')}."


def _fault(change: Any, declared: Any) -> tuple[str, str] | None:
    """What is wrong with what stands for a declared text, or group: what must be true of it, and a tip."""
    if change is UNREAD:
        return None  # a problem says so already
    if not change or (isinstance(change, str) and change.isspace()):
        return "must not be empty", "Write something, or delete the line."
    if isinstance(declared, Mapping):
        return "must be a group of words, not one text", _names(declared)
    if not isinstance(change, str):
        return "must be one text", f"Write it as the package does: {quoted(declared, length=200)}."
    return _gap_fault(change, declared) or _markup_fault(change)


def _gap_fault(change: str, declared: str) -> tuple[str, str] | None:
    """A gap too many, or one too few."""
    wanted, found, model = gaps_in(declared), gaps_in(change), quoted(declared, length=200)
    for gap in found:
        if not wanted:
            return f"must have no gap, but has {quoted(gap)}", "Delete it: the page fills nothing in here."
        if gap not in wanted:
            tip = nearest(gap, wanted) or f"Write each gap as the package does: {model}."
            return f"must have no gap but {one_of(wanted, last='and')}, not {quoted(gap)}", tip
    for gap in wanted:
        if gap not in found:
            tip = f"Write {gap} where the page should fill it in, as in {model}."
            return f"must keep its gap {gap}, but is {quoted(change)}", tip
    return None


def _markup_fault(change: str) -> tuple[str, str] | None:
    """The words stand in pages as they are."""
    try:
        _PLAIN.validate_python(change)
    except ValidationError as error:
        return str(error.errors(include_url=False)[0]["ctx"]["error"]), "Write the words alone."
    return None
