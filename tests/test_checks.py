"""Editorial and safety rules. Each has an example that breaks it; the example guide itself breaks none."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Mapping
from pathlib import Path

import careguide
import pytest
from careguide.checks import dates, editorial, safety
from careguide.guide import readability, reviews
from careguide.pages import writer
from careguide.source.problems import named, report
from conftest import EXAMPLE, TODAY, Project, article, changed, load, loaded, problems

LONG = "Words " * 27 + "end"
"""A sentence of 28 words."""
HARD = "Administration necessitates considerable perseverance everywhere."


OWN = {
    name
    for module in (dates, editorial, safety)
    for name, _ in inspect.getmembers(module, inspect.isgeneratorfunction)
}
"""The rules of these two modules; the others' mistakes stand in mistakes.yml."""


def told(root: Path, *, today: datetime.date = TODAY) -> str:
    """What the rules alone say of a project in which nothing else is wrong."""
    guide, problems = loaded(root)
    made, more = writer.pages(guide, today=today)
    assert "" == report([*problems, *more])
    found = editorial.check(guide, today=today)
    found += named(editorial.pages_are_easy(guide, readability.scores(made, guide.reading)))
    return report(each for each in found if each.rule in OWN)


def test_the_example_breaks_no_rule() -> None:
    """Whatever the tests below find, they brought in themselves."""
    assert "" == told(EXAMPLE)


CUT = "Cut words, or say the rest in another field."
TWO = "Make it two sentences."
CALL = "Write {call:emergency}, {call:advice}, {call:crisis} or {call:poison}: the page fills it in."
AMOUNT = "Write [15 minutes](amount:press-time); if it is something else, say so in other words."
ADD = "Add it to the list, or under 'left_out' with the reason."

PICKING, PRESS, CRITERIA, SYMPTOM = (
    "data/causes/picking.yml",
    "data/remedies/press-the-nose.yml",
    "data/criteria.yml",
    "data/symptoms/nosebleed.yml",
)
STATEMENT = "The skin inside the nose is thin, so a nail cuts it easily.[@leaflet]"

WEAKER = (
    "why: Losing a lot of blood is dangerous.\n  sources: [leaflet]",
    "why: Losing a lot of blood is dangerous.\n  sources: [study]",
)
"""The first sign with a study alone behind it."""
SIGNS = "signs: [heavy, bead, long, often-thinned, often, lasting, once]"
SHOWN = "shown: [heavy, long, often, once]"

PRINT = reviews.fingerprint(load(EXAMPLE), load(EXAMPLE).causes["weak-vessels"])
"""What stands for the one page of the example that was reviewed."""

