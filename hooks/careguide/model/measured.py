"""What a program found on the built site, and when: `data/measured.yml`, which `make measure` writes."""

from typing import Annotated

from pydantic import Field

from careguide.model.fields import Date, Part, Plain

Count = Annotated[int, Field(ge=0, le=1_000_000)]


class Measured(Part):
    """What axe found on every page of the built site."""

    on: Date
    """Day on which it was measured."""
    tool: Plain
    """The program, with its version."""
    pages: Count
    """How many pages it looked at."""
    views: Count
    """In how many views it looked at each: narrow and wide, light and dark."""
    broken: Count
    """How many rules were broken, each counted on each page and in each view."""
