"""The kinds that make a flow, and those that test it.

These are its screens and results, the stories it is replayed on, and the hazards it must answer.
"""

from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from careguide.model.fields import (
    ContextId,
    CriterionId,
    Date,
    Entry,
    Id,
    Part,
    Plain,
    Short,
    Sources,
    SymptomId,
    Text,
    Title,
    UrgencyId,
)
from careguide.model.review import Review

Asked = Literal["who", "boxes"]
"""Where a context is asked: the one question about who it is for, or the boxes."""


class Note(Part):
    """A sentence that is shown only where it is true."""

    text: Text
    """The sentence."""
    symptoms: tuple[SymptomId, ...] = ()
    """The symptoms whose readers see it; all where there are none."""
    contexts: tuple[ContextId, ...] = ()
    """The contexts whose readers see it; all where there are none."""


class Screen(Part):
    """One screen of a flow."""

    id: Id
    """Its name in the address, after the '#'. Never reused."""
    kind: Literal["one", "many", "gate", "ticks", "ticks-and-time"]
    """one (who it is for), many (boxes: what applies), gate (each line is a button), ticks (tick what is
    true), or ticks-and-time (likewise, then how long)."""
    level: UrgencyId | None = None
    """The level of its signs: given for gates and ticks."""
    ask: Short
    """The question: 'Is any of this new?'"""
    sub: Short | None = None
    """What is said under it. {boxes} stands for the boxes that were ticked."""
    notes: tuple[Note, ...] = ()
    """What is added under it for some readers."""
    also: tuple[Asked, ...] = ()
    """Which signs that are only for some people are asked here, before its own: those of who-answers, of
    boxes, or both."""
    signs: tuple[CriterionId, ...] = ()
    """The signs it asks of everyone."""
    none: Title | None = None
    """The words on the button that says no to all."""


class Duration(Part):
    """One answer to 'how long'."""

    id: Id
    """Its name."""
    label: Short
    """The words on its button."""
    sign: CriterionId | None = None
    """The sign that this answer means. It leads to that sign's level; without one, to the last level."""
    contexts: tuple[ContextId, ...] = ()
    """The contexts it is offered to; everyone where there are none."""


class Again(Part):
    """The contexts that were not chosen, asked once more where a result is calm."""

    title: Title
    """Its heading: 'One last look'."""
    text: Short
    """What it is for."""
    contexts: Annotated[tuple[ContextId, ...], Field(min_length=1)]
    """The contexts in the order in which they are offered, those most often forgotten first."""
    levels: Annotated[tuple[UrgencyId, ...], Field(min_length=1)]
    """The results that show it."""


class Doubt(Part):
    """What is said to a reader who is not sure about a line."""

    level: UrgencyId
    """The level that the doubt leads to."""
    text: Text
    """What to do. {line} stands for the line."""


class NotSure(Part):
    """How a flow takes 'I am not sure'."""

    button: Title
    """The words on its button."""
    which: Short
    """The question that follows, with the same lines."""
    results: Annotated[tuple[Doubt, ...], Field(min_length=1)]
    """What is said first on a result that a doubt led to."""


class Block(Part):
    """One part of a result: a text, a list under a lead-in, or something that the flow fills in."""

    text: Text | None = None
    """A paragraph; before a list, its lead-in. {line} stands for the reader's line."""
    items: tuple[Text, ...] = ()
    """A list."""
    part: Literal["service", "meanwhile", "again", "signs"] | None = None
    """service (what the reader's country says of this level), meanwhile (what to do until then, for the
    reader's line), again (the contexts that were not chosen), or signs (those of this level that are not
    asked)."""
    symptoms: tuple[SymptomId, ...] = ()
    """The symptoms whose readers see it; all where there are none."""
    contexts: tuple[ContextId, ...] = ()
    """The contexts whose readers see it; all where there are none."""
    signs: tuple[CriterionId, ...] = ()
    """It is shown where one of these led to the result; always where there are none."""
    times: tuple[Id, ...] = ()
    """It is shown where one of these times was chosen; always where there are none."""
    instead: bool = False
    """Whether it takes the place of the nearest block before it that has no `instead`."""


