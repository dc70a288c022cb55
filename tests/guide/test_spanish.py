"""This guide in Spanish, as it is built: its words, the way between languages, its search and its sheets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import NavigableString, Tag
from careguide.guide import words as interface_words
from careguide.source.locations import texts_in
from careguide.source.yaml_reader import parse
from conftest import load
from pypdf import PdfReader
from sites import GUIDE, html_files, page, sheet_files

WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"guide\.example\S*|\b[0-9A-Z]{8}\b|\b[0-9a-f]{8}\b")
"""An address as it is typed, the code of a sheet, and the version of a check."""
MADE = "inglés enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
"""Words that the language itself has: its name for English, and its months."""
NEITHER = "script, style, .addresses, .age__codes, [href^='https://'], [href^='tel:'], .cite"
"""Parts that are in no language: code, addresses, numbers, and the names of official pages."""


def pages_of(site: Path) -> list[Path]:
    """Every Spanish page, and every Spanish sheet."""
    found = [file for file in html_files(site) if (site / "es") in file.parents]
    return [*found, *(file for file in sheet_files(site) if (site / "handouts" / "es") in file.parents)]


@pytest.fixture(scope="module")
def spanish() -> set[str]:
    """Every word of the Spanish files."""
    files = [*(GUIDE / "data" / "es").rglob("*.yml"), interface_words.FOLDER / "es.yml"]
    texts = [MADE, *(source.publisher for source in load(GUIDE).sources.values())]  # names of bodies
    for file in files:
        texts += [text for _, text in texts_in(parse(file.name, file.read_text(encoding="utf-8"))[0].value)]
    texts += [file.read_text(encoding="utf-8") for file in (GUIDE / "content" / "es").rglob("*.md")]
    return set(WORD.findall("\n".join(texts).lower()))


def in_spanish(text: NavigableString) -> bool:
    """Whether a piece of a page says of itself that it is Spanish."""
    tongue = next((str(parent["lang"]) for parent in text.parents if parent.has_attr("lang")), "")
    return tongue.startswith("es") and not any(
        parent.css.match(NEITHER) for parent in text.parents if parent.name != "[document]"
    )


def test_every_word_of_a_spanish_page_is_from_a_spanish_file(real_site: Path, spanish: set[str]) -> None:
    """Or stands where the page says that it is in English."""
    files = pages_of(real_site)
    assert len(files) > 20
    found: dict[str, str] = {}
    for file in files:
        for text in page(file).find_all(string=True):
            if type(text) is NavigableString and in_spanish(text):
                for word in set(WORD.findall(CODE.sub("", text).lower())) - spanish:
                    found.setdefault(word, f"{file.relative_to(real_site)}: {text.strip()[:80]}")

    assert {} == found


def test_each_language_leads_to_the_same_page_in_the_other(real_site: Path) -> None:
    """For readers in the head of the page, for search engines in its head; both ways."""
    for path, switch in (
        ("symptoms/neck-twitching", "../../es/symptoms/neck-twitching/"),
        ("causes/tremor", "../../es/"),
    ):
        [link] = page(real_site / path / "index.html").select("header a[lang^=es]")
        assert (link["href"], link.get_text()) == (switch, "ESEspañol")  # its letters on a phone, its name
    alternates = {}
    for path in ("symptoms/neck-twitching", "es/symptoms/neck-twitching"):
        links = page(real_site / path / "index.html").select("link[rel=alternate][hreflang]")
        alternates[path] = {str(each["hreflang"]): str(each["href"]) for each in links}
    [back] = page(real_site / "es" / "symptoms" / "neck-twitching" / "index.html").select(
        "header a[lang^=en]"
    )

    assert "../../../symptoms/neck-twitching/" == back["href"]
    home = "https://guide.example/"
    assert alternates["symptoms/neck-twitching"] == alternates["es/symptoms/neck-twitching"]
    assert alternates["symptoms/neck-twitching"] == {
        "en-GB": f"{home}symptoms/neck-twitching/",
        "x-default": f"{home}symptoms/neck-twitching/",
        "es-US": f"{home}es/symptoms/neck-twitching/",
    }
    assert [] == page(real_site / "causes" / "tremor" / "index.html").select("link[rel=alternate][hreflang]")


def test_a_page_that_is_not_found_is_told_in_both(real_site: Path) -> None:
    """Nobody knows which language the reader came for."""
    missing = page(real_site / "404.html")

    assert missing.select_one("[lang^=es] a[href$='/es/']")


def test_every_spanish_page_is_marked_as_unreviewed(real_site: Path) -> None:
    """By a clinician, and by an editor whose language it is."""
    for file in pages_of(real_site):
        if "tailor" not in file.parts:
            assert "Aún no lo ha revisado un profesional de la salud ni un editor" in page(file).get_text(), (
                file
            )


def test_each_language_searches_its_own_words(real_site: Path) -> None:
    """The index comes with the page's language."""
    scripts = {}
    for path in ("index.html", "es/index.html"):
        dialog = page(real_site / path).select_one("#search")
        assert isinstance(dialog, Tag)
        scripts[path] = (real_site / path).parent / str(dialog["data-script"])

    assert "derrame" in scripts["es/index.html"].read_text(encoding="utf-8")
    assert "derrame" not in scripts["index.html"].read_text(encoding="utf-8")


def test_a_spanish_sheet_is_printed_in_spanish(real_site: Path) -> None:
    """On both papers, with the address of its own page."""
    folder = real_site / "handouts" / "es" / "neck-twitching"
    for paper in ("a4", "letter"):
        reader = PdfReader(folder / f"neck-twitching-{paper}.pdf")
        text = reader.pages[0].extract_text()
        assert "cuello" in text
        assert reader.trailer["/Root"]["/Lang"].startswith("es")
    assert "guide.example/handouts/es/neck-twitching" in "".join(each.extract_text() for each in reader.pages)
