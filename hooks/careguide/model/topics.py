"""The kinds that have a page and a file of their own.

The checks, the contributors' field list, the editor's schema and the new files all derive from these fields,
so a field is declared here (or in `lists` or `flows`) and nowhere else.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from careguide.model.fields import (
    CauseId,
    CriterionId,
    Date,
    Entry,
    Id,
    InvestigationId,
    MovementId,
    Part,
    PlaceId,
    Plain,
    QuestionId,
    RemedyId,
    Short,
    Statement,
    Statements,
    Support,
    Title,
    TreatmentId,
)


class Review(Part):
    """A review by a clinician that has really happened."""

    by: Plain
    """Name and profession of the reviewer, with their consent."""
    on: Date
    """Day of the review."""
    due: Date
    """Day by which it should be reviewed again."""
    fingerprint: Plain | None = None
    """Twelve letters that stand for what was reviewed. `careguide sign` writes them; once the medical fields
    are edited, the page says that it has changed since."""


class Codes(Part):
    """The same thing in the code systems that other systems use.

    Codes label a page; they say nothing about a reader.
    """

    icd_10_cm: tuple[Plain, ...] = ()
    """ICD-10-CM codes (United States, April 2026)."""
    mesh: tuple[Plain, ...] = ()
    """MeSH descriptor ids."""
    snomed_ct: tuple[Plain, ...] = ()
    """SNOMED CT ids."""


class Topic(Entry):
    """Anything that has a page of its own."""

    title: Title
    """Its plain name. The page's heading."""
    also_called: tuple[Title, ...] = ()
    """Other names, medical ones among them."""
    common_misspellings: tuple[Plain, ...] = ()
    """Misspellings people search for."""
    short: Short
    """What it is or does, in at most 25 words. Shown in lists and at the top of its page."""
    checked: Date
    """Day on which its words were last checked against their sources."""
    reviewed: Review | None = None
    """A clinician's review; left out until there really was one."""
    codes: Codes = Codes()
    """Its codes in other systems."""


class Symptom(Topic):
    """What a reader has: the page everything else hangs on."""

    singular = "symptom"

    movement: MovementId | None = None
    """Which kind of movement it is."""
    differs_from: tuple[MovementId, ...] = ()
    """Kinds of movement it is taken for."""
    what_it_is: Statements = Field(min_length=1)
    """What it is and how it feels."""
    how_common: Statement | None = None
    """How many people have it."""
    places: tuple[PlaceId, ...] = ()
    """Where in the body."""
    causes: tuple[CauseId, ...] = Field(min_length=1)
    """Its causes. Pages order them by group and likelihood, not by this list."""
    remedies: tuple[RemedyId, ...] = ()
    """What you can do yourself, and what to avoid."""
    handout: tuple[RemedyId, ...] = ()
    """Which of them its printed handout tells in full, the most useful first. There is room for about two."""
    treatments: tuple[TreatmentId, ...] = ()
    """What a professional may offer."""
    investigations: tuple[InvestigationId, ...] = ()
    """What a doctor may do to find the cause, in the order it happens."""
    signs: tuple[CriterionId, ...] = Field(min_length=1)
    """The warning signs that its check asks. Pages order them worst first; within one level this order
    holds, the most telling first."""
    shown: tuple[CriterionId, ...] = ()
    """The few of them that its own page shows. The rest are one link away."""
    living_with_it: Statements = ()
    """Driving, work, sleep and worry."""
    doctor_questions: tuple[QuestionId, ...] = ()
    """What the doctor will ask."""
    ask_your_doctor: tuple[Short, ...] = ()
    """What you may want to ask."""


class Cause(Topic):
    """What may lie behind a symptom."""

    singular = "cause"
    needs = {("group", "serious"): ("how_unusual", "needs_also")}  # noqa: RUF012 - never changed

    group: Literal["everyday", "underlying", "serious"]
    """everyday (part of ordinary life), underlying (a condition a doctor can check for) or serious (unusual,
    must not be missed)."""
    likelihood: Literal["very-common", "common", "uncommon", "rare", "very-rare"]
    """How often it is the cause among people with the symptom. Lists are ordered by it."""
    what_it_is: Statements = Field(min_length=1)
    """What it is, in plain words."""
    why_it_happens: Statements = ()
    """How it can bring on the symptom; say so where this is not known."""
    how_unusual: Statement | None = None
    """For serious causes: how unusual it is as a cause of the symptom."""
    needs_also: Statement | None = None
    """For serious causes: which other sign would have to be there."""
    other_signs: Statements = ()
    """What else you may notice."""
    who: Statements = ()
    """Who gets it more often."""
    places: tuple[PlaceId, ...] = ()
    """Where in the body it shows."""
    places_note: Statement | None = None
    """What is and is not known about where it shows."""
    what_to_do: Statements = ()
    """What to do first."""
    cautions: Statements = ()
    """What must not be done, and what people get wrong."""
    ask: tuple[Short, ...] = ()
    """What to ask the doctor, pharmacist or prescriber."""
    remedies: tuple[RemedyId, ...] = ()
    """What you can do yourself."""
    treatments: tuple[TreatmentId, ...] = ()
    """What a professional may offer."""
    investigations: tuple[InvestigationId, ...] = ()
    """How a doctor looks for it."""
    criteria: tuple[CriterionId, ...] = ()
    """Warning signs that go with it."""
    support: Support
    """How well its link with the symptom is supported."""


