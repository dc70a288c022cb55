"""What weakens a sign although its level stays."""

from __future__ import annotations

from careguide.checks import urgent
from conftest import EXAMPLE, Project, changed, load

ARTICLE, SIGNS, LEVELS = "content/symptoms/nosebleed.md", "data/criteria.yml", "data/urgency.yml"
VESSELS, MEANWHILE = "data/causes/weak-vessels.yml", "data/meanwhile.yml"
NEW_SIGN = (
    "- id: faint\n  level: emergency\n  lead: You faint\n  sign: You faint.\n  context: [everyone]\n"
    "  why: Much blood is lost.\n  sources: [leaflet]\n  not_sure: emergency\n  meanwhile: press\n"
    "- id: heavy\n"
)
RED = "<!-- guide: red-line -->\n"
CARDS = "<!-- guide: signs -->\n"
LAST = "The rest follows."
DO = "do: Call {call:emergency}. Do not drive yourself."
PRESS = "text: Sit up, lean forward and press the nose until help comes."
SAID = 'red_says: "Call {call:emergency} if'
PAPER = "paper: Blood pours out, and you feel weak or dizzy."


def test_what_weakens_a_sign_is_named(project: Project) -> None:
    for rule, changes in (
        ("signs_are_asked", [(SIGNS, "- id: heavy\n", NEW_SIGN)]),
        ("signs_are_asked", [("data/symptoms/nosebleed.yml", "signs: [heavy, bead,", "signs: [heavy,")]),
        ("signs_are_asked", [("data/symptoms/nosebleed.yml", "often, lasting, once]", "often, once]")]),
        ("articles_place_their_signs", [(ARTICLE, CARDS, "")]),
        ("articles_place_their_signs", [(ARTICLE, RED, "")]),
        ("articles_place_their_signs", [(ARTICLE, "<!-- guide: check -->\n", "")]),
        ("articles_place_their_signs", [(ARTICLE, CARDS, ""), (ARTICLE, LAST, f"{LAST}\n\n{CARDS}")]),
        ("articles_place_their_signs", [(ARTICLE, RED, ""), (ARTICLE, LAST, f"{LAST}\n\n{RED}")]),
        ("articles_place_their_signs", [("content/index.md", "<!-- guide: emergency -->\n", "")]),
        ("articles_place_their_signs", [(ARTICLE, CARDS, "`<!-- guide: signs -->`\n")]),
        (
            "articles_place_their_signs",
            [("content/index.md", "example.\n", "example.\n\nIt is small.\n")],
        ),
        ("urgent_words_do_not_wait", [(LEVELS, DO, "do: Call {call:emergency} next week.")]),
        ("urgent_words_do_not_wait", [(LEVELS, DO, "do: See a doctor within 2 days.")]),
        ("urgent_words_do_not_wait", [(LEVELS, DO, "do: Book an appointment.")]),
        ("urgent_words_do_not_wait", [(LEVELS, "Get emergency help now", "Get help tomorrow")]),
        ("urgent_words_do_not_wait", [(LEVELS, "or {call:advice} today.", "in the next weeks.")]),
        ("urgent_words_do_not_wait", [(MEANWHILE, PRESS, "text: Wait until it stops.")]),
        ("urgent_words_do_not_wait", [(VESSELS, SAID, 'red_says: "See a doctor next week if')]),
        ("urgent_words_do_not_wait", [(SIGNS, PAPER, "paper: Blood pours out. Make an appointment.")]),
        ("urgent_words_do_not_wait", [(LEVELS, DO, "do: Call {call:emergency} in a few days.")]),
        ("urgent_words_do_not_wait", [(LEVELS, DO, "do: Call {call:emergency} if you like.")]),
        ("urgent_words_do_not_wait", [(LEVELS, "Get emergency help now", "Get emergency help this week")]),
        ("emergencies_say_whom_to_call", [(LEVELS, DO, "do: Call {call:advice}.")]),
        ("emergencies_say_whom_to_call", [(LEVELS, DO, "do: Call your GP at once.")]),
        ("emergencies_say_whom_to_call", [(VESSELS, SAID, 'red_says: "See your GP if')]),
        (
            "short_texts_have_the_numbers_of_their_page",
            [
                (
                    "data/remedies/press-the-nose.yml",
                    "your nose for 15 minutes without",
                    "it for 5 minutes without",
                )
            ],
        ),
        ("doubts_about_emergencies_are_heard", [(SIGNS, "not_sure: emergency", "not_sure: ignore")]),
        ("short_signs_have_their_numbers", [(SIGNS, PAPER, "paper: Blood pours out for 20 minutes.")]),
        ("short_signs_have_their_numbers", [(SIGNS, "lead: Trouble for weeks", "lead: Over 6 weeks")]),
        ("short_signs_have_their_numbers", [(SIGNS, "lead: It goes on", "lead: Over 10 minutes")]),
        (
            "short_texts_have_the_numbers_of_their_page",
            [
                (
                    "data/causes/picking.yml",
                    "can scratch the inside of your nose.",
                    "makes a scratch for 3 days.",
                ),
                (
                    "data/causes/picking.yml",
                    "a scratch in the nose heals by itself.",
                    "it makes a scratch for 2 weeks.",
                ),
            ],
        ),
    ):
        files = {
            file: changed(file, *(each[1:] for each in changes if each[0] == file))[file]
            for file, _, _ in changes
        }
        found = list(urgent.check(load(project(files))))

        assert found, (rule, changes)
        assert {(rule, True, True)} == {(each.rule, each.blocks, bool(each.tip)) for each in found}


def test_what_is_right_is_accepted(project: Project) -> None:
    for change in (
        (LEVELS, DO, "do: Call {call:emergency}. Do not wait until tomorrow."),
        (LEVELS, DO, "do: Call {call:emergency} if it comes within 2 weeks of a fall."),
        (
            LEVELS,
            "See a doctor in the next days or weeks.",
            "Book a routine visit next week. There is no hurry.",
        ),
        (
            MEANWHILE,
            "Keep pressing the soft part of the nose.",
            "Wait until it stops.",
        ),  # another level's too
        (SIGNS, PAPER, "paper: Blood pours out, and you feel weak."),
        (SIGNS, "lead: Trouble for weeks", "lead: Over 4 weeks"),
        (ARTICLE, CARDS, f"## Is it one?\n\nWords.\n\n{CARDS}"),
    ):
        assert [] == list(urgent.check(load(project(changed(change[0], change[1:])))))


def test_the_example_weakens_no_sign() -> None:
    assert [] == list(urgent.check(load(EXAMPLE)))


def test_a_guide_without_a_ladder_has_nothing_urgent(project: Project) -> None:
    assert [] == list(urgent.check(load(project({LEVELS: "[]\n", "content/index.md": "Words.\n"}))))
