"""The kinds that make a flow, and those that test it: its steps, the vignettes it is replayed on, and the hazards it must answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from careguide.model.fields import (
    CriterionId,
    Date,
    Entry,
    Id,
    Part,
    Plain,
    Ref,
    Short,
    Sources,
    Text,
    Title,
    UrgencyId,
)
from careguide.model.lists import Person


class Step(Part):
    """One screen of a flow."""

    id: Id
    """Its name in the address, after the '#'. Never reused."""
    kind: Literal["gate", "people", "ticks"]
    """gate (emergency signs: yes, no or not sure in one tap), people (who this is about) or ticks (tick what is true)."""
    ask: Short
    """The question: 'Is any of this happening now?'"""
    why: Short
    """Why we ask, in one line."""
    signs: tuple[CriterionId, ...] = ()
    """For gates and ticks: the signs it asks, at most 7, all of one urgency."""
    people: tuple[Person, ...] = ()
    """For people: whom it asks about."""


class Lowering(Part):
    """A change that makes a result less urgent, signed by who answers for it."""

    what: Text
    """What was lowered, and for whom."""
    signs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Ids of the signs that lead lower than before, those that are no longer asked among them."""
    by: Plain
    """Name and profession of the clinician who agreed, with their consent."""
    on: Date
    """Day on which they agreed."""


class Flow(Entry):
    """The signs of one symptom as a ladder of questions, worst first. It only orders and groups criteria: their urgency is their own."""

    singular = "flow"

    title: Title
    """Its heading: 'Check your signs'."""
    intro: Text
    """What it is, whom it is for and whom it is not for."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """The screens in order. A 'yes' ends at its signs' urgency; 'none' goes on to the next."""
    checked: Date
    """Day on which its words were last checked."""
    lowered: tuple[Lowering, ...] = ()
    """Signed entries for changes that lowered a result."""


class Vignette(Part):
    """A short story of a reader, with the urgency it should end at. Written from the sources, not from the flow."""

    id: Id
    """Its name in reports."""
    story: Text
    """Who it is and what is happening, in two or three sentences."""
    people: tuple[Person, ...] = ()
    """Which of the people in the flow the reader is."""
    present: tuple[CriterionId, ...] = ()
    """Signs the reader has."""
    unsure: tuple[CriterionId, ...] = ()
    """Signs the reader is not sure about."""
    expect: UrgencyId
    """The urgency a careful clinician would choose."""
    sources: Sources
    """Ids of the sources that say so."""


class Vignettes(Entry):
    """The vignettes of one symptom's flow."""

    singular = "vignettes"

    stories: Annotated[tuple[Vignette, ...], Field(min_length=1)]
    """The stories."""


class Hazard(Entry):
    """One way in which the guide could harm a reader, and what guards against it."""

    singular = "hazard"

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
    controls: Annotated[tuple[Plain, ...], Field(min_length=1)]
    """The rules (by function name) and tests (as file::name) that guard against it."""
    residual: Annotated[int, Field(ge=1, le=5)]
    """The risk that stays, from 1 (acceptable) to 5 (unacceptable)."""
    open: Short | None = None
    """What is still to be done, in one line."""


FlowId = Annotated[str, Ref("flows")]
