"""What a printed sheet says, as plain values: its PDFs and its web page are both laid out from them.

A sheet holds what its kind shows and nothing else, without markup. It knows no engine and no guide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from careguide.source import markup

FOLDER = "handouts"
"""Where all sheets stand on the site."""
Kind = Literal["symptom", "bilingual", "diary", "visit", "remedy"]
"""A symptom's handout, the same in two languages, its 14-day diary, 'prepare for your visit', and one remedy
with its steps."""


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
class Level:
    """One level of urgency with its signs."""

    id: str
    number: int
    """The number of its box: from 1, worst first."""
    style: int
    """Which of the six numbered styles it has."""
    title: str
    do: str
    signs: Mapping[str, str]
    """The signs that the sheet can name, by id: a short sentence each, the most telling first."""
    more: int
    """How many others of this level the check asks."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list."""

    texts: tuple[Text, ...]
    listed: bool


@dataclass(frozen=True)
class Section:
    """One section of a remedy's own sheet."""

    heading: str
    blocks: tuple[Block, ...]
    steps: tuple[Text, ...] = ()
    pictures: tuple[str, ...] = ()
    """The names of the drawings of its steps."""


@dataclass(frozen=True)
class Advice:
    """Something to do, or not to do, as the sheet of a symptom tells it."""

    id: str
    title: str
    text: Text


@dataclass(frozen=True)
class Handout:
    """One sheet. What its kind does not show is empty."""

    id: str
    """Its folder under `handouts/`: 'cough', 'cough-diary'."""
    kind: Kind
    about: str
    """Id of the symptom or the remedy it is about."""
    page: str
    """The page of that thing, from the site's root: 'symptoms/cough/'."""
    origin: str
    """The data file it comes from, relative to the project."""
    title: str
    summary: Text
    checked: str
    """The day its words were last checked, as year-month-day. The PDF's date."""
    review: str
    """How far it has been checked, in words, on the day it was made."""
    address: str
    """Its latest version, as it is typed: 'guide.example/handouts/rest'. Empty without a site's address."""
    link: str
    """What the QR code holds: the address with the content code, which tells a page how old the paper is."""
    levels: tuple[Level, ...]
    """The levels with signs, worst first."""
    causes: tuple[Text, ...] = ()
    """A symptom's: its likeliest causes, a sentence each."""
    remedies: tuple[Advice, ...] = ()
    """A symptom's: what to do now."""
    avoid: tuple[Advice, ...] = ()
    """A symptom's: what not to do."""
    sections: tuple[Section, ...] = ()
    """A remedy's: its page."""
    scale: tuple[str, ...] = ()
    """Every level in a word or two, worst first, for a clinician to circle one."""
    asked: tuple[str, ...] = ()
    """What the doctor will ask; in a diary, the words over its columns."""
    ask: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    """Who published what the sheet rests on, the most used first."""
    printable: bool = True
    """Whether it comes as PDFs too; otherwise it is only on the web."""
    withdrawn: str = ""
    """Why it is not offered, in words; empty for a sheet that is."""
    language: str = ""
    """The folder of its language; empty where it is the original's."""
    beside: "Handout | None" = None
    """On a sheet in two languages the same sheet in the original's: sign beside sign, step beside step."""
    code: str = ""
    """Eight letters and digits that change when what a reader sees on the sheet changes, and only then."""
