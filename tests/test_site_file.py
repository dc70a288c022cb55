"""Who publishes a guide, `data/site.yml`: what is wrong with it, and that all a reader sees says it."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import careguide
import pytest
from careguide import report, styling
from careguide.checks import site as site_rules
from careguide.guide import loader
from conftest import EXAMPLE, TODAY, Project, changed, load, problems
from PIL import Image
from pypdf import PdfReader
from sites import html_files, page, sheet_files, site, styles  # noqa: F401 - a fixture

FILE = "data/site.yml"
INK = "#10432b"
"""The example's own colour of headings on a light ground."""


# ------------------------------------------------------------------------------------------------------------
# What is wrong with it


def test_a_guide_without_the_file_is_named_and_the_rest_is_checked(project: Project) -> None:
    """One problem, with all that has to be written."""
    found = problems(project({FILE: None, "mkdocs.yml": None}))

    assert found == (
        f"{FILE}:1: the file must exist: it says who publishes the guide\n"
        "  Tip: Write it: name, tagline, owner, licence, and home with headline and description."
    )


def test_what_is_wrong_is_named(project: Project) -> None:
    """Its line, its field, its value, and what to write."""
    for old, new, expected in (
        (
            "name: Nosebleed guide\n",
            "",
            "3: name must be given\n  Tip: The name of the guide, as it stands on ",
        ),
        ("name: N", "nmae: N", "3: nmae must be a field that exists\n  Tip: Did you mean 'name'?"),
        ("  headline: A small guide\n", "", "27: home.headline must be given\n  Tip: Its heading."),
        ("owner: The Example Clinic", "owner:", "5: owner must not be empty\n  Tip: Write something, or "),
        (
            "mailto:desk@clinic.example",
            "desk@clinic.example",
            (
                "6: contact must be an address that starts with https:// or mailto:, "
                "not 'desk@clinic.example'\n"
                "  Tip: Write https:// before a page's address, or mailto: before one for e-mail."
            ),
        ),
        (
            f'ink: "{INK}"',
            "ink: green",
            (
                "13: colours.light.ink must be a colour such as '#17324a', not 'green'\n"
                "  Tip: Write '#' and six of the digits 0 to 9 and a to f, in quotes."
            ),
        ),
        ('    button: "#d9f2e3"\n', '    hover: "#d9f2e3"\n', "19: colours.dark.hover must be a field that "),
        ("[xx, yy]", "[yx, yy]", "25: countries[1] must be an id from data/services.yml, not 'yx'\n  Tip: "),
        (
            "images/favicon.svg",
            "images/favicom.svg",
            (
                "10: logo must be a file that exists, not 'overrides/assets/images/favicom.svg'\n"
                "  Tip: Did you mean 'overrides/assets/images/favicon.svg'?"
            ),
        ),
        (
            "overrides/assets/images/favicon.svg",
            "/etc/logo.svg",
            "10: logo must be an SVG file in overrides/, ",
        ),
        (
            "countries:",
            "language: German\ncountries:",
            (
                "25: language must be the tag of a language, such as 'en-GB', not 'German'\n"
                "  Tip: Write 'de'. The package has words in "
            ),
        ),
        ("countries:", "language: xx-YY\ncountries:", "25: language must be the tag of a language, "),
    ):
        found = problems(project(changed(FILE, (old, new))))

        assert any(each.startswith(f"{FILE}:{expected}") for each in re.split(r"\n(?=\S)", found)), found


def test_a_language_of_another_region_has_the_same_words(project: Project) -> None:
    """English is English, in the United States too."""
    assert problems(project(changed(FILE, ("countries:", "language: en-US\ncountries:")))) == ""


