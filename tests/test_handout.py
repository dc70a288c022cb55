"""What stands on a printed sheet, and when its content code changes."""

from __future__ import annotations

import copy
import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass, replace
from functools import cache, reduce
from operator import getitem
from pathlib import Path
from typing import Any

import careguide
import pytest
from careguide import styling, typesetting
from careguide.guide import reviews
from careguide.guide.guide import Guide
from careguide.guide.words import Words
from careguide.handouts import build, layout, web
from careguide.handouts import handout as handout_module
from careguide.handouts.drawings import printed
from careguide.handouts.handout import Handout, plain
from careguide.model.topics import RemedyFor
from conftest import EXAMPLE, TODAY, Project, changed, load, problems

SITE = "https://guide.example/"


def sheets(guide: Guide, *, site_url: str = SITE, today: datetime.date = TODAY) -> dict[str, Handout]:
    """Every sheet of a guide, by id."""
    made = build.handouts(guide, drawings=printed(EXAMPLE), site_url=site_url, today=today)
    return {each.id: each for each in made}


@pytest.fixture(scope="module")
def guide(guide_root: Path) -> Guide:
    """The guide, with its drafts."""
    return load(guide_root)


def texts(value: object) -> list[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        return [value]
    value = vars(value) if is_dataclass(value) else value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for each in inner for text in texts(each)]


def test_every_symptom_and_every_remedy_with_steps_has_its_sheets(guide: Guide) -> None:
    """A symptom has three: its own, its diary and 'prepare for your visit'. Advice to avoid has none."""
    symptoms = {f"{id_}{kind}" for id_ in guide.symptoms for kind in ("", "-diary", "-visit")}
    remedies = {id_ for id_, remedy in guide.remedies.items() if remedy.steps}

    assert symptoms | remedies == set(sheets(guide))


def test_a_sheet_prints_the_signs_that_its_symptom_shows(guide: Guide) -> None:
    """Every emergency for everyone, and those its page shows: each at its level, worst first.

    The other signs are counted.
    """
    made = sheets(guide)

    assert guide.symptoms
    for id_, symptom in guide.symptoms.items():
        everyones = {
            each
            for each in symptom.signs
            if guide.criteria[each].level == guide.ladder.worst and "everyone" in guide.criteria[each].context
        }
        wanted = everyones | set(symptom.shown or symptom.signs)
        above = {each for each in symptom.signs if guide.criteria[each].level != guide.ladder.last}
        levels = made[id_].levels
        shown = [(sign, level.id) for level in levels for sign in level.signs]

        assert {sign for sign, _ in shown} == above & wanted
        assert all(guide.criteria[sign].level == level for sign, level in shown)
        assert [level.id for level in levels] == [
            each for each in guide.ladder.ids if each in {at for _, at in shown}
        ]
        assert sum(level.more for level in levels) <= len(above - wanted)


def test_a_sign_has_its_own_words_for_paper() -> None:
    """Where it has none, its short form is printed."""
    emergency, today, *_ = sheets(load(EXAMPLE))["nosebleed"].levels

    assert "Blood pours out, and you feel weak or dizzy." in emergency.signs.values()
    assert "It goes on" in today.signs.values()


def test_no_markup_reaches_the_paper(guide: Guide) -> None:
    """Links, citations and stars are gone; only words are left."""
    said = texts([asdict(each) for each in sheets(guide).values()])

    assert said
    assert [] == [text for text in said if re.search(r"\]\(|\[@|\*\*|`|</?[a-z]", text)]


def test_an_amount_is_strong_on_paper() -> None:
    """Nobody can follow its link there, so the number itself stands out."""
    lead, how_to, *_ = sheets(load(EXAMPLE))["press-the-nose"].sections
    step = how_to.steps[1]

    assert [("Press the soft part of your nose for ", False), ("15 minutes", True)] == [
        (run.text, run.strong) for run in step[:2]
    ]
    assert not any(run.strong for text in lead.blocks[0].texts for run in text)


def test_a_sheet_is_plain_data(guide: Guide) -> None:
    """Any engine can take it as JSON."""
    made = sheets(guide).values()

    assert made
    for each in made:
        assert asdict(each) == json.loads(json.dumps(asdict(each)), object_hook=_lists_as_tuples)


def _lists_as_tuples(value: dict[str, object]) -> dict[str, object]:
    return {name: _tupled(each) for name, each in value.items()}


def _tupled(value: object) -> object:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def test_without_an_address_there_is_no_wrong_one() -> None:
    """No QR code is better than one that leads nowhere; all else is the same, and so is the code."""
    with_address, without = sheets(load(EXAMPLE))["steam"], sheets(load(EXAMPLE), site_url="")["steam"]

    assert (with_address.address, with_address.link) == (
        "guide.example/handouts/steam",
        f"{SITE}handouts/steam/#{with_address.code}",
    )
    assert without == replace(with_address, address="", link="")


