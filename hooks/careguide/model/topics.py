"""The kinds that have a page and a file of their own.

The checks, the contributors' field list, the editor's schema and the new files all derive from these fields,
so a field is declared here (or in `lists` or `flows`) and nowhere else.
"""

from typing import Literal

from pydantic import Field, model_validator

from careguide.model.fields import (
    CauseId,
    CriterionId,
    Date,
    Entry,
    Id,
    InvestigationId,
    Markdown,
    Part,
    PlaceId,
    Plain,
    QuestionId,
    RemedyId,
    Short,
    Sources,
    Text,
    Title,
    TreatmentId,
)
from careguide.model.review import Review

Group = Literal["everyday", "underlying", "serious"]
"""How causes are grouped: part of ordinary life, a condition to check for, or one not to be missed."""
Verdict = Literal["try", "with-care", "avoid"]
"""Whether to try a remedy."""


class Codes(Part):
    """The same thing in the code systems that other systems use.

    Codes label a page; they say nothing about a reader.
    """

    icd_10_cm: tuple[Plain, ...] = ()
    """ICD-10-CM codes (United States, April 2026)."""
    icd_10_gm: tuple[Plain, ...] = ()
    """ICD-10-GM codes (Germany)."""
    mesh: tuple[Plain, ...] = ()
    """MeSH descriptor ids."""
    snomed_ct: tuple[Plain, ...] = ()
    """SNOMED CT ids."""


class Step(Part):
    """One step of what to do."""

    text: Markdown
    """What to do, with its time and its 'because' where they matter."""
    picture: Id | None = None
    """Name of the drawing that shows it, where there is one."""


class Section(Part):
    """One section of a page: a heading that says what is under it, and what is under it."""

    heading: Title
    """What is under it: 'How long it lasts'."""
    text: Markdown | None = None
    """Paragraphs, lists and small tables, each statement with its sources."""
    steps: tuple[Step, ...] = ()
    """What to do, in its order, numbered."""
    signs: tuple[CriterionId, ...] = ()
    """Warning signs that belong here. They are shown by level, in their own words."""

    @model_validator(mode="after")
    def _has_something_under_it(self) -> "Section":
        if not (self.text or self.steps or self.signs):
            raise ValueError(
                "must have text, steps or signs, because a heading without words of its own is left out"
            )
        return self


class Topic(Entry):
    """Anything that has a page of its own."""

    title: Title
    """Its plain name. The page's heading."""
    also_called: tuple[Title, ...] = ()
    """Other names, medical ones among them."""
    covers: tuple[Title, ...] = ()
    """Names of what its page tells besides: 'Hot water bottle' on 'Heat and cold', for lists and search."""
    common_misspellings: tuple[Plain, ...] = ()
    """Misspellings people search for."""
    search_words: tuple[Plain, ...] = ()
    """What people type who do not know its names: 'can't sleep', 'runny nose'. No reader sees them."""
    short: Short
    """What it is or does, in one sentence of at most 25 words, for lists."""
    formerly: tuple[Id, ...] = ()
    """Ids it had before, when it was online already: their addresses lead here, and those of its sheets."""
    checked: Date
    """Day on which its words were last checked against their sources."""
    reviewed: Review | None = None
    """A clinician's review; left out until there really was one."""
    codes: Codes = Codes()
    """Its codes in other systems."""


