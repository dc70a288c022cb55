"""A new guide's folder as texts by path: what every guide starts with, filled in for one.

The texts stand in `starter/`: in `common/` those that are no words, and beside it those of each language. A
name that begins with 'dot-' begins with a full stop in the guide, because packages leave hidden files out.
Medical texts are about no one illness.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from careguide.model.kinds import DATA
from careguide.source import yaml_reader
from careguide.source.markup import escape
from careguide.source.problems import WrongCallError, nearest, one_of, quoted
from careguide.source.yaml_writer import written

_FOLDER = Path(__file__).parent / "starter"
_COMMON, _FALLBACK = "common", "en"
_SERVICES = f"{DATA}/services.yml"
_STORIES = "stories.yml"
_ENTRY = re.compile(r"(?m)^(?=- id: )")
_FIELD = re.compile(r"(?m)^(?:- |  )(id|country|short|regions): (.*)$")
_GAP = re.compile(r"@([A-Z]+)@")


@dataclass(frozen=True)
class About:
    """What a new guide says of itself."""

    name: str
    owner: str
    countries: tuple[str, ...]
    """Ids of services, the first for who has not chosen one."""
    language: str
    """Its tag: 'en-GB'."""
    symptom: str
    today: str
    """The day on which its words were taken over, as 2026-11-21."""

    @property
    def base(self) -> str:
        """The language whose texts it starts with."""
        base = self.language.partition("-")[0]
        return base if base in languages_with_texts() else _FALLBACK


def languages_with_texts() -> list[str]:
    """The languages in which a new guide can start with pages and lists."""
    return sorted(folder.name for folder in _FOLDER.iterdir() if folder.is_dir() and folder.name != _COMMON)


def countries() -> dict[str, str]:
    """The entry of every country that there are services of, by id."""
    return {_fields(entry)["id"]: entry for entry in _entries(_FALLBACK)}


def country(asked: str) -> str:
    """The id of a country by its id, its name or its letters: 'uk' → gb. Raises a WrongCallError."""
    names: dict[str, str] = {}
    for id_, entry in countries().items():
        fields = _fields(entry)
        known = [id_, fields["country"], fields["short"], *re.findall(r"\w+", fields.get("regions", ""))]
        for name in known:
            names.setdefault(name.casefold(), id_)
    if asked.casefold() in names:
        return names[asked.casefold()]
    message = f"a country must be one of {one_of(countries())}, not {quoted(asked)}"
    tip = "Start with the one most like yours; then 'careguide new service ID' writes yours to fill in."
    raise WrongCallError(message, nearest(asked, names) or tip)


def _entries(language: str) -> list[str]:
    text = (_FOLDER / language / _SERVICES).read_text(encoding="utf-8")
    return _ENTRY.split(text)[1:]


def _fields(entry: str) -> dict[str, str]:
    return dict(_FIELD.findall(entry))


def texts(about: About, words: Mapping[str, str]) -> dict[str, str]:
    """Every file by its path, in the guide's language or English; `words` are those of its menu, by gap."""
    found: dict[str, str] = {}
    for folder in (_COMMON, _FALLBACK, about.base):
        for file in sorted((_FOLDER / folder).rglob("*")):
            path = file.relative_to(_FOLDER / folder).as_posix()
            # Where the package was installed, Python may have compiled the hook.
            if file.is_file() and path not in (_STORIES, _SERVICES) and "__pycache__" not in file.parts:
                found[re.sub(r"(^|/)dot-", r"\1.", path)] = file.read_text(encoding="utf-8")
    head = (_FOLDER / about.base / _SERVICES).read_text(encoding="utf-8").partition("- id: ")[0]
    of_country = {_fields(entry)["id"]: entry for entry in _entries(about.base)}
    chosen = [of_country.get(id_) or countries()[id_] for id_ in about.countries]
    found[_SERVICES] = head + "".join(chosen)
    return {path: _filled(path, text, about, words) for path, text in found.items()}


def _filled(path: str, text: str, about: About, words: Mapping[str, str]) -> str:
    """A text with its gaps filled, as its kind of file writes words."""
    given: dict[str, Any] = {
        "NAME": about.name,
        "OWNER": about.owner,
        "SYMPTOM": about.symptom,
        "TODAY": about.today,
        "LANGUAGE": about.language,
        "COUNTRIES": list(about.countries),
        **words,
    }

    def fill(gap: re.Match[str]) -> str:
        if gap[1] not in given:
            return gap[0]
        value = given[gap[1]]
        if path.endswith(".md"):
            return str(escape(value))
        if path == "mkdocs.yml":
            return json.dumps(value, ensure_ascii=False)
        return written([value]).strip()[1:-1]  # as an item between brackets

    return _GAP.sub(fill, text)


def stories() -> list[Any]:
    """The stories that test a first symptom's questions: one for each sign that it starts with, and more."""
    path = f"{_FALLBACK}/{_STORIES}"  # no reader sees them
    found: list[Any] = yaml_reader.parse(path, (_FOLDER / path).read_text(encoding="utf-8"))[0].value
    return found
