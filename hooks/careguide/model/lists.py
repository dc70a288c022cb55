"""The kinds that are kept in one list each, because a clinician reads their entries against each other."""

from typing import Annotated, Literal

from pydantic import Field

from careguide.model.fields import (
    ID,
    WRITE_ID,
    Date,
    Entry,
    Form,
    Hint,
    Id,
    Lead,
    MeanwhileId,
    Part,
    Phone,
    Plain,
    Short,
    Sign,
    SourceId,
    Sources,
    SymptomId,
    Text,
    Title,
    UrgencyId,
    Url,
)
from careguide.model.review import Review

EVERYONE, IGNORE = "everyone", "ignore"
"""What a sign's context is when it is asked of all; what `not_sure` is when a doubt about it leads
nowhere."""


class Urgency(Entry):
    """One level of the ladder: how soon to get help.

    The list is written worst first; a guide has as many levels as it needs.
    """

    style: Annotated[int, Field(ge=1, le=6)]
    """Which of the six numbered styles it has: each is told apart by its word, mark and border, 1 the most
    striking."""
    level: Title
    """The level in one word or two, as a card shows it: 'emergency', 'today'."""
    title: Title
    """What to do, as a heading: 'Get help now'."""
    do: Text
    """What to do, in one or two sentences. Numbers and services are references: {call:emergency}."""
    lead_in: Short
    """The words before the list of signs: 'Get help now if any one of these is true:'."""


class Context(Entry):
    """Somebody of whom certain signs are asked: who takes a medicine, a child, somebody with a wound."""

    asked: Literal["who", "boxes"]
    """who (an answer to the one question about who it is for; the general one stands last) or boxes (a box to
    tick)."""
    label: Short
    """The words beside the box."""
    note: Short | None = None
    """What is said under them."""
    heading: Title
    """The words over its signs where all are listed: 'If you take medicine'."""
    again: Title | None = None
    """The words on its button where it is offered once more; left out for a context that no sign is for."""
    symptoms: tuple[SymptomId, ...] = ()
    """The symptoms that ask for it; all where there are none."""


class Addition(Part):
    """A sentence for readers of some symptoms."""

    text: Text
    """The sentence."""
    symptoms: tuple[SymptomId, ...] = Field(min_length=1)
    """Whose readers see it."""


class Meanwhile(Entry):
    """What to do until help comes, or until you are seen. A sign names the one that is right for it."""

    text: Text
    """What to do, and not to do, in a few short sentences."""
    additions: tuple[Addition, ...] = ()
    """What is added for readers of some symptoms."""
    sources: tuple[SourceId, ...] = ()
    """Ids of the sources."""


class Criterion(Entry):
    """One warning sign, with the level it calls for and of whom it is asked."""

    level: UrgencyId
    """How soon to get help when it is true."""
    lead: Lead
    """Two to six words that name the sign and make sense alone: 'Cannot breathe or swallow'."""
    sign: Sign
    """The sign as a statement a reader can answer with yes or no, in at most 26 words."""
    hint: Hint | None = None
    """What counts and what does not, in at most 16 words."""
    context: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Of whom it is asked: everyone, or the contexts of which one must be true."""
    why: Text
    """Why it matters."""
    sources: Sources
    """Ids of the sources, the strongest first."""
    judgement: bool = False
    """Whether the level is the guide's own judgement, because no source that was read states it. Its page
    says so."""
    not_sure: Id
    """The level that 'I am not sure' about it leads to, or ignore."""
    now: bool = False
    """Whether a doubt about it needs advice by phone at once, day or night."""
    meanwhile: MeanwhileId | None = None
    """What to do until help comes."""
    clause: Title | None = None
    """The sign as a clause of the red line and of the home page; the lead where there is none."""
    search_words: tuple[Plain, ...] = ()
    """What people type when it happens to them: 'can't breathe'. A search that has all words of one shows the
    sign first where it needs help today."""
    checked: Date | None = None
    """Day on which it was last checked against its sources; left out where no such day is known."""
    reviewed: Review | None = None
    """A clinician's review; left out until there really was one."""
    paper: Short | None = None
    """The sign as a short sentence for printed sheets, reviewed beside it; the lead where there is none."""


ThingName = Annotated[
    str,
    Form(
        "a kind and an id with a colon between them",
        rf"[a-z]+:{ID.pattern}",
        "cause:dry-air",
        several="kinds and ids, each with a colon between them",
        to_fill_in=f"cause:{WRITE_ID}",
    ),
]


class Change(Entry):
    """What the guide says otherwise than before, for readers and for those who handed it on."""

    on: Date
    """Day of the change."""
    about: Annotated[tuple[ThingName, ...], Field(min_length=1)]
    """What has changed, each by kind and id: cause:dry-air, criterion:fever. Its page names the last one."""
    text: Text
    """What it says now, in a sentence or two: 'We now say: …'"""
    why: Text | None = None
    """Why it has changed, where readers may wonder."""


class Source(Entry):
    """Something that was read, at its publisher's own address."""

    title: Plain
    """Its title, as the publisher gives it."""
    publisher: Plain
    """Who published it."""
    url: Url
    """The publisher's own page, never a copy or a mirror."""
    kind: Literal[
        "guideline", "official-body", "textbook", "review", "study", "case-report", "charity", "reference"
    ]
    """What sort of source it is."""
    date: Plain | None = None
    """The date it shows, in its own words."""
    language: Annotated[Plain, Field(examples=["es"])] | None = None
    """The language of its page, where that is another than the guide's: es."""
    last_checked: Date | None = None
    """Day on which its page was last seen at this address, by us or in a record that names the day; left out
    where no such day is known."""
    next_review: Date | None = None
    """Day by which its publisher means to look at it again, where its page names one."""