Verdict = Literal["try", "with-care", "avoid"]
"""Whether to try a remedy."""


class RemedyStep(Statement):
    """One step of a remedy."""

    picture: Id | None = None
    """Name of the drawing that shows the step, where there is one."""


class Remedy(Topic):
    """What a person can do alone: to ease a symptom, or to prevent it.

    Also advice that is often repeated and is unsafe.
    """

    singular = "remedy"
    needs = {  # noqa: RUF012 - never changed
        ("verdict", "try"): ("steps", "not_for", "stop_if"),
        ("verdict", "with-care"): ("steps", "not_for", "stop_if"),
        ("verdict", "avoid"): ("why_not", "instead"),
    }

    purpose: tuple[Literal["ease", "prevent"], ...] = Field(min_length=1)
    """What it is for: ease, prevent, or both."""
    verdict: Verdict
    """try, with-care, or avoid (often repeated and unsafe: say what it is, why not, and what to do
    instead)."""
    picture: Id | None = None
    """For advice to avoid: name of the drawing that shows it crossed out. Steps have drawings of their
    own."""
    what_it_is: Statements = Field(min_length=1)
    """What it is; for advice to avoid, what people say."""
    steps: tuple[RemedyStep, ...] = ()
    """How to do it, step by step."""
    how_long: Statement | None = None
    """How long each time."""
    how_often: Statement | None = None
    """How often."""
    do: Statements = ()
    """What to do while you do it."""
    dont: Statements = ()
    """What not to do: each starts with 'Do not'."""
    not_for: Statements = ()
    """Who should not do it, or should ask first."""
    stop_if: Statements = ()
    """When to stop."""
    why_not: Statements = ()
    """For advice to avoid: why not."""
    instead: tuple[RemedyId, ...] = ()
    """For advice to avoid: what to do instead."""
    criteria: tuple[CriterionId, ...] = ()
    """Warning signs to know before or while doing it."""
    support: Support
    """How well it is supported."""

    @model_validator(mode="after")
    def _nobody_follows_it(self) -> Remedy:
        if self.verdict == "avoid" and self.steps:
            raise ValueError("must not have steps, because its verdict is 'avoid'")
        return self


class Medicine(Part):
    """One medicine."""

    generic: Plain
    """Its generic name, lower case."""
    brands: tuple[Plain, ...] = ()
    """Brand names."""


class Treatment(Topic):
    """What a professional offers."""

    singular = "treatment"

    form: Literal[
        "medicine",
        "injection",
        "talking-therapy",
        "physical-therapy",
        "change-of-medicine",
        "watchful-waiting",
        "treating-the-cause",
    ]
    """What sort of treatment it is."""
    medicines: tuple[Medicine, ...] = ()
    """The medicines it covers, with brand names."""
    what_it_is: Statements = Field(min_length=1)
    """What it is and how it is given."""
    ordinary_use: Statement
    """Whether it is used for the ordinary, harmless form of the symptom: said first, plainly."""
    used_for: Statements = Field(min_length=1)
    """What it is really for."""
    not_for: Statements = ()
    """Who should not have it, and what it is not for."""
    cautions: Statements = ()
    """Harms, mixes to avoid, and what to watch for."""
    who_decides: Statement
    """Who decides, and who gives it."""
    ask: tuple[Short, ...] = ()
    """What to ask before you start."""
    criteria: tuple[CriterionId, ...] = ()
    """Warning signs while you have it."""
    support: Support
    """How well it is supported for what it is used for."""


class Investigation(Topic):
    """How a doctor looks for a cause: questions, an examination, or a test."""

    singular = "investigation"

    looks_for: Statements = Field(min_length=1)
    """What it looks for."""
    who_needs_it: Statements = Field(min_length=1)
    """Who needs it, and who does not."""
    what_happens: Statements = Field(min_length=1)
    """What happens, in order."""
    how_it_feels: Statements = Field(min_length=1)
    """What it is like."""
    limits: Statements = ()
    """What it cannot tell."""
    cautions: Statements = ()
    """What to tell the staff, and risks."""
