"""The form of a record: what it says of the thing that it is about, beside that thing's own fields."""

from typing import Any

from careguide.model.fields import Date, Part

API = "1.0"
"""The version of the form. Within 1 a later one only adds: nothing goes, and nothing changes its meaning."""


class Urgent(Part):
    """A level of urgency."""

    id: str
    """Its id: the levels and what they mean stand in index.json."""
    title: str
    """What to do, in a few words: 'Get help now'."""
    rank: int
    """Its place on the ladder: 1 is the most urgent."""


class Dates(Part):
    """The days that matter to whoever quotes it."""

    checked: Date | None
    """Day on which the words were last checked against their sources. For a source, the day on which its page
    was last seen. null where no such day is known."""
    reviewed: Date | None
    """Day on which a clinician reviewed it; null until one has."""
    review_due: Date | None
    """Day by which it should be reviewed again; null while there is no review."""
    due: Date | None = None
    """Day by which it must be checked again; null where no day is known from which to count."""
    changed: Date | None = None
    """Day on which the guide last told its readers of a change of it; null where it has told none."""


class Reviewed(Part):
    """Whether a clinician has reviewed it."""

    state: str
    """unreviewed, reviewed, or changed (reviewed once, and edited since). A review holds until
    dates.review_due."""
    by: str | None
    """Name and profession of the reviewer."""


class Translated(Part):
    """What a translated record was made from."""

    language: str
    """Language of the original."""
    current: bool
    """Whether the original still says what was translated. Where it does not, trust the original."""


class Record(Part):
    """One thing of the guide, with what it takes to quote it."""

    api: str
    """Version of this form: major.minor. Within a major version fields are only added."""
    type: str
    """What it is: symptom, cause, remedy, treatment, investigation, sign, context, flow, service, source and
    others."""
    id: str
    """Its id, unique among its type and never reused. A flow has the id of its symptom."""
    title: str
    """What it is called; a sign, its two to six words."""
    page: str | None
    """Address of the page where readers see it. Without a public address, from the site's root; null where no
    page shows it by itself."""
    file: str | None
    """Address of this record's own file; null where it stands only in guide.jsonl."""
    language: str
    """Language of the texts, as in HTML's `lang`."""
    licence: str
    """How the words may be used."""
    attribution: str
    """Whom to name."""
    version: str
    """Twelve digits that change whenever anything else in the record does."""
    level: Urgent | None
    """How soon to get help when a sign is true; null for whatever is no sign. Never show a sign without."""
    worst_sign: Urgent | None
    """The most urgent level among the signs that it names; null where it names none. It says which signs
    there are to know, not that whoever has it needs such help."""
    dates: Dates
    """When it was checked and reviewed; of a translation, when its original was checked."""
    review: Reviewed
    """Whether a clinician has reviewed it. A review of the original is none of its translation."""
    country: str | None
    """Id of the service (the country) whose numbers stand in the texts; null where no number does."""
    calls: dict[str, str]
    """What stands in the texts for a number or a service, by reference: emergency, advice, crisis, poison.
    For readers elsewhere put the words of their own country in its place: data.call of its service."""
    sources: tuple[str, ...]
    """Ids of all sources that it rests on."""
    data: dict[str, Any]
    """Its own fields. Texts are bare words; longer ones are paragraphs and lists in Markdown, in which
    [@id; @id] after a statement names its sources."""
    translation: Translated | None = None
    """What it was translated from; null for an original."""