def test_the_site_may_stand_in_a_folder() -> None:
    """A site in a folder of its host has that folder in its addresses, with a slash at its end or without."""
    assert {"guide.example/en/handouts/steam"} == {
        sheets(load(EXAMPLE), site_url=url)["steam"].address
        for url in ("https://guide.example/en", "https://guide.example/en/")
    }


def test_codes_are_eight_letters_and_no_two_are_alike(guide: Guide) -> None:
    """A code can be read aloud, and tells which sheet it is."""
    codes = [each.code for each in sheets(guide).values()]

    assert len(codes) > 3
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{8}", code) for code in codes)
    assert len(codes) == len(set(codes))


def test_a_change_elsewhere_changes_no_code(project: Project) -> None:
    """A sheet is as it was where a page was only read again, or where something else has other words."""
    before = {id_: sheet.code for id_, sheet in sheets(load(EXAMPLE)).items()}
    read_again = changed("data/symptoms/nosebleed.yml", ("checked: 2026-11-01", "checked: 2026-11-02"))
    elsewhere = changed("data/causes/dry-air.yml", ("title: Dry air", "title: Air that is dry"))
    after = sheets(load(project(read_again, elsewhere)))

    assert before
    assert before == {id_: sheet.code for id_, sheet in after.items()}


def test_the_review_is_told_as_it_is(project: Project) -> None:
    """Not reviewed, reviewed, or due again: in words, and without a new content code."""
    mark = reviews.fingerprint(load(EXAMPLE), load(EXAMPLE).symptoms["nosebleed"])
    reviewed = changed(
        "data/symptoms/nosebleed.yml",
        (
            "checked: 2026-11-01",
            (
                "checked: 2026-11-01\nreviewed: {by: 'A. Person, nurse', on: 2026-11-02, due: 2027-11-02, "
                f"fingerprint: {mark}}}"
            ),
        ),
    )
    before, guide = sheets(load(EXAMPLE))["nosebleed"], load(project(reviewed))
    after, later = sheets(guide)["nosebleed"], sheets(guide, today=datetime.date(2028, 1, 1))["nosebleed"]

    assert (
        "Checked against its sources on 1 November 2026; not yet reviewed by a clinician. "
        "Must be checked again by 1 November 2027."
    ) == before.review
    assert (
        "Reviewed by A. Person, nurse on 2 November 2026. Must be reviewed again by 2 November 2027."
        == after.review
    )
    assert (
        "Reviewed by A. Person, nurse on 2 November 2026. A new review was due on 2 November 2027."
        == later.review
    )
    assert before.code == after.code == later.code


def test_a_sheet_has_the_ladder_to_circle() -> None:
    """Each level in words, worst first: who hands the sheet over marks how urgent it is."""
    guide = load(EXAMPLE)

    assert [level.level for level in guide.urgency.values()] == [*sheets(guide)["nosebleed"].scale]


def test_a_symptoms_sheet_tells_the_remedies_that_have_words_for_it() -> None:
    """In the symptom's order, in those words. What to avoid stands apart, with the reason.

    A remedy without words for paper stands on the site alone.
    """
    made = sheets(load(EXAMPLE))
    nosebleed, blocked = made["nosebleed"], made["blocked-nose"]

    assert ["press-the-nose"] == [each.id for each in nosebleed.remedies]
    assert plain(nosebleed.remedies[0].text).startswith("Sit down, lean forward and press the soft part")
    assert [("Tilting your head back", "Blood runs down your throat and can make you sick.")] == [
        (each.title, plain(each.text)) for each in nosebleed.avoid
    ]
    assert ["rinse-the-nose"] == [each.id for each in blocked.remedies]
    assert () == blocked.avoid


def test_a_symptoms_sheet_has_its_first_four_remedies_and_first_three_causes() -> None:
    """More would need another side."""
    guide = load(EXAMPLE)
    remedies, causes = guide.remedies, guide.symptoms["nosebleed"].causes
    paper = {"sections": remedies["head-back"].sections, "handout": "Do this."}  # no steps, so no own sheet
    more = [remedies["steam"].model_copy(update={**paper, "id": f"more-{number}"}) for number in range(5)]
    symptom = guide.symptoms["nosebleed"].model_copy(
        update={
            "remedies": tuple(RemedyFor(remedy=each.id, says="It helps.") for each in more),
            "causes": (*causes, causes[0]),
        }
    )
    guide = guide.with_things(
        symptoms={**guide.symptoms, "nosebleed": symptom},
        remedies={**remedies, **{each.id: each for each in more}},
    )
    sheet = sheets(guide)["nosebleed"]

    assert [each.id for each in more[:4]] == [each.id for each in sheet.remedies]
    assert [each.says for each in causes[:3]] == [plain(each) for each in sheet.causes]