SPRAY = "- id: spray-often\n  amount: 4 times a day\n  about: [spray]\n  sources: [leaflet]\n"
SEPTUM = "- id: septum\n  term: septum\n  meaning: A wall.\n  sources: [leaflet]\n"
BROKEN: list[tuple[str, Mapping[str, str | None], str]] = [
    # A title has at most 10 words, a sign 26, a short text 25.
    (
        "texts_are_short",
        changed(
            PICKING,
            ("title: Picking your nose", "title: Picking your nose with one or two of your fingers again"),
        ),
        (
            f"{PICKING}:1: title must have at most 10 words, but has 11: "
            "'Picking your nose with one or two of your fingers again'\n"
            f"  Tip: {CUT}"
        ),
    ),
    (
        "texts_are_short",
        changed(
            CRITERIA,
            (
                "sign: Your nose bleeds every week.",
                (
                    "sign: Your nose bleeds a lot. It bleeds each week. "
                    "It bleeds for longer than it did last year "
                    "and it bleeds in the night too, on most days."
                ),
            ),
        ),
        (
            f"{CRITERIA}:47: sign must have at most 26 words, but has 28: 'Your nose bleeds a lot. It "
            "bleeds each week. It bleeds for …'\n"
            f"  Tip: {CUT}"
        ),
    ),
    # Words that carry a link count, the link itself does not.
    (
        "texts_are_short",
        changed(
            "data/glossary.yml",
            (
                "One of the two holes of your nose.",
                "Six words make up this. " * 4 + "See [two words](cause:dry-air) more, no more.",
            ),
        ),
        (
            "data/glossary.yml:4: meaning must have at most 25 words, but has 26: "
            "'Six words make up this. Six words make up this. Six words m…'\n"
            f"  Tip: {CUT}"
        ),
    ),
    # A sentence has at most 28 words, in data and in hand-written pages.
    (
        "sentences_are_short",
        changed(PICKING, (STATEMENT, f"{LONG} more.")),
        f"{PICKING}:6: a sentence must have at most 28 words, but this has 29: '{LONG} more.'\n  Tip: {TWO}",
    ),
    (
        "sentences_are_short",
        {"content/a.md": article(f"# A page\n\n* One item.\n* {LONG}\n  more.\n")},
        (
            f"content/a.md:9: a sentence must have at most 28 words, but this has 29: '{LONG} more.'\n"
            f"  Tip: {TWO}"
        ),
    ),
    # It is named by its own line, not by that of its paragraph.
    (
        "sentences_are_short",
        {"content/a.md": article(f"# A page\n\nAll is well.\nAll is\nwell. {LONG} more.\n")},
        (
            f"content/a.md:10: a sentence must have at most 28 words, but this has 29: '{LONG} more.'\n"
            f"  Tip: {TWO}"
        ),
    ),
    # Phone numbers differ by country.
    (
        "numbers_to_call_come_from_services",
        changed(PICKING, (STATEMENT, "Call 555.")),
        f"{PICKING}:5: a text must not hold a phone number, but has '555'\n  Tip: {CALL}",
    ),
    (
        "numbers_to_call_come_from_services",
        changed(PICKING, (STATEMENT, "Call 0199."))
        | changed(
            "data/services.yml",
            (
                "  advice:\n",
                (
                    '  poison:\n    - {number: "0199", name: Poison line, source: "https://health.example/poison"}\n'
                    "  advice:\n"
                ),
            ),
        ),
        f"{PICKING}:5: a text must not hold a phone number, but has '0199'\n  Tip: {CALL}",
    ),
    (
        "numbers_to_call_come_from_services",
        {"content/a.md": article("# A page\n\nCall **555 0100** now.\n")},
        f"content/a.md:8: a text must not hold a phone number, but has '555'\n  Tip: {CALL}",
    ),
    # One amount, said in two ways: in the words of its link, or beside the words it is about.
    (
        "amounts_agree",
        changed(PRESS, ("[15 minutes](amount:press-time)", "[20 minutes](amount:press-time)")),
        (
            f"{PRESS}:13: the words of an amount must be '15 minutes', not '20 minutes'\n"
            "  Tip: Change the amount in data/amounts.yml, or these words."
        ),
    ),
    (
        "amounts_agree",
        changed(PICKING, (STATEMENT, "Pinch it for half an hour.")),
        f"{PICKING}:6: '30 minutes' must be '15 minutes', as in data/amounts.yml\n  Tip: {AMOUNT}",
    ),
    (
        "criteria_rest_on_authority",
        changed(CRITERIA, WEAKER),
        (
            f"{CRITERIA}:9: sources must have a guideline or an official body for 'heavy'\n"
            "  Tip: Add one, or write 'judgement: true': the page then says so."
        ),
    ),
    # Emergency and same-day signs of a cause; one of each.
    (
        "symptoms_carry_their_causes_signs",
        changed(SYMPTOM, (SIGNS, "signs: [once]"), ("shown: [heavy, long, often, once]", "shown: [once]")),
        (
            f"{SYMPTOM}:24: signs must have 'heavy', because its cause 'weak-vessels' has it\n  Tip: {ADD}\n"
            f"{SYMPTOM}:24: signs must have 'long', because its cause 'weak-vessels' has it\n  Tip: {ADD}"
        ),
    ),
    (
        "authorities_are_none_who_sell",
        changed("data/sources.yml", ("publisher: Institute of Examples", "publisher: The Water Shop")),
        (
            "data/sources.yml:24: kind must not be 'guideline', because of 'Shop'\n"
            "  Tip: Choose the kind that fits, such as 'reference', and cite a health service for each sign."
        ),
    ),
    (
        "sources_are_their_publishers_own",
        changed("data/sources.yml", ("https://institute.example/water", "https://bit.ly/3xYz")),
        (
            "data/sources.yml:23: url must be the publisher's own page, not 'https://bit.ly/3xYz'\n"
            "  Tip: Follow it, and copy the address that the browser shows."
        ),
    ),
    (
        "dates_of_sources_are_days",
        changed("data/sources.yml", ("date: 2 May 2025", "date: 31 February 2025")),
        (
            "data/sources.yml:25: date must be a day or a year that can be, not '31 February 2025'\n"
            "  Tip: Write the date as the page shows it, such as '2 May 2025'."
        ),
    ),
    (
        "dates_are_likely",
        changed("data/sources.yml", ("date: 2 May 2025", "date: 2 May 2052")),
        (
            "data/sources.yml:25: date must be a date that can be, but has the year 2052\n"
            "  Tip: Write the date as the page shows it; advice that old needs a newer source."
        ),
    ),
    (
        "pages_show_their_signs",
        changed(
            "data/symptoms/blocked-nose.yml",
            ("signs: [heavy, often, once]", "signs: [heavy, often]\nshown: [once]"),
        ),
        (
            "data/symptoms/blocked-nose.yml:27: shown[1] must be one of the symptom's signs, not 'once'\n"
            "  Tip: Add it to 'signs' too. Leave it out only if the check need not ask it."
        ),
    ),
    (
        "red_lines_are_emergencies",
        changed(PRESS, ("red: [heavy]", "red: [heavy, long]")),
        (
            f"{PRESS}:7: red[2] must be a sign of the worst level, but 'long' is 'same-day'\n"
            "  Tip: Is its level too low? If not, put it under 'signs' of a section."
        ),
    ),
    (
        "dangers_can_be_searched_for",
        changed(CRITERIA, ("  search_words: [choking, bead stuck, can't breathe]\n", "")),
        (
            f"{CRITERIA}:25: notice: "
            "a sign of the worst level must have search_words, or no search shows it first\n"
            "  Tip: Write what people type to whom it happens: "
            "search_words: [can't breathe, short of breath]."
        ),
    ),
    (
        "entries_are_used",
        changed(
            "data/symptoms/blocked-nose.yml",
            ("  - remedy: steam\n    says: It may feel good for a while.\n", ""),
        ),
        (
            "data/remedies/steam.yml:1: notice: 'steam' must be used, but no symptom names it\n"
            "  Tip: Name it where it belongs, or delete it."
        ),
    ),
    (
        "entries_are_used",
        changed(
            "data/sources.yml",
            (
                "- id: study\n",
                (
                    "- id: unread\n  title: Unread\n  publisher: Nobody\n  url: https://nobody.example/\n"
                    "  kind: reference\n  last_checked: 2026-11-01\n- id: study\n"
                ),
            ),
        ),
        (
            "data/sources.yml:8: notice: 'unread' must be used, but nothing names it\n"
            "  Tip: Name it where it belongs, or delete it."
        ),
    ),
    (
        "entries_are_used",
        changed("data/amounts.yml", ("- id: rinse-often", f"{SPRAY}- id: rinse-often"))
        | changed(
            "data/glossary.yml",
            ("- id: pollen", f"{SEPTUM}- id: pollen"),
        ),
        (
            "data/amounts.yml:5: notice: 'spray-often' must be used, but nothing names it\n"
            "  Tip: Name it where it belongs, or delete it.\n"
            "data/glossary.yml:6: notice: 'septum' must be used, but nothing names it\n"
            "  Tip: Name it where it belongs, or delete it."
        ),
    ),
    (
        "dates_are_likely",
        changed(
            "data/sources.yml",
            ("date: 2 May 2025\n  last_checked: 2026", "date: 2 May 2025\n  last_checked: 2024"),
        ),
        (
            "data/sources.yml:26: last_checked must not be before 2025, of which the source is, "
            "but is '2024-11-01'\n"
            "  Tip: Look at the year."
        ),
    ),
    (
        "dates_are_past",
        changed(PICKING, ("checked: 2026-11-01", "checked: 2026-12-23")),
        (
            f"{PICKING}:3: checked must not be in the future, but is '2026-12-23'\n"
            "  Tip: Write the day on which it really happened."
        ),
    ),
    (
        "sources_are_looked_at_again",
        changed("data/sources.yml", ("kind: study\n  last_checked: 2026-11-01\n", "kind: study\n")),
        (
            "data/sources.yml:8: notice: 1 of 6 sources have no last_checked\n"
            "  Tip: Open the page of one, compare what is cited to it, and write the day down. "
            "Never guess a day."
        ),
    ),
    (
        "dates_are_past",
        changed(
            "data/sources.yml",
            ("kind: study\n  last_checked: 2026-11-01", "kind: study\n  last_checked: 2036-11-22"),
        ),
        (
            "data/sources.yml:13: last_checked must not be in the future, but is '2036-11-22'\n"
            "  Tip: Write the day on which it really happened."
        ),
    ),
    (
        "dates_are_past",
        changed("data/causes/weak-vessels.yml", ("on: 2026-11-02", "on: 2026-12-02")),
        (
            "data/causes/weak-vessels.yml:6: notice: "
            "reviewed.on must not be in the future, but is '2026-12-02'\n"
            "  Tip: Write the day on which it really happened."
        ),
    ),
    (
        "things_are_checked_again",
        changed("data/causes/weak-vessels.yml", ("due: 2027-11-02", "due: 2026-11-20")),
        (
            "data/causes/weak-vessels.yml:7: notice: "
            "cause 'weak-vessels' was to be checked again by '2026-11-20'\n  Tip: Ask for a new review."
        ),
    ),
    (
        "sources_are_current",
        changed("data/sources.yml", ("- id: study\n", "- id: study\n  next_review: 2026-11-20\n")),
        (
            "data/sources.yml:9: notice: next_review is past, so the page may say something else by now: "
            "study (2026-11-20)\n"
            "  Tip: Open it, compare what is cited to it, and write down the days that it shows now."
        ),
    ),
    (
        "changes_are_about_things",
        changed("data/changes.yml", ("heavy, cause", "heavi, cause")),
        (
            "data/changes.yml:9: about[1] must name a thing, not 'criterion:heavi'\n"
            "  Tip: Did you mean 'criterion:heavy'?"
        ),
    ),
    (
        "reviewers_are_known",
        changed("data/causes/weak-vessels.yml", ("by: A. Person, nurse", "by: A. Pearson, nurse")),
        (
            "data/causes/weak-vessels.yml:5: reviewed.by must be one of the reviewers in data/site.yml, "
            "not 'A. Pearson, nurse'\n  Tip: Did you mean 'A. Person, nurse'?"
        ),
    ),
    (
        "reviews_say_of_what",
        changed("data/causes/weak-vessels.yml", (f"\n  fingerprint: {PRINT}", "")),
        (
            "data/causes/weak-vessels.yml:4: reviewed.fingerprint must be given\n"
            "  Tip: If the page was reviewed as it is now, "
            f"type 'careguide sign cause:weak-vessels', or add the line 'fingerprint: {PRINT}' below 'due'."
        ),
    ),
    (
        "reviews_say_of_what",
        changed(
            "data/causes/weak-vessels.yml",
            ("The walls of small vessels are thin from birth", "The walls of small vessels are thin"),
        ),
        (
            "data/causes/weak-vessels.yml:8: notice: "
            "the page has changed since it was reviewed by 'A. Person, nurse'\n"
            "  Tip: Ask for a new review; until then the page says that it has changed."
        ),
    ),
    (
        "pages_are_easy",
        {"content/a.md": article("# A page\n\nIt is short. " + f"{HARD} " * 12)},
        (
            "content/a.md:1: the page must read at grade 8 or below, but reads at 36.3\n"
            f"  Tip: Start with its hardest sentence: '{HARD}'"
        ),
    ),
    # Engines take README.md for the index.md of its folder, or leave it out beside one.
    (
        "pages_are_not_called_readme",
        {"content/README.md": article("# A page\n")},
        (
            "content/README.md:1: a page must not be called README.md, because engines take it for index.md\n"
            "  Tip: Give it a name of its own."
        ),
    ),
]


