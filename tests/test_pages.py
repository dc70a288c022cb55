"""A guide becomes pages.

Whole ones are compared with those in `expected/`; others show what a directive, an article or a word changes.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import careguide
import pytest
from careguide.guide import loader as guides
from careguide.source.articles import split
from conftest import EXAMPLE, TESTS, TODAY, Project, article, changed, load, page, problems

TEMPLATES = Path(careguide.__file__).parent / "pages" / "templates"

EXPECTED = {
    "country": "find-care/xx.md",
    "changes": "changes.md",
    "article": "about.md",
    "clinician": "clinicians/nosebleed.md",
    "criteria": "when-to-get-help.md",
    "flows": "check/index.md",
    "glossary": "glossary.md",
    "handouts": "handouts.md",
    "home": "index.md",
    "movements": "movements.md",
    "page": "causes/weak-vessels.md",
    "search": "search.md",
    "services": "find-care.md",
    "sources": "sources.md",
    "symptom": "symptoms/nosebleed.md",
    "topics": "causes/index.md",
}
"""One page for each template."""

MORE = {
    "an avoid page": "remedies/head-back.md",
    "steps with drawings": "remedies/rinse-the-nose.md",
    "steps, signs and a red line": "remedies/press-the-nose.md",
    "a treatment": "treatments/closing-the-vessel.md",
    "a test": "investigations/looking-inside.md",
}
"""Pages that the one template for most of them writes in other ways."""

APART = {
    "quality": "Its figures change with every page; tests/test_quality.py looks at what they count.",
    "design": "It shows the parts of the other pages, each of which is expected there.",
    "flow": "It is checked against its plan, and on the built site.",
    "safety": "Its figures change with every new way to break a flow.",
}
"""Templates without an expected page, each with the reason."""


# ------------------------------------------------------------------------------------------------------------
# Whole pages


@pytest.mark.parametrize("path", [*EXPECTED.values(), *MORE.values()])
def test_a_page_is_as_expected(request: pytest.FixtureRequest, path: str) -> None:
    """The whole page, as any engine gets it. After a change that was meant, `pytest --refresh` writes it."""
    file = TESTS / "expected" / path
    found = page(EXAMPLE, path)

    if request.config.getoption("refresh"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(found, encoding="utf-8")

    assert file.read_text(encoding="utf-8") == found


def test_each_template_has_an_expected_page() -> None:
    """A template without one could change unseen."""
    templates = {file.name.removesuffix(".md.jinja") for file in TEMPLATES.glob("*.md.jinja")}

    assert templates == set(EXPECTED) | set(APART)
    assert sorted([*EXPECTED.values(), *MORE.values()]) == sorted(
        file.relative_to(TESTS / "expected").as_posix() for file in (TESTS / "expected").rglob("*.*")
    )


def test_the_same_guide_makes_the_same_pages() -> None:
    """Two runs differ in no letter."""
    first, second = (careguide.build(EXAMPLE, today=TODAY).pages for _ in range(2))

    assert first == second


def test_every_thing_has_a_page_and_every_page_a_file_to_edit() -> None:
    """Pages come sorted by path, each with the file that 'Improve this page' opens. A draft has none.

    The file is the article where there is one, else the data.
    """
    assert [
        ("about.md", "content/about.md"),
        ("about/design.md", "data/words.yml"),
        ("about/quality.md", "data/words.yml"),
        ("causes/dry-air.md", "data/causes/dry-air.yml"),
        ("causes/hay-fever.md", "data/causes/hay-fever.yml"),
        ("causes/index.md", "data/words.yml"),
        ("causes/picking.md", "data/causes/picking.yml"),
        ("causes/weak-vessels.md", "data/causes/weak-vessels.yml"),
        ("changes.md", "data/changes.yml"),
        ("clinicians/blocked-nose.md", "data/symptoms/blocked-nose.yml"),
        ("clinicians/nosebleed.md", "data/symptoms/nosebleed.yml"),
        ("find-care.md", "data/services.yml"),
        ("find-care/xx.md", "data/services.yml"),
        ("find-care/yy.md", "data/services.yml"),
        ("glossary.md", "data/glossary.yml"),
        ("handouts.md", "data/words.yml"),
        ("index.md", "content/index.md"),
        ("investigations/index.md", "data/words.yml"),
        ("investigations/looking-inside.md", "data/investigations/looking-inside.yml"),
        ("movements.md", "data/movements.yml"),
        ("remedies/head-back.md", "data/remedies/head-back.yml"),
        ("remedies/index.md", "data/words.yml"),
        ("remedies/press-the-nose.md", "data/remedies/press-the-nose.yml"),
        ("remedies/rinse-the-nose.md", "data/remedies/rinse-the-nose.yml"),
        ("remedies/steam.md", "data/remedies/steam.yml"),
        ("safety.md", "data/words.yml"),
        ("search.md", "data/words.yml"),
        ("sources.md", "data/sources.yml"),
        ("symptoms/blocked-nose.md", "data/symptoms/blocked-nose.yml"),
        ("symptoms/index.md", "data/words.yml"),
        ("symptoms/nosebleed.md", "content/symptoms/nosebleed.md"),
        ("treatments/closing-the-vessel.md", "data/treatments/closing-the-vessel.yml"),
        ("treatments/index.md", "data/words.yml"),
        ("when-to-get-help.md", "data/criteria.yml"),
    ] == [
        (each.path, each.source)
        for each in careguide.build(EXAMPLE, today=TODAY).pages
        if not each.path.startswith("check/")
    ]


def test_a_guide_makes_only_the_pages_it_has_things_for(project: Project) -> None:
    """No empty glossary, no list of nothing; the home page is always there."""
    root = project(
        {
            f"data/{name}.yml": None
            for name in (
                "glossary",
                "places",
                "amounts",
                "criteria",
                "services",
                "movements",
                "questions",
                "changes",
            )
        },
        {
            f"data/{kind}/{name}.yml": None
            for kind, name in (
                ("flows", "nosebleed"),
                ("vignettes", "nosebleed"),
                ("symptoms", "nosebleed"),
                ("symptoms", "blocked-nose"),
                ("symptoms", "loss-of-smell"),
                ("treatments", "closing-the-vessel"),
                ("investigations", "looking-inside"),
            )
        },
        {f"content/{name}.md": None for name in ("about", "symptoms/nosebleed", "symptoms/loss-of-smell")},
    )

    pages = {"causes/index.md", "handouts.md", "index.md", "remedies/index.md", "search.md", "sources.md"}
    assert pages == {
        each.path
        for each in careguide.build(root, today=TODAY).pages
        if each.path.count("/") == 0 or each.path.endswith("index.md")
    }


def test_a_symptom_that_is_a_draft_has_no_questions_either(project: Project) -> None:
    """Its flow does not say that it is a draft; its page of questions and its stories stay out with it."""
    root = project(
        changed("data/symptoms/nosebleed.yml", ("title: Nosebleed\n", "draft: true\ntitle: Nosebleed\n"))
    )
    shown = {
        with_drafts: {each.path for each in careguide.build(root, today=TODAY, with_drafts=with_drafts).pages}
        for with_drafts in (False, True)
    }

    of_draft = {"symptoms/nosebleed.md", "check/nosebleed.md"}
    assert of_draft <= shown[True]
    assert not of_draft & shown[False]


# ------------------------------------------------------------------------------------------------------------
# What a reader can rely on


def test_each_level_says_how_urgent_it_is_in_words() -> None:
    """On a card, style, level word and heading are those of one level; colour alone says nothing."""
    guide = guides.load(EXAMPLE)[0]
    levels = guide.urgency.values()
    cards = re.findall(
        r'<div class="care-card style-(\d)" markdown>\n\n'
        r'## <span class="care-card__level">(.*)</span> (.*) \{ #([\w-]+)',
        page(EXAMPLE, "when-to-get-help.md"),
    )

    everyone = [card for card in cards if card[3] in [level.id for level in levels]]
    assert everyone == [
        (str(level.style), guide.words.text("care_card.level", level=level.level), level.title, level.id)
        for level in levels
    ]


def test_hard_words_stand_from_a_to_z(project: Project) -> None:
    """A reader finds a word by its letters, wherever it stands in the file."""
    more = (
        "- id: first\n  term: vessel\n  meaning: A tube for blood.\n  sources: [leaflet]\n"
        "- id: last\n  term: bleed\n  meaning: To lose blood.\n  sources: [leaflet]\n"
    )
    root = project({"data/glossary.yml": (EXAMPLE / "data/glossary.yml").read_text(encoding="utf-8") + more})

    assert [
        "Hard words explained",
        "allergy",
        "bleed",
        "nostril",
        "pollen",
        "vessel",
        "Where this comes from",
    ] == headings(page(root, "glossary.md"))


def test_advice_to_avoid_says_so_first_and_has_no_steps() -> None:
    """Its first words tell the reader not to do it, and then what to do instead."""
    text = page(EXAMPLE, "remedies/head-back.md")

    marked = text.partition('<div class="avoid" markdown>')[2].partition("</div>")[0]

    assert text.index('class="avoid"') < text.index("<!-- part: text -->")
    assert "**Do not do this**" in marked
    assert "\nDo not tilt your head back" in marked
    assert ["Tilting your head back", "What to do instead", "Where this comes from"] == headings(text)
    assert 'class="steps"' not in text


def test_a_page_says_in_its_red_line_whom_to_call() -> None:
    """In the page's own words where it has some; else by the emergency signs themselves."""
    own, by_signs = (
        page(EXAMPLE, path).partition('<div class="red-line" markdown>')[2].strip().split("\n")[0]
        for path in ("causes/weak-vessels.md", "symptoms/nosebleed.md")
    )

    assert re.search(r"^Call <a .*>555</a> if blood pours out and you feel weak or dizzy\.", own)
    assert re.search(r"^\*\*Call <a .*>555</a> now:\*\* Heavy bleeding$", by_signs)