class Page(Topic):
    """A topic whose page is its lead and its sections."""

    lead: Markdown
    """The first paragraphs: the good news first where it is true."""
    red: tuple[CriterionId, ...] = ()
    """Emergency signs of the red line under the lead. Left out on a page about something harmless."""
    red_says: Text | None = None
    """The red line in this page's words, with what does not count; never narrower than its signs."""
    sections: tuple[Section, ...] = Field(min_length=1)
    """The rest of the page."""

    @property
    def signs(self) -> tuple[str, ...]:
        """Every warning sign that its page shows, each once."""
        shown = [*self.red, *(sign for section in self.sections for sign in section.signs)]
        return tuple(dict.fromkeys(shown))

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step on its page."""
        return tuple(step for section in self.sections for step in section.steps)


class Medicine(Part):
    """One medicine."""

    generic: Plain
    """Its generic name, lower case."""
    brands: tuple[Plain, ...] = ()
    """Brand names."""


class Cause(Page):
    """What may lie behind a symptom."""

    group: Group
    """Everyday is part of ordinary life, underlying a condition that a doctor can check for, and serious is
    unusual and must not be missed."""
    medicines: tuple[Medicine, ...] = ()
    """Medicines that its page is about, with brand names, so that search finds them."""


class Remedy(Page):
    """What a person can do alone. Also advice that is often repeated and is unsafe."""

    verdict: Verdict
    """try, with-care, or avoid (often repeated and unsafe)."""
    handout: Text | None = None
    """What a symptom's printed sheet says of it: two to four sentences, with times."""

    @model_validator(mode="after")
    def _nobody_follows_it(self) -> "Remedy":
        if self.verdict == "avoid" and self.steps:
            raise ValueError("must not have steps, because its verdict is 'avoid'")
        return self


class Treatment(Page):
    """What a professional offers."""

    medicines: tuple[Medicine, ...] = ()
    """The medicines it covers, with brand names."""


class Investigation(Page):
    """How a doctor looks for a cause: questions, an examination, or a test."""


class CauseOf(Part):
    """A cause as it belongs to one symptom."""

    cause: CauseId
    """Its id."""
    group: Group | None = None
    """Its group for this symptom, where it is another than elsewhere."""
    says: Short
    """What it has to do with this symptom, in one sentence."""


class RemedyFor(Part):
    """A remedy as it belongs to one symptom."""

    remedy: RemedyId
    """Its id."""
    says: Short
    """What it does for this symptom, in one sentence; for advice to avoid, why not."""


class PlaceOf(Part):
    """A place in the body as it belongs to one symptom."""

    place: PlaceId
    """Its id."""
    says: Short
    """What the symptom is like there, and when it matters, in one or two sentences."""
    sources: Sources
    """Ids of the sources."""


class LeftOut(Part):
    """A sign that a symptom's check does not ask although one of its causes has it."""

    sign: CriterionId
    """Its id."""
    because: Short
    """Why it is safe to leave it out, in one sentence for those who check the guide."""


class Symptom(Topic):
    """What a reader has: the page everything else hangs on. Its article stands in `content/symptoms/`."""

    lead: Text
    """The good news, how long it lasts and when to see a doctor, in three sentences. Sheets start so."""
    causes: tuple[CauseOf, ...] = Field(min_length=1)
    """Its causes, the likeliest first in each group."""
    remedies: tuple[RemedyFor, ...] = ()
    """What you can do yourself, the most useful first, and what to avoid."""
    treatments: tuple[TreatmentId, ...] = ()
    """What a professional may offer."""
    investigations: tuple[InvestigationId, ...] = ()
    """What a doctor may do to find the cause, in the order it happens."""
    places: tuple[PlaceOf, ...] = ()
    """Where in the body."""
    signs: tuple[CriterionId, ...] = Field(min_length=1)
    """The warning signs that its check asks. Pages order them worst first; within one level this order holds,
    the most telling first."""
    left_out: tuple[LeftOut, ...] = ()
    """Signs of its causes that its check does not ask, each with the reason."""
    shown: tuple[CriterionId, ...] = ()
    """The few of them that its own page shows. The rest are one link away."""
    doctor_questions: tuple[QuestionId, ...] = ()
    """What the doctor will ask."""
    ask_your_doctor: tuple[Short, ...] = ()
    """What you may want to ask."""

    @property
    def meant_signs(self) -> tuple[str, ...]:
        """Its signs, also those between which a comma is missing, so that only the comma is complained of."""
        return tuple(" ".join(self.signs).split())