@pytest.mark.parametrize(("rule", "changes", "expected"), BROKEN)
def test_what_breaks_a_rule_is_named_with_its_line(
    project: Project, rule: str, changes: Mapping[str, str | None], expected: str
) -> None:
    """The contributor reads which rule, where, and what to do."""
    assert expected == told(project(changes))


def test_every_rule_has_an_example_that_breaks_it() -> None:
    """A rule that nothing breaks may check nothing."""
    apart = {
        *(rule.__name__ for rule in dates.DATE_RULES),
        "pages_are_easy",
        "pages_are_not_called_readme",
        "entries_are_used",
    }

    assert {
        rule.__name__ for rule in (*editorial.TEXT_RULES, *safety.GUIDE_RULES, *safety.LEVEL_RULES)
    } | apart == {rule for rule, _, _ in BROKEN}


def test_every_rule_is_run() -> None:
    """A rule that is written but not listed would check nothing."""
    written = {
        name
        for module in (dates, editorial, safety)
        for name, each in inspect.getmembers(module, inspect.isgeneratorfunction)
        if each.__module__ == module.__name__ and name[0] != "_"
    }

    assert written == {rule for rule, _, _ in BROKEN}


def test_what_keeps_a_rule_just_so_is_no_problem(project: Project) -> None:
    """A rule stops where it says it does."""
    for changes in (
        changed(PICKING, (STATEMENT, f"{LONG}.")),  # just 28 words
        changed(
            PICKING, ("title: Picking your nose", "title: Picking your nose with one or two of your fingers")
        ),  # just 10
        changed(PICKING, (STATEMENT, "A doctor can name it.")),
        changed(PICKING, (STATEMENT, "It is 1555, 555% or 5.555.")),  # numbers that are no phone numbers
        changed(
            PICKING, (STATEMENT, "Wait 15 minutes. Press it. Wait 20 minutes.")
        ),  # no word it is about beside it
        changed(PICKING, (STATEMENT, "Press it for 15 minutes or 20 seconds.")),  # another unit
        changed(CRITERIA, ("sources: [study]\n  judgement: true", "sources: [leaflet]\n  judgement: true")),
        changed(
            "data/sources.yml",
            (
                "- id: study",
                (
                    "- id: read\n  title: A\n  publisher: B\n  url: https://c.example/page\n  kind: study\n"
                    "  last_checked: 2026-11-01\n"
                    "- id: study"
                ),
            ),
        )
        | {"content/a.md": article("# A page\n\nIt stops.[@read]\n")},  # cited in an article alone
        changed(CRITERIA, ("sources: [leaflet, study]", "sources: [study, leaflet]")),  # one of two is enough
        changed(
            SYMPTOM, (SIGNS, "signs: [bead, long, heavy]"), (SHOWN, "shown: [long, heavy]")
        ),  # only urgent signs must be there
        changed(
            SYMPTOM,
            (
                SIGNS,
                "signs: [heavy, often, once]\nleft_out:\n  - {sign: long, because: It is asked elsewhere.}",
            ),
            ("shown: [heavy, long, often, once]", "shown: [heavy]"),
        ),  # left out with a reason
        changed(SYMPTOM, (SIGNS, "signs: [heavy, bead, long, often, lasting, once]"))
        | changed("data/causes/dry-air.yml", ("signs: [often]", "signs: [often-thinned]"))
        | changed(
            "data/contexts.yml", ("- id: medicine\n", "- id: medicine\n  symptoms: [loss-of-smell]\n")
        ),  # never asked here
        changed(PICKING, ("checked: 2026-11-01", "checked: 2026-11-21")),  # today
        changed(
            "data/causes/weak-vessels.yml", ("due: 2027-11-02", "due: 2026-12-22")
        ),  # due today is not overdue
        {
            "content/a.md": article("# A page\n\n" + f"{HARD} " * 11 + "Four words and end.")
        },  # too short to be scored
        {
            "content/a.md": article(f"# {LONG} {LONG}\n\n```\n{LONG} {LONG}\n```\n\n<!-- {LONG} {LONG} -->\n")
        },  # nobody reads it as a sentence
        {
            "content/a.md": article(f"# A page\n\n| {LONG} | {LONG} |\n| --- | --- |\n| {LONG} | {LONG} |\n")
        },  # each cell stands alone
    ):
        assert "" == told(project(changes))


