"""The plan of a check: what is asked of whom, and where answers lead."""

from __future__ import annotations

from dataclasses import replace

from careguide.flow.plan import UNSURE, Answers, Ask, Reader, Result, end_of, follow, walk
from conftest import EXAMPLE
from flows import plan_of, reader

PLAN = plan_of(EXAMPLE)


def screens(who: Reader) -> list[str]:
    """The screens that a reader passes, each with its lines."""
    return [
        f"{each.screen.id}: {' '.join(line.id for line in each.lines)}".strip()
        for each in walk(PLAN, who).asked
    ]


def test_only_what_applies_is_asked() -> None:
    """Lines that are only for some people come where their context was chosen, before those for everyone."""
    assert ["who:", "now: heavy", "boxes:", "today: long", "last: often"] == screens(reader("adult"))
    assert "now: bead heavy" in screens(reader("child"))
    assert "today: often-thinned long" in screens(reader("adult", "medicine"))


def test_a_reader_ends_at_the_worst_of_what_is_true_and_asked() -> None:
    """Nothing else counts, and a sign that is for others is not asked."""
    for who, level in (
        (reader("adult"), "self-care"),
        (reader("adult", present="heavy long"), "emergency"),
        (reader("adult", present="long often"), "same-day"),
        (reader("adult", present="often"), "appointment"),
        (reader("adult", time="long-time"), "appointment"),
        (reader("adult", present="bead"), "self-care"),
        (reader("child", present="bead"), "emergency"),
        (reader("child", unsure="bead"), "emergency"),
        (reader("adult", unsure="heavy"), "same-day"),
    ):
        assert level == end_of(PLAN, who).level


def test_the_first_yes_ends_the_check() -> None:
    """Who has an emergency answers nothing else."""
    assert ["who:", "now: heavy"] == screens(reader("adult", present="heavy"))


def test_a_doubt_is_kept_and_what_cannot_raise_it_is_not_asked() -> None:
    """Somebody is not sure of an emergency sign: the worse is asked on, the rest is not."""
    passed = screens(reader("adult", unsure="heavy"))
    found = end_of(PLAN, reader("adult", unsure="heavy"))

    assert ["who:", "now: heavy", "boxes:"] == passed
    assert Result("same-day", unsure=("heavy",)) == found


def test_a_doubt_about_one_line_leaves_the_others_open() -> None:
    """'Which one?' says nothing of the rest of the screen."""
    answers = Answers({"who": frozenset(["child"])}, said={"heavy": UNSURE})
    found = follow(PLAN, answers)

    assert isinstance(found, Ask)
    assert ["bead"] == [line.id for line in found.lines]
    assert "emergency" == end_of(PLAN, reader("child", present="bead"), answers).level


def test_a_context_that_comes_to_mind_late_asks_only_what_is_new() -> None:
    """The last look asks the lines of the context, keeps the time, and only raises."""
    answers = Answers(
        {"who": frozenset(["adult"]), "boxes": frozenset()},
        said=dict.fromkeys(("heavy", "long", "often"), "no"),
        time="short",
    )
    assert "self-care" == end_of(PLAN, reader(), answers).level

    later = replace(answers, added=frozenset(["medicine"]))
    found = follow(PLAN, later)

    assert isinstance(found, Ask)
    assert ["often-thinned"] == [line.id for line in found.lines]
    assert "same-day" == end_of(PLAN, reader(present="often-thinned"), later).level
    assert "self-care" == end_of(PLAN, reader(), later).level


def test_a_result_names_what_led_to_it() -> None:
    """The lines with a yes at the level that was reached, and the time if it was that."""
    assert Result("same-day", ("often-thinned", "long")) == end_of(
        PLAN, reader("adult", "medicine", present="long often-thinned often")
    )
    assert Result("appointment", time="long-time") == end_of(PLAN, reader("adult", time="long-time"))
    assert Result("appointment", ("often",)) == end_of(PLAN, reader("adult", present="often"))