def test_a_red_line_names_every_sign_as_a_clause_where_it_has_one(project: Project) -> None:
    """The clause of a sign goes before its lead, and signs are told apart."""
    root = project(
        changed(
            "data/criteria.yml",
            ("  lead: Heavy bleeding\n", "  lead: Heavy bleeding\n  clause: blood pours\n"),
        ),
        changed(
            "data/causes/weak-vessels.yml",
            ("red: [heavy]\n", "red: [heavy, bead]\n"),
            ('red_says: "Call {call:emergency} if blood pours out and you feel weak or dizzy."\n', ""),
        ),
    )

    assert "</a> now:** blood pours · Something stuck, hard to breathe\n" in page(
        root, "causes/weak-vessels.md"
    )


def test_a_level_that_is_our_own_judgement_is_marked(project: Project) -> None:
    """The sign has a star in place of a source, and what the star means stands below."""
    root = project(
        changed(
            "data/symptoms/nosebleed.yml", ("shown: [heavy, long,", "shown: [heavy, often-thinned, long,")
        )
    )
    text = page(root, "symptoms/nosebleed.md")

    assert "- You take a medicine that thins the blood, and your nose bleeds every week.\\*\n" in text
    assert f"\n\\* {load(root).words.text('care_card.star')}\n" in text