def test_a_sign_without_authority_says_that_its_level_is_our_judgement(project: Project) -> None:
    """Readers see the mark beside it; the rule then keeps quiet."""
    authority = "why: Losing a lot of blood is dangerous.\n  sources: [leaflet]"
    judged = "why: Losing a lot of blood is dangerous.\n  sources: [study]\n  judgement: true"

    assert "" == told(project(changed(CRITERIA, (authority, judged))))


def test_what_cannot_be_read_accuses_nothing_else(project: Project) -> None:
    """While a thing cannot be read, nobody can say that nothing names a remedy or cites a source."""
    for changes in (
        changed(PICKING, ("group: everyday", "group: nothing")),  # a cause that names a page
        changed("data/causes/weak-vessels.yml", ("group: serious", 'group: "serious')),
        {CRITERIA: '- id: "heavy\n'},
        # The ladder has lost a rung; a symptom need not list the signs of the third.
        changed("data/urgency.yml", ("style: 1", "style: one"))
        | changed(
            SYMPTOM, (SIGNS, "signs: [heavy, bead, long, once]"), (SHOWN, "shown: [heavy, long, once]")
        ),
    ):
        only = (
            "- id: only\n  title: A\n  publisher: B\n  url: https://c.example/page\n  kind: study\n"
            "  last_checked: 2026-11-01\n"
        )
        sources = {"data/sources.yml": (EXAMPLE / "data/sources.yml").read_text(encoding="utf-8") + only}
        guide, _ = loaded(project(changes, sources))

        assert "" == report(editorial.check(guide, today=TODAY)), changes


