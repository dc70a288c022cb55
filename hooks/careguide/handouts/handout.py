"""What a printed sheet is made of: plain values, from which the PDF, its HTML twin and its content code all come. It knows no engine and no guide."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Literal

from careguide.source import markup

Kind = Literal["symptom", "diary", "visit", "remedy"]
"""A symptom's handout, its 14-day diary, 'prepare for your visit', and one remedy with its steps."""
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 digits: none is easily taken for another when a code is read aloud or typed."""


@dataclass(frozen=True)
class Run:
    """A piece of text in one weight."""

    text: str
    strong: bool = False


Text = tuple[Run, ...]
"""A text without markup: bare words in one or two weights."""


def text(markdown: str) -> Text:
    """A short Markdown text as it stands on paper."""
    return tuple(Run(*piece) for piece in markup.runs(markdown))


def plain(runs: Text) -> str:
    """The bare words of a text."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Sign:
    """One warning sign."""

    id: str
    text: str
    """A short sentence, as paper has it."""


@dataclass(frozen=True)
class Level:
    """One level of urgency with its signs."""

    id: str
    place: int
    """Its place on the ladder, from 1, worst first: the number of its box."""
    style: int
    """Which of the six numbered styles it has."""
    level: str
    """The level in a word or two."""
    title: str
    do: str
    signs: tuple[Sign, ...]
    """The signs that the sheet names, the most telling first."""
    more: int
    """How many others of this level the check asks. The sheet says where they are."""


@dataclass(frozen=True)
class Step:
    """One step of a remedy."""

    text: Text
    picture: str
    """The name of its drawing, or nothing."""


@dataclass(frozen=True)
class Time:
    """How long or how often."""

    label: str
    text: Text


@dataclass(frozen=True)
class Remedy:
    """Something to do alone, or advice to avoid."""

    id: str
    title: str
    short: Text
    verdict: str
    """Our advice, in words."""
    evidence: str
    """How sure we are, in words."""
    reason: str
    """Why we are that sure."""
    times: tuple[Time, ...]
    steps: tuple[Step, ...]
    do: tuple[Text, ...]
    dont: tuple[Text, ...]
    not_for: tuple[Text, ...]
    stop_if: tuple[Text, ...]


@dataclass(frozen=True)
class Question:
    """Something a doctor will ask."""

    id: str
    question: str
    why: str
    diary: str
    """The words over its column in the diary, or nothing."""


@dataclass(frozen=True)
class Source:
    """Something the sheet rests on."""

    id: str
    publisher: str
    title: str
    url: str


@dataclass(frozen=True)
class Handout:
    """One sheet. What a kind does not show is empty."""

    id: str
    """Its folder under `handouts/`: 'neck-twitching', 'neck-twitching-diary'."""
    kind: Kind
    about: str
    """Id of the symptom or the remedy it is about."""
    page: str
    """The page of that thing, from the site's root: 'symptoms/neck-twitching/'."""
    origin: str
    """The data file it comes from, relative to the project."""
    title: str
    summary: Text
    levels: tuple[Level, ...]
    """The levels with signs, worst first, without the last."""
    remedies: tuple[Remedy, ...]
    """A symptom's: what to do now. A remedy's: itself."""
    avoid: tuple[Remedy, ...]
    scale: tuple[str, ...]
    """Every level in a word or two, worst first, for a clinician to circle one."""
    asked: tuple[Question, ...]
    """What the doctor will ask."""
    ask: tuple[str, ...]
    """What to ask the doctor."""
    sources: tuple[Source, ...]
    """What the sheet rests on, the most used first."""
    checked: str
    """The day its words were last checked, as year-month-day. The PDF's date."""
    review: str
    """How far it has been checked, in words, on the day it was made."""
    address: str
    """Where its latest version is, as people type it: 'guide.example/handouts/neck-twitching'. Empty without a site's address."""
    link: str
    """What the QR code holds: the address with the content code, which tells the page how old the paper is. Empty without a site's address."""
    code: str = ""
    """Eight letters and digits that change when what the sheet says changes, and only then."""


_NOT_SAID = ("page", "origin", "sources", "checked", "review", "address", "link", "code")
"""What may differ between two sheets that say the same."""


def said(handout: Handout) -> dict[str, Any]:
    """What a sheet tells its reader: the part of it that its content code stands for."""
    return {name: value for name, value in vars(handout).items() if name not in _NOT_SAID}


def coded(handout: Handout) -> Handout:
    """The sheet with its content code, also in its link."""
    number = int.from_bytes(
        hashlib.sha256(json.dumps(said(handout), default=vars, sort_keys=True).encode()).digest()[:5]
    )
    code = "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))
    return replace(handout, code=code, link=handout.link and f"{handout.link}#{code}")
