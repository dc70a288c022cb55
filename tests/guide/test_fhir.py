"""This guide's checks in FHIR."""

from __future__ import annotations

from careguide.guide import drafts
from conftest import load
from sites import GUIDE
from test_fhir import KINDS, by_name, round_trip


def test_every_resource_is_valid() -> None:
    """As the public library has it."""
    made = by_name(drafts.published(load(GUIDE)))

    assert len(made) > 10
    for resource in made.values():
        KINDS[resource["resourceType"]].model_validate(resource)


def test_every_story_ends_in_fhir_where_it_does_in_the_flow() -> None:
    """Of all three checks; and so do readers who say anything at all."""
    guide = drafts.published(load(GUIDE))
    stories = sum(len(each.stories) for each in guide.vignettes.values())

    assert round_trip(guide) == stories + 100 * len(guide.vignettes)