class Outcome(Part):
    """What a result says."""

    level: UrgencyId
    """The level it is for."""
    blocks: Annotated[tuple[Block, ...], Field(min_length=1)]
    """Its parts in order. The level's own title stands above them."""


class Lowering(Part):
    """A change that makes a result less urgent, with who answers for it."""

    what: Plain
    """What was lowered, and for whom."""
    signs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Ids of the signs that lead lower than before, those that are no longer asked among them."""
    signed: bool = True
    """false where no clinician has agreed yet: then say why it was done. The report counts these."""
    reason: Plain | None = None
    """Why it was done without a clinician's agreement."""
    by: Plain | None = None
    """Name and profession of the clinician who agreed, with their consent."""
    on: Date | None = None
    """Day on which they agreed."""


class Flow(Entry):
    """The signs as a ladder of screens, worst first.

    It only orders and groups: the level of a sign, and of whom it is asked, are its own.
    """

    title: Title
    """Its heading: 'Check your signs'."""
    intro: Text
    """What it is, in a sentence."""
    checked: Date
    """Day on which its words were last checked."""
    reviewed: Review | None = None
    """A clinician's review; left out until there really was one."""
    bar: Annotated[tuple[CriterionId, ...], Field(min_length=1)]
    """The signs that the red line and the home page name, by their leads: at most four."""
    crisis: CriterionId | None = None
    """The sign that stands on a line of its own under them, with the crisis line."""
    screens: Annotated[tuple[Screen, ...], Field(min_length=1)]
    """The screens in order."""
    times: tuple[Duration, ...] = ()
    """The answers to 'how long', on the last screen."""
    not_sure: NotSure
    """How 'I am not sure' is taken."""
    again: Again | None = None
    """The forgotten contexts, asked once more."""
    results: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    """What each result says."""
    lowered: tuple[Lowering, ...] = ()
    """Entries for changes that lowered a result."""

    @property
    def signs(self) -> tuple[str, ...]:
        """The signs that its screens ask of everyone."""
        return tuple(chain.from_iterable(screen.signs for screen in self.screens))

    @property
    def time_signs(self) -> tuple[str, ...]:
        """The signs that its times stand for."""
        return tuple(time.sign for time in self.times if time.sign)


class Story(Part):
    """A short story of a reader, with the level it should end at.

    Written from the sources, not from the flow.
    """

    id: Id
    """Its name in reports."""
    story: Plain
    """Who it is and what is happening, in two or three sentences."""
    contexts: tuple[ContextId, ...] = ()
    """Which contexts the reader has."""
    present: tuple[CriterionId, ...] = ()
    """Signs the reader has."""
    unsure: tuple[CriterionId, ...] = ()
    """Signs the reader is not sure about."""
    time: Id | None = None
    """How long it has lasted: an answer of the flow; the first where it is left out."""
    expect: UrgencyId
    """The level a careful clinician would choose."""
    acceptable: tuple[UrgencyId, ...] = ()
    """Other levels that would do as well."""
    ends: UrgencyId | None = None
    """Where it ends, if that is too alarming and known: such stories are counted."""
    sources: Sources
    """Ids of the sources that say so."""


class Vignettes(Entry):
    """The stories of one symptom's flow."""

    stories: Annotated[tuple[Story, ...], Field(min_length=1)]
    """The stories."""


class Hazard(Entry):
    """One way in which the guide could harm a reader, and what guards against it."""

    hazard: Short
    """What could go wrong."""
    cause: Short
    """How it could come about."""
    effect: Short
    """What it could do to a reader."""
    severity: Annotated[int, Field(ge=1, le=5)]
    """How bad that would be, from 1 (minor) to 5 (death), before the controls."""
    likelihood: Annotated[int, Field(ge=1, le=5)]
    """How likely it would be, from 1 (very low) to 5 (very high), before the controls."""
    controls: Annotated[tuple[Text, ...], Field(min_length=1)]
    """What guards against it, in plain sentences: a clinician reads them."""
    rules: Annotated[tuple[Plain, ...], Field(min_length=1)]
    """The checks (by function name) and tests (as file::name) behind them. Nobody is shown these."""
    residual: Annotated[int, Field(ge=1, le=5)]
    """The risk that stays, from 1 (acceptable) to 5 (unacceptable)."""
    open: Short | None = None
    """What is still to be done, in one line."""
