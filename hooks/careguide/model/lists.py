"""The kinds that are kept in one list each, because a clinician reads their entries against each other."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from careguide.model.fields import (
    Date,
    Entry,
    Part,
    Plain,
    Short,
    Sign,
    Sources,
    Statement,
    Text,
    Title,
    UrgencyId,
    Url,
)


class Urgency(Entry):
    """One level of the ladder: how soon to get help. The list is written worst first."""

    singular = "urgency"

    card: Literal["emergency", "same-day", "appointment", "self-care"]
    """Which of the four care-card styles it has."""
    level: Title
    """The level in one word or two, as a card shows it: 'emergency', 'today'."""
    title: Title
    """What to do, as a heading: 'Get emergency help now'."""
    do: Short
    """What to do, in one or two sentences. No phone numbers: they come from the services."""
    lead_in: Title
    """The words before the list of signs: 'Call if any of these is happening:'."""
    until: tuple[Text, ...] = ()
    """What to do, and not to do, until help comes or until you are seen."""
    numbers: Literal["emergency", "advice", "none"] = "none"
    """Which phone numbers the card shows."""


Person = Literal["takes-medicine", "child", "baby", "pregnant", "diabetes"]
"""People for whom some signs are asked, or are more urgent."""


class Raise(Part):
    """A person for whom a sign is more urgent."""

    who: Person
    """For whom."""
    to: UrgencyId
    """The higher urgency."""


class Criterion(Entry):
    """One warning sign, with the urgency it calls for."""

    singular = "criterion"

    lead: Title | None = None
    """Two to four words that name the sign, shown in bold before it: 'Face, arm or speech'."""
    sign: Sign
    """The sign as a statement a reader can answer with yes or no: 'You find it hard to breathe.'
    At most 15 words."""
    means: Text
    """What it looks or feels like, in plain words, for a reader who is not sure."""
    urgency: UrgencyId
    """How soon to get help when it is true."""
    raise_: tuple[Raise, ...] = Field(default=(), alias="raise")
    """For whom it is more urgent. It can only be raised, never lowered."""
    who: Literal["everyone", Person] = "everyone"
    """Whom it concerns."""
    why: Statement
    """Why it matters, with its sources."""


class Source(Entry):
    """Something that was read, at its publisher's own address."""

    singular = "source"

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


class Term(Entry):
    """A hard word, explained."""

    singular = "term"

    term: Title
    """The word or words."""
    forms: tuple[Plain, ...] = ()
    """Other forms of it to explain where they stand, such as a plural."""
    meaning: Short
    """What it means, in at most 25 plain words."""
    sources: Sources
    """Ids of the sources."""


class Place(Entry):
    """A place in the body."""

    singular = "place"

    title: Title
    """Its name: 'Back'."""
    region: Literal["head", "neck", "shoulders", "arms", "trunk", "legs", "whole-body"]
    """The region of the body figure it belongs to."""
    short: Short
    """What the symptom is usually like there, in one or two sentences."""
    sources: Sources
    """Ids of the sources."""


Line = Literal["flutter", "hold", "peak", "spikes", "wave", "jolt", "pull"]
"""How a kind of movement looks when time runs from left to right."""


class Movement(Entry):
    """A kind of movement that is easily taken for another, such as a twitch, a cramp, a tic or a tremor."""

    singular = "movement"

    title: Title
    """Its plain name, with the medical name in brackets: 'Twitch (fasciculation)'."""
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

    singular = "question"

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

    singular = "amount"

    amount: Title
    """The words as they stand in every text: '10 to 15 minutes'."""
    about: tuple[Plain, ...] = Field(min_length=1)
    """Words that show a sentence is about it: another number with the same unit beside one of them is
    a problem."""
    sources: Sources
    """Ids of the sources."""


class Number(Part):
    """One phone line or service, with the official page that gives it."""

    number: Plain | None = None
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


class Service(Entry):
    """Where to get help in one country."""

    singular = "service"

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
    find_care: Url
    """The official page for finding a doctor."""
    find_care_note: Short | None = None
    """What that page covers, if not the whole country."""
    checked: Date
    """Day on which the numbers were last checked against their pages' records."""
