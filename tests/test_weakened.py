"""What is taken from readers without a level being changed must be answered for, like a lowering."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from careguide.flow import changes
from careguide.flow.weaker_words import Force
from careguide.guide import words
from careguide.guide.guide import Guide
from careguide.source.yaml_reader import Document
from conftest import EXAMPLE, TESTS, load
from flows import CRITERIA, FLOW, STORIES, SYMPTOM, Changed, small

VESSELS, LEVELS, MEANWHILE = "data/causes/weak-vessels.yml", "data/urgency.yml", "data/meanwhile.yml"
DISCLAIMER = "content/disclaimer.md"
ARTICLE = "content/symptoms/nosebleed.md"
SIGNS, HEADING = "<!-- guide: signs -->\n\n", "## What can cause it\n\n"
WORDS, WORD = "data/words.yml", "# What the example says otherwise than the package.\n"
DOCTOR = "      - text: Call a doctor today.\n"
MEANWHILE_PART = '      - text: "Until then:"\n        part: meanwhile\n'
PAGE = (
    "---\ntitle: What this cannot do\ndescription: Limits.\n---\n\n# What this cannot do\n\n"
    "It cannot examine you. Do not put off getting help because of it.\n"
)


def unsigned(folder: Path, *after: Changed) -> list[str]:
    """What nobody answers for, by the words of its message."""
    before, now = small(folder / "before"), small(folder / "after", *after)
    (before / DISCLAIMER).write_text(PAGE, encoding="utf-8")
    if not (now / DISCLAIMER).exists():
        (now / DISCLAIMER).write_text(PAGE, encoding="utf-8")
    problems = changes.compare(load(before), load(now))[1]
    assert all(each.tip and each.line for each in problems)
    return [each.message for each in problems]


@pytest.mark.parametrize(
    ("id_", "says", "change"),
    [
        ("heavy", "shows heavy no longer", (SYMPTOM, "shown: [heavy, long,", "shown: [long,")),
        ("heavy", "under 'red'", (VESSELS, "red: [heavy]", "red: []")),
        ("long", "causes/weak-vessels shows long", (VESSELS, "signs: [long, often]", "signs: [often]")),
        ("heavy", "a doubt about heavy", (CRITERIA, "  now: true\n", "")),
        ("emergency", "do of emergency says less", (LEVELS, " Do not drive yourself.", "")),
        ("press", "text of press says less", (MEANWHILE, "Sit up, lean forward and press", "Press")),
        ("weak-vessels", "red_says", (VESSELS, "pours out and you feel weak or dizzy.", "pours out.")),
        (
            "heavy",
            "sign of heavy says less",
            (CRITERIA, "pours out and you feel weak or dizzy.", "pours out."),
        ),
        (
            "v2",
            "expects appointment",
            (STORIES, "present: [long]\n    expect: same-day", "present: [long]\n    expect: appointment"),
        ),
        (
            "v2",
            "accepts self-care",
            (STORIES, "present: [long]\n", "present: [long]\n    acceptable: [self-care]\n"),
        ),
        ("v4", "without its sign", (STORIES, "present: [often-thinned, often]", "present: [often]")),
        ("v8", "is gone", (STORIES, "  - id: v8\n", "  - id: v9\n")),
        ("emergency", "'drive' now", (LEVELS, "Do not drive yourself.", "You can drive there yourself.")),
        ("same-day", "less", (LEVELS, "or {call:advice} today.", "or {call:advice} one day.")),
        ("appointment", "presses less", (LEVELS, "in the next days or weeks", "in some weeks or months")),
        (
            "heavy",
            "leaves out more",
            (CRITERIA, "soaks one tissue after another", "does not soak your shirt"),
        ),
        ("heavy", "why of heavy", (CRITERIA, "Losing a lot of blood is dangerous.", "It is messy.")),
        (
            "meanwhile",
            "shows meanwhile no longer under 'result same-day'",
            (FLOW, DOCTOR + MEANWHILE_PART, DOCTOR),
        ),
        ("heavy", "a search for", (CRITERIA, ", won't stop bleeding, can't stop the blood", "")),
        ("press", "text of press", (MEANWHILE, "lean forward and ", "")),
        ("emergency", "less striking", (LEVELS, "id: emergency\n  style: 1", "id: emergency\n  style: 3")),
        (
            "emergency",
            "lead_in of emergency",
            (LEVELS, "Call if any of these is", "Call if all of these are"),
        ),
        ("weak-vessels", "under 'serious causes'", (VESSELS, "group: serious", "group: underlying")),
        ("avoid", "under 'verdict'", ("data/remedies/head-back.yml", "verdict: avoid", "verdict: with-care")),
        ("child", "no longer under 'again'", (FLOW, "contexts: [medicine, child]", "contexts: [medicine]")),
        ("nosebleed", "to fewer contexts", (FLOW, DOCTOR, f"{DOCTOR}        contexts: [medicine]\n")),
        (
            "nosebleed",
            "'Call a doctor today.' to fewer contexts",
            (FLOW, DOCTOR, "      - text: Call a doctor today!\n        contexts: [medicine]\n"),
        ),
        ("nosebleed", "ask of the screen now", (FLOW, "happening now?", "happening now and getting worse?")),
        (
            "words",
            "offline_copy.old",
            (WORDS, WORD, f'{WORD}offline_copy:\n  old: "Copy of {{date}}. Call soon."\n'),
        ),
    ],
)
def test_it_is_named_with_what_was_taken(tmp_path: Path, id_: str, says: str, change: Changed) -> None:
    found = unsigned(tmp_path, change)

    assert any(f"new entry for '{id_}'" in each and says in each for each in found), found


def test_an_entry_answers_for_it(tmp_path: Path) -> None:
    """With a reason it may be done."""
    entry = "lowered:\n  - what: Said elsewhere.\n    signs: [heavy]\n    signed: false\n    reason: It is.\n"
    change = (SYMPTOM, "shown: [heavy, long,", "shown: [long,")

    assert [] == unsigned(tmp_path, change, (FLOW, "bar: [heavy]\n", f"bar: [heavy]\n{entry}"))


@pytest.mark.parametrize(
    "change",
    [
        (LEVELS, "Do not drive yourself.", "Never drive yourself there."),
        (MEANWHILE, "Sit up, lean forward", "Sit up, lean well forward"),
        (SYMPTOM, "shown: [heavy, long, often, once]", "shown: [long, heavy, often]"),  # the last level apart
        (STORIES, "A man bleeds a lot and feels dizzy.", "A man bleeds very much and feels dizzy."),
    ],
)
def test_another_wording_takes_nothing(tmp_path: Path, change: Changed) -> None:
    """What nobody but people can tell is shown, and stops nothing."""
    assert not any("new entry" in each for each in unsigned(tmp_path, change))


def test_a_disclaimer_does_not_shrink(tmp_path: Path) -> None:
    after = small(tmp_path / "after")
    before = small(tmp_path / "before")
    (before / DISCLAIMER).write_text(PAGE, encoding="utf-8")
    (after / DISCLAIMER).write_text(
        PAGE.replace(" Do not put off getting help because of it.", ""), encoding="utf-8"
    )

    found = changes.compare(load(before), load(after))[1]
    assert ["lowered must have a new entry for 'disclaimer'"] == [
        each.message.partition(":")[0] for each in found
    ]
    (after / DISCLAIMER).write_text(PAGE.replace("put off getting", "delay getting"), encoding="utf-8")
    (found,) = changes.compare(load(before), load(after))[1]
    assert not found.blocks
    assert "'Do not put off getting help because of it.', now 'Do not delay getting" in found.message


def test_a_safety_sentence_is_softened_by_a_word_or_two() -> None:
    """In each language of the package; another wording that presses as much is left alone."""
    pairs = yaml.safe_load((TESTS / "softened.yml").read_text(encoding="utf-8"))
    guide = load(EXAMPLE)
    for language, changed in pairs["softer"].items():
        force = Force(_in_words_of(language, guide))
        assert [] == [pair for pair in changed if not force.softer(*pair)]
        assert [] == [pair for pair in pairs["not"][language] if force.softer(*pair)]
        assert [] == [pair for pair in pairs["narrower"][language] if not force.narrower(*pair)]
        assert [] == [pair for pair in pairs["not_narrower"][language] if force.narrower(*pair)]
        assert [("", False)] * len(pairs["same"][language]) == [
            force.less(*pair) for pair in pairs["same"][language]
        ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [(CRITERIA, "sign: Blood pours out", "sign: Blood drips out"), (MEANWHILE, "lean forward", "lie down")],
)
def test_other_words_in_a_safety_text_are_shown(tmp_path: Path, file: str, before: str, after: str) -> None:
    """Nobody but people can tell whether they say as much, so it is a notice with both."""
    guides = small(tmp_path / "before"), small(tmp_path / "after", (file, before, after))

    found = changes.compare(*map(load, guides), proved=False)[1]
    assert [] == [each for each in found if each.blocks]
    assert any(f"has other words: '{before.partition(': ')[2] or 'Sit up'}" in each.message for each in found)
    assert any(after.partition(": ")[2] or after in each.message for each in found)


def test_a_sign_that_no_check_asks_keeps_its_level(tmp_path: Path) -> None:
    """A symptom that has no check shows it by its level all the same."""
    sign = (
        "- id: smoke\n  level: emergency\n  lead: Smoke\n  sign: You were in smoke.\n  context: [everyone]\n"
    )
    sign += "  why: It burns.\n  sources: [leaflet]\n  not_sure: same-day\n"
    guides: list[Path] = []
    for name, text in ("before", sign), ("after", sign.replace("emergency", "same-day")):
        guides.append(small(tmp_path / name))
        with (guides[-1] / CRITERIA).open("a", encoding="utf-8") as file:
            file.write(text)

    (found,) = changes.compare(*map(load, guides), proved=False)[1]
    assert "new entry for 'smoke': the level of smoke is same-day and was emergency" in found.message


def test_a_number_to_call_that_is_gone_is_shown(tmp_path: Path) -> None:
    """Another may be right, so it is a notice."""
    change = ("data/services.yml", '- number: "555"', '- number: "556"')
    guides = small(tmp_path / "before"), small(tmp_path / "after", change)

    (found,) = changes.compare(*map(load, guides), proved=False)[1]
    assert ("readers in Exampleland are given 555 no longer", False) == (found.message, found.blocks)


def _in_words_of(language: str, guide: Guide) -> Guide:
    """A guide with the package's words of a language."""
    files = (words.FOLDER / f"{name}.yml" for name in ("en", language))
    declared, package = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
    return replace(guide, words=words.changed(declared, Document("data/words.yml", {}), package)[0])


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        (
            "data/causes/dry-air.yml",
            "Call {call:emergency} if you faint.",
            "If you faint, you may call {call:emergency}.",
        ),
        ("content/symptoms/nosebleed.md", "Do not lie down.", "Do not lie down for long."),
    ],
)
def test_an_urgent_sentence_that_is_softened_is_told_with_its_line(
    tmp_path: Path, path: str, before: str, after: str
) -> None:
    place = {"data/causes/dry-air.yml": "open a window each morning."}.get(path, "Stay calm, sit down")
    guides = small(tmp_path / "before"), small(tmp_path / "after")
    for root, said in zip(guides, (before, after), strict=True):
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_text(
            text.replace(place, f"{place}\n\n      {said}\n\n      And"), encoding="utf-8"
        )

    (found,) = changes.compare(*map(load, guides), proved=False)[1]
    lines = (guides[1] / path).read_text(encoding="utf-8").split("\n")
    assert f"less: {before!r}, now {after!r}" in found.message
    assert after in lines[found.line - 1]


