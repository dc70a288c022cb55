"""What contributors are told of each field, and where that is asked for."""

from __future__ import annotations

import re

import pytest
from careguide.cli import main
from careguide.model import describe, kinds
from careguide.model.flows import Hazard, Screen
from careguide.model.kinds import KINDS
from careguide.model.lists import Criterion, Service
from careguide.model.topics import Cause, Step
from conftest import TESTS

EXAMPLE = str(TESTS / "example")


# ------------------------------------------------------------------------------------------------------------
# On the command line


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_kind_is_explained(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name, what may stand there, whether it must, what it means, and an example."""
    assert 0 == main(["--root", EXAMPLE, "fields", KINDS[kind].singular])

    head, *fields = capsys.readouterr().out.strip().split("\n\n")
    form = r"[\w.\[\]]+: \S.*; (?:required.*|may be left out)\n  \S.*[.?'](?:\n  Example: \S.*)?"
    assert f"{describe.meaning(KINDS[kind])}\nWritten in {kinds.where(kind)}" == head
    assert fields
    assert [] == [field for field in fields if not re.fullmatch(form, field)]
    names = {field.alias or name for name, field in KINDS[kind].model_fields.items()}
    assert names == {re.split(r"[.:\[]", field)[0] for field in fields}


def test_an_example_is_taken_from_the_guide(capsys: pytest.CaptureFixture[str]) -> None:
    """It shows how others wrote it; where nobody did, what the model gives."""
    assert 0 == main(["--root", EXAMPLE, "fields", "causes"])

    shown = capsys.readouterr().out
    assert "group: one of everyday, underlying or serious; required\n  Everyday is part" in shown
    assert "\n  Its plain name. The page's heading.\n  Example: Dry air\n" in shown
    assert "sections[].steps: a list of entries with fields of their own; may be left out\n" in shown


def test_all_kinds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """What one can ask about, what each is, and where it is written."""
    assert 0 == main(["--root", EXAMPLE, "fields"])

    listed = capsys.readouterr().out.strip().split("\n")
    assert len(KINDS) == len(listed)
    assert "cause: What may lie behind a symptom. (data/causes/)" in listed
    assert "source: Something that was read, at its publisher's own address. (data/sources.yml)" in listed


# ------------------------------------------------------------------------------------------------------------
# As values


def test_what_may_stand_in_a_field_is_said_in_words() -> None:
    """The words follow from the field's type and nothing else."""
    for model, name, shape in (
        (Cause, "title", "a text of at most 10 words"),
        (Cause, "group", "one of everyday, underlying or serious"),
        (Cause, "checked", "a day, as year-month-day"),
        (Cause, "draft", "true or false"),
        (Cause, "red", "a list of ids from data/criteria.yml"),
        (Cause, "lead", "a text"),
        (Cause, "sections", "a list of entries with fields of their own"),
        (Cause, "codes", "fields of its own"),
        (Screen, "also", "a list of words, each one of who or boxes"),
        (Step, "picture", "a name in small letters, digits and hyphens"),
        (Criterion, "level", "an id from data/urgency.yml"),
        (Hazard, "severity", "a whole number from 1 to 5"),
        (Service, "find_care", "an address that starts with https://"),
    ):
        field = describe.field_at(model, (name,))

        assert field, model
        assert shape == field.shape, model


def test_a_field_is_found_by_the_way_to_it() -> None:
    """Whichever item of a list it stands in; a misspelt one is not found."""
    for loc, meaning in (
        (("codes", "mesh"), "MeSH descriptor ids."),
        (("sections", 3, "steps", 0, "picture"), "Name of the drawing that shows it, where there is one."),
        (("code", "mesh"), None),
        ((), None),
    ):
        field = describe.field_at(Cause, loc)

        assert meaning == (field.meaning if field else None), loc


def test_names_that_may_be_written_leave_out_what_is_given() -> None:
    """An id comes with the file's name; a draft's mark is no field of the thing."""
    assert ["text", "picture"] == describe.names_at(Cause, ("sections", 0, "steps", 0))
    assert "id" not in describe.names_at(Cause, ())
    assert "group" in describe.names_at(Cause, ())