def end(sheet: Handout, guide: Guide) -> str:
    """The end of a sheet: its sources, its review and, where the footer has no room, its code."""
    return " ".join(layout.content(sheet, layout.EDITIONS[0], guide, {})["end"])


def test_four_publishers_are_named_and_the_others_counted() -> None:
    """All stand on the page of the sheet."""
    guide = load(EXAMPLE)
    sheet = sheets(guide)["press-the-nose"]
    names = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")
    four, six = (end(replace(sheet, publishers=names[:count]), guide) for count in (4, 6))

    assert "First, Second, Third, Fourth" in four
    assert "First, Second, Third, Fourth" in six
    assert "Fifth" not in six
    assert re.search(r"\b2\b", six.partition("Fourth")[2])
    assert not re.search(r"\b0\b", four.partition("Fourth")[2][:40])


def test_the_code_stands_in_the_footer_beside_an_address_of_up_to_sixty_letters() -> None:
    """By a longer one it stands with the sources, so that the footer keeps to one line."""
    guide = load(EXAMPLE)
    sheet = sheets(guide)["press-the-nose"]
    short, long = (replace(sheet, address="x" * letters) for letters in (60, 61))
    feet = [layout.content(each, layout.EDITIONS[0], guide, {})["foot"] for each in (short, long)]

    assert [True, False] == [any(sheet.code in part for part in foot) for foot in feet]
    assert [False, True] == [sheet.code in end(each, guide) for each in (short, long)]


def test_the_sources_that_carry_most_come_first(project: Project) -> None:
    """The sheet has room for a few; the others stand at its address."""
    more = (
        "- {id: manual, title: A manual, publisher: A school, url: https://school.example, kind: textbook}\n"
    )
    sources = (EXAMPLE / "data/sources.yml").read_text(encoding="utf-8") + more
    cited = changed(
        "data/remedies/press-the-nose.yml",
        ("run down your throat.[@leaflet]", "run down your throat.[@leaflet; @manual]"),
    )
    sheet_of_remedy = sheets(load(project({"data/sources.yml": sources}, cited)))["press-the-nose"]

    assert ("Invented Health Service", "A school") == sheet_of_remedy.publishers


def test_an_address_that_is_not_https_is_a_problem(project: Project) -> None:
    """It would stand on paper for years."""
    made = careguide.build(project(), today=TODAY, site_url="http://guide.example/")

    assert [
        (
            "mkdocs.yml:1: site_url must be an address that starts with https://, not "
            "'http://guide.example/'\n"
            "  Tip: Leave it out to print sheets without an address."
        )
    ] == [str(each) for each in made.problems]


def test_two_sheets_cannot_have_one_address(project: Project) -> None:
    """A remedy that is called like a symptom would take its place."""
    remedy = (EXAMPLE / "data/remedies/press-the-nose.yml").read_text(encoding="utf-8")

    told = problems(project({"data/remedies/nosebleed.yml": remedy}))

    assert (
        "data/remedies/nosebleed.yml:1: a sheet's id must be new, but 'nosebleed' is a sheet of "
        "data/symptoms/nosebleed.yml too" in told
    )


def test_a_letter_without_a_font_is_named_before_anything_is_printed(project: Project) -> None:
    """With its line, wherever it comes from."""
    for path, old, new, told in (
        (
            "data/criteria.yml",
            "lead: ",
            "lead: → ",
            "lead must be in letters that can be printed, but has '→' (U+2192)",
        ),
        (
            "data/sources.yml",
            "publisher: ",
            "publisher: 公立公 ",
            "publisher must be in letters that can be printed, but has '公' (U+516C) and 1 more\n",
        ),
        (
            "data/words.yml",
            "pages:\n",
            "handout: {below: ☂ below}\npages:\n",
            "handout.below must be in letters that can be printed, but has '☂' (U+2602)",
        ),
    ):
        text = (EXAMPLE / path).read_text(encoding="utf-8")
        line = text[: text.index(old)].count("\n") + 1

        assert f"{path}:{line}: {told}" in problems(project({path: text.replace(old, new, 1)}))


# ------------------------------------------------------------------------------------------------------------
# The code


VOLATILE = {"page", "origin", "checked", "review", "address", "link", "code"}
"""Fields of a sheet that may change while its words stay: where it stands, when it was checked and by whom.
"""
NOT_ALONE = {"Handout.kind", "Handout.about", "Level.id"}
"""What cannot be another on its own: a sheet of another kind, or about another thing, has other fields.

A level of another id has another title, and other calls in each country.
"""


