"""`careguide init`: a guide in a folder of its own, which checks, builds and publishes at once."""

import argparse
import re
import sys
import tempfile
from pathlib import Path

from careguide.contribute import forms, schema, starter_guide
from careguide.contribute.commands import new_files, write_files
from careguide.contribute.generator_pin import pinned
from careguide.contribute.starter_guide import About
from careguide.guide import loader
from careguide.guide.words import languages_with_words
from careguide.model import languages
from careguide.model.fields import ID
from careguide.source.problems import WrongCallError, one_of, quoted

_REQUIREMENTS = "requirements.txt"
_ASKED = {
    "name": "What is the guide called?",
    "owner": "Who publishes it?",
    "country": "For which country? Several with commas, the first for who has not chosen one.",
    "lang": "In which language?",
    "symptom": "Which symptom comes first? A short id, such as 'leg-cramps'.",
}
"""The questions, in their order. Each has a default, which Enter takes."""
_MOST_NAMED = 8
"""How many files that are in the way a message names."""
_SHOWN = 4
"""How many signs the page of the first symptom shows."""


def init(options: argparse.Namespace, _root: Path) -> None:
    """Write a new guide into a folder, over no file that is there."""
    folder: Path = options.folder
    about = _about(options)
    with tempfile.TemporaryDirectory() as made_in:
        made = _made(about, Path(made_in), options)
        clashes = [path for path in made if (folder / path).exists()]
        if clashes:
            named, more = clashes[:_MOST_NAMED], len(clashes) - _MOST_NAMED
            listed = f"{', '.join(named)} and {more} more" if more > 0 else one_of(named, last="and")
            message = f"{folder} must not have files that the guide would write over, but has {listed}"
            raise WrongCallError(message, "Nothing was written. Choose another folder, or move them away.")
        write_files(folder, made)
    for line in _told(about, folder, made):
        print(line)


def _about(options: argparse.Namespace) -> About:
    """What the guide says of itself: as given, as asked, or as is usual. Raises a WrongCallError."""
    asks = sys.stdin.isatty() and not options.yes
    if not (asks or options.yes or options.name):
        message = "a new guide must have a name, and nobody can be asked for it here"
        raise WrongCallError(message, "Give it with --name, or take what is usual with --yes.")

    def answer(field: str, usual: str) -> str:
        given: str | None = getattr(options, field)
        if given is not None:
            return given.strip()
        if not asks:
            return usual
        return input(f"{_ASKED[field]} [{usual}] ").strip() or usual

    name = answer("name", _titled(options.folder.resolve().name))
    owner = answer("owner", name)
    wanted = answer("country", "gb")
    countries = tuple(map(starter_guide.country, filter(None, map(str.strip, wanted.split(",")))))
    if not countries:
        raise WrongCallError("a new guide must have a country", "Give it with --country, such as gb.")
    english = f"en-{countries[0].upper()}"
    language = answer("lang", english if languages.language(english) else languages.DEFAULT)
    if not languages.language(language):
        tag = languages.tag_for(language)
        message = f"a language must be the tag of one, such as 'en-GB' or 'es', not {quoted(language)}"
        raise WrongCallError(message, f"Write {quoted(tag)}." if tag else "See the tags that browsers use.")
    symptom = answer("symptom", "first-symptom")
    if not ID.fullmatch(symptom):
        message = f"an id must be made of small letters, digits and hyphens, not {quoted(symptom)}"
        raise WrongCallError(message, "Put single hyphens between words, such as 'leg-cramps'.")
    for field, value in (("name", name), ("owner", owner)):
        if not re.search(r"\w", value) or re.search(r"[<>\x00-\x1f]", value):
            message = f"the {field} must be a few plain words, not {quoted(value)}"
            raise WrongCallError(message, f"Give it with --{field}, in quotes.")
    return About(name, owner, countries, language, symptom, options.today.isoformat())


def _titled(folder: str) -> str:
    """A name out of that of a folder: 'back-pain' → 'Back pain'."""
    words = re.sub(r"[^\w]+|_", " ", folder).strip()
    return f"{words[:1].upper()}{words[1:]}" or "Health guide"


def _made(about: About, folder: Path, options: argparse.Namespace) -> dict[str, bytes]:
    """Every file of the guide by its path. It is made in a folder, because one step reads the one before."""
    write_files(folder, starter_guide.texts(about, _menu(about, folder)))
    guide = loader.load(folder)[0]
    given = {
        "title": _titled(about.symptom),
        "signs": list(guide.criteria),
        "shown": list(guide.criteria)[:4],
    }
    stories = {"stories": starter_guide.stories()}
    write_files(folder, new_files(folder, guide, "symptoms", about.symptom, given, options.today, stories))
    write_files(folder, {**schema.files(loader.load(folder)[0]), **forms.files()})
    line, wheel = pinned(options.wheel)
    requirements = folder / _REQUIREMENTS
    requirements.write_text(line + requirements.read_text(encoding="utf-8"), encoding="utf-8")
    write_files(folder, wheel)
    made: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            made[file.relative_to(folder).as_posix()] = file.read_bytes()
    return made


def _menu(about: About, folder: Path) -> dict[str, str]:
    write_files(folder, starter_guide.texts(about, {}))
    words = loader.load(folder)[0].words
    menu = {"HOME": words.text("pages.home.crumb")}
    for page in ("symptoms", "causes", "remedies", "criteria"):
        menu[page.upper()] = words.text(f"pages.{page}.title")
    return menu


def _told(about: About, folder: Path, made: dict[str, bytes]) -> list[str]:
    """What was done, what is English although the guide is not, and what to type next."""
    told = [f"{about.name}: {len(made)} files in {folder}."]
    language = languages.known(about.language)
    if language.base != about.base:
        told.append(
            f"Its pages and lists are in English: the package has none in {language.name} to start from."
        )
    if language.base not in languages_with_words():
        told.append(f"So are headings and buttons: write those in {language.name} into data/words.yml.")
    if made[_REQUIREMENTS].count(b"\n# careguide: "):
        told.append(f"{_REQUIREMENTS} does not name Careguide yet: see its first lines.")
    told.append(f"Next: cd {folder}, then 'careguide check' and 'careguide serve'.")
    return told