def test_a_phone_line_says_all_that_is_known_of_it(project: Project) -> None:
    """Where and when it works, what a caller should know, and its form; and whom a doctor is found for."""
    root = project(
        changed(
            "data/services.yml",
            (
                "      hours: day and night\n",
                (
                    "      area: in the north\n      hours: by day\n      note: Say where you are.\n"
                    "      online: https://health.example/form\n"
                ),
            ),
            (
                "  find_care: https://health.example/doctors\n",
                "  find_care: https://health.example/doctors\n  find_care_note: For the north.\n",
            ),
        )
    )
    text = page(root, "find-care.md")

    assert (
        "- [**555 0100**](tel:5550100) Advice line, in the north. By day. Say where you are. "
        "[Online](https://health.example/form). [Official page](https://health.example/advice)\n"
    ) in text
    assert "[Find a doctor: Exampleland](https://health.example/doctors) For the north.\n" in text


def test_a_number_is_never_parted_at_the_end_of_a_line() -> None:
    """Half of a number looks like a whole one."""
    urgent = page(EXAMPLE, "when-to-get-help.md")

    assert 'href="tel:5550100">555\N{NO-BREAK SPACE}0100</a> today' in urgent
    assert ">555 0100<" not in urgent


def test_the_first_country_is_the_one_that_the_site_names_first(project: Project) -> None:
    """Its numbers stand in every text, its sentence is in sight, and it is the first of the list."""
    root = project(changed("data/site.yml", ("[xx, yy]", "[yy, xx]")))

    assert ["Find care", "Otherland", "Emergency", "Exampleland", "Emergency", "Advice"] == headings(
        page(root, "find-care.md")
    )
    urgent = page(root, "when-to-get-help.md")
    assert '<p data-in="yy" markdown="span">Dial [777](tel:777) at once.</p>' in urgent
    assert '<p data-in="xx" hidden markdown="span">Call [555](tel:555) now.</p>' in urgent
    assert '<a class="call" data-call="emergency" href="tel:777">777</a>' in page(
        root, "causes/weak-vessels.md"
    )