def others(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """A part of a sheet with one thing in it changed, each with the class and field that was changed."""
    if is_dataclass(value):
        for each in fields(value):
            name = f"{type(value).__name__}.{each.name}"
            for changed_field, other in others(getattr(value, each.name), name):
                yield changed_field, replace(value, **{each.name: other})
    elif isinstance(value, dict):
        for changed_field, other in others(tuple(value.values()), field):
            yield changed_field, dict(zip(value, other, strict=False))
    elif value and isinstance(value, tuple):
        last = len(value) - 1
        for index in sorted({0, min(1, last), len(value) // 2, last}):
            for changed_field, other in others(value[index], field):
                yield changed_field, (*value[:index], other, *value[index + 1 :])
        yield field, value[:-1]
    elif value or isinstance(value, bool):  # what a kind of sheet does not show is empty
        yield field, another(value, field)


def another(value: str | int, field: str) -> str | int:
    """Another value of a field."""
    if isinstance(value, bool):
        return not value
    if field.endswith(".style"):
        return int(value) % 6 + 1
    if isinstance(value, int):
        return value + 1
    if field.endswith(".pictures"):
        return next(name for name in printed(EXAMPLE) if name != value)
    return f"{value} x"


def other_words(guide: Guide) -> Iterator[Words]:
    """The interface words, each time with one of those that sheets may show changed."""
    for group in ("labels", "kinds", "elsewhere", "sources"):
        for way in leaves(guide.words["handout"][group]):
            words = copy.deepcopy(guide.words)
            holder = reduce(getitem, way[:-1], words["handout"][group])
            holder[way[-1]] += " x"
            yield words


def leaves(words: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The way to each text in a group of words."""
    if isinstance(words, str):
        yield way
    else:
        for name, inner in words.items():
            yield from leaves(inner, (*way, name))


def seen(sheet: Handout, guide: Guide) -> list[str]:
    """All that a reader meets of a sheet: each edition in print, and its web page. Without its code."""
    bare = replace(sheet, code="", link=sheet.link.partition("#")[0])
    page = web.web_sheets([bare], guide)[f"handouts/{bare.id}/index.html"].decode()
    return [*(_paper(bare, edition, guide) for edition in layout.EDITIONS), page.partition("<main>")[2]]


def _paper(sheet: Handout, edition: layout.Edition, guide: Guide) -> str:
    return _set(json.dumps(layout.content(sheet, edition, guide, printed(EXAMPLE))))


@cache
def _set(content: str) -> str:
    made = typesetting.pdf(
        "sheet.typ",
        {"sheets": [{**json.loads(content), "qr": "", "colours": styling.on_paper()}]},
        dated=TODAY,
    )
    return hashlib.sha256(made).hexdigest()


def test_a_code_changes_with_what_a_reader_sees_and_only_then() -> None:
    """For every field of each part of a sheet: changed alone, it changes the code if and only if it shows."""
    guide, wrong, tried = load(EXAMPLE), [], set()
    for id_ in ("nosebleed", "nosebleed-diary", "nosebleed-visit", "press-the-nose", "rinse-the-nose"):
        sheet = build.handouts(guide, drawings=printed(EXAMPLE), site_url=SITE, today=TODAY)
        sheet = next(each for each in sheet if each.id == id_)
        before = seen(sheet, guide)
        for words in other_words(guide):
            reworded = replace(guide, words=words)
            code = layout.coded(replace(sheet, link=""), reworded, printed(EXAMPLE)).code
            if (code != sheet.code) != (seen(sheet, reworded) != before):
                wrong.append((id_, "a word", words))
        for field, other in others(sheet):
            of, _, name = field.partition(".")
            tried.add(field)
            if field in NOT_ALONE or not all(level.signs for level in other.levels):  # no sign, no box
                continue
            if sheet.kind == "remedy" and not other.remedies:
                continue
            bare = replace(other, code="", link=other.link.partition("#")[0])
            changed_code = layout.coded(bare, guide, printed(EXAMPLE)).code != sheet.code
            lasting = of != "Handout" or name not in VOLATILE
            shows = lasting and seen(other, guide) != before
            if changed_code != shows:
                wrong.append((id_, field, "shows" if shows else "does not show"))

    assert [] == wrong
    tried.add("Handout.language")  # empty on a sheet of the original
    tried.add(
        "Handout.beside"
    )  # empty on a sheet in one language: tests/test_handout_bilingual.py holds the code
    tried.add("Handout.withdrawn")  # empty on a sheet that is offered: tests/test_due.py holds the code
    parts = [each for each in vars(handout_module).values() if isinstance(each, type) and is_dataclass(each)]
    assert tried == {f"{part.__name__}.{field.name}" for part in parts for field in fields(part)}
