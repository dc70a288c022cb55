"""A review by a clinician, as pages, signs, flows and services carry it."""

from careguide.model.fields import Date, Part, Plain


class Review(Part):
    """A review by a clinician that has really happened."""

    by: Plain
    """Name and profession of the reviewer, with their consent."""
    on: Date
    """Day of the review."""
    due: Date
    """Day by which it should be reviewed again."""
    fingerprint: Plain | None = None
    """Twelve letters that stand for what was reviewed. The command `sign` writes them; once medical fields
    are edited, the page says that it has changed since."""