def test_a_symptom_tells_its_causes_in_its_own_words() -> None:
    """What dry air does to a blocked nose stands on that page, and not on the page of a nosebleed."""
    own = "Dry air thickens what runs in your nose, and it sticks."

    assert f"- **[Dry air](../causes/dry-air.md):** {own}" in page(EXAMPLE, "symptoms/blocked-nose.md")
    assert own not in page(EXAMPLE, "symptoms/nosebleed.md") + page(EXAMPLE, "causes/dry-air.md")


def test_a_page_says_how_far_it_was_reviewed() -> None:
    """Who, when, and until when; once that is past, the page says so itself."""
    until_then = "Must be reviewed again by 2 November 2027."
    for today, expected in {
        datetime.date(2026, 11, 21): until_then,
        datetime.date(2027, 11, 1): until_then,  # the last day
        datetime.date(2027, 11, 2): "A new review was due on 2 November 2027.",
    }.items():
        lines = page(EXAMPLE, "causes/weak-vessels.md", today=today).split("\n")
        assert f"**Reviewed by A. Person, nurse on 2 November 2026. {expected}**" in lines


def test_a_page_nobody_reviewed_says_so() -> None:
    """No page looks more checked than it is."""
    assert "Checked against its sources on 1 November 2026; not yet reviewed by a clinician. Must be" in page(
        EXAMPLE, "causes/picking.md"
    )


def test_a_review_line_leads_to_how_reviews_are_done(project: Project) -> None:
    """Where the guide has an editorial policy, every review line links it."""
    root = project({"content/editorial-policy.md": article("# How we check\n")})

    assert "[How we check what we say](../editorial-policy.md)" in page(root, "causes/picking.md").split("\n")


def test_a_page_knows_the_pages_above_it() -> None:
    """Breadcrumbs lead home, by way of the section."""
    home = {"title": "Home", "address": ""}
    for path, expected in {
        "index.md": [],
        "glossary.md": [home],
        "causes/index.md": [home],
        "causes/picking.md": [home, {"title": "Causes", "address": "causes/"}],
    }.items():
        assert expected == split(path, page(EXAMPLE, path))[0].front.value["breadcrumbs"], path


# ------------------------------------------------------------------------------------------------------------
# Hand-written pages


def headings(text: str) -> list[str]:
    """A page's headings, without what is only for the engine."""
    return re.findall(r"^#+ (?:<span.*?</span> )?(.*?)(?: \{.*)?$", text, re.MULTILINE)


def test_an_article_supplies_the_prose_and_sections_stand_where_it_says(project: Project) -> None:
    """Its title and words stand, a section stands at its directive, and the rest follow, each once."""
    root = project(
        {
            "content/remedies/press-the-nose.md": article(
                "# My title\n\nMy words stand here, and they are long enough to be read aloud.\n\n"
                "<!-- guide: print -->\n\n## My section\n\n<!-- guide: sections -->\n\n"
                "The end of this page is written by hand too, so that it says something.\n"
            )
        }
    )
    text = page(root, "remedies/press-the-nose.md")

    assert "" == problems(root)
    assert [
        "My title",
        "Print or share",
        "My section",
        "How to do it",
        "When not to do it",
        "When to get help",
        "Get help today",
        "Where this comes from",
    ] == headings(text)
    assert text.index("# My title") < text.index('<div class="red-line"') < text.index("My words stand")
    assert 1 == text.count("## How to do it")


def test_an_article_names_itself(project: Project) -> None:
    """Its front matter goes before the data's."""
    root = project(
        {
            "content/causes/picking.md": article(
                "# Mine\n", title='"Mine: a title"', description="My own words."
            )
        }
    )

    assert {"title": "Mine: a title", "description": "My own words.", "kind": "cause"} == {
        name: value
        for name, value in split("", page(root, "causes/picking.md"))[0].front.value.items()
        if name != "breadcrumbs"
    }