def test_the_engine_must_not_say_otherwise(project: Project) -> None:
    """What stands in its settings too must be the same."""
    settings = (EXAMPLE / "mkdocs.yml").read_text(encoding="utf-8")
    other = settings.replace("site_name: Nosebleed guide", "site_name: Noses\ncopyright: Mine")
    other = other.replace("  font: false", "  language: de\n  font: false")
    assert other.count("Noses") == other.count(": de\n") == 1

    assert problems(project({"mkdocs.yml": other})) == (
        f"mkdocs.yml:2: site_name must be as in {FILE}, not 'Noses'\n  Tip: Write 'Nosebleed guide'.\n"
        f"mkdocs.yml:3: copyright must be as in {FILE}, not 'Mine'\n"
        "  Tip: Write 'Ask the Example Clinic before you copy.', or delete the line.\n"
        f"mkdocs.yml:18: theme.language must be as in {FILE}, not 'de'\n"
        "  Tip: Write 'en', or delete the line."
    )


def test_the_home_page_says_nothing_of_the_site_a_second_time(project: Project) -> None:
    """Its title and description are the site's."""
    root = project(
        {"content/index.md": "---\ntitle: Noses\n---\n\nAn example.\n\n<!-- guide: emergency -->\n"}
    )

    assert problems(root) == (
        "content/index.md:2: title must not be given on the home page: "
        f"the site's own words stand in {FILE}\n"
        "  Tip: Delete the line, or write it there."
    )


# ------------------------------------------------------------------------------------------------------------
# Colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_colour_that_is_hard_to_read_gets_one_that_is_not(project: Project, scheme: str) -> None:
    """The tip names the nearest that passes, and with it the check is content."""
    rest, root = (EXAMPLE / FILE).read_text(encoding="utf-8"), project()
    head, foot = rest.split("colours:\n")[0], "reviewers:" + rest.split("reviewers:")[1]

    def found(grey: str) -> str:
        (root / FILE).write_text(head + grey + foot, encoding="utf-8")
        return report(site_rules.check(load(root), root))

    for name in ("ink", "link", "button", "paper", "sheet", "text"):
        grey = f'colours:\n  {scheme}:\n    {name}: "#808080"\n'
        told = found(grey)
        must = rf"colours\.{scheme}\.{name} must have a contrast of 7 to 1 with \S+ \(#\w+\), but"
        assert re.search(must, told)
        tip = re.search(r"Tip: Write '(#[0-9a-f]{6})', the nearest that has it\.", told)
        assert tip
        assert found(grey.replace("#808080", tip[1])) == ""


def test_no_colour_passes_where_two_that_are_given_shut_it_out(project: Project) -> None:
    """A paper and a sheet as far apart as night and day have no text that can be read on both."""
    colours = ("    ink:", '    text: "#222222"\n    paper: "#000000"\n    sheet: "#ffffff"\n    ink:')
    text = (EXAMPLE / FILE).read_text(encoding="utf-8").replace(*colours, 1)

    found = problems(project({FILE: text}))
    assert "colours.light.text must have a contrast" in found
    assert "Tip: Change 'paper' too." in found


# ------------------------------------------------------------------------------------------------------------
# What a reader sees


def test_a_page_says_who_publishes_it(site: Path) -> None:  # noqa: F811
    """Its title, its header and its foot have the name, the mark, the licence and the way to the owner."""
    nose = page(site / "symptoms/nosebleed/index.html")
    title, brand = nose.title, nose.select_one("header .brand")
    foot, contact = nose.select_one(".footer__end"), nose.select_one(".footer__end a[href^=mailto]")
    assert title
    assert brand
    assert foot
    assert contact

    assert title.get_text().endswith(" - Nosebleed guide")
    assert "Nosebleed guideNoses in plain words" == brand.get_text().strip()
    assert ["../../assets/images/favicon.svg"] == [image["src"] for image in brand.select("img")]
    assert ("The Example Clinic", "mailto:desk@clinic.example") == (contact.get_text(), contact["href"])
    assert "Ask the Example Clinic before you copy." in foot.get_text()
    assert "Nosebleed guide gives general information." in foot.get_text()