def test_a_symptom_does_not_vanish(tmp_path: Path) -> None:
    """Nor is it hidden as a draft."""
    found = unsigned(tmp_path, (SYMPTOM, "title: Nosebleed", "draft: true\ntitle: Nosebleed"))

    assert ["the check of 'nosebleed' must still be there, because the symptom is"] == found


@pytest.mark.parametrize(
    ("path", "after"),
    [
        ("content/symptoms/nosebleed.md", "<!-- guide: causes -->\n"),
        ("data/causes/dry-air.yml", "open a window each morning."),
    ],
)
def test_a_sentence_on_what_cannot_wait_does_not_go_unseen(tmp_path: Path, path: str, after: str) -> None:
    """On any page; it may be meant, so it is a notice. Other signs and capitals are none."""
    before, now = small(tmp_path / "before"), small(tmp_path / "after")
    text, said = (now / path).read_text(encoding="utf-8"), " If you faint, call {call:emergency}."
    assert after in text
    (before / path).write_text(text.replace(after, after + said), encoding="utf-8")
    said = said.replace("faint, call", "faint – CALL")
    (now / path).write_text(text.replace(after, after + said), encoding="utf-8")
    assert [] == changes.compare(load(before), load(now), proved=False)[1]

    (now / path).write_text(text, encoding="utf-8")
    (found,) = changes.compare(load(before), load(now), proved=False)[1]
    assert "'If you faint, call {call:emergency}.'" in found.message
    assert (path, False) == (found.path, found.blocks)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("<!-- guide: causes -->\n", "", "'<!-- guide: causes -->' no longer"),
        (SIGNS, "", "'<!-- guide: signs -->' no longer"),
        (f"{SIGNS}{HEADING}", f"{HEADING}{SIGNS}", "'<!-- guide: signs -->' further down"),
    ],
)
def test_a_section_that_moves_down_is_told(tmp_path: Path, before: str, after: str, says: str) -> None:
    """It may be meant, so it is a notice."""
    was, now = small(tmp_path / "before"), small(tmp_path / "after", (ARTICLE, before, after))

    found = changes.compare(load(was), load(now), proved=False)[1]
    assert [f"the page places {says}"] == [each.message[: len(says) + 16] for each in found]
    assert not found[0].blocks