class Term(Entry):
    """A hard word, explained."""

    term: Title
    """The word or words."""
    forms: tuple[Plain, ...] = ()
    """Other forms of it to explain where they stand, such as a plural."""
    search_words: tuple[Plain, ...] = ()
    """What else people type for it: a plain word, a short form."""
    meaning: Short
    """What it means, in at most 25 plain words."""
    sources: Sources
    """Ids of the sources."""


FigurePart = Literal[
    "head",
    "face",
    "eyelid",
    "tongue",
    "neck",
    "shoulder",
    "arm",
    "hand",
    "back",
    "trunk",
    "hip",
    "thigh",
    "leg",
    "calf",
    "foot",
]
"""The parts of the body figure: what is drawn, whatever a guide calls it. Several places may be one part."""


class Place(Entry):
    """A place in the body."""

    title: Title
    """Its name: 'Back'."""
    search_words: tuple[Plain, ...] = ()
    """What else people type for it, such as its parts: 'spine'."""
    figure: FigurePart | None = None
    """The part of the body figure that shows it; left out for a place that the figure does not show."""


Line = Literal["flutter", "hold", "peak", "spikes", "wave", "jolt", "pull"]
"""How a kind of movement looks when time runs from left to right."""


class Movement(Entry):
    """A kind of movement that is easily taken for another, such as a cramp, a tic or a tremor."""

    title: Title
    """Its plain name, with the medical name in brackets: 'Shaking (tremor)'."""
    search_words: tuple[Plain, ...] = ()
    """What else people type for it: 'flutter'."""
    looks_like: Text
    """What you see."""
    feels_like: Text
    """What you feel."""
    moves_you: Text
    """Does it move your head, or another joint?"""
    lasts: Text
    """How long one goes on."""
    next: Text
    """What usually follows: wait, or see a doctor."""
    line: Line | None = None
    """The line that draws it: flutter (a short run of ripples), hold (tight for a while), peak (tight at
    once, slow to go), spikes (quick, again and again), wave (steady, to and fro), jolt (one sudden move)
    or pull (drawn aside, and held)."""
    sources: Sources
    """Ids of the sources."""


class Question(Entry):
    """Something a doctor will ask."""

    question: Short
    """The question: 'When did it start?'"""
    why: Short
    """Why they ask, in one line."""
    diary: Title | None = None
    """The words over its column in the symptom diary; left out where nobody could answer it every day."""
    sources: Sources
    """Ids of the sources."""


class Amount(Entry):
    """A time, count or limit that must be the same wherever it is said.

    Written into a text as `[10 to 15 minutes](amount:heat-time)`.
    """

    amount: Title
    """The words as they stand in every text: '10 to 15 minutes'."""
    about: tuple[Plain, ...] = Field(min_length=1)
    """Words that show a sentence is about it: another number with the same unit beside one of them is
    a problem."""
    sources: Sources
    """Ids of the sources."""


class Number(Part):
    """One phone line or service, with the official page that gives it."""

    number: Phone | None = None
    """The number as dialled; left out where there is none for the public."""
    name: Title
    """What the line is called."""
    area: Title | None = None
    """Where in the country it works, if not everywhere."""
    hours: Title | None = None
    """When it is open, if not always."""
    online: Url | None = None
    """Its online form, if it has one."""
    note: Short | None = None
    """What a caller should know."""
    source: Url
    """The official page that gives the number."""


class LevelHelp(Part):
    """Whom to turn to at one level, in one country."""

    level: UrgencyId
    """The level."""
    text: Text
    """One sentence: 'Call your GP surgery; if it is closed, call 111.'"""
    sources: tuple[Url, ...] = Field(min_length=1)
    """The official pages that say so."""


class Calls(Part):
    """What stands in a text for a number or a service: `Call {call:advice}`."""

    emergency: Short
    """The emergency number."""
    advice: Short
    """Whom to call for advice: '111', or 'your doctor or an urgent care clinic'."""
    crisis: Short
    """Whom to call with thoughts of suicide: 'Samaritans on 116 123'."""
    poison: Short
    """Whom to call after a poison."""


class Service(Entry):
    """Where to get help in one country."""

    country: Title
    """Its name."""
    short: Title
    """Its name in two or three letters, as beside a number: 'UK'."""
    emergency: tuple[Number, ...] = Field(min_length=1)
    """Emergency numbers, the usual one first."""
    advice: tuple[Number, ...] = ()
    """Advice lines."""
    poison: tuple[Number, ...] = ()
    """Poison lines."""
    crisis: tuple[Number, ...] = ()
    """Lines for people who may harm themselves."""
    call: Calls
    """The words that stand in texts."""
    regions: tuple[Plain, ...] = ()
    """Two-letter codes of the regions that a browser names and that it serves, besides its own id."""
    levels: tuple[LevelHelp, ...] = ()
    """Whom to turn to, for the levels at which the country has a way of its own."""
    find_care: Url
    """The official page for finding a doctor."""
    find_care_note: Short | None = None
    """What that page covers, if not the whole country."""
    checked: Date
    """Day on which the numbers were last checked against their pages' records."""
    reviewed: Review | None = None
    """A clinician's review; left out until there really was one."""
