"""What a contributor reads about a check that would not do."""

from __future__ import annotations

from pathlib import Path

import careguide
import pytest
from careguide import report
from careguide.flow import rules
from conftest import EXAMPLE, TODAY, load
from flows import CONTEXTS, CRITERIA, FLOW, STORIES, SYMPTOM, Changed, small


def problems(folder: Path, *changes: Changed) -> str:
    """All that is wrong with the check of the example after some changes, as a contributor reads it."""
    return report(rules.check(load(small(folder / "small", *changes))))


def test_the_example_is_right(tmp_path: Path) -> None:
    """What these tests change is right to begin with."""
    assert problems(tmp_path) == ""


CASES: dict[str, tuple[list[Changed], str]] = {
    "a screen without a level": (
        [(FLOW, "    level: emergency\n    ask: Is this happening now?", "    ask: Is this happening now?")],
        (
            "data/flows/nosebleed.yml:9: screens[2] must have a level, because its kind is 'gate'\n"
            "  Tip: Add 'level:' with a level of data/urgency.yml."
        ),
    ),
    "a question about people that names signs": (
        [(FLOW, "    ask: Who is this for?\n", "    ask: Who is this for?\n    signs: [heavy]\n")],
        (
            "data/flows/nosebleed.yml:9: screens[1].signs must not be given, because the screen's kind "
            "is 'one'\n"
            "  Tip: Delete it."
        ),
    ),
    "a screen that cannot be answered with no": (
        [
            (
                FLOW,
                "    also: [boxes]\n    signs: [long]\n    none: No\n",
                "    also: [boxes]\n    signs: [long]\n",
            )
        ],
        (
            "data/flows/nosebleed.yml:20: screens[4] must have the words of a 'none'\n"
            "  Tip: Add a line such as 'none: None of these'."
        ),
    ),
    "two screens with one id": (
        [(FLOW, "- id: today", "- id: now")],
        "data/flows/nosebleed.yml:20: screens[4].id must be new, not 'now'\n  Tip: Choose another name.",
    ),
    "a screen with the id of a level": (
        [(FLOW, "- id: today", "- id: emergency")],
        (
            "data/flows/nosebleed.yml:20: screens[4].id must be new, not 'emergency'\n"
            "  Tip: Choose another name."
        ),
    ),
    "times in the middle": (
        [(FLOW, "    kind: ticks-and-time\n", "    kind: ticks\n")],
        (
            "data/flows/nosebleed.yml:27: screens[5] must be 'ticks-and-time' if it is the last and the "
            "flow has times, and only then\n"
            "  Tip: Move it, or change its kind."
        ),
    ),
    "a sign that is not asked": (
        [(FLOW, "    signs: [often]\n", "")],
        (
            "data/flows/nosebleed.yml:5: screens must keep 'every_sign_asked_once' for 'nosebleed': "
            "'often' must be asked once, but stands on 0 screens\n"
            "  Tip: Let one screen of its level name each sign, or ask who or boxes also."
        ),
    ),
    "a sign that is asked twice": (
        [(FLOW, "signs: [often]", "signs: [often, often]")],
        (
            "data/flows/nosebleed.yml:5: screens must keep 'every_sign_asked_once' for 'nosebleed': "
            "'often' must be asked once, but stands on 2 screens\n"
            "  Tip: Let one screen of its level name each sign, or ask who or boxes also."
        ),
    ),
    "a sign of another level": (
        [(FLOW, "signs: [often]", "signs: [often, long]"), (FLOW, "    signs: [long]\n", "")],
        (
            "data/flows/nosebleed.yml:26: screens[5] must keep 'worst_first' for 'nosebleed': 'long' "
            "must be 'appointment' like its screen, but is 'same-day'\n"
            "  Tip: Put screens in the order of the ladder: nobody may leave before the worst was asked."
        ),
    ),
    "a sign only for some, named by a screen": (
        [(FLOW, "signs: [heavy]", "signs: [heavy, bead]")],
        (
            "data/flows/nosebleed.yml:14: screens[2].signs[2] must be a sign for everyone, but 'bead' is "
            "for 'child'\n"
            "  Tip: Ask it of everyone again; or delete it here, if a screen with 'also:' asks it."
        ),
    ),
    "an urgent screen after a calm one": (
        [
            (
                FLOW,
                "    level: same-day\n    ask: Is any of this true?\n    also: [boxes]\n    signs: [long]",
                (
                    "    level: appointment\n    ask: Is any of this true?\n    also: [boxes]\n    "
                    "signs: [often]"
                ),
            ),
            (
                FLOW,
                "    level: appointment\n    ask: Anything else?\n    signs: [often]",
                "    level: same-day\n    ask: Anything else?\n    signs: [long]",
            ),
        ],
        (
            "data/flows/nosebleed.yml:27: screens[5] must keep 'worst_first' for 'nosebleed': 'long' "
            "must not come after 'today', which is less urgent\n"
            "  Tip: Put screens in the order of the ladder: nobody may leave before the worst was asked."
        ),
    ),
    "a context that nobody is asked about": (
        [(FLOW, "    also: [boxes]\n", "")],
        (
            "data/flows/nosebleed.yml:5: screens must keep 'every_sign_asked_once' for 'nosebleed': "
            "'often-thinned' must be asked once, but stands on 0 screens\n"
            "  Tip: Let one screen of its level name each sign, or ask who or boxes also."
        ),
    ),
    "a context that is not offered again": (
        [(FLOW, "contexts: [medicine, child]", "contexts: [child]")],
        (
            "data/flows/nosebleed.yml:47: again must offer 'medicine': signs are hidden if it is "
            "forgotten\n"
            "  Tip: Add it to 'contexts' there."
        ),
    ),
    "a context that there is not": (
        [(CRITERIA, "context: [child]", "context: [chlid]")],
        (
            "data/criteria.yml:30: context must be from data/contexts.yml, not 'chlid'\n"
            "  Tip: Did you mean 'child'?"
        ),
    ),
    "everyone and somebody": (
        [(CRITERIA, "context: [child]", "context: [everyone, child]")],
        (
            "data/criteria.yml:30: context must be 'everyone' or some contexts, not both\n"
            "  Tip: Keep 'everyone' alone."
        ),
    ),
    "a doubt above its sign": (
        [(CRITERIA, "  not_sure: appointment\n", "  not_sure: emergency\n")],
        (
            "data/criteria.yml:51: not_sure must not be above the sign's own level 'appointment', but is "
            "'emergency'\n"
            "  Tip: Is the level too low? A doubt cannot be above the sign itself."
        ),
    ),
    "a doubt that leads nowhere": (
        [(CRITERIA, "  not_sure: appointment\n", "  not_sure: apointment\n")],
        (
            "data/criteria.yml:51: not_sure must be a level or 'ignore', not 'apointment'\n"
            "  Tip: Did you mean 'appointment'?"
        ),
    ),
    "an emergency without help until help comes": (
        [(CRITERIA, "  now: true\n  meanwhile: press\n", "  now: true\n")],
        (
            "data/criteria.yml:1: meanwhile must be given, because 'heavy' is 'emergency'\n"
            "  Tip: Name a text of data/meanwhile.yml: what to do until help comes."
        ),
    ),
    "a level without its result": (
        [
            (
                FLOW,
                (
                    '  - level: appointment\n    blocks:\n      - text: "Say this: {line}"\n      - '
                    "text: Say how long it has gone on.\n        times: [long-time]\n"
                ),
                "",
            )
        ],
        (
            "data/flows/nosebleed.yml:52: results must have every level once, worst first: emergency, "
            "same-day, appointment, self-care\n"
            "  Tip: Add the missing one, or put them in order."
        ),
    ),
    "a doubt without words": (
        [
            (
                FLOW,
                "    - level: emergency\n      text: Call {call:emergency} and say that you are not sure.\n",
                "",
            )
        ],
        (
            "data/flows/nosebleed.yml:42: not_sure.results must say what to do where a doubt leads to "
            "'emergency'\n"
            "  Tip: Add an entry for that level."
        ),
    ),
    "a red line with a sign that can wait": (
        [(FLOW, "bar: [heavy]", "bar: [long]")],
        (
            "data/flows/nosebleed.yml:4: bar[1] must be a sign of 'emergency' for everyone, not 'long'\n"
            "  Tip: Choose another sign."
        ),
    ),
    "a lowering that nobody answers for": (
        [(FLOW, "bar: [heavy]\n", "bar: [heavy]\nlowered:\n  - what: It can wait.\n    signs: [often]\n")],
        (
            "data/flows/nosebleed.yml:6: lowered[1] must name who agreed and when ('by' and 'on')\n"
            "  Tip: Or write 'signed: false' and a 'reason'."
        ),
    ),
    "a lowering without a reason": (
        [
            (
                FLOW,
                "bar: [heavy]\n",
                "bar: [heavy]\nlowered:\n  - what: It can wait.\n    signs: [often]\n    signed: false\n",
            )
        ],
        (
            "data/flows/nosebleed.yml:6: lowered[1] must have a reason, because nobody has signed it\n"
            "  Tip: Say why it was lowered."
        ),
    ),
    "a long question": (
        [(FLOW, "ask: Anything else?", "ask: Is it so, or is it so, or is it so, or is it so, or so?")],
        (
            "data/flows/nosebleed.yml:30: screens[5].ask must have at most 15 words, but has 17: 'Is it "
            "so, or is it so, or is it so, or is it so, or so?'\n"
            "  Tip: Cut words, or say the rest in 'sub'."
        ),
    ),
    "a hard sign": (
        [(CRITERIA, "sign: Your nose bleeds every week.", "sign: Your epistaxis deteriorated considerably.")],
        (
            "data/criteria.yml:47: notice: sign should read at grade 8 or below, but reads at 24.3: "
            "'Your epistaxis deteriorated considerably.'\n"
            "  Tip: Use shorter words, or split it."
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_wrong_check_is_told_what_to_mend(tmp_path: Path, case: str) -> None:
    """Each mistake has its line, the rule it breaks, and a tip. What follows from it is not reported."""
    changes, message = CASES[case]

    assert message == problems(tmp_path, *changes)


def test_many_hard_signs_are_one_notice(tmp_path: Path) -> None:
    """Otherwise nobody sees the other problems between them."""
    easy = ("Your nose bleeds every week.", "Blood pours out and you feel weak or dizzy.")
    more = ("It has gone on for more than 4 weeks.", "It bled once, it stopped, and you feel well.")
    hard = "Your epistaxis deteriorated considerably."
    found = problems(tmp_path, *((CRITERIA, f"sign: {sign}", f"sign: {hard}") for sign in (*easy, *more)))

    assert 1 == found.count("should read at grade 8 or below")
    assert "but 4 signs do not; the hardest are '" in found


def test_a_screen_asks_a_few_signs(tmp_path: Path) -> None:
    """Thirteen lines on a screen are the most."""
    signs = [f"more-{number}" for number in range(13)]
    more = "".join(
        f"- id: {sign}\n  level: appointment\n  lead: It is so\n  sign: It is so.\n  context: [everyone]\n"
        "  why: It is.\n  sources: [leaflet]\n  not_sure: ignore\n"
        for sign in signs
    )
    found = problems(
        tmp_path,
        (CRITERIA, "- id: lasting\n", f"{more}- id: lasting\n"),
        (SYMPTOM, "often, lasting, once", f"often, lasting, once, {', '.join(signs)}"),
        (FLOW, "signs: [often]", f"signs: [often, {', '.join(signs)}]"),
    )

    assert found == (
        "data/flows/nosebleed.yml:31: screens[5].signs must have at most 13 signs for a symptom, but has 14\n"
        "  Tip: Make it two screens."
    )


def test_a_check_is_read_in_a_few_minutes(tmp_path: Path) -> None:
    """Who is well reads at most 1,150 words before they hear it."""
    found = problems(tmp_path, (FLOW, "  - id: today\n", f"  - id: today\n    sub: {'It is so. ' * 400}\n"))

    assert "screens must be read in at most 1150 words by a healthy adult, but 'nosebleed' takes 1" in found


def test_a_check_belongs_to_a_symptom_and_has_stories(tmp_path: Path) -> None:
    """A check that belongs to no symptom is named with the nearest; one without stories is not published."""
    root = small(tmp_path / "small")
    (root / FLOW).rename(root / "data/flows/nosebleeds.yml")
    (root / STORIES).unlink()

    assert report(rules.check(load(root))) == (
        "data/flows/nosebleeds.yml:1: the file's name must be a symptom's id, not 'nosebleeds'\n"
        "  Tip: Did you mean 'nosebleed'?"
    )
    (root / "data/flows/nosebleeds.yml").rename(root / FLOW)
    assert report(rules.check(load(root))) == (
        "data/flows/nosebleed.yml:1: the check of 'nosebleed' must have stories\n"
        "  Tip: Let someone who has not seen it write data/vignettes/nosebleed.yml."
    )


def test_what_is_missing_is_said_where_it_is_named(tmp_path: Path) -> None:
    """A sign that does not exist is a problem where it is named; the check adds nothing to that."""
    for number, change in enumerate(
        (
            (CRITERIA, "id: often\n", "id: oftener\n"),
            ("data/urgency.yml", "id: same-day", "id: same"),
            (SYMPTOM, "[heavy, bead,", "[heavy, bed,"),
        )
    ):
        assert "screens" not in problems(tmp_path / str(number), change), change


@pytest.mark.parametrize(
    "file",
    [
        CRITERIA,
        FLOW,
        STORIES,
        SYMPTOM,
        CONTEXTS,
        "data/meanwhile.yml",
        "data/urgency.yml",
        "data/services.yml",
    ],
)
def test_a_lost_file_does_not_stop_the_check(tmp_path: Path, file: str) -> None:
    """Whatever is missing or unreadable, the rest is checked in the same run."""
    root = small(tmp_path / "small")
    (root / file).unlink()
    careguide.build(root, today=TODAY)
    for text in ("", "a: 1\n", "- a\n"):
        (root / file).write_text(text, encoding="utf-8")
        rules.check(load(root))


def test_the_example_is_the_folder_of_these_tests() -> None:
    """The paths above are those of the example."""
    assert all((EXAMPLE / file).is_file() for file in (CRITERIA, FLOW, STORIES, SYMPTOM, CONTEXTS))