def test_an_article_without_a_title_gets_the_things_own(project: Project) -> None:
    """Every page has a heading of the first level."""
    root = project({"content/causes/picking.md": article("My words.\n")})

    assert "Picking your nose" == headings(page(root, "causes/picking.md"))[0]


def test_an_article_may_stand_at_a_list(project: Project) -> None:
    """`content/causes/index.md` introduces the list of causes."""
    root = project({"content/causes/index.md": article("# Why it bleeds\n\nMy words.\n")})

    assert [
        "Why it bleeds",
        "Everyday causes",
        "Things a doctor can check for",
        "Serious causes",
    ] == headings(page(root, "causes/index.md"))


def test_a_section_may_come_from_another_page(project: Project) -> None:
    """A directive with a thing's name brings that thing's section, with links for this page."""
    root = project(
        {
            "content/a/b.md": article(
                "# Mine\n\n<!-- guide: sections cause:picking -->\n\n<!-- guide: sections cause:picking -->\n"
            )
        }
    )
    text = page(root, "a/b.md")

    assert not careguide.build(root, today=TODAY).blocked
    assert ["Mine", "What helps", "What helps", "Where this comes from"] == headings(text)
    assert 2 == text.count("[dry air](../causes/dry-air.md)")


SECTIONS = "The sections here are sections, star, check and print."
TOPIC = "Write its kind and its id, as in 'symptom:id' or 'cause:id'."
OTHERS = "This page has no sections of its own. Ask for one of another page, as in 'causes symptom:id'."


EMPTY = {
    "causes/picking.md": [
        ("sektions", "must name a section, not 'sektions'\n  Tip: Did you mean 'sections'?"),
        ("title", f"must name a section, not 'title'\n  Tip: {SECTIONS}"),  # every page has it
        ("", f"must name a section, not ''\n  Tip: {SECTIONS}"),
    ],
    "glossary.md": [
        ("zzz", "must name a section, not 'zzz'\n  Tip: The sections here are terms."),
    ],
    "about.md": [
        ("causes", f"must name a section, not 'causes'\n  Tip: {OTHERS}"),
        (
            "sections cause:pickin",
            "must name a thing with a page, not 'cause:pickin'\n  Tip: Did you mean 'picking'?",
        ),
        (
            "sections criterion:heavy",
            f"must name a thing with a page, not 'criterion:heavy'\n  Tip: {TOPIC}",
        ),
        ("sections picking", f"must name a thing with a page, not 'picking'\n  Tip: {TOPIC}"),
        ("sektions cause:picking", "must name a section, not 'sektions'\n  Tip: Did you mean 'sections'?"),
    ],
}
"""What directives of a page ask for, and what is said of each."""


def test_a_directive_that_asks_for_nothing_is_named(project: Project) -> None:
    """Its line, what it asked for, and what there is."""
    pages, expected = {}, []
    for path, directives in sorted(EMPTY.items()):
        asked = "".join(f"<!-- guide: {words} -->\n".replace("  ", " ") for words, _ in directives)
        pages[f"content/{path}"] = article(f"# Mine\n\n{asked}", title=path, description=f"On {path}.")
        for line, (_, said) in enumerate(directives, 8):
            expected.append(f"content/{path}:{line}: a directive {said}")

    assert "\n".join(expected) == problems(project(pages))


def test_a_section_is_placed_once(project: Project) -> None:
    """The second directive for it is named."""
    twice = "# Mine\n\n<!-- guide: sections -->\n<!-- guide: sections -->\n"

    assert (
        "content/causes/picking.md:9: a section must be placed once, but 'sections' is placed twice\n"
        "  Tip: Delete one of the two directives."
    ) == problems(project({"content/causes/picking.md": article(twice)}))


def test_directives_of_a_thing_that_is_wrong_are_not_blamed(project: Project) -> None:
    """While a symptom cannot be read, directives on its page or for its sections are no problems."""
    root = project(
        {
            "content/about.md": article("# About\n\n<!-- guide: causes symptom:nosebleed -->\n"),
            "data/flows/nosebleed.yml": None,
            "data/vignettes/nosebleed.yml": None,
        },
        changed("data/symptoms/nosebleed.yml", ("title: Nosebleed\n", "title: [Nosebleed]\n")),
    )

    assert (
        "data/symptoms/nosebleed.yml:1: title must be a text, not a list\n"
        "  Tip: Write one text; if it has a colon or a bracket, put it in quotes." == problems(root)
    )