def test_a_slow_clock_is_one_notice(project: Project) -> None:
    """Ten days back, with many dates ahead of it: nothing is refused, and one notice names the clock."""
    root = project()
    found = problems(root, today=datetime.date(2026, 10, 25))

    assert 1 == found.count("in the future")
    assert "dates must not be in the future, but many are wrong, such as in data/" in found
    assert "; today is '2026-10-25'\n" in found
    assert "Tip: Set this computer's clock" in found
    assert not careguide.build(root, today=datetime.date(2026, 10, 25)).blocked


@pytest.mark.parametrize(("year", "must"), [(2001, "not be in the future"), (2099, "be days that can be")])
def test_a_wrong_clock_is_one_problem(project: Project, year: int, must: str) -> None:
    """It is told once, and not at each date that there is."""
    found = problems(project(), today=datetime.date(year, 1, 1))

    assert 1 == found.count(f"data/site.yml:1: dates must {must}, but many are wrong")
    assert "dry-air.yml" not in found


def test_today_is_not_the_future_elsewhere(project: Project) -> None:
    """Where it is tomorrow already, today's date is not refused by a computer where it is yesterday still."""
    root = project(changed(PICKING, ("checked: 2026-11-01", "checked: 2026-11-22")))

    assert "future" not in problems(root)
    assert "future" in problems(root, today=TODAY - datetime.timedelta(days=1))