def test_the_home_page_has_the_headline_and_the_description(site: Path) -> None:  # noqa: F811
    """And the tab has the name with what it is."""
    home = page(site / "index.html")
    description = home.select_one("meta[name=description]")
    assert home.title
    assert description

    assert ["A small guide"] == [heading.get_text() for heading in home.select("h1")]
    assert "Nosebleed guide: Noses in plain words" == home.title.get_text()
    assert "Calm, plain answers about nosebleeds" in description["content"]


def test_pages_and_web_sheets_have_the_colours(site: Path) -> None:  # noqa: F811
    """Light and dark; a button under the pointer goes with the button."""
    css = styles(site / "index.html")
    assert (2, 1) == (css.count("--ink:#d9f2e3"), css.count(f"--ink:{INK}"))
    assert styling.tokens()["light"]["button-hover"] not in re.findall(r"--button-hover:(\S+?);", css)
    sheets = sheet_files(site)
    assert len(sheets) > 2
    assert [] == [each for each in sheets if "--link:#0b5134" not in styles(each)]


def test_a_sheet_says_who_hands_it_out(site: Path) -> None:  # noqa: F811
    """On the web and on paper: name, address and phone; in the guide's colours."""
    web = page(site / "handouts/nosebleed/index.html")
    paper = (site / "handouts/nosebleed/nosebleed-a4.pdf").read_bytes()
    printed = " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(paper)).pages).split())

    for text in (" ".join(web.get_text(" ").split()), printed):
        assert "Nosebleed guide · " in text
        assert "The Example Clinic · 1 Example Street, Exampletown · 555 0199." in text
    assert ["../../assets/images/favicon.svg"] == [image["src"] for image in web.select("img.logo")]
    content = b"".join(each.get_contents().get_data() for each in PdfReader(io.BytesIO(paper)).pages)
    assert re.search(rb"0\.0627\d* 0\.2627\d* 0\.1686\d* (?:rg|scn)", content), "the ink of the example"


def test_a_card_has_the_colours_and_no_other_guides_drawing(site: Path) -> None:  # noqa: F811
    """The rule at its head is the ink; where the example gives no drawing, none is there."""
    card = Image.open(site / "assets/cards/symptoms/nosebleed.png").convert("RGB")

    assert INK == "#{:02x}{:02x}{:02x}".format(*card.getpixel((600, 4)))
    foot = card.crop((680, 500, 1130, 600))
    assert 1 == len(foot.getcolors() or [])


def test_a_guide_of_its_own_shows_no_other_guide(site: Path) -> None:  # noqa: F811
    """Neither the name of the first guide nor its topic stands in it, but in the address of a repository.

    The script that keeps a copy names its store after the program, where no reader sees it.
    """
    kinds = {".html", ".css", ".js", ".json", ".svg", ".xml"}
    files = [each for each in site.rglob("*") if each.suffix in kinds and each.name != "worker.js"]
    assert len(files) > 40
    assert len(html_files(site)) > 20
    names = re.compile(r"(?<!github\.com/)careguide|twitch", re.IGNORECASE)
    assert [] == [each.name for each in files if names.search(each.read_text(encoding="utf-8"))]


# ------------------------------------------------------------------------------------------------------------
# Countries


def test_the_first_country_is_the_guides_first(project: Project) -> None:
    """Its number stands in every text; the others keep their order, and one that is not named comes last."""
    assert ["xx", "yy"] == list(load(EXAMPLE).services)
    root = project(changed(FILE, ("[xx, yy]", "[yy]")))

    assert ["yy", "xx"] == list(load(root).services)
    texts = [each.do for each in load(root).urgency.values()]
    assert any("[777](call:emergency)" in text for text in texts)
    assert not any("[555](call:emergency)" in text for text in texts)


def test_the_engine_is_handed_what_a_file_that_is_wrong_leaves(tmp_path: Path) -> None:
    """A build goes on to name every problem: it does not stop at the first."""
    shutil.copy(EXAMPLE / "mkdocs.yml", tmp_path)
    assert loader.site_of(tmp_path).name == "Health guide"
    assert careguide.build(EXAMPLE, today=TODAY).guide.site.owner == "The Example Clinic"
